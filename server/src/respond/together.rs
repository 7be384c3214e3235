//! `/r/{wave}/together`: the holder of a response hands pages of it over, and sees how far they are.

use app::respond::screen::Problem;
use app::respond::together::{ContributorLine, LABEL, NAME, PAGES, TogetherScreen};
use app::{paths, render};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use service::{Contributor, ContributorId, ContributorState, Draft, ServiceError, Token};
use std::collections::HashMap;
use uuid::Uuid;

use super::page::{Fields, read};
use super::several;
use super::start::resume_at;
use super::visit::Visit;
use crate::problem::{Answer, Refusal};

/// What the page shows beside the people.
#[derive(Default)]
struct Beside {
    new_link: Option<(String, String)>,
    is_nameless: bool,
}

/// The draft under way, if it is one that may be handed over: a correction is its respondent's, an entry the
/// team's.
async fn own(visit: &Visit) -> Result<(Token, Draft), Refusal> {
    let (token, draft) = visit.draft_under_way().await?;
    if draft.is_correction() || draft.is_entry {
        return Err(visit.go(&paths::review(&visit.wave.slug)).into());
    }
    Ok((token, draft))
}

/// `GET`
pub(crate) async fn show(visit: Visit) -> Answer {
    let (_, draft) = own(&visit).await?;
    Ok(draw(visit, &draft, Beside::default()))
}

/// `POST`: makes a link. It is shown in the answer itself, once, and nowhere again; sending the form
/// again makes another.
pub(crate) async fn hand_over(visit: Visit, fields: Fields) -> Answer {
    let pairs = read(&visit, fields)?;
    let (token, draft) = own(&visit).await?;
    let one = |name: &str| {
        let found = pairs.iter().find(|(it, _)| it == name);
        found.map_or("", |(_, value)| value.as_str())
    };
    let pages: Vec<String> = pairs
        .iter()
        .filter(|(name, _)| name == PAGES)
        .map(|(_, value)| value.clone())
        .collect();
    let known = draft.engine.instrument.asked_pages();
    if pages
        .iter()
        .any(|page| known.iter().all(|it| it.id != *page))
    {
        // A page that is not there must not become « all of them ».
        return Err(visit.reader.problem(&Problem::BadRequest));
    }
    let respond = visit.respond();
    let label = one(LABEL);
    let made = respond
        .hand_over(&visit.wave, &token, label, one(NAME), &pages)
        .await;
    let beside = match made {
        Ok(link) => {
            let path = paths::handed(&visit.wave.slug, link.reveal());
            let link = format!("{}{path}", visit.reader.state.public);
            Beside {
                new_link: Some((label.trim().to_owned(), link)),
                ..Beside::default()
            }
        }
        Err(ServiceError::BadName) => Beside {
            is_nameless: true,
            ..Beside::default()
        },
        // The page says that there are as many as there may be.
        Err(ServiceError::Refused(_)) => Beside::default(),
        Err(error) => return Err(visit.refuse(&error)),
    };
    let status = match beside.new_link {
        Some(_) => StatusCode::OK,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let (_, draft) = own(&visit).await?;
    Ok((status, draw(visit, &draft, beside)).into_response())
}

/// `POST /r/{wave}/together/{contributor}`: takes a link back. Again, it changes nothing.
pub(crate) async fn take_back(visit: Visit, Path(path): Path<HashMap<String, String>>) -> Answer {
    let (token, _) = own(&visit).await?;
    let id = path.get("contributor").map_or("", String::as_str);
    let id = ContributorId(Uuid::parse_str(id).unwrap_or(Uuid::nil()));
    let respond = visit.respond();
    let done = respond.take_back(&visit.wave, &token, id).await;
    done.map_err(|it| visit.refuse(&it))?;
    Ok(visit.go(&paths::together(&visit.wave.slug)))
}

fn draw(visit: Visit, draft: &Draft, beside: Beside) -> Response {
    let language = visit.language(&draft.engine);
    let wave = visit.wave.slug.as_str();
    let pages = several::progress(draft, &language, &[]);
    let screen = TogetherScreen {
        study: visit.study(&draft.engine),
        contributors: draft
            .contributors()
            .iter()
            .map(|it| line(draft, it, &language))
            .collect(),
        new_link: beside.new_link,
        pages: pages.into_iter().map(|it| (it.id, it.title)).collect(),
        holder: draft.holder_name().to_owned(),
        is_nameless: beside.is_nameless,
        is_full: draft.is_full(),
        go_on: match resume_at(&draft.engine, &draft.sheet) {
            Some(page) => paths::page(wave, &page),
            None => paths::review(wave),
        },
    };
    visit.page(|frame| render::together(frame, &screen))
}

fn line(draft: &Draft, it: &Contributor, language: &str) -> ContributorLine {
    ContributorLine {
        id: it.id.to_string(),
        label: it.label.clone(),
        name: it.name.clone(),
        state: match it.state {
            ContributorState::Offered => "offered",
            ContributorState::Joined => "joined",
            ContributorState::Finished => "finished",
            ContributorState::Withdrawn | ContributorState::Sent => "withdrawn",
        },
        is_whole: it.pages.is_empty(),
        pages: match it.pages.is_empty() {
            true => Vec::new(),
            false => several::progress(draft, language, &it.pages),
        },
    }
}
