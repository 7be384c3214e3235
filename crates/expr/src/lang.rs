//! Languages and weights of diagnostics.

use serde::{Deserialize, Serialize};

/// A language diagnostics can speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// French, the default.
    #[default]
    Fr,
    /// English.
    En,
}

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The condition cannot be used.
    Error,
    /// It can be used and probably does not say what its author means.
    Warning,
    /// Worth knowing.
    Info,
}
