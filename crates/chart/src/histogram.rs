//! Adjacent columns over intervals of equal width.

use crate::bars::{caption, describe};
use crate::chart::{Chart, Histogram, Layout};
use crate::number::{Language, integer, number, with_unit};
use crate::svg::{Anchor, Svg};
use crate::table::{DataTable, HeaderCell};
use crate::text::{self, SIZE};
use crate::words;

/// Height of the tallest column.
const TALLEST: f64 = 140.0;
/// Room above the columns for their counts.
const ABOVE: f64 = 20.0;
/// Room below the base line for the bounds.
const BELOW: f64 = 24.0;
/// Bounds are read, not computed with.
const BOUND_DECIMALS: usize = 2;

pub(crate) fn draw(chart: &Chart, histogram: &Histogram, layout: Layout) -> String {
    let language = chart.language;
    let counts = drawable(histogram);
    let range = words::between(
        &bound(histogram, 0, language),
        &last_bound(histogram, counts.len(), language),
        true,
        language,
    );
    let sentence = words::describe_histogram(counts.len(), &range, language);
    let description = describe(chart, &sentence);
    let height = ABOVE + TALLEST + BELOW;
    let mut svg = Svg::new(chart, layout, "histogram", height, &description);
    let floor = ABOVE + TALLEST;
    // The first and last bound are centred under the ends of the base line.
    let margin = text::width(&last_bound(histogram, counts.len(), language)).max(16.0) / 2.0;
    let margin = margin.min(layout.width() / 4.0);
    let room = layout.width() - 2.0 * margin;
    let column = room / (counts.len().max(1) as f64);
    let tallest = counts.iter().copied().max().unwrap_or(0).max(1) as f64;

    for (index, n) in counts.iter().enumerate() {
        let x = margin + index as f64 * column;
        let height = *n as f64 / tallest * TALLEST;
        let label = interval(histogram, index, counts.len(), language);
        let count = integer(*n, language);
        svg.open("g", &[("class", "chart-row".into())]);
        svg.leaf(
            "title",
            &[],
            &format!("{} — {count}", with_unit(&label, &histogram.unit)),
        );
        svg.mark(
            "chart-bar chart-answer",
            "currentColor",
            [x, floor - height, column, height],
        );
        if text::width(&count) <= column {
            svg.text(
                "chart-value",
                x + column / 2.0,
                floor - height - 6.0,
                Anchor::Middle,
                &count,
            );
        }
        svg.close();
    }
    svg.rule(
        "chart-baseline",
        [margin, floor, layout.width() - margin, floor],
    );
    let step = label_step(histogram, counts.len(), column, language);
    for index in (0..=counts.len())
        .step_by(step)
        .filter(|_| !counts.is_empty())
    {
        if histogram.whole && index == counts.len() {
            continue;
        }
        // A whole number is an interval of its own and named in its middle; a bound is an edge.
        let x = margin + (index as f64 + if histogram.whole { 0.5 } else { 0.0 }) * column;
        let name = axis_name(histogram, index, counts.len(), language);
        svg.text("chart-tick", x, floor + SIZE + 4.0, Anchor::Middle, &name);
    }
    svg.finish()
}

pub(crate) fn table(chart: &Chart, histogram: &Histogram) -> DataTable {
    let language = chart.language;
    let counts = drawable(histogram);
    let rows = counts
        .iter()
        .enumerate()
        .map(|(index, n)| {
            let label = interval(histogram, index, counts.len(), language);
            (
                with_unit(&label, &histogram.unit),
                vec![integer(*n, language)],
            )
        })
        .collect();
    let header = vec![
        HeaderCell::one(words::value(language)),
        HeaderCell::one(words::count(language)),
    ];
    DataTable {
        caption: caption(chart),
        header: vec![header],
        rows,
    }
}

/// The counts, unless the intervals make no sense.
fn drawable(histogram: &Histogram) -> &[u64] {
    let sensible =
        histogram.width > 0.0 && histogram.width.is_finite() && histogram.start.is_finite();
    if sensible { &histogram.counts } else { &[] }
}

/// Lower bound of interval `index`.
fn bound(histogram: &Histogram, index: usize, language: Language) -> String {
    number(
        histogram.start + index as f64 * histogram.width,
        BOUND_DECIMALS,
        language,
    )
}

/// Largest value interval `index` can hold, as it is named.
fn upper(histogram: &Histogram, index: usize, language: Language) -> String {
    let next = histogram.start + (index + 1) as f64 * histogram.width;
    let largest = if histogram.whole { next - 1.0 } else { next };
    number(largest, BOUND_DECIMALS, language)
}

fn last_bound(histogram: &Histogram, bins: usize, language: Language) -> String {
    if bins == 0 {
        bound(histogram, 0, language)
    } else {
        upper(histogram, bins - 1, language)
    }
}

/// Name of an interval. The last one holds its upper bound too.
fn interval(histogram: &Histogram, index: usize, bins: usize, language: Language) -> String {
    words::between(
        &bound(histogram, index, language),
        &upper(histogram, index, language),
        histogram.whole || index + 1 == bins,
        language,
    )
}

/// What stands under the axis: short enough to stand often.
fn axis_name(histogram: &Histogram, index: usize, bins: usize, language: Language) -> String {
    if !histogram.whole {
        return if index == bins {
            last_bound(histogram, bins, language)
        } else {
            bound(histogram, index, language)
        };
    }
    let (from, to) = (
        bound(histogram, index, language),
        upper(histogram, index, language),
    );
    if from == to {
        from
    } else {
        format!("{from}–{to}")
    }
}

/// Every how manyeth name fits under the axis.
fn label_step(histogram: &Histogram, bins: usize, column: f64, language: Language) -> usize {
    let widest = (0..bins)
        .map(|index| text::width(&axis_name(histogram, index, bins, language)))
        .fold(0.0, f64::max);
    (1..=bins.max(1))
        .find(|step| *step as f64 * column >= widest + 8.0)
        .unwrap_or(bins.max(1))
}
