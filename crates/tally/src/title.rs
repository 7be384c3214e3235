//! Titles as they stand in a table, where no one respondent's answers fill them.

use questionnaire::Text;
use questionnaire::instrument::Instrument;

/// The text with every fill replaced by what it says without an answer.
pub(crate) fn unfilled(instrument: &Instrument, text: &Text) -> Text {
    text.iter()
        .map(|(lang, text)| (lang.to_owned(), instrument.unfilled(text, lang)))
        .collect()
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
