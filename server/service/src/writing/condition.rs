//! A condition while it is put together: what may be said, what is wrong, who gets there, whom it keeps.
//!
//! Nothing is stored here: what is wanted is saved as an edit like all others.

use super::Writing;
use super::looking::Looked;
use crate::Result;
use expr::{Expr, ExprKind, Lang};
use proof::{Kept, Sentences, kept};
use questionnaire::document::{self, to_yaml};
use questionnaire::layout::Source;
use questionnaire::sentence::{Built, Given, Path, Spot, build};
use questionnaire::{Engine, Sheet, compile_document};
use std::sync::Arc;

/// What somebody does with a condition besides writing it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Composing {
    /// They press a button: see [`Draft::press`](questionnaire::sentence::Draft::press).
    Press {
        /// What it does.
        verb: String,
        /// To which piece.
        path: Path,
        /// With which roster.
        roster: String,
    },
    /// They ask for a line: this item has this answer.
    Answer {
        /// The item.
        item: String,
        /// The answer.
        value: String,
    },
}

/// What there is to say of a condition while it is put together.
#[derive(Debug, Clone)]
pub struct Composed {
    /// What stands in the fields, what may, what is wrong.
    pub built: Built,
    /// The condition that stood there.
    pub stored: String,
    /// The piece to be looked at, after a button that has to do with one.
    pub focus: Option<Path>,
    /// The questionnaire with the new one, as a text.
    pub source: String,
    /// The condition in words; nothing while the questionnaire has errors, or where everybody is asked.
    pub sentence: Option<String>,
    /// Who gets to the condition, in words; nothing while the questionnaire has errors, and for choices that many
    /// questions share.
    pub universe: Option<String>,
    /// How many typical respondents get there, and how many it keeps; nothing while the questionnaire has errors.
    pub kept: Option<Kept>,
    /// What was found of the questionnaire with the condition.
    pub looked: Arc<Looked>,
}

/// What can be told of a condition at once.
struct Told {
    built: Built,
    stored: String,
    focus: Option<Path>,
    source: String,
    sentence: Option<String>,
    universe: Option<String>,
    /// What whom it keeps is counted with.
    counted: Option<(Engine, Vec<Source>)>,
}

impl Writing<'_> {
    /// What there is to say of a condition that somebody writes at a place of a text. Stores nothing. `None` where
    /// nothing has a condition, or the text is no questionnaire.
    ///
    /// # Errors
    /// [`ServiceError::Busy`](crate::ServiceError::Busy) if it was interrupted.
    pub async fn compose(
        &self,
        source: &str,
        spot: &Spot,
        given: Given,
        deed: Option<Composing>,
        lang: Lang,
    ) -> Result<Option<Composed>> {
        let (text, place) = (source.to_owned(), spot.clone());
        let told = self.proving(move || tell(text, &place, given, deed, lang));
        let told = told.await?;
        let Some(told) = told else {
            return Ok(None);
        };
        let kept = match told.counted {
            None => None,
            Some((engine, places)) => {
                let is_new = told.source != source;
                let people = self.people(source).await?;
                let mut counted = count(&engine, &people.sheets, &places);
                // Typical respondents of what is saved may all answer it alike: those of what is written do not.
                if is_new && counted.is_none_or(|it| it.kept == 0 || it.kept == it.reach) {
                    let people = self.people(&told.source).await?;
                    counted = count(&engine, &people.sheets, &places).or(counted);
                }
                counted
            }
        };
        Ok(Some(Composed {
            looked: self.look(&told.source, lang).await?,
            built: told.built,
            stored: told.stored,
            focus: told.focus,
            source: told.source,
            sentence: told.sentence,
            universe: told.universe,
            kept,
        }))
    }
}

fn count(engine: &Engine, people: &[Sheet], places: &[Source]) -> Option<Kept> {
    (!people.is_empty()).then(|| kept(engine, people, places))
}

fn tell(
    source: String,
    spot: &Spot,
    given: Given,
    deed: Option<Composing>,
    lang: Lang,
) -> Option<Told> {
    let document = document::read(&source).questionnaire?;
    let mut built = build(&document, &spot.node, given, lang.code())?;
    let mut focus = None;
    if let Some(deed) = deed {
        let Built {
            mut draft,
            sayable,
            was,
            text,
            ..
        } = built;
        match deed {
            Composing::Press { verb, path, roster } => focus = draft.press(&verb, &path, &roster),
            Composing::Answer { item, value } => {
                draft = draft.with_answer(&document, &sayable, &item, &value);
            }
        }
        let given = Given::Lines { draft, was, text };
        built = build(&document, &spot.node, given, lang.code())?;
    }
    let stored = spot.text(&document);
    // Where a condition is needed, what stood there stays until there is one.
    let with = spot.with(&document, &built.text);
    let source = match &with {
        Some(it) if built.text != stored => to_yaml(it),
        _ => source,
    };
    // Everybody is kept by a condition that always holds: so whoever gets there is counted where there is none.
    let counted = match built.text.is_empty() {
        true => spot.with(&document, "true"),
        false => with,
    };
    let engine = counted.and_then(|it| Some((compile_document(&it).ok()?, it)));
    let mut told = Told {
        built,
        stored,
        focus,
        source,
        sentence: None,
        universe: None,
        counted: None,
    };
    if let Some((engine, document)) = engine {
        let above = spot.above(&document);
        let roster = above.as_ref().and_then(|it| it.1.as_deref());
        let roster = roster.and_then(|it| roster_ix(&engine, it));
        let sentences = Sentences::new(&engine, lang);
        told.sentence =
            (!told.built.text.is_empty()).then(|| sentences.of(&told.built.text, roster));
        told.universe = above.map(|it| sentences.universe(joined(&it.0).as_ref(), roster));
        let places = spot.sources(&document, &engine.instrument);
        told.counted = Some((engine, places));
    }
    Some(told)
}

fn roster_ix(engine: &Engine, id: &str) -> Option<u32> {
    let items = &engine.instrument.items;
    let mut rosters = (0u32..).zip(&engine.instrument.rosters);
    let found = rosters.find(|(_, it)| items.get(it.item as usize).is_some_and(|it| it.id == id));
    found.map(|it| it.0)
}

/// Conditions as one, without what is said twice.
fn joined(texts: &[String]) -> Option<Expr> {
    let mut parts: Vec<Expr> = Vec::new();
    for it in texts.iter().filter_map(|it| expr::parse(it).expr) {
        let these = match it.kind {
            ExprKind::And(these) => these,
            kind => vec![kind.into()],
        };
        for it in these {
            if !parts.contains(&it) {
                parts.push(it);
            }
        }
    }
    match parts.len() {
        0 | 1 => parts.pop(),
        _ => Some(ExprKind::And(parts).into()),
    }
}
