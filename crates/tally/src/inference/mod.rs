//! What counts of some units say about others: intervals, differences, and columns that add up.
//!
//! | question | answer |
//! |---|---|
//! | how far may a percentage be off? | [`Share::wilson`] |
//! | do two groups of the same units differ, with units in both or not? | [`Groups::difference`] |
//! | do two properties of the same units differ? | [`Pairs::difference`] |
//! | which of several differences are left when all were looked for? | [`holm`] |
//! | how is a column of rounded percentages made to add up to 100? | [`largest_remainder`] |
//!
//! Counts go in, unrounded percentages and percentage points come out, as everywhere in this crate.
//!
//! All of this presumes that those who answered are as good as drawn at random from those who could
//! have. It says nothing of people who did not answer for a reason that has to do with the answer.
//!
//! Reading order: `share` → `interval` → `difference` → `groups`, `pairs` → `family`; `rounding`
//! stands alone.

mod difference;
mod error;
mod family;
mod groups;
mod interval;
mod pairs;
mod rounding;
mod share;

pub use self::difference::{Difference, Method};
pub use self::error::InferenceError;
pub use self::family::holm;
pub use self::groups::Groups;
pub use self::interval::{Interval, Level};
pub use self::pairs::Pairs;
pub use self::rounding::{MOST_DECIMALS, largest_remainder};
pub use self::share::Share;
