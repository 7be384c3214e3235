//! Two documents as the edits between them.

use std::collections::HashMap;

use super::find::walk;
use super::node::Kind;
use super::part::Part;
use super::{Edit, Node, Refused, fields};
use crate::document::Questionnaire;

/// The edits that make the first document the second: first what is new or elsewhere, then what is
/// gone, then fields. Nodes are the same if they have the same name; what is renamed is taken away
/// and put in.
///
/// # Errors
/// [`Refused::Ambiguous`] if in one of the documents two nodes have one name. (Checking it would say
/// so too.)
///
/// ```
/// use questionnaire::document::{self, edit::{apply, diff}};
/// let read = |source: &str| document::read(source).questionnaire.unwrap();
/// let before = read("id: e\ntitle: Essai\nblocks: [{id: a, pages: []}, {id: b, pages: []}]\n");
/// let after = read("id: e\ntitle: {fr: Essai, en: Test}\nblocks: [{id: b, pages: []}, {id: a, pages: []}]\n");
/// let edits = diff(&before, &after)?;
/// assert_eq!(edits.len(), 2);
///
/// let mut document = before;
/// for edit in &edits {
///     apply(&mut document, edit)?;
/// }
/// assert_eq!(document, after);
/// # Ok::<(), document::edit::Refused>(())
/// ```
pub fn diff(before: &Questionnaire, after: &Questionnaire) -> Result<Vec<Edit>, Refused> {
    let (before, after) = (Index::of(before)?, Index::of(after)?);
    let mut edits = Vec::new();
    for (under, children) in &after.lists {
        arrange(&before, &after, under, children, &mut edits);
    }
    for entry in &before.entries {
        let gone = |it: &Node| it.kind().is_some() && !after.at.contains_key(it);
        // What stands in something that goes goes with it.
        if gone(&entry.node) && !gone(&entry.under) {
            let node = entry.node.clone();
            edits.push(Edit::Remove { node });
        }
    }
    for entry in &after.entries {
        let Some(old) = before.get(&entry.node) else {
            continue;
        };
        if old.part.equals(entry.part) {
            continue;
        }
        for (field, value) in fields::differences(&old.part.fields(), &entry.part.fields()) {
            edits.push(Edit::Set {
                node: entry.node.clone(),
                field,
                value,
            });
        }
    }
    Ok(edits)
}

/// A node of a document.
struct Entry<'d> {
    node: Node,
    under: Node,
    part: &'d dyn Part,
    /// Its position among everything in its parent.
    position: usize,
}

/// Everything in a document by name.
struct Index<'d> {
    /// Parents before their children.
    entries: Vec<Entry<'d>>,
    at: HashMap<Node, usize>,
    /// The children of each node, those of each kind apart, in the same order.
    lists: Vec<(Node, Vec<usize>)>,
}

impl<'d> Index<'d> {
    fn of(document: &'d Questionnaire) -> Result<Self, Refused> {
        let mut it = Self {
            entries: Vec::new(),
            at: HashMap::new(),
            lists: Vec::new(),
        };
        let root = Node::Questionnaire;
        it.push(&root, &root, document);
        walk(document, &root, &mut |under, node, part| {
            it.push(under, node, part);
        });
        for item in &document.frame {
            let node = Node::Item(item.id.clone());
            it.push(&Node::Frame, &node, item);
            walk(item, &node, &mut |under, node, part| {
                it.push(under, node, part);
            });
        }
        let mut lists: HashMap<(&Node, Kind), usize> = HashMap::new();
        for (nth, entry) in it.entries.iter_mut().enumerate() {
            entry.position = nth;
        }
        for (nth, entry) in it.entries.iter().enumerate() {
            if it.at.insert(entry.node.clone(), nth).is_some() {
                let node = entry.node.clone();
                return Err(Refused::Ambiguous { node });
            }
            let Some(kind) = entry.node.kind() else {
                continue;
            };
            let list = lists.entry((&entry.under, kind)).or_insert_with(|| {
                it.lists.push((entry.under.clone(), Vec::new()));
                it.lists.len() - 1
            });
            it.lists[*list].1.push(nth);
        }
        Ok(it)
    }

    fn push(&mut self, under: &Node, node: &Node, part: &'d dyn Part) {
        self.entries.push(Entry {
            node: node.clone(),
            under: under.clone(),
            part,
            position: 0,
        });
    }

    fn get(&self, node: &Node) -> Option<&Entry<'d>> {
        self.at.get(node).map(|it| &self.entries[*it])
    }

    fn contains(&self, node: &Node) -> bool {
        *node == Node::Frame || self.at.contains_key(node)
    }
}

/// Puts the children of a node, which is where it belongs itself, in their order.
fn arrange(
    before: &Index<'_>,
    after: &Index<'_>,
    under: &Node,
    children: &[usize],
    edits: &mut Vec<Edit>,
) {
    let is_new = !before.contains(under);
    // Of those that stood here already, as many as can stay do; the others go around them.
    let mut positions = Vec::new();
    for child in children {
        let old = before.get(&after.entries[*child].node);
        positions.push(match old {
            Some(it) if it.under == *under => Some(it.position),
            // What is new came with its parent.
            None if is_new => Some(usize::MAX),
            _ => None,
        });
    }
    let stays = if is_new {
        positions.iter().map(Option::is_some).collect()
    } else {
        longest_rise(&positions)
    };
    let mut last: Option<&str> = None;
    for (child, stays) in children.iter().zip(stays) {
        let entry = &after.entries[*child];
        let follows = last.map(str::to_owned);
        last = Some(entry.part.name());
        if stays {
            continue;
        }
        if before.contains(&entry.node) {
            edits.push(Edit::Move {
                node: entry.node.clone(),
                under: under.clone(),
                after: follows,
            });
        } else if let Some(mut content) = entry.part.content() {
            content.without(&|it| before.contains(it));
            edits.push(Edit::Insert {
                under: under.clone(),
                after: follows,
                content,
            });
        }
    }
}

/// Which elements make the longest rising sequence; those without a number are none of it.
fn longest_rise(numbers: &[Option<usize>]) -> Vec<bool> {
    // The last elements of the best sequences of each length, and what came before each element.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; numbers.len()];
    for (nth, number) in numbers.iter().enumerate() {
        if number.is_none() {
            continue;
        }
        let length = ends.partition_point(|it| numbers[*it] < *number);
        before[nth] = length.checked_sub(1).map(|it| ends[it]);
        match ends.get_mut(length) {
            Some(it) => *it = nth,
            None => ends.push(nth),
        }
    }
    let mut rises = vec![false; numbers.len()];
    let mut at = ends.last().copied();
    while let Some(it) = at {
        rises[it] = true;
        at = before[it];
    }
    rises
}
