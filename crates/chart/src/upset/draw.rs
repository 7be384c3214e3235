//! The names, the dots and the bars.

use super::{Row, UpSet, drawn};
use crate::bars::describe;
use crate::chart::{Chart, Layout};
use crate::number::integer;
use crate::rows::{BOLD, GAP, LINE, MAX_LINES, MIDDLE, OVERHANG, THICKNESS, length, value};
use crate::svg::{Anchor, HOLLOW, Svg, coordinate};
use crate::text::{self, SIZE};
use crate::words;

/// Distance between two columns of dots, at most.
const PITCH: f64 = 22.0;
const PITCH_COMPACT: f64 = 18.0;
/// What part of the drawing the dots may take.
const MATRIX: f64 = 0.4;
/// Radius of a dot, as a fraction of the distance between two.
const RADIUS: f64 = 0.3;
/// Between two rows.
const BETWEEN: f64 = 8.0;
/// Words that stand in place of dots take this much room at most. In the narrow drawing they take
/// no more than the dots: where that is not enough, they stand above their bar.
const MAX_WORDS: f64 = 104.0;
/// Lines of a set's name before it is cut.
const NAME_LINES: usize = 2;

/// Where the dots and the bars stand.
struct Frame {
    layout: Layout,
    pitch: f64,
    /// Width of dots, or of the words in their place.
    matrix: f64,
    /// Height of the names over the dots.
    head: f64,
    /// Lines of the name of each set.
    names: Vec<Vec<String>>,
    unit: f64,
}

impl Frame {
    fn new(upset: &UpSet, rows: &[(Row, String, String)], layout: Layout) -> Self {
        let sets = upset.sets.len().max(1) as f64;
        let (most, most_words) = match layout {
            Layout::Wide => (PITCH, MAX_WORDS),
            Layout::Compact => (PITCH_COMPACT, 0.0),
        };
        let pitch = (layout.width() * MATRIX / sets).min(most);
        let (mut words, mut values, mut longest) = (0.0_f64, 0.0_f64, 100.0_f64);
        for (row, label, value) in rows {
            if row.is_in_words() {
                words = words.max(text::width(label).min(most_words));
            }
            values = values.max(text::width(value) * BOLD);
            longest = longest.max(length(row.share));
        }
        let matrix = (sets * pitch).max(words);
        let room = layout.width() - sets * pitch - GAP;
        let names: Vec<Vec<String>> = upset
            .sets
            .iter()
            .map(|name| text::wrap(name, room, NAME_LINES))
            .collect();
        let head = names
            .iter()
            .map(|lines| lines.len() as f64 * LINE)
            .sum::<f64>()
            + GAP;
        let unit = (layout.width() - matrix - 2.0 * GAP - values).max(20.0) / longest;
        Self {
            layout,
            pitch,
            matrix,
            head,
            names,
            unit,
        }
    }

    /// Middle of a column.
    fn column(&self, set: usize) -> f64 {
        (set as f64 + 0.5) * self.pitch
    }

    fn are_above(&self, row: &Row, label: &str) -> bool {
        let narrow = self.layout == Layout::Compact;
        narrow && row.is_in_words() && text::width(label) > self.matrix
    }

    fn words(&self, row: &Row, label: &str) -> Vec<String> {
        let room = if self.are_above(row, label) {
            self.layout.width()
        } else {
            self.matrix + 0.01
        };
        if row.is_in_words() {
            text::wrap(label, room, MAX_LINES)
        } else {
            Vec::new()
        }
    }

    /// Height of a row, and from its top to the middle of its bar and of its words.
    fn places(&self, row: &Row, label: &str) -> [f64; 3] {
        let words = self.words(row, label).len() as f64 * LINE;
        if self.are_above(row, label) {
            let bar = words + OVERHANG + THICKNESS / 2.0;
            [bar + THICKNESS / 2.0, bar, words / 2.0]
        } else {
            let height = words.max(THICKNESS);
            [height, height / 2.0, height / 2.0]
        }
    }
}

pub(crate) fn draw(chart: &Chart, upset: &UpSet, layout: Layout) -> String {
    let language = chart.language;
    let written = |row: Row| {
        let n = integer(row.n, language);
        let value = value(&n, row.share, upset.decimals, language);
        let label = row.label(chart, upset);
        (row, label, value)
    };
    let rows: Vec<(Row, String, String)> = drawn(upset).into_iter().map(written).collect();
    let frame = Frame::new(upset, &rows, layout);
    let first = rows
        .iter()
        .find(|(row, ..)| row.combinations == 1 && row.n > 0);
    let first = first.map(|(_, label, value)| (label.as_str(), value.as_str()));
    let sentence = words::describe_upset(rows.len(), &upset.sets.join(", "), first, language);
    let height: f64 = rows
        .iter()
        .map(|(row, label, _)| frame.places(row, label)[0] + BETWEEN)
        .sum();
    let height = frame.head + height;
    let mut svg = Svg::new(chart, layout, "upset", height, &describe(chart, &sentence));
    let hatching = upset.small_base.then(|| svg.hatching(chart, layout));
    names(&mut svg, &frame);
    let mut y = frame.head;
    for (row, label, value) in &rows {
        let [end, middle, words] = frame.places(row, label).map(|place| y + place);
        svg.open("g", &[("class", "chart-row".into())]);
        svg.leaf("title", &[], &format!("{label} — {value}"));
        let lines = frame.words(row, label);
        let first = words - (lines.len() as f64 - 1.0) * LINE / 2.0 + SIZE * MIDDLE;
        for (line, text) in lines.iter().enumerate() {
            svg.text(
                "chart-label",
                0.0,
                first + line as f64 * LINE,
                Anchor::Start,
                text,
            );
        }
        if !row.is_in_words() {
            dots(&mut svg, &frame, &row.members, middle);
        }
        bar(&mut svg, &frame, row, value, (middle, hatching.as_deref()));
        svg.close();
        y = end + BETWEEN;
    }
    svg.finish()
}

/// Names beside the dots, each led to its column: the first on top, so that no line crosses.
fn names(svg: &mut Svg, frame: &Frame) {
    let side = frame.names.len() as f64 * frame.pitch;
    let bottom = frame.head - GAP / 2.0;
    let mut y = 0.0;
    for (set, lines) in frame.names.iter().enumerate() {
        let x = frame.column(set);
        let middle = y + LINE / 2.0;
        let path = format!(
            "M{} {}H{}V{}",
            coordinate(side + 2.0),
            coordinate(middle),
            coordinate(x),
            coordinate(bottom)
        );
        svg.stroke("chart-lead", &path);
        for (line, text) in lines.iter().enumerate() {
            let baseline = middle + SIZE * MIDDLE + line as f64 * LINE;
            svg.text(
                "chart-label chart-set",
                side + 6.0,
                baseline,
                Anchor::Start,
                text,
            );
        }
        y += lines.len() as f64 * LINE;
    }
}

/// A full dot for each set of the combination, an empty one for each other.
fn dots(svg: &mut Svg, frame: &Frame, members: &[usize], y: f64) {
    if let (Some(first), Some(last)) = (members.first(), members.last()) {
        svg.rule(
            "chart-link",
            [frame.column(*first), y, frame.column(*last), y],
        );
    }
    for set in 0..frame.names.len() {
        let class = if members.binary_search(&set).is_ok() {
            "chart-in"
        } else {
            HOLLOW
        };
        svg.dot(class, frame.column(set), y, frame.pitch * RADIUS);
    }
}

fn bar(
    svg: &mut Svg,
    frame: &Frame,
    row: &Row,
    value: &str,
    (middle, hatching): (f64, Option<&str>),
) {
    let start = frame.matrix + GAP;
    let width = length(row.share) * frame.unit;
    let area = [start, middle - THICKNESS / 2.0, width, THICKNESS];
    match hatching {
        Some(pattern) => svg.mark("chart-bar chart-small", pattern, area),
        None if row.combinations > 1 => {
            svg.mark("chart-bar chart-missing", "currentColor", area);
        }
        None => svg.mark("chart-bar chart-answer", "currentColor", area),
    }
    let reach = THICKNESS / 2.0 + OVERHANG;
    svg.rule(
        "chart-baseline",
        [start, middle - reach, start, middle + reach],
    );
    let x = (start + width + GAP).min(frame.layout.width());
    svg.value(x, middle + SIZE * MIDDLE, value);
}
