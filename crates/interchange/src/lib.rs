#![doc = include_str!("../README.md")]

mod cells;
pub mod columns;
pub mod csv;
pub mod joined;
pub mod ndjson;
mod rows;
pub mod xlsx;

use questionnaire::Sheet;
use serde::Serialize;

/// Every code of a [`Loss`], with what it says in French and English.
pub const CODES: &[(&str, &str, &str)] = &[
    (
        "IX0001",
        "cette ligne n’est pas une feuille de réponses",
        "this line is not an answer sheet",
    ),
    (
        "IX0002",
        "le questionnaire n’a pas de telle colonne, ou elle est donnée deux fois ; elle n’est pas lue",
        "the questionnaire has no such column, or it is given twice; it is not read",
    ),
    (
        "IX0003",
        "cette ligne n’a pas les cellules que l’en-tête annonce ; elle n’est pas lue",
        "this line does not have the cells that the header announces; it is not read",
    ),
];

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
    /// How many columns it has that the questionnaire has too.
    pub n_columns: usize,
}
