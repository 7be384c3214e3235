//! `/r/{wave}`: what the study is about, and the button that opens a response.

use app::respond::screen::{Problem, StartScreen};
use app::{paths, render};
use axum::response::IntoResponse;
use questionnaire::session::{self, Place};
use questionnaire::{Engine, Sheet};
use service::Fielding;

use super::visit::Visit;
use crate::problem::{Answer, Refusal, day};

/// `GET`
pub(crate) async fn show(visit: Visit) -> Answer {
    refuse_unless_open(&visit)?;
    let draft = visit.draft().await?;
    let is_sent = draft
        .as_ref()
        .is_some_and(|it| it.is_submitted || it.is_correction());
    let draft = draft.filter(|it| !it.is_submitted);
    let resume = draft
        .as_ref()
        .and_then(|it| resume_at(&it.engine, &it.sheet));
    let engine = draft.map_or_else(|| visit.wave.engine.clone(), |it| it.engine);
    let language = visit.language(&engine);
    let screen = StartScreen {
        study: visit.study(&engine),
        introduction: engine
            .instrument
            .introduction
            .as_ref()
            .map(|it| it.get(&language).to_owned()),
        minutes: None,
        closes_on: visit.wave.closes_at.map(day),
        resume,
        is_sent,
        idempotency_key: String::new(),
    };
    Ok(visit.page(|frame| render::start(frame, &screen)))
}

/// `POST`: opens a response and goes to its first page.
pub(crate) async fn begin(visit: Visit) -> Answer {
    let language = visit.reader.asked.language.code();
    let opened = visit.services().respond().open(&visit.wave, language).await;
    let (token, draft) = opened.map_err(|it| visit.reader.service(&it, &visit.wave.slug))?;
    let to = address(&visit, &session::first_page(&draft.engine, &draft.sheet));
    let jar = visit.jar.clone().add(visit.keep(&token));
    Ok((jar, visit.go(&to)).into_response())
}

/// The page where answers begun before go on: the furthest one shown.
pub(super) fn resume_at(engine: &Engine, sheet: &Sheet) -> Option<String> {
    let reached = sheet
        .meta
        .reached
        .clone()
        .filter(|it| session::may_open(engine, sheet, it));
    reached.or_else(|| match session::first_page(engine, sheet) {
        Place::Page(it) => Some(it),
        Place::Review => None,
    })
}

/// The address of a place.
pub(super) fn address(visit: &Visit, place: &Place) -> String {
    match place {
        Place::Page(page) => paths::page(&visit.wave.slug, page),
        Place::Review => paths::review(&visit.wave.slug),
    }
}

fn refuse_unless_open(visit: &Visit) -> Result<(), Refusal> {
    let wave = &visit.wave;
    Err(visit.reader.problem(&match wave.fielding {
        Fielding::Open => return Ok(()),
        Fielding::NotYetOpen => Problem::NotYetOpen {
            opens_on: wave.opens_at.map(day),
        },
        Fielding::Closed => Problem::Closed {
            closed_on: wave.closes_at.map(day),
        },
    }))
}
