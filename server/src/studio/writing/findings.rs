//! What is found about a text while it is being typed: the same panel as on the page, and the places in the text.

use app::render;
use app::studio::writing::screen::{CoverShown, LookedShown};
use axum::Json;
use axum::response::IntoResponse;
use axum_extra::extract::Form;
use questionnaire::document::{self, Item, Questionnaire};
use serde::{Deserialize, Serialize};
use service::People;
use service::team::Design;

use super::{lang, looked};
use crate::problem::Answer;
use crate::studio::gate::Within;

/// What the script sends.
#[derive(Debug, Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    source: String,
    /// Whether the covering cohort is drawn too: it takes longer.
    #[serde(default)]
    cover: String,
}

/// What it gets.
#[derive(Debug, Serialize)]
struct Found {
    is_sound: bool,
    /// The panel, as part of a page.
    panel: String,
    marks: Vec<Mark>,
    /// What there is to name in the text; nothing while it is no questionnaire.
    names: Option<Names>,
}

/// Something found at a place of the text: lines and columns count from 1, in characters.
#[derive(Debug, Serialize)]
struct Mark {
    line: u32,
    column: u32,
    severity: &'static str,
    code: String,
    message: String,
    advice: Option<String>,
}

/// What can be completed: items with the codes of their choices, lists, and items that a filter can read.
#[derive(Debug, Serialize)]
struct Names {
    items: Vec<(String, Vec<String>)>,
    lists: Vec<String>,
}

/// `POST /studio/s/{study}/questionnaire/findings`
pub(crate) async fn look(within: Within<Design>, Form(typed): Form<Typed>) -> Answer {
    let caller = &within.signed.caller;
    let source = typed.source.replace("\r\n", "\n");
    let spoken = lang(&caller.reader.asked);
    let writing = within.services().writing();
    let refuse = |it| within.signed.refuse(&it);
    let found = writing.look(&source, spoken).await.map_err(refuse)?;
    let mut shown = looked(&found, spoken);
    if typed.cover == "on" {
        let people = writing.people(&source).await.map_err(refuse)?;
        cover(&mut shown, &people);
    }
    let frame = crate::document::frame(&caller.reader.state, &caller.reader.asked);
    let panel = render::found(&frame, &within.may.study().slug, &shown);
    let answer = Found {
        is_sound: shown.is_sound,
        panel,
        marks: shown.findings.into_iter().map(mark).collect(),
        names: document::read(&source).questionnaire.as_ref().map(names),
    };
    Ok(([("cache-control", "no-store")], Json(answer)).into_response())
}

/// Says how much the typical respondents go through together.
pub(super) fn cover(shown: &mut LookedShown, people: &People) {
    if let (Some(facts), Some((covered, total))) = (&mut shown.facts, people.coverage) {
        facts.cover = Some(CoverShown {
            n_people: people.sheets.len(),
            covered,
            total,
        });
    }
}

fn mark(it: app::studio::writing::screen::FindingLine) -> Mark {
    Mark {
        line: it.line,
        column: it.column,
        severity: it.severity,
        code: it.code,
        message: it.message,
        advice: it.advice,
    }
}

fn names(document: &Questionnaire) -> Names {
    fn collect(document: &Questionnaire, items: &[Item], found: &mut Vec<(String, Vec<String>)>) {
        for it in items {
            let list = it.list.as_ref();
            let list = list.and_then(|id| document.lists.iter().find(|it| it.id == *id));
            let shared = list.map_or(&[][..], |it| it.choices.as_slice());
            let choices = it.choices.iter().chain(shared);
            found.push((it.id.clone(), choices.map(|it| it.code.clone()).collect()));
            collect(document, &it.items, found);
        }
    }
    let mut items = Vec::new();
    collect(document, &document.frame, &mut items);
    for page in document.blocks.iter().flat_map(|it| &it.pages) {
        collect(document, &page.items, &mut items);
    }
    Names {
        items,
        lists: document.lists.iter().map(|it| it.id.clone()).collect(),
    }
}
