//! The engine at its boundary: questionnaire text and answer sheets in, verdicts out.

#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot go on fails the test that called it"
)]

mod laws;
mod qpv_cls;
