//! Counts that nothing can be inferred from.

use std::fmt;

/// Why nothing was inferred. Each is about what was given, never about the result.
///
/// Where several hold, the first in this order is told.
///
/// ```
/// use tally::{InferenceError, Level, Share};
///
/// let nobody = Share::new(0, 0).wilson(None, Level::default());
/// assert_eq!(nobody, Err(InferenceError::NobodyInBase));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InferenceError {
    /// A base has no unit in it: there is no percentage.
    NobodyInBase,
    /// More units have the property than there are in the base.
    MoreThanBase,
    /// The frame has fewer units than the base that is said to be from it.
    FrameBelowBase,
    /// The units in both groups do not fit into one of them: there are more of them than it has, or
    /// more with the property, or more without it.
    OverlapBeyondGroup,
    /// A p-value is below 0, above 1, or no number.
    NotAProbability,
    /// More than [`MOST_DECIMALS`](crate::MOST_DECIMALS) decimals were asked for.
    TooManyDecimals,
}

impl fmt::Display for InferenceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NobodyInBase => "there is nobody in the base",
            Self::MoreThanBase => "more units have the property than are in the base",
            Self::FrameBelowBase => "the frame has fewer units than the base",
            Self::OverlapBeyondGroup => "the units in both groups do not fit into one of them",
            Self::NotAProbability => "a p-value is not between 0 and 1",
            Self::TooManyDecimals => "more decimals than can be rounded to",
        })
    }
}

impl std::error::Error for InferenceError {}
