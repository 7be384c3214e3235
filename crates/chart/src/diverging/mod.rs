//! Scales from no to yes: what is against on the left of zero, what is for on its right.

mod draw;

use serde::{Deserialize, Serialize};

use crate::chart::{Cell, Chart};
use crate::rows::cell;
use crate::stack::{self, Stack};
use crate::table::DataTable;
use crate::words;

pub(crate) use draw::draw;

/// Answers on a scale that goes from no to yes, one bar per question or per group.
///
/// Negative steps go to the left of zero and positive ones to its right; a neutral step is split
/// around zero, and missing answers stand apart on the right. Both sides carry their total.
///
/// ```
/// use chart::{Cell, Chart, Diverging, Language, Layout, Plot, Side, Stack, Step};
///
/// let step = |label: &str, side: Side| Step { label: label.to_owned(), side };
/// let cell = |n: u64| Cell { n, share: Some(n as f64), ..Cell::default() };
/// let chart = Chart {
///     id: "coordination".to_owned(),
///     language: Language::French,
///     title: "La coordination est-elle satisfaisante ?".to_owned(),
///     base: "100 personnes".to_owned(),
///     plot: Plot::Diverging(Diverging {
///         steps: vec![
///             step("Pas du tout", Side::Negative),
///             step("Plutôt pas", Side::Negative),
///             step("Plutôt", Side::Positive),
///             step("Tout à fait", Side::Positive),
///             step("Ne sait pas", Side::Missing),
///         ],
///         stacks: vec![Stack {
///             label: "Avec la préfecture".to_owned(),
///             cells: [8, 21, 44, 22, 5].map(cell).to_vec(),
///             small_base: false,
///         }],
///         decimals: 0,
///         table_decimals: 1,
///     }),
/// };
/// assert!(chart.svg(Layout::Wide).contains("29\u{202f}%"));
/// assert_eq!(chart.table().rows[0].1[10..], ["29,0\u{202f}%", "66,0\u{202f}%"]);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Diverging {
    /// The steps of the scale, from the most negative to the most positive.
    pub steps: Vec<Step>,
    /// The bars, from top to bottom. Percentages are of everybody, missing answers included.
    pub stacks: Vec<Stack>,
    /// Decimals of the percentages in the drawing.
    pub decimals: usize,
    /// Decimals of the percentages in the table, which is there to look closer.
    pub table_decimals: usize,
}

/// A step of a scale.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// The answer.
    pub label: String,
    /// Where it stands.
    pub side: Side,
}

/// Where a step stands. Sides follow each other in this order, whatever order is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Left of zero.
    Negative,
    /// Half left, half right of zero.
    Neutral,
    /// Right of zero.
    Positive,
    /// « Ne sait pas » and the like: apart.
    Missing,
}

/// A step with its place in the cells of a stack.
struct Placed<'a> {
    at: usize,
    step: &'a Step,
}

/// The steps in the order of the drawing and of the table. The sort is stable.
fn ordered(diverging: &Diverging) -> Vec<Placed<'_>> {
    let mut steps: Vec<Placed<'_>> = diverging
        .steps
        .iter()
        .enumerate()
        .map(|(at, step)| Placed { at, step })
        .collect();
    steps.sort_by_key(|placed| placed.step.side);
    steps
}

/// Percent of a stack on one side; nothing where no step of that side has a percentage.
fn total(steps: &[Placed<'_>], stack: &Stack, side: Side) -> Option<f64> {
    let of_side = steps.iter().filter(|placed| placed.step.side == side);
    of_side
        .filter_map(|placed| stack.cell(placed.at).share)
        .filter(|share| share.is_finite())
        .fold(None, |sum, share| Some(sum.unwrap_or(0.0) + share.max(0.0)))
}

pub(crate) fn table(chart: &Chart, diverging: &Diverging) -> DataTable {
    let language = chart.language;
    let steps = ordered(diverging);
    // The cells follow the steps.
    let stacks: Vec<Stack> = diverging
        .stacks
        .iter()
        .map(|stack| Stack {
            label: stack.label.clone(),
            cells: steps
                .iter()
                .map(|placed| stack.cell(placed.at))
                .collect::<Vec<Cell>>(),
            small_base: stack.small_base,
        })
        .collect();
    let in_order: Vec<Placed<'_>> = steps
        .iter()
        .enumerate()
        .map(|(at, placed)| Placed {
            at,
            step: placed.step,
        })
        .collect();
    let totals = |stack: &Stack| {
        [Side::Negative, Side::Positive]
            .map(|side| {
                cell(
                    total(&in_order, stack, side),
                    diverging.table_decimals,
                    language,
                )
            })
            .to_vec()
    };
    let labels = steps.iter().map(|placed| placed.step.label.as_str());
    let heads = words::totals(language);
    stack::table(
        chart,
        labels,
        &stacks,
        diverging.table_decimals,
        &totals,
        &heads,
    )
}
