//! The branches that the proof knows, as a graph to be drawn.

use std::collections::HashMap;

use chart::Language;
use chart::graph::{Edge, EdgeKind, Graph, Group, Line, Node, Tone};
use expr::Lang;
use proof::graph::{Branches, Reach, Way};
use questionnaire::instrument::ItemIx;

/// The branches as something to draw.
pub(crate) fn graph(it: &Branches, lang: Lang) -> Graph {
    let node = |step: &proof::graph::Step| Node {
        id: String::new(),
        group: Some(step.block),
        title: step.title.clone(),
        lines: step
            .lines
            .iter()
            .map(|line| Line {
                id: line.id.clone(),
                text: line.text.clone(),
                tone: tone(line.reach),
                detail: String::new(),
            })
            .collect(),
        tone: tone(step.reach),
        detail: example(&step.example, lang),
    };
    let edge = |way: &Way| match way {
        Way::Next { from, to } => Edge {
            from: *from,
            line: None,
            to: *to,
            label: String::new(),
            kind: EdgeKind::Sequence,
        },
        Way::Opens {
            from,
            line,
            to,
            condition,
        } => Edge {
            from: *from,
            line: *line,
            to: *to,
            label: condition.clone(),
            kind: EdgeKind::Condition,
        },
    };
    let group = |(id, title): &(String, String)| Group {
        id: id.clone(),
        title: title.clone(),
    };
    Graph {
        id: "routes".to_owned(),
        language: match lang {
            Lang::Fr => Language::French,
            Lang::En => Language::English,
        },
        title: it.title.clone(),
        groups: it.blocks.iter().map(group).collect(),
        nodes: it.steps.iter().map(node).collect(),
        edges: it.ways.iter().map(edge).collect(),
    }
}

/// The branches as something to work on: conditions are in words, and what only repeats them is called by its
/// pages.
pub(crate) fn in_words(it: &Branches, pages: &HashMap<ItemIx, &str>, lang: Lang) -> Graph {
    let mut graph = graph(it, lang);
    for (node, step) in graph.nodes.iter_mut().zip(&it.steps) {
        if step.said.is_empty() || step.title != step.said {
            continue;
        }
        let mut names: Vec<&str> = Vec::new();
        let lines = step.lines.iter();
        for name in lines.filter_map(|it| pages.get(&it.item).copied()) {
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
        node.title = names.join(" · ");
    }
    for edge in &mut graph.edges {
        let said = it.steps.get(edge.to).map(|it| it.said.as_str());
        if let (EdgeKind::Condition, Some(said)) = (edge.kind, said) {
            said.clone_into(&mut edge.label);
        }
    }
    graph
}

const fn tone(it: Reach) -> Tone {
    match it {
        Reach::Always => Tone::Always,
        Reach::Some => Tone::Reached,
        Reach::Open => Tone::Unknown,
        Reach::Never => Tone::Never,
    }
}

fn example(answers: &str, lang: Lang) -> String {
    match lang {
        _ if answers.is_empty() => String::new(),
        Lang::Fr => format!("Par exemple\u{202f}: {answers}"),
        Lang::En => format!("For example: {answers}"),
    }
}

/// Digits in groups of three.
pub(crate) fn grouped(digits: &str, between: char) -> String {
    let n = digits.len();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (n - at).is_multiple_of(3) {
            out.push(between);
        }
        out.push(digit);
    }
    out
}
