//! The languages of the interface.

use serde::{Deserialize, Serialize};

/// A language the interface speaks. Questionnaires may have others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// French, the first language.
    #[default]
    Fr,
    /// English.
    En,
}

impl Language {
    /// Every language, in the order of the switch.
    pub const ALL: [Self; 2] = [Self::Fr, Self::En];

    /// Its code in addresses and in `<html lang>`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// The language with this code; `None` for one the interface does not speak.
    ///
    /// ```
    /// use app::language::Language;
    /// assert_eq!(Language::from_code("en"), Some(Language::En));
    /// assert_eq!(Language::from_code("tlh"), None);
    /// ```
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// Its own name for itself.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fr => "Français",
            Self::En => "English",
        }
    }
}

/// The direction in which a language is written, for `dir`.
#[must_use]
pub fn direction(code: &str) -> &'static str {
    let language = code.split('-').next().unwrap_or(code);
    if matches!(language, "ar" | "dv" | "fa" | "he" | "ps" | "ur" | "yi") {
        "rtl"
    } else {
        "ltr"
    }
}
