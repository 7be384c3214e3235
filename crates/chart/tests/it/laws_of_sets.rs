//! Combinations: every one is counted once, and the dots say what the table says in words.

use std::collections::BTreeSet;

use chart::{Chart, Combination, Layout, Plot, UpSet};
use proptest::prelude::*;

use crate::laws::{as_read, at_bar, charts, drawn, in_table, label, proportional, share, table};
use crate::read;

pub(crate) fn upset() -> impl Strategy<Value = Plot> {
    let combination = (proptest::collection::vec(0_usize..7, 0..5), 0_u64..400);
    (
        proptest::collection::vec(label(), 0..6),
        proptest::collection::vec(combination, 0..30),
        [label(), label()],
        0_usize..10,
        [0_usize..3, 0..3],
        any::<bool>(),
    )
        .prop_map(
            |(sets, combinations, [none, head], most_rows, decimals, small_base)| {
                let base: u64 = combinations.iter().map(|(_, n)| n).sum();
                let combination = |(members, n)| Combination {
                    members,
                    n,
                    share: share(n, base),
                };
                let [decimals, table_decimals] = decimals;
                Plot::UpSet(UpSet {
                    sets,
                    combinations: combinations.into_iter().map(combination).collect(),
                    none,
                    share: head,
                    most_rows,
                    decimals,
                    table_decimals,
                    small_base,
                })
            },
        )
}

/// A combination as it should be counted.
#[derive(Clone, Debug)]
struct Counted {
    members: BTreeSet<usize>,
    n: u64,
    share: Option<f64>,
}

fn counted(upset: &UpSet) -> Vec<Counted> {
    let mut all: Vec<Counted> = Vec::new();
    for combination in &upset.combinations {
        let members: BTreeSet<usize> = combination
            .members
            .iter()
            .copied()
            .filter(|at| *at < upset.sets.len())
            .collect();
        match all.iter_mut().find(|it| it.members == members) {
            Some(same) => {
                same.n += combination.n;
                same.share = same.share.zip(combination.share).map(|(a, b)| a + b);
            }
            None => all.push(Counted {
                members,
                n: combination.n,
                share: combination.share,
            }),
        }
    }
    all.sort_by_key(|it| std::cmp::Reverse(it.n));
    all
}

/// The rows of the drawing: combinations, then how many there are without a row, together.
fn rows(upset: &UpSet) -> (Vec<Counted>, Vec<Counted>) {
    let all = counted(upset);
    if upset.most_rows == 0 || all.len() <= upset.most_rows + 1 {
        return (all, Vec::new());
    }
    let mut place = 0;
    all.into_iter().partition(|it| {
        place += 1;
        place <= upset.most_rows || it.members.is_empty()
    })
}

fn words(chart: &Chart, upset: &UpSet, members: &BTreeSet<usize>) -> String {
    let none = match chart.language {
        chart::Language::French => "Aucun",
        chart::Language::English => "None",
    };
    let names: Vec<&str> = members.iter().map(|at| upset.sets[*at].as_str()).collect();
    match (members.is_empty(), upset.none.as_str()) {
        (true, "") => none.to_owned(),
        (true, given) => as_read(given),
        _ => as_read(&names.join(" + ")),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn combinations_and_their_table_say_the_same(chart in charts(upset())) {
        let Plot::UpSet(upset) = &chart.plot else { unreachable!() };
        let written: Vec<Vec<String>> = counted(upset)
            .iter()
            .map(|it| vec![
                words(&chart, upset, &it.members),
                chart::integer(it.n, chart.language),
                in_table(it.share, upset.table_decimals, chart.language),
            ])
            .collect();
        prop_assert_eq!(table(&chart)?, written);
        let (mut kept, rest) = rows(upset);
        let others = rest.len();
        if let Some(first) = rest.first() {
            let together = rest[1..].iter().fold(first.clone(), |sum, it| Counted {
                n: sum.n + it.n,
                share: sum.share.zip(it.share).map(|(a, b)| a + b),
                ..sum
            });
            kept.push(together);
        }
        for layout in [Layout::Compact, Layout::Wide] {
            let rows = drawn(&chart, layout)?;
            prop_assert_eq!(rows.len(), kept.len());
            let svg = chart.svg(layout);
            let document = read::parse(&svg);
            let groups = read::of(document.root(), "chart-row");
            let columns: Vec<f64> = read::of(document.root(), "chart-lead")
                .iter()
                .map(|lead| read::points(*lead)[1][0])
                .collect();
            prop_assert_eq!(columns.len(), upset.sets.len());
            for (index, ((row, group), it)) in rows.iter().zip(&groups).zip(&kept).enumerate() {
                let n = chart::integer(it.n, chart.language);
                prop_assert_eq!(&row.value, &at_bar(it.share, upset.decimals, &n, chart.language));
                let together = others > 1 && index + 1 == kept.len();
                let label = if together {
                    row.title.split(" — ").next().unwrap_or_default().to_owned()
                } else {
                    words(&chart, upset, &it.members)
                };
                prop_assert!(!together || label.starts_with(&others.to_string()));
                prop_assert_eq!(&row.title, &format!("{label} — {}", row.value));
                // What the dots say, read by their places.
                let full: BTreeSet<usize> = read::of(*group, "chart-in")
                    .iter()
                    .map(|dot| read::points(*dot)[0][0])
                    .map(|left| columns.iter().filter(|x| **x < left).count())
                    .collect();
                let members = if together { BTreeSet::new() } else { it.members.clone() };
                let dots = read::of(*group, "chart-in").len() + read::of(*group, "chart-out").len();
                prop_assert_eq!(dots, if members.is_empty() { 0 } else { columns.len() });
                prop_assert_eq!(full, members);
            }
            let widths: Vec<f64> = rows.iter().map(|row| row.width).collect();
            let numbers: Vec<f64> = kept.iter().map(|it| it.share.unwrap_or(0.0)).collect();
            proportional(&widths, &numbers)?;
        }
    }
}
