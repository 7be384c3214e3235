//! What a chart is made of. Nothing here knows how it is drawn.

use serde::{Deserialize, Serialize};

use crate::boxes::Boxes;
use crate::diverging::Diverging;
use crate::line::Line;
use crate::number::Language;
use crate::stacked::Stacked;
use crate::table::DataTable;
use crate::upset::UpSet;

/// A figure: one set of numbers, drawn by [`Chart::svg`] and written out by [`Chart::table`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    /// Prefix of every id in the drawing. Two charts on one page need different ones.
    pub id: String,
    /// Language of the numbers and of the few words the chart adds.
    pub language: Language,
    /// The question, as a sentence. It names the drawing and captions the table.
    pub title: String,
    /// Who the numbers are about: base and unit of analysis.
    pub base: String,
    /// The numbers and how to draw them.
    pub plot: Plot,
}

/// The kinds of drawing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Plot {
    /// Horizontal bars, one per answer.
    Bars(Bars),
    /// Horizontal bars, several per answer: one for each group compared.
    Grouped(Grouped),
    /// Adjacent columns over equal intervals of a quantity.
    Histogram(Histogram),
    /// Minimum, quartiles, median, mean and maximum of a quantity.
    Summary(Summary),
    /// Several summaries on one axis.
    Boxes(Boxes),
    /// Combinations of sets, each person in exactly one.
    #[serde(rename = "upset")]
    UpSet(UpSet),
    /// Bars of 100 %, divided in the same parts.
    Stacked(Stacked),
    /// Scales that go from no to yes, around zero.
    Diverging(Diverging),
    /// Values over days or versions.
    Line(Line),
}

/// Horizontal bars, one per answer. The length of a bar is its first share.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bars {
    /// What each percentage is of, in the order of [`Row::shares`]; the first one is drawn.
    pub shares: Vec<String>,
    /// One row per answer.
    pub rows: Vec<Row>,
    /// The order of the drawing and of the table.
    pub order: Order,
    /// Decimals of the percentages in the drawing.
    pub decimals: usize,
    /// Decimals of the percentages in the table, which is there to look closer.
    pub table_decimals: usize,
    /// Too few answers to read the percentages closely: bars are hatched.
    pub small_base: bool,
}

/// One answer of [`Bars`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The answer.
    pub label: String,
    /// How many gave it.
    pub n: u64,
    /// Percentages, times one hundred; `None` where the base is nobody.
    pub shares: Vec<Option<f64>>,
    /// What kind of row this is.
    pub role: Role,
    /// Where the first percentage may lie: lower and upper bound, times one hundred. Drawn as a
    /// whisker; bounds that are no numbers or out of order are left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<(f64, f64)>,
}

/// What a row stands for. Roles follow each other in this order, whatever the values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A substantive answer.
    #[default]
    Answer,
    /// « Ne sait pas » and the like.
    Missing,
    /// A declared union of answers, counted as people.
    Net,
}

/// The order of rows that have the same role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// From the most to the least frequent; ties keep the order given.
    #[default]
    Value,
    /// As given: answers that have an order of their own.
    Given,
}

/// Horizontal bars, several per answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Grouped {
    /// The groups compared.
    pub series: Vec<Series>,
    /// One entry per answer, in the order given.
    pub groups: Vec<Group>,
    /// Decimals of the percentages in the drawing.
    pub decimals: usize,
    /// Decimals of the percentages in the table, which is there to look closer.
    pub table_decimals: usize,
}

/// A group of people compared with others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// Its name.
    pub label: String,
    /// Too few answers to read the percentages closely: its bars are hatched.
    pub small_base: bool,
}

/// One answer of [`Grouped`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// The answer.
    pub label: String,
    /// One cell per series; a missing cell reads as nobody.
    pub cells: Vec<Cell>,
}

/// How many of one series gave one answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// How many.
    pub n: u64,
    /// Percentage of the series, times one hundred; `None` where the series has nobody.
    pub share: Option<f64>,
    /// That chance does not explain how the series stands to the others, as [`Grouped`] shows.
    #[serde(default)]
    pub differs: Option<Way>,
    /// Where the percentage may lie, as [`Grouped`] shows: lower and upper end.
    #[serde(default)]
    pub interval: Option<(f64, f64)>,
}

/// How a share stands to that of the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// It is more.
    More,
    /// It is less.
    Less,
}

impl Way {
    /// Its mark beside a number.
    pub(crate) const fn mark(self) -> &'static str {
        match self {
            Self::More => "\u{a0}▲",
            Self::Less => "\u{a0}▼",
        }
    }
}

/// Counts over intervals of equal width: `start ≤ x < start + width`, and so on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Histogram {
    /// Lower bound of the first interval.
    pub start: f64,
    /// Width of every interval; a width that is not above 0 draws nothing.
    pub width: f64,
    /// How many values each interval holds.
    pub counts: Vec<u64>,
    /// The quantity is a whole number: intervals are named « 10 à 19 », or « 3 » alone.
    pub whole: bool,
    /// Name of the unit the quantity is counted in, such as « ETP »; may be empty.
    pub unit: String,
}

/// Five-number summary and mean of a quantity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// How many values there are.
    pub n: u64,
    /// Smallest value.
    pub min: f64,
    /// First quartile.
    pub q1: f64,
    /// Median.
    pub median: f64,
    /// Third quartile.
    pub q3: f64,
    /// Largest value.
    pub max: f64,
    /// Arithmetic mean.
    pub mean: f64,
    /// Name of the unit, such as « ETP » or « € »; may be empty.
    pub unit: String,
    /// At most this many decimals.
    pub decimals: usize,
}

/// The width a drawing is made for. Text keeps its size, so each width has its own drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// A telephone: 300 units wide, labels above the bars.
    Compact,
    /// A column of a page: 680 units wide, labels before the bars.
    Wide,
}

impl Layout {
    /// Width of the drawing in units of its view box.
    #[must_use]
    pub fn width(self) -> f64 {
        match self {
            Self::Compact => 300.0,
            Self::Wide => 680.0,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Compact => "compact",
            Self::Wide => "wide",
        }
    }
}

impl Chart {
    /// The drawing, as an `<svg>` element that can stand in HTML or alone in a file.
    ///
    /// It has no style or event attribute, so the strictest content security policy accepts it.
    #[must_use]
    pub fn svg(&self, layout: Layout) -> String {
        match &self.plot {
            Plot::Bars(bars) => crate::bars::draw(self, bars, layout),
            Plot::Grouped(grouped) => crate::grouped::draw(self, grouped, layout),
            Plot::Histogram(histogram) => crate::histogram::draw(self, histogram, layout),
            Plot::Summary(summary) => crate::summary::draw(self, summary, layout),
            Plot::Boxes(boxes) => crate::boxes::draw(self, boxes, layout),
            Plot::UpSet(upset) => crate::upset::draw(self, upset, layout),
            Plot::Stacked(stacked) => crate::stacked::draw(self, stacked, layout),
            Plot::Diverging(diverging) => crate::diverging::draw(self, diverging, layout),
            Plot::Line(line) => crate::line::draw(self, line, layout),
        }
    }

    /// The same numbers as a table.
    #[must_use]
    pub fn table(&self) -> DataTable {
        match &self.plot {
            Plot::Bars(bars) => crate::bars::table(self, bars),
            Plot::Grouped(grouped) => crate::grouped::table(self, grouped),
            Plot::Histogram(histogram) => crate::histogram::table(self, histogram),
            Plot::Summary(summary) => crate::summary::table(self, summary),
            Plot::Boxes(boxes) => crate::boxes::table(self, boxes),
            Plot::UpSet(upset) => crate::upset::table(self, upset),
            Plot::Stacked(stacked) => crate::stacked::table(self, stacked),
            Plot::Diverging(diverging) => crate::diverging::table(self, diverging),
            Plot::Line(line) => crate::line::table(self, line),
        }
    }

    /// Both drawings, each marked with its layout so that the stylesheet shows the fitting one.
    #[must_use]
    pub fn drawings(&self) -> String {
        let mut html = self.svg(Layout::Wide);
        html.push_str(&self.svg(Layout::Compact));
        html
    }
}
