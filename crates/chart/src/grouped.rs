//! Several horizontal bars per answer, one for each group compared.

use crate::bars::{around, bounds, caption, describe};
use crate::chart::{Cell, Chart, Group, Grouped, Layout, Way};
use crate::number::integer;
use crate::rows::{Bar, Labels, Piece, cell, length, paint, value};
use crate::table::{DataTable, HeaderCell};
use crate::words;

/// Colours before they repeat; bars carry their series' name, so a repeat misleads nobody.
const COLOURS: usize = 6;
/// Space between two bars of an answer, and between two answers.
const BETWEEN_BARS: f64 = 4.0;
const BETWEEN_GROUPS: f64 = 14.0;

pub(crate) fn draw(chart: &Chart, grouped: &Grouped, layout: Layout) -> String {
    let language = chart.language;
    let mut pieces = Vec::new();
    for group in &grouped.groups {
        if !pieces.is_empty() {
            pieces.push(Piece::Space(BETWEEN_GROUPS));
        }
        pieces.push(Piece::Heading(group.label.clone()));
        for (index, series) in grouped.series.iter().enumerate() {
            let it @ Cell { n, share, .. } = cell_of(group, index);
            let value = value(&integer(n, language), share, grouped.decimals, language);
            let value = value + mark(it);
            let interval = around(share, it.interval);
            let bounds = interval.map(|it| bounds(it, grouped.decimals, language));
            pieces.push(Piece::Space(BETWEEN_BARS));
            pieces.push(Piece::Bar(Bar {
                label: series.label.clone(),
                length: length(share),
                spoken: value.clone() + &bounds.unwrap_or_default(),
                value,
                interval,
                colour: format!("chart-series-{}", index % COLOURS + 1),
                hatched: series.small_base,
            }));
        }
    }
    let series: Vec<&str> = grouped
        .series
        .iter()
        .map(|series| series.label.as_str())
        .collect();
    let sentence = words::describe_grouped(grouped.groups.len(), &series.join(", "), language);
    paint(
        chart,
        layout,
        Labels::Before,
        "grouped",
        &pieces,
        &describe(chart, &sentence),
    )
}

pub(crate) fn table(chart: &Chart, grouped: &Grouped) -> DataTable {
    let language = chart.language;
    let mut groups = vec![HeaderCell {
        text: words::answer(language).to_owned(),
        columns: 1,
        lines: 2,
    }];
    let mut columns = Vec::new();
    for series in &grouped.series {
        groups.push(HeaderCell {
            text: series.label.clone(),
            columns: 2,
            lines: 1,
        });
        columns.push(HeaderCell::one(words::count(language)));
        columns.push(HeaderCell::one("%"));
    }
    let rows = grouped
        .groups
        .iter()
        .map(|group| {
            let cells = (0..grouped.series.len()).flat_map(|index| {
                let it @ Cell { n, share, .. } = cell_of(group, index);
                let decimals = grouped.table_decimals;
                let interval = around(share, it.interval);
                let bounds = interval.map(|it| bounds(it, decimals, language));
                let share = cell(share, decimals, language) + &bounds.unwrap_or_default();
                [integer(n, language), share + mark(it)]
            });
            (group.label.clone(), cells.collect())
        })
        .collect();
    DataTable {
        caption: caption(chart),
        header: vec![groups, columns],
        rows,
    }
}

fn cell_of(group: &Group, series: usize) -> Cell {
    group.cells.get(series).copied().unwrap_or_default()
}

fn mark(it: Cell) -> &'static str {
    it.differs.map_or("", Way::mark)
}
