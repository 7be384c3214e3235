//! Horizontal bars of 100 %, divided in the same parts.

use serde::{Deserialize, Serialize};

use crate::bars::describe;
use crate::chart::{Chart, Layout};
use crate::fill::{Fill, Fills, PATTERNS};
use crate::key::Key;
use crate::rows::{OVERHANG, THICKNESS};
use crate::stack::{self, BETWEEN, Part, Rows, Stack};
use crate::svg::Svg;
use crate::table::DataTable;
use crate::words;

/// Colours before they repeat. There are more patterns, so a pair of both repeats late.
const COLOURS: usize = 6;

/// Horizontal bars of 100 %, one per group, each divided in the same parts in the order given.
///
/// Each part has a colour and a pattern; eight parts stay apart without colour. A percentage
/// stands under its part where it fits, and always in the part's title and in the table.
///
/// ```
/// use chart::{Cell, Chart, Language, Layout, Plot, Stack, Stacked};
///
/// let cell = |n: u64, share: f64| Cell { n, share: Some(share), ..Cell::default() };
/// let chart = Chart {
///     id: "asv_par_structure".to_owned(),
///     language: Language::French,
///     title: "Y a-t-il un atelier santé ville ?".to_owned(),
///     base: "112 personnes".to_owned(),
///     plot: Plot::Stacked(Stacked {
///         parts: vec!["Oui".to_owned(), "Non".to_owned()],
///         stacks: vec![
///             Stack {
///                 label: "Collectivité".to_owned(),
///                 cells: vec![cell(80, 80.0), cell(20, 20.0)],
///                 small_base: false,
///             },
///             Stack {
///                 label: "Association".to_owned(),
///                 cells: vec![cell(3, 25.0), cell(9, 75.0)],
///                 small_base: true,
///             },
///         ],
///         decimals: 0,
///         table_decimals: 1,
///     }),
/// };
/// assert!(chart.svg(Layout::Wide).contains("Association ·\u{a0}n\u{a0}=\u{a0}12 (petit\u{a0}effectif)"));
/// assert_eq!(chart.table().rows[1].1, ["3", "25,0\u{202f}%", "9", "75,0\u{202f}%"]);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stacked {
    /// Names of the parts, from left to right.
    pub parts: Vec<String>,
    /// The bars, from top to bottom. A bar is as long as its percentages together: 100, unless
    /// some of the group are in no part.
    pub stacks: Vec<Stack>,
    /// Decimals of the percentages in the drawing.
    pub decimals: usize,
    /// Decimals of the percentages in the table, which is there to look closer.
    pub table_decimals: usize,
}

pub(crate) fn draw(chart: &Chart, stacked: &Stacked, layout: Layout) -> String {
    let language = chart.language;
    let parts = stacked.parts.len();
    let rows = Rows::new(&stacked.stacks, parts, layout, language);
    let key = Key::new(stacked.parts.iter().map(String::as_str), layout);
    let sentence =
        words::describe_stacked(stacked.stacks.len(), &stacked.parts.join(", "), language);
    let top = key.height + BETWEEN;
    let height = top + rows.height();
    let mut svg = Svg::new(
        chart,
        layout,
        "stacked",
        height,
        &describe(chart, &sentence),
    );
    let fills = (0..parts).map(|index| Fill {
        pattern: PATTERNS[index % PATTERNS.len()],
        tone: format!("chart-tone-{}", index % COLOURS + 1),
    });
    let fills = Fills::define(&mut svg, chart, layout, fills.collect());
    key.draw(&mut svg, &fills);

    let longest = stacked
        .stacks
        .iter()
        .map(|stack| (0..parts).map(|part| stack.length(part)).sum())
        .fold(100.0, f64::max);
    let room = layout.width() - rows.start - 1.0;
    let mut y = top;
    for (index, stack) in stacked.stacks.iter().enumerate() {
        svg.open("g", &[("class", "chart-stack".into())]);
        svg.leaf("title", &[], &stack.heading(parts, language));
        let row = rows.label(&mut svg, index, y);
        let mut from = rows.start;
        for (index, label) in stacked.parts.iter().enumerate() {
            let width = stack.length(index) / longest * room;
            let cell = stack.cell(index);
            let drawn = Part {
                index,
                label,
                cell,
                from,
                width,
            };
            if width > 0.0 {
                stack::part(
                    &mut svg,
                    &fills,
                    &row,
                    &drawn,
                    true,
                    (stacked.decimals, language),
                );
            }
            from += width;
        }
        let bottom = row.bar + THICKNESS + OVERHANG;
        svg.rule(
            "chart-baseline",
            [rows.start, row.bar - OVERHANG, rows.start, bottom],
        );
        svg.close();
        y = row.end + BETWEEN;
    }
    svg.finish()
}

pub(crate) fn table(chart: &Chart, stacked: &Stacked) -> DataTable {
    let parts = stacked.parts.iter().map(String::as_str);
    let nothing = |_: &Stack| Vec::new();
    stack::table(
        chart,
        parts,
        &stacked.stacks,
        stacked.table_decimals,
        &nothing,
        &[],
    )
}
