//! Rehearsing what is being written, and the made-up results.

use app::studio::dashboard::screen::Concern;
use app::studio::team::field_screen::Wrong;
use app::studio::writing::rehearse::screen::{RehearseScreen, RehearsedShown};
use app::studio::writing::screen::FindingLine;
use app::{paths, render};
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use questionnaire::document;
use questionnaire::document::edit::Node;
use questionnaire::document::form;
use serde::Deserialize;
use service::team::Design;
use service::{MadeUp, Rehearsed, ServiceError};

use super::{lang, looked};
use crate::clock;
use crate::cut;
use crate::dashboard::{self, Shown};
use crate::live;
use crate::problem::{Answer, Refusal};
use crate::studio::gate::Within;

/// Codes of what is wrong, as a redirection hands them on.
const WRONG: [&str; 2] = ["unsound_questionnaire", "nobody_to_rehearse"];

/// What follows `?`.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    done: String,
    #[serde(default)]
    wrong: String,
}

/// What the forms send.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Typed {
    #[serde(default, rename = "do")]
    what: String,
    #[serde(default)]
    who: String,
    #[serde(default)]
    n: String,
}

impl Typed {
    /// Who is to be made up: those who cover everything, unless people are to be drawn.
    fn made_up(&self) -> Result<MadeUp, ServiceError> {
        match self.who.as_str() {
            // Spaces and points stand between the digits of numbers as they are written.
            "drawn" => {
                let is_between = |it: char| it.is_whitespace() || it == '.' || it == ',';
                let n: String = self.n.chars().filter(|it| !is_between(*it)).collect();
                let n = n.parse().map_err(|_| ServiceError::RehearsalSize)?;
                Ok(MadeUp::Drawn(n))
            }
            _ => Ok(MadeUp::Cover),
        }
    }
}

async fn draw(
    within: &Within<Design>,
    typed: Typed,
    status: StatusCode,
    done: Option<&'static str>,
    wrong: Option<Wrong>,
) -> Answer {
    let caller = &within.signed.caller;
    let (writing, may) = (within.services().writing(), &within.may);
    let refuse = |it| within.signed.refuse(&it);
    let working = writing.open(may).await.map_err(refuse)?;
    let lang = lang(&caller.reader.asked);
    let found = writing.look(&working.source, lang).await.map_err(refuse)?;
    let mut errors = looked(&found, lang).findings;
    errors.retain(|it| it.severity == "error");
    lead_to_nodes(&mut errors, &working.source);
    let rehearsed = writing.rehearsed(may).await.map_err(refuse)?;
    let screen = RehearseScreen {
        head: within.head().await?,
        latest: working.revision,
        // What is known of it is known of what compiles.
        may_rehearse: found.facts.is_some(),
        findings: errors,
        rehearsed: rehearsed.map(|(it, _)| shown(&it, working.revision)),
        who: match typed.who.as_str() {
            "drawn" => "drawn".to_owned(),
            _ => "cover".to_owned(),
        },
        n: match typed.n.is_empty() {
            true => "100".to_owned(),
            false => typed.n,
        },
        most: MadeUp::MOST,
        done,
        wrong,
    };
    Ok(caller.page(status, |frame| render::rehearse(frame, &screen)))
}

/// Each finding leads to the node that it is about; of a text that is no questionnaire, none leads anywhere.
fn lead_to_nodes(findings: &mut Vec<FindingLine>, source: &str) {
    let read = document::read(source);
    let Some(document) = &read.questionnaire else {
        findings.clear();
        return;
    };
    let outline = form::outline(document);
    for it in findings {
        let node = form::node_at(&outline, &read.map, it.line);
        it.node = Some(node.unwrap_or(Node::Questionnaire).key());
    }
}

fn shown(it: &Rehearsed, latest: i64) -> RehearsedShown {
    let at = clock::local(it.at);
    RehearsedShown {
        save: it.save,
        day: at.date().to_string(),
        time: format!("{:02}:{:02}", at.hour(), at.minute()),
        n_responses: it.n_responses,
        is_latest: it.save == latest,
    }
}

/// `GET /studio/s/{study}/questionnaire/rehearsal`
pub(crate) async fn show(within: Within<Design>, Query(asked): Query<Asked>) -> Answer {
    let done = (asked.done == "removed").then_some("removed");
    let wrong = WRONG.into_iter().find(|it| *it == asked.wrong);
    let wrong = wrong.map(Wrong::from);
    draw(&within, Typed::default(), StatusCode::OK, done, wrong).await
}

/// `POST /studio/s/{study}/questionnaire/rehearsal`: rehearses the latest save in the place of the former
/// rehearsal, or removes that. Doing either again changes nothing that anybody would miss.
pub(crate) async fn change(within: Within<Design>, Form(typed): Form<Typed>) -> Answer {
    let (writing, may) = (within.services().writing(), &within.may);
    if typed.what == "remove" {
        let removed = writing.remove_rehearsal(may).await;
        removed.map_err(|it| within.signed.refuse(&it))?;
        let page = paths::rehearse(&may.study().slug);
        return Ok(Redirect::to(&format!("{page}?done=removed")).into_response());
    }
    let made = match typed.made_up() {
        Ok(who) => writing.rehearse(may, who).await.map(drop),
        Err(error) => Err(error),
    };
    match made {
        Ok(()) => Ok(to_results(&within)),
        Err(error) => {
            let wrong = Some(wrong(&within, error)?);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            draw(&within, typed, status, None, wrong).await
        }
    }
}

/// Rehearses with those who cover everything: the button of the pages on which is written. Leads to the made-up
/// results, or to the page that says why there are none.
pub(super) async fn now(within: &Within<Design>) -> Answer {
    let writing = within.services().writing();
    match writing.rehearse(&within.may, MadeUp::Cover).await {
        Ok(_) => Ok(to_results(within)),
        Err(error) => {
            let page = paths::rehearse(&within.may.study().slug);
            let to = format!("{page}?wrong={}", wrong(within, error)?.code);
            Ok(Redirect::to(&to).into_response())
        }
    }
}

fn to_results(within: &Within<Design>) -> Response {
    Redirect::to(&paths::rehearsed(&within.may.study().slug)).into_response()
}

/// What of an error is the fault of what is written or typed.
fn wrong(within: &Within<Design>, error: ServiceError) -> Result<Wrong, Refusal> {
    let at = match error {
        ServiceError::RehearsalSize => Some("n".to_owned()),
        ServiceError::UnsoundQuestionnaire(_) | ServiceError::NobodyToRehearse => None,
        other => return Err(within.signed.refuse(&other)),
    };
    let code = error.code();
    Ok(Wrong { code, at })
}

/// `GET /studio/s/{study}/questionnaire/rehearsal/results`: the dashboard of the rehearsal; without one, the page
/// where it is made.
pub(crate) async fn results(within: Within<Design>, Query(cut): Query<cut::Asked>) -> Answer {
    let (writing, slug) = (within.services().writing(), &within.may.study().slug);
    let refuse = |it| -> Refusal { within.signed.refuse(&it) };
    let found = writing.rehearsed(&within.may).await.map_err(refuse)?;
    let Some((rehearsed, right)) = found else {
        return Ok(Redirect::to(&paths::rehearse(slug)).into_response());
    };
    let latest = writing.open(&within.may).await.map_err(refuse)?.revision;
    let concern = Concern::Writing {
        of: shown(&rehearsed, latest),
        rehearse: paths::rehearse(slug),
        edit: paths::edit(slug),
    };
    let wave = &rehearsed.wave;
    let shown = Shown {
        slug,
        wave,
        right,
        concern,
        home: Some(paths::study(slug)),
        here: paths::rehearsed(slug),
        compose: None,
        cut,
    };
    let live = |language: &str, since| live::address_for_members(wave, language, since);
    let caller = &within.signed.caller;
    dashboard::results(&caller.reader, shown, live, caller.jar.clone()).await
}
