//! A drawing to work on: laid out as the one to look at, with links where its guide says so.

use chart::graph::{Graph, Guide, LineGuide, NodeGuide};
use proptest::prelude::*;
use roxmltree::Document;

use crate::graph_laws::{areas, graphs};
use crate::laws::HOSTILE;

/// Every condition and line leads somewhere; the way goes through some lines.
fn guide(graph: &Graph, on: &[bool]) -> Guide {
    let mut on = on.iter().copied().cycle();
    let nodes = graph.nodes.iter().enumerate().map(|(node, it)| NodeGuide {
        condition: format!("/condition/{node}"),
        verb: HOSTILE[0].to_owned(),
        lines: (0..it.lines.len())
            .map(|line| LineGuide {
                href: format!("/line/{node}/{line}"),
                key: format!("{}{node}", HOSTILE[0]),
                is_on: on.next().unwrap_or_default(),
            })
            .collect(),
    });
    Guide {
        nodes: nodes.collect(),
        has_way: !on.next().unwrap_or_default(),
    }
}

fn links(svg: &Document<'_>) -> Vec<String> {
    let links = svg.descendants().filter(|it| it.tag_name().name() == "a");
    let mut links: Vec<String> = links
        .map(|it| {
            // The title of a link is its name.
            let title = it.first_element_child().and_then(|it| it.text());
            let name = title.unwrap_or_default();
            assert!(!name.trim().is_empty(), "a link without a name");
            it.attribute("href").unwrap_or_default().to_owned()
        })
        .collect();
    links.sort();
    links
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn links_lead_from_every_line_and_condition_and_move_nothing(
        graph in graphs(),
        on in proptest::collection::vec(any::<bool>(), 1..9),
    ) {
        let guide = guide(&graph, &on);
        let (plain, svg) = (graph.svg(), graph.svg_with(&guide));
        let plain = Document::parse(&plain).map_err(|it| TestCaseError::fail(it.to_string()))?;
        let drawn = Document::parse(&svg).map_err(|it| TestCaseError::fail(it.to_string()))?;
        for class in ["graph-box", "graph-tab", "graph-frame"] {
            prop_assert_eq!(areas(&plain, class), areas(&drawn, class));
        }
        let mut expected: Vec<String> = Vec::new();
        for (node, it) in graph.nodes.iter().enumerate() {
            expected.extend((0..it.lines.len()).map(|line| format!("/line/{node}/{line}")));
        }
        let tabs = areas(&drawn, "graph-tab").len();
        let found = links(&drawn);
        let (conditions, lines): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|it| it.starts_with("/condition/"));
        expected.sort();
        prop_assert_eq!(lines, expected);
        prop_assert_eq!(conditions.len(), tabs);
        for it in drawn.descendants().flat_map(|it| it.attributes().collect::<Vec<_>>()) {
            prop_assert!(it.name() != "style" && !it.name().starts_with("on"));
        }
        let marked = svg.contains(" graph-on") || svg.contains(" graph-off");
        let any = !graph.nodes.is_empty() || graph.edges.iter().any(|it| it.from < graph.nodes.len());
        prop_assert_eq!(marked, guide.has_way && any);
    }

    /// Whoever reads on reads down: what comes later stands below in its column, or in a column further right.
    #[test]
    fn what_comes_later_stands_below_or_further_right(graph in graphs()) {
        let svg = graph.svg();
        let drawn = Document::parse(&svg).map_err(|it| TestCaseError::fail(it.to_string()))?;
        for pair in areas(&drawn, "graph-box").windows(2) {
            let (one, next) = (&pair[0], &pair[1]);
            let below = (next[0] - one[0]).abs() < 0.02 && next[1] >= one[3];
            prop_assert!(below || next[0] >= one[2], "{one:?} {next:?}");
        }
    }
}
