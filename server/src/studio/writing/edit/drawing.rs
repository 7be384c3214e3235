//! The editor's screen.

use app::render;
use app::studio::writing::edit::screen::Preview;
use app::studio::writing::edit::screen::{EditScreen, Editing, OutlineLine};
use app::studio::writing::screen::Saved;
use axum::http::StatusCode;
use questionnaire::Text;
use questionnaire::document::edit::Node;
use questionnaire::document::form::{self, Form};
use questionnaire::document::{self, Item, ItemKind, Questionnaire};
use service::Working;
use service::team::Design;
use std::collections::HashMap;

use super::super::findings::cover;
use super::super::{lang, leading, looked};
use super::{Asked, Beside, others, preview};
use crate::clock;
use crate::problem::Answer;
use crate::studio::gate::Within;

pub(super) async fn draw(
    within: &Within<Design>,
    asked: &Asked,
    working: Working,
    status: StatusCode,
    beside: Beside,
) -> Answer {
    let caller = &within.signed.caller;
    let spoken = lang(&caller.reader.asked);
    let writing = within.services().writing();
    let refuse = |it| within.signed.refuse(&it);
    let source = &working.source;
    let found = writing.look(source, spoken).await.map_err(refuse)?;
    let read = document::read(source);
    let mut shown = looked(&found, spoken);
    let editing = match &read.questionnaire {
        None => None,
        Some(document) => {
            let outline = form::outline(document);
            leading(&mut shown, &read);
            let mut n_errors: HashMap<String, usize> = HashMap::new();
            for it in shown.findings.iter().filter(|it| it.severity == "error") {
                let key = it.node.clone().unwrap_or_default();
                *n_errors.entry(key).or_default() += 1;
            }
            let node = open(document, &asked.node);
            let people = writing.people(source).await.map_err(refuse)?;
            cover(&mut shown, &people);
            let preview = preview::preview(within, document, &node, asked, &people.sheets);
            Some(editing(
                document,
                &outline,
                &n_errors,
                &node,
                preview,
                &beside.typed,
            ))
        }
    };
    let steps = writing.steps(&within.may).await.map_err(refuse)?;
    let screen = EditScreen {
        head: within.head().await?,
        revision: working.revision,
        saved: saved(&working),
        others: others(within, read.questionnaire.as_ref(), &asked.node),
        editing: editing.flatten(),
        looked: shown,
        may_undo: steps.undo.is_some(),
        may_redo: steps.redo.is_some(),
        clashes: beside.clashes,
        has_comments: has_comments(&working.source),
        done: beside.done,
        wrong: beside.wrong,
    };
    Ok(caller.page(status, |frame| render::edit(frame, &screen)))
}

/// When a save was made, and by whom.
pub(in crate::studio::writing) fn saved(working: &Working) -> Option<Saved> {
    working.saved_at.map(|at| {
        let at = clock::local(at);
        Saved {
            day: at.date().to_string(),
            time: format!("{:02}:{:02}", at.hour(), at.minute()),
            by: working.saved_by.clone(),
        }
    })
}

/// Whether a text has comments, as far as can be told without reading it: in doubt it has.
pub(in crate::studio::writing) fn has_comments(source: &str) -> bool {
    source
        .lines()
        .any(|it| it.trim_start().starts_with('#') || it.contains(" #"))
}

/// The node that is asked for, if there is one of that name; else the questionnaire itself.
pub(super) fn open(document: &Questionnaire, key: &str) -> Node {
    let node = key.parse::<Node>().ok().map(|it| owner(&it));
    let node = node.filter(|it| form::form(document, it).is_some());
    node.unwrap_or(Node::Questionnaire)
}

/// What has no form of its own is written with what it belongs to.
pub(in crate::studio::writing) fn owner(node: &Node) -> Node {
    match node {
        Node::Choice { item, .. } | Node::Row { item, .. } | Node::Check { item, .. } => {
            Node::Item(item.clone())
        }
        Node::ListChoice { list, .. } => Node::List(list.clone()),
        other => other.clone(),
    }
}

fn editing(
    document: &Questionnaire,
    outline: &[form::Entry],
    n_errors: &HashMap<String, usize>,
    node: &Node,
    preview: Option<Preview>,
    typed: &[(String, String)],
) -> Option<Editing> {
    let mut shown = form::form(document, node)?;
    overwrite(&mut shown, typed);
    let line = |node: &Node, depth: usize| {
        let key = node.key();
        OutlineLine {
            depth,
            kind: kind(document, node),
            label: name(document, node),
            is_conditional: is_conditional(document, node),
            n_errors: n_errors.get(&key).copied().unwrap_or_default(),
            key,
        }
    };
    let is_framed = |it: &form::Entry| match &it.node {
        Node::Item(id) => document.frame.iter().any(|it| it.id == *id),
        _ => false,
    };
    let (frame, asked): (Vec<_>, Vec<_>) = outline.iter().partition(|it| is_framed(it));
    let lists = document.lists.iter().map(|it| Node::List(it.id.clone()));
    let fills = document.fills.iter().map(|it| Node::Fill(it.id.clone()));
    let nets = document.nets.iter().map(|it| Node::Net(it.id.clone()));
    let figures = document.figures.iter();
    let figures = figures.map(|it| Node::Figure(it.id.clone()));
    let homes = match node {
        Node::Page(_) | Node::Item(_) => form::homes(document, node),
        _ => Vec::new(),
    };
    Some(Editing {
        outline: asked.iter().map(|it| line(&it.node, it.depth)).collect(),
        frame: frame.iter().map(|it| line(&it.node, it.depth)).collect(),
        shared: lists
            .chain(fills)
            .chain(nets)
            .chain(figures)
            .map(|it| line(&it, 0))
            .collect(),
        kind: kind(document, node),
        homes: homes
            .iter()
            .map(|it| (it.key(), name(document, it)))
            .collect(),
        home: form::home(document, node)
            .map(|it| it.key())
            .unwrap_or_default(),
        form: shown,
        preview,
    })
}

/// Puts what was typed over what stands there.
fn overwrite(form: &mut Form, typed: &[(String, String)]) {
    for field in &mut form.fields {
        let name = field.name(&form.node);
        if let Some((_, value)) = typed.iter().rev().find(|(it, _)| *it == name) {
            field.value.clone_from(value);
        }
    }
    form.inside.iter_mut().for_each(|it| overwrite(it, typed));
}

/// What people call a node.
pub(in crate::studio::writing) fn name(document: &Questionnaire, node: &Node) -> String {
    const LONGEST: usize = 70;
    let text = |it: Option<&Text>, otherwise: &str| match it.map(|it| it.get("fr").trim()) {
        None | Some("") => otherwise.to_owned(),
        Some(it) => it.to_owned(),
    };
    let block = |id: &str| document.blocks.iter().find(|it| it.id == id);
    let name = match node {
        Node::Questionnaire => document.title.get("fr").to_owned(),
        Node::Block(id) => text(block(id).and_then(|it| it.title.as_ref()), id),
        Node::Page(id) => {
            let mut pages = document.blocks.iter().flat_map(|it| &it.pages);
            let page = pages.find(|it| it.id == *id);
            text(page.and_then(|it| it.title.as_ref()), id)
        }
        Node::Item(id) => {
            let item = document.item(id);
            let said = |it: &Item| it.short.clone().or_else(|| it.label.clone());
            text(item.and_then(said).as_ref(), id)
        }
        Node::Figure(id) => {
            let figure = document.figures.iter().find(|it| it.id == *id);
            text(figure.and_then(|it| it.title.as_ref()), id)
        }
        other => other
            .key()
            .rsplit(':')
            .next()
            .unwrap_or_default()
            .to_owned(),
    };
    match name.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", name[..at].trim_end()),
        None => name,
    }
}

fn is_conditional(document: &Questionnaire, node: &Node) -> bool {
    let fields = form::form(document, node).map(|it| it.fields);
    let mut fields = fields.into_iter().flatten();
    fields.any(|it| it.path == ["filter"] && !it.value.is_empty())
}

fn kind(document: &Questionnaire, node: &Node) -> &'static str {
    use ItemKind as K;
    match node {
        Node::Questionnaire | Node::Frame => "questionnaire",
        Node::Block(_) => "block",
        Node::Page(_) => "page",
        Node::List(_) | Node::ListChoice { .. } => "list",
        Node::Fill(_) => "fill",
        Node::Net(_) => "net",
        Node::Figure(_) => "figure",
        Node::Item(item)
        | Node::Choice { item, .. }
        | Node::Row { item, .. }
        | Node::Check { item, .. } => match document.item(item).map(|it| it.kind) {
            Some(K::Single) => "single",
            Some(K::Multiple) => "multiple",
            Some(K::Quantity) => "quantity",
            Some(K::Money) => "money",
            Some(K::Text) => "text",
            Some(K::Date) => "date",
            Some(K::Scale) => "scale",
            Some(K::Grid) => "grid",
            Some(K::Rank) => "rank",
            Some(K::Territory) => "territory",
            Some(K::Consent) => "consent",
            Some(K::Contact) => "contact",
            Some(K::Statement) | None => "statement",
            Some(K::Computed) => "computed",
            Some(K::Roster) => "roster",
        },
    }
}
