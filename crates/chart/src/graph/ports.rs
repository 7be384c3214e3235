//! Where edges enter a node: on the side they come from, one place for each bundle.

use std::collections::BTreeMap;

use super::columns::Plan;
use super::order::arrange;

/// Space between two places.
const SPACE: f64 = 8.0;

/// The side of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Flank {
    Left,
    Right,
}

/// Heights at which bundles enter nodes.
pub(super) struct Ports {
    /// Bundles by node and side.
    entering: BTreeMap<(usize, Flank), Vec<usize>>,
    height: BTreeMap<(usize, Flank, usize), f64>,
}

/// A bundle as it passes a node: its track and how far it reaches up and down in the channel.
#[derive(Clone, Copy)]
pub(super) struct Passing {
    pub(super) track: usize,
    pub(super) top: f64,
    pub(super) bottom: f64,
}

impl Ports {
    /// All bundles in the middle of the head of their nodes.
    pub(super) fn new(plan: &Plan, entries: &[(usize, Flank, usize)]) -> Self {
        let mut ports = Self {
            entering: BTreeMap::new(),
            height: BTreeMap::new(),
        };
        for (node, flank, bundle) in entries.iter().copied() {
            let bundles = ports.entering.entry((node, flank)).or_default();
            if !bundles.contains(&bundle) {
                bundles.push(bundle);
            }
            let middle = plan.top[node] + plan.cards[node].head_middle;
            ports.height.insert((node, flank, bundle), middle);
        }
        ports
    }

    pub(super) fn height(&self, node: usize, flank: Flank, bundle: usize) -> f64 {
        self.height
            .get(&(node, flank, bundle))
            .copied()
            .unwrap_or_default()
    }

    /// Gives every bundle a place of its own, in the order with the fewest crossings.
    pub(super) fn settle(&mut self, plan: &Plan, passing: impl Fn(usize, Flank, usize) -> Passing) {
        for ((node, flank), bundles) in &self.entering {
            let card = &plan.cards[*node];
            let top = plan.top[*node];
            let middle = top + card.head_middle;
            let seen: Vec<Passing> = bundles
                .iter()
                .map(|bundle| passing(*node, *flank, *bundle))
                .collect();
            // One above the other: does a line into the node cross the other's track?
            let crosses = |upper: &Passing, lower: &Passing| {
                let upper_is_outside = match flank {
                    Flank::Left => upper.track < lower.track,
                    Flank::Right => upper.track > lower.track,
                };
                let lower_is_outside = upper.track != lower.track && !upper_is_outside;
                u32::from(upper_is_outside && lower.top < middle - SPACE)
                    + u32::from(lower_is_outside && upper.bottom > middle + SPACE)
            };
            let cost: Vec<Vec<u32>> = seen
                .iter()
                .map(|a| seen.iter().map(|b| crosses(a, b)).collect())
                .collect();
            let (order, _) = arrange(&cost);
            let end = match flank {
                Flank::Left => top + card.height - 7.0,
                // Lines are read on this side: they leave below the head.
                Flank::Right => top + card.head_height.min(card.height) - 2.0,
            };
            let start = top + 6.0;
            let gaps = order.len().saturating_sub(1).max(1) as f64;
            let space = ((end - start) / gaps).clamp(0.0, SPACE);
            let last = end - space * order.len().saturating_sub(1) as f64;
            let first = middle.min(last).max(start);
            for (at, index) in order.iter().enumerate() {
                let height = first + space * at as f64;
                self.height.insert((*node, *flank, bundles[*index]), height);
            }
        }
    }
}
