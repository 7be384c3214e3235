//! A branch graph: who is asked what, and why.
//!
//! Nodes are steps in the order in which people meet them; each holds lines, the questions of the
//! step. Condition edges go from the line that is read to the step that depends on it. One value
//! gives a drawing, a table, an outline for terminals and a file for Graphviz.
//!
//! # How it is laid out
//!
//! The order of the steps means something, so no step is moved for the sake of the lines: steps
//! run down a column and go on in the next one, like a text in columns. `columns` breaks that text
//! so that the whole is about as wide as a screen, at the ends of groups where it can. The layers
//! are these columns; between them, and above and below all of them, are channels. `route` leads
//! every edge through channels only, so that no edge can touch a step or a label, and `order`
//! sorts the tracks of each channel to avoid crossings. The edges that read one line share their
//! track and part where they must: one line to follow for each question that decides something.
//! Conditions are written on the step they open, which is where one asks for them.
//!
//! General layered layouts (the crates `rust-sugiyama`, `dagre`) were no help: with the edges of
//! the sequence every step is a layer of its own, without them the order is lost.

use serde::{Deserialize, Serialize};

use crate::number::Language;
use crate::table::DataTable;

mod card;
mod columns;
mod dot;
mod draw;
mod facts;
mod frame;
mod guide;
mod key;
mod layout;
mod order;
mod outline;
mod paint;
mod ports;
mod route;
mod table;

pub use guide::{Guide, LineGuide, NodeGuide};

/// The rules a page needs to draw graphs. Colours come from the same custom properties as those of
/// the charts; [`Graph::svg_file`] carries the rules with it.
pub const STYLESHEET: &str = include_str!("graph.css");

/// Steps, what leads to them, and what is known about each.
///
/// ```
/// use chart::Language;
/// use chart::graph::{Edge, EdgeKind, Graph, Group, Line, Node, Tone};
///
/// let line = |id: &str, text: &str| Line {
///     id: id.to_owned(),
///     text: text.to_owned(),
///     tone: Tone::Reached,
///     detail: String::new(),
/// };
/// let node = |title: &str, lines| Node {
///     id: String::new(),
///     group: Some(0),
///     title: title.to_owned(),
///     lines,
///     tone: Tone::Reached,
///     detail: String::new(),
/// };
/// let graph = Graph {
///     id: "routes".to_owned(),
///     language: Language::French,
///     title: "Le contrat local de santé".to_owned(),
///     groups: vec![Group { id: "cls".to_owned(), title: "Votre territoire".to_owned() }],
///     nodes: vec![
///         node("Tout le monde", vec![line("presence_cls", "Présence d’un CLS")]),
///         node("Territoires qui ont un CLS", vec![line("etat", "État du CLS")]),
///     ],
///     edges: vec![
///         Edge { from: 0, line: None, to: 1, label: String::new(), kind: EdgeKind::Sequence },
///         Edge {
///             from: 0,
///             line: Some(0),
///             to: 1,
///             label: "presence_cls = 'oui'".to_owned(),
///             kind: EdgeKind::Condition,
///         },
///     ],
/// };
/// assert!(graph.svg().starts_with("<svg "));
/// assert!(graph.to_text().contains("si presence_cls = 'oui'"));
/// assert!(graph.to_dot().starts_with("digraph"));
/// assert_eq!(graph.table().rows[1].0, "2. Territoires qui ont un CLS");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Graph {
    /// Prefix of every id in the drawing. Two drawings on one page need different ones.
    pub id: String,
    /// Language of the few words the graph adds.
    pub language: Language,
    /// What the graph is of. It names the drawing and captions the table.
    pub title: String,
    /// The parts that nodes belong to.
    pub groups: Vec<Group>,
    /// The steps, in their order.
    pub nodes: Vec<Node>,
    /// What leads where. Edges that name a node there is not are left out.
    pub edges: Vec<Edge>,
}

/// A part of the whole, such as a block of a questionnaire.
///
/// ```
/// let group = chart::graph::Group { id: "profil".to_owned(), title: "Profil".to_owned() };
/// assert_eq!(group.title, "Profil");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// What the author calls it; stands for an empty title.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// A step: what the same people meet in a row.
///
/// ```
/// let node = chart::graph::Node {
///     title: "Territoires qui ont un CLS".to_owned(),
///     group: Some(0),
///     ..chart::graph::Node::default()
/// };
/// assert!(node.lines.is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// What the author calls it; stands for an empty title.
    pub id: String,
    /// Index of its group, if it is in one.
    pub group: Option<usize>,
    /// Whom it is for, in words.
    pub title: String,
    /// Its questions, in order.
    pub lines: Vec<Line>,
    /// What is known about reaching it.
    pub tone: Tone,
    /// More about that, shown when pointed at: the answers that lead here, say.
    pub detail: String,
}

/// One question of a [`Node`].
///
/// ```
/// let line = chart::graph::Line {
///     id: "presence_cls".to_owned(),
///     text: "Présence d’un CLS".to_owned(),
///     ..chart::graph::Line::default()
/// };
/// assert_eq!(line.tone, chart::graph::Tone::Plain);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The name conditions call it by. The drawing shows it where a condition reads it.
    pub id: String,
    /// What it asks, in a few words.
    pub text: String,
    /// What is known about reaching it.
    pub tone: Tone,
    /// More about that, shown when pointed at.
    pub detail: String,
}

/// What is known about reaching something. Shown by a mark, a word and a shape of border.
///
/// ```
/// use chart::{Language, graph::Tone};
///
/// assert_eq!(Tone::Never.word(Language::French), "jamais posée");
/// assert_eq!(Tone::Plain.word(Language::English), "");
/// ```
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Nothing is said about it.
    #[default]
    Plain,
    /// Somebody can get there: proven.
    Reached,
    /// Everybody gets there: proven.
    Always,
    /// Nobody can get there: proven.
    Never,
    /// Neither is proven.
    Unknown,
}

/// A way from one node to another.
///
/// ```
/// use chart::graph::{Edge, EdgeKind};
///
/// let next = Edge { from: 0, to: 1, ..Edge::default() };
/// assert_eq!(next.kind, EdgeKind::Sequence);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edge {
    /// Index of the node it leaves.
    pub from: usize,
    /// Index of the line that is read there, if it is one.
    pub line: Option<usize>,
    /// Index of the node it leads to.
    pub to: usize,
    /// The condition. Edges into one node that have the same label share what is written.
    pub label: String,
    /// Why there is this edge.
    pub kind: EdgeKind,
}

/// Why there is an edge.
///
/// ```
/// assert_eq!(chart::graph::EdgeKind::default(), chart::graph::EdgeKind::Sequence);
/// ```
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum EdgeKind {
    /// One follows the other.
    #[default]
    Sequence,
    /// What is answered in one opens the other.
    Condition,
}

impl Graph {
    /// The drawing, as an `<svg>` element for a page that has [`STYLESHEET`].
    ///
    /// It has no style or event attribute, so the strictest content security policy accepts it.
    ///
    /// ```
    /// let svg = chart::graph::Graph::default().svg();
    /// assert!(!svg.contains("<style"));
    /// ```
    #[must_use]
    pub fn svg(&self) -> String {
        draw::page(self)
    }

    /// The drawing as a map to work on: its conditions and lines lead somewhere, and one way through it
    /// may stand out. Links, so that it needs no script.
    ///
    /// ```
    /// use chart::graph::{Graph, Guide};
    ///
    /// let svg = Graph::default().svg_with(&Guide::default());
    /// assert!(svg.contains("role=\"group\""));
    /// ```
    #[must_use]
    pub fn svg_with(&self, guide: &Guide) -> String {
        draw::guided(self, guide)
    }

    /// The drawing with its heading and its colours, as a file that can be looked at alone: light,
    /// dark or in the reader's own colours.
    ///
    /// ```
    /// let file = chart::graph::Graph::default().svg_file();
    /// assert!(file.contains("prefers-color-scheme: dark"));
    /// ```
    #[must_use]
    pub fn svg_file(&self) -> String {
        draw::file(self)
    }

    /// The graph in the language of Graphviz, groups as clusters.
    ///
    /// ```
    /// let mut graph = chart::graph::Graph::default();
    /// graph.title = "\"quoted\"".to_owned();
    /// assert!(graph.to_dot().contains(r#"label="\"quoted\"""#));
    /// ```
    #[must_use]
    pub fn to_dot(&self) -> String {
        dot::write(self)
    }

    /// An outline for terminals, 80 columns wide. Control characters are replaced.
    ///
    /// ```
    /// let mut graph = chart::graph::Graph::default();
    /// graph.title = "Enquête\u{1b}[31m".to_owned();
    /// assert!(graph.to_text().starts_with("Enquête\u{fffd}[31m\n"));
    /// ```
    #[must_use]
    pub fn to_text(&self) -> String {
        outline::write(self)
    }

    /// The same as a table: one row per node with its lines, its condition and its tone.
    ///
    /// ```
    /// assert_eq!(chart::graph::Graph::default().table().header[0].len(), 6);
    /// ```
    #[must_use]
    pub fn table(&self) -> DataTable {
        table::table(self)
    }
}

impl Tone {
    /// The tone in words; nothing for [`Tone::Plain`].
    ///
    /// ```
    /// use chart::{Language, graph::Tone};
    ///
    /// assert_eq!(Tone::Unknown.word(Language::English), "not proven");
    /// ```
    #[must_use]
    pub fn word(self, language: Language) -> &'static str {
        crate::words::tone(self, language)
    }

    /// All of them, in the order of the key.
    pub(crate) const ALL: [Self; 5] = [
        Self::Plain,
        Self::Reached,
        Self::Always,
        Self::Never,
        Self::Unknown,
    ];
}
