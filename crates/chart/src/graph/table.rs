//! The table that says the same as the drawing.

use super::facts::line_text;
use super::{Graph, Node};
use crate::table::{DataTable, HeaderCell};
use crate::words;

/// Stands in a cell that says nothing.
const NOTHING: &str = "–";

pub(super) fn table(graph: &Graph) -> DataTable {
    let header = words::graph_columns(graph.language);
    let caption = match graph.title.trim() {
        "" => graph.counted(),
        title => format!("{title} — {}", graph.counted()),
    };
    DataTable {
        caption,
        header: vec![header.into_iter().map(HeaderCell::one).collect()],
        rows: graph
            .nodes
            .iter()
            .enumerate()
            .map(|(index, node)| (graph.numbered(index), cells(graph, index, node)))
            .collect(),
    }
}

fn cells(graph: &Graph, index: usize, node: &Node) -> Vec<String> {
    let language = graph.language;
    let between = words::graph_between(language);
    let group = graph.group_of(index).map(|group| graph.group_title(group));
    let lines: Vec<String> = node
        .lines
        .iter()
        .map(|line| {
            let word = line.tone.word(language);
            if line.tone == node.tone || word.is_empty() {
                line_text(line).to_owned()
            } else {
                format!("{} ({word})", line_text(line))
            }
        })
        .collect();
    let conditions: Vec<String> = graph
        .labels(index)
        .into_iter()
        .map(|label| format!("{} {label}", words::graph_if(language)))
        .collect();
    let mut state: Vec<String> = Vec::new();
    let word = node.tone.word(language);
    if !word.is_empty() {
        state.push(word.to_owned());
    }
    let leaps = graph.leaps(index);
    if !leaps.is_empty() {
        state.push(words::graph_then(&leaps, language));
    }
    vec![
        filled(group.unwrap_or_default().to_owned()),
        filled(lines.join(between)),
        filled(conditions.join(between)),
        filled(graph.sources(index).join(between)),
        filled(state.join(between)),
    ]
}

fn filled(text: String) -> String {
    if text.is_empty() {
        NOTHING.to_owned()
    } else {
        text
    }
}
