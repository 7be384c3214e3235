//! What others have done to a document, so that nobody undoes it without knowing.

use std::collections::{HashMap, HashSet};

use super::apply::Change;
use super::find::{names, part, place, siblings};
use super::{Edit, Node, Place, Reason, fields};
use crate::document::Questionnaire;

/// What a sequence of edits did.
#[derive(Default)]
pub(super) struct Touched {
    fields: HashMap<Node, Vec<Vec<String>>>,
    /// Nodes that somebody else made: whoever did not know them meant another.
    created: HashSet<Node>,
    moved: HashSet<Node>,
    removed: HashSet<Node>,
}

impl Touched {
    pub(super) fn note(&mut self, edit: &Edit, change: &Change) {
        match change {
            // Who writes what stands there already wants it there.
            Change::Nothing | Change::Field => {
                if let Edit::Set { node, field, .. } = edit {
                    let fields = self.fields.entry(node.clone()).or_default();
                    fields.push(field.clone());
                }
            }
            Change::Moved(_) => {
                if let Edit::Move { node, .. } = edit {
                    self.moved.insert(node.clone());
                }
            }
            Change::Inserted(nodes) => {
                for it in nodes {
                    self.removed.remove(it);
                    self.created.insert(it.clone());
                }
            }
            Change::Removed(nodes, _) => {
                for it in nodes {
                    self.fields.remove(it);
                    self.created.remove(it);
                    self.moved.remove(it);
                    self.removed.insert(it.clone());
                }
            }
        }
    }

    /// Whether a node was taken away, and is not there again.
    pub(super) fn removed(&self, node: &Node) -> bool {
        self.removed.contains(node)
    }

    /// Why somebody who did not know of all this must not make an edit.
    pub(super) fn forbids(&self, document: &Questionnaire, edit: &Edit) -> Option<Reason> {
        let meant = |node: &Node| {
            if self.removed.contains(node) {
                Some(Reason::Gone)
            } else {
                self.created.contains(node).then_some(Reason::Replaced)
            }
        };
        match edit {
            Edit::Set { node, field, .. } => meant(node).or_else(|| {
                let written = self.fields.get(node)?;
                let mine = written.iter().any(|it| fields::overlap(it, field));
                mine.then_some(Reason::Written)
            }),
            Edit::Insert { under, content, .. } => meant(under).or_else(|| {
                let part = content.part();
                let node = under.child(content.kind(), part.name())?;
                let mut names = names(part, &node).into_iter();
                names
                    .any(|it| self.removed.contains(&it))
                    .then_some(Reason::Gone)
            }),
            Edit::Move { node, under, .. } => {
                let moved = || self.moved.contains(node).then_some(Reason::Moved);
                meant(node).or_else(|| meant(under)).or_else(moved)
            }
            Edit::Remove { node } => meant(node).or_else(|| {
                if self.moved.contains(node) {
                    return Some(Reason::Moved);
                }
                let part = part(document, node)?;
                let is_touched = |it: &Node| {
                    let is_written = self.fields.contains_key(it);
                    is_written || self.created.contains(it) || self.moved.contains(it)
                };
                let inside = names(part, node).iter().any(is_touched);
                inside.then_some(Reason::Inside)
            }),
        }
    }
}

/// Which sibling a node followed when it left: where something goes that should have followed it.
#[derive(Default)]
pub(super) struct Trail {
    left: HashMap<(Node, Node), Option<String>>,
}

impl Trail {
    pub(super) fn note(&mut self, edit: &Edit, change: &Change) {
        match (edit, change) {
            (Edit::Remove { node }, Change::Removed(_, from))
            | (Edit::Move { node, .. }, Change::Moved(from)) => self.leave(node, from.clone()),
            _ => {}
        }
    }

    /// Notes that something does not stand, or no longer stands, where somebody believes it does.
    pub(super) fn leave(&mut self, node: &Node, from: Place) {
        self.left.insert((from.under, node.clone()), from.after);
    }

    /// The edit, following a sibling that exists: the nearest one before the one it names.
    pub(super) fn resolve(&self, document: &Questionnaire, edit: &Edit) -> Edit {
        let mut edit = edit.clone();
        let (own, kind) = match &edit {
            Edit::Insert { content, .. } => (None, Some(content.kind())),
            Edit::Move { node, .. } => (Some(node.clone()), node.kind()),
            _ => (None, None),
        };
        let Some(kind) = kind else { return edit };
        if let Edit::Insert { under, after, .. } | Edit::Move { under, after, .. } = &mut edit
            && let Some(list) = siblings(document, under, kind)
        {
            let mut at = after.clone();
            let mut seen = HashSet::new();
            while let Some(name) = &at {
                let Some(sibling) = under.child(kind, name) else {
                    return edit;
                };
                let next = if own.as_ref() == Some(&sibling) {
                    // Nothing follows itself.
                    place(document, &sibling).and_then(|it| it.after)
                } else if list.position(name).is_some() {
                    break;
                } else {
                    match self.left.get(&(under.clone(), sibling)) {
                        Some(it) => it.clone(),
                        // Nobody ever saw it here.
                        None => return edit,
                    }
                };
                if !seen.insert(name.clone()) {
                    return edit;
                }
                at = next;
            }
            *after = at;
        }
        edit
    }
}
