//! Where the sequence of nodes breaks into columns.

use std::ops::Range;

use super::Graph;
use super::card::{Card, LINE, PAD, TEXT, cards, wrap_bold};

/// Space between two nodes, and between two groups in a column.
pub(super) const BETWEEN: f64 = 12.0;
const APART: f64 = 14.0;
/// How far the frame of a group stands out around its nodes.
pub(super) const FRAME: f64 = 8.0;
/// The screen a drawing is made for.
const SCREEN: (f64, f64) = (1366.0, 768.0);
/// Widths of a node that are tried.
const WIDTHS: [f64; 9] = [
    180.0, 195.0, 210.0, 225.0, 240.0, 255.0, 270.0, 290.0, 310.0,
];
/// What a channel between two columns usually takes.
const CHANNEL: f64 = 50.0;
/// What heading, key and the channels above and below usually take.
const AROUND: f64 = 140.0;
/// A broken group, and a broken word, are as bad as text this much smaller.
const BROKEN: f64 = 0.02;
const SQUEEZED: f64 = 0.01;

/// Consecutive nodes of one group in one column.
#[derive(Clone)]
pub(super) struct Run {
    pub(super) group: Option<usize>,
    /// Lines of the title.
    pub(super) title: Vec<String>,
    pub(super) nodes: Range<usize>,
    /// Top and height of its frame.
    pub(super) top: f64,
    pub(super) height: f64,
}

/// Nodes in columns, without their `x`.
#[derive(Clone)]
pub(super) struct Plan {
    pub(super) width: f64,
    pub(super) cards: Vec<Card>,
    pub(super) columns: Vec<Vec<Run>>,
    /// Column of each node, and top of its box.
    pub(super) column: Vec<usize>,
    pub(super) top: Vec<f64>,
    pub(super) height: f64,
    /// Groups that go on in another column.
    pub(super) broken: usize,
    /// Words that had to be broken.
    squeezed: usize,
}

impl Plan {
    /// Places for these nodes; only the plans that are kept get their `cards`.
    pub(super) fn new(width: f64, cards: &[Card]) -> Self {
        Self {
            width,
            cards: Vec::new(),
            columns: Vec::new(),
            column: vec![0; cards.len()],
            top: vec![0.0; cards.len()],
            height: 0.0,
            broken: 0,
            squeezed: cards.iter().map(|card| card.squeezed).sum(),
        }
    }

    /// What speaks for this plan if the drawing has this size.
    pub(super) fn merit(&self, width: f64, height: f64) -> f64 {
        let shape = (width * SCREEN.1 / (height.max(1.0) * SCREEN.0)).ln().abs();
        scale(width, height)
            - BROKEN * self.broken as f64
            - SQUEEZED * self.squeezed as f64
            - 0.02 * shape
    }
}

/// How large a drawing of this size is on the screen: 1 is its own size.
fn scale(width: f64, height: f64) -> f64 {
    (SCREEN.0 / width.max(1.0))
        .min(SCREEN.1 / height.max(1.0))
        .min(1.0)
}

/// The most promising ways to break the nodes into columns, best first.
pub(super) fn plans(graph: &Graph, most: usize) -> Vec<Plan> {
    let mut found: Vec<(f64, Plan)> = Vec::new();
    for width in WIDTHS {
        let cards = cards(graph, width);
        let text = Text::new(graph, &cards, width);
        let mut seen: Vec<Vec<Range<usize>>> = Vec::new();
        for limit in text.limits() {
            let parts = text.fill(limit);
            if seen.contains(&parts) {
                continue;
            }
            let plan = text.plan(&parts);
            let columns = plan.columns.len() as f64;
            let across = columns * (width + 2.0 * FRAME) + (columns + 1.0) * CHANNEL;
            found.push((plan.merit(across, plan.height + AROUND), plan));
            seen.push(parts);
        }
    }
    // Stable, so that equally good plans keep their order.
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut best: Vec<Plan> = found.into_iter().take(most).map(|(_, plan)| plan).collect();
    for plan in &mut best {
        plan.cards = cards(graph, plan.width);
    }
    best
}

/// The nodes as a text to set in columns.
struct Text<'a> {
    graph: &'a Graph,
    cards: &'a [Card],
    width: f64,
    groups: Vec<Option<usize>>,
    /// Height of each group's title, where it begins and where it goes on.
    titles: Vec<[f64; 2]>,
}

impl<'a> Text<'a> {
    fn new(graph: &'a Graph, cards: &'a [Card], width: f64) -> Self {
        let nodes = 0..cards.len();
        let mut text = Self {
            graph,
            cards,
            width,
            groups: nodes.map(|node| graph.group_of(node)).collect(),
            titles: Vec::new(),
        };
        text.titles = (0..graph.groups.len())
            .map(|group| {
                [true, false].map(|first| text.title(Some(group), first).len() as f64 * LINE + 4.0)
            })
            .collect();
        text
    }

    fn title(&self, group: Option<usize>, first: bool) -> Vec<String> {
        let Some(group) = group else {
            return Vec::new();
        };
        let mut title = self.graph.group_title(group).to_owned();
        if title.is_empty() {
            return Vec::new();
        }
        if !first {
            title.push(' ');
            title.push_str(crate::words::graph_continued(self.graph.language));
        }
        wrap_bold(&title, TEXT, self.width - PAD, 3)
    }

    fn group(&self, node: usize) -> Option<usize> {
        self.groups.get(node).copied().flatten()
    }

    fn whole(&self, node: usize) -> f64 {
        self.cards.get(node).map_or(0.0, Card::whole)
    }

    /// Height of the title over a node that comes first in a frame, frame included.
    fn above(&self, node: usize) -> f64 {
        let titles = self.group(node).and_then(|group| self.titles.get(group));
        FRAME + titles.map_or(0.0, |titles| titles[usize::from(self.goes_on(node))])
    }

    /// Whether a node is of the group of the node before.
    fn goes_on(&self, node: usize) -> bool {
        node > 0 && self.group(node - 1) == self.group(node)
    }

    /// What a node adds to the column that began at `start`.
    fn added(&self, start: usize, node: usize) -> f64 {
        let own = self.whole(node);
        if node == start {
            self.above(node) + own + FRAME
        } else if self.goes_on(node) {
            BETWEEN + own
        } else {
            APART + self.above(node) + own + FRAME
        }
    }

    /// Heights of columns to try, from one node each to all in one.
    fn limits(&self) -> Vec<f64> {
        let nodes = 0..self.cards.len();
        let tallest = nodes.clone().map(|node| self.added(node, node));
        let mut limit = tallest.fold(1.0_f64, f64::max);
        let all: f64 = nodes.map(|node| self.added(0, node)).sum();
        let mut limits = Vec::new();
        while limit < all && limits.len() < 80 {
            limits.push(limit);
            limit *= 1.06;
        }
        limits.push(all);
        limits
    }

    /// The fewest and most even columns no higher than `limit`, broken between groups if possible.
    fn fill(&self, limit: f64) -> Vec<Range<usize>> {
        let count = self.cards.len();
        let mut best = vec![f64::INFINITY; count + 1];
        let mut from = vec![0_usize; count + 1];
        best[0] = 0.0;
        for start in 0..count {
            let broken = self.goes_on(start) && self.group(start).is_some();
            let cost = best[start] + 1.0 + if broken { 0.4 } else { 0.0 };
            let mut height = 0.0;
            for node in start..count {
                height += self.added(start, node);
                if height > limit && node > start {
                    break;
                }
                let slack = 1.0 - height.min(limit) / limit;
                let cost = cost + 0.2 * slack * slack;
                if cost < best[node + 1] {
                    best[node + 1] = cost;
                    from[node + 1] = start;
                }
            }
        }
        let mut parts = Vec::new();
        let mut end = count;
        while end > 0 {
            parts.push(from[end]..end);
            end = from[end];
        }
        parts.reverse();
        parts
    }

    fn plan(&self, parts: &[Range<usize>]) -> Plan {
        let mut plan = Plan::new(self.width, self.cards);
        for (column, part) in parts.iter().enumerate() {
            let mut runs: Vec<Run> = Vec::new();
            let mut y = 0.0;
            for node in part.clone() {
                let group = self.group(node);
                let goes_on = self.goes_on(node);
                match runs.last_mut() {
                    Some(run) if goes_on => {
                        y += BETWEEN;
                        run.nodes.end = node + 1;
                    }
                    last => {
                        if last.is_some() {
                            y += FRAME + APART;
                        }
                        if goes_on && group.is_some() {
                            plan.broken += 1;
                        }
                        runs.push(Run {
                            group,
                            title: self.title(group, !goes_on),
                            nodes: node..node + 1,
                            top: y,
                            height: 0.0,
                        });
                        y += self.above(node);
                    }
                }
                plan.column[node] = column;
                plan.top[node] = y + self.cards[node].condition_height;
                y += self.whole(node);
                if let Some(run) = runs.last_mut() {
                    run.height = y + FRAME - run.top;
                }
            }
            plan.height = plan.height.max(y + FRAME);
            plan.columns.push(runs);
        }
        plan
    }
}
