//! The condition language, tested from outside: one binary, one file per boundary.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a helper that cannot go on fails the test that called it"
)]
#![expect(
    clippy::needless_pass_by_value,
    reason = "expectations are passed as `expect!` makes them"
)]

mod diagnostics;
mod eval;
mod json;
mod kleene;
mod laws;
mod limits;
mod print;
mod programs;
mod scope;
