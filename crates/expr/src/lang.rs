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

impl Lang {
    /// Its tag, as texts of questionnaires are filed under.
    ///
    /// ```
    /// assert_eq!(expr::Lang::Fr.code(), "fr");
    /// ```
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }
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
