//! The island of a question page: hides, shows, checks and saves while one answers.
//!
//! The page works without it. It draws nothing of its own: what it changes stands on the page that the
//! server drew. It never decides where to go.

use expr::wire::{self, Reader, Wire as _};
use expr::wire_struct;
use leptos::prelude::*;
use questionnaire::Sheet;

use super::wording::Phrases;

/// What the island starts from, in the attribute `data-begin` of the form.
///
/// Not as props: Leptos reads these as JSON, whose code would be half of what a respondent
/// downloads. Whose draft it is stays out of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Begin {
    /// Address of the compiled questionnaire.
    pub instrument: String,
    /// The answers so far.
    pub sheet: Sheet,
    /// The page's id.
    pub page: String,
    /// Language of the questionnaire's texts.
    pub language: String,
    /// The interface's words.
    pub phrases: Phrases,
}

wire_struct!(Begin {
    instrument,
    sheet,
    page,
    language,
    phrases
});

impl Begin {
    /// The attribute's text.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut bytes = Vec::new();
        self.write(&mut bytes);
        wire::to_text(&bytes)
    }

    /// Reads what [`to_text`](Self::to_text) wrote; `None` for anything else.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let bytes = wire::from_text(text)?;
        let mut reader = Reader::new(&bytes);
        let begin = Self::read(&mut reader);
        reader.is_done().then_some(begin)
    }
}

/// Makes a question page lively.
#[island]
pub fn LivePage() -> impl IntoView {
    #[cfg(feature = "respond")]
    super::live::begin();
    // Nothing to draw: whatever an island draws, its module has to be able to draw again.
}
