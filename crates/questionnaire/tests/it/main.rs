//! The engine at its boundary: questionnaire text and answer sheets in, verdicts out.

mod qpv_cls;
