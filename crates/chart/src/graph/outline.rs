//! The graph as an outline for terminals.

use super::facts::line_text;
use super::{Graph, Line, Node};
use crate::text;
use crate::words;

/// Columns of a terminal.
const COLUMNS: usize = 80;
/// Names of lines are aligned up to this many columns.
const NAMES: usize = 24;

pub(super) fn write(graph: &Graph) -> String {
    let mut out = String::new();
    if !graph.title.trim().is_empty() {
        wrapped(&mut out, "", "", &graph.title);
    }
    wrapped(&mut out, "", "", &graph.counted());
    let names = graph
        .nodes
        .iter()
        .flat_map(|node| &node.lines)
        .map(|line| columns(&clean(&line.id)));
    let names = names.max().unwrap_or(0).min(NAMES);
    let mut previous = None;
    for (index, node) in graph.nodes.iter().enumerate() {
        let group = graph.group_of(index);
        if index == 0 || previous != group {
            out.push('\n');
            if let Some(group) = group {
                wrapped(&mut out, "", "", graph.group_title(group));
            }
        } else {
            out.push_str(if group.is_some() { "│\n" } else { "\n" });
        }
        let last = index + 1 == graph.nodes.len() || graph.group_of(index + 1) != group;
        let (first, rest) = match (group, last) {
            (None, _) => ("", "   "),
            (Some(_), true) => ("└─ ", "   "),
            (Some(_), false) => ("├─ ", "│  "),
        };
        write_node(&mut out, graph, index, node, [first, rest], names);
        previous = group;
    }
    out
}

fn write_node(
    out: &mut String,
    graph: &Graph,
    index: usize,
    node: &Node,
    [first, rest]: [&str; 2],
    names: usize,
) {
    let language = graph.language;
    let mut title = graph.numbered(index);
    let word = node.tone.word(language);
    if !word.is_empty() {
        title.push_str(&format!(" — {word}"));
    }
    wrapped(out, first, rest, &title);
    let deep = format!("{rest}   ");
    for label in graph.labels(index) {
        let text = format!("{} {label}", words::graph_if(language));
        wrapped(out, rest, &deep, &text);
    }
    let sources = graph.sources(index);
    if !sources.is_empty() {
        wrapped(out, rest, &deep, &format!("← {}", sources.join(", ")));
    }
    for line in &node.lines {
        write_line(out, graph, node, line, rest, names);
    }
    let leaps = graph.leaps(index);
    if !leaps.is_empty() {
        let then = words::graph_then(&leaps, language);
        wrapped(out, rest, &deep, &format!("→ {then}"));
    }
}

fn write_line(out: &mut String, graph: &Graph, node: &Node, line: &Line, rest: &str, names: usize) {
    let name = clean(line.id.trim());
    let mut text = if line.text.trim().is_empty() && names > 0 {
        String::new()
    } else {
        line_text(line).to_owned()
    };
    if line.tone != node.tone {
        let word = line.tone.word(graph.language);
        if !word.is_empty() {
            text.push_str(&format!(" — {word}"));
        }
    }
    if names == 0 {
        return wrapped(out, &format!("{rest}· "), &format!("{rest}  "), &text);
    }
    let gap = " ".repeat(names.saturating_sub(columns(&name)));
    let under = format!("{rest}  {}  ", " ".repeat(names));
    if columns(&name) > names {
        // A name too long for its column has a line of its own.
        wrapped(out, &format!("{rest}· "), &format!("{rest}  "), &name);
        wrapped(out, &under, &under, &text);
    } else {
        wrapped(out, &format!("{rest}· {name}{gap}  "), &under, &text);
    }
}

/// `text` in lines that fit, the first after `first`, the others after `rest`.
fn wrapped(out: &mut String, first: &str, rest: &str, text: &str) {
    let text = clean(text);
    let mut line = first.to_owned();
    let mut used = columns(first);
    let mut empty = true;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let needed = columns(word) + usize::from(!empty);
        if !empty && used + needed > COLUMNS {
            finish(out, &line);
            rest.clone_into(&mut line);
            used = columns(rest);
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        used += columns(word) + usize::from(!empty);
        empty = false;
    }
    finish(out, &line);
}

fn finish(out: &mut String, line: &str) {
    out.push_str(line.trim_end());
    out.push('\n');
}

/// Without what would move the cursor or change its colour, or turn the direction of text.
fn clean(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
            c => text::printable(c),
        })
        .collect()
}

/// How many columns a terminal takes for a text, roughly.
fn columns(text: &str) -> usize {
    text.chars()
        .map(|c| match c {
            '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' => 0,
            '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' => 2,
            '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' => 2,
            '\u{1f300}'.. => 2,
            _ => 1,
        })
        .sum()
}
