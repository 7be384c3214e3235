//! One horizontal bar per answer.

use crate::chart::{Bars, Chart, Layout, Order, Role, Row};
use crate::number::{Language, decimal, integer};
use crate::rows::{Bar, Labels, Piece, cell, length, paint, value};
use crate::svg::SEPARATOR;
use crate::table::{DataTable, HeaderCell};
use crate::words;

/// Space between two rows.
const BETWEEN: f64 = 10.0;

pub(crate) fn draw(chart: &Chart, bars: &Bars, layout: Layout) -> String {
    let rows = ordered(bars);
    let mut pieces = Vec::with_capacity(2 * rows.len());
    let mut previous: Option<Role> = None;
    for row in &rows {
        if let Some(previous) = previous {
            pieces.push(Piece::Space(BETWEEN));
            if previous != row.role {
                pieces.push(Piece::Rule);
                pieces.push(Piece::Space(BETWEEN));
            }
        }
        previous = Some(row.role);
        pieces.push(Piece::Bar(Bar {
            label: row.label.clone(),
            length: length(drawn(row)),
            value: written(chart, bars, row),
            spoken: spoken(chart, bars, row),
            interval: interval(row),
            colour: colour(row.role).to_owned(),
            hatched: bars.small_base,
        }));
    }
    let labels = match layout {
        Layout::Wide => Labels::Before,
        Layout::Compact => Labels::Above,
    };
    let first = most_frequent(&rows).map(|row| (row.label.as_str(), written(chart, bars, row)));
    let first = first
        .as_ref()
        .map(|(label, value)| (*label, value.as_str()));
    let answers = rows.iter().filter(|row| row.role != Role::Net).count();
    let mut sentence = words::describe_bars(answers, first, chart.language);
    if has_intervals(bars) {
        sentence.push(' ');
        sentence.push_str(words::describe_intervals(chart.language));
    }
    paint(
        chart,
        layout,
        labels,
        "bars",
        &pieces,
        &describe(chart, &sentence),
    )
}

pub(crate) fn table(chart: &Chart, bars: &Bars) -> DataTable {
    let language = chart.language;
    let mut header = vec![
        HeaderCell::one(words::answer(language)),
        HeaderCell::one(words::count(language)),
    ];
    header.extend(bars.shares.iter().map(HeaderCell::one));
    if let Some(first) = header.get_mut(2).filter(|_| has_intervals(bars)) {
        first.text = words::and_interval(&first.text, language);
    }
    let rows = ordered(bars)
        .into_iter()
        .map(|row| {
            let mut cells = vec![integer(row.n, language)];
            let shares = (0..bars.shares.len()).map(|i| row.shares.get(i).copied().flatten());
            cells.extend(shares.map(|share| cell(share, bars.table_decimals, language)));
            if let (Some(first), Some(interval)) = (cells.get_mut(1), interval(row)) {
                first.push_str(&bounds(interval, bars.table_decimals, language));
            }
            (row.label.clone(), cells)
        })
        .collect();
    DataTable {
        caption: caption(chart),
        header: vec![header],
        rows,
    }
}

/// The percentage a bar shows.
fn drawn(row: &Row) -> Option<f64> {
    row.shares.first().copied().flatten()
}

fn written(chart: &Chart, bars: &Bars, row: &Row) -> String {
    value(
        &integer(row.n, chart.language),
        drawn(row),
        bars.decimals,
        chart.language,
    )
}

/// What is written, with the interval after the percentage.
fn spoken(chart: &Chart, bars: &Bars, row: &Row) -> String {
    let value = written(chart, bars, row);
    match (interval(row), value.split_once(SEPARATOR)) {
        (Some(interval), Some((share, n))) => {
            let bounds = bounds(interval, bars.decimals, chart.language);
            format!("{share}{bounds}{SEPARATOR}{n}")
        }
        _ => value,
    }
}

fn interval(row: &Row) -> Option<(f64, f64)> {
    around(drawn(row), row.interval)
}

/// An interval, if it is one: two numbers in their order, around a percentage.
pub(crate) fn around(share: Option<f64>, interval: Option<(f64, f64)>) -> Option<(f64, f64)> {
    let (from, to) = interval.filter(|_| share.is_some_and(f64::is_finite))?;
    let sensible = from.is_finite() && to.is_finite() && from <= to;
    sensible.then_some((from.max(0.0), to.max(0.0)))
}

fn has_intervals(bars: &Bars) -> bool {
    !bars.shares.is_empty() && bars.rows.iter().any(|row| interval(row).is_some())
}

/// « (57,1 – 72,8) », with the space before it.
pub(crate) fn bounds((from, to): (f64, f64), decimals: usize, language: Language) -> String {
    let [from, to] = [from, to].map(|bound| decimal(bound, decimals, language));
    format!(" ({from}\u{a0}–\u{a0}{to})")
}

fn colour(role: Role) -> &'static str {
    match role {
        Role::Answer => "chart-answer",
        Role::Missing => "chart-missing",
        Role::Net => "chart-net",
    }
}

/// The rows in the order of the drawing and of the table.
fn ordered(bars: &Bars) -> Vec<&Row> {
    let mut rows: Vec<&Row> = bars.rows.iter().collect();
    match bars.order {
        // Both sorts are stable: ties and given orders stay as they are.
        Order::Value => rows.sort_by_key(|row| (row.role, std::cmp::Reverse(row.n))),
        Order::Given => rows.sort_by_key(|row| row.role),
    }
    rows
}

fn most_frequent<'a>(rows: &[&'a Row]) -> Option<&'a Row> {
    rows.iter()
        .copied()
        .filter(|row| row.role != Role::Net && row.n > 0)
        .reduce(|best, row| if row.n > best.n { row } else { best })
}

/// Base, then what is drawn.
pub(crate) fn describe(chart: &Chart, sentence: &str) -> String {
    if chart.base.is_empty() {
        sentence.to_owned()
    } else {
        format!("{}. {sentence}", chart.base)
    }
}

/// Title and base, as one caption.
pub(crate) fn caption(chart: &Chart) -> String {
    if chart.base.is_empty() {
        chart.title.clone()
    } else {
        format!("{} — {}", chart.title, chart.base)
    }
}
