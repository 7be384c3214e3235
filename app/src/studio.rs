//! What the team sees.

pub mod dashboard;
#[cfg(feature = "ssr")]
pub mod team;
