//! What the team sees.

pub mod dashboard;
