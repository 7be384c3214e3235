//! The editor: shows a node of the working version, and changes it.
//!
//! Reading order: this file (show, change) → `deeds` (what the buttons mean) → `drawing` (the screen) →
//! `preview` (what respondents see) → `glance` (what is typed, before it is saved).

pub(super) mod deeds;
pub(super) mod drawing;
mod glance;
mod preview;

use app::studio::team::field_screen::Wrong;
use app::studio::writing::edit::screen::Other;
use app::studio::writing::screen::ClashLine;
use app::{paths, render};
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use axum_extra::extract::Form;
use questionnaire::document::edit::Node;
use questionnaire::document::{self, Questionnaire};
use serde::Deserialize;
use service::team::Design;
use service::{Edited, ServiceError, Working, Writer};

use self::glance::Glance;

pub(super) use self::drawing::{has_comments, name, owner, saved};
use super::rehearse;
use super::source::clash;
use crate::problem::{Answer, Refusal};
use crate::studio::gate::{Within, fault};

/// Codes of what was done, as a redirection hands them on.
const DONE: [&str; 6] = ["saved", "merged", "undone", "redone", "nothing", "removed"];

/// What follows `?`.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Asked {
    /// The node that is open.
    #[serde(default)]
    node: String,
    /// Over whose shoulder one looks.
    #[serde(default, rename = "as")]
    person: String,
    /// In which language.
    #[serde(default, rename = "in")]
    language: String,
    /// How wide.
    #[serde(default)]
    width: String,
    #[serde(default)]
    done: String,
}

/// What the page shows beside what was saved.
#[derive(Default)]
struct Beside {
    /// What was typed over what stands there.
    typed: Vec<(String, String)>,
    clashes: Vec<ClashLine>,
    done: Option<&'static str>,
    wrong: Option<Wrong>,
}

pub(super) async fn working(within: &Within<Design>) -> Result<Working, Refusal> {
    let working = within.services().writing().open(&within.may).await;
    working.map_err(|it| within.signed.refuse(&it))
}

/// `GET /studio/s/{study}/questionnaire/edit`
pub(crate) async fn show(within: Within<Design>, Query(asked): Query<Asked>) -> Answer {
    let working = working(&within).await?;
    let beside = Beside {
        done: DONE.into_iter().find(|it| *it == asked.done),
        ..Beside::default()
    };
    drawing::draw(&within, &asked, working, StatusCode::OK, beside).await
}

/// `GET /studio/s/{study}/questionnaire/edit/news`
pub(crate) async fn news(within: Within<Design>, Query(asked): Query<Asked>) -> Answer {
    let working = working(&within).await?;
    let document = document::read(&working.source).questionnaire;
    let others = others(&within, document.as_ref(), &asked.node);
    let caller = &within.signed.caller;
    let frame = crate::document::frame(&caller.reader.state, &caller.reader.asked);
    let body = render::edit_news(&frame, working.revision, &others);
    Ok(([("cache-control", "no-store")], Html(body)).into_response())
}

/// Says that one is here, and who else is.
pub(super) fn others(
    within: &Within<Design>,
    document: Option<&Questionnaire>,
    node: &str,
) -> Vec<Other> {
    let node = (!node.is_empty()).then(|| node.to_owned());
    let writing = within.services().writing();
    let all = writing.come(&within.may, within.signed.who.name(), node);
    let other = |it: Writer| Other {
        name: it.name,
        place: it.node.and_then(|key| {
            let node = key.parse::<Node>().ok()?;
            Some(drawing::name(document?, &node))
        }),
    };
    all.into_iter().map(other).collect()
}

/// `POST /studio/s/{study}/questionnaire/edit`: takes what was typed, then does what the button says.
pub(crate) async fn change(
    within: Within<Design>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let field = |name: &str| {
        let found = posted.iter().rev().find(|(it, _)| it == name);
        found.map(|it| it.1.clone()).unwrap_or_default()
    };
    let asked = Asked {
        node: field("node"),
        person: field("as"),
        language: field("in"),
        width: field("width"),
        done: String::new(),
    };
    let revision: i64 = field("revision").parse().unwrap_or(0);
    let what = field("do");
    match what.as_str() {
        "undo" | "redo" => turn(&within, asked, what == "undo").await,
        _ => edit(&within, asked, revision, &what, &posted).await,
    }
}

/// Takes back, or makes again.
async fn turn(within: &Within<Design>, asked: Asked, back: bool) -> Answer {
    let writing = within.services().writing();
    let made = match back {
        true => writing.undo(&within.may).await,
        false => writing.redo(&within.may).await,
    };
    match made {
        Ok(None) => Ok(to(within, &asked, "nothing")),
        Ok(Some(edited)) if edited.refused.is_empty() => {
            Ok(to(within, &asked, if back { "undone" } else { "redone" }))
        }
        Ok(Some(edited)) => clashed(within, &asked, edited).await,
        Err(error) => Err(within.signed.refuse(&error)),
    }
}

async fn edit(
    within: &Within<Design>,
    mut asked: Asked,
    revision: i64,
    what: &str,
    posted: &[(String, String)],
) -> Answer {
    let writing = within.services().writing();
    let refuse = |it: ServiceError| within.signed.refuse(&it);
    let read = writing.at(&within.may, revision).await.map_err(refuse)?;
    let base = read.and_then(|it| document::read(&it).questionnaire);
    let Some(base) = base else {
        // What was read is gone, or was no questionnaire: what is there now is shown.
        let wrong = Beside {
            wrong: Some(Wrong::from("saved_meanwhile")),
            ..Beside::default()
        };
        let working = working(within).await?;
        return drawing::draw(within, &asked, working, StatusCode::CONFLICT, wrong).await;
    };
    let glance = match what {
        "look" => Some(Glance::Preview),
        "prove" => Some(Glance::Findings),
        _ => None,
    };
    if let Some(glance) = glance {
        let typed = deeds::typed(&base, posted);
        return glance::draw(within, &asked, &typed, glance).await;
    }
    let wanted = match deeds::wanted(&base, what, posted) {
        Ok(it) => it,
        Err(wrong) => {
            let beside = Beside {
                typed: posted.to_vec(),
                wrong: Some(wrong),
                ..Beside::default()
            };
            let working = at(working(within).await?, revision);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return drawing::draw(within, &asked, working, status, beside).await;
        }
    };
    if let Some(open) = wanted.open {
        asked.node = open.key();
    }
    match writing.edit(&within.may, &wanted.edits, revision).await {
        Ok(edited) if edited.refused.is_empty() && what == "rehearse" => {
            rehearse::now(within).await
        }
        Ok(edited) if edited.refused.is_empty() => {
            let done = match (wanted.done, edited.saved.is_merged) {
                ("saved", true) => "merged",
                (done, _) => done,
            };
            if let Some(to) = condition(within, what) {
                return Ok(to);
            }
            Ok(to(within, &asked, done))
        }
        Ok(edited) => clashed(within, &asked, edited).await,
        Err(error) => {
            let Some((code, status)) = fault(&error) else {
                return Err(within.signed.refuse(&error));
            };
            let beside = Beside {
                typed: posted.to_vec(),
                wrong: Some(Wrong::from(code)),
                ..Beside::default()
            };
            let working = at(working(within).await?, revision);
            drawing::draw(within, &asked, working, status, beside).await
        }
    }
}

/// The working version, to be edited over an older save.
fn at(mut working: Working, revision: i64) -> Working {
    working.revision = revision;
    working
}

/// Some of what was wanted stands against what others wrote: it is shown, and stands in the form to be wanted again.
async fn clashed(within: &Within<Design>, asked: &Asked, edited: Edited) -> Answer {
    use questionnaire::document::edit::Edit;
    let mut typed = Vec::new();
    let mut clashes = Vec::new();
    for (edit, it) in edited.refused {
        if let Edit::Set { node, field, value } = &edit {
            let text = match value {
                Some(serde_json::Value::String(it)) => it.clone(),
                Some(serde_json::Value::Bool(true)) => "on".to_owned(),
                Some(other) => other.to_string(),
                None => String::new(),
            };
            typed.push((format!("{}|{}", node.key(), field.join(".")), text));
        }
        clashes.push(clash(it));
    }
    let beside = Beside {
        typed,
        clashes,
        done: Some("clash"),
        ..Beside::default()
    };
    let working = working(within).await?;
    drawing::draw(within, asked, working, StatusCode::CONFLICT, beside).await
}

/// Where the condition is put together that a button speaks of, once what was typed is saved.
fn condition(within: &Within<Design>, what: &str) -> Option<axum::response::Response> {
    let (at, field) = what.strip_prefix("condition ")?.rsplit_once('|')?;
    let to = paths::condition_at(&within.may.study().slug, at, field);
    Some(Redirect::to(&to).into_response())
}

/// Back to the page, with what was done.
fn to(within: &Within<Design>, asked: &Asked, done: &str) -> axum::response::Response {
    let query = [
        ("node", asked.node.as_str()),
        ("as", &asked.person),
        ("in", &asked.language),
        ("width", &asked.width),
        ("done", done),
    ];
    Redirect::to(&paths::edit_with(&within.may.study().slug, &query)).into_response()
}
