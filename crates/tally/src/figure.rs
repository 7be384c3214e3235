//! From a table to its charts and to the sentences around them.

use chart::{
    Bars, Boxes, Cell, Chart, Group, Grouped, Histogram, Language, Order, Plot, Role, Series,
    Spread, Summary, Way,
};
use questionnaire::MissingOffer;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

use crate::base::{Base, percent};
use crate::joined::row_label;
use crate::sentences::base_line;
use crate::stats::{Bins, Stats};
use crate::table::{Column, Figures, Note, Row, Table, TableKind};
use crate::unit::Unit;

/// From this many asked on, a percentage has one decimal: before, a tenth is less than a person.
const FINE_BASE: u64 = 1000;
/// A list with more choices than this leaves those that nobody chose out of its chart.
const LONG_LIST: usize = 40;
/// Decimals of percentages in tables.
const TABLE_DECIMALS: usize = 1;
/// Decimals of the numbers in a summary.
const SUMMARY_DECIMALS: usize = 2;

/// Of whom the percentages of a table with columns are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Percent {
    /// Of those asked in the column.
    #[default]
    Column,
    /// Of those who gave the row's answer: who may be in several columns is in each.
    Row,
    /// Of all that were asked.
    Total,
}

impl Percent {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Column, Self::Row, Self::Total];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Column => "column",
            Self::Row => "row",
            Self::Total => "total",
        }
    }

    /// The one of this name.
    ///
    /// ```
    /// use tally::Percent;
    /// assert_eq!(Percent::of_name("row"), Some(Percent::Row));
    /// ```
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// The charts of a table, with the percentages of its columns: see [`charts_with`].
#[must_use]
pub fn charts(table: &Table, lang: &str) -> Vec<Chart> {
    charts_with(table, Percent::default(), lang)
}

/// The charts of a table: bars for choices, one group of bars per column where there are columns,
/// a histogram and a box summary for quantities, with a box for each column; nothing for texts and dates.
#[must_use]
pub fn charts_with(table: &Table, percent: Percent, lang: &str) -> Vec<Chart> {
    let language = Language::from_tag(lang);
    let chart = |id: &str, plot: Plot| Chart {
        id: format!("{}{id}", table.item),
        language,
        title: table.heading().to_owned(),
        base: base_line(table, &table.figures, language),
        plot,
    };
    let figures = &table.figures;
    if !figures.rows.is_empty() {
        let plot = match &table.columns {
            Some(columns) => Plot::Grouped(grouped(figures, columns, percent)),
            None => Plot::Bars(bars(table, language)),
        };
        return vec![chart("", plot)];
    }
    let histogram = figures.bins.as_ref().and_then(histogram);
    let summary = figures
        .stats
        .as_ref()
        .and_then(|stats| summary(table, stats));
    let boxes = table.columns.as_ref().and_then(|it| boxes(table, it));
    [
        histogram.map(|it| chart("", it)),
        summary.map(|it| chart(".stats", it)),
        boxes.map(|it| chart(".columns", it)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn bars(table: &Table, language: Language) -> Bars {
    let figures = &table.figures;
    let rows = figures
        .rows
        .iter()
        .filter(|row| is_drawn(figures, row))
        .map(|row| chart::Row {
            label: row_label(row, language),
            n: row.n,
            // A choice that some were not offered is a share of those who were.
            shares: match &row.offered {
                Some(it) => vec![it.pct_asked, it.pct_answered],
                None => vec![row.pct_asked, row.pct_answered],
            },
            role: if row.missing.is_some() {
                Role::Missing
            } else {
                Role::Answer
            },
            interval: row.interval.map(|it| (it.low, it.high)),
        });
    let nets = figures.nets.iter().map(|net| chart::Row {
        label: net.label.clone(),
        n: net.n,
        shares: vec![net.pct_asked, net.pct_answered],
        role: Role::Net,
        interval: None,
    });
    let shares = match (&table.unit, language) {
        (Unit::Respondent, Language::French) => ["% des interrogé·es", "% des réponses exprimées"],
        (Unit::Roster(_), Language::French) => {
            ["% des unités interrogées", "% des unités renseignées"]
        }
        (Unit::Respondent, Language::English) => ["% of those asked", "% of those who answered"],
        (Unit::Roster(_), Language::English) => ["% of units asked", "% of units answered"],
    };
    Bars {
        shares: shares.map(str::to_owned).to_vec(),
        rows: rows.chain(uncoded(figures, language)).chain(nets).collect(),
        order: match table.kind {
            // Classes are written in their order.
            TableKind::Scale | TableKind::Consent | TableKind::Computed => Order::Given,
            _ => Order::Value,
        },
        decimals: decimals(&figures.base),
        table_decimals: TABLE_DECIMALS,
        small_base: figures.notes.contains(&Note::SmallBase),
    }
}

/// Of a list as long as that of all communes, only what somebody chose is drawn.
fn is_drawn(figures: &Figures, row: &Row) -> bool {
    row.n > 0 || figures.rows.len() <= LONG_LIST
}

/// Those who were asked and have no usable answer, as far as no choice stands for them: with these
/// the bars account for everybody who was asked.
pub(crate) fn uncoded(figures: &Figures, language: Language) -> impl Iterator<Item = chart::Row> {
    let base = &figures.base;
    let coded = |reason: MissingOffer| -> u64 {
        figures
            .rows
            .iter()
            .filter(|row| row.missing == Some(reason))
            .map(|row| row.n)
            .sum()
    };
    let [dont_know, refused, no_answer] = match language {
        Language::French => ["Ne sait pas", "Préfère ne pas répondre", "Sans réponse"],
        Language::English => ["Does not know", "Would rather not say", "No answer"],
    };
    let counts = [
        (
            dont_know,
            base.dont_know()
                .saturating_sub(coded(MissingOffer::DontKnow)),
        ),
        (
            refused,
            base.refused().saturating_sub(coded(MissingOffer::Refused)),
        ),
        (no_answer, base.no_answer()),
    ];
    let shares = counts.map(|(label, n)| (label, n, base.percent_of_asked(n)));
    shares
        .into_iter()
        .filter(|(_, n, _)| *n > 0)
        .map(|(label, n, share)| chart::Row {
            label: label.to_owned(),
            n,
            shares: vec![share, None],
            role: Role::Missing,
            interval: None,
        })
}

fn grouped(all: &Figures, columns: &[Column], of: Percent) -> Grouped {
    let series = columns.iter().map(|column| Series {
        label: column.label.clone(),
        small_base: column.figures.notes.contains(&Note::SmallBase),
    });
    let drawn = all
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| is_drawn(all, row));
    let groups = drawn.map(|(at, row)| {
        let total = row.n;
        let cells = columns.iter().map(|column| {
            let row = column.figures.rows.get(at);
            row.map_or_else(Cell::default, |row| match of {
                Percent::Row => Cell {
                    n: row.n,
                    share: percent(row.n, total),
                    ..Cell::default()
                },
                Percent::Total => Cell {
                    n: row.n,
                    share: percent(row.n, all.base.asked()),
                    ..Cell::default()
                },
                Percent::Column => Cell {
                    n: row.n,
                    share: row.pct_asked,
                    differs: row.differs.map(|it| match it.points > 0.0 {
                        true => Way::More,
                        false => Way::Less,
                    }),
                    interval: row.interval.map(|it| (it.low, it.high)),
                },
            })
        });
        Group {
            label: row.label.clone(),
            cells: cells.collect(),
        }
    });
    Grouped {
        series: series.collect(),
        groups: groups.collect(),
        decimals: decimals(&all.base),
        table_decimals: TABLE_DECIMALS,
    }
}

fn histogram(bins: &Bins) -> Option<Plot> {
    Some(Plot::Histogram(Histogram {
        start: bins.start.to_f64()?,
        width: bins.width.to_f64()?,
        counts: bins.counts.clone(),
        whole: bins.whole,
        unit: String::new(),
    }))
}

fn summary(table: &Table, stats: &Stats) -> Option<Plot> {
    let number = |value: Option<Decimal>| value.and_then(|value| value.to_f64());
    Some(Plot::Summary(Summary {
        n: stats.n,
        min: number(stats.min)?,
        q1: number(stats.q1)?,
        median: number(stats.median)?,
        q3: number(stats.q3)?,
        max: number(stats.max)?,
        mean: number(stats.mean)?,
        unit: table.measure.clone(),
        decimals: SUMMARY_DECIMALS,
    }))
}

/// A box for each column that has numbers.
fn boxes(table: &Table, columns: &[Column]) -> Option<Plot> {
    let spreads = columns.iter().filter_map(|column| {
        let stats = column.figures.stats.as_ref()?;
        match summary(table, stats)? {
            Plot::Summary(summary) => Some(Spread {
                label: column.label.clone(),
                summary,
            }),
            _ => None,
        }
    });
    let spreads: Vec<Spread> = spreads.collect();
    (!spreads.is_empty()).then_some(Plot::Boxes(Boxes { spreads }))
}

pub(crate) fn decimals(base: &Base) -> usize {
    usize::from(base.asked() >= FINE_BASE)
}
