//! Conditions as sentences: what they are read as, what is said at a place, what holds of all of them.

mod cases;
mod compiles;
mod draft;
mod laws;
mod said;

use expr::{Expr, ExprKind};
use questionnaire::document::edit::{Edit, Node, apply};
use questionnaire::document::{self, Questionnaire};

fn parsed(text: &str) -> Expr {
    let parsed = expr::parse(text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    parsed.expr.unwrap()
}

/// A tree in which `a and (b and c)` is `a and b and c`.
fn flat(it: &Expr) -> Expr {
    let list = |list: &[Expr], is_and: bool| {
        let mut flattened = Vec::new();
        for it in list.iter().map(flat) {
            match it.kind {
                ExprKind::And(inner) if is_and => flattened.extend(inner),
                ExprKind::Or(inner) if !is_and => flattened.extend(inner),
                kind => flattened.push(kind.into()),
            }
        }
        flattened
    };
    let all = |list: &[Expr]| list.iter().map(flat).collect();
    let boxed = |it: &Expr| Box::new(flat(it));
    match &it.kind {
        ExprKind::And(them) => ExprKind::And(list(them, true)),
        ExprKind::Or(them) => ExprKind::Or(list(them, false)),
        ExprKind::Not(it) => ExprKind::Not(boxed(it)),
        ExprKind::Neg(it) => ExprKind::Neg(boxed(it)),
        ExprKind::Binary { op, left, right } => ExprKind::Binary {
            op: *op,
            left: boxed(left),
            right: boxed(right),
        },
        ExprKind::In {
            operand,
            list,
            negated,
        } => ExprKind::In {
            operand: boxed(operand),
            list: all(list),
            negated: *negated,
        },
        ExprKind::Call { function, args } => ExprKind::Call {
            function: *function,
            args: all(args),
        },
        kind => kind.clone(),
    }
    .into()
}

/// Every place of a document that has, or could have, a condition, with its field.
fn places(document: &Questionnaire) -> Vec<(Node, &'static str)> {
    let found = testkit::nodes(document).into_iter();
    found
        .filter_map(|it| match it.node {
            Node::Check { .. } => Some((it.node, "require")),
            Node::Block(_)
            | Node::Page(_)
            | Node::Item(_)
            | Node::Choice { .. }
            | Node::ListChoice { .. }
            | Node::Row { .. } => Some((it.node, "filter")),
            Node::Questionnaire
            | Node::Frame
            | Node::List(_)
            | Node::Fill(_)
            | Node::Net(_)
            | Node::Figure(_) => None,
        })
        .collect()
}

/// The document with a condition at one place.
fn with(document: &Questionnaire, place: &(Node, &str), condition: &str) -> Questionnaire {
    let mut it = document.clone();
    let edit = Edit::Set {
        node: place.0.clone(),
        field: vec![place.1.to_owned()],
        value: Some(condition.into()),
    };
    apply(&mut it, &edit).unwrap_or_else(|it| panic!("{edit:?}: {it:?}"));
    it
}

/// Every questionnaire and guide that is built in, by its file.
fn built_in() -> Vec<(String, Questionnaire)> {
    let folder = std::path::Path::new("../../questionnaires");
    let mut all = Vec::new();
    for folder in std::fs::read_dir(folder).unwrap() {
        for file in std::fs::read_dir(folder.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|it| it == "yaml") {
                let read = document::read(&std::fs::read_to_string(&path).unwrap());
                let mut names = path.iter().rev().map(|it| it.to_string_lossy());
                let (file, folder) = (names.next().unwrap(), names.next().unwrap());
                all.push((format!("{folder}/{file}"), read.questionnaire.unwrap()));
            }
        }
    }
    assert!(all.len() >= 5, "the built-in questionnaires are gone");
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}
