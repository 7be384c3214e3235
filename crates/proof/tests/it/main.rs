//! The proof against brute force, on seeded faults and on the real questionnaires.
#![expect(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod bases;
mod builtin;
mod cohort;
mod coverage;
mod draw;
mod duration;
mod faults;
mod graph;
mod impact;
mod map;
mod nested;
mod oracle;
mod plan;
mod rake;
mod real;
mod sentence;
mod texts;
