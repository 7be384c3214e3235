//! What the editor shows.

use questionnaire::document::form::Form;

use crate::studio::team::field_screen::Wrong;
use crate::studio::team::screen::StudyHead;
use crate::studio::writing::screen::{ClashLine, LookedShown, Saved};

/// `/studio/s/{study}/questionnaire/edit`
#[derive(Clone, Debug, PartialEq)]
pub struct EditScreen {
    /// The head.
    pub head: StudyHead,
    /// The save that is edited.
    pub revision: i64,
    /// When that was saved and by whom, if that is known.
    pub saved: Option<Saved>,
    /// What there is to edit; nothing of a text that is no questionnaire.
    pub editing: Option<Editing>,
    /// What was found.
    pub looked: LookedShown,
    /// Whether there is something of one's own to take back, and to make again.
    pub may_undo: bool,
    /// The same.
    pub may_redo: bool,
    /// Who else is here.
    pub others: Vec<Other>,
    /// What was not changed, as others have written there.
    pub clashes: Vec<ClashLine>,
    /// Whether the text has comments, which an edit takes away.
    pub has_comments: bool,
    /// What was done just now; its words stand under `edit-done-` and this code.
    pub done: Option<&'static str>,
    /// Why the form comes back.
    pub wrong: Option<Wrong>,
}

/// A questionnaire, one node of which is open.
#[derive(Clone, Debug, PartialEq)]
pub struct Editing {
    /// Its blocks, pages and items, in order.
    pub outline: Vec<OutlineLine>,
    /// Lists, fills and nets.
    pub shared: Vec<OutlineLine>,
    /// Items of the frame.
    pub frame: Vec<OutlineLine>,
    /// The open node.
    pub form: Form,
    /// What it is: `block`, `page`, or the kind of an item.
    pub kind: &'static str,
    /// What it may be put into, by key and name.
    pub homes: Vec<(String, String)>,
    /// In which of them it is.
    pub home: String,
    /// How respondents see it.
    pub preview: Option<Preview>,
}

/// A node in the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineLine {
    /// Which node.
    pub key: String,
    /// 0 for blocks, 1 for pages, 2 for items, 3 for items of rosters.
    pub depth: usize,
    /// `block`, `page`, or the kind of an item.
    pub kind: &'static str,
    /// What people read.
    pub label: String,
    /// Whether it is shown under a condition.
    pub is_conditional: bool,
    /// How much of what was found is an error.
    pub n_errors: usize,
}

/// How respondents see a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The page as a whole document; nothing while the questionnaire has errors.
    pub page: Option<String>,
    /// Whether the person who is looked over the shoulder does not come through this page.
    pub is_off_path: bool,
    /// How many typical respondents there are.
    pub n_people: usize,
    /// Over whose shoulder one looks; nobody's: everything on the page is shown.
    pub person: Option<usize>,
    /// Languages of the questionnaire, and the one that is shown.
    pub languages: Vec<String>,
    /// The one that is shown.
    pub language: String,
    /// Whether it is as wide as a phone.
    pub is_phone: bool,
}

/// Somebody else who is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    /// Their name.
    pub name: String,
    /// What they have open, in words.
    pub place: Option<String>,
}
