//! From counts to tables.

use std::collections::BTreeMap;

use questionnaire::MissingOffer;
use questionnaire::instrument::Choice;

use crate::base::Base;
use crate::breakdown::Columns;
use crate::count::{Counts, Ranks, Tally};
use crate::inference::{Difference, Groups, Level, Share, holm};
use crate::plan::Plan;
use crate::spec::{self, Choices, Shape, Spec};
use crate::table::{
    By, Column, Dates, Differs, Figures, NetRow, Note, Precision, Row, Table, TextCount, Texts,
};

/// At most this many intervals in a distribution.
const MOST_BINS: u32 = 12;

impl Tally {
    /// The tables as they stand, with labels in `lang`.
    #[must_use]
    pub fn tables(&self, lang: &str) -> Vec<Table> {
        let plan = &self.plan;
        let specs = plan.specs.iter().zip(&self.cells);
        specs
            .map(|(spec, cells)| table(plan, spec, cells, lang))
            .collect()
    }
}

/// The table of what was counted: over all, then over each column.
pub(crate) fn table(plan: &Plan, spec: &Spec, cells: &[Counts], lang: &str) -> Table {
    let (all, columns) = match cells.split_first() {
        Some((all, columns)) => (figures(plan, spec, all, lang), columns),
        None => (Figures::default(), &[][..]),
    };
    let by = plan.by.as_ref();
    let (label, question) = (spec.label.get(lang), spec.question.get(lang));
    Table {
        item: spec.id.clone(),
        label: label.to_owned(),
        question: if question == label {
            String::new()
        } else {
            question.to_owned()
        },
        kind: spec.kind,
        unit: spec.unit.clone(),
        universe: spec.universe.get(lang).to_owned(),
        measure: spec.measure.get(lang).to_owned(),
        by: by.map(|by| By {
            item: by.asked.clone(),
            label: by.label.get(lang).to_owned(),
        }),
        precision: plan.level.map(|level| Precision {
            level: level.percent(),
            population: spec.population,
        }),
        columns: by.map(|by| {
            let choices = by.choices.iter().zip(columns);
            let columns = choices.map(|((code, label), counts)| Column {
                code: code.clone(),
                label: label.get(lang).to_owned(),
                figures: figures(plan, spec, counts, lang),
            });
            let mut columns: Vec<Column> = columns.collect();
            if let Some(level) = plan.level {
                compare(&all, &mut columns, level, plan.small_base);
            }
            columns
        }),
        figures: all,
        joins: None,
    }
}

/// Marks what differs in a column from everybody else who was asked. These are never in the column, so that columns
/// may overlap; where either side is small nothing is said.
fn compare(all: &Figures, columns: &mut [Column], level: Level, small_base: u64) {
    let chance = 1.0 - f64::from(level.percent()) / 100.0;
    let asked = all.base.asked();
    for (nth, row) in all.rows.iter().enumerate() {
        let compared = columns.iter().enumerate().filter_map(|(at, column)| {
            let (base, n) = (column.figures.base.asked(), column.figures.rows.get(nth)?.n);
            let (others, n_others) = (asked.checked_sub(base)?, row.n.checked_sub(n)?);
            if base.min(others) < small_base.max(1) {
                return None;
            }
            let groups = Groups::disjoint(Share::new(n, base), Share::new(n_others, others));
            Some((at, groups.difference(level).ok()?))
        });
        let compared: Vec<(usize, Difference)> = compared.collect();
        let chances: Vec<f64> = compared.iter().map(|it| it.1.p_value).collect();
        let corrected = holm(&chances).unwrap_or_default();
        for ((at, found), p_value) in compared.into_iter().zip(corrected) {
            let row = columns
                .get_mut(at)
                .and_then(|it| it.figures.rows.get_mut(nth));
            if let Some(row) = row.filter(|_| p_value < chance) {
                row.differs = Some(Differs {
                    points: found.points,
                    p_value,
                });
            }
        }
    }
}

fn figures(plan: &Plan, spec: &Spec, counts: &Counts, lang: &str) -> Figures {
    let base = counts.base;
    let (mut rows, mut nets, mut stats, mut bins) = (Vec::new(), Vec::new(), None, None);
    let mut several = false;
    match &spec.shape {
        Shape::Choices(choices) => {
            several = choices.several;
            rows = choice_rows(choices, counts, lang);
            nets = net_rows(choices, counts, lang);
            stats = choices.numbers.is_some().then(|| counts.values.stats());
        }
        Shape::Truth => {
            let row = |((code, label), n): ((String, questionnaire::Text), &u64)| {
                row(&base, code, label.get(lang).to_owned(), *n, None)
            };
            rows = spec::truths()
                .into_iter()
                .zip(&counts.choices)
                .map(row)
                .collect();
        }
        Shape::Number => {
            stats = Some(counts.values.stats());
            bins = counts.values.bins(MOST_BINS);
        }
        Shape::Date | Shape::Text => {}
    }
    if let Some(level) = plan.level {
        for row in &mut rows {
            let share = Share::of_asked(row.n, &base);
            row.interval = share.wilson(spec.population, level).ok();
        }
    }
    let mut notes = Vec::new();
    let counted: u64 = rows.iter().map(|row| row.n).sum();
    for (note, applies) in [
        (Note::SeveralAnswers, several),
        (
            Note::SmallBase,
            base.asked() > 0 && base.asked() < plan.small_base,
        ),
        (Note::NetsFromCounts, !nets.is_empty()),
        (
            Note::RowsBelowAsked,
            !several && !rows.is_empty() && counted < base.asked(),
        ),
        (
            Note::OverlappingGroups,
            plan.by.as_ref().is_some_and(Columns::overlap),
        ),
    ] {
        if applies {
            notes.push(note);
        }
    }
    let texts = counts
        .texts
        .iter()
        .map(|(code, texts)| listed(plan, spec, *code, texts, lang));
    Figures {
        base,
        rows,
        stats,
        nets,
        bins,
        dates: dates(counts),
        texts: texts.collect(),
        notes,
    }
}

fn choice_rows(choices: &Choices, counts: &Counts, lang: &str) -> Vec<Row> {
    let mut ranks = counts.ranks.iter();
    let row = |(choice, n): (&Choice, &u64)| {
        let label = choice.label.get(lang).to_owned();
        let mut row = row(&counts.base, choice.code.clone(), label, *n, choice.missing);
        if let Some(Ranks { first, sum }) = ranks.next() {
            row.first = Some(*first);
            row.mean_rank = (*n > 0).then(|| *sum as f64 / *n as f64);
        }
        row
    };
    choices.list.iter().zip(&counts.choices).map(row).collect()
}

fn row(base: &Base, code: String, label: String, n: u64, missing: Option<MissingOffer>) -> Row {
    Row {
        code,
        label,
        n,
        pct_asked: base.percent_of_asked(n),
        pct_answered: base.percent_of_answered(n).filter(|_| missing.is_none()),
        interval: None,
        differs: None,
        missing,
        first: None,
        mean_rank: None,
        offered: None,
    }
}

fn net_rows(choices: &Choices, counts: &Counts, lang: &str) -> Vec<NetRow> {
    let is_missing = |code: &u16| {
        choices
            .list
            .get(usize::from(*code))
            .is_some_and(|choice| choice.missing.is_some())
    };
    choices
        .nets
        .iter()
        .zip(&counts.nets)
        .map(|(net, n)| {
            let holds_missing = net.choices.iter().any(is_missing);
            NetRow {
                id: net.id.clone(),
                label: net.label.get(lang).to_owned(),
                n: *n,
                pct_asked: counts.base.percent_of_asked(*n),
                pct_answered: counts
                    .base
                    .percent_of_answered(*n)
                    .filter(|_| !holds_missing),
            }
        })
        .collect()
}

fn dates(counts: &Counts) -> Option<Dates> {
    let (earliest, _) = counts.dates.first_key_value()?;
    let (latest, _) = counts.dates.last_key_value()?;
    Some(Dates {
        n: counts.dates.values().sum(),
        earliest: *earliest,
        latest: *latest,
    })
}

fn listed(
    plan: &Plan,
    spec: &Spec,
    code: Option<u16>,
    texts: &BTreeMap<Box<str>, u64>,
    lang: &str,
) -> Texts {
    let choice = match (&spec.shape, code) {
        (Shape::Choices(choices), Some(code)) => choices.list.get(usize::from(code)),
        _ => None,
    };
    let shown = texts.iter().take(plan.max_texts);
    Texts {
        code: choice.map(|choice| choice.code.clone()),
        label: choice
            .map_or("", |choice| choice.label.get(lang))
            .to_owned(),
        n: texts.values().sum(),
        texts: shown
            .map(|(text, n)| TextCount {
                text: text.to_string(),
                n: *n,
            })
            .collect(),
    }
}
