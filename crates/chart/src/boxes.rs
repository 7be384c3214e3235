//! Several summaries of a quantity on one axis.

use serde::{Deserialize, Serialize};

use crate::axis::{Scale, Ticks};
use crate::bars::{caption, describe};
use crate::chart::{Chart, Layout, Summary};
use crate::number::{NO_NUMBER, integer};
use crate::rows::{BOLD, GAP, LINE, MAX_LINES, MIDDLE, OVERHANG, THICKNESS};
use crate::summary::{Statistic, statistics};
use crate::svg::{Anchor, SEPARATOR, Svg, coordinate};
use crate::table::{DataTable, HeaderCell};
use crate::text::{self, SIZE};
use crate::words;

/// Room for labels before the boxes, at most.
const MAX_LABEL: f64 = 200.0;
/// Between two rows.
const BETWEEN: f64 = 14.0;
/// Room under the boxes for the axis.
const AXIS: f64 = 24.0;

/// A quantity in several groups: one box each, on one axis.
///
/// The box goes from the first to the third quartile, whiskers to the extremes; a thick line is
/// the median, a diamond the mean. Each row carries its median and its number of values; the
/// table has all numbers. The unit of the axis is that of the first summary.
///
/// ```
/// use chart::{Boxes, Chart, Language, Layout, Plot, Spread, Summary};
///
/// let spread = |label: &str, n: u64, [min, q1, median, q3, max, mean]: [f64; 6]| Spread {
///     label: label.to_owned(),
///     summary: Summary {
///         n, min, q1, median, q3, max, mean, unit: "QPV".to_owned(), decimals: 1,
///     },
/// };
/// let chart = Chart {
///     id: "qpv_par_structure".to_owned(),
///     language: Language::French,
///     title: "Combien de QPV ?".to_owned(),
///     base: "130 personnes".to_owned(),
///     plot: Plot::Boxes(Boxes {
///         spreads: vec![
///             spread("Collectivité", 118, [0.0, 2.0, 3.0, 6.0, 11.0, 3.9]),
///             spread("Association", 12, [1.0, 1.0, 2.5, 4.0, 8.0, 2.9]),
///         ],
///     }),
/// };
/// assert!(chart.svg(Layout::Wide).contains("2,5\u{a0}QPV"));
/// assert_eq!(chart.table().rows[1].1[..2], ["12", "1\u{a0}QPV"]);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Boxes {
    /// The groups, from top to bottom.
    pub spreads: Vec<Spread>,
}

/// How a quantity is spread in one group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// Name of the group.
    pub label: String,
    /// Its numbers.
    pub summary: Summary,
}

/// The six numbers of a group, unless it has none.
fn numbers(spread: &Spread, chart: &Chart) -> Option<[Statistic; 6]> {
    let numbers = statistics(&spread.summary, chart.language);
    let sensible = numbers.iter().all(|it| it.value.is_finite());
    (spread.summary.n > 0 && sensible).then_some(numbers)
}

/// What stands at a box: the median and how many values there are.
fn written(spread: &Spread, chart: &Chart) -> String {
    let n = integer(spread.summary.n, chart.language);
    match numbers(spread, chart) {
        Some([_, _, median, ..]) => format!("{}{SEPARATOR}{n}", median.text),
        None => format!("{NO_NUMBER}{SEPARATOR}{n}"),
    }
}

pub(crate) fn draw(chart: &Chart, boxes: &Boxes, layout: Layout) -> String {
    let language = chart.language;
    let values: Vec<String> = boxes.spreads.iter().map(|it| written(it, chart)).collect();
    let widest = |texts: &mut dyn Iterator<Item = &str>| texts.map(text::width).fold(0.0, f64::max);
    let labels = widest(&mut boxes.spreads.iter().map(|it| it.label.as_str()));
    let (room, before) = match layout {
        Layout::Compact => (layout.width(), 0.0),
        Layout::Wide => (labels.min(MAX_LABEL), labels.min(MAX_LABEL) + GAP),
    };
    let lines: Vec<Vec<String>> = boxes
        .spreads
        .iter()
        .map(|it| text::wrap(&it.label, room + 0.01, MAX_LINES))
        .collect();
    let height_of = |lines: &Vec<String>| {
        let text = lines.len() as f64 * LINE;
        match layout {
            Layout::Compact => text + OVERHANG + THICKNESS,
            Layout::Wide => text.max(THICKNESS),
        }
    };
    let rows: f64 = lines.iter().map(|lines| height_of(lines) + BETWEEN).sum();
    let floor = LINE + rows;
    let spoken: Vec<String> = boxes
        .spreads
        .iter()
        .zip(&values)
        .map(|(spread, value)| format!("{} {value}", spread.label))
        .collect();
    let sentence = words::describe_boxes(&spoken.join(words::between_entries(language)), language);
    let mut svg = Svg::new(
        chart,
        layout,
        "boxes",
        floor + AXIS,
        &describe(chart, &sentence),
    );

    let unit = boxes
        .spreads
        .first()
        .map_or("", |it| it.summary.unit.as_str());
    let ends = boxes
        .spreads
        .iter()
        .filter(|it| numbers(it, chart).is_some())
        .flat_map(|it| [it.summary.min, it.summary.max]);
    let reserved = widest(&mut values.iter().map(String::as_str)) * BOLD + GAP;
    let room = |start: f64| (layout.width() - start - reserved).max(20.0);
    let scale = Scale::new(ends, before.max(1.0), room(before.max(1.0)));
    // The name of the first mark is centred under it.
    let ticks = scale.ticks(unit, language);
    let first = ticks.values.first().copied().unwrap_or_default();
    let half = text::width(&ticks.name(first, "", language)) / 2.0;
    let short = (half - scale.place(first)).clamp(0.0, layout.width() / 4.0);
    let start = before.max(1.0) + short;
    let scale = scale.over(start, room(start));
    let note = words::median_and_count(language);
    svg.text("chart-tick", layout.width(), SIZE, Anchor::End, note);

    let ticks = scale.ticks(unit, language);
    for (index, value) in ticks.values.iter().enumerate() {
        let unit = if index + 1 == ticks.values.len() {
            unit
        } else {
            ""
        };
        let name = ticks.name(*value, unit, language);
        let x = scale.place(*value);
        svg.text("chart-tick", x, floor + SIZE + 4.0, Anchor::Middle, &name);
    }

    let mut y = LINE + BETWEEN / 2.0;
    for ((spread, lines), value) in boxes.spreads.iter().zip(&lines).zip(&values) {
        let height = height_of(lines);
        let text = lines.len() as f64 * LINE;
        let (top, middle) = match layout {
            Layout::Compact => (y, y + height - THICKNESS / 2.0),
            Layout::Wide => (y + (height - text) / 2.0, y + height / 2.0),
        };
        // Behind the boxes; labels that stand above them are not crossed.
        let lines_from = match layout {
            Layout::Compact => middle - THICKNESS / 2.0 - OVERHANG,
            Layout::Wide => y - BETWEEN / 2.0,
        };
        grid(
            &mut svg,
            scale,
            &ticks,
            [lines_from, y + height + BETWEEN / 2.0],
        );
        svg.open("g", &[("class", "chart-spread".into())]);
        svg.leaf("title", &[], &format!("{} — {value}", spread.label));
        for (line, text) in lines.iter().enumerate() {
            let baseline = top + LINE / 2.0 + SIZE * MIDDLE + line as f64 * LINE;
            svg.text("chart-label", 0.0, baseline, Anchor::Start, text);
        }
        let end = match numbers(spread, chart) {
            Some(numbers) => marks(&mut svg, scale, numbers.map(|it| it.value), middle),
            None => scale.place(0.0),
        };
        svg.value(end + GAP, middle + SIZE * MIDDLE, value);
        svg.close();
        y += height + BETWEEN;
    }
    svg.finish()
}

/// Upright lines at round numbers. Zero is one of them.
fn grid(svg: &mut Svg, scale: Scale, ticks: &Ticks, [top, bottom]: [f64; 2]) {
    for value in &ticks.values {
        let x = scale.place(*value);
        let class = if *value == 0.0 {
            "chart-baseline"
        } else {
            "chart-grid"
        };
        svg.rule(class, [x, top, x, bottom]);
    }
}

/// Whiskers, box, median and mean; returns where they end.
fn marks(svg: &mut Svg, scale: Scale, values: [f64; 6], middle: f64) -> f64 {
    let [min, q1, median, q3, max, mean] = values.map(|value| scale.place(value));
    let (top, bottom) = (middle - THICKNESS / 2.0, middle + THICKNESS / 2.0);
    svg.rule("chart-whisker", [min, middle, q1, middle]);
    svg.rule("chart-whisker", [q3, middle, max, middle]);
    svg.rule(
        "chart-whisker chart-min",
        [min, top + 4.0, min, bottom - 4.0],
    );
    svg.rule(
        "chart-whisker chart-max",
        [max, top + 4.0, max, bottom - 4.0],
    );
    svg.mark(
        "chart-box",
        "none",
        [q1.min(q3), top, (q3 - q1).abs(), THICKNESS],
    );
    svg.rule("chart-median", [median, top, median, bottom]);
    let (x, y) = (coordinate(mean), coordinate(middle - 4.0));
    svg.shape("chart-mean", &format!("M{x} {y}l4 4l-4 4l-4 -4z"));
    [min, q1, median, q3, max, mean]
        .into_iter()
        .fold(min, f64::max)
}

pub(crate) fn table(chart: &Chart, boxes: &Boxes) -> DataTable {
    let language = chart.language;
    let mut header = vec![
        HeaderCell::one(words::group(language)),
        HeaderCell::one(words::values(language)),
    ];
    header.extend(words::statistics(language).map(HeaderCell::one));
    let row = |spread: &Spread| {
        let mut cells = vec![integer(spread.summary.n, language)];
        match numbers(spread, chart) {
            Some(numbers) => cells.extend(numbers.map(|it| it.text)),
            None => cells.extend(std::iter::repeat_n(NO_NUMBER.to_owned(), 6)),
        }
        (spread.label.clone(), cells)
    };
    DataTable {
        caption: caption(chart),
        header: vec![header],
        rows: boxes.spreads.iter().map(row).collect(),
    }
}
