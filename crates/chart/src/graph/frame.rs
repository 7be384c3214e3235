//! What stands around the graph: the document, its names, its heading.

use super::card::{BASE, LINE, Piece, TEXT, wrap, wrap_bold};
use super::paint::rect;
use super::{Graph, STYLESHEET, Tone};
use crate::svg::{Svg, coordinate};
use crate::text;
use crate::words;

/// Page colours of a drawing that stands alone.
const FILE_STYLESHEET: &str = include_str!("file.css");
/// Size of the heading, and distance between its lines.
const HEADING: f64 = 19.0;
pub(super) const HEADING_LINE: f64 = 25.0;

/// The beginning of the drawing: its names, its size and, if it stands alone, its colours.
pub(super) fn open(graph: &Graph, size: (f64, f64), alone: bool, role: &'static str) -> Svg {
    let id = format!("{}-graph", text::slug(&graph.id));
    let (wide, high) = (coordinate(size.0), coordinate(size.1));
    let view_box = format!("0 0 {wide} {high}");
    let names = (format!("{id}-title"), format!("{id}-desc"));
    let mut attributes = vec![
        ("xmlns", "http://www.w3.org/2000/svg".into()),
        (
            "class",
            if alone { "graph graph-file" } else { "graph" }.into(),
        ),
        ("viewBox", view_box.as_str().into()),
    ];
    if !alone {
        // Its own size; alone it fills the window.
        attributes.push(("width", wide.as_str().into()));
        attributes.push(("height", high.as_str().into()));
    }
    attributes.extend([
        ("role", role.into()),
        ("lang", graph.language.tag().into()),
        ("aria-labelledby", names.0.as_str().into()),
        ("aria-describedby", names.1.as_str().into()),
    ]);
    let mut svg = Svg::empty_document();
    svg.open("svg", &attributes);
    svg.leaf("title", &[("id", names.0.as_str().into())], &graph.title);
    svg.leaf("desc", &[("id", names.1.as_str().into())], &describe(graph));
    if alone {
        svg.leaf("style", &[], &format!("{STYLESHEET}{FILE_STYLESHEET}"));
        rect(
            &mut svg,
            "graph-page",
            [0.0, 0.0, size.0, size.1],
            &[("fill", "none".into())],
        );
    }
    svg
}

/// Counts, then how many nodes have which tone.
fn describe(graph: &Graph) -> String {
    let counts: Vec<(usize, &str)> = Tone::ALL
        .into_iter()
        .filter(|tone| *tone != Tone::Plain)
        .map(|tone| {
            let nodes = graph.nodes.iter().filter(|node| node.tone == tone).count();
            (nodes, tone.word(graph.language))
        })
        .filter(|(nodes, _)| *nodes > 0)
        .collect();
    words::describe_graph(&graph.counted(), &counts, graph.language)
}

/// Title and counts, and how high they are.
pub(super) fn heading(graph: &Graph, room: f64) -> (Vec<Piece>, f64) {
    let mut y = 0.0;
    let mut pieces = Vec::new();
    if !graph.title.trim().is_empty() {
        for text in wrap_bold(&graph.title, HEADING, room, 2) {
            pieces.push(Piece {
                class: "graph-heading",
                x: 0.0,
                y: y + 17.0,
                size: HEADING,
                text,
            });
            y += HEADING_LINE;
        }
    }
    for text in wrap(&graph.counted(), TEXT, room, 2) {
        pieces.push(Piece {
            class: "graph-counts",
            x: 0.0,
            y: y + BASE,
            size: TEXT,
            text,
        });
        y += LINE;
    }
    (pieces, y + 8.0)
}
