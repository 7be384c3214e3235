//! The bars around zero, their totals, and what stands apart.

use super::{Diverging, Placed, Side, ordered, total};
use crate::bars::describe;
use crate::chart::{Chart, Layout};
use crate::fill::{Fill, Fills, Pattern};
use crate::key::Key;
use crate::number::{Language, NO_NUMBER, share};
use crate::rows::{BOLD, GAP, MIDDLE, OVERHANG, THICKNESS};
use crate::stack::{self, BETWEEN, Part, Row, Rows, Stack};
use crate::svg::{Anchor, Svg};
use crate::text::{self, SIZE};
use crate::words;

/// Patterns from the outermost step inwards.
const AGAINST: [Pattern; 3] = [Pattern::Grid, Pattern::Rising, Pattern::Dots];
const FOR: [Pattern; 3] = [Pattern::Solid, Pattern::Upright, Pattern::Falling];
/// Between zero and a total that stands under it.
const BESIDE_ZERO: f64 = 5.0;

fn fills(steps: &[Placed<'_>]) -> Vec<Fill> {
    let negative = steps
        .iter()
        .filter(|it| it.step.side == Side::Negative)
        .count();
    let positive = steps
        .iter()
        .filter(|it| it.step.side == Side::Positive)
        .count();
    let first_positive = steps
        .iter()
        .position(|it| it.step.side == Side::Positive)
        .unwrap_or_default();
    let outermost = |patterns: [Pattern; 3], from: usize| patterns[from.min(2)];
    let fill = |(index, placed): (usize, &Placed<'_>)| {
        let (pattern, tone) = match placed.step.side {
            Side::Negative if negative == 1 => (Pattern::Rising, "negative"),
            Side::Negative => (outermost(AGAINST, index), "negative"),
            Side::Neutral => (Pattern::Blank, "neutral"),
            Side::Positive => (
                outermost(FOR, first_positive + positive - 1 - index),
                "positive",
            ),
            Side::Missing => (Pattern::Level, "missing"),
        };
        Fill {
            pattern,
            tone: format!("chart-tone-{tone}"),
        }
    };
    steps.iter().enumerate().map(fill).collect()
}

/// How a total reads in the drawing.
fn written(total: Option<f64>, decimals: usize, language: Language) -> String {
    total.map_or_else(
        || NO_NUMBER.to_owned(),
        |total| share(total, decimals, language),
    )
}

/// Where zero is, and how long a percent.
struct Ground {
    zero: f64,
    unit: f64,
    /// Where missing answers stand.
    apart: f64,
}

impl Ground {
    fn new(chart: &Chart, diverging: &Diverging, steps: &[Placed<'_>], rows: &Rows) -> Self {
        let of = |stack: &Stack, side: Side| total(steps, stack, side).unwrap_or(0.0);
        let (mut left, mut right, mut missing) = (0.0_f64, 0.0_f64, 0.0_f64);
        let mut texts = [0.0_f64; 3];
        for stack in &diverging.stacks {
            let neutral = of(stack, Side::Neutral) / 2.0;
            left = left.max(of(stack, Side::Negative) + neutral);
            right = right.max(of(stack, Side::Positive) + neutral);
            missing = missing.max(of(stack, Side::Missing));
            for (text, side) in
                texts
                    .iter_mut()
                    .zip([Side::Negative, Side::Positive, Side::Missing])
            {
                let total = total(steps, stack, side);
                let written = written(total, diverging.decimals, chart.language);
                *text = text.max(text::width(&written) * BOLD);
            }
        }
        let [left_text, right_text, missing_text] = texts;
        let has_missing = steps.iter().any(|placed| placed.step.side == Side::Missing);
        let (missing_text, gap) = if has_missing {
            (missing_text, 2.0 * GAP)
        } else {
            (0.0, 0.0)
        };
        let slack = (100.0 - left - right).max(0.0) / 2.0;
        // Totals stand beside the bars, or under them on both sides of zero where that is narrow.
        let (beside, least) = match rows.layout {
            Layout::Wide => ([left_text + GAP, right_text + GAP], [0.0; 2]),
            Layout::Compact => ([0.0; 2], [left_text, right_text].map(|it| it + BESIDE_ZERO)),
        };
        let width = rows.layout.width() - 1.0;
        let room = width - rows.start - beside[0] - beside[1] - gap;
        let (unit, [left, _, apart]) = divided(
            room,
            [left + slack, right + slack, missing],
            [least[0], least[1], missing_text],
        );
        let (zero, apart) = (rows.start + beside[0] + left, width - apart);
        Self { zero, unit, apart }
    }
}

/// Divides `room` in proportion to `extents`, but gives none less than its `least`: units per
/// percent, and what each has.
fn divided(room: f64, extents: [f64; 3], least: [f64; 3]) -> (f64, [f64; 3]) {
    let mut unit = 0.0;
    let mut is_least = [false; 3];
    for _ in 0..extents.len() {
        let (mut rest, mut sum) = (room, 0.0);
        for index in 0..extents.len() {
            if is_least[index] {
                rest -= least[index];
            } else {
                sum += extents[index];
            }
        }
        if sum > 0.0 {
            unit = (rest / sum).max(0.0);
        }
        for index in 0..extents.len() {
            is_least[index] |= extents[index] * unit < least[index];
        }
    }
    let given = |index: usize| (extents[index] * unit).max(least[index]);
    (unit, [given(0), given(1), given(2)])
}

pub(crate) fn draw(chart: &Chart, diverging: &Diverging, layout: Layout) -> String {
    let language = chart.language;
    let steps = ordered(diverging);
    let rows = Rows::new(&diverging.stacks, steps.len(), layout, language);
    let key = Key::new(
        steps.iter().map(|placed| placed.step.label.as_str()),
        layout,
    );
    let names: Vec<&str> = steps
        .iter()
        .map(|placed| placed.step.label.as_str())
        .collect();
    let sentence = words::describe_diverging(diverging.stacks.len(), &names.join(", "), language);
    let top = key.height + BETWEEN;
    let mut svg = Svg::new(
        chart,
        layout,
        "diverging",
        top + rows.height(),
        &describe(chart, &sentence),
    );
    let fills = Fills::define(&mut svg, chart, layout, fills(&steps));
    key.draw(&mut svg, &fills);
    let ground = Ground::new(chart, diverging, &steps, &rows);
    let mut y = top;
    for (index, stack) in diverging.stacks.iter().enumerate() {
        svg.open("g", &[("class", "chart-stack".into())]);
        svg.leaf("title", &[], &stack.heading(steps.len(), language));
        let row = rows.label(&mut svg, index, y);
        parts(
            &mut svg,
            &fills,
            &row,
            &ground,
            (&steps, stack),
            (diverging.decimals, layout, language),
        );
        totals(
            &mut svg,
            &row,
            &ground,
            (&steps, stack),
            (diverging.decimals, layout, language),
        );
        svg.close();
        y = row.end + BETWEEN;
    }
    svg.finish()
}

type Manner = (usize, Layout, Language);

/// The steps of one stack, from left to right, then those that stand apart.
fn parts(
    svg: &mut Svg,
    fills: &Fills,
    row: &Row,
    ground: &Ground,
    (steps, stack): (&[Placed<'_>], &Stack),
    (decimals, layout, language): Manner,
) {
    let of = |side| total(steps, stack, side).unwrap_or(0.0);
    let left = of(Side::Negative) + of(Side::Neutral) / 2.0;
    let mut from = ground.zero - left * ground.unit;
    let mut apart = ground.apart;
    for (index, Placed { at, step }) in steps.iter().enumerate() {
        let width = stack.length(*at) * ground.unit;
        let missing = step.side == Side::Missing;
        let place = if missing { &mut apart } else { &mut from };
        let part = Part {
            index,
            label: &step.label,
            cell: stack.cell(*at),
            from: *place,
            width,
        };
        *place += width;
        if width > 0.0 {
            // Totals take the line under the bar where that is narrow, and under what is missing.
            let labelled = layout == Layout::Wide && !missing;
            stack::part(svg, fills, row, &part, labelled, (decimals, language));
        }
    }
}

/// Zero, and what each side adds up to.
fn totals(
    svg: &mut Svg,
    row: &Row,
    ground: &Ground,
    (steps, stack): (&[Placed<'_>], &Stack),
    (decimals, layout, language): Manner,
) {
    let upright = |x: f64| [x, row.bar - OVERHANG, x, row.bar + THICKNESS + OVERHANG];
    svg.rule("chart-baseline chart-zero", upright(ground.zero));
    let written = |side| written(total(steps, stack, side), decimals, language);
    let [against, pro] = [Side::Negative, Side::Positive].map(written);
    let half = total(steps, stack, Side::Neutral).unwrap_or(0.0) / 2.0;
    let reach = |side| (total(steps, stack, side).unwrap_or(0.0) + half) * ground.unit;
    let (left, right, y) = match layout {
        Layout::Wide => (
            ground.zero - reach(Side::Negative) - GAP,
            ground.zero + reach(Side::Positive) + GAP,
            row.bar + THICKNESS / 2.0 + SIZE * MIDDLE,
        ),
        Layout::Compact => (
            ground.zero - BESIDE_ZERO,
            ground.zero + BESIDE_ZERO,
            row.below,
        ),
    };
    svg.text("chart-value chart-against", left, y, Anchor::End, &against);
    svg.text("chart-value chart-pro", right, y, Anchor::Start, &pro);
    if steps.iter().any(|placed| placed.step.side == Side::Missing) {
        svg.rule("chart-baseline", upright(ground.apart));
        let missing = written(Side::Missing);
        svg.text(
            "chart-count chart-apart",
            ground.apart,
            row.below,
            Anchor::Start,
            &missing,
        );
    }
}
