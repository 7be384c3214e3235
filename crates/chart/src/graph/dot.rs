//! The graph for Graphviz.

use std::collections::BTreeSet;

use super::facts::line_text;
use super::paint::{border, class};
use super::{Edge, EdgeKind, Graph, Tone};
use crate::text;
use crate::words;

/// Width of a line of text in a node, in units.
const WIDTH: f64 = 260.0;

pub(super) fn write(graph: &Graph) -> String {
    let mut out = String::from("digraph graph_of_routes {\n");
    let title = quoted(&graph.title);
    out.push_str(&format!(
        "  graph [label={title}, labelloc=t, rankdir=TB, fontname=\"Helvetica\", newrank=true];\n"
    ));
    out.push_str(
        "  node [shape=box, fontname=\"Helvetica\", fontsize=11, margin=\"0.12,0.08\"];\n",
    );
    out.push_str("  edge [fontname=\"Helvetica\", fontsize=10];\n");
    for node in 0..graph.nodes.len() {
        if graph.group_of(node).is_none() {
            write_node(&mut out, graph, node, "  ");
        }
    }
    for group in 0..graph.groups.len() {
        out.push_str(&format!("  subgraph cluster_{group} {{\n"));
        let title = quoted(graph.group_title(group));
        out.push_str(&format!(
            "    graph [label={title}, labeljust=l, style=filled, color=\"#f2f4f6\"];\n"
        ));
        for node in 0..graph.nodes.len() {
            if graph.group_of(node) == Some(group) {
                write_node(&mut out, graph, node, "    ");
            }
        }
        out.push_str("  }\n");
    }
    // A condition that reads several lines of one node is one edge between the two.
    let mut written = BTreeSet::new();
    for (_, edge) in graph.sound_edges() {
        if written.insert((edge.from, edge.to, edge.kind, edge.label.trim())) {
            write_edge(&mut out, graph, edge);
        }
    }
    out.push_str("}\n");
    out
}

fn write_node(out: &mut String, graph: &Graph, index: usize, indent: &str) {
    let Some(node) = graph.nodes.get(index) else {
        return;
    };
    let word = |tone: Tone| match tone.word(graph.language) {
        "" => String::new(),
        word => format!(" ({word})"),
    };
    let mut label = String::from("\"");
    let title = format!("{}{}", graph.numbered(index), word(node.tone));
    paragraph(&mut label, &title, "");
    for line in &node.lines {
        let tone = if line.tone == node.tone {
            String::new()
        } else {
            word(line.tone)
        };
        paragraph(&mut label, &format!("• {}{tone}", line_text(line)), "   ");
    }
    label.push('"');
    let (shape, style, colour) = look(node.tone);
    let tooltip = quoted(if node.detail.trim().is_empty() {
        &title
    } else {
        &node.detail
    });
    let width = border(node.tone);
    let class = class(node.tone);
    out.push_str(&format!(
        "{indent}n{index} [label={label}, tooltip={tooltip}, class=\"{class}\", shape={shape}, \
         style=\"{style}\", color=\"{colour}\", fillcolor=\"#ffffff\", penwidth={width}];\n"
    ));
}

/// Shape, style and colour: any two of them tell the tones apart.
fn look(tone: Tone) -> (&'static str, &'static str, &'static str) {
    match tone {
        Tone::Plain => ("box", "filled", "#565c66"),
        Tone::Reached => ("box", "filled,rounded", "#3c6e57"),
        Tone::Always => ("box", "filled,bold", "#1b1f24"),
        Tone::Never => ("octagon", "filled,dashed", "#b3261e"),
        Tone::Unknown => ("note", "filled,dotted", "#8a5300"),
    }
}

fn write_edge(out: &mut String, graph: &Graph, edge: &Edge) {
    let (from, to) = (edge.from, edge.to);
    match edge.kind {
        EdgeKind::Sequence => {
            let style = "color=\"#858c96\", weight=8, arrowsize=0.7";
            out.push_str(&format!("  n{from} -> n{to} [{style}"));
        }
        EdgeKind::Condition => {
            let style = "color=\"#1d5b8f\", fontcolor=\"#1d5b8f\", penwidth=1.5";
            out.push_str(&format!("  n{from} -> n{to} [{style}"));
        }
    }
    let label = edge.label.trim();
    if !label.is_empty() {
        let mut written = String::from("\"");
        for (at, line) in text::wrap(label, WIDTH, 4).iter().enumerate() {
            if at > 0 {
                written.push_str("\\n");
            }
            escape(&mut written, line);
        }
        written.push('"');
        let full = quoted(label);
        out.push_str(&format!(
            ", label={written}, labeltooltip={full}, edgetooltip={full}"
        ));
    } else if let Some(line) = graph.line_of(edge) {
        out.push_str(&format!(", edgetooltip={}", quoted(line_text(line))));
    }
    if edge.kind == EdgeKind::Condition && label.is_empty() {
        // Without a label the reason for the line would only be its colour.
        let word = quoted(words::graph_edge(edge.kind, graph.language));
        out.push_str(&format!(", label={word}"));
    }
    out.push_str("];\n");
}

/// Lines that begin at the left, each ended by Graphviz's `\l`.
fn paragraph(out: &mut String, content: &str, indent: &str) {
    for (at, line) in text::wrap(content, WIDTH, 6).iter().enumerate() {
        if at > 0 {
            out.push_str(indent);
        }
        escape(out, line);
        out.push_str("\\l");
    }
}

/// A quoted string that reads as `text`, whatever it holds.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    escape(&mut out, text);
    out.push('"');
    out
}

/// Graphviz reads backslashes in labels, and entities such as `&lt;`.
fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '&' => out.push_str("&amp;"),
            c => out.push(text::printable(c)),
        }
    }
}
