//! Finding nodes in a document, by name.

use serde_json::Value;

use super::content::Siblings;
use super::node::Kind;
use super::part::Part;
use super::{Edit, Node, Place, fields};
use crate::document::{Item, Page, Questionnaire};

fn page<'d>(document: &'d Questionnaire, id: &str) -> Option<&'d Page> {
    let mut pages = document.blocks.iter().flat_map(|it| &it.pages);
    pages.find(|it| it.id == id)
}

fn page_mut<'d>(document: &'d mut Questionnaire, id: &str) -> Option<&'d mut Page> {
    let mut pages = document.blocks.iter_mut().flat_map(|it| &mut it.pages);
    pages.find(|it| it.id == id)
}

fn item<'d>(document: &'d Questionnaire, id: &str) -> Option<&'d Item> {
    fn among<'d>(items: &'d [Item], id: &str) -> Option<&'d Item> {
        items.iter().find_map(|it| {
            if it.id == id {
                Some(it)
            } else {
                among(&it.items, id)
            }
        })
    }
    let pages = document.blocks.iter().flat_map(|it| &it.pages);
    among(&document.frame, id).or_else(|| pages.map(|it| &it.items).find_map(|it| among(it, id)))
}

fn item_mut<'d>(document: &'d mut Questionnaire, id: &str) -> Option<&'d mut Item> {
    fn among<'d>(items: &'d mut [Item], id: &str) -> Option<&'d mut Item> {
        items.iter_mut().find_map(|it| {
            if it.id == id {
                Some(it)
            } else {
                among(&mut it.items, id)
            }
        })
    }
    let pages = document.blocks.iter_mut().flat_map(|it| &mut it.pages);
    let lists = pages.map(|it| &mut it.items);
    std::iter::once(&mut document.frame)
        .chain(lists)
        .find_map(|it| among(it, id))
}

/// The children of one kind of a node; `None` if it does not exist or has none of that kind.
pub(super) fn siblings<'d>(
    document: &'d Questionnaire,
    under: &Node,
    kind: Kind,
) -> Option<&'d dyn Siblings> {
    Some(match (under, kind) {
        (Node::Questionnaire, Kind::Block) => &document.blocks,
        (Node::Questionnaire, Kind::List) => &document.lists,
        (Node::Questionnaire, Kind::Fill) => &document.fills,
        (Node::Questionnaire, Kind::Net) => &document.nets,
        (Node::Questionnaire, Kind::Figure) => &document.figures,
        (Node::Frame, Kind::Item) => &document.frame,
        (Node::Block(id), Kind::Page) => &document.blocks.iter().find(|it| it.id == *id)?.pages,
        (Node::Page(id), Kind::Item) => &page(document, id)?.items,
        (Node::Item(id), Kind::Item) => &item(document, id)?.items,
        (Node::Item(id), Kind::Choice) => &item(document, id)?.choices,
        (Node::Item(id), Kind::Row) => &item(document, id)?.rows,
        (Node::Item(id), Kind::Check) => &item(document, id)?.checks,
        (Node::List(id), Kind::Choice) => &document.lists.iter().find(|it| it.id == *id)?.choices,
        _ => return None,
    })
}

/// The same, to change them.
pub(super) fn siblings_mut<'d>(
    document: &'d mut Questionnaire,
    under: &Node,
    kind: Kind,
) -> Option<&'d mut dyn Siblings> {
    Some(match (under, kind) {
        (Node::Questionnaire, Kind::Block) => &mut document.blocks,
        (Node::Questionnaire, Kind::List) => &mut document.lists,
        (Node::Questionnaire, Kind::Fill) => &mut document.fills,
        (Node::Questionnaire, Kind::Net) => &mut document.nets,
        (Node::Questionnaire, Kind::Figure) => &mut document.figures,
        (Node::Frame, Kind::Item) => &mut document.frame,
        (Node::Block(id), Kind::Page) => {
            let mut blocks = document.blocks.iter_mut();
            &mut blocks.find(|it| it.id == *id)?.pages
        }
        (Node::Page(id), Kind::Item) => &mut page_mut(document, id)?.items,
        (Node::Item(id), Kind::Item) => &mut item_mut(document, id)?.items,
        (Node::Item(id), Kind::Choice) => &mut item_mut(document, id)?.choices,
        (Node::Item(id), Kind::Row) => &mut item_mut(document, id)?.rows,
        (Node::Item(id), Kind::Check) => &mut item_mut(document, id)?.checks,
        (Node::List(id), Kind::Choice) => {
            let mut lists = document.lists.iter_mut();
            &mut lists.find(|it| it.id == *id)?.choices
        }
        _ => return None,
    })
}

/// A node; `None` if it does not exist, and for the frame, which is only a list.
pub(super) fn part<'d>(document: &'d Questionnaire, node: &Node) -> Option<&'d dyn Part> {
    match node {
        Node::Questionnaire => Some(document),
        Node::Frame => None,
        Node::Page(id) => page(document, id).map(|it| it as &dyn Part),
        Node::Item(id) => item(document, id).map(|it| it as &dyn Part),
        _ => {
            let list = siblings(document, &parent(document, node)?, node.kind()?)?;
            list.part(list.position(node.name())?)
        }
    }
}

/// The same, to change it.
pub(super) fn part_mut<'d>(
    document: &'d mut Questionnaire,
    node: &Node,
) -> Option<&'d mut dyn Part> {
    match node {
        Node::Questionnaire => Some(document),
        Node::Frame => None,
        Node::Page(id) => page_mut(document, id).map(|it| it as &mut dyn Part),
        Node::Item(id) => item_mut(document, id).map(|it| it as &mut dyn Part),
        _ => {
            let under = parent(document, node)?;
            let list = siblings_mut(document, &under, node.kind()?)?;
            let at = list.position(node.name())?;
            list.part_mut(at)
        }
    }
}

/// The node that a node stands in. Of a node that is named with its parent, and of those at the top,
/// it is told whether or not they exist.
pub(super) fn parent(document: &Questionnaire, node: &Node) -> Option<Node> {
    fn roster(items: &[Item], id: &str) -> Option<Node> {
        items.iter().find_map(|it| {
            if it.items.iter().any(|it| it.id == id) {
                Some(Node::Item(it.id.clone()))
            } else {
                roster(&it.items, id)
            }
        })
    }
    let of = |list: &[Item], id: &str, under: Node| {
        if list.iter().any(|it| it.id == id) {
            Some(under)
        } else {
            roster(list, id)
        }
    };
    match node {
        Node::Questionnaire => None,
        Node::Frame
        | Node::Block(_)
        | Node::List(_)
        | Node::Fill(_)
        | Node::Net(_)
        | Node::Figure(_) => Some(Node::Questionnaire),
        Node::Page(id) => document.blocks.iter().find_map(|it| {
            let is_here = it.pages.iter().any(|it| it.id == *id);
            is_here.then(|| Node::Block(it.id.clone()))
        }),
        Node::Item(id) => of(&document.frame, id, Node::Frame).or_else(|| {
            let mut pages = document.blocks.iter().flat_map(|it| &it.pages);
            pages.find_map(|it| of(&it.items, id, Node::Page(it.id.clone())))
        }),
        Node::Choice { item, .. } | Node::Row { item, .. } | Node::Check { item, .. } => {
            Some(Node::Item(item.clone()))
        }
        Node::ListChoice { list, .. } => Some(Node::List(list.clone())),
    }
}

/// Whether there is such a node.
pub(super) fn exists(document: &Questionnaire, node: &Node) -> bool {
    *node == Node::Frame || part(document, node).is_some()
}

/// Where a node stands.
pub(super) fn place(document: &Questionnaire, node: &Node) -> Option<Place> {
    let under = parent(document, node)?;
    let list = siblings(document, &under, node.kind()?)?;
    let at = list.position(node.name())?;
    let after = at.checked_sub(1).and_then(|it| list.name(it));
    Some(Place {
        under,
        after: after.map(str::to_owned),
    })
}

/// What a node and everything in it are called, parents before their children.
pub(super) fn names(part: &dyn Part, node: &Node) -> Vec<Node> {
    let mut found = Vec::new();
    walk(part, node, &mut |_, node, _| found.push(node.clone()));
    found.insert(0, node.clone());
    found
}

/// Goes through everything in a node: parent, node, its part; parents before their children.
pub(super) fn walk<'d>(
    part: &'d dyn Part,
    node: &Node,
    each: &mut dyn FnMut(&Node, &Node, &'d dyn Part),
) {
    part.each_child(&mut |kind, child| {
        if let Some(name) = node.child(kind, child.name()) {
            each(node, &name, child);
            walk(child, &name, each);
        }
    });
}

/// What an edit is about as a document has it: the field's value, the node's place, the node.
pub(super) fn state(document: &Questionnaire, edit: &Edit) -> Option<Value> {
    let content = |node: &Node| {
        let content = part(document, node)?.content()?;
        serde_json::to_value(content).ok()
    };
    match edit {
        Edit::Set { node, field, .. } => {
            fields::get(&part(document, node)?.fields(), field).cloned()
        }
        Edit::Move { node, .. } => serde_json::to_value(place(document, node)?).ok(),
        Edit::Remove { node } => content(node),
        Edit::Insert {
            under, content: it, ..
        } => content(&under.child(it.kind(), it.part().name())?),
    }
}

impl Questionnaire {
    /// The item of this id, on whichever page, in a roster or in the frame.
    ///
    /// ```
    /// use questionnaire::document;
    /// let source = "id: essai\ntitle: Essai\nblocks: [{id: b, pages: [{id: p, items: [{id: age, kind: quantity, label: Âge}]}]}]\n";
    /// let document = document::read(source).questionnaire.unwrap();
    /// assert_eq!(document.item("age").unwrap().label.as_ref().unwrap().get("fr"), "Âge");
    /// ```
    #[must_use]
    pub fn item(&self, id: &str) -> Option<&Item> {
        item(self, id)
    }
}

/// The fields of a part as a JSON record, without the parts in it; `None` if there is none of this name, and for
/// the frame.
#[must_use]
pub fn fields_of(document: &Questionnaire, node: &Node) -> Option<Value> {
    part(document, node).map(Part::fields)
}

/// What a part stands in, and it and its siblings by name, in order.
pub(crate) fn siblings_of(document: &Questionnaire, node: &Node) -> Option<(Node, Vec<String>)> {
    let under = parent(document, node)?;
    let list = siblings(document, &under, node.kind()?)?;
    let names = (0..).map_while(|it| list.name(it).map(str::to_owned));
    Some((under, names.collect()))
}
