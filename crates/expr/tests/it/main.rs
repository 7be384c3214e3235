//! The condition language, tested from outside: one binary, one file per boundary.

mod diagnostics;
mod eval;
mod json;
mod kleene;
mod laws;
mod limits;
mod print;
mod programs;
mod scope;
