//! Combinations of sets: dots say which sets, a bar how many are in exactly these.

mod draw;

use std::cmp::Reverse;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::bars::caption;
use crate::chart::Chart;
use crate::number::integer;
use crate::rows::cell;
use crate::table::{DataTable, HeaderCell};
use crate::words;

pub(crate) use draw::draw;

/// How many are in exactly which sets: the drawing called UpSet.
///
/// Everybody is in one combination, that of no set included. Rows go from the most to the least
/// frequent. What is beyond [`most_rows`](Self::most_rows) is one row of the drawing, except
/// for the combination of no set, which always has its own; the table has all of them.
///
/// ```
/// use chart::{Chart, Combination, Language, Layout, Plot, UpSet};
///
/// let of = |members: &[usize], n: u64| Combination {
///     members: members.to_vec(),
///     n,
///     share: Some(100.0 * n as f64 / 130.0),
/// };
/// let chart = Chart {
///     id: "dispositifs".to_owned(),
///     language: Language::French,
///     title: "Quels dispositifs le territoire a-t-il ?".to_owned(),
///     base: "130 territoires".to_owned(),
///     plot: Plot::UpSet(UpSet {
///         sets: ["ASV", "CLS", "CLSM"].map(str::to_owned).to_vec(),
///         combinations: vec![of(&[], 14), of(&[0, 1, 2], 4), of(&[0], 7), of(&[1], 105)],
///         none: "Aucun des trois".to_owned(),
///         share: "% des territoires".to_owned(),
///         most_rows: 12,
///         decimals: 0,
///         table_decimals: 1,
///         small_base: false,
///     }),
/// };
/// let table = chart.table();
/// assert_eq!(table.rows[0], ("CLS".to_owned(), vec!["105".to_owned(), "80,8\u{202f}%".to_owned()]));
/// assert_eq!(table.rows[3].0, "ASV + CLS + CLSM");
/// assert!(chart.svg(Layout::Compact).contains("11\u{202f}%"));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UpSet {
    /// Names of the sets, in the order of the columns of dots. Up to about ten read well.
    pub sets: Vec<String>,
    /// The combinations, in any order; those with the same members are added up.
    pub combinations: Vec<Combination>,
    /// What the combination of no set is called; empty for « Aucun ».
    pub none: String,
    /// What each percentage is of.
    pub share: String,
    /// So many combinations have a row of their own in the drawing; 0 is no limit.
    pub most_rows: usize,
    /// Decimals of the percentages in the drawing.
    pub decimals: usize,
    /// Decimals of the percentages in the table, which is there to look closer.
    pub table_decimals: usize,
    /// Too few answers to read the percentages closely: bars are hatched.
    pub small_base: bool,
}

/// Those who are in some sets and in no other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Combination {
    /// Places of these sets in [`UpSet::sets`]; empty for those in no set. A place where there
    /// is no set is left out.
    pub members: Vec<usize>,
    /// How many.
    pub n: u64,
    /// Percentage, times one hundred; `None` where the base is nobody.
    pub share: Option<f64>,
}

/// A row: a combination, or several that have no row of their own.
struct Row {
    /// Sorted, each once.
    members: Vec<usize>,
    /// How many combinations the row adds up.
    combinations: usize,
    n: u64,
    share: Option<f64>,
}

impl Row {
    fn add(&mut self, n: u64, share: Option<f64>) {
        self.n = self.n.saturating_add(n);
        self.share = match (self.share, share) {
            (Some(sum), Some(share)) => Some(sum + share),
            _ => None,
        };
    }

    /// The combination in words.
    fn label(&self, chart: &Chart, upset: &UpSet) -> String {
        if self.combinations > 1 {
            return words::other_combinations(self.combinations, chart.language);
        }
        if self.members.is_empty() {
            return none(chart, upset).to_owned();
        }
        let names = self.members.iter().filter_map(|at| upset.sets.get(*at));
        names.map(String::as_str).collect::<Vec<_>>().join(" + ")
    }

    fn is_in_words(&self) -> bool {
        self.combinations > 1 || self.members.is_empty()
    }
}

fn none<'a>(chart: &Chart, upset: &'a UpSet) -> &'a str {
    if upset.none.is_empty() {
        words::none(chart.language)
    } else {
        &upset.none
    }
}

/// Every combination once, the most frequent first. The sort is stable.
fn ordered(upset: &UpSet) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut places: HashMap<Vec<usize>, usize> = HashMap::new();
    for combination in &upset.combinations {
        let mut members = combination.members.clone();
        members.retain(|at| *at < upset.sets.len());
        members.sort_unstable();
        members.dedup();
        let (n, share) = (combination.n, combination.share);
        match places.get(&members).and_then(|at| rows.get_mut(*at)) {
            Some(row) => row.add(n, share),
            None => {
                places.insert(members.clone(), rows.len());
                rows.push(Row {
                    members,
                    combinations: 1,
                    n,
                    share,
                });
            }
        }
    }
    rows.sort_by_key(|row| Reverse(row.n));
    rows
}

/// The rows of the drawing: what is beyond the limit, together. A single one is its own row.
fn drawn(upset: &UpSet) -> Vec<Row> {
    let mut rows = ordered(upset);
    if upset.most_rows == 0 || rows.len() <= upset.most_rows.saturating_add(1) {
        return rows;
    }
    let (mut kept, mut rest): (Vec<Row>, Option<Row>) = (Vec::new(), None);
    for (index, row) in rows.drain(..).enumerate() {
        if index < upset.most_rows || row.members.is_empty() {
            kept.push(row);
        } else if let Some(rest) = &mut rest {
            rest.combinations += 1;
            rest.add(row.n, row.share);
        } else {
            rest = Some(row);
        }
    }
    kept.extend(rest);
    kept
}

pub(crate) fn table(chart: &Chart, upset: &UpSet) -> DataTable {
    let language = chart.language;
    let header = vec![
        HeaderCell::one(words::combination(language)),
        HeaderCell::one(words::count(language)),
        HeaderCell::one(upset.share.as_str()),
    ];
    let row = |row: Row| {
        let share = cell(row.share, upset.table_decimals, language);
        (
            row.label(chart, upset),
            vec![integer(row.n, language), share],
        )
    };
    DataTable {
        caption: caption(chart),
        header: vec![header],
        rows: ordered(upset).into_iter().map(row).collect(),
    }
}
