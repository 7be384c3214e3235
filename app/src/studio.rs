//! What the team sees.

pub mod dashboard;
#[cfg(feature = "ssr")]
pub mod team;
#[cfg(feature = "ssr")]
pub mod writing;
