//! A condition while it is put together, at its place: what stands in the fields, what may, and what is wrong.

use expr::{Diagnostic, Severity};

use super::finish::{Finish, settle};
use super::{Draft, Path, shown};
use crate::Engine;
use crate::compile::place::{self, Place};
use crate::document::Questionnaire;
use crate::document::edit::Node;
use crate::sentence::sayable::{said_at, wrong_at};
use crate::sentence::{Group, Sayable, read, write};

/// What somebody gives.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    /// A text.
    Text(String),
    /// The fields of lines, and the text beside them.
    Lines {
        /// The lines.
        draft: Draft,
        /// The text that stood beside them.
        was: String,
        /// The text that stands there now.
        text: String,
    },
}

impl Given {
    /// Lines, whatever stands beside them.
    #[must_use]
    pub const fn lines(draft: Draft) -> Self {
        Self::Lines {
            draft,
            was: String::new(),
            text: String::new(),
        }
    }
}

/// A condition while it is put together.
#[derive(Clone, Debug, PartialEq)]
pub struct Built {
    /// What stands in the fields.
    pub draft: Draft,
    /// What may stand there.
    pub sayable: Sayable,
    /// The same condition as text, without what is unfinished.
    pub text: String,
    /// The text that the lines say: another one where both were changed and say different things.
    pub was: String,
    /// What is still to do and what is wrong, by field.
    pub faults: Vec<Fault>,
    /// What is wrong with the text.
    pub wrong: Vec<Diagnostic>,
}

/// Something about one field.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// The name of the field.
    pub at: String,
    /// What.
    pub what: What,
}

/// What there is to say of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// It is not finished.
    Todo(Todo),
    /// The checker does not take it.
    Wrong(Box<Diagnostic>),
}

/// What is still to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Todo {
    /// To choose what the line is about.
    Subject,
    /// To choose what is said of it.
    Operator,
    /// To choose or type a value.
    Value,
    /// To type a number.
    Number,
    /// To type a whole number.
    Whole,
    /// To give a day.
    Date,
    /// To write a condition.
    Text,
    /// To put a line into the group.
    Lines,
    /// To choose something else: this may not be spoken of here.
    Gone,
    /// To choose something else: it waits for this very condition.
    Waits,
    /// To say it with fewer groups in groups.
    Depth,
}

impl Todo {
    /// Its name in texts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Operator => "operator",
            Self::Value => "value",
            Self::Number => "number",
            Self::Whole => "whole",
            Self::Date => "date",
            Self::Text => "text",
            Self::Lines => "lines",
            Self::Gone => "gone",
            Self::Waits => "waits",
            Self::Depth => "depth",
        }
    }
}

impl Built {
    /// Whether it can stand as it is: nothing is unfinished, nothing is an error.
    #[must_use]
    pub fn is_right(&self) -> bool {
        !self.is_torn() && !self.is_unfinished() && !self.is_wrong()
    }

    /// Whether text and lines were both changed and say different things: one of them has to be chosen.
    #[must_use]
    pub fn is_torn(&self) -> bool {
        self.was != self.text
    }

    /// Whether the checker does not take it.
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        self.wrong.iter().any(is_error) || self.has_wrong_lines()
    }

    /// Whether something is still to do.
    #[must_use]
    pub fn is_unfinished(&self) -> bool {
        let mut what = self.faults.iter().map(|it| &it.what);
        what.any(|it| matches!(it, What::Todo(_)))
    }

    fn has_wrong_lines(&self) -> bool {
        let mut what = self.faults.iter().map(|it| &it.what);
        what.any(|it| matches!(it, What::Wrong(it) if is_error(it)))
    }
}

fn is_error(it: &Diagnostic) -> bool {
    it.severity == Severity::Error
}

/// What stands at a place and what may, for what somebody gives. `None` where nothing has a condition.
///
/// ```
/// use questionnaire::document::{self, edit::Node};
/// use questionnaire::sentence::{Given, build};
/// let source = "id: essai\ntitle: Essai\nblocks: [{id: b, pages: [{id: p, items: [{id: age, kind: quantity, label: Âge}, {id: avis, kind: text, label: Avis}]}]}]\n";
/// let document = document::read(source).questionnaire.unwrap();
/// let built = build(&document, &Node::Item("avis".into()), Given::Text("age > 17".into()), "fr").unwrap();
/// assert_eq!((built.draft.pieces.len(), built.text.as_str(), built.is_right()), (1, "age > 17", true));
/// ```
#[must_use]
pub fn build(document: &Questionnaire, node: &Node, given: Given, lang: &str) -> Option<Built> {
    place::at(document, node, |place| built(place, given, lang))
}

/// What stands in a filter of results and what may, for what somebody gives: a condition on responses as they are
/// stored, of which every question may be spoken.
///
/// ```
/// use questionnaire::sentence::{Given, build_filter};
/// # let yaml = "id: e\ntitle: E\nblocks:\n- id: b\n  pages:\n  - id: p\n    items:\n    - {id: age, kind: quantity, label: Âge}\n";
/// let engine = questionnaire::check(yaml).engine.unwrap();
/// let built = build_filter(&engine, Given::Text("age > 17".into()), "fr");
/// assert!(built.is_right() && built.draft.pieces.len() == 1);
/// ```
#[must_use]
pub fn build_filter(engine: &Engine, given: Given, lang: &str) -> Built {
    place::after_all(engine, |place| built(place, given, lang))
}

fn built(place: &Place<'_, '_>, given: Given, lang: &str) -> Built {
    match given {
        Given::Text(it) => of_text(place, &it, lang),
        Given::Lines { draft, was, text } => of_lines(place, draft, &was, &text, lang),
    }
}

fn of_text(place: &Place<'_, '_>, text: &str, lang: &str) -> Built {
    let outline = read(text);
    let sayable = said_at(place, &outline, lang);
    let draft = shown::draft(&outline, &sayable, &mut Vec::new());
    let (_, faults) = finished(place, &draft, &sayable);
    let text = text.trim().to_owned();
    Built {
        wrong: wrong_at(place, &text),
        was: text.clone(),
        draft,
        sayable,
        text,
        faults,
    }
}

fn of_lines(place: &Place<'_, '_>, mut draft: Draft, was: &str, text: &str, lang: &str) -> Built {
    let sayable = said_at(place, &draft.outline(), lang);
    settle(&mut draft, &sayable, &mut Vec::new());
    let (group, mut faults) = finished(place, &draft, &sayable);
    let said = write(&group);
    // What says the same stays as its author wrote it.
    let is_same = said.is_some() && said == write(&read(was));
    let is_typed = text.trim() != was.trim();
    if is_typed && is_same && !has_begun(&draft, &faults) {
        return of_text(place, text, lang);
    }
    if said.is_none() {
        faults.push(Fault {
            at: Path::default().field("join"),
            what: What::Todo(Todo::Depth),
        });
    }
    let said = match is_same {
        true => was.trim().to_owned(),
        false => said.unwrap_or_default(),
    };
    let (was, text) = match is_typed {
        true => (was.trim().to_owned(), text.trim().to_owned()),
        false => (said.clone(), said),
    };
    Built {
        wrong: wrong_at(place, &text),
        draft,
        sayable,
        text,
        was,
        faults,
    }
}

fn finished(place: &Place<'_, '_>, draft: &Draft, sayable: &Sayable) -> (Group, Vec<Fault>) {
    let mut finish = Finish {
        place,
        sayable,
        faults: Vec::new(),
    };
    let group = finish.group(draft, &Path::default(), &mut Vec::new());
    (group, finish.faults)
}

/// Whether something is begun that is not finished: it would be lost with the lines.
fn has_begun(draft: &Draft, faults: &[Fault]) -> bool {
    let todo = |it: &Fault| matches!(it.what, What::Todo(it) if it != Todo::Subject);
    !draft.is_empty() && faults.iter().any(todo)
}
