//! A questionnaire as forms: what may be written of each of its nodes, and what was written as edits.
//!
//! Reading order: [`Form`] → [`form`] (what stands there) → [`edits`] (what was typed) → [`outline`] →
//! [`step`], [`fresh`] (order, and what is new).
//!
//! Which fields a kind of item takes is the compiler's rule, read here: a form never offers a field that the
//! compiler would refuse.

mod fields;
mod naming;
mod outline;
mod placing;
mod planning;
mod reading;

pub use fields::form;
pub use outline::{Entry, node_at, outline};
pub use placing::{Direction, New, beside, copy, fresh, home, homes, put, step, turn};
pub use planning::{want, wanted};
pub use reading::{Unreadable, edits};

use super::edit::Node;

/// A node of a questionnaire as a form: its own fields, and the nodes that are written with it.
///
/// ```
/// use questionnaire::document::{self, edit::Node, form::form};
/// let source = "id: essai\ntitle: Essai\nblocks: [{id: b, pages: [{id: p, items: [{id: age, kind: quantity, label: Âge}]}]}]\n";
/// let document = document::read(source).questionnaire.unwrap();
/// let age = form(&document, &Node::Item("age".into())).unwrap();
/// assert_eq!((age.fields[0].name(&age.node), age.fields[0].value.as_str()), ("item:age|label.fr".into(), "Âge"));
/// assert!(age.fields.iter().any(|it| it.path == ["min"]));
/// assert!(age.fields.iter().all(|it| it.path != ["multiline"]));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// Which node.
    pub node: Node,
    /// What may be written of it, in the order in which a form shows it.
    pub fields: Vec<Field>,
    /// Choices, rows and checks.
    pub inside: Vec<Form>,
}

/// A field of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The way to it in the node, as in [`Edit::Set`](super::edit::Edit::Set).
    pub path: Vec<String>,
    /// How it is written.
    pub control: Control,
    /// What stands there, as it is typed; nothing where the document says nothing.
    pub value: String,
}

impl Field {
    /// Its name in forms: the node, then the way.
    #[must_use]
    pub fn name(&self, node: &Node) -> String {
        format!("{}|{}", node.key(), self.path.join("."))
    }

    /// Its key among the fields of a node, without languages and positions: `label`, `units.max`.
    #[must_use]
    pub fn key(&self) -> String {
        let is_word = |it: &&String| it.parse::<usize>().is_err();
        let path = match self.control {
            Control::Text { .. } => &self.path[..self.path.len().saturating_sub(1)],
            _ => &self.path[..],
        };
        let words: Vec<&str> = path.iter().filter(is_word).map(String::as_str).collect();
        words.join(".")
    }
}

/// How a field is written.
#[derive(Clone, Debug, PartialEq)]
pub enum Control {
    /// A text in one language.
    Text {
        /// Its code.
        language: String,
        /// Whether several lines are usual.
        is_long: bool,
        /// Whether the document cannot do without it.
        is_needed: bool,
    },
    /// Yes, typed as `on`, or no.
    Flag,
    /// Digits.
    Whole,
    /// A number with decimals.
    Number,
    /// A day, as `2026-03-12`.
    Date,
    /// A word.
    Word,
    /// Words between commas.
    Words,
    /// One of these codes, or none.
    One(Vec<String>),
    /// Missing reasons: what the questionnaire says where nothing is typed, `none`, or words between commas.
    Offers,
    /// Lines `name: type`.
    Attributes,
    /// A condition or an expression.
    Condition,
}
