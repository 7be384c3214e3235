//! What a page adds to a drawing: where its parts lead, and one way through it that stands out.

use super::{Graph, Line};
use crate::svg::Svg;

/// Where the parts of a graph lead, node by node.
///
/// ```
/// use chart::graph::{Guide, NodeGuide};
///
/// let guide = Guide { nodes: vec![NodeGuide::default()], has_way: false };
/// assert!(guide.nodes[0].condition.is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guide {
    /// One for each node, in their order; a node beyond them leads nowhere.
    pub nodes: Vec<NodeGuide>,
    /// Whether somebody's way is shown: what is not on it stands back.
    pub has_way: bool,
}

/// Where one node leads.
///
/// ```
/// assert!(chart::graph::NodeGuide::default().lines.is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NodeGuide {
    /// The address of its condition; nothing if it has none.
    pub condition: String,
    /// What that link is called, before the condition.
    pub verb: String,
    /// Its lines, in their order.
    pub lines: Vec<LineGuide>,
}

/// Where one line leads.
///
/// ```
/// assert!(!chart::graph::LineGuide::default().is_on);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineGuide {
    /// Its address.
    pub href: String,
    /// What scripts know it by.
    pub key: String,
    /// Whether the way goes through it.
    pub is_on: bool,
}

/// A guide while it is drawn; without one nothing leads anywhere and nothing stands back.
#[derive(Clone, Copy, Default)]
pub(super) struct Led<'a>(pub(super) Option<&'a Guide>);

impl<'a> Led<'a> {
    fn node(self, node: usize) -> Option<&'a NodeGuide> {
        self.0?.nodes.get(node)
    }

    fn line(self, node: usize, line: usize) -> Option<&'a LineGuide> {
        self.node(node)?.lines.get(line)
    }

    /// ` graph-on` or ` graph-off` where a way is shown.
    fn class(self, is_on: bool) -> &'static str {
        match (self.0.is_some_and(|it| it.has_way), is_on) {
            (false, _) => "",
            (true, true) => " graph-on",
            (true, false) => " graph-off",
        }
    }

    pub(super) fn node_class(self, node: usize) -> &'static str {
        self.class(self.goes_through(node))
    }

    pub(super) fn line_class(self, node: usize, line: usize) -> &'static str {
        self.class(self.line(node, line).is_some_and(|it| it.is_on))
    }

    /// An edge is on the way if both of its ends are.
    pub(super) fn edge_class(self, graph: &Graph, edge: usize) -> &'static str {
        let Some(it) = graph.edges.get(edge) else {
            return "";
        };
        let begins = match it.line {
            Some(line) => self.line(it.from, line).is_some_and(|it| it.is_on),
            None => self.goes_through(it.from),
        };
        self.class(begins && self.goes_through(it.to))
    }

    fn goes_through(self, node: usize) -> bool {
        self.node(node)
            .is_some_and(|it| it.lines.iter().any(|it| it.is_on))
    }

    /// Begins the link of a condition; says what it is called before the condition, if there is one. Its title,
    /// which is drawn in it first, is its name.
    pub(super) fn open_condition(self, svg: &mut Svg, node: usize) -> Option<&'a str> {
        let it = self.node(node).filter(|it| !it.condition.is_empty())?;
        let attributes = [
            ("href", it.condition.as_str().into()),
            ("class", "graph-link".into()),
        ];
        svg.open("a", &attributes);
        Some(it.verb.as_str())
    }

    /// Begins the link of a line; says what scripts know it by, if there is one.
    pub(super) fn open_line(self, svg: &mut Svg, node: usize, line: usize) -> Option<&'a str> {
        let it = self.line(node, line).filter(|it| !it.href.is_empty())?;
        let attributes = [
            ("href", it.href.as_str().into()),
            ("class", "graph-link".into()),
            ("data-key", it.key.as_str().into()),
        ];
        svg.open("a", &attributes);
        Some(it.key.as_str())
    }

    /// How a drawing presents itself: what has links is no image.
    pub(super) fn role(self) -> &'static str {
        match self.0 {
            Some(_) => "group",
            None => "img",
        }
    }
}

/// What the link of a line is called: what is written on it, as far as there is something.
pub(super) fn link_name(line: &Line, key: &str) -> String {
    let text = super::facts::line_text(line);
    match line.id.trim() {
        "" if text.is_empty() => key.to_owned(),
        id if id.is_empty() || id == text => text.to_owned(),
        id => format!("{text} {id}"),
    }
}
