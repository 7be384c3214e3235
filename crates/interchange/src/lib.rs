#![doc = include_str!("../README.md")]

pub mod csv;
pub mod ndjson;
pub mod xlsx;

use serde::Serialize;

/// Something in a file that could not be carried over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Loss {
    /// Stable code.
    pub code: &'static str,
    /// Where: a column's name, or `line 12`.
    pub place: String,
    /// What happened and what to do, in French.
    pub message: String,
}
