//! Tables as they are written: the output of `recueil tally` and of the live dashboard.

use jiff::civil::Date;
use questionnaire::MissingOffer;
use serde::{Deserialize, Serialize};

use crate::base::Base;
use crate::inference::Interval;
use crate::join::Break;
use crate::stats::{Bins, Stats};
use crate::unit::Unit;

/// One item, row of a grid or item of a roster, counted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// Its id: `item`, `grid[row]`, `roster.item`, `roster.grid[row]`.
    pub item: String,
    /// Its title, fills replaced by what stands there without an answer.
    pub label: String,
    /// The question in full; empty where the label is it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub question: String,
    /// What kind of item it is.
    pub kind: TableKind,
    /// What is counted.
    pub unit: Unit,
    /// Whom the question is for, in words; empty when nothing says so.
    pub universe: String,
    /// What a quantity is counted in, such as « ETP » or « € »; empty for other kinds.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub measure: String,
    /// The question that makes the columns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<By>,
    /// How exact the percentages are said to be, where that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precision: Option<Precision>,
    /// The figures over everybody.
    #[serde(flatten)]
    pub figures: Figures,
    /// The same figures for each answer to [`Table::by`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub columns: Option<Vec<Column>>,
    /// Which versions of the questionnaire the figures join, where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joins: Option<Joins>,
}

/// By what the intervals of a table are made, and what its columns are compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Precision {
    /// The level in percent: 95.
    pub level: u8,
    /// How many units there are in all, where the questionnaire says so: intervals take it into account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population: Option<u64>,
}

/// How a column's percentage stands to that of everybody else who was asked, where chance does not explain it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Differs {
    /// The column's percentage less that of the others, in points.
    pub points: f64,
    /// How often chance makes a difference at least as large, corrected for all columns of the row (Holm).
    pub p_value: f64,
}

/// What a table joins, and what it does not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Joins {
    /// The versions whose answers are counted, the oldest first.
    pub versions: Vec<i32>,
    /// Those of them in which the question or a choice stood in other words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reworded: Vec<i32>,
    /// Versions that do not have the question: their responses are in no base of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<i32>,
    /// How many responses answer these.
    #[serde(default)]
    pub n_without: u64,
    /// Versions that have the question, and whose answers are counted apart.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub breaks: Vec<SeriesBreak>,
}

/// A version whose answers to a question cannot be put together with later ones.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeriesBreak {
    /// The version.
    pub version: i32,
    /// From which version on the table counts.
    pub at: i32,
    /// Why.
    pub why: Vec<Break>,
    /// The version's own figures.
    pub table: Table,
}

/// To whom a choice was offered, where not all versions that are joined have it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Offered {
    /// The versions that offer it.
    pub versions: Vec<i32>,
    /// Whoever answers these.
    pub base: Base,
    /// `100 n / asked` of this base.
    pub pct_asked: Option<f64>,
    /// `100 n / answered` of this base.
    pub pct_answered: Option<f64>,
}

impl Table {
    /// What heads a figure: the question in full.
    #[must_use]
    pub fn heading(&self) -> &str {
        if self.question.is_empty() {
            &self.label
        } else {
            &self.question
        }
    }
}

/// The kind of item a table is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TableKind {
    /// One choice.
    Single,
    /// Several choices.
    Multiple,
    /// A number.
    Quantity,
    /// An amount.
    Money,
    /// Free text.
    Text,
    /// A date.
    Date,
    /// One choice on an ordered scale.
    Scale,
    /// A row of a grid.
    Grid,
    /// Choices put in order.
    Rank,
    /// One territory.
    Territory,
    /// Yes or no to a declared use.
    Consent,
    /// A value worked out from answers.
    Computed,
}

/// What is counted over one set of units.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// The base chain.
    pub base: Base,
    /// Every choice, in the order of the questionnaire; empty for quantities and texts.
    pub rows: Vec<Row>,
    /// Summary of a quantity.
    pub stats: Option<Stats>,
    /// Declared unions of choices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nets: Vec<NetRow>,
    /// Distribution of a quantity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bins: Option<Bins>,
    /// Range of dates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates: Option<Dates>,
    /// Free texts, where they were asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub texts: Vec<Texts>,
    /// What a reader must know.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

/// How many gave one answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The choice's code; `true` and `false` for a consent.
    pub code: String,
    /// The choice's label.
    pub label: String,
    /// How many units gave it: people, never ticks.
    pub n: u64,
    /// `100 n / asked`; null when nobody was asked.
    pub pct_asked: Option<f64>,
    /// `100 n / answered`; null when nobody answered, and for a choice that means a missing reason.
    pub pct_answered: Option<f64>,
    /// Where the percentage of the asked may lie, where that was asked for: Wilson's interval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<Interval>,
    /// In a column: that it differs from the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub differs: Option<Differs>,
    /// The missing reason that choosing it means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<MissingOffer>,
    /// Ranks: how many put it first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<u64>,
    /// Ranks: mean rank among those who ranked it, 1 being first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mean_rank: Option<f64>,
    /// To whom it was offered, if not to everybody who was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offered: Option<Offered>,
}

/// A declared union of choices, counted as units: whoever gave two of them counts once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NetRow {
    /// The net's id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// How many gave at least one of its choices.
    pub n: u64,
    /// `100 n / asked`; null when nobody was asked.
    pub pct_asked: Option<f64>,
    /// `100 n / answered`; null when nobody answered, and for a net that holds a missing reason.
    pub pct_answered: Option<f64>,
}

/// First and last date given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dates {
    /// How many dates there are.
    pub n: u64,
    /// The earliest.
    pub earliest: Date,
    /// The latest.
    pub latest: Date,
}

/// Free texts given to a question or beside one of its choices.
///
/// They are in alphabetical order: the order in which they arrived would tell who wrote them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Texts {
    /// The choice they were written beside; null for the question itself.
    pub code: Option<String>,
    /// The choice's label; empty for the question itself.
    pub label: String,
    /// How many texts there are.
    pub n: u64,
    /// The texts, up to the limit that was asked for.
    pub texts: Vec<TextCount>,
}

/// A text, and how many gave exactly it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextCount {
    /// The text.
    pub text: String,
    /// How many.
    pub n: u64,
}

/// What a reader must know about figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// Several answers were possible: percentages are of people and may add up to more than 100.
    SeveralAnswers,
    /// Too few units were asked to read percentages closely.
    SmallBase,
    /// Nets are counted, not added up from rounded percentages.
    NetsFromCounts,
    /// The rows do not add up to the asked: some left the question empty, or refused.
    RowsBelowAsked,
    /// Somebody may be in several columns: these are no parts of a whole.
    OverlappingGroups,
}

/// The question whose answers make the columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    /// Its table id.
    pub item: String,
    /// Its title.
    pub label: String,
}

/// The figures of those who gave one answer to the question of the columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// The choice's code.
    pub code: String,
    /// The choice's label.
    pub label: String,
    /// The figures.
    #[serde(flatten)]
    pub figures: Figures,
}
