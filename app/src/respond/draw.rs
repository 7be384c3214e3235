//! What every part of a page needs while it is drawn: texts and languages.

use questionnaire::view::FailureView;

use super::screen::Study;
use super::wording::Asked;
use crate::i18n::Texts;
use crate::language::Language;
use crate::typography;

/// The languages of a page: the interface's and the questionnaire's.
pub(super) struct Draw {
    pub(super) texts: &'static Texts,
    language: String,
}

impl Draw {
    pub(super) fn new(interface: Language, study: &Study) -> Self {
        Self {
            texts: Texts::of(interface),
            language: study.language.clone(),
        }
    }

    /// A text of the questionnaire, set as its language writes it.
    pub(super) fn text(&self, text: &str) -> String {
        typography::typeset(text, &self.language)
    }

    /// `lang` of the questionnaire's texts, where it is not the page's.
    pub(super) fn lang(&self) -> Option<String> {
        (self.language != self.texts.language().code()).then(|| self.language.clone())
    }

    /// `dir` of the questionnaire's texts, where their language is not the page's.
    pub(super) fn dir(&self) -> Option<&'static str> {
        self.lang().map(|it| crate::language::direction(&it))
    }

    /// The language of the questionnaire's texts.
    pub(super) fn language(&self) -> &str {
        &self.language
    }

    /// A failure in words.
    pub(super) fn words(&self, failure: &FailureView, asked: Asked) -> String {
        let words = self.texts.phrases().words(failure, asked);
        if failure.message.is_empty() {
            words
        } else {
            self.text(&words)
        }
    }
}
