//! Bars made of parts: what [`Stacked`](crate::Stacked) and [`Diverging`](crate::Diverging)
//! share.

use serde::{Deserialize, Serialize};

use crate::chart::{Cell, Chart, Layout};
use crate::fill::Fills;
use crate::number::{Language, integer, share};
use crate::rows::{BOLD, GAP, LINE, MAX_LINES, MIDDLE, OVERHANG, THICKNESS, cell, length, value};
use crate::svg::{Anchor, Svg};
use crate::table::{DataTable, HeaderCell};
use crate::text::{self, SIZE};
use crate::words;

/// Room for labels before the bars, at most.
const MAX_LABEL: f64 = 200.0;
/// Between two rows.
pub(crate) const BETWEEN: f64 = 14.0;

/// One bar of [`Stacked`](crate::Stacked) or of [`Diverging`](crate::Diverging).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stack {
    /// Who or what the bar is about.
    pub label: String,
    /// One cell per part, in the order of the parts; a missing cell reads as nobody. Counts and
    /// percentages of the whole bar.
    pub cells: Vec<Cell>,
    /// Too few answers to read the percentages closely: the label says so.
    pub small_base: bool,
}

impl Stack {
    pub(crate) fn cell(&self, part: usize) -> Cell {
        self.cells.get(part).copied().unwrap_or_default()
    }

    /// Length of a part in percent.
    pub(crate) fn length(&self, part: usize) -> f64 {
        length(self.cell(part).share)
    }

    /// How many the bar is about, and whether these are few: « n = 12 (petit effectif) ».
    fn note(&self, parts: usize, language: Language) -> String {
        let n = (0..parts).fold(0, |n: u64, part| n.saturating_add(self.cell(part).n));
        let n = format!("n\u{a0}=\u{a0}{}", integer(n, language));
        if self.small_base {
            format!("{n} ({})", words::few(language))
        } else {
            n
        }
    }

    /// Label and note on one line.
    pub(crate) fn heading(&self, parts: usize, language: Language) -> String {
        format!("{} ·\u{a0}{}", self.label, self.note(parts, language))
    }
}

/// Where the label of each row stands, and its bar.
pub(crate) struct Rows {
    /// Lines of the label, the last of them being the note where it has its own.
    labels: Vec<Vec<String>>,
    pub(crate) layout: Layout,
    /// Where there is room for bars.
    pub(crate) start: f64,
}

/// Heights in a row, from the top of the drawing.
pub(crate) struct Row {
    /// Top of the bar.
    pub(crate) bar: f64,
    /// Base line of the percentages under it.
    pub(crate) below: f64,
    /// Where the row ends.
    pub(crate) end: f64,
}

impl Rows {
    pub(crate) fn new(stacks: &[Stack], parts: usize, layout: Layout, language: Language) -> Self {
        let lines = |stack: &Stack| match layout {
            Layout::Compact => {
                text::wrap(&stack.heading(parts, language), layout.width(), MAX_LINES)
            }
            Layout::Wide => {
                let mut lines = text::wrap(&stack.label, MAX_LABEL, MAX_LINES);
                lines.push(stack.note(parts, language));
                lines
            }
        };
        let labels: Vec<Vec<String>> = stacks.iter().map(lines).collect();
        let widest = labels
            .iter()
            .flatten()
            .map(|line| text::width(line))
            .fold(0.0, f64::max);
        let start = match layout {
            Layout::Compact => 1.0,
            Layout::Wide => widest.min(MAX_LABEL) + GAP,
        };
        Self {
            labels,
            layout,
            start,
        }
    }

    pub(crate) fn height(&self) -> f64 {
        let rows: f64 = (0..self.labels.len())
            .map(|index| self.row_height(index))
            .sum();
        rows + BETWEEN * self.labels.len().saturating_sub(1) as f64
    }

    fn row_height(&self, index: usize) -> f64 {
        let text = self.labels.get(index).map_or(0, Vec::len) as f64 * LINE;
        let bar = THICKNESS + OVERHANG + LINE;
        match self.layout {
            Layout::Compact => text + OVERHANG + bar,
            Layout::Wide => text.max(bar),
        }
    }

    /// Writes the label of a row that begins at `y`; says where its bar goes.
    pub(crate) fn label(&self, svg: &mut Svg, index: usize, y: f64) -> Row {
        let lines = self.labels.get(index).map_or(&[][..], Vec::as_slice);
        for (line, text) in lines.iter().enumerate() {
            let baseline = y + LINE / 2.0 + SIZE * MIDDLE + line as f64 * LINE;
            let note = self.layout == Layout::Wide && line + 1 == lines.len();
            let class = if note { "chart-count" } else { "chart-label" };
            svg.text(class, 0.0, baseline, Anchor::Start, text);
        }
        let bar = match self.layout {
            Layout::Compact => y + lines.len() as f64 * LINE + OVERHANG,
            Layout::Wide => y,
        };
        Row {
            bar,
            below: bar + THICKNESS + OVERHANG + LINE / 2.0 + SIZE * MIDDLE,
            end: y + self.row_height(index),
        }
    }
}

/// A part of a bar, ready to be drawn.
pub(crate) struct Part<'a> {
    pub(crate) index: usize,
    pub(crate) label: &'a str,
    pub(crate) cell: Cell,
    pub(crate) from: f64,
    pub(crate) width: f64,
}

/// Draws a part, and, when `labelled`, its percentage under it where that has room.
pub(crate) fn part(
    svg: &mut Svg,
    fills: &Fills,
    row: &Row,
    part: &Part<'_>,
    labelled: bool,
    (decimals, language): (usize, Language),
) {
    let Cell {
        n, share: drawn, ..
    } = part.cell;
    svg.open("g", &[("class", "chart-piece".into())]);
    let whole = value(&integer(n, language), drawn, decimals, language);
    svg.leaf("title", &[], &format!("{} — {whole}", part.label));
    fills.mark(svg, part.index, [part.from, row.bar, part.width, THICKNESS]);
    if let Some(drawn) = drawn.filter(|_| labelled) {
        let text = share(drawn, decimals, language);
        if text::width(&text) * BOLD <= part.width {
            let middle = part.from + part.width / 2.0;
            svg.text("chart-value", middle, row.below, Anchor::Middle, &text);
        }
    }
    svg.close();
}

/// Count and percentage of each part, a row per bar; `more` adds columns.
pub(crate) fn table<'a>(
    chart: &Chart,
    parts: impl Iterator<Item = &'a str>,
    stacks: &[Stack],
    decimals: usize,
    more: &dyn Fn(&Stack) -> Vec<String>,
    heads: &[&str],
) -> DataTable {
    let language = chart.language;
    let mut groups = vec![HeaderCell {
        text: words::group(language).to_owned(),
        columns: 1,
        lines: 2,
    }];
    let mut columns = Vec::new();
    for part in parts {
        groups.push(HeaderCell {
            text: part.to_owned(),
            columns: 2,
            lines: 1,
        });
        columns.push(HeaderCell::one(words::count(language)));
        columns.push(HeaderCell::one("%"));
    }
    let parts = columns.len() / 2;
    groups.extend(heads.iter().map(|head| HeaderCell {
        text: (*head).to_owned(),
        columns: 1,
        lines: 2,
    }));
    let row = |stack: &Stack| {
        let cells = (0..parts).flat_map(|part| {
            let Cell { n, share, .. } = stack.cell(part);
            [integer(n, language), cell(share, decimals, language)]
        });
        (stack.label.clone(), cells.chain(more(stack)).collect())
    };
    DataTable {
        caption: crate::bars::caption(chart),
        header: vec![groups, columns],
        rows: stacks.iter().map(row).collect(),
    }
}
