//! The screen of a condition.

use app::render;
use app::studio::writing::condition::screen::{
    ConditionScreen, ConditionShown, FaultShown, KeptShown, PlaceShown, WrongShown,
};
use axum::http::StatusCode;
use expr::{Diagnostic, Lang};
use questionnaire::Text;
use questionnaire::document::edit::Node;
use questionnaire::document::form::{self, node_at};
use questionnaire::document::{self, Questionnaire};
use questionnaire::sentence::{Built, Fault, Path, Spot, What};
use service::Composed;
use service::team::Design;

use super::super::edit::{self, has_comments, others, owner, saved};
use super::super::{lang, looked, sentence};
use super::{Base, Beside};
use crate::problem::Answer;
use crate::studio::gate::Within;

pub(super) async fn draw(
    within: &Within<Design>,
    base: &Base,
    composed: Composed,
    status: StatusCode,
    beside: Beside,
) -> Answer {
    let caller = &within.signed.caller;
    let spoken = lang(&caller.reader.asked);
    let steps = within.services().writing().steps(&within.may).await;
    let steps = steps.map_err(|it| within.signed.refuse(&it))?;
    let place = place(&base.document, &base.spot);
    let screen = ConditionScreen {
        head: within.head().await?,
        revision: base.working.revision,
        saved: saved(&base.working),
        may_undo: steps.undo.is_some(),
        may_redo: steps.redo.is_some(),
        others: others(within, Some(&base.document), &place.open),
        condition: condition(composed, &place.open, spoken),
        place,
        clashes: beside.clashes,
        has_comments: has_comments(&base.working.source),
        done: beside.done,
        wrong: beside.wrong,
    };
    Ok(caller.page(status, |frame| render::condition(frame, &screen)))
}

fn condition(it: Composed, open: &str, lang: Lang) -> ConditionShown {
    let (findings, n_others) = found(&it.source, &it.looked, open, lang);
    let is_new = it.built.text != it.stored || it.built.is_unfinished();
    ConditionShown {
        is_new,
        sentence: it.sentence.map(|it| it.trim_end_matches('.').to_owned()),
        universe: it.universe,
        kept: it.kept.map(|it| KeptShown {
            n: it.n,
            reach: it.reach,
            kept: it.kept,
            units: it.units,
        }),
        findings,
        n_others,
        ..built(it.built, it.focus.as_ref(), lang)
    }
}

/// What stands in the fields, what may, and what is wrong.
pub(crate) fn built(built: Built, focus: Option<&Path>, lang: Lang) -> ConditionShown {
    let fault = |it: Fault| match it.what {
        What::Todo(todo) => FaultShown {
            at: it.at,
            todo: Some(todo.code()),
            words: String::new(),
        },
        What::Wrong(found) => FaultShown {
            at: it.at,
            todo: None,
            words: sentence(&found.message(lang)),
        },
    };
    ConditionShown {
        wrong: built
            .wrong
            .iter()
            .map(|found| wrong(&built.text, found, lang))
            .collect(),
        faults: built.faults.into_iter().map(fault).collect(),
        draft: built.draft,
        sayable: built.sayable,
        text: built.text,
        was: built.was,
        focus: focus.map(ToString::to_string),
        is_new: false,
        sentence: None,
        universe: None,
        kept: None,
        findings: Vec::new(),
        n_others: 0,
    }
}

/// What was found about the node, and how much about others.
fn found(
    source: &str,
    all: &service::Looked,
    open: &str,
    lang: Lang,
) -> (Vec<app::studio::writing::screen::FindingLine>, usize) {
    let read = document::read(source);
    let outline = read.questionnaire.as_ref().map(form::outline);
    let outline = outline.unwrap_or_default();
    let mut findings = looked(all, lang).findings;
    for it in &mut findings {
        let node = node_at(&outline, &read.map, it.line);
        it.node = Some(node.unwrap_or(Node::Questionnaire).key());
    }
    let n = findings.len();
    findings.retain(|it| it.node.as_deref() == Some(open));
    let n_others = n - findings.len();
    (findings, n_others)
}

/// What is wrong with a text, where.
pub(crate) fn wrong(text: &str, it: &Diagnostic, lang: Lang) -> WrongShown {
    let (start, end) = (it.span.start as usize, it.span.end as usize);
    let (start, end) = (floor(text, start), floor(text, end));
    WrongShown {
        before: text[..start].to_owned(),
        here: text[start..end.max(start)].to_owned(),
        after: text[end.max(start)..].to_owned(),
        words: sentence(&it.message(lang)),
    }
}

/// The last place in a text, not after this one, where a letter begins.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn place(document: &Questionnaire, spot: &Spot) -> PlaceShown {
    let (kind, says) = match &spot.node {
        Node::Block(_) => ("block", "filter"),
        Node::Page(_) => ("page", "filter"),
        Node::Choice { .. } | Node::ListChoice { .. } => ("choice", "offer"),
        Node::Row { .. } => ("row", "filter"),
        Node::Check { .. } => ("check", "require"),
        Node::Fill(_) => ("fill", "case"),
        _ => ("item", "filter"),
    };
    let open = owner(&spot.node);
    PlaceShown {
        at: spot.node.key(),
        field: spot.name(),
        says,
        kind,
        of: (open != spot.node).then(|| edit::name(document, &open)),
        nth: spot
            .field
            .get(1)
            .and_then(|it| it.parse::<usize>().ok())
            .map(|it| it + 1),
        name: name(document, &spot.node),
        open: open.key(),
    }
}

/// What people call a node: its label where it has one.
fn name(document: &Questionnaire, node: &Node) -> String {
    let shared = |list: &str| document.lists.iter().find(|it| it.id == list);
    let text: Option<&Text> = match node {
        Node::Choice { item, code } => document
            .item(item)
            .and_then(|it| it.choices.iter().find(|it| it.code == *code))
            .map(|it| &it.label),
        Node::ListChoice { list, code } => shared(list)
            .and_then(|it| it.choices.iter().find(|it| it.code == *code))
            .map(|it| &it.label),
        Node::Row { item, code } => document
            .item(item)
            .and_then(|it| it.rows.iter().find(|it| it.code == *code))
            .map(|it| &it.label),
        Node::Check { item, id } => document
            .item(item)
            .and_then(|it| it.checks.iter().find(|it| it.id == *id))
            .map(|it| &it.message),
        _ => None,
    };
    match text.map(|it| it.get("fr").trim()) {
        None | Some("") => edit::name(document, node),
        Some(it) => it.to_owned(),
    }
}
