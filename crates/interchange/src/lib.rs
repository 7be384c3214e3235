#![doc = include_str!("../README.md")]

mod cells;
pub mod columns;
pub mod csv;
pub mod ndjson;
mod rows;
pub mod xlsx;

use questionnaire::Sheet;
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

/// What a table of answers holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read {
    /// Its sheets, each with its line number.
    pub sheets: Vec<(usize, Sheet)>,
    /// Columns and rows that have no place in the questionnaire.
    pub losses: Vec<Loss>,
}
