//! The questionnaire as its authors write it: the types behind the YAML and JSON files.
//!
//! Reading order: [`Questionnaire`] → [`Block`] → [`Page`] → [`Item`] → [`Choice`]. Everything
//! here is plain data with public fields; meaning (names, types, order) is given by
//! [`compile`](crate::compile), never here. The published JSON Schema is generated from these types.

pub mod edit;
pub mod form;
mod read;
mod schema;
mod source_map;

mod tree;
mod write;

use std::num::NonZeroU64;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use crate::text::Text;
pub(crate) use read::closest;
pub use read::{Read, read};
pub use schema::json_schema;
pub use source_map::{Position, SourceMap};
pub use write::to_yaml;

use crate::instrument::{ContactField, MissingOffer};

/// A whole questionnaire.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Questionnaire {
    /// Where editors find the schema; ignored by the program.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// Stable identifier, also the study's address: lower-case letters, digits, hyphens.
    pub id: String,
    /// Title shown to respondents.
    pub title: Text,
    /// Languages of the texts, the first one being the default; `fr` is always among them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// Who asks, why, and what becomes of the answers: shown before the first question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub introduction: Option<Text>,
    /// Shown with the receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closing: Option<Text>,
    /// What one response speaks for, in the plural: « répondant·es » unless said otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Text>,
    /// Missing reasons that every question offers unless it says otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offers: Vec<MissingOffer>,
    /// Lists of choices that several items share.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<ChoiceList>,
    /// Texts that depend on the answers, used as `{id}` in other texts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fills: Vec<Fill>,
    /// Unions of choices that are counted as one, in people.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nets: Vec<Net>,
    /// Figures that are wanted of the answers: a plan says which of them no question can feed, and which questions
    /// none of them uses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<Figure>,
    /// What the sample says of whoever is invited: never asked, read like answers in conditions and tables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub frame: Vec<Item>,
    /// The content, in the order in which it is asked.
    pub blocks: Vec<Block>,
}

/// Pages that belong together and may share a filter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// Stable identifier.
    pub id: String,
    /// Heading above each of its pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// Condition under which the block is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
    /// How many there are in all of those whom its items are about, for intervals around their figures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population: Option<NonZeroU64>,
    /// Its pages.
    pub pages: Vec<Page>,
}

/// One screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// Stable identifier, also the last part of the page's address.
    pub id: String,
    /// Title of the screen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// Condition under which the page is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
    /// Its items.
    pub items: Vec<Item>,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// One choice.
    Single,
    /// Several choices.
    Multiple,
    /// A number, with bounds, decimals and a unit.
    Quantity,
    /// An amount of money.
    Money,
    /// Free text.
    Text,
    /// A date.
    Date,
    /// One choice on an ordered scale.
    Scale,
    /// The same question for several rows.
    Grid,
    /// Choices put in order.
    Rank,
    /// One territory of a register.
    Territory,
    /// Yes or no to a declared use.
    Consent,
    /// Name, e-mail, telephone: stored apart from the answers.
    Contact,
    /// Text without an answer.
    Statement,
    /// A value worked out from answers.
    Computed,
    /// The same items for several units.
    Roster,
}

/// A question, a statement, a computed value or a roster of them.
///
/// One flat record: which fields a kind takes is checked when the questionnaire is compiled, with
/// the position of a field that does not belong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Stable identifier: letters, digits and `_`, starting with a letter.
    pub id: String,
    /// What it is.
    pub kind: ItemKind,
    /// The question, the statement, or the name of the computed value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Text>,
    /// Help under the question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Text>,
    /// A short title for tables and dashboards; the label when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short: Option<Text>,
    /// Condition under which it is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
    /// Who is asked, in words, for the base of its figures (« coordinateur·rices … »).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub universe: Option<Text>,
    /// How many there are in all of those whom it is about (62 CLS), for intervals around its figures; that of its
    /// block when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population: Option<NonZeroU64>,
    /// Whether an answer (or a missing reason) is needed to submit.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// Missing reasons it offers beside its choices; the questionnaire's when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offers: Option<Vec<MissingOffer>>,
    /// Rules between answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
    /// single, multiple, scale, rank, grid, territory: the choices. computed: the codes it can be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// Instead of `choices`: the id of one of the questionnaire's `lists`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
    /// multiple: least number of choices. rank: least number of ranks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_choices: Option<u16>,
    /// multiple: greatest number of choices. rank: greatest number of ranks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_choices: Option<u16>,
    /// quantity, money, numeric grid: least value.
    #[serde(
        default,
        with = "crate::number::optional",
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>")]
    pub min: Option<Decimal>,
    /// quantity, money, numeric grid: greatest value.
    #[serde(
        default,
        with = "crate::number::optional",
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(with = "Option<f64>")]
    pub max: Option<Decimal>,
    /// quantity, money, numeric grid: how many decimals may be given; 0 (2 for money) when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimals: Option<u8>,
    /// quantity, numeric grid: what is counted (« ETP », « quartiers »).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Text>,
    /// money: ISO 4217 code; EUR when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// date: earliest, as `2026-03-12`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earliest: Option<String>,
    /// date: latest, as `2026-03-12`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest: Option<String>,
    /// text: greatest number of characters; 4,000 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u32>,
    /// text: whether several lines are expected.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub multiline: bool,
    /// grid: what each row asks for; `single` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cells: Option<Cells>,
    /// grid: its rows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Row>,
    /// territory: typed attributes that its choices give (`has_qpv`), read as `item.attribute`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<Attribute>,
    /// contact: what is asked for; name, e-mail and telephone when absent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<ContactField>,
    /// contact: whether the contact may be linked to the answers; kept apart unless said.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub linked: bool,
    /// computed: the expression.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// roster: the name of a unit's key in sheets and conditions (`scheme`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// roster: the several-answers item whose chosen codes are the units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over: Option<String>,
    /// roster: instead of `over`, free units that the respondent adds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub units: Option<FreeUnits>,
    /// roster: the items asked for each unit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
    /// In `frame`: the name of the sample's column; the id when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Ids that it had in earlier versions: its figures go on from theirs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<String>,
}

/// An answer category.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Stable code, what is stored.
    pub code: String,
    /// What the respondent reads.
    pub label: Text,
    /// Cannot be combined with any other (« aucun »).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub exclusive: bool,
    /// Asks for a text beside it (« autre : préciser »).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub specify: Option<Specify>,
    /// Choosing it means this missing reason (« ne sait pas »).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<MissingOffer>,
    /// Condition under which it is offered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
    /// territory: values of the item's attributes, by attribute id.
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    pub attributes: serde_json::Map<String, serde_json::Value>,
    /// Codes of earlier versions that are counted as this one: its own former ones, or several that it joins.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<String>,
}

/// The text asked for beside a choice.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Specify {
    /// Its label; « Précisez » when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Text>,
    /// Whether the text is needed when the choice is made.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
}

/// A named list of choices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChoiceList {
    /// Stable identifier.
    pub id: String,
    /// Its choices.
    pub choices: Vec<Choice>,
}

/// A row of a grid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Stable code.
    pub code: String,
    /// What the respondent reads.
    pub label: Text,
    /// Condition under which it is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
    /// Codes that it had in earlier versions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<String>,
}

/// What each row of a grid asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Cells {
    /// One choice a row.
    Single,
    /// Several choices a row.
    Multiple,
    /// A number a row.
    Quantity,
}

/// A typed attribute of territories.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    /// Name used in conditions.
    pub id: String,
    /// Type of its values.
    #[serde(rename = "type")]
    pub ty: AttributeType,
}

/// The type of an attribute's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AttributeType {
    /// `true` or `false`.
    Boolean,
    /// A number.
    Number,
    /// A text.
    Text,
}

/// Units that the respondent adds, keyed "1", "2"…
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FreeUnits {
    /// Least number of units.
    #[serde(default)]
    pub min: u16,
    /// Greatest number of units (at most 50).
    pub max: u16,
    /// What a unit is called (« action »).
    pub label: Text,
}

/// A rule between answers, checked when its item is on path.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// Stable identifier: a failure's code is `check:<id>`.
    pub id: String,
    /// What must hold; an unknown condition does not fail.
    pub require: String,
    /// Whether it blocks (`hard`) or asks to confirm (`soft`).
    #[serde(default)]
    pub severity: CheckSeverity,
    /// What the respondent reads when it fails.
    pub message: Text,
}

/// Whether a failed check blocks submission.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CheckSeverity {
    /// Blocks.
    #[default]
    Hard,
    /// Asks to confirm.
    Soft,
}

/// A text that depends on the answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fill {
    /// Name used as `{id}` in texts.
    pub id: String,
    /// The first case whose condition holds gives the text.
    pub cases: Vec<FillCase>,
    /// The text when no condition holds.
    pub fallback: Text,
}

/// One case of a fill.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FillCase {
    /// Its condition.
    pub when: String,
    /// Its text.
    pub text: Text,
}

/// A union of choices counted as one row, in people and from counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Net {
    /// Stable identifier.
    pub id: String,
    /// What it is called in tables.
    pub label: Text,
    /// The item whose choices it joins.
    pub item: String,
    /// The codes it joins.
    pub choices: Vec<String>,
}

/// A figure that is wanted: the table of an item, perhaps with a column for each answer to another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// Stable identifier.
    pub id: String,
    /// The item that is counted.
    pub item: String,
    /// The item whose answers make its columns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// What it is called; the item's title when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
}
