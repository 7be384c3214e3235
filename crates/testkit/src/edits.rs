//! Random edits of a document, many of them near each other: two people in one corner of it.

use questionnaire::document::Questionnaire;
use questionnaire::document::edit::{Content, Edit, Node, apply};
use serde_json::{Value, json};

use crate::nodes::{Found, nodes};
use crate::tape::Tape;

/// A document with a node of every kind, small enough for two people to meet.
pub const EVERY_NODE: &str = r"
id: tout
title: {fr: Tout, en: Everything}
languages: [fr, en]
offers: [refused]
lists:
  - {id: presence, choices: [{code: oui, label: {fr: Oui, en: Yes}}, {code: non, label: Non}]}
  - {id: vide, choices: []}
fills:
  - {id: nom, cases: [{when: un = 'a', text: A}, {when: un = 'b', text: {fr: B, en: Bee}}], fallback: rien}
nets: [{id: tous, label: Tous, item: un, choices: [a, b]}]
figures: [{id: f1, item: age, by: un}, {id: f2, item: un, title: {fr: Un, en: One}}]
frame: [{id: region, kind: text, column: Région}, {id: taille, kind: quantity}]
blocks:
  - id: premier
    title: Premier
    pages:
      - id: accueil
        items:
          - {id: un, kind: single, label: {fr: Un, en: One}, choices: [{code: a, label: A}, {code: b, label: B, specify: {label: Lequel}}], checks: [{id: k, require: un = 'a', message: Non}]}
          - {id: grille, kind: grid, label: G, list: presence, rows: [{code: l1, label: L1}, {code: l2, label: L2}]}
      - {id: suite, title: Suite, items: [{id: age, kind: quantity, min: 0, max: 120, unit: ans}]}
  - id: second
    filter: age > 18
    pages:
      - id: libre
        items:
          - {id: actions, kind: roster, key: action, units: {min: 0, max: 3, label: action}, items: [{id: nom_action, kind: text, label: Nom}, {id: cout, kind: money, label: Coût}]}
          - {id: lieu, kind: territory, attributes: [{id: qpv, type: boolean}], choices: [{code: '93', label: Ici, attributes: {qpv: true}}]}
";

/// So many random edits, each of the document as those before have left it. Few names and few
/// values, so that two sequences often want the same, or something else of the same.
#[must_use]
pub fn edits(document: &Questionnaire, n: usize, tape: &mut Tape) -> Vec<Edit> {
    let mut document = document.clone();
    let mut made = Vec::new();
    while made.len() < n {
        let edit = edit(&document, tape);
        // What does not fit is drawn again; a tape that has run out says the title, which fits.
        if apply(&mut document, &edit).is_ok() {
            made.push(edit);
        }
    }
    made
}

/// One random edit. Not all fit the document.
#[must_use]
pub fn edit(document: &Questionnaire, tape: &mut Tape) -> Edit {
    let found = nodes(document);
    match tape.below(100) {
        0..52 => set(&found, tape),
        52..70 => insert(&found, tape),
        70..93 => move_to(&found, tape),
        _ => {
            let at = pick(&found, tape);
            Edit::Remove { node: at.node }
        }
    }
}

fn pick(found: &[Found], tape: &mut Tape) -> Found {
    let plainest = Found {
        node: Node::Questionnaire,
        under: Node::Questionnaire,
        fields: Value::Null,
    };
    tape.pick(found).cloned().unwrap_or(plainest)
}

fn set(found: &[Found], tape: &mut Tape) -> Edit {
    let node = pick(found, tape).node;
    let texts = |field: &str| {
        [
            format!("{field}/fr"),
            format!("{field}/en"),
            field.to_owned(),
        ]
    };
    let fields: Vec<String> = match &node {
        Node::Questionnaire => [
            &texts("title")[..],
            &texts("introduction"),
            &["offers".into(), "languages".into()],
        ]
        .concat(),
        Node::Block(_) | Node::Page(_) => [&texts("title")[..], &["filter".into()]].concat(),
        Node::Item(_) => {
            let others = [
                "required",
                "min",
                "filter",
                "list",
                "units",
                "units/max",
                "kind",
                "offers",
                "attributes",
            ];
            [
                &texts("label")[..],
                &texts("help"),
                &others.map(str::to_owned),
            ]
            .concat()
        }
        Node::Choice { .. } | Node::ListChoice { .. } => {
            let others = [
                "exclusive",
                "specify",
                "specify/required",
                "filter",
                "missing",
                "attributes",
                "attributes/qpv",
            ];
            [
                &texts("label")[..],
                &texts("specify/label"),
                &others.map(str::to_owned),
            ]
            .concat()
        }
        Node::Row { .. } => [&texts("label")[..], &["filter".into()]].concat(),
        Node::Check { .. } => [
            &texts("message")[..],
            &["require".into(), "severity".into()],
        ]
        .concat(),
        Node::Fill(_) => [
            &texts("fallback")[..],
            &texts("cases/0/text"),
            &texts("cases/1/text"),
            &["cases".into(), "cases/0/when".into()],
        ]
        .concat(),
        Node::Net(_) => [&texts("label")[..], &["item".into(), "choices".into()]].concat(),
        Node::Figure(_) => [&texts("title")[..], &["item".into(), "by".into()]].concat(),
        Node::List(_) | Node::Frame => vec!["id".into()],
    };
    // Half of them write the first: what everybody sees first.
    let nth = if tape.chance(50) {
        0
    } else {
        tape.below(fields.len())
    };
    let path = fields.get(nth).cloned().unwrap_or_default();
    let field: Vec<String> = path.split('/').map(str::to_owned).collect();
    let value = if tape.chance(20) {
        None
    } else {
        Some(value(&field, tape))
    };
    Edit::Set { node, field, value }
}

/// A value that a field can have, more often than not.
fn value(field: &[String], tape: &mut Tape) -> Value {
    let word = tape.pick(&["a", "b", "c"]).copied().unwrap_or("a");
    let number = tape.below(3);
    match field.last().map_or("", String::as_str) {
        "title" | "introduction" | "label" | "help" | "message" | "text" | "fallback" => tape
            .pick(&[
                json!({ "fr": word }),
                json!({ "fr": word, "en": "x" }),
                json!({}),
            ])
            .cloned()
            .unwrap_or_default(),
        "offers" => json!(["refused", "dont_know"][..number]),
        "languages" | "choices" => json!(["fr", "en", "br"][..=number]),
        "required" | "exclusive" | "qpv" => json!(number > 0),
        "min" | "max" => json!(number),
        "units" => json!({ "max": number, "label": { "fr": word } }),
        "kind" => json!(["text", "quantity", "single"][number]),
        "severity" => json!(["hard", "soft"][number % 2]),
        "missing" => json!(["refused", "dont_know"][number % 2]),
        "specify" => [
            json!({}),
            json!({ "required": true }),
            json!({ "label": { "fr": word } }),
        ][number]
            .clone(),
        "attributes" => [
            json!({}),
            json!({ "qpv": null }),
            json!([{ "id": word, "type": "text" }]),
        ][number]
            .clone(),
        "cases" => {
            let cases = [
                json!({ "when": "true", "text": word }),
                json!({ "when": word, "text": { "en": "x" } }),
            ];
            json!(cases[..number])
        }
        _ => json!(word),
    }
}

/// A sibling to follow, or none; sometimes one that is not there.
fn follow(
    found: &[Found],
    under: &Node,
    kind: fn(&Node) -> bool,
    tape: &mut Tape,
) -> Option<String> {
    if tape.chance(3) {
        return Some("nulle_part".to_owned());
    }
    let mut names: Vec<Option<String>> = vec![None];
    let siblings = found
        .iter()
        .filter(|it| it.under == *under && kind(&it.node));
    names.extend(siblings.map(|it| name(&it.node)));
    tape.pick(&names).cloned().flatten()
}

fn name(node: &Node) -> Option<String> {
    let json = serde_json::to_value(node).ok()?;
    let inside = json.as_object()?.values().next()?;
    let name = inside
        .as_str()
        .or_else(|| inside.get("code").or_else(|| inside.get("id"))?.as_str());
    name.map(str::to_owned)
}

fn insert(found: &[Found], tape: &mut Tape) -> Edit {
    let under = if tape.chance(10) {
        Node::Frame
    } else {
        pick(found, tape).node
    };
    let id = tape.pick(&["n1", "n2", "n3"]).copied().unwrap_or("n1");
    let other = tape.pick(&["n4", "n1"]).copied().unwrap_or("n4");
    let choice = json!({ "choice": { "code": id, "label": { "fr": id } } });
    let item = json!({ "item": { "id": id, "kind": "text" } });
    let (content, kind): (Value, fn(&Node) -> bool) = match (&under, tape.below(5)) {
        (Node::Questionnaire, 0) => (
            json!({ "list": { "id": id, "choices": [{ "code": "oui", "label": "Oui" }] } }),
            |it| matches!(it, Node::List(_)),
        ),
        (Node::Questionnaire, 1) => (
            json!({ "fill": { "id": id, "cases": [], "fallback": "x" } }),
            |it| matches!(it, Node::Fill(_)),
        ),
        (Node::Questionnaire, 2) => (
            json!({ "net": { "id": id, "label": "x", "item": "un", "choices": [] } }),
            |it| matches!(it, Node::Net(_)),
        ),
        (Node::Questionnaire, 3) => (json!({ "figure": { "id": id, "item": "un" } }), |it| {
            matches!(it, Node::Figure(_))
        }),
        (Node::Questionnaire, _) => (
            json!({ "block": { "id": id, "pages": [{ "id": other, "items": [{ "id": other, "kind": "statement" }] }] } }),
            |it| matches!(it, Node::Block(_)),
        ),
        (Node::Block(_), _) => (
            json!({ "page": { "id": id, "items": [{ "id": other, "kind": "text", "label": other }] } }),
            |it| matches!(it, Node::Page(_)),
        ),
        (Node::Item(_), 0) => (json!({ "row": { "code": id, "label": "x" } }), |it| {
            matches!(it, Node::Row { .. })
        }),
        (Node::Item(_), 1) => (
            json!({ "check": { "id": id, "require": "true", "message": "x" } }),
            |it| matches!(it, Node::Check { .. }),
        ),
        (Node::Item(_), 2) | (Node::List(_), _) => (choice, |it| {
            matches!(it, Node::Choice { .. } | Node::ListChoice { .. })
        }),
        (Node::Page(_), 0) => (
            json!({ "item": { "id": id, "kind": "roster", "items": [{ "id": other, "kind": "single", "choices": [{ "code": "oui", "label": "Oui" }] }] } }),
            |it| matches!(it, Node::Item(_)),
        ),
        _ => (item, |it| matches!(it, Node::Item(_))),
    };
    Edit::Insert {
        after: follow(found, &under, kind, tape),
        under,
        content: content_of(content),
    }
}

#[expect(
    clippy::panic,
    reason = "a mistake in a generator must stop the tests that use it"
)]
fn content_of(json: Value) -> Content {
    serde_json::from_value(json)
        .unwrap_or_else(|error| panic!("the generator wrote no node: {error}"))
}

fn move_to(found: &[Found], tape: &mut Tape) -> Edit {
    // Mostly what has somewhere to go.
    let goes = |it: &&Found| matches!(it.node, Node::Page(_) | Node::Item(_));
    let going: Vec<Found> = found.iter().filter(goes).cloned().collect();
    let at = if tape.chance(70) {
        pick(&going, tape)
    } else {
        pick(found, tape)
    };
    let fits: fn(&Node) -> bool = match at.node {
        Node::Page(_) => |it| matches!(it, Node::Block(_)),
        Node::Item(_) => |it| matches!(it, Node::Page(_) | Node::Item(_)),
        _ => |_| false,
    };
    let kind: fn(&Node) -> bool = match at.node {
        Node::Block(_) => |it| matches!(it, Node::Block(_)),
        Node::Page(_) => |it| matches!(it, Node::Page(_)),
        Node::Item(_) => |it| matches!(it, Node::Item(_)),
        Node::List(_) => |it| matches!(it, Node::List(_)),
        Node::Fill(_) => |it| matches!(it, Node::Fill(_)),
        Node::Net(_) => |it| matches!(it, Node::Net(_)),
        Node::Figure(_) => |it| matches!(it, Node::Figure(_)),
        Node::Row { .. } => |it| matches!(it, Node::Row { .. }),
        Node::Check { .. } => |it| matches!(it, Node::Check { .. }),
        _ => |it| matches!(it, Node::Choice { .. } | Node::ListChoice { .. }),
    };
    let targets: Vec<&Found> = found.iter().filter(|it| fits(&it.node)).collect();
    let under = match tape.pick(&targets) {
        Some(it) if tape.chance(60) => it.node.clone(),
        _ => at.under.clone(),
    };
    Edit::Move {
        after: follow(found, &under, kind, tape),
        node: at.node,
        under,
    }
}
