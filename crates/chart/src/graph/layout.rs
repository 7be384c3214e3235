//! The best of the promising layouts, with every edge led to its end.

use super::Graph;
use super::columns::{Plan, plans};
use super::route::{Routes, route};

/// Layouts that are led to their end before one is chosen, if there are few nodes.
const TRIED: usize = 10;
/// With more nodes than this, only the most promising one.
const MANY: usize = 80;
/// A crossing is as bad as text this much smaller.
const CROSSING: f64 = 0.0015;

/// Nodes and edges in their places; the top left corner of the first column is the origin.
pub(super) struct Scene {
    pub(super) plan: Plan,
    pub(super) routes: Routes,
}

impl Scene {
    /// Arranges a graph to leave room of `around` units for what stands above and below it.
    pub(super) fn new(graph: &Graph, around: f64) -> Self {
        let tried = if graph.nodes.len() > MANY { 1 } else { TRIED };
        let mut best: Option<(f64, Self)> = None;
        for plan in plans(graph, tried) {
            let routes = route(graph, &plan);
            let scene = Self { plan, routes };
            let merit = scene.plan.merit(scene.width(), scene.height() + around)
                - CROSSING * scene.routes.crossings as f64;
            if best.as_ref().is_none_or(|(other, _)| merit > *other) {
                best = Some((merit, scene));
            }
        }
        best.map_or_else(Self::empty, |(_, scene)| scene)
    }

    fn empty() -> Self {
        let graph = Graph::default();
        let plan = Plan::new(0.0, &[]);
        let routes = route(&graph, &plan);
        Self { plan, routes }
    }

    pub(super) fn width(&self) -> f64 {
        self.routes.width
    }

    /// Columns and the channels above and below them.
    pub(super) fn height(&self) -> f64 {
        self.routes.above + self.plan.height + self.routes.below
    }

    /// Left border of a node's box.
    pub(super) fn left(&self, node: usize) -> f64 {
        let column = self.plan.column.get(node).copied().unwrap_or_default();
        self.routes.x.get(column).copied().unwrap_or_default()
    }
}
