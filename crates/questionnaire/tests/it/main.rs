//! The engine at its boundary: questionnaire text and answer sheets in, verdicts out.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a helper that cannot go on fails the test that called it"
)]

mod carry;
mod codebook;
mod diagnostics;
mod edit;
mod engine;
mod form;
mod former;
mod hostile;
mod judge;
mod laws;
mod qpv_cls;
mod sentence;
mod session;
