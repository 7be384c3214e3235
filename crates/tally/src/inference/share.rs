//! A count and what it is a count of.

use questionnaire::SlotState;

use super::error::InferenceError;
use crate::base::Base;

/// So many of so many: `n` units of `base` have a property.
///
/// The base is of units asked, or of units that answered. Other bases of the chain, such as all
/// responses, count people who could not have had the property; nothing is to be inferred of them.
///
/// ```
/// use questionnaire::SlotState;
/// use tally::{Base, Share};
///
/// let mut base = Base::default();
/// base.count(SlotState::Answered);
/// base.count(SlotState::DontKnow);
/// base.count(SlotState::NotAsked);
/// assert_eq!(Share::of_asked(1, &base), Share::new(1, 2));
/// assert_eq!(Share::of_answered(1, &base), Share::new(1, 1));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Share {
    /// Units that have the property.
    pub n: u64,
    /// Units that could have it.
    pub base: u64,
}

impl Share {
    /// `n` of `base`. Whether that can be is asked where something is inferred of it.
    #[must_use]
    pub const fn new(n: u64, base: u64) -> Self {
        Self { n, base }
    }

    /// `n` of those asked.
    #[must_use]
    pub fn of_asked(n: u64, base: &Base) -> Self {
        Self::new(n, base.asked())
    }

    /// `n` of those who answered.
    #[must_use]
    pub fn of_answered(n: u64, base: &Base) -> Self {
        Self::new(n, base.answered())
    }

    /// The percentage, unrounded: that of [`Base::percent_of_answered`]. Nothing on a base of nobody.
    ///
    /// ```
    /// assert_eq!(tally::Share::new(31, 62).percent(), Some(50.0));
    /// assert_eq!(tally::Share::new(0, 0).percent(), None);
    /// ```
    #[must_use]
    pub fn percent(self) -> Option<f64> {
        // There is one computation of a percentage; this is it.
        let mut base = Base::default();
        base.count_many(SlotState::Answered, self.base);
        base.percent_of_answered(self.n)
    }

    /// Units that could have the property and have not, where the counts can be.
    pub(super) fn without(self) -> Result<u64, InferenceError> {
        self.base
            .checked_sub(self.n)
            .ok_or(InferenceError::MoreThanBase)
    }

    /// What is left when another share of the same units is taken out, where that can be.
    pub(super) fn less(self, other: Self) -> Option<Self> {
        let n = self.n.checked_sub(other.n)?;
        let base = self.base.checked_sub(other.base)?;
        (n <= base).then_some(Self { n, base })
    }
}
