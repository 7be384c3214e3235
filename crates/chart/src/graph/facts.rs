//! What every form of a graph says, decided once: names, conditions, where they are read.

use super::{Edge, EdgeKind, Graph, Line, Node, Tone};
use crate::words;

impl Graph {
    /// Edges between nodes that exist, with their index.
    pub(super) fn sound_edges(&self) -> impl Iterator<Item = (usize, &Edge)> {
        let count = self.nodes.len();
        self.edges
            .iter()
            .enumerate()
            .filter(move |(_, edge)| edge.from < count && edge.to < count)
    }

    /// Condition edges into a node.
    fn conditions_of(&self, node: usize) -> impl Iterator<Item = &Edge> {
        self.sound_edges()
            .map(|(_, edge)| edge)
            .filter(move |edge| edge.to == node && edge.kind == EdgeKind::Condition)
    }

    /// The different conditions of a node, in the order of its edges.
    pub(super) fn labels(&self, node: usize) -> Vec<&str> {
        let mut labels: Vec<&str> = Vec::new();
        for edge in self.conditions_of(node) {
            let label = edge.label.trim();
            if !label.is_empty() && !labels.contains(&label) {
                labels.push(label);
            }
        }
        labels
    }

    /// Names of what the conditions of a node read.
    pub(super) fn sources(&self, node: usize) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for edge in self.conditions_of(node) {
            let name = match self.line_of(edge) {
                Some(line) if !line.id.is_empty() => line.id.clone(),
                Some(line) => line.text.clone(),
                None => self.numbered(edge.from),
            };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// Nodes that a node leads to in the sequence, where that is not just the next one.
    pub(super) fn leaps(&self, node: usize) -> Vec<usize> {
        let mut next: Vec<usize> = self
            .sound_edges()
            .map(|(_, edge)| edge)
            .filter(|edge| edge.from == node && edge.kind == EdgeKind::Sequence)
            .map(|edge| edge.to)
            .collect();
        next.sort_unstable();
        next.dedup();
        if next == [node + 1] {
            next.clear();
        }
        next
    }

    /// The line an edge reads.
    pub(super) fn line_of(&self, edge: &Edge) -> Option<&Line> {
        self.nodes.get(edge.from)?.lines.get(edge.line?)
    }

    /// The group of a node, if there is such a group.
    pub(super) fn group_of(&self, node: usize) -> Option<usize> {
        let group = self.nodes.get(node)?.group?;
        (group < self.groups.len()).then_some(group)
    }

    pub(super) fn group_title(&self, group: usize) -> &str {
        self.groups
            .get(group)
            .map_or("", |group| first_filled(&group.title, &group.id))
    }

    /// `3. Title`: the number is the same in every form, so that one finds a step again.
    pub(super) fn numbered(&self, node: usize) -> String {
        let title = self
            .nodes
            .get(node)
            .map_or("", |node| first_filled(&node.title, &node.id));
        let number = node + 1;
        if title.is_empty() {
            format!("{number}.")
        } else {
            format!("{number}. {title}")
        }
    }

    /// Tones that occur, in the order of the key.
    pub(super) fn tones(&self) -> Vec<Tone> {
        let of = |node: &Node, tone| {
            node.tone == tone || node.lines.iter().any(|line| line.tone == tone)
        };
        Tone::ALL
            .into_iter()
            .filter(|tone| *tone != Tone::Plain)
            .filter(|tone| self.nodes.iter().any(|node| of(node, *tone)))
            .collect()
    }

    /// « 14 étapes · 32 questions · 6 blocs ».
    pub(super) fn counted(&self) -> String {
        let lines = self.nodes.iter().map(|node| node.lines.len()).sum();
        words::graph_counts(self.nodes.len(), lines, self.groups.len(), self.language)
    }
}

/// What names a line: what it asks, or else its name.
pub(super) fn line_text(line: &Line) -> &str {
    first_filled(&line.text, &line.id)
}

fn first_filled<'a>(title: &'a str, id: &'a str) -> &'a str {
    if title.trim().is_empty() {
        id.trim()
    } else {
        title.trim()
    }
}
