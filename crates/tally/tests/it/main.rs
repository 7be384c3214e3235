//! Tallies from outside: against a naive recount, against the published figures, and as laws.
//!
//! Clippy lets code panic where it can see that it is test code, hence `cfg(test)`.

mod charts;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod naive;
mod options;
mod progress;
mod published;
mod stats;
#[cfg(test)]
mod support;
