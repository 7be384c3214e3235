//! Rows of horizontal bars with a label and a value each: what both kinds of bar chart share.

use crate::chart::{Chart, Layout};
use crate::number::{Language, NO_NUMBER, share};
use crate::svg::{Anchor, SEPARATOR, Svg, coordinate};
use crate::text::{self, SIZE};

/// Space between a label and its bar, and between a bar and its value.
pub(crate) const GAP: f64 = 10.0;
/// Distance between the base lines of two lines of text.
pub(crate) const LINE: f64 = 18.0;
/// Thickness of a bar.
pub(crate) const THICKNESS: f64 = 18.0;
/// How far the base line stands out above and below its bar.
pub(crate) const OVERHANG: f64 = 3.0;
/// A label may take this many lines before it is cut; the whole of it is in the row's title.
pub(crate) const MAX_LINES: usize = 3;
/// Room for labels before the bars, at most.
const MAX_LABEL: f64 = 270.0;
const MAX_LABEL_COMPACT: f64 = 110.0;
/// How much wider bold text may be than our measure of it.
pub(crate) const BOLD: f64 = 1.1;
/// From the middle of a line of text to its base line, as a fraction of its size.
pub(crate) const MIDDLE: f64 = 0.36;
/// Half the height of the ends of a whisker.
const WHISKER: f64 = 5.0;

/// A bar with everything that is written at it.
pub(crate) struct Bar {
    pub(crate) label: String,
    /// Percent.
    pub(crate) length: f64,
    /// The percentage and the count, as read.
    pub(crate) value: String,
    /// Value and interval, as the title has them.
    pub(crate) spoken: String,
    /// Where the percentage may lie, from and to, in percent.
    pub(crate) interval: Option<(f64, f64)>,
    /// Class of its colour.
    pub(crate) colour: String,
    pub(crate) hatched: bool,
}

impl Bar {
    /// How far the bar and its whisker reach, in percent.
    fn reach(&self) -> f64 {
        self.interval
            .map_or(self.length, |(_, to)| self.length.max(to))
    }
}

/// Something at a height.
pub(crate) enum Piece {
    Bar(Bar),
    Heading(String),
    Rule,
    Space(f64),
}

/// Where labels stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Labels {
    Above,
    Before,
}

/// Where bars start and end.
struct Frame {
    layout: Layout,
    labels: Labels,
    /// Width of a line of label.
    label_width: f64,
    start: f64,
    /// Units per percent.
    unit: f64,
}

impl Frame {
    fn new(pieces: &[Piece], layout: Layout, labels: Labels) -> Self {
        let (mut label_width, mut values, mut longest) = (0.0_f64, 0.0_f64, 100.0_f64);
        for piece in pieces {
            if let Piece::Bar(bar) = piece {
                label_width = label_width.max(text::width(&bar.label));
                values = values.max(text::width(&bar.value) * BOLD);
                // Percentages have the same scale everywhere, so that two charts compare.
                longest = longest.max(bar.reach());
            }
        }
        let (label_width, start) = match labels {
            Labels::Above => (layout.width(), 1.0),
            Labels::Before => {
                let most = match layout {
                    Layout::Wide => MAX_LABEL,
                    Layout::Compact => MAX_LABEL_COMPACT,
                };
                let width = label_width.min(most);
                (width, width + GAP)
            }
        };
        let room = (layout.width() - start - GAP - values).max(20.0);
        Self {
            layout,
            labels,
            label_width,
            start,
            unit: room / longest,
        }
    }

    fn lines(&self, bar: &Bar) -> Vec<String> {
        text::wrap(&bar.label, self.label_width + 0.01, MAX_LINES)
    }

    fn heading(&self, label: &str) -> Vec<String> {
        text::wrap(label, self.layout.width(), MAX_LINES)
    }

    fn height(&self, piece: &Piece) -> f64 {
        match piece {
            Piece::Bar(bar) => {
                let lines = self.lines(bar).len() as f64 * LINE;
                match self.labels {
                    Labels::Above => lines + OVERHANG + THICKNESS,
                    Labels::Before => lines.max(THICKNESS),
                }
            }
            Piece::Heading(label) => self.heading(label).len() as f64 * LINE,
            Piece::Rule => 1.0,
            Piece::Space(height) => *height,
        }
    }
}

/// Draws the pieces one under the other.
pub(crate) fn paint(
    chart: &Chart,
    layout: Layout,
    labels: Labels,
    kind: &str,
    pieces: &[Piece],
    description: &str,
) -> String {
    let frame = Frame::new(pieces, layout, labels);
    let height: f64 = pieces.iter().map(|piece| frame.height(piece)).sum();
    // The outermost base lines stand out of their bars.
    let mut svg = Svg::new(chart, layout, kind, height + 2.0 * OVERHANG, description);
    let hatched = pieces
        .iter()
        .any(|piece| matches!(piece, Piece::Bar(bar) if bar.hatched));
    let hatching = hatched.then(|| svg.hatching(chart, layout));
    let mut y = OVERHANG;
    for piece in pieces {
        match piece {
            Piece::Bar(bar) => paint_bar(&mut svg, bar, y, &frame, hatching.as_deref()),
            Piece::Heading(label) => {
                for (index, line) in frame.heading(label).iter().enumerate() {
                    let baseline = y + SIZE + index as f64 * LINE;
                    svg.text("chart-heading", 0.0, baseline, Anchor::Start, line);
                }
            }
            Piece::Rule => svg.rule("chart-rule", [0.0, y, layout.width(), y]),
            Piece::Space(_) => {}
        }
        y += frame.height(piece);
    }
    svg.finish()
}

fn paint_bar(svg: &mut Svg, bar: &Bar, y: f64, frame: &Frame, hatching: Option<&str>) {
    svg.open("g", &[("class", "chart-row".into())]);
    svg.leaf("title", &[], &format!("{} — {}", bar.label, bar.spoken));
    let lines = frame.lines(bar);
    let text_height = lines.len() as f64 * LINE;
    let (text_top, top) = match frame.labels {
        Labels::Above => (y, y + text_height + OVERHANG),
        Labels::Before => {
            let height = text_height.max(THICKNESS);
            (
                y + (height - text_height) / 2.0,
                y + (height - THICKNESS) / 2.0,
            )
        }
    };
    for (index, line) in lines.iter().enumerate() {
        let baseline = text_top + LINE / 2.0 + SIZE * MIDDLE + index as f64 * LINE;
        svg.text("chart-label", 0.0, baseline, Anchor::Start, line);
    }
    let width = bar.length * frame.unit;
    let area = [frame.start, top, width, THICKNESS];
    match hatching.filter(|_| bar.hatched) {
        // No colour class: it would win over the pattern.
        Some(pattern) => svg.mark("chart-bar chart-small", pattern, area),
        None => svg.mark(&format!("chart-bar {}", bar.colour), "currentColor", area),
    }
    let baseline = [
        frame.start,
        top - OVERHANG,
        frame.start,
        top + THICKNESS + OVERHANG,
    ];
    svg.rule("chart-baseline", baseline);
    if let Some((from, to)) = bar.interval {
        let ends = [from, to].map(|percent| frame.start + percent * frame.unit);
        whisker(svg, ends, top + THICKNESS / 2.0);
    }
    let middle = top + THICKNESS / 2.0 + SIZE * MIDDLE;
    svg.value(
        frame.start + bar.reach() * frame.unit + GAP,
        middle,
        &bar.value,
    );
    svg.close();
}

/// A line with two ends, and under it a wider one in the colour of the page: it shows on the bar
/// as well as beside it.
fn whisker(svg: &mut Svg, [from, to]: [f64; 2], middle: f64) {
    let [left, right, y] = [from, to, middle].map(coordinate);
    let top = coordinate(middle - WHISKER);
    let height = coordinate(2.0 * WHISKER);
    let path = format!("M{left} {top}v{height}M{left} {y}H{right}M{right} {top}v{height}");
    svg.stroke("chart-interval-edge", &path);
    svg.stroke("chart-interval", &path);
}

/// A length that can be drawn: nothing below zero, nothing that is not a number.
pub(crate) fn length(share: Option<f64>) -> f64 {
    share
        .filter(|share| share.is_finite())
        .unwrap_or(0.0)
        .max(0.0)
}

/// What stands at the end of a bar: the percentage if there is one, and always the count.
pub(crate) fn value(n: &str, drawn: Option<f64>, decimals: usize, language: Language) -> String {
    match drawn {
        Some(drawn) => format!("{}{SEPARATOR}{n}", share(drawn, decimals, language)),
        None => n.to_owned(),
    }
}

/// A percentage in a cell of a table.
pub(crate) fn cell(drawn: Option<f64>, decimals: usize, language: Language) -> String {
    drawn.map_or_else(
        || NO_NUMBER.to_owned(),
        |drawn| share(drawn, decimals, language),
    )
}
