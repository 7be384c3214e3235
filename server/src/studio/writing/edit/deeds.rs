//! What was typed and which button was pressed, as edits.

use app::studio::team::field_screen::Wrong;
use questionnaire::Text;
use questionnaire::document::edit::{Edit, Node, apply};
use questionnaire::document::form::{self, Direction, New};
use questionnaire::document::{FillCase, ItemKind, Questionnaire};

/// What somebody wants.
pub(in crate::studio::writing) struct Wanted {
    pub(in crate::studio::writing) edits: Vec<Edit>,
    /// The document with them.
    pub(in crate::studio::writing) document: Questionnaire,
    /// The node that is to be open then, if it is another one.
    pub(in crate::studio::writing) open: Option<Node>,
    /// What to say once it is done.
    pub(in crate::studio::writing) done: &'static str,
}

/// What is being typed, as far as it can be read: the rest is left as it was.
pub(super) fn typed(base: &Questionnaire, posted: &[(String, String)]) -> Questionnaire {
    let mut document = base.clone();
    for edit in form::edits(base, posted).unwrap_or_default() {
        // Half of something may not fit yet.
        let _ = apply(&mut document, &edit);
    }
    document
}

/// What was typed, then what the button does: on the document with what was typed, so that it may need it.
///
/// # Errors
/// What was typed cannot be read, or the button's deed does not fit.
pub(in crate::studio::writing) fn wanted(
    base: &Questionnaire,
    what: &str,
    posted: &[(String, String)],
) -> Result<Wanted, Wrong> {
    let edits = form::edits(base, posted).map_err(|it| Wrong {
        code: unreadable(it.expected),
        at: Some(it.name),
    })?;
    let mut document = base.clone();
    for edit in &edits {
        // What cannot be done is said by the service, with its reason.
        let _ = apply(&mut document, edit);
    }
    let (verb, key) = what.split_once(' ').unwrap_or((what, ""));
    let field = |name: &str| {
        let found = posted.iter().rev().find(|(it, _)| it == name);
        found.map(|it| it.1.as_str()).unwrap_or_default()
    };
    let mut wanted = Wanted {
        edits,
        document,
        open: None,
        done: "saved",
    };
    // What is typed is saved before a condition is put together.
    if key.is_empty() || verb == "condition" {
        return Ok(wanted);
    }
    let node: Node = key.parse().map_err(|_| Wrong::from("edit_gone"))?;
    let (more, open) =
        deed(&wanted.document, verb, &node, &field).ok_or_else(|| Wrong::from("edit_misplaced"))?;
    for edit in &more {
        let _ = apply(&mut wanted.document, edit);
    }
    wanted.edits.extend(more);
    wanted.open = open;
    if verb == "remove" {
        wanted.done = "removed";
    }
    Ok(wanted)
}

type Deed = (Vec<Edit>, Option<Node>);

/// What a button does; `None` if that cannot be done there.
fn deed<'p>(
    document: &Questionnaire,
    verb: &str,
    node: &Node,
    field: &impl Fn(&str) -> &'p str,
) -> Option<Deed> {
    let added =
        |under: &Node, after: Option<&str>, new: &New, label: &str, name: &str| -> Option<Deed> {
            let (edit, node) = form::fresh(document, under, after, new, label, name)?;
            let opens = matches!(
                node,
                Node::Block(_)
                    | Node::Page(_)
                    | Node::Item(_)
                    | Node::List(_)
                    | Node::Fill(_)
                    | Node::Net(_)
                    | Node::Figure(_)
            );
            Some((vec![edit], opens.then_some(node)))
        };
    let step = |direction| form::step(document, node, direction).map(|it| (vec![it], None));
    match verb {
        "up" => step(Direction::Up),
        "down" => step(Direction::Down),
        "put" => {
            let edit = match field("beside").parse::<Node>() {
                Ok(other) => form::beside(document, node, &other, field("side") == "after")?,
                Err(_) => form::put(document, node, &field("home").parse().ok()?),
            };
            Some((vec![edit], None))
        }
        "copy" => form::copy(document, node).map(|(edit, node)| (vec![edit], Some(node))),
        "turn" => {
            let Node::Item(id) = node else { return None };
            let kind = serde_json::from_value::<ItemKind>(field("kind").into()).ok()?;
            Some((form::turn(document, id, kind), None))
        }
        "remove" => {
            let node = node.clone();
            let open = neighbour(document, &node);
            Some((vec![Edit::Remove { node }], open))
        }
        "add-item" => {
            let kind = serde_json::from_value::<ItemKind>(field("new-kind").into()).ok()?;
            let new = New::Item(kind);
            let (label, name) = (field("new-label"), field("new-id"));
            match node {
                Node::Item(id) => {
                    let is_roster = document.item(id)?.kind == ItemKind::Roster;
                    match is_roster {
                        true => added(node, None, &new, label, name),
                        false => added(&form::home(document, node)?, Some(id), &new, label, name),
                    }
                }
                _ => added(node, None, &new, label, name),
            }
        }
        "add-page" => match node {
            Node::Page(id) => added(&form::home(document, node)?, Some(id), &New::Page, "", ""),
            _ => added(node, None, &New::Page, "", ""),
        },
        "add-block" => match node {
            Node::Block(id) => added(&Node::Questionnaire, Some(id), &New::Block, "", ""),
            _ => added(&Node::Questionnaire, None, &New::Block, "", ""),
        },
        "add-list" => added(&Node::Questionnaire, None, &New::List, "", ""),
        "add-fill" => added(&Node::Questionnaire, None, &New::Fill, "", ""),
        "add-net" => added(&Node::Questionnaire, None, &New::Net, "", ""),
        "add-figure" => {
            // The button beside a question wants what it says, whatever is typed of another.
            let (item, by, title) = match node {
                Node::Item(id) => (id.as_str(), "", ""),
                _ => (field("new-item"), field("new-by"), field("new-title")),
            };
            let by = (!by.is_empty()).then_some(by);
            let (edit, _) = form::want(document, item, by, title);
            (!item.is_empty()).then(|| (vec![edit], None))
        }
        "add-choice" => added(
            node,
            None,
            &New::Choice,
            field("new-choice"),
            field("new-choice-code"),
        ),
        "add-row" => added(
            node,
            None,
            &New::Row,
            field("new-row"),
            field("new-row-code"),
        ),
        "add-check" => added(
            node,
            None,
            &New::Check,
            field("new-check"),
            field("new-check-code"),
        ),
        "add-case" | "remove-case" => cases(document, node, verb == "add-case"),
        _ => None,
    }
}

/// One more case of a text that depends on the answers, or one less.
fn cases(document: &Questionnaire, node: &Node, more: bool) -> Option<Deed> {
    let Node::Fill(id) = node else { return None };
    let fill = document.fills.iter().find(|it| it.id == *id)?;
    let mut cases = fill.cases.clone();
    match more {
        true => cases.push(FillCase {
            when: "true".to_owned(),
            text: Text::fr("…"),
        }),
        false => drop(cases.pop()?),
    }
    let edit = Edit::Set {
        node: node.clone(),
        field: vec!["cases".to_owned()],
        value: serde_json::to_value(cases).ok(),
    };
    Some((vec![edit], None))
}

/// What is open once a node is gone: what it stood in. Choices, rows and checks are not open themselves.
fn neighbour(document: &Questionnaire, node: &Node) -> Option<Node> {
    match node {
        Node::Block(_) | Node::List(_) | Node::Fill(_) | Node::Net(_) | Node::Figure(_) => {
            Some(Node::Questionnaire)
        }
        Node::Page(_) | Node::Item(_) => form::home(document, node),
        _ => None,
    }
}

/// The code under which what was expected is said.
const fn unreadable(expected: &'static str) -> &'static str {
    match expected.as_bytes() {
        b"needed" => "edit_needed",
        b"whole" => "edit_whole",
        b"number" => "edit_number",
        b"date" => "edit_date",
        b"code" => "edit_code",
        b"attributes" => "edit_attributes",
        _ => "edit_not_a_value",
    }
}
