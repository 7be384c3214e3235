//! What the plan of figures shows.

use super::screen::{ClashLine, Saved};
use crate::studio::team::field_screen::Wrong;
use crate::studio::team::screen::StudyHead;

/// `/studio/s/{study}/questionnaire/plan`
#[derive(Clone, Debug, PartialEq)]
pub struct PlanScreen {
    /// The head.
    pub head: StudyHead,
    /// The save that is edited.
    pub revision: i64,
    /// When that was saved and by whom, if that is known.
    pub saved: Option<Saved>,
    /// The plan; nothing of a text that is no questionnaire.
    pub plan: Option<PlanShown>,
    /// Whether there is something of one's own to take back, and to make again.
    pub may_undo: bool,
    /// The same.
    pub may_redo: bool,
    /// What was not changed, as others have written there.
    pub clashes: Vec<ClashLine>,
    /// Whether the text has comments, which an edit takes away.
    pub has_comments: bool,
    /// What was done just now; its words stand under `edit-done-` and this code.
    pub done: Option<&'static str>,
    /// Why the form comes back.
    pub wrong: Option<Wrong>,
}

/// The figures that are wanted, and what is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanShown {
    /// In the order in which they are wanted.
    pub figures: Vec<FigureLine>,
    /// Questions that no figure uses.
    pub unused: Vec<UnusedLine>,
    /// What figures can be of, by id and name.
    pub items: Vec<(String, String)>,
    /// What their columns can be of.
    pub columns: Vec<(String, String)>,
    /// Whether the questionnaire has no errors: only then is known what is missing.
    pub is_known: bool,
    /// What is typed of a new one.
    pub new: NewFigure,
}

/// What is typed of a new figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewFigure {
    /// The item that is counted.
    pub item: String,
    /// The item whose answers make its columns.
    pub by: String,
    /// Its title.
    pub title: String,
}

/// A figure that is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureLine {
    /// Its id.
    pub id: String,
    /// Its title, or what it is of.
    pub title: String,
    /// The item that is counted: its id, and its name if there is one.
    pub item: (String, Option<String>),
    /// The item whose answers make its columns.
    pub by: Option<(String, Option<String>)>,
    /// Why nobody's answers can feed it; its words stand under `plan-gap-` and this code.
    pub gap: Option<&'static str>,
    /// Who is counted, in words.
    pub universe: Option<String>,
    /// Who is in its columns, where that is not everybody.
    pub columns: Option<String>,
    /// Columns that stay empty whatever people answer, by label.
    pub empty: Vec<String>,
    /// What stands in its form.
    pub form: FigureForm,
}

/// A figure as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FigureForm {
    /// The item that is counted.
    pub item: String,
    /// The item whose answers make its columns.
    pub by: String,
    /// Its title, language by language.
    pub titles: Vec<(String, String)>,
    /// Whether what was typed was not taken.
    pub is_open: bool,
}

/// A question that no figure uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnusedLine {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Whether its answers decide something else.
    pub is_read: bool,
}
