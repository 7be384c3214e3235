//! `/r/{wave}/with/{secret}` and `/r/{wave}/part/…`: whoever was handed pages of another's response.
//!
//! Their cookie is read here and nowhere else: every other address of a response knows its holder only.

use std::sync::Arc;
use std::time::Instant;

use app::respond::screen::{Live, PageScreen, Problem};
use app::respond::together::{DO, HandedScreen, NAME, PartScreen};
use app::{paths, render};
use axum::Extension;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::{Cookie, SameSite};
use questionnaire::Engine;
use questionnaire::session::{self, Go, Place};
use questionnaire::view::{Element, PageView, Widget};
use serde_json::json;
use service::{Author, Contributor, ContributorToken, Draft, ServiceError};

use super::instrument;
use super::page::{Fields, read};
use super::several;
use super::visit::{self, Visit};
use crate::clock;
use crate::peer::Peer;
use crate::problem::{Answer, Refusal};

/// For how long a browser keeps a contributor's secret.
const KEPT: time::Duration = time::Duration::days(90);

/// Behind HTTPS the name itself binds the cookie to this host. No wave's name holds a dot, so this is
/// no draft's cookie.
fn cookie_name(visit: &Visit) -> String {
    let prefix = if visit.reader.state.secure {
        "__Host-"
    } else {
        ""
    };
    format!("{prefix}recueil.part-{}", visit.wave.slug)
}

fn refuse(visit: &Visit, error: &ServiceError) -> Refusal {
    match error {
        ServiceError::LinkGone | ServiceError::UnknownDraft => {
            visit.reader.problem(&Problem::PartGone)
        }
        ServiceError::AlreadySubmitted => visit.reader.problem(&Problem::PartSent),
        error => visit.refuse(error),
    }
}

/// Whoever the link in the address lets in. Wrong ones are counted, as wrong codes are.
async fn by_link(
    visit: &Visit,
    peer: Option<Extension<Peer>>,
    secret: &str,
) -> Result<(ContributorToken, Draft), Refusal> {
    let peer = peer.map(|Extension(it)| it);
    let door = format!("{}/with", visit.wave.slug);
    let limits = &visit.reader.state.limits;
    if !limits.try_code(&door, peer, Instant::now()) {
        return Err(visit.reader.problem(&Problem::TooManyTries));
    }
    let gone = || visit.reader.problem(&Problem::PartGone);
    let token = ContributorToken::parse(secret).ok_or_else(gone)?;
    let found = visit.services().respond().part(&visit.wave, &token).await;
    if !matches!(found, Err(ServiceError::LinkGone)) {
        limits.was_right(&door, peer, Instant::now());
    }
    let (draft, _) = found.map_err(|it| refuse(visit, &it))?;
    Ok((token, draft))
}

/// `GET /r/{wave}/with/{secret}`: nothing of the response, and a button. Programs that look at links
/// press none.
pub(crate) async fn show_handed(
    visit: Visit,
    peer: Option<Extension<Peer>>,
    Path((_, secret)): Path<(String, String)>,
) -> Answer {
    let (token, draft) = by_link(&visit, peer, &secret).await?;
    visit.must_be_open()?;
    let screen = HandedScreen {
        study: visit.study(&draft.engine),
        secret: token.reveal().to_owned(),
        holder: draft.holder_name().to_owned(),
    };
    Ok(visit.page(|frame| render::handed(frame, &screen)))
}

/// `POST /r/{wave}/with/{secret}`: the secret goes into a cookie, and the browser to an address without
/// it.
pub(crate) async fn open(
    visit: Visit,
    peer: Option<Extension<Peer>>,
    Path((_, secret)): Path<(String, String)>,
) -> Answer {
    let (token, _) = by_link(&visit, peer, &secret).await?;
    let cookie = Cookie::build((cookie_name(&visit), token.reveal().to_owned()))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(visit.reader.state.secure)
        .max_age(KEPT)
        .build();
    let jar = visit.jar.clone().add(cookie);
    Ok((jar, visit.go(&paths::part(&visit.wave.slug))).into_response())
}

fn kept(visit: &Visit) -> Option<ContributorToken> {
    let cookie = visit.jar.get(&cookie_name(visit))?;
    ContributorToken::parse(cookie.value())
}

async fn part(visit: &Visit) -> Result<(ContributorToken, Draft, Contributor), Refusal> {
    let gone = || visit.reader.problem(&Problem::PartGone);
    let token = kept(visit).ok_or_else(gone)?;
    let found = visit.services().respond().part(&visit.wave, &token).await;
    let (draft, contributor) = found.map_err(|it| refuse(visit, &it))?;
    Ok((token, draft, contributor))
}

/// The questionnaire that a contributor answers, for their island.
pub(super) async fn engine(visit: &Visit) -> Option<Arc<Engine>> {
    let (_, draft, _) = part(visit).await.ok()?;
    Some(draft.engine)
}

/// `GET /r/{wave}/part`
pub(crate) async fn show(visit: Visit) -> Answer {
    let (_, draft, contributor) = part(&visit).await?;
    visit.must_be_open()?;
    Ok(draw(visit, &draft, contributor, false))
}

fn draw(visit: Visit, draft: &Draft, it: Contributor, is_nameless: bool) -> Response {
    let language = visit.language(&draft.engine);
    let screen = PartScreen {
        study: visit.study(&draft.engine),
        holder: draft.holder_name().to_owned(),
        name: it.name,
        is_nameless,
        is_finished: it.state == service::ContributorState::Finished,
        pages: several::progress(draft, &language, &it.pages),
    };
    visit.page(|frame| render::part(frame, &screen))
}

/// `POST /r/{wave}/part`: a name, or « I am done ».
pub(crate) async fn change(visit: Visit, fields: Fields) -> Answer {
    let pairs = read(&visit, fields)?;
    let one = |name: &str| {
        let found = pairs.iter().find(|(it, _)| it == name);
        found.map_or("", |(_, value)| value.as_str())
    };
    let (token, draft, contributor) = part(&visit).await?;
    let respond = visit.services().respond();
    let done = match one(DO) {
        "join" => respond.join(&visit.wave, &token, one(NAME)).await,
        "finish" => respond.finish(&visit.wave, &token, true).await,
        "reopen" => respond.finish(&visit.wave, &token, false).await,
        _ => return Err(visit.reader.problem(&Problem::BadRequest)),
    };
    match done {
        Ok(()) => Ok(visit.go(&paths::part(&visit.wave.slug))),
        Err(ServiceError::BadName) => {
            let page = draw(visit, &draft, contributor, true);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(refuse(&visit, &error)),
    }
}

/// The pages of a part that have something to answer now.
fn open_pages(draft: &Draft, contributor: &Contributor, language: &str) -> Vec<String> {
    let pages = several::progress(draft, language, &contributor.pages);
    let pages = pages.into_iter().filter(|it| it.n_asked > 0);
    pages.map(|it| it.id).collect()
}

/// A page as a contributor sees it: contact details are the respondent's own, and steps are those of
/// the part.
fn view(draft: &Draft, open: &[String], page: &str, language: &str) -> Option<PageView> {
    let at = open.iter().position(|it| it == page)?;
    let mut view = questionnaire::page_view(&draft.engine, &draft.sheet, page, language)?;
    view.elements.retain(|it| !is_contact(it));
    view.step = u32::try_from(at + 1).unwrap_or(u32::MAX);
    view.steps = u32::try_from(open.len()).unwrap_or(u32::MAX);
    Some(view)
}

fn is_contact(element: &Element) -> bool {
    matches!(element, Element::Question(it) if matches!(it.widget, Widget::Contact { .. }))
}

/// `GET /r/{wave}/part/{page}`. A page of others, and one that is not there, are nothing alike; one
/// that does not concern this response now leads back to the part.
pub(crate) async fn show_page(visit: Visit, Path((_, page)): Path<(String, String)>) -> Answer {
    let (_, draft, contributor) = part(&visit).await?;
    visit.must_be_open()?;
    let wave = visit.wave.slug.as_str();
    must_be_theirs(&visit, &draft, &contributor, &page)?;
    let language = visit.language(&draft.engine);
    let open = open_pages(&draft, &contributor, &language);
    let view = view(&draft, &open, &page, &language).filter(|_| contributor.name.is_some());
    let Some(view) = view else {
        return Ok(visit.go(&paths::part(wave)));
    };
    // The island evaluates on all answers, and who has a part must not be given the others'. Contact
    // details are missing from the page that it would write to.
    let has_all = contributor.pages.is_empty() && !has_contacts(&draft, &page);
    let screen = PageScreen {
        together: several::on_page(&draft, &view, &language, true),
        study: visit.study(&draft.engine),
        page: view,
        idempotency_key: String::new(),
        saved_at: None,
        live: has_all.then(|| Live {
            instrument: instrument::address(&visit, &draft.engine),
            sheet: draft.sheet.clone(),
        }),
    };
    Ok(visit.page(|frame| render::page(frame, &screen)))
}

fn has_contacts(draft: &Draft, page: &str) -> bool {
    let view = questionnaire::page_view(&draft.engine, &draft.sheet, page, &draft.language);
    view.is_some_and(|it| it.elements.iter().any(is_contact))
}

fn must_be_theirs(
    visit: &Visit,
    draft: &Draft,
    contributor: &Contributor,
    page: &str,
) -> Result<(), Refusal> {
    let is_page = draft.engine.instrument.page(page).is_some();
    let is_theirs = contributor.pages.is_empty() || contributor.pages.iter().any(|it| it == page);
    match is_page && is_theirs {
        true => Ok(()),
        false => Err(visit.reader.problem(&Problem::NotFound)),
    }
}

/// `POST /r/{wave}/part/{page}`: keeps what was answered, then goes to the next page of the part.
pub(crate) async fn post_page(
    visit: Visit,
    Path((_, page)): Path<(String, String)>,
    fields: Fields,
) -> Answer {
    let pairs = read(&visit, fields)?;
    let (token, draft, contributor) = part(&visit).await?;
    let wave = visit.wave.slug.as_str();
    must_be_theirs(&visit, &draft, &contributor, &page)?;
    if contributor.name.is_none() {
        return Ok(visit.go(&paths::part(wave)));
    }
    let language = visit.language(&draft.engine);
    let take = |draft: &mut Draft, contributor: &Contributor| {
        take(draft, contributor, &page, &language, &pairs)
    };
    let respond = visit.services().respond();
    let taken = respond.change_part(&visit.wave, &token, take).await;
    let taken = taken.map_err(|it| refuse(&visit, &it))?;
    if visit.reader.json && taken.is_some() {
        let time = clock::time_of_day();
        return Ok(visit::json(StatusCode::OK, json!({ "saved_at": time })));
    }
    Ok(visit.go(&match taken.flatten() {
        Some(page) => paths::part_page(wave, &page),
        None => paths::part(wave),
    }))
}

/// One step of a contributor: the page to go to, if it is not back to the part. `None` where the page
/// has nothing to answer now.
fn take(
    draft: &mut Draft,
    contributor: &Contributor,
    page: &str,
    language: &str,
    pairs: &[(String, String)],
) -> Option<Option<String>> {
    let by = Author::Contributor(contributor.id);
    let of = |draft: &Draft| {
        let open = open_pages(draft, contributor, language);
        view(draft, &open, page, language)
    };
    let posted = several::read(draft, by, of, pairs)?;
    let step = session::step(&draft.engine, &draft.sheet, &posted.event)?;
    draft.sheet = step.sheet;
    several::after(draft, of, pairs);
    let stays = step.to == Place::Page(page.to_owned());
    let open = open_pages(draft, contributor, language);
    let position = |id: &str| draft.engine.instrument.page(id);
    let here = position(page);
    Some(match posted.event.go {
        Go::Back => open.into_iter().rfind(|it| position(it) < here),
        Go::Next if !stays => open.into_iter().find(|it| position(it) > here),
        _ => Some(page.to_owned()),
    })
}
