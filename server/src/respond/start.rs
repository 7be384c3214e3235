//! `/r/{wave}`: what the study is about, and the button that opens a response.

use app::respond::screen::{Problem, StartScreen};
use app::{paths, render};
use axum::response::IntoResponse;
use questionnaire::session::{self, Place};
use questionnaire::{Engine, Sheet};
use service::Standing;

use super::visit::Visit;
use crate::problem::{Answer, Refusal, day};

/// `GET`
pub(crate) async fn show(visit: Visit) -> Answer {
    let visit = visit.for_themselves();
    visit.must_be_open()?;
    let draft = visit.draft().await?;
    let is_sent = draft
        .as_ref()
        .is_some_and(|it| it.is_submitted || it.is_correction());
    refuse_unless_welcome(&visit, is_sent).await?;
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
    let visit = visit.for_themselves();
    let language = visit.reader.asked.language.code();
    let respond = visit.respond();
    let invitation = visit.invitation.as_ref();
    let opened = respond
        .open_invited(&visit.wave, language, invitation)
        .await;
    let (token, draft) = opened.map_err(|it| visit.refuse(&it))?;
    let to = address(&visit, &session::first_page(&draft.engine, &draft.sheet));
    let jar = visit.jar.clone().add(visit.keep(&token));
    Ok((jar, visit.go(&to)).into_response())
}

/// The page where answers begun before go on: the furthest one shown.
pub(crate) fn resume_at(engine: &Engine, sheet: &Sheet) -> Option<String> {
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

/// Says kindly that somebody is not invited, or has answered.
async fn refuse_unless_welcome(visit: &Visit, is_sent: bool) -> Result<(), Refusal> {
    let invitations = visit.services().invitations();
    let standing = invitations
        .standing(&visit.wave, visit.invitation.as_ref())
        .await;
    let standing = standing.map_err(|it| visit.refuse(&it))?;
    let problem = match standing {
        Standing::Welcome => return Ok(()),
        Standing::NotInvited | Standing::HasAnswered if is_sent => Problem::AlreadySent {
            wave: visit.wave.slug.clone(),
        },
        Standing::NotInvited => Problem::NotInvited,
        Standing::HasAnswered => Problem::Answered,
    };
    Err(visit.reader.problem(&problem))
}
