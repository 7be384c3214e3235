//! What holds for every graph, whatever is in it.

use chart::Language;
use chart::graph::{Edge, EdgeKind, Graph, Group, Line, Node, Tone};
use proptest::prelude::*;
use roxmltree::Document;

use crate::laws::{HOSTILE, label};
use crate::read;

/// A rectangle: left, top, right, bottom.
pub(crate) type Area = [f64; 4];

fn tone() -> impl Strategy<Value = Tone> {
    prop_oneof![
        Just(Tone::Plain),
        Just(Tone::Reached),
        Just(Tone::Always),
        Just(Tone::Never),
        Just(Tone::Unknown),
    ]
}

fn node() -> impl Strategy<Value = Node> {
    let line = (label(), label(), tone(), label()).prop_map(|(id, text, tone, detail)| Line {
        id,
        text,
        tone,
        detail,
    });
    let lines = proptest::collection::vec(line, 0..6);
    (
        label(),
        proptest::option::of(0_usize..5),
        label(),
        lines,
        tone(),
        label(),
    )
        .prop_map(|(id, group, title, lines, tone, detail)| Node {
            id,
            group,
            title,
            lines,
            tone,
            detail,
        })
}

/// Edges anywhere: forward, back, to itself, to nodes there are not.
fn edge(nodes: usize) -> impl Strategy<Value = Edge> {
    let kind = prop_oneof![Just(EdgeKind::Sequence), Just(EdgeKind::Condition)];
    let end = 0..nodes + 1;
    (
        end.clone(),
        proptest::option::of(0_usize..6),
        end,
        label(),
        kind,
    )
        .prop_map(|(from, line, to, label, kind)| Edge {
            from,
            line,
            to,
            label,
            kind,
        })
}

pub(crate) fn graphs() -> impl Strategy<Value = Graph> {
    let groups = proptest::collection::vec((label(), label()), 0..4);
    (
        proptest::collection::vec(node(), 0..14),
        groups,
        label(),
        label(),
        any::<bool>(),
    )
        .prop_flat_map(|(nodes, groups, id, title, english)| {
            let edges = proptest::collection::vec(edge(nodes.len()), 0..24);
            let chain: Vec<Edge> = (1..nodes.len())
                .map(|to| Edge {
                    from: to - 1,
                    to,
                    ..Edge::default()
                })
                .collect();
            (
                Just((nodes, groups, id, title, english)),
                edges,
                any::<bool>(),
            )
                .prop_map(
                    move |((nodes, groups, id, title, english), mut edges, chained)| {
                        if chained {
                            edges.extend(chain.iter().cloned());
                        }
                        let language = if english {
                            Language::English
                        } else {
                            Language::French
                        };
                        let groups = groups
                            .into_iter()
                            .map(|(id, title)| Group { id, title })
                            .collect();
                        Graph {
                            id,
                            language,
                            title,
                            groups,
                            nodes,
                            edges,
                        }
                    },
                )
        })
}

fn area(node: roxmltree::Node<'_, '_>) -> Area {
    let [x, y, width, height] = ["x", "y", "width", "height"].map(|name| read::number(node, name));
    [x, y, x + width, y + height]
}

pub(crate) fn areas(document: &Document<'_>, class: &str) -> Vec<Area> {
    document
        .descendants()
        .filter(|node| node.attribute("class") == Some(class))
        .map(area)
        .collect()
}

fn overlap(a: &Area, b: &Area) -> bool {
    a[0] < b[2] - 0.02 && b[0] < a[2] - 0.02 && a[1] < b[3] - 0.02 && b[1] < a[3] - 0.02
}

fn on_border(area: &Area, (x, y): (f64, f64)) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() < 0.02;
    let within = |value: f64, from: f64, to: f64| value > from - 0.02 && value < to + 0.02;
    (near(x, area[0]) || near(x, area[2])) && within(y, area[1], area[3])
        || (near(y, area[1]) || near(y, area[3])) && within(x, area[0], area[2])
}

/// Numbers of a path, two by two.
fn points(d: &str) -> Vec<(f64, f64)> {
    let numbers: Vec<f64> = d
        .split(|c: char| c.is_ascii_alphabetic() || c == ' ')
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().unwrap_or(f64::NAN))
        .collect();
    numbers.chunks(2).map(|pair| (pair[0], pair[1])).collect()
}

/// Checks a drawing; returns what is wrong with it.
fn check(graph: &Graph, svg: &str) -> Result<(), String> {
    let document = Document::parse(svg).map_err(|error| format!("{error}\n{svg}"))?;
    let known = ["svg", "title", "desc", "style", "g", "rect", "path", "text"];
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        let name = node.tag_name().name();
        if !known.contains(&name) {
            return Err(format!("element {name}"));
        }
        for attribute in node.attributes() {
            let name = attribute.name();
            if name == "style" || name == "href" || name.starts_with("on") {
                return Err(format!("attribute {name}"));
            }
        }
    }
    let view = document
        .root_element()
        .attribute("viewBox")
        .unwrap_or_default();
    let view = points(view);
    let (wide, high) = view[1];
    let boxes = areas(&document, "graph-box");
    let tabs = areas(&document, "graph-tab");
    if boxes.len() != graph.nodes.len() {
        return Err(format!(
            "{} boxes of {} nodes",
            boxes.len(),
            graph.nodes.len()
        ));
    }
    let all: Vec<&Area> = boxes.iter().chain(&tabs).collect();
    for (at, a) in all.iter().enumerate() {
        if a[0] < 0.0 || a[1] < 0.0 || a[2] > wide || a[3] > high {
            return Err(format!("{a:?} is outside {wide} × {high}"));
        }
        if let Some(b) = all.iter().skip(at + 1).find(|b| overlap(a, b)) {
            return Err(format!("{a:?} overlaps {b:?}"));
        }
    }
    for text in document
        .descendants()
        .filter(|node| node.has_tag_name(read::name("text")))
    {
        let (x, y, size) = (
            read::number(text, "x"),
            read::number(text, "y"),
            read::number(text, "font-size"),
        );
        let right = x + width(text.text().unwrap_or_default(), size);
        if x < 0.0 || right > wide || y - size * 0.8 < 0.0 || y + size * 0.25 > high {
            return Err(format!("text outside: {text:?}"));
        }
    }
    ends(graph, &document, &boxes, &all)
}

/// Every edge starts and ends on the borders of its nodes and goes around all others.
fn ends(
    graph: &Graph,
    document: &Document<'_>,
    boxes: &[Area],
    all: &[&Area],
) -> Result<(), String> {
    let mut drawn = 0;
    // Where each bundle enters: node, place, and what makes it a bundle.
    let mut entries: Vec<(usize, (f64, f64), _)> = Vec::new();
    for group in document
        .descendants()
        .filter(|node| node.has_attribute("data-edge"))
    {
        let index: usize = group
            .attribute("data-edge")
            .and_then(|index| index.parse().ok())
            .ok_or("no index")?;
        let edge = &graph.edges[index];
        let way = group
            .children()
            .find(|node| node.attribute("class") == Some("graph-way"))
            .and_then(|node| node.attribute("d"))
            .ok_or("no way")?;
        let way = points(way);
        let (start, end) = (way[0], way[way.len() - 1]);
        if !on_border(&boxes[edge.from], start) || !on_border(&boxes[edge.to], end) {
            return Err(format!("{edge:?} runs from {start:?} to {end:?}"));
        }
        for pair in way.windows(2) {
            let step: Area = [
                pair[0].0.min(pair[1].0) - 0.05,
                pair[0].1.min(pair[1].1) - 0.05,
                pair[0].0.max(pair[1].0) + 0.05,
                pair[0].1.max(pair[1].1) + 0.05,
            ];
            let inner = |area: &Area| [area[0] + 0.2, area[1] + 0.2, area[2] - 0.2, area[3] - 0.2];
            if let Some(hit) = all.iter().find(|area| overlap(&inner(area), &step)) {
                return Err(format!("{edge:?} at {step:?} runs over {hit:?}"));
            }
        }
        let lines = graph.nodes[edge.from].lines.len();
        let line = edge
            .line
            .filter(|line| *line < lines && edge.kind == EdgeKind::Condition);
        let bundle = (edge.from, edge.kind, line);
        for (to, place, other) in &entries {
            let near = (place.0 - end.0).abs() < 0.02 && (place.1 - end.1).abs() < 0.02;
            if *to == edge.to && near && *other != bundle {
                return Err(format!("{bundle:?} and {other:?} enter at {place:?}"));
            }
        }
        entries.push((edge.to, end, bundle));
        drawn += 1;
    }
    let count = graph.nodes.len();
    let sound = graph
        .edges
        .iter()
        .filter(|edge| edge.from < count && edge.to < count);
    let sound = sound.count();
    if drawn == sound {
        Ok(())
    } else {
        Err(format!("{drawn} of {sound} edges are drawn"))
    }
}

/// A measure of our own, on the narrow side: what is too wide for it is too wide for any font.
fn width(text: &str, size: f64) -> f64 {
    text.chars().filter(|c| c.is_alphanumeric()).count() as f64 * size * 0.25
}

/// Reads DOT as Graphviz would, as far as strings go: names, signs and quoted strings.
fn dot_strings(dot: &str) -> Result<Vec<String>, String> {
    let mut strings = Vec::new();
    let mut characters = dot.chars();
    while let Some(c) = characters.next() {
        if c != '"' {
            if !(c.is_ascii_alphanumeric() || " \n[]{}=,;->_.#".contains(c)) {
                return Err(format!("{c:?} outside of a string in\n{dot}"));
            }
            continue;
        }
        let mut string = String::new();
        loop {
            match characters.next() {
                None => return Err("a string without end".to_owned()),
                Some('"') => break,
                Some('\\') => match characters.next() {
                    Some('l' | 'n') => string.push('\n'),
                    Some(c @ ('"' | '\\')) => string.push(c),
                    other => return Err(format!("escape {other:?}")),
                },
                Some(c) if c.is_control() => return Err(format!("{c:?} in a string")),
                Some(c) => string.push(c),
            }
        }
        strings.push(string);
    }
    Ok(strings)
}

fn readable(text: &str) -> bool {
    text.chars().all(|c| c == '\n' || !c.is_control())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn every_drawing_is_in_order(graph in graphs()) {
        for svg in [graph.svg(), graph.svg_file()] {
            if let Err(wrong) = check(&graph, &svg) {
                return Err(TestCaseError::fail(wrong));
            }
        }
        prop_assert!(!graph.svg().contains("<style"));
        prop_assert_eq!(graph.svg(), graph.clone().svg());
    }

    #[test]
    fn every_other_form_holds_its_texts(graph in graphs()) {
        let strings = dot_strings(&graph.to_dot()).map_err(TestCaseError::fail)?;
        let title: String = graph.title.chars().map(as_printed).collect();
        prop_assert_eq!(&strings[0], &title.replace('&', "&amp;"));
        let text = graph.to_text();
        prop_assert!(readable(&text), "{}", text);
        let table = graph.table();
        prop_assert_eq!(table.rows.len(), graph.nodes.len());
        let html = table.html();
        let document = Document::parse(&html);
        prop_assert!(document.is_ok(), "{}", html);
        let cells = document.map(|document| read::cells(&document)).unwrap_or_default();
        prop_assert!(cells.iter().all(|cells| cells.len() == 6));
    }
}

fn as_printed(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' => ' ',
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        c => c,
    }
}

fn steps(count: usize) -> Graph {
    let nodes = (0..count).map(|index| Node {
        title: format!("Étape {index}"),
        group: Some(index / 7),
        lines: (0..index % 5)
            .map(|line| Line {
                id: format!("q{index}_{line}"),
                ..Line::default()
            })
            .collect(),
        ..Node::default()
    });
    let groups = (0..=count / 7).map(|group| Group {
        id: String::new(),
        title: format!("Bloc {group}"),
    });
    let edges = (1..count).map(|to| Edge {
        from: to - 1,
        to,
        ..Edge::default()
    });
    Graph {
        groups: groups.collect(),
        edges: edges.collect(),
        nodes: nodes.collect(),
        ..Graph::default()
    }
}

fn condition(from: usize, to: usize) -> Edge {
    Edge {
        from,
        line: Some(0),
        to,
        label: format!("q{from}_0 = 1"),
        kind: EdgeKind::Condition,
    }
}

#[track_caller]
fn holds(graph: &Graph) {
    for svg in [graph.svg(), graph.svg_file()] {
        assert_eq!(check(graph, &svg), Ok(()));
    }
    assert!(dot_strings(&graph.to_dot()).is_ok());
    assert!(readable(&graph.to_text()));
    assert_eq!(graph.table().rows.len(), graph.nodes.len());
}

#[test]
fn nothing_and_one_node_are_graphs() {
    holds(&Graph::default());
    holds(&steps(1));
    let mut graph = steps(1);
    graph.edges = vec![condition(0, 0), Edge::default(), condition(0, 7)];
    holds(&graph);
}

#[test]
fn two_hundred_nodes_with_edges_everywhere_are_drawn() {
    let mut graph = steps(200);
    graph
        .edges
        .extend((0..200).map(|from| condition(from, (from * 37 + 11) % 200)));
    graph.edges.extend((0..200).map(|to| condition(to / 3, to)));
    holds(&graph);
}

#[test]
fn one_node_may_be_entered_and_left_by_all() {
    let mut graph = steps(40);
    graph.edges.extend((0..40).map(|from| condition(from, 20)));
    graph.edges.extend((0..40).map(|to| condition(20, to)));
    holds(&graph);
}

#[test]
fn hostile_texts_stay_texts_everywhere() {
    for text in HOSTILE
        .into_iter()
        .chain(["\\N\\G\\l\"];n0->n1", "<b>html</b>", "*/ } --> ]]>"])
    {
        let own = || text.to_owned();
        let line = Line {
            id: own(),
            text: own(),
            tone: Tone::Never,
            detail: own(),
        };
        let node = Node {
            id: own(),
            group: Some(0),
            title: own(),
            lines: vec![line],
            tone: Tone::Unknown,
            detail: own(),
        };
        let mut edge = condition(0, 1);
        edge.label = own();
        holds(&Graph {
            id: own(),
            language: Language::French,
            title: own(),
            groups: vec![Group {
                id: own(),
                title: own(),
            }],
            nodes: vec![node.clone(), node],
            edges: vec![edge],
        });
    }
}
