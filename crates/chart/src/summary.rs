//! Box summary: the quartiles as a box, the extremes as whiskers, the mean as a diamond.

use crate::bars::{caption, describe};
use crate::chart::{Chart, Layout, Summary};
use crate::number::{Language, integer, money, number, percent_sign, with_unit};
use crate::svg::{Anchor, Svg};
use crate::table::{DataTable, HeaderCell};
use crate::words;

/// Height of a label: its name over its value.
const LABEL: f64 = 36.0;
/// Distance between the name and the value of a label.
const LINE: f64 = 17.0;
/// Height of the lines that lead from a mark to its label.
const LEADER: f64 = 18.0;
/// Height of the box.
const BOX: f64 = 30.0;
/// Room at both ends of the scale.
const MARGIN: f64 = 8.0;
/// Labels in a line; there is one line above the box and one below.
const PER_LINE: usize = 3;

/// One number of the summary.
pub(crate) struct Statistic {
    pub(crate) name: &'static str,
    pub(crate) value: f64,
    pub(crate) text: String,
}

pub(crate) fn draw(chart: &Chart, summary: &Summary, layout: Layout) -> String {
    let statistics = statistics(summary, chart.language);
    let spoken: Vec<String> = statistics
        .iter()
        .map(|s| format!("{} {}", s.name.to_lowercase(), s.text))
        .collect();
    let description = describe(
        chart,
        &words::describe_summary(&spoken.join(", "), chart.language),
    );
    let height = 2.0 * (LABEL + LEADER) + BOX;
    let mut svg = Svg::new(chart, layout, "summary", height, &description);
    if summary.n == 0
        || !statistics
            .iter()
            .all(|statistic| statistic.value.is_finite())
    {
        return svg.finish();
    }
    let scale = Scale::new(summary, layout);
    let top = LABEL + LEADER;
    let (bottom, middle) = (top + BOX, top + BOX / 2.0);
    let [min, q1, median, q3, max, mean] = statistics.each_ref().map(|s| scale.x(s.value));

    svg.rule(
        "chart-axis",
        [scale.x(0.0), top - 4.0, scale.x(0.0), bottom + 4.0],
    );
    svg.rule("chart-whisker", [min, middle, q1, middle]);
    svg.rule("chart-whisker", [q3, middle, max, middle]);
    svg.rule(
        "chart-whisker chart-min",
        [min, top + 7.0, min, bottom - 7.0],
    );
    svg.rule(
        "chart-whisker chart-max",
        [max, top + 7.0, max, bottom - 7.0],
    );
    svg.mark("chart-box", "currentColor", [q1, top, q3 - q1, BOX]);
    svg.rule("chart-median", [median, top, median, bottom]);
    let diamond = format!("M{mean:.2} {:.2}l5 5l-5 5l-5 -5z", middle - 5.0);
    svg.empty(
        "path",
        &[
            ("class", "chart-mean".into()),
            ("d", diamond.as_str().into()),
            ("fill", "currentColor".into()),
        ],
    );

    let [s_min, s_q1, s_median, s_q3, s_max, s_mean] = &statistics;
    label(
        &mut svg,
        [s_q1, s_q3, s_mean],
        &scale,
        layout,
        Side::Above(top),
    );
    label(
        &mut svg,
        [s_min, s_median, s_max],
        &scale,
        layout,
        Side::Below(bottom),
    );
    svg.finish()
}

/// Which side of the box labels stand on, with the edge they are led to.
#[derive(Clone, Copy)]
enum Side {
    Above(f64),
    Below(f64),
}

/// Labels stand evenly, in the order of their values, each led to its mark: they cannot collide
/// however close the numbers are.
fn label(
    svg: &mut Svg,
    mut statistics: [&Statistic; PER_LINE],
    scale: &Scale,
    layout: Layout,
    side: Side,
) {
    statistics.sort_by(|a, b| a.value.total_cmp(&b.value));
    let slot = layout.width() / PER_LINE as f64;
    for (place, statistic) in statistics.into_iter().enumerate() {
        let x = (place as f64 + 0.5) * slot;
        let mark = scale.x(statistic.value);
        let (from, to, text) = match side {
            Side::Above(edge) => (edge - 2.0, edge - LEADER + 2.0, 0.0),
            Side::Below(edge) => (edge + 2.0, edge + LEADER - 2.0, edge + LEADER),
        };
        svg.rule("chart-leader", [mark, from, x, to]);
        svg.text(
            "chart-label",
            x,
            text + LINE - 3.0,
            Anchor::Middle,
            statistic.name,
        );
        svg.text(
            "chart-value",
            x,
            text + 2.0 * LINE - 3.0,
            Anchor::Middle,
            &statistic.text,
        );
    }
}

/// From a value to a place. Zero is always on the scale.
struct Scale {
    low: f64,
    unit: f64,
}

impl Scale {
    fn new(summary: &Summary, layout: Layout) -> Self {
        let low = summary.min.min(0.0);
        let high = summary.max.max(0.0);
        let span = if high > low { high - low } else { 1.0 };
        Self {
            low,
            unit: (layout.width() - 2.0 * MARGIN) / span,
        }
    }

    fn x(&self, value: f64) -> f64 {
        MARGIN + (value - self.low) * self.unit
    }
}

pub(crate) fn table(chart: &Chart, summary: &Summary) -> DataTable {
    let language = chart.language;
    let header = vec![
        HeaderCell::one(words::statistic(language)),
        HeaderCell::one(words::value(language)),
    ];
    let n = integer(summary.n, language);
    let mut rows = vec![(words::values(language).to_owned(), vec![n])];
    if summary.n > 0 {
        let statistics = statistics(summary, language);
        rows.extend(statistics.map(|statistic| (statistic.name.to_owned(), vec![statistic.text])));
    }
    DataTable {
        caption: caption(chart),
        header: vec![header],
        rows,
    }
}

/// Minimum, first quartile, median, third quartile, maximum, mean.
pub(crate) fn statistics(summary: &Summary, language: Language) -> [Statistic; 6] {
    let [min, q1, median, q3, max, mean] = words::statistics(language);
    let statistic = |name: &'static str, value: f64| {
        let text = quantity(value, summary.decimals, &summary.unit, language);
        Statistic { name, value, text }
    };
    [
        statistic(min, summary.min),
        statistic(q1, summary.q1),
        statistic(median, summary.median),
        statistic(q3, summary.q3),
        statistic(max, summary.max),
        statistic(mean, summary.mean),
    ]
}

/// A value with its unit.
pub(crate) fn quantity(value: f64, decimals: usize, unit: &str, language: Language) -> String {
    match unit {
        "€" => money(value, decimals, language),
        "%" if value.is_finite() => percent_sign(&number(value, decimals, language), language),
        _ => with_unit(&number(value, decimals, language), unit),
    }
}
