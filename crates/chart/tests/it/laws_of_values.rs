//! Lines and boxes: marks stand where the numbers of the table put them.

use chart::{Boxes, Layout, Line, Plot, Spread, Track};
use proptest::prelude::*;

use crate::laws::{as_read, charts, drawn, label, proportional, summary, table};
use crate::read;

pub(crate) fn line() -> impl Strategy<Value = Plot> {
    let values =
        proptest::collection::vec(proptest::option::weighted(0.8, -500.0..2000.0_f64), 0..40);
    let tracks = proptest::collection::vec((label(), values), 0..5);
    let places = proptest::collection::vec(label(), 0..40);
    (label(), places, tracks, 0_usize..3).prop_map(|(along, places, tracks, decimals)| {
        let track = |(label, values)| Track { label, values };
        Plot::Line(Line {
            along,
            places,
            tracks: tracks.into_iter().map(track).collect(),
            unit: "%".to_owned(),
            decimals,
        })
    })
}

pub(crate) fn boxes() -> impl Strategy<Value = Plot> {
    proptest::collection::vec((label(), summary(), any::<bool>()), 0..7).prop_map(|spreads| {
        let spread = |(label, plot, nobody): (String, Plot, bool)| {
            let Plot::Summary(mut summary) = plot else {
                unreachable!()
            };
            summary.unit = "€".to_owned();
            if nobody {
                summary.n = 0;
            }
            Spread { label, summary }
        };
        Plot::Boxes(Boxes {
            spreads: spreads.into_iter().map(spread).collect(),
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn lines_and_their_table_say_the_same(chart in charts(line())) {
        let Plot::Line(line) = &chart.plot else { unreachable!() };
        let table = table(&chart)?;
        prop_assert_eq!(table.len(), line.places.len());
        for layout in [Layout::Compact, Layout::Wide] {
            drawn(&chart, layout)?;
            let svg = chart.svg(layout);
            let document = read::parse(&svg);
            let groups = read::of(document.root(), "chart-track");
            prop_assert_eq!(groups.len(), line.tracks.len());
            let zero = read::number(read::of(document.root(), "chart-zero")[0], "y1");
            let (mut heights, mut numbers) = (Vec::new(), Vec::new());
            for (column, (group, track)) in groups.iter().zip(&line.tracks).enumerate() {
                // What the table has and what the line goes through.
                let values: Vec<Option<f64>> = (0..line.places.len())
                    .map(|place| track.values.get(place).copied().flatten())
                    .collect();
                let mut last = "–".to_owned();
                for (cells, value) in table.iter().zip(&values) {
                    let cell = &cells[column + 1];
                    prop_assert_eq!(cell == "–", value.is_none());
                    if let Some(value) = value {
                        let number = chart::number(*value, line.decimals, chart.language);
                        prop_assert_eq!(cell.trim_end_matches(['%', '\u{202f}']), number);
                        last.clone_from(cell);
                    }
                }
                prop_assert_eq!(read::title(*group), format!("{} — {last}", as_read(&track.label)));
                let points = read::points(read::of(*group, "chart-stroke")[0]);
                let values: Vec<f64> = values.into_iter().flatten().collect();
                prop_assert_eq!(points.len(), values.len());
                prop_assert!(points.windows(2).all(|pair| pair[0][0] <= pair[1][0]));
                prop_assert!(points.iter().all(|[x, _]| (0.0..=layout.width()).contains(x)));
                prop_assert!(points.is_empty() || !read::of(*group, "chart-marker").is_empty());
                heights.extend(points.iter().map(|[_, y]| zero - y));
                numbers.extend(values);
            }
            proportional(&heights, &numbers)?;
        }
    }

    #[test]
    fn names_at_the_ends_of_lines_stand_apart(chart in charts(line())) {
        for layout in [Layout::Compact, Layout::Wide] {
            let svg = chart.svg(layout);
            let document = read::parse(&svg);
            let mut places: Vec<f64> = read::of(document.root(), "chart-track")
                .iter()
                .flat_map(roxmltree::Node::children)
                .filter(|node| node.has_tag_name(read::name("text")))
                .map(|text| read::number(text, "y"))
                .collect();
            places.sort_by(f64::total_cmp);
            prop_assert!(places.windows(2).all(|pair| pair[1] - pair[0] > 17.9), "{:?}", places);
        }
    }

    #[test]
    fn boxes_and_their_table_say_the_same(chart in charts(boxes())) {
        let Plot::Boxes(boxes) = &chart.plot else { unreachable!() };
        let table = table(&chart)?;
        prop_assert_eq!(table.len(), boxes.spreads.len());
        for layout in [Layout::Compact, Layout::Wide] {
            drawn(&chart, layout)?;
            let svg = chart.svg(layout);
            let document = read::parse(&svg);
            let groups = read::of(document.root(), "chart-spread");
            prop_assert_eq!(groups.len(), table.len());
            let (mut lengths, mut numbers) = (Vec::new(), Vec::new());
            for ((group, cells), spread) in groups.iter().zip(&table).zip(&boxes.spreads) {
                let it = &spread.summary;
                let title = format!("{} — {} · {}", cells[0], cells[4], cells[1]);
                prop_assert_eq!(read::title(*group), title);
                if it.n == 0 {
                    prop_assert!(read::of(*group, "chart-box").is_empty());
                    prop_assert!(cells[2..].iter().all(|cell| cell == "–"));
                    continue;
                }
                let zero = read::number(read::of(document.root(), "chart-baseline")[0], "x1");
                let written = [it.min, it.q1, it.median, it.q3, it.max, it.mean]
                    .map(|value| chart::money(value, it.decimals, chart.language));
                prop_assert_eq!(&cells[2..], &written[..]);
                let area = read::of(*group, "chart-box")[0];
                let x = |class: &str| read::number(read::of(*group, class)[0], "x1");
                let q1 = read::number(area, "x");
                lengths.extend([
                    x("chart-min") - zero,
                    q1 - zero,
                    x("chart-median") - zero,
                    q1 + read::number(area, "width") - zero,
                    x("chart-max") - zero,
                    read::points(read::of(*group, "chart-mean")[0])[0][0] - zero,
                ]);
                numbers.extend([it.min, it.q1, it.median, it.q3, it.max, it.mean]);
            }
            proportional(&lengths, &numbers)?;
        }
    }
}
