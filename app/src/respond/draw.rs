//! What every part of a page needs while it is drawn: texts, languages, identifiers.

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

/// The part of an element that an identifier names.
#[derive(Clone, Copy)]
pub(super) enum Part {
    /// The first control: where the error summary leads.
    Field,
    /// What is wrong.
    Error,
    /// Help by the author.
    Help,
    /// Hint by the interface.
    Hint,
    /// Label or legend.
    Label,
    /// Unit of a number.
    Unit,
}

/// The identifier of a part of the slot `key`.
///
/// Different keys give different identifiers, and none needs escaping in a link: `[` and `]`
/// become `(` and `)`, anything unusual its number.
pub(super) fn id(part: Part, key: &str) -> String {
    let mut out = String::from(match part {
        Part::Field => "f-",
        Part::Error => "e-",
        Part::Help => "h-",
        Part::Hint => "n-",
        Part::Label => "l-",
        Part::Unit => "u-",
    });
    push_key(&mut out, key);
    out
}

/// The identifier of one choice of a slot; the first offered one has [`Part::Field`] instead.
pub(super) fn choice_id(key: &str, code: &str) -> String {
    let mut out = id(Part::Field, key);
    out.push('~');
    push_key(&mut out, code);
    out
}

fn push_key(out: &mut String, key: &str) {
    for c in key.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '-' | '.' | '$' => out.push(c),
            '[' => out.push('('),
            ']' => out.push(')'),
            other => {
                out.push('!');
                out.push_str(&u32::from(other).to_string());
                out.push('!');
            }
        }
    }
}

/// Identifiers for `aria-describedby`, without those that are not there.
pub(super) fn describe(ids: impl IntoIterator<Item = Option<String>>) -> Option<String> {
    let ids: Vec<String> = ids.into_iter().flatten().collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_distinct_and_plain() {
        assert_eq!(id(Part::Field, "cls_etat"), "f-cls_etat");
        assert_eq!(id(Part::Error, "axes[1].fiches"), "e-axes(1).fiches");
        assert_ne!(id(Part::Field, "a b"), id(Part::Field, "ab"));
        assert_eq!(choice_id("structure", "autre"), "f-structure~autre");
        assert!(!id(Part::Field, "a \"'<>&é").contains([' ', '"', '\'', '<', '>', '&', 'é']));
    }
}
