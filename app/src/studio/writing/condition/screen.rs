//! What the page shows on which a condition is put together.

use questionnaire::sentence::{Draft, Sayable};

use crate::studio::team::field_screen::Wrong;
use crate::studio::team::screen::StudyHead;
use crate::studio::writing::edit::screen::Other;
use crate::studio::writing::screen::{ClashLine, FindingLine, Saved};

/// `/studio/s/{study}/questionnaire/condition`
#[derive(Clone, Debug, PartialEq)]
pub struct ConditionScreen {
    /// The head.
    pub head: StudyHead,
    /// The save that is edited.
    pub revision: i64,
    /// When that was saved and by whom, if that is known.
    pub saved: Option<Saved>,
    /// Whether there is something of one's own to take back, and to make again.
    pub may_undo: bool,
    /// The same.
    pub may_redo: bool,
    /// Who else is here.
    pub others: Vec<Other>,
    /// Where the condition stands.
    pub place: PlaceShown,
    /// The condition.
    pub condition: ConditionShown,
    /// What was not changed, as others have written there.
    pub clashes: Vec<ClashLine>,
    /// Whether the text has comments, which an edit takes away.
    pub has_comments: bool,
    /// What was done just now; its words stand under `edit-done-` and this code.
    pub done: Option<&'static str>,
    /// Why the form comes back.
    pub wrong: Option<Wrong>,
}

/// Where a condition stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceShown {
    /// The node, by its key.
    pub at: String,
    /// The field.
    pub field: String,
    /// What the field says: `filter`, `offer`, `require`, `case`; its words stand under `condition-if-` and this code.
    pub says: &'static str,
    /// What kind of node it is; its words stand under `condition-of-` and this code.
    pub kind: &'static str,
    /// What people read of it.
    pub name: String,
    /// What it is a part of.
    pub of: Option<String>,
    /// Which case it is of.
    pub nth: Option<usize>,
    /// The node that the editor opens for it.
    pub open: String,
}

/// A condition while it is put together.
#[derive(Clone, Debug, PartialEq)]
pub struct ConditionShown {
    /// What stands in the fields.
    pub draft: Draft,
    /// What may stand there.
    pub sayable: Sayable,
    /// What is to be looked at now, by the name of its fields.
    pub focus: Option<String>,
    /// What is wrong or unfinished, by field.
    pub faults: Vec<FaultShown>,
    /// The same as text.
    pub text: String,
    /// The text that the lines say.
    pub was: String,
    /// What is wrong with the text.
    pub wrong: Vec<WrongShown>,
    /// Whether it is another one than was saved.
    pub is_new: bool,
    /// The condition in words.
    pub sentence: Option<String>,
    /// Who gets there, in words.
    pub universe: Option<String>,
    /// Whom it keeps.
    pub kept: Option<KeptShown>,
    /// What was found about the place.
    pub findings: Vec<FindingLine>,
    /// How much else was found.
    pub n_others: usize,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultShown {
    /// Its name.
    pub at: String,
    /// What is still to do; its words stand under `condition-todo-` and this code.
    pub todo: Option<&'static str>,
    /// What the checker says.
    pub words: String,
}

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongShown {
    /// What stands before the place.
    pub before: String,
    /// What stands there.
    pub here: String,
    /// What stands after it.
    pub after: String,
    /// What the checker says.
    pub words: String,
}

/// How many typical respondents a condition keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptShown {
    /// All of them.
    pub n: usize,
    /// Those who get there.
    pub reach: usize,
    /// Those whom it keeps.
    pub kept: usize,
    /// The same of units.
    pub units: Option<(usize, usize)>,
}
