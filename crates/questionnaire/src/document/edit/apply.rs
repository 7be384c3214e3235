//! One edit on one document: all of it, or nothing.

use std::collections::HashSet;

use super::find::{exists, names, parent, part, part_mut, place, siblings, siblings_mut};
use super::node::Kind;
use super::part::Part;
use super::{Content, Edit, Node, Place, Refused};
use crate::document::Questionnaire;

/// How many items may stand in each other: more than twice what a file may hold, so that any file
/// becomes any other, and few enough for whoever reads them recursively.
const MAX_DEPTH: usize = 58;

/// What an edit did.
pub(super) enum Change {
    /// The document said so already.
    Nothing,
    /// A field has another value.
    Field,
    /// Something stands elsewhere; it stood here.
    Moved(Place),
    /// These are new.
    Inserted(Vec<Node>),
    /// These are gone; the first of them stood here.
    Removed(Vec<Node>, Place),
}

/// Changes a document as an edit says.
///
/// # Errors
/// Why the edit does not fit; the document is as it was.
///
/// ```
/// use questionnaire::document::{self, edit::{apply, Edit, Refused}};
/// let mut document = document::read("id: essai\ntitle: Essai\nblocks: []\n").questionnaire.unwrap();
/// let edit: Edit = serde_json::from_str(r#"{"set":{"node":"questionnaire","field":["title","en"],"value":"Test"}}"#)?;
/// apply(&mut document, &edit)?;
/// assert_eq!(document.title.get("en"), "Test");
///
/// let edit: Edit = serde_json::from_str(r#"{"remove":{"node":{"page":"fin"}}}"#)?;
/// assert!(matches!(apply(&mut document, &edit), Err(Refused::UnknownNode { .. })));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn apply(document: &mut Questionnaire, edit: &Edit) -> Result<(), Refused> {
    perform(document, edit).map(|_| ())
}

pub(super) fn perform(document: &mut Questionnaire, edit: &Edit) -> Result<Change, Refused> {
    match edit {
        Edit::Set { node, field, value } => {
            if *node == Node::Frame {
                return Err(Refused::NoSuchField {
                    field: field.join("."),
                });
            }
            let part = part_mut(document, node).ok_or_else(|| unknown(node))?;
            let changed = part.set(field, value.as_ref())?;
            Ok(if changed {
                Change::Field
            } else {
                Change::Nothing
            })
        }
        Edit::Insert {
            under,
            after,
            content,
        } => insert(document, under, after.as_deref(), content),
        Edit::Move { node, under, after } => move_to(document, node, under, after.as_deref()),
        Edit::Remove { node } => remove(document, node),
    }
}

fn unknown(node: &Node) -> Refused {
    Refused::UnknownNode { node: node.clone() }
}

fn wrong_parent(under: &Node) -> Refused {
    let under = under.clone();
    Refused::WrongParent { under }
}

fn stays(node: &Node) -> Refused {
    Refused::Stays { node: node.clone() }
}

/// Where among its new siblings something goes.
fn position(
    document: &Questionnaire,
    under: &Node,
    kind: Kind,
    after: Option<&str>,
) -> Result<usize, Refused> {
    let list = siblings(document, under, kind).ok_or_else(|| unknown(under))?;
    let Some(after) = after else { return Ok(0) };
    let at = list.position(after).map(|it| it + 1);
    at.ok_or_else(|| Refused::UnknownSibling {
        after: after.to_owned(),
    })
}

fn insert(
    document: &mut Questionnaire,
    under: &Node,
    after: Option<&str>,
    content: &Content,
) -> Result<Change, Refused> {
    let kind = content.kind();
    let part = content.part();
    let node = under.child(kind, part.name());
    let node = node.ok_or_else(|| wrong_parent(under))?;
    let at = position(document, under, kind, after)?;
    let names = names(part, &node);
    let mut seen = HashSet::new();
    for it in &names {
        // What is named with its parent is new where that is.
        let may_exist = *it == node || matches!(it, Node::Page(_) | Node::Item(_));
        if !seen.insert(it) || (may_exist && exists(document, it)) {
            return Err(Refused::Taken { node: it.clone() });
        }
    }
    fits(document, under, content)?;
    if let Some(list) = siblings_mut(document, under, kind) {
        list.put(at, content.clone());
    }
    Ok(Change::Inserted(names))
}

/// Whether rosters do not stand in each other too deeply.
fn fits(document: &Questionnaire, under: &Node, content: &Content) -> Result<(), Refused> {
    let mut depth = content.depth();
    let mut at = Some(under.clone());
    while let Some(it @ Node::Item(_)) = at {
        depth += 1;
        at = parent(document, &it);
    }
    if depth > MAX_DEPTH {
        return Err(Refused::TooDeep);
    }
    Ok(())
}

fn move_to(
    document: &mut Questionnaire,
    node: &Node,
    under: &Node,
    after: Option<&str>,
) -> Result<Change, Refused> {
    let kind = node.kind().ok_or_else(|| stays(node))?;
    if under.child(kind, node.name()).as_ref() != Some(node) {
        return Err(wrong_parent(under));
    }
    let from = place(document, node).ok_or_else(|| unknown(node))?;
    position(document, under, kind, after)?;
    if after == Some(node.name()) && from.under == *under {
        return Err(Refused::NestsItself);
    }
    let mut at = Some(under.clone());
    while let Some(it @ Node::Item(_)) = at {
        if it == *node {
            return Err(Refused::NestsItself);
        }
        at = parent(document, &it);
    }
    if from.under == *under && from.after.as_deref() == after {
        return Ok(Change::Nothing);
    }
    if kind == Kind::Item && from.under != *under {
        let content = part(document, node).and_then(Part::content);
        if let Some(content) = content {
            fits(document, under, &content)?;
        }
    }
    let list = siblings_mut(document, &from.under, kind);
    let content = list.and_then(|it| it.take(it.position(node.name())?));
    // Taking it away has moved those after it, if they are its siblings still.
    let at = position(document, under, kind, after)?;
    if let (Some(list), Some(content)) = (siblings_mut(document, under, kind), content) {
        list.put(at, content);
    }
    Ok(Change::Moved(from))
}

fn remove(document: &mut Questionnaire, node: &Node) -> Result<Change, Refused> {
    let kind = node.kind().ok_or_else(|| stays(node))?;
    let from = place(document, node).ok_or_else(|| unknown(node))?;
    let part = part(document, node).ok_or_else(|| unknown(node))?;
    let names = names(part, node);
    if let Some(list) = siblings_mut(document, &from.under, kind) {
        let at = list.position(node.name());
        at.and_then(|it| list.take(it));
    }
    Ok(Change::Removed(names, from))
}
