//! What each fill stands for: swatches and names in lines, in the order of the parts.

use crate::chart::Layout;
use crate::fill::Fills;
use crate::rows::{LINE, MAX_LINES, MIDDLE};
use crate::svg::{Anchor, Svg};
use crate::text::{self, SIZE};

const SWATCH: [f64; 2] = [18.0, 12.0];
/// Between a swatch and its name.
const BESIDE: f64 = 6.0;
/// Between two entries of a line.
const BETWEEN: f64 = 18.0;
/// Distance between two lines of entries.
const PITCH: f64 = 22.0;

/// The entries with their places.
pub(crate) struct Key {
    entries: Vec<Entry>,
    pub(crate) height: f64,
}

struct Entry {
    label: String,
    lines: Vec<String>,
    x: f64,
    y: f64,
}

impl Key {
    /// Places the names of the parts, the first being that of the first fill.
    pub(crate) fn new<'a>(labels: impl Iterator<Item = &'a str>, layout: Layout) -> Self {
        let indent = SWATCH[0] + BESIDE;
        let room = layout.width() - indent;
        let mut entries: Vec<Entry> = Vec::new();
        let (mut x, mut y, mut height) = (0.0, 0.0, 0.0_f64);
        for label in labels {
            let lines = text::wrap(label, room, MAX_LINES);
            let widest = lines
                .iter()
                .map(|line| text::width(line))
                .fold(0.0, f64::max);
            let width = indent + widest;
            if x > 0.0 && x + width > layout.width() {
                (x, y) = (0.0, height);
            }
            height = height.max(y + PITCH + (lines.len() - 1) as f64 * LINE);
            entries.push(Entry {
                label: label.to_owned(),
                lines,
                x,
                y,
            });
            x += width + BETWEEN;
        }
        Self { entries, height }
    }

    pub(crate) fn draw(&self, svg: &mut Svg, fills: &Fills) {
        for (index, entry) in self.entries.iter().enumerate() {
            svg.open("g", &[("class", "chart-key".into())]);
            svg.leaf("title", &[], &entry.label);
            let top = entry.y + (LINE - SWATCH[1]) / 2.0;
            fills.mark(svg, index, [entry.x + 0.5, top, SWATCH[0] - 1.0, SWATCH[1]]);
            for (line, text) in entry.lines.iter().enumerate() {
                let y = entry.y + LINE / 2.0 + SIZE * MIDDLE + line as f64 * LINE;
                svg.text(
                    "chart-label",
                    entry.x + SWATCH[0] + BESIDE,
                    y,
                    Anchor::Start,
                    text,
                );
            }
            svg.close();
        }
    }
}
