//! A filter of results while it is put together: what may be said, what is wrong, how it reads.
//!
//! Nothing is stored: what is wanted stands in the address of the results.

use super::Live;
use crate::writing::Composing;
use crate::{Result, ServiceError};
use expr::{ExprKind, Lang};
use proof::Sentences;
use questionnaire::Engine;
use questionnaire::sentence::{Built, Clause, Given, Operand, Operator, Part, Path, build_filter};
use std::sync::Arc;

/// What there is to say of a filter while it is put together.
#[derive(Debug, Clone)]
pub struct ComposedFilter {
    /// What stands in the fields, what may, what is wrong.
    pub built: Built,
    /// The piece to be looked at, after a button that has to do with one.
    pub focus: Option<Path>,
    /// The condition in words; nothing where everybody is counted, and while something is wrong.
    pub sentence: Option<String>,
}

impl Live<'_> {
    /// What there is to say of a filter that somebody writes, after what they do with it.
    ///
    /// # Errors
    /// [`ServiceError::Busy`] if it was interrupted.
    pub async fn compose(
        &self,
        engine: Arc<Engine>,
        given: Given,
        deed: Option<Composing>,
        lang: Lang,
    ) -> Result<ComposedFilter> {
        let told = tokio::task::spawn_blocking(move || tell(&engine, given, deed, lang));
        told.await.map_err(|_| ServiceError::Busy)
    }
}

fn tell(engine: &Engine, given: Given, deed: Option<Composing>, lang: Lang) -> ComposedFilter {
    let mut built = build_filter(engine, given, lang.code());
    let mut focus = None;
    if let Some(Composing::Press { verb, path, roster }) = deed {
        let Built {
            mut draft,
            was,
            text,
            ..
        } = built;
        focus = draft.press(&verb, &path, &roster);
        built = build_filter(engine, Given::Lines { draft, was, text }, lang.code());
    }
    ComposedFilter {
        sentence: in_words(engine, &built.text, lang),
        built,
        focus,
    }
}

/// A filter of results in words; nothing where there is none, or one that cannot be read.
#[must_use]
pub fn in_words(engine: &Engine, condition: &str, lang: Lang) -> Option<String> {
    let condition = condition.trim();
    questionnaire::condition(engine, condition, None).ok()?;
    let words = Sentences::new(engine, lang).of(condition, None);
    (!words.is_empty()).then_some(words)
}

/// A short name for the set of those for whom a condition holds: the answer where it is one of several, the question with
/// its answer where it is the only one, else the condition in words.
#[must_use]
pub fn set_name(engine: &Engine, condition: &str, lang: Lang) -> String {
    let answer = |item: &str, code: &str| {
        let item = engine.instrument.item(item)?;
        let list = engine.instrument.lists.get(item.list()? as usize)?;
        let choice = list.choices.iter().find(|it| it.code == code)?;
        let title = item.title().get(lang.code());
        Some((title.to_owned(), choice.label.get(lang.code()).to_owned()))
    };
    let colon = match lang {
        Lang::Fr => "\u{a0}: ",
        Lang::En => ": ",
    };
    let read = questionnaire::sentence::read(condition);
    let named = match read.parts.as_slice() {
        [
            Part::Clause(Clause {
                subject,
                operator,
                values,
            }),
        ] => match (&subject.kind, values.as_slice()) {
            (ExprKind::Name(item), [Operand::Text(code)]) => {
                answer(item, code).and_then(|it| match operator {
                    Operator::Has => Some(it.1),
                    Operator::Is => Some(format!("{}{colon}{}", it.0, it.1)),
                    _ => None,
                })
            }
            _ => None,
        },
        _ => None,
    };
    named
        .or_else(|| in_words(engine, condition, lang))
        .unwrap_or_else(|| condition.to_owned())
}
