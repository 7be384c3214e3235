//! The base chain: of whom a percentage is a percentage.

use questionnaire::SlotState;
use serde::{Deserialize, Serialize};

/// How many units a table is about, and why those without an answer have none.
///
/// Only the six states of a slot are kept; the rest of the chain is worked out from them. So these
/// hold by construction, whatever has been counted:
///
/// - `responses = eligible + not_asked`
/// - `eligible = asked + not_reached`
/// - `asked = answered + dont_know + refused + no_answer`
///
/// ```
/// use questionnaire::SlotState;
/// let mut base = tally::Base::default();
/// base.count(SlotState::Answered);
/// base.count(SlotState::DontKnow);
/// base.count(SlotState::NotAsked);
/// assert_eq!((base.responses(), base.asked(), base.answered()), (3, 2, 1));
/// assert_eq!(base.percent_of_asked(1), Some(50.0));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Chain", into = "Chain")]
pub struct Base {
    answered: u64,
    dont_know: u64,
    refused: u64,
    no_answer: u64,
    not_asked: u64,
    not_reached: u64,
}

impl Base {
    /// Counts one unit in this state.
    pub fn count(&mut self, state: SlotState) {
        *self.of(state) += 1;
    }

    /// Counts so many units in this state.
    pub(crate) fn count_many(&mut self, state: SlotState, n: u64) {
        *self.of(state) += n;
    }

    /// Adds the units of another base of the same unit of analysis.
    pub fn merge(&mut self, other: &Self) {
        self.answered += other.answered;
        self.dont_know += other.dont_know;
        self.refused += other.refused;
        self.no_answer += other.no_answer;
        self.not_asked += other.not_asked;
        self.not_reached += other.not_reached;
    }

    /// Takes back the units of another base, which were counted.
    pub fn take(&mut self, other: &Self) {
        for state in SlotState::ALL {
            let by = *other.clone().of(state);
            let n = self.of(state);
            *n = n.saturating_sub(by);
        }
    }

    /// All units.
    #[must_use]
    pub fn responses(&self) -> u64 {
        self.eligible() + self.not_asked
    }

    /// Units on path, whether or not they came that far.
    #[must_use]
    pub fn eligible(&self) -> u64 {
        self.asked() + self.not_reached
    }

    /// Units that were put the question.
    #[must_use]
    pub fn asked(&self) -> u64 {
        self.answered + self.dont_know + self.refused + self.no_answer
    }

    /// Units with a usable answer.
    #[must_use]
    pub fn answered(&self) -> u64 {
        self.answered
    }

    /// Units that said they do not know.
    #[must_use]
    pub fn dont_know(&self) -> u64 {
        self.dont_know
    }

    /// Units that refused.
    #[must_use]
    pub fn refused(&self) -> u64 {
        self.refused
    }

    /// Units that were asked and left it empty.
    #[must_use]
    pub fn no_answer(&self) -> u64 {
        self.no_answer
    }

    /// Units off path.
    #[must_use]
    pub fn not_asked(&self) -> u64 {
        self.not_asked
    }

    /// Units on path that stopped before.
    #[must_use]
    pub fn not_reached(&self) -> u64 {
        self.not_reached
    }

    /// `100 n / asked`; nothing when nobody was asked.
    #[must_use]
    pub fn percent_of_asked(&self, n: u64) -> Option<f64> {
        percent(n, self.asked())
    }

    /// `100 n / answered`; nothing when nobody answered.
    #[must_use]
    pub fn percent_of_answered(&self, n: u64) -> Option<f64> {
        percent(n, self.answered)
    }

    fn of(&mut self, state: SlotState) -> &mut u64 {
        match state {
            SlotState::Answered => &mut self.answered,
            SlotState::DontKnow => &mut self.dont_know,
            SlotState::Refused => &mut self.refused,
            SlotState::NoAnswer => &mut self.no_answer,
            SlotState::NotAsked => &mut self.not_asked,
            SlotState::NotReached => &mut self.not_reached,
        }
    }
}

/// Both operands are exact in a double up to 2⁵³ / 100 units, so that this is the double nearest
/// to the true percentage.
pub(crate) fn percent(n: u64, base: u64) -> Option<f64> {
    (base > 0).then(|| 100.0 * n as f64 / base as f64)
}

/// The whole chain, as it is written.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Chain {
    responses: u64,
    eligible: u64,
    asked: u64,
    answered: u64,
    dont_know: u64,
    refused: u64,
    no_answer: u64,
    not_asked: u64,
    not_reached: u64,
}

impl From<Base> for Chain {
    fn from(base: Base) -> Self {
        Self {
            responses: base.responses(),
            eligible: base.eligible(),
            asked: base.asked(),
            answered: base.answered,
            dont_know: base.dont_know,
            refused: base.refused,
            no_answer: base.no_answer,
            not_asked: base.not_asked,
            not_reached: base.not_reached,
        }
    }
}

impl TryFrom<Chain> for Base {
    type Error = &'static str;

    fn try_from(chain: Chain) -> Result<Self, Self::Error> {
        let base = Self {
            answered: chain.answered,
            dont_know: chain.dont_know,
            refused: chain.refused,
            no_answer: chain.no_answer,
            not_asked: chain.not_asked,
            not_reached: chain.not_reached,
        };
        let chained = (base.responses(), base.eligible(), base.asked());
        if chained == (chain.responses, chain.eligible, chain.asked) {
            Ok(base)
        } else {
            Err("a base whose parts do not add up")
        }
    }
}
