//! Titles as they stand in a table, where no one respondent's answers fill them.

use questionnaire::Text;
use questionnaire::fill::{Part, parts};
use questionnaire::instrument::Instrument;

/// Stands for a fill that has no text of its own without an answer.
const OPEN: &str = "…";

/// The text with every fill replaced by what it says without an answer.
pub(crate) fn unfilled(instrument: &Instrument, text: &Text) -> Text {
    text.iter()
        .map(|(lang, text)| (lang.to_owned(), unfilled_in(instrument, text, lang)))
        .collect()
}

fn unfilled_in(instrument: &Instrument, text: &str, lang: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for part in parts(text) {
        match part {
            Part::Literal(literal) => out.push_str(literal),
            Part::Fill { name, otherwise } => {
                let declared = instrument.fills.iter().find(|fill| fill.id == name);
                let fallback = declared.map_or("", |fill| fill.fallback.get(lang));
                let said = [fallback, otherwise].into_iter().find(|it| !it.is_empty());
                out.push_str(said.unwrap_or(OPEN));
            }
        }
    }
    out
}

/// Both texts in every language either has.
pub(crate) fn joined(first: &Text, second: &Text, separator: &str) -> Text {
    let langs = first.iter().chain(second.iter()).map(|(lang, _)| lang);
    langs
        .map(|lang| {
            (
                lang.to_owned(),
                format!("{}{separator}{}", first.get(lang), second.get(lang)),
            )
        })
        .collect()
}

/// A text of our own, in both languages of the interface.
pub(crate) fn ours(french: &str, english: &str) -> Text {
    [
        ("fr".to_owned(), french.to_owned()),
        ("en".to_owned(), english.to_owned()),
    ]
    .into_iter()
    .collect()
}
