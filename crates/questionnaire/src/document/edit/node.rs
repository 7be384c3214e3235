//! What edits name: the parts of a document that have an id or a code of their own.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A part of a document, known by its id.
///
/// ```
/// use questionnaire::document::edit::Node;
/// let node: Node = serde_json::from_str(r#"{"choice":{"item":"presence","code":"oui"}}"#)?;
/// assert_eq!(node.to_string(), "choice `oui` of item `presence`");
/// assert_eq!(serde_json::to_string(&Node::Questionnaire)?, r#""questionnaire""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Node {
    /// The document itself.
    Questionnaire,
    /// The list of what the sample says: only items are in it, it has no fields.
    Frame,
    /// A block.
    Block(String),
    /// A page, in whichever block.
    Page(String),
    /// An item, on whichever page, in a roster or in the frame.
    Item(String),
    /// A list of choices that items share.
    List(String),
    /// A fill.
    Fill(String),
    /// A net.
    Net(String),
    /// A figure that is wanted.
    Figure(String),
    /// A choice of an item.
    Choice {
        /// The item.
        item: String,
        /// The choice's code.
        code: String,
    },
    /// A choice of a shared list.
    ListChoice {
        /// The list.
        list: String,
        /// The choice's code.
        code: String,
    },
    /// A row of a grid.
    Row {
        /// The grid.
        item: String,
        /// The row's code.
        code: String,
    },
    /// A check of an item.
    Check {
        /// The item.
        item: String,
        /// The check's id.
        id: String,
    },
}

/// The kinds of nodes that stand in another: each is a list of its parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Block,
    Page,
    Item,
    List,
    Fill,
    Net,
    Figure,
    Choice,
    Row,
    Check,
}

impl Node {
    /// What it is to its parent; `None` for what always stands where it stands.
    pub(super) const fn kind(&self) -> Option<Kind> {
        Some(match self {
            Self::Questionnaire | Self::Frame => return None,
            Self::Block(_) => Kind::Block,
            Self::Page(_) => Kind::Page,
            Self::Item(_) => Kind::Item,
            Self::List(_) => Kind::List,
            Self::Fill(_) => Kind::Fill,
            Self::Net(_) => Kind::Net,
            Self::Figure(_) => Kind::Figure,
            Self::Choice { .. } | Self::ListChoice { .. } => Kind::Choice,
            Self::Row { .. } => Kind::Row,
            Self::Check { .. } => Kind::Check,
        })
    }

    /// Its own id or code, by which its siblings know it.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Questionnaire | Self::Frame => "",
            Self::Block(id)
            | Self::Page(id)
            | Self::Item(id)
            | Self::List(id)
            | Self::Fill(id)
            | Self::Net(id)
            | Self::Figure(id)
            | Self::Check { id, .. } => id,
            Self::Choice { code, .. } | Self::ListChoice { code, .. } | Self::Row { code, .. } => {
                code
            }
        }
    }

    /// The node of this kind and name in it; `None` where such nodes do not belong.
    pub(super) fn child(&self, kind: Kind, name: &str) -> Option<Self> {
        let name = name.to_owned();
        Some(match (self, kind) {
            (Self::Questionnaire, Kind::Block) => Self::Block(name),
            (Self::Questionnaire, Kind::List) => Self::List(name),
            (Self::Questionnaire, Kind::Fill) => Self::Fill(name),
            (Self::Questionnaire, Kind::Net) => Self::Net(name),
            (Self::Questionnaire, Kind::Figure) => Self::Figure(name),
            (Self::Block(_), Kind::Page) => Self::Page(name),
            (Self::Frame | Self::Page(_) | Self::Item(_), Kind::Item) => Self::Item(name),
            (Self::Item(item), Kind::Choice) => Self::Choice {
                item: item.clone(),
                code: name,
            },
            (Self::List(list), Kind::Choice) => Self::ListChoice {
                list: list.clone(),
                code: name,
            },
            (Self::Item(item), Kind::Row) => Self::Row {
                item: item.clone(),
                code: name,
            },
            (Self::Item(item), Kind::Check) => Self::Check {
                item: item.clone(),
                id: name,
            },
            _ => return None,
        })
    }
}

impl Node {
    /// The node in one word, as addresses and fields of forms have it; [`FromStr`] reads it.
    ///
    /// ```
    /// use questionnaire::document::edit::Node;
    /// let node = Node::Choice { item: "presence".into(), code: "oui".into() };
    /// assert_eq!(node.key(), "choice:presence:oui");
    /// assert_eq!("choice:presence:oui".parse(), Ok(node));
    /// ```
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Questionnaire => "questionnaire".to_owned(),
            Self::Frame => "frame".to_owned(),
            Self::Block(id) => format!("block:{id}"),
            Self::Page(id) => format!("page:{id}"),
            Self::Item(id) => format!("item:{id}"),
            Self::List(id) => format!("list:{id}"),
            Self::Fill(id) => format!("fill:{id}"),
            Self::Net(id) => format!("net:{id}"),
            Self::Figure(id) => format!("figure:{id}"),
            Self::Choice { item, code } => format!("choice:{item}:{code}"),
            Self::ListChoice { list, code } => format!("list_choice:{list}:{code}"),
            Self::Row { item, code } => format!("row:{item}:{code}"),
            Self::Check { item, id } => format!("check:{item}:{id}"),
        }
    }
}

/// A word that names no node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoNode;

impl fmt::Display for NoNode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this names no part of a questionnaire")
    }
}

impl std::error::Error for NoNode {}

impl FromStr for Node {
    type Err = NoNode;

    /// Reads what [`Node::key`] writes. Whether there is such a node is for the document to say.
    fn from_str(key: &str) -> Result<Self, NoNode> {
        match key {
            "questionnaire" => return Ok(Self::Questionnaire),
            "frame" => return Ok(Self::Frame),
            _ => {}
        }
        let (kind, name) = key.split_once(':').ok_or(NoNode)?;
        let id = name.to_owned();
        // Ids have no colon; what a code has is its author's.
        let within = || {
            let (of, code) = name.split_once(':').ok_or(NoNode)?;
            Ok((of.to_owned(), code.to_owned()))
        };
        Ok(match kind {
            "block" => Self::Block(id),
            "page" => Self::Page(id),
            "item" => Self::Item(id),
            "list" => Self::List(id),
            "fill" => Self::Fill(id),
            "net" => Self::Net(id),
            "figure" => Self::Figure(id),
            "choice" => within().map(|(item, code)| Self::Choice { item, code })?,
            "list_choice" => within().map(|(list, code)| Self::ListChoice { list, code })?,
            "row" => within().map(|(item, code)| Self::Row { item, code })?,
            "check" => within().map(|(item, id)| Self::Check { item, id })?,
            _ => return Err(NoNode),
        })
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Questionnaire => f.write_str("the questionnaire"),
            Self::Frame => f.write_str("the frame"),
            Self::Block(id) => write!(f, "block `{id}`"),
            Self::Page(id) => write!(f, "page `{id}`"),
            Self::Item(id) => write!(f, "item `{id}`"),
            Self::List(id) => write!(f, "list `{id}`"),
            Self::Fill(id) => write!(f, "fill `{id}`"),
            Self::Net(id) => write!(f, "net `{id}`"),
            Self::Figure(id) => write!(f, "figure `{id}`"),
            Self::Choice { item, code } => write!(f, "choice `{code}` of item `{item}`"),
            Self::ListChoice { list, code } => write!(f, "choice `{code}` of list `{list}`"),
            Self::Row { item, code } => write!(f, "row `{code}` of item `{item}`"),
            Self::Check { item, id } => write!(f, "check `{id}` of item `{item}`"),
        }
    }
}
