//! Tallies from outside: against a naive recount, against the published figures, and as laws.
//!
//! Clippy lets code panic where it can see that it is test code, hence `cfg(test)`.

#[cfg(test)]
mod breakdown;
#[cfg(test)]
mod charts;
mod classes;
#[cfg(test)]
mod combinations;
#[cfg(test)]
mod dataset;
#[cfg(test)]
mod inference;
#[cfg(test)]
mod join;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod naive;
#[cfg(test)]
mod options;
#[cfg(test)]
mod precision;
#[cfg(test)]
mod progress;
#[cfg(test)]
mod published;
#[cfg(test)]
mod rounding;
#[cfg(test)]
mod stats;
#[cfg(test)]
mod support;
