//! Why an edit does not fit a document.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Node;

/// Why an edit cannot be applied. Codes never change their meaning.
///
/// ```
/// use questionnaire::document::edit::{Node, Refused};
/// let refused = Refused::UnknownNode { node: Node::Page("fin".into()) };
/// let json = serde_json::to_string(&refused)?;
/// assert_eq!(json, r#"{"code":"unknown_node","node":{"page":"fin"}}"#);
/// assert_eq!(refused.to_string(), "there is no page `fin`");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refused {
    /// There is no such node.
    UnknownNode {
        /// Which one.
        node: Node,
    },
    /// There is no such sibling to follow.
    UnknownSibling {
        /// Its id or code.
        after: String,
    },
    /// The id or code is another node's.
    Taken {
        /// Whose.
        node: Node,
    },
    /// Such a node does not belong there.
    WrongParent {
        /// Where.
        under: Node,
    },
    /// It is always there, and where it is.
    Stays {
        /// The questionnaire, or the frame.
        node: Node,
    },
    /// It would stand inside itself, or after itself.
    NestsItself,
    /// Rosters would stand in each other too deeply.
    TooDeep,
    /// The node has no such field: the name is wrong, is what the node is known by, or that of the
    /// nodes in it.
    NoSuchField {
        /// The field.
        field: String,
    },
    /// The field cannot have this value, or cannot do without one.
    NotAValue {
        /// The field.
        field: String,
        /// What was expected, in English.
        detail: String,
    },
    /// Two nodes have one name: edits could not tell them apart.
    Ambiguous {
        /// The name.
        node: Node,
    },
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownNode { node } => write!(f, "there is no {node}"),
            Self::UnknownSibling { after } => write!(f, "there is no `{after}` to follow there"),
            Self::Taken { node } => write!(f, "there is a {node} already"),
            Self::WrongParent { under } => write!(f, "it does not belong in {under}"),
            Self::Stays { node } => write!(f, "{node} stays where it is"),
            Self::NestsItself => f.write_str("it would stand inside itself"),
            Self::TooDeep => f.write_str("rosters would stand in each other too deeply"),
            Self::NoSuchField { field } => write!(f, "there is no field `{field}` to set"),
            Self::NotAValue { field, detail } => write!(f, "`{field}` cannot be this: {detail}"),
            Self::Ambiguous { node } => write!(f, "there are two of {node}"),
        }
    }
}

impl std::error::Error for Refused {}
