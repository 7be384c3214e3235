//! Order, and what is new: the edits behind « monter », « descendre », « déplacer », « ajouter ».

use serde_json::{Value, json};

use super::naming::{free, word};
use crate::document::edit::{Content, Edit, Node, siblings_of};
use crate::document::{Item, ItemKind, Questionnaire};

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Towards the beginning.
    Up,
    /// Towards the end.
    Down,
}

/// Puts a node one place further; at an end of what it stands in, into the neighbour: a question goes from the
/// top of a page to the end of the page before. `None` where there is no further.
#[must_use]
pub fn step(document: &Questionnaire, node: &Node, direction: Direction) -> Option<Edit> {
    let (under, names) = siblings_of(document, node)?;
    let at = names.iter().position(|it| it == name(node))?;
    let place = |under: Node, after: Option<&String>| {
        Some(Edit::Move {
            node: node.clone(),
            under,
            after: after.cloned(),
        })
    };
    match direction {
        Direction::Up if at > 0 => place(under, at.checked_sub(2).and_then(|it| names.get(it))),
        Direction::Down if at + 1 < names.len() => place(under, names.get(at + 1)),
        _ => {
            let homes = homes(document, node);
            let here = homes.iter().position(|it| *it == under)?;
            match direction {
                Direction::Up => {
                    let to = homes.get(here.checked_sub(1)?)?;
                    let last = children(document, to).pop();
                    place(to.clone(), last.as_ref())
                }
                Direction::Down => place(homes.get(here + 1)?.clone(), None),
            }
        }
    }
}

/// Puts a node at the end of another.
#[must_use]
pub fn put(document: &Questionnaire, node: &Node, home: &Node) -> Edit {
    let mut names = children(document, home);
    names.retain(|it| it != name(node));
    Edit::Move {
        node: node.clone(),
        under: home.clone(),
        after: names.pop(),
    }
}

/// Puts a node before or after another. `None` if there is no other.
#[must_use]
pub fn beside(document: &Questionnaire, node: &Node, other: &Node, after: bool) -> Option<Edit> {
    let (under, mut names) = siblings_of(document, other)?;
    names.retain(|it| it != name(node));
    let at = names.iter().position(|it| it == name(other))?;
    let at = if after { Some(at) } else { at.checked_sub(1) };
    Some(Edit::Move {
        node: node.clone(),
        under,
        after: at.and_then(|it| names.get(it)).cloned(),
    })
}

/// What a node stands in.
#[must_use]
pub fn home(document: &Questionnaire, node: &Node) -> Option<Node> {
    siblings_of(document, node).map(|it| it.0)
}

/// What a node may stand in, in the order of the document: pages and rosters of a question, blocks of a page.
#[must_use]
pub fn homes(document: &Questionnaire, node: &Node) -> Vec<Node> {
    let blocks = document.blocks.iter();
    match node {
        Node::Page(_) => blocks.map(|it| Node::Block(it.id.clone())).collect(),
        Node::Item(id) if document.frame.iter().all(|it| it.id != *id) => {
            let is_roster = document.item(id).map(|it| it.kind) == Some(ItemKind::Roster);
            let mut homes = Vec::new();
            for page in blocks.flat_map(|it| &it.pages) {
                homes.push(Node::Page(page.id.clone()));
                let rosters = page.items.iter().filter(|it| it.kind == ItemKind::Roster);
                // Rosters stand on pages.
                homes.extend(
                    rosters
                        .filter(|_| !is_roster)
                        .map(|it| Node::Item(it.id.clone())),
                );
            }
            homes
        }
        _ => siblings_of(document, node)
            .map(|it| it.0)
            .into_iter()
            .collect(),
    }
}

/// Something that is added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum New {
    /// A block with an empty page.
    Block,
    /// An empty page.
    Page,
    /// A question, a statement, a computed value, a roster.
    Item(ItemKind),
    /// A choice.
    Choice,
    /// A row of a grid.
    Row,
    /// A check.
    Check,
    /// A list of choices that items share.
    List,
    /// A text that depends on the answers.
    Fill,
    /// A union of choices.
    Net,
}

/// Adds something to a node, after one that stands in it or at its end. Without a `name` its id or code comes from
/// its label; what its kind cannot do without is there. `None` if it does not belong there.
#[must_use]
pub fn fresh(
    document: &Questionnaire,
    under: &Node,
    after: Option<&str>,
    new: &New,
    label: &str,
    name: &str,
) -> Option<(Edit, Node)> {
    let (label, name) = (label.trim(), name.trim());
    let text = |otherwise: &str| json!({"fr": if label.is_empty() { otherwise } else { label }});
    let taken = |it: &str| taken(document, it);
    let id = |otherwise: &str| match name {
        "" => free(&word(label, otherwise), taken),
        name => name.to_owned(),
    };
    let beside = |otherwise: &str| {
        let here = children(document, under);
        let taken = |it: &str| here.iter().any(|other| other == it);
        match name {
            "" => free(&word(label, otherwise), taken),
            name => name.to_owned(),
        }
    };
    let (content, node) = match (under, new) {
        (Node::Questionnaire, New::Block) => {
            let id = id("partie");
            let page = free(&format!("{id}_page"), taken);
            let block = json!({"id": id, "title": text("Nouvelle partie"), "pages": [{"id": page, "items": []}]});
            (json!({ "block": block }), Node::Block(id))
        }
        (Node::Block(_), New::Page) => {
            let id = id("page");
            let page = json!({"id": id, "title": text("Nouvelle page"), "items": []});
            (json!({ "page": page }), Node::Page(id))
        }
        (Node::Page(_) | Node::Item(_) | Node::Frame, New::Item(kind)) => {
            let id = id("question");
            let item = item(document, *kind, &id, &text("Nouvelle question"));
            (json!({ "item": item }), Node::Item(id))
        }
        (Node::Item(item), New::Choice) => {
            let code = beside("choix");
            let node = Node::Choice {
                item: item.clone(),
                code: code.clone(),
            };
            let choice = json!({"code": code, "label": text("Nouveau choix")});
            (json!({ "choice": choice }), node)
        }
        (Node::List(list), New::Choice) => {
            let code = beside("choix");
            let node = Node::ListChoice {
                list: list.clone(),
                code: code.clone(),
            };
            let choice = json!({"code": code, "label": text("Nouveau choix")});
            (json!({ "choice": choice }), node)
        }
        (Node::Item(item), New::Row) => {
            let code = beside("ligne");
            let node = Node::Row {
                item: item.clone(),
                code: code.clone(),
            };
            (
                json!({"row": {"code": code, "label": text("Nouvelle ligne")}}),
                node,
            )
        }
        (Node::Item(item), New::Check) => {
            let it = document.item(item)?;
            let here: Vec<_> = it.checks.iter().map(|it| it.id.clone()).collect();
            let id = free(&word(label, "controle"), |it| {
                here.iter().any(|other| other == it)
            });
            let node = Node::Check {
                item: item.clone(),
                id: id.clone(),
            };
            let check = json!({
                "id": id, "require": format!("answered({item})"), "severity": "soft", "message": text("Vérifiez cette réponse."),
            });
            (json!({ "check": check }), node)
        }
        (Node::Questionnaire, New::List) => {
            let id = id("liste");
            let list =
                json!({"id": id, "choices": [{"code": "choix_1", "label": {"fr": "Choix 1"}}]});
            (json!({ "list": list }), Node::List(id))
        }
        (Node::Questionnaire, New::Fill) => {
            let id = id("texte");
            let fill = json!({"id": id, "cases": [], "fallback": text("…")});
            (json!({ "fill": fill }), Node::Fill(id))
        }
        (Node::Questionnaire, New::Net) => {
            let id = id("regroupement");
            let several = [ItemKind::Single, ItemKind::Multiple, ItemKind::Scale];
            let item = first(document, |it| {
                several.contains(&it.kind) && !it.choices.is_empty()
            })?;
            let codes: Vec<&str> = item.choices.iter().map(|it| it.code.as_str()).collect();
            let net =
                json!({"id": id, "label": text("Regroupement"), "item": item.id, "choices": codes});
            (json!({ "net": net }), Node::Net(id))
        }
        _ => return None,
    };
    let content: Content = serde_json::from_value(content).ok()?;
    let last = || match content {
        Content::Choice(_) | Content::Row(_) | Content::Page(_) => children(document, under).pop(),
        Content::Item(_) => items(document, under).pop(),
        Content::Check(_) => match under {
            Node::Item(id) => document.item(id)?.checks.last().map(|it| it.id.clone()),
            _ => None,
        },
        Content::Block(_) => document.blocks.last().map(|it| it.id.clone()),
        Content::List(_) => document.lists.last().map(|it| it.id.clone()),
        Content::Fill(_) => document.fills.last().map(|it| it.id.clone()),
        Content::Net(_) => document.nets.last().map(|it| it.id.clone()),
        Content::Figure(_) => document.figures.last().map(|it| it.id.clone()),
    };
    let after = after.map(str::to_owned).or_else(last);
    let edit = Edit::Insert {
        under: under.clone(),
        after,
        content,
    };
    Some((edit, node))
}

/// Makes an item one of another kind. Fields that the new kind does not take go, and what it cannot do without is
/// put in.
#[must_use]
pub fn turn(document: &Questionnaire, id: &str, kind: ItemKind) -> Vec<Edit> {
    let Some(old) = document.item(id).filter(|it| it.kind != kind) else {
        return Vec::new();
    };
    let node = Node::Item(id.to_owned());
    let set = |field: &str, value: Option<Value>| Edit::Set {
        node: node.clone(),
        field: vec![field.to_owned()],
        value,
    };
    let takes = |field: &str| crate::compile::takes(kind, old.cells, field);
    let mut edits = Vec::new();
    let fields = crate::document::edit::fields_of(document, &node).unwrap_or_default();
    for field in fields.as_object().into_iter().flat_map(|it| it.keys()) {
        if !takes(field) {
            edits.push(set(field, None));
        }
    }
    let item_ = |code: &str| (id.to_owned(), code.to_owned());
    // The codes of a computed value are its expression's.
    if !takes("choices") || kind == ItemKind::Computed {
        edits.extend(old.choices.iter().map(|it| {
            let (item, code) = item_(&it.code);
            let node = Node::Choice { item, code };
            Edit::Remove { node }
        }));
    }
    if !takes("rows") {
        edits.extend(old.rows.iter().map(|it| {
            let (item, code) = item_(&it.code);
            let node = Node::Row { item, code };
            Edit::Remove { node }
        }));
    }
    if !takes("items") {
        edits.extend(old.items.iter().map(|it| Edit::Remove {
            node: Node::Item(it.id.clone()),
        }));
    }
    edits.push(set("kind", serde_json::to_value(kind).ok()));
    let label = serde_json::to_value(&old.label).unwrap_or_default();
    let new: Option<Item> = serde_json::from_value(item(document, kind, id, &label)).ok();
    let Some(new) = new else { return edits };
    let mut insert = |content: Content, after: Option<&String>| {
        edits.push(Edit::Insert {
            under: node.clone(),
            after: after.cloned(),
            content,
        });
    };
    if old.choices.is_empty() && old.list.is_none() {
        let mut last: Option<String> = None;
        for it in new.choices {
            let code = it.code.clone();
            insert(Content::Choice(it), last.as_ref());
            last = Some(code);
        }
    }
    if old.rows.is_empty() {
        new.rows
            .into_iter()
            .for_each(|it| insert(Content::Row(it), None));
    }
    if old.items.is_empty() {
        let items = new.items.into_iter();
        items.for_each(|it| insert(Content::Item(Box::new(it)), None));
    }
    if old.value.is_none()
        && let Some(value) = new.value
    {
        edits.push(set("value", Some(value.into())));
    }
    if kind == ItemKind::Roster && old.over.is_none() && old.units.is_none() {
        edits.push(set("key", new.key.map(Value::from)));
        edits.push(set("over", new.over.map(Value::from)));
        edits.push(set(
            "units",
            new.units.and_then(|it| serde_json::to_value(it).ok()),
        ));
    }
    edits
}

/// A copy of a question after itself, under an id of its own. `None` for whatever else, and for rosters, whose
/// questions have ids too.
#[must_use]
pub fn copy(document: &Questionnaire, node: &Node) -> Option<(Edit, Node)> {
    let Node::Item(id) = node else { return None };
    let mut item = document.item(id)?.clone();
    if !item.items.is_empty() {
        return None;
    }
    item.id = free(id, |it| taken(document, it));
    let (under, _) = siblings_of(document, node)?;
    let copied = Node::Item(item.id.clone());
    let edit = Edit::Insert {
        under,
        after: Some(id.clone()),
        content: Content::Item(Box::new(item)),
    };
    Some((edit, copied))
}

/// A new item with what its kind cannot do without.
fn item(document: &Questionnaire, kind: ItemKind, id: &str, label: &Value) -> Value {
    use ItemKind as K;
    let mut item = json!({"id": id, "kind": kind, "label": label});
    let choices = json!([
        {"code": "choix_1", "label": {"fr": "Choix 1"}},
        {"code": "choix_2", "label": {"fr": "Choix 2"}},
    ]);
    match kind {
        K::Single | K::Multiple | K::Rank | K::Territory => item["choices"] = choices,
        K::Scale => {
            let step = |it: u8| json!({"code": it.to_string(), "label": {"fr": it.to_string()}});
            item["choices"] = (1..=5).map(step).collect();
        }
        K::Grid => {
            item["rows"] = json!([{"code": "ligne_1", "label": {"fr": "Ligne 1"}}]);
            item["choices"] = choices;
        }
        K::Computed => item["value"] = json!("1"),
        K::Roster => {
            item["key"] = json!("unite");
            item["units"] = json!({"max": 10, "label": {"fr": "unité"}});
            let inner = free(&format!("{id}_question"), |it| taken(document, it));
            item["items"] =
                json!([{"id": inner, "kind": "text", "label": {"fr": "Nouvelle question"}}]);
        }
        K::Quantity | K::Money | K::Text | K::Date | K::Consent | K::Contact | K::Statement => {}
    }
    item
}

fn first(document: &Questionnaire, is: impl Fn(&Item) -> bool) -> Option<&Item> {
    let pages = document.blocks.iter().flat_map(|it| &it.pages);
    pages.flat_map(|it| &it.items).find(|it| is(it))
}

/// Names of what stands directly in a node: choices or rows of an item where it has some, else its items.
fn children(document: &Questionnaire, node: &Node) -> Vec<String> {
    match node {
        Node::Questionnaire => document.blocks.iter().map(|it| it.id.clone()).collect(),
        Node::Block(id) => {
            let block = document.blocks.iter().find(|it| it.id == *id);
            let pages = block.into_iter().flat_map(|it| &it.pages);
            pages.map(|it| it.id.clone()).collect()
        }
        Node::List(id) => {
            let list = document.lists.iter().find(|it| it.id == *id);
            let choices = list.into_iter().flat_map(|it| &it.choices);
            choices.map(|it| it.code.clone()).collect()
        }
        Node::Item(id) => {
            let Some(item) = document.item(id) else {
                return Vec::new();
            };
            let choices = item.choices.iter().map(|it| it.code.clone());
            match item.kind {
                ItemKind::Roster => item.items.iter().map(|it| it.id.clone()).collect(),
                _ => choices.collect(),
            }
        }
        _ => items(document, node),
    }
}

fn items(document: &Questionnaire, node: &Node) -> Vec<String> {
    let list = match node {
        Node::Frame => Some(&document.frame),
        Node::Page(id) => {
            let mut pages = document.blocks.iter().flat_map(|it| &it.pages);
            pages.find(|it| it.id == *id).map(|it| &it.items)
        }
        Node::Item(id) => document.item(id).map(|it| &it.items),
        _ => None,
    };
    let list = list.into_iter().flatten();
    list.map(|it| it.id.clone()).collect()
}

fn name(node: &Node) -> &str {
    match node {
        Node::Questionnaire | Node::Frame => "",
        Node::Block(id)
        | Node::Page(id)
        | Node::Item(id)
        | Node::List(id)
        | Node::Fill(id)
        | Node::Net(id)
        | Node::Figure(id)
        | Node::Check { id, .. } => id,
        Node::Choice { code, .. } | Node::ListChoice { code, .. } | Node::Row { code, .. } => code,
    }
}

/// Whether some node has this id.
fn taken(document: &Questionnaire, id: &str) -> bool {
    let named = |it: Node| crate::document::edit::fields_of(document, &it).is_some();
    let id = id.to_owned();
    named(Node::Block(id.clone()))
        || named(Node::Page(id.clone()))
        || named(Node::Item(id.clone()))
        || named(Node::List(id.clone()))
        || named(Node::Fill(id.clone()))
        || named(Node::Net(id))
}
