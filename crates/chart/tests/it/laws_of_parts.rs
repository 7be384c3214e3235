//! Bars made of parts: lengths, places and totals, against the table.

use chart::{Cell, Chart, Diverging, Layout, Plot, Side, Stack, Stacked, Step};
use proptest::prelude::*;
use roxmltree::Node;

use crate::laws::{as_read, at_bar, charts, drawn, in_table, label, proportional, share, table};
use crate::read;

fn stacks() -> impl Strategy<Value = Vec<Stack>> {
    let counts = proptest::collection::vec(0_u64..300, 0..9);
    proptest::collection::vec((label(), counts, any::<bool>()), 0..7).prop_map(|stacks| {
        let stack = |(label, counts, small_base): (String, Vec<u64>, bool)| {
            let base = counts.iter().sum();
            let cell = |n: u64| Cell {
                n,
                share: share(n, base),
                ..Cell::default()
            };
            Stack {
                label,
                cells: counts.into_iter().map(cell).collect(),
                small_base,
            }
        };
        stacks.into_iter().map(stack).collect()
    })
}

pub(crate) fn stacked() -> impl Strategy<Value = Plot> {
    let parts = proptest::collection::vec(label(), 0..9);
    (parts, stacks(), [0_usize..3, 0..3]).prop_map(|(parts, stacks, decimals)| {
        let [decimals, table_decimals] = decimals;
        Plot::Stacked(Stacked {
            parts,
            stacks,
            decimals,
            table_decimals,
        })
    })
}

pub(crate) fn diverging() -> impl Strategy<Value = Plot> {
    let side = proptest::sample::select(vec![
        Side::Negative,
        Side::Neutral,
        Side::Positive,
        Side::Missing,
    ]);
    let step = (label(), side).prop_map(|(label, side)| Step { label, side });
    let steps = proptest::collection::vec(step, 0..9);
    (steps, stacks(), [0_usize..3, 0..3]).prop_map(|(steps, stacks, decimals)| {
        let [decimals, table_decimals] = decimals;
        Plot::Diverging(Diverging {
            steps,
            stacks,
            decimals,
            table_decimals,
        })
    })
}

/// A part as it is drawn: its title, where it begins and ends.
struct Piece {
    title: String,
    from: f64,
    to: f64,
}

fn pieces(stack: Node<'_, '_>) -> Vec<Piece> {
    let piece = |group: &Node<'_, '_>| {
        let mark = read::of(*group, "chart-part")[0];
        let from = read::number(mark, "x");
        Piece {
            title: read::title(*group),
            from,
            to: from + read::number(mark, "width"),
        }
    };
    read::of(stack, "chart-piece").iter().map(piece).collect()
}

fn cell(stack: &Stack, part: usize) -> Cell {
    stack.cells.get(part).copied().unwrap_or_default()
}

/// Titles of the parts that have a length, in the given order, with their percentages.
fn expected(
    chart: &Chart,
    stack: &Stack,
    parts: &[(usize, &str)],
    decimals: usize,
) -> (Vec<String>, Vec<f64>) {
    parts
        .iter()
        .map(|(at, label)| (label, cell(stack, *at)))
        .filter(|(_, cell)| cell.share.is_some_and(|share| share > 0.0))
        .map(|(label, cell)| {
            let n = chart::integer(cell.n, chart.language);
            let value = at_bar(cell.share, decimals, &n, chart.language);
            (
                format!("{} — {value}", as_read(label)),
                cell.share.unwrap_or(0.0),
            )
        })
        .unzip()
}

/// Count and percentage of each part in the table.
fn cells(chart: &Chart, stack: &Stack, parts: &[(usize, &str)], decimals: usize) -> Vec<String> {
    let pair = |cell: Cell| {
        let n = chart::integer(cell.n, chart.language);
        [n, in_table(cell.share, decimals, chart.language)]
    };
    parts
        .iter()
        .flat_map(|(at, _)| pair(cell(stack, *at)))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn stacks_and_their_table_say_the_same(chart in charts(stacked())) {
        let Plot::Stacked(stacked) = &chart.plot else { unreachable!() };
        let parts: Vec<(usize, &str)> =
            stacked.parts.iter().map(String::as_str).enumerate().collect();
        let table = table(&chart)?;
        prop_assert_eq!(table.len(), stacked.stacks.len());
        for layout in [Layout::Compact, Layout::Wide] {
            drawn(&chart, layout)?;
            let svg = chart.svg(layout);
            let document = read::parse(&svg);
            prop_assert_eq!(read::of(document.root(), "chart-key").len(), parts.len());
            let groups = read::of(document.root(), "chart-stack");
            prop_assert_eq!(groups.len(), table.len());
            let (mut lengths, mut numbers) = (Vec::new(), Vec::new());
            for ((group, cells_), stack) in groups.iter().zip(&table).zip(&stacked.stacks) {
                prop_assert_eq!(&cells_[0], &as_read(&stack.label));
                let written = cells(&chart, stack, &parts, stacked.table_decimals);
                prop_assert_eq!(&cells_[1..], &written[..]);
                let (titles, shares) = expected(&chart, stack, &parts, stacked.decimals);
                let pieces = pieces(*group);
                let drawn: Vec<&String> = pieces.iter().map(|piece| &piece.title).collect();
                prop_assert_eq!(drawn, titles.iter().collect::<Vec<_>>());
                for pair in pieces.windows(2) {
                    prop_assert!((pair[0].to - pair[1].from).abs() < 0.03);
                }
                lengths.extend(pieces.iter().map(|piece| piece.to - piece.from));
                numbers.extend(shares);
            }
            proportional(&lengths, &numbers)?;
        }
    }

    #[test]
    fn scales_and_their_table_say_the_same(chart in charts(diverging())) {
        let Plot::Diverging(diverging) = &chart.plot else { unreachable!() };
        let mut ordered: Vec<(usize, &Step)> = diverging.steps.iter().enumerate().collect();
        ordered.sort_by_key(|(_, step)| step.side);
        let steps: Vec<(usize, &str)> =
            ordered.iter().map(|(at, step)| (*at, step.label.as_str())).collect();
        let total = |stack: &Stack, side: Side| {
            let shares = ordered.iter().filter(|(_, step)| step.side == side);
            shares
                .filter_map(|(at, _)| cell(stack, *at).share)
                .fold(None, |sum, share| Some(sum.unwrap_or(0.0) + share))
        };
        let table = table(&chart)?;
        for layout in [Layout::Compact, Layout::Wide] {
            drawn(&chart, layout)?;
            let svg = chart.svg(layout);
            let document = read::parse(&svg);
            let groups = read::of(document.root(), "chart-stack");
            prop_assert_eq!(groups.len(), table.len());
            let (mut lengths, mut numbers) = (Vec::new(), Vec::new());
            for ((group, cells_), stack) in groups.iter().zip(&table).zip(&diverging.stacks) {
                let mut written = cells(&chart, stack, &steps, diverging.table_decimals);
                for (class, side) in [("chart-against", Side::Negative), ("chart-pro", Side::Positive)] {
                    let total = total(stack, side);
                    written.push(in_table(total, diverging.table_decimals, chart.language));
                    let text = read::text(read::of(*group, class)[0]);
                    prop_assert_eq!(text, in_table(total, diverging.decimals, chart.language));
                }
                prop_assert_eq!(&cells_[1..], &written[..]);
                let (titles, shares) = expected(&chart, stack, &steps, diverging.decimals);
                let pieces = pieces(*group);
                let drawn: Vec<&String> = pieces.iter().map(|piece| &piece.title).collect();
                prop_assert_eq!(drawn, titles.iter().collect::<Vec<_>>());
                // Zero parts the two sides and halves what is neutral.
                let zero = read::number(read::of(*group, "chart-zero")[0], "x1");
                let sides: Vec<Side> = ordered
                    .iter()
                    .filter(|(at, _)| cell(stack, *at).share.is_some_and(|share| share > 0.0))
                    .map(|(_, step)| step.side)
                    .collect();
                let of = |side: Side| pieces.iter().zip(&sides).filter(move |(_, it)| **it == side);
                prop_assert!(of(Side::Negative).all(|(piece, _)| piece.to <= zero + 0.03));
                prop_assert!(of(Side::Positive).all(|(piece, _)| piece.from >= zero - 0.03));
                let neutral: Vec<&Piece> = of(Side::Neutral).map(|(piece, _)| piece).collect();
                if let (Some(first), Some(last)) = (neutral.first(), neutral.last()) {
                    prop_assert!((f64::midpoint(first.from, last.to) - zero).abs() < 0.03);
                }
                let end = of(Side::Positive).chain(of(Side::Neutral)).chain(of(Side::Negative));
                let end = end.map(|(piece, _)| piece.to).fold(zero, f64::max);
                prop_assert!(of(Side::Missing).all(|(piece, _)| piece.from > end));
                prop_assert!(pieces.iter().all(|it| it.from >= 0.0 && it.to <= layout.width()));
                lengths.extend(pieces.iter().map(|piece| piece.to - piece.from));
                numbers.extend(shares);
            }
            proportional(&lengths, &numbers)?;
        }
    }
}
