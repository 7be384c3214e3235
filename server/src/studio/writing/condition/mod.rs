//! A condition of the working version, put together line by line: shown, looked at, saved as an edit.
//!
//! Reading order: this file (show, change) → `drawing` (the screen).

mod drawing;

pub(crate) use drawing::{built, wrong as wrong_place};

use app::paths;
use app::respond::screen::Problem;
use app::studio::team::field_screen::Wrong;
use app::studio::writing::screen::ClashLine;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use axum_extra::extract::Form;
use questionnaire::document::edit::Node;
use questionnaire::document::{self, Questionnaire};
use questionnaire::sentence::{Draft, Given, Path, Spot};
use serde::Deserialize;
use service::team::Design;
use service::{Composed, Composing, Edited, ServiceError, Working};

use super::edit::working;
use super::lang;
use super::source::clash;
use crate::problem::{Answer, Refusal};
use crate::studio::gate::{Within, fault};

/// Codes of what was done, as a redirection hands them on.
const DONE: [&str; 5] = ["saved", "merged", "undone", "redone", "nothing"];

/// What follows `?`.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Asked {
    /// The node whose condition it is.
    #[serde(default)]
    at: String,
    /// In which field it stands.
    #[serde(default)]
    field: String,
    /// The item that a new line is about.
    #[serde(default)]
    reads: String,
    /// Its answer.
    #[serde(default)]
    value: String,
    #[serde(default)]
    done: String,
}

/// What the page shows beside the condition.
#[derive(Default)]
struct Beside {
    clashes: Vec<ClashLine>,
    done: Option<&'static str>,
    wrong: Option<Wrong>,
}

/// The text that a condition is part of, as somebody read it.
struct Base {
    document: Questionnaire,
    working: Working,
    spot: Spot,
}

impl Base {
    /// `None` where nobody asks for a condition, or the text is no questionnaire.
    fn of(working: Working, asked: &Asked) -> Option<Result<Self, Problem>> {
        if asked.at.is_empty() {
            return None;
        }
        let document = document::read(&working.source).questionnaire?;
        let node = asked.at.parse::<Node>().ok();
        let spot = node.and_then(|it| Spot::find(&document, &it, &asked.field));
        Some(match spot {
            None => Err(Problem::NotFound),
            Some(spot) => Ok(Self {
                document,
                working,
                spot,
            }),
        })
    }
}

/// `GET /studio/s/{study}/questionnaire/condition`
pub(crate) async fn show(within: Within<Design>, Query(asked): Query<Asked>) -> Answer {
    let Some(base) = Base::of(working(&within).await?, &asked) else {
        return Ok(to_editor(&within));
    };
    let base = base.map_err(|it| within.signed.caller.reader.problem(&it))?;
    let given = Given::Text(base.spot.text(&base.document));
    let deed = (!asked.reads.is_empty()).then(|| Composing::Answer {
        item: asked.reads.clone(),
        value: asked.value.clone(),
    });
    let composed = compose(&within, &base, given, deed).await?;
    let beside = Beside {
        done: DONE.into_iter().find(|it| *it == asked.done),
        ..Beside::default()
    };
    drawing::draw(&within, &base, composed, StatusCode::OK, beside).await
}

/// Nobody has said which condition; or the text is no questionnaire, which the editor tells.
fn to_editor(within: &Within<Design>) -> axum::response::Response {
    Redirect::to(&paths::edit(&within.may.study().slug)).into_response()
}

async fn compose(
    within: &Within<Design>,
    base: &Base,
    given: Given,
    deed: Option<Composing>,
) -> Result<Composed, Refusal> {
    let reader = &within.signed.caller.reader;
    let writing = within.services().writing();
    let source = &base.working.source;
    let composed = writing
        .compose(source, &base.spot, given, deed, lang(&reader.asked))
        .await
        .map_err(|it| within.signed.refuse(&it))?;
    composed.ok_or_else(|| reader.problem(&Problem::NotFound))
}

/// `POST /studio/s/{study}/questionnaire/condition`: takes what was chosen and typed, then does what the button says.
pub(crate) async fn change(
    within: Within<Design>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let field = |name: &str| typed(&posted, name);
    let asked = Asked {
        at: field("at"),
        field: field("field"),
        ..Asked::default()
    };
    let what = field("do");
    if what == "undo" || what == "redo" {
        return turn(&within, &asked, what == "undo").await;
    }
    let latest = working(&within).await?;
    let revision = field("revision").parse().unwrap_or(0);
    let read = within.services().writing().at(&within.may, revision).await;
    let read = read.map_err(|it| within.signed.refuse(&it))?;
    let mut beside = Beside::default();
    let mut status = StatusCode::OK;
    let working = match read {
        Some(source) => Working {
            source,
            revision,
            ..latest
        },
        // What was read is gone: what is typed stands over what is there now.
        None => {
            beside.wrong = Some(Wrong::from("saved_meanwhile"));
            status = StatusCode::CONFLICT;
            latest
        }
    };
    let Some(base) = Base::of(working, &asked) else {
        return Ok(to_editor(&within));
    };
    let base = base.map_err(|it| within.signed.caller.reader.problem(&it))?;
    let given = given(&what, &posted, field);
    let deed = deed(&what, field);
    let composed = compose(&within, &base, given, deed).await?;
    let is_saving = matches!(what.as_str(), "save" | "back" | "keep");
    let wrong = match is_saving {
        true => wrong(&base, &composed, what == "keep"),
        false => None,
    };
    if composed.built.is_torn() && beside.wrong.is_none() {
        beside.wrong = Some(at("condition_both", "text"));
        // Looking is no fault.
        if what != "look" {
            status = StatusCode::UNPROCESSABLE_ENTITY;
        }
    } else if wrong.is_some() {
        beside.wrong = wrong;
        status = StatusCode::UNPROCESSABLE_ENTITY;
    } else if is_saving && beside.wrong.is_none() {
        return save(&within, base, composed, what == "back").await;
    }
    drawing::draw(&within, &base, composed, status, beside).await
}

/// What was typed into a field.
pub(crate) fn typed(posted: &[(String, String)], name: &str) -> String {
    let found = posted.iter().rev().find(|(it, _)| it == name);
    found
        .map(|it| it.1.replace("\r\n", "\n"))
        .unwrap_or_default()
}

/// What is given, as the button says: the text, the lines as they are, or both to be compared.
pub(crate) fn given(
    what: &str,
    posted: &[(String, String)],
    field: impl Fn(&str) -> String,
) -> Given {
    let (was, text) = (field("was"), field("text"));
    let draft = Draft::posted(posted);
    match what {
        "read" => Given::Text(text),
        "lines" => Given::Lines {
            draft,
            text: was.clone(),
            was,
        },
        _ => Given::Lines { draft, was, text },
    }
}

/// What a button does with the lines.
pub(crate) fn deed(what: &str, field: impl Fn(&str) -> String) -> Option<Composing> {
    let (verb, path) = what.split_once(' ')?;
    let path = Path::read(path)?;
    Some(Composing::Press {
        verb: verb.to_owned(),
        roster: field(&path.field("new")),
        path,
    })
}

pub(crate) fn at(code: &'static str, field: &str) -> Wrong {
    Wrong {
        code,
        at: Some(field.to_owned()),
    }
}

/// Why a condition is not saved as it is: the first thing that is to be done.
fn wrong(base: &Base, composed: &Composed, keep: bool) -> Option<Wrong> {
    use questionnaire::sentence::What;
    let built = &composed.built;
    let is_todo = |it: &&questionnaire::sentence::Fault| matches!(it.what, What::Todo(_));
    if let Some(it) = built.faults.iter().find(is_todo) {
        return Some(at("condition_unfinished", &it.at));
    }
    if base.spot.is_needed() && built.text.is_empty() {
        return Some(at("condition_needed", "text"));
    }
    if built.is_wrong() && !keep {
        let field = built.faults.first().map_or("text", |it| it.at.as_str());
        return Some(at("condition_wrong", field));
    }
    None
}

/// Saves what is wanted as an edit, and goes on: to the same page, or back to the editor.
async fn save(within: &Within<Design>, base: Base, composed: Composed, back: bool) -> Answer {
    let writing = within.services().writing();
    let text = &composed.built.text;
    let edits = base.spot.edits(&base.document, text);
    // A condition can always be read: it is a text.
    let edits = edits.unwrap_or_default();
    let made = writing.edit(&within.may, &edits, base.working.revision);
    match made.await {
        Ok(edited) if edited.refused.is_empty() => {
            let done = match edited.saved.is_merged {
                true => "merged",
                false => "saved",
            };
            if back {
                let slug = &within.may.study().slug;
                let open = super::edit::owner(&base.spot.node).key();
                let to = paths::edit_with(slug, &[("node", open.as_str()), ("done", done)]);
                return Ok(Redirect::to(&to).into_response());
            }
            Ok(to(within, &base.spot, done))
        }
        Ok(edited) => clashed(within, base, text.clone(), edited).await,
        Err(error) => {
            let (code, status) = match (&error, fault(&error)) {
                // Somebody has saved what is no questionnaire: what was put together stays on the page.
                (ServiceError::UnsoundQuestionnaire(_), _) => {
                    ("condition_broken", StatusCode::CONFLICT)
                }
                (_, Some(found)) => found,
                (_, None) => return Err(within.signed.refuse(&error)),
            };
            let beside = Beside {
                wrong: Some(Wrong::from(code)),
                ..Beside::default()
            };
            drawing::draw(within, &base, composed, status, beside).await
        }
    }
}

/// Others have written there since: it is shown, and what was wanted stands in the form to be wanted again.
async fn clashed(within: &Within<Design>, base: Base, text: String, edited: Edited) -> Answer {
    let refused = edited.refused.into_iter();
    let mut beside = Beside {
        clashes: refused.map(|it| clash(it.1)).collect(),
        done: Some("clash"),
        wrong: None,
    };
    let asked = Asked {
        at: base.spot.node.key(),
        field: base.spot.name(),
        ..Asked::default()
    };
    let base = match Base::of(working(within).await?, &asked) {
        Some(Ok(now)) => now,
        // What it was of is gone.
        _ => {
            beside.wrong = Some(Wrong::from("edit_gone"));
            base
        }
    };
    let composed = compose(within, &base, Given::Text(text), None).await?;
    drawing::draw(within, &base, composed, StatusCode::CONFLICT, beside).await
}

/// Takes back, or makes again.
async fn turn(within: &Within<Design>, asked: &Asked, back: bool) -> Answer {
    let writing = within.services().writing();
    let made = match back {
        true => writing.undo(&within.may).await,
        false => writing.redo(&within.may).await,
    };
    let done = match made {
        Ok(None) => "nothing",
        Ok(Some(edited)) if edited.refused.is_empty() => {
            if back {
                "undone"
            } else {
                "redone"
            }
        }
        Ok(Some(edited)) => return met(within, asked, edited).await,
        Err(error) => return Err(within.signed.refuse(&error)),
    };
    let slug = &within.may.study().slug;
    let path = paths::condition_at(slug, &asked.at, &asked.field);
    Ok(Redirect::to(&format!("{path}&done={done}")).into_response())
}

/// What was to be taken back stands against what others wrote.
async fn met(within: &Within<Design>, asked: &Asked, edited: Edited) -> Answer {
    let Some(base) = Base::of(working(within).await?, asked) else {
        return Ok(to_editor(within));
    };
    let base = base.map_err(|it| within.signed.caller.reader.problem(&it))?;
    let given = Given::Text(base.spot.text(&base.document));
    let composed = compose(within, &base, given, None).await?;
    let refused = edited.refused.into_iter();
    let beside = Beside {
        clashes: refused.map(|it| clash(it.1)).collect(),
        done: Some("clash"),
        wrong: None,
    };
    drawing::draw(within, &base, composed, StatusCode::CONFLICT, beside).await
}

/// Back to the page, with what was done.
fn to(within: &Within<Design>, spot: &Spot, done: &str) -> axum::response::Response {
    let slug = &within.may.study().slug;
    let path = paths::condition_at(slug, &spot.node.key(), &spot.name());
    Redirect::to(&format!("{path}&done={done}")).into_response()
}
