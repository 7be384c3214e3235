//! A page as it is shown: what a respondent sees at one moment, ready to be drawn.
//!
//! The views are plain data in one language, the same on the server and in the browser. They are
//! made by [`page_view`](crate::page_view) and [`review_view`](crate::review_view); drawing them
//! decides nothing.

use serde::{Deserialize, Serialize};

use crate::evaluation::SlotState;
use crate::failure::Severity;
use crate::instrument::{ContactField, MissingOffer};

/// One page, with everything that could be shown on it.
///
/// Items that are off path are there too, marked `on_path: false`: the island reveals them at once
/// when an answer on the same page puts them on path, and a plain form hides them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageView {
    /// The page's id, last part of its address.
    pub id: String,
    /// The block's title, if it has one.
    pub block: Option<String>,
    /// The page's title, if it has one.
    pub title: Option<String>,
    /// Position of the page among those on path, from 1.
    pub step: u32,
    /// How many pages are on path or not yet ruled out; review not counted.
    pub steps: u32,
    /// Whether there is a page before it on the route.
    pub has_previous: bool,
    /// Keys of everything on path on the page, for the hidden field `$shown` (separated by
    /// spaces): what a post puts on path beyond them is shown before going on. The island keeps
    /// the field up to date.
    #[serde(default)]
    pub shown: Vec<String>,
    /// What stands on the page, in order.
    pub elements: Vec<Element>,
    /// What is wrong on the page, in order; empty unless failures are asked for.
    pub failures: Vec<FailureView>,
}

/// Something on a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "element", rename_all = "snake_case")]
pub enum Element {
    /// A text without answer.
    Statement {
        /// The item's id.
        id: String,
        /// Whether its filter holds.
        on_path: bool,
        /// Its text, Markdown source, fills inserted and escaped.
        text: String,
    },
    /// A question.
    Question(Box<QuestionView>),
    /// The same items for several units.
    Roster(RosterView),
}

/// A question as shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuestionView {
    /// The base of its field names: a slot key (`item`, `roster[code].item`); a grid's rows add `[row]`.
    pub key: String,
    /// Whether its filter holds.
    pub on_path: bool,
    /// Whether an answer is needed; what is optional is said.
    pub required: bool,
    /// The question, fills inserted (plain text: answers are never markup).
    pub label: String,
    /// Help under it.
    pub help: Option<String>,
    /// Missing reasons offered beside the choices: radio `<key>.$missing`.
    pub offers: Vec<MissingOffer>,
    /// What is asked and what is answered so far.
    pub widget: Widget,
    /// Slot state now; a grid's own state is that of its first row.
    pub state: SlotState,
    /// The missing reason given through `offers`, if any.
    pub missing: Option<MissingOffer>,
    /// What is wrong with it.
    pub failures: Vec<FailureView>,
}

/// What is asked, by kind, with the answer so far.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "widget", rename_all = "snake_case")]
pub enum Widget {
    /// One choice: radios `<key>`.
    Single {
        /// Offered choices.
        choices: Vec<ChoiceView>,
    },
    /// Several choices: checkboxes `<key>`, repeated.
    Multiple {
        /// Offered choices.
        choices: Vec<ChoiceView>,
        /// Least number.
        min: Option<u16>,
        /// Greatest number.
        max: Option<u16>,
    },
    /// One choice on an ordered scale: radios `<key>`.
    Scale {
        /// Offered choices, in order.
        choices: Vec<ChoiceView>,
    },
    /// One territory: radios when few, a select `<key>` when many.
    Territory {
        /// Offered territories.
        choices: Vec<ChoiceView>,
    },
    /// A number: text field `<key>`, decimal comma or point, inputmode numeric/decimal.
    Quantity(QuantityView),
    /// A text: `<key>`.
    Text {
        /// What was typed.
        value: String,
        /// Greatest number of characters.
        max_length: u32,
        /// Several lines.
        multiline: bool,
    },
    /// A date: three fields `<key>.day`, `<key>.month`, `<key>.year`, or one `<key>` in ISO form.
    Date {
        /// Day as typed.
        day: String,
        /// Month as typed.
        month: String,
        /// Year as typed.
        year: String,
        /// Earliest, ISO.
        earliest: Option<String>,
        /// Latest, ISO.
        latest: Option<String>,
    },
    /// Choices put in order: one select `<key>[<code>]` per choice with its rank (1…n or empty).
    Rank {
        /// Choices; `rank` says where each stands.
        choices: Vec<RankedView>,
        /// Least number of ranks.
        min: Option<u16>,
        /// Greatest number of ranks.
        max: Option<u16>,
    },
    /// Yes or no: radios `<key>` with values `true` and `false`.
    Consent {
        /// What was answered.
        value: Option<bool>,
    },
    /// The same question for several rows: each row is a field `<key>[<row>]`.
    Grid {
        /// Column headings when rows ask for choices.
        columns: Vec<ColumnView>,
        /// The rows.
        rows: Vec<RowView>,
    },
    /// Contact details: fields `<key>.name`, `<key>.email`, `<key>.telephone`; stored apart.
    Contact {
        /// What is asked for, with what was typed.
        fields: Vec<(ContactField, String)>,
    },
}

/// A number as shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuantityView {
    /// As typed, or the stored number with the language's decimal sign.
    pub value: String,
    /// Least value.
    pub min: Option<String>,
    /// Greatest value.
    pub max: Option<String>,
    /// Decimals allowed; 0 means a whole number.
    pub decimals: u8,
    /// Unit or currency sign shown after the field.
    pub unit: Option<String>,
}

/// A choice as shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChoiceView {
    /// Its code: the field's value.
    pub code: String,
    /// What the respondent reads.
    pub label: String,
    /// Whether it is chosen.
    pub selected: bool,
    /// Whether its filter holds; otherwise hidden.
    pub offered: bool,
    /// Whether it excludes the others.
    pub exclusive: bool,
    /// Set when it means a missing reason: drawn as a quiet choice.
    pub missing: Option<MissingOffer>,
    /// The text beside it (« préciser »): field `<key>.<code>`.
    pub specify: Option<SpecifyView>,
}

/// The text beside a choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SpecifyView {
    /// Its label, if the author gave one; « Précisez » otherwise.
    pub label: Option<String>,
    /// What was typed.
    pub value: String,
    /// Whether it is needed when the choice is made.
    pub required: bool,
}

/// A choice of a rank question as shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RankedView {
    /// Its code.
    pub code: String,
    /// What the respondent reads.
    pub label: String,
    /// Its rank, from 1.
    pub rank: Option<u16>,
    /// Whether its filter holds; otherwise hidden.
    pub offered: bool,
}

/// A column of a grid as shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnView {
    /// Its code.
    pub code: String,
    /// What the respondent reads.
    pub label: String,
}

/// A row of a grid as shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowView {
    /// Its slot key (`grid[row]`): the name of its field.
    pub key: String,
    /// What the respondent reads.
    pub label: String,
    /// Whether its filter holds; otherwise hidden.
    pub on_path: bool,
    /// What it asks for, with its answer.
    pub cell: CellView,
    /// What is wrong with it.
    pub failures: Vec<FailureView>,
}

/// A cell of a grid's row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "cell", rename_all = "snake_case")]
pub enum CellView {
    /// Radios; the selected code.
    Single {
        /// The chosen code.
        selected: Option<String>,
    },
    /// Checkboxes; the selected codes.
    Multiple {
        /// The chosen codes.
        selected: Vec<String>,
    },
    /// A number.
    Quantity(QuantityView),
}

/// A roster as shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RosterView {
    /// The item's id.
    pub id: String,
    /// Its title.
    pub label: String,
    /// Help under it.
    pub help: Option<String>,
    /// Whether its filter holds.
    pub on_path: bool,
    /// The units, in order. With fixed units every possible one, hidden unless `present`.
    pub units: Vec<UnitView>,
    /// For free units: buttons `go=add:<id>` and `go=remove:<id>:<key>`.
    pub free: Option<FreeUnitsView>,
}

/// One unit of a roster.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UnitView {
    /// Its key in sheets.
    pub key: String,
    /// Its heading.
    pub label: String,
    /// Whether it exists now.
    pub present: bool,
    /// Its items.
    pub elements: Vec<Element>,
}

/// Limits of free units.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FreeUnitsView {
    /// Least number.
    pub min: u16,
    /// Greatest number.
    pub max: u16,
    /// What a unit is called.
    pub label: String,
    /// Whether one more may be added.
    pub can_add: bool,
}

/// Something wrong, as shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FailureView {
    /// The slot key it is about: the error summary links to that field.
    pub key: String,
    /// The stable code (`required`, `range`, `check:<id>`…).
    pub code: String,
    /// hard blocks, soft asks to confirm.
    pub severity: Severity,
    /// For checks: the author's message. For the engine's own codes: empty, the interface words it
    /// from `code` and `bounds`.
    pub message: String,
    /// Numbers the message may need: least and greatest.
    pub bounds: (Option<String>, Option<String>),
    /// The question's label, for the summary on the review page.
    pub label: String,
}

/// Everything answered so far, page by page, before submission.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReviewView {
    /// Pages on path, in order.
    pub pages: Vec<ReviewPage>,
    /// What still prevents or questions submission, with the page to go to.
    pub failures: Vec<(String, FailureView)>,
    /// Whether nothing hard is left.
    pub can_submit: bool,
}

/// One page of the review.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReviewPage {
    /// Its id.
    pub id: String,
    /// Its title, or its block's.
    pub title: String,
    /// Its questions on path.
    pub lines: Vec<ReviewLine>,
}

/// One question of the review.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReviewLine {
    /// Slot key, anchor on the page.
    pub key: String,
    /// The question.
    pub label: String,
    /// The answer in words, one line a choice; empty when there is none.
    pub answer: Vec<String>,
    /// Slot state.
    pub state: SlotState,
}
