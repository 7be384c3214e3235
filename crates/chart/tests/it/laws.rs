//! What holds for every chart: it is well-formed, escapes everything, frames its marks, and its
//! table has the numbers that are drawn.

use chart::{
    Bars, Cell, Chart, Group, Grouped, Histogram, Language, Layout, Order, Plot, Role, Row, Series,
    Summary, Way,
};
use proptest::prelude::*;

use crate::read::{self, DrawnRow};

pub(crate) const HOSTILE: [&str; 8] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onload='alert(1)",
    "]]><!--",
    "</title></svg><script>alert(1)//",
    "&lt;&#x3c;svg/onload=alert(1)&amp",
    "a\u{0}b\u{8}c\u{ffff}d\u{202e}e\u{feff}",
    "{{7*7}}${7*7}`",
];

pub(crate) fn label() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zéèçœA-Z€%’ ]{0,60}",
        1 => "\\PC{0,40}",
        1 => any::<String>(),
        1 => proptest::sample::select(&HOSTILE[..]).prop_map(str::to_owned),
    ]
}

pub(crate) fn language() -> impl Strategy<Value = Language> {
    prop_oneof![Just(Language::French), Just(Language::English)]
}

/// `n` of `base` as a percentage, or nothing when the base is nobody.
pub(crate) fn share(n: u64, base: u64) -> Option<f64> {
    (base > 0).then(|| 100.0 * n as f64 / base as f64)
}

pub(crate) fn bars() -> impl Strategy<Value = Plot> {
    let role = prop_oneof![3 => Just(Role::Answer), 1 => Just(Role::Missing), 1 => Just(Role::Net)];
    let interval = proptest::option::of((-5.0..100.0_f64, 0.0..110.0_f64));
    let row = (label(), 0_u64..5000, role, interval);
    let order = prop_oneof![Just(Order::Value), Just(Order::Given)];
    (
        proptest::collection::vec(row, 0..14),
        order,
        [0_usize..3, 0..3],
        any::<bool>(),
        0_u64..9000,
    )
        .prop_map(
            |(rows, order, [decimals, table_decimals], small_base, base)| {
                let row = |(label, n, role, interval): (String, u64, Role, Option<(f64, f64)>)| {
                    let n = n.min(base);
                    Row {
                        label,
                        n,
                        shares: vec![share(n, base), share(n, base / 2)],
                        role,
                        interval,
                    }
                };
                let shares = vec!["asked".to_owned(), "answered".to_owned()];
                let rows = rows.into_iter().map(row).collect();
                Plot::Bars(Bars {
                    shares,
                    rows,
                    order,
                    decimals,
                    table_decimals,
                    small_base,
                })
            },
        )
}

pub(crate) fn grouped() -> impl Strategy<Value = Plot> {
    let series = proptest::collection::vec((label(), any::<bool>()), 1..5);
    let groups = proptest::collection::vec((label(), any::<[u16; 4]>()), 0..8);
    (series, groups, [0_usize..3, 0..3]).prop_map(|(series, groups, [decimals, table_decimals])| {
        let series: Vec<Series> = series
            .into_iter()
            .map(|(label, small_base)| Series { label, small_base })
            .collect();
        let group = |(label, counts): (String, [u16; 4])| {
            let cell = |n: u16| Cell {
                n: n.into(),
                share: share(n.into(), 70_000),
                differs: [None, Some(Way::More), Some(Way::Less)][usize::from(n % 3)],
                interval: None,
            };
            Group {
                label,
                cells: counts.into_iter().take(series.len()).map(cell).collect(),
            }
        };
        let groups = groups.into_iter().map(group).collect();
        Plot::Grouped(Grouped {
            series,
            groups,
            decimals,
            table_decimals,
        })
    })
}

pub(crate) fn histogram() -> impl Strategy<Value = Plot> {
    let counts = proptest::collection::vec(0_u64..4000, 1..20);
    (-50_i32..50, 1_u32..40, counts, any::<bool>(), label()).prop_map(
        |(start, width, counts, whole, unit)| {
            let scale = if whole { 1.0 } else { 0.25 };
            let (start, width) = (f64::from(start) * scale, f64::from(width) * scale);
            Plot::Histogram(Histogram {
                start,
                width,
                counts,
                whole,
                unit,
            })
        },
    )
}

pub(crate) fn summary() -> impl Strategy<Value = Plot> {
    (
        proptest::collection::vec(-1e6..1e6_f64, 1..30),
        label(),
        0_usize..3,
    )
        .prop_map(|(mut values, unit, decimals)| {
            values.sort_by(f64::total_cmp);
            let at = |fraction: f64| values[((values.len() - 1) as f64 * fraction) as usize];
            Plot::Summary(Summary {
                n: values.len() as u64,
                min: at(0.0),
                q1: at(0.25),
                median: at(0.5),
                q3: at(0.75),
                max: at(1.0),
                mean: values.iter().sum::<f64>() / values.len() as f64,
                unit,
                decimals,
            })
        })
}

pub(crate) fn charts(plot: impl Strategy<Value = Plot>) -> impl Strategy<Value = Chart> {
    (label(), language(), label(), label(), plot).prop_map(|(id, language, title, base, plot)| {
        Chart {
            id,
            language,
            title,
            base,
            plot,
        }
    })
}

/// Escaping turns line ends into spaces and unprintable characters into U+FFFD; a reader cannot
/// tell these apart.
pub(crate) fn as_read(text: &str) -> String {
    let replaced = |c: char| match c {
        '\t' | '\n' | '\r' => ' ',
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        c => c,
    };
    text.chars().map(replaced).collect()
}

/// Drawn rows of either layout. Checks on the way what every drawing owes.
pub(crate) fn drawn(chart: &Chart, layout: Layout) -> Result<Vec<DrawnRow>, TestCaseError> {
    let svg = chart.svg(layout);
    let document = match roxmltree::Document::parse(&svg) {
        Ok(document) => document,
        Err(error) => return Err(TestCaseError::fail(format!("{error}\n{svg}"))),
    };
    let known = [
        "svg", "title", "desc", "defs", "pattern", "g", "rect", "line", "path", "text", "tspan",
    ];
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        prop_assert!(
            known.contains(&node.tag_name().name()),
            "{:?}",
            node.tag_name()
        );
        for attribute in node.attributes() {
            let name = attribute.name();
            prop_assert!(
                name != "style" && name != "href" && !name.starts_with("on"),
                "{}",
                name
            );
        }
    }
    let root = document.root_element();
    prop_assert_eq!(root.attribute("role"), Some("img"));
    let title = root
        .first_element_child()
        .and_then(|title| title.text())
        .unwrap_or_default();
    prop_assert_eq!(title, as_read(&chart.title));
    let rows = read::rows(&document);
    for row in &rows {
        prop_assert!(
            row.start >= 0.0 && row.width >= 0.0 && row.height >= 0.0,
            "{:?}",
            row
        );
        prop_assert!(row.start + row.width <= layout.width() + 0.01, "{:?}", row);
    }
    Ok(rows)
}

pub(crate) fn table(chart: &Chart) -> Result<Vec<Vec<String>>, TestCaseError> {
    let html = chart.table().html();
    match roxmltree::Document::parse(&html) {
        Ok(document) => Ok(read::cells(&document)),
        Err(error) => Err(TestCaseError::fail(format!("{error}\n{html}"))),
    }
}

/// What stands at a bar.
pub(crate) fn at_bar(
    share: Option<f64>,
    decimals: usize,
    count: &str,
    language: Language,
) -> String {
    match share {
        Some(share) => format!("{} · {count}", chart::share(share, decimals, language)),
        None => count.to_owned(),
    }
}

/// What stands in the table for the same share.
pub(crate) fn in_table(share: Option<f64>, decimals: usize, language: Language) -> String {
    share.map_or_else(
        || "–".to_owned(),
        |share| chart::share(share, decimals, language),
    )
}

/// What an interval adds to its percentage, and what of it is drawn.
fn bounds(row: &Row, decimals: usize, language: Language) -> (String, Option<[f64; 2]>) {
    let interval = row
        .interval
        .filter(|(from, to)| from <= to && row.shares[0].is_some());
    let Some((from, to)) = interval else {
        return (String::new(), None);
    };
    let drawn = [from.max(0.0), to.max(0.0)];
    let [from, to] = drawn.map(|bound| chart::decimal(bound, decimals, language));
    (format!(" ({from}\u{a0}–\u{a0}{to})"), Some(drawn))
}

/// Lengths are proportional to the numbers, to a hundredth of a unit.
pub(crate) fn proportional(lengths: &[f64], numbers: &[f64]) -> Result<(), TestCaseError> {
    let largest = |of: &[f64]| of.iter().map(|it| it.abs()).fold(0.0, f64::max);
    let (longest, reach) = (largest(numbers), largest(lengths));
    for (length, number) in lengths.iter().zip(numbers) {
        if longest == 0.0 {
            prop_assert_eq!(*length, 0.0);
        } else {
            prop_assert!(
                (length - number / longest * reach).abs() < 0.02,
                "{} {}",
                length,
                number
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn bars_and_their_table_say_the_same(chart in charts(bars())) {
        let Plot::Bars(bars) = &chart.plot else { unreachable!() };
        let table = table(&chart)?;
        prop_assert_eq!(table.len(), bars.rows.len());
        for layout in [Layout::Compact, Layout::Wide] {
            let rows = drawn(&chart, layout)?;
            prop_assert_eq!(rows.len(), table.len());
            let (mut numbers, mut whiskers) = (Vec::new(), Vec::new());
            let in_first = |row: &Row| {
                let share = in_table(row.shares[0], bars.table_decimals, chart.language);
                format!("{share}{}", bounds(row, bars.table_decimals, chart.language).0)
            };
            for (row, cells) in rows.iter().zip(&table) {
                let source = bars.rows.iter().find(|r| {
                    as_read(&r.label) == cells[0]
                        && chart::integer(r.n, chart.language) == cells[1]
                        && in_first(r) == cells[2]
                });
                let source = source.expect("every drawn row is one of the rows");
                let value = at_bar(source.shares[0], bars.decimals, &cells[1], chart.language);
                prop_assert_eq!(&row.value, &value);
                let (written, interval) = bounds(source, bars.decimals, chart.language);
                let spoken = value.replacen(" · ", &format!("{written} · "), 1);
                prop_assert_eq!(&row.title, &format!("{} — {spoken}", cells[0]));
                prop_assert_eq!(row.start, rows[0].start);
                prop_assert_eq!(row.whisker.is_some(), interval.is_some());
                for (drawn, bound) in row.whisker.iter().zip(interval).flat_map(|(a, b)| a.iter().zip(b)) {
                    whiskers.push((drawn - row.start, bound));
                }
                for (share, cell) in source.shares[1..].iter().zip(&cells[3..]) {
                    prop_assert_eq!(cell, &in_table(*share, bars.table_decimals, chart.language));
                }
                numbers.push(source.shares[0].unwrap_or(0.0));
            }
            let mut widths: Vec<f64> = rows.iter().map(|row| row.width).collect();
            let (ends, limits): (Vec<f64>, Vec<f64>) = whiskers.into_iter().unzip();
            widths.extend(ends);
            numbers.extend(limits);
            proportional(&widths, &numbers)?;
        }
    }

    #[test]
    fn grouped_bars_and_their_table_say_the_same(chart in charts(grouped())) {
        let Plot::Grouped(grouped) = &chart.plot else { unreachable!() };
        let table = table(&chart)?;
        for layout in [Layout::Compact, Layout::Wide] {
            let rows = drawn(&chart, layout)?;
            let source: Vec<Cell> = grouped
                .groups
                .iter()
                .flat_map(|group| (0..grouped.series.len()).map(|at| group.cells.get(at)))
                .map(|cell| cell.copied().unwrap_or_default())
                .collect();
            let written: Vec<&[String]> = table.iter().flat_map(|cells| cells[1..].chunks(2)).collect();
            prop_assert_eq!(rows.len(), source.len());
            prop_assert_eq!(written.len(), source.len());
            for ((row, cell), pair) in rows.iter().zip(&source).zip(written) {
                let count = chart::integer(cell.n, chart.language);
                let mark = match cell.differs {
                    None => "",
                    Some(Way::More) => "\u{a0}▲",
                    Some(Way::Less) => "\u{a0}▼",
                };
                let value = at_bar(cell.share, grouped.decimals, &count, chart.language) + mark;
                prop_assert_eq!(&row.value, &value);
                let share = in_table(cell.share, grouped.table_decimals, chart.language) + mark;
                prop_assert_eq!(pair, &[count, share][..]);
            }
            let cells = grouped.groups.iter().flat_map(|group| &group.cells);
            let numbers: Vec<f64> = cells.map(|cell| cell.share.unwrap_or(0.0)).collect();
            let widths: Vec<f64> = rows.iter().map(|row| row.width).collect();
            proportional(&widths, &numbers)?;
        }
    }

    #[test]
    fn histograms_and_their_table_say_the_same(chart in charts(histogram())) {
        let Plot::Histogram(histogram) = &chart.plot else { unreachable!() };
        let table = table(&chart)?;
        for layout in [Layout::Compact, Layout::Wide] {
            let rows = drawn(&chart, layout)?;
            prop_assert_eq!(rows.len(), table.len());
            for (row, cells) in rows.iter().zip(&table) {
                prop_assert_eq!(&row.title, &format!("{} — {}", cells[0], cells[1]));
                prop_assert!(row.value.is_empty() || row.value == cells[1]);
            }
            let heights: Vec<f64> = rows.iter().map(|row| row.height).collect();
            let numbers: Vec<f64> = histogram.counts.iter().map(|n| *n as f64).collect();
            proportional(&heights, &numbers)?;
        }
    }

    #[test]
    fn summaries_and_their_table_say_the_same(chart in charts(summary())) {
        let Plot::Summary(summary) = &chart.plot else { unreachable!() };
        let table = table(&chart)?;
        for layout in [Layout::Compact, Layout::Wide] {
            drawn(&chart, layout)?;
            let svg = chart.svg(layout);
            let document = roxmltree::Document::parse(&svg).expect("checked above");
            let of = |class: &str| -> Vec<String> {
                document
                    .descendants()
                    .filter(|node| node.attribute("class") == Some(class))
                    .map(|node| node.text().unwrap_or_default().to_owned())
                    .collect()
            };
            let mut pairs: Vec<_> = of("chart-label").into_iter().zip(of("chart-value")).collect();
            let mut expected: Vec<_> =
                table[1..].iter().map(|cells| (cells[0].clone(), cells[1].clone())).collect();
            pairs.sort();
            expected.sort();
            prop_assert_eq!(pairs, expected);
            // The places of the marks, against the numbers they stand for.
            let x = |class: &str| {
                let mark = document.descendants().find(|node| node.attribute("class") == Some(class));
                read::number(mark.expect("every mark is drawn"), if class == "chart-box" { "x" } else { "x1" })
            };
            let span = summary.max.max(0.0) - summary.min.min(0.0);
            let room = layout.width() - 16.0;
            for (class, value) in [
                ("chart-whisker chart-min", summary.min),
                ("chart-box", summary.q1),
                ("chart-median", summary.median),
                ("chart-whisker chart-max", summary.max),
                ("chart-axis", 0.0),
            ] {
                let place = 8.0 + (value - summary.min.min(0.0)) / span * room;
                prop_assert!((x(class) - place).abs() < 0.02, "{}", class);
            }
        }
    }
}
