//! `/r/{wave}/keep` and `/r/{wave}/resume`: going on later, here or elsewhere, by a code.

use app::respond::rights::{CODE, KeepScreen, ResumeScreen};
use app::respond::screen::Problem;
use app::{paths, render};
use axum::Extension;
use axum::extract::RawQuery;
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use service::Access;
use std::time::Instant;

use super::page::{Fields, read};
use super::start::resume_at;
use super::visit::Visit;
use crate::peer::Peer;
use crate::problem::Answer;

/// `GET /r/{wave}/keep`: the code of the answers under way.
pub(crate) async fn show(visit: Visit, headers: HeaderMap) -> Answer {
    let (token, draft) = visit.draft_under_way().await?;
    let respond = visit.respond();
    let code = respond.code(&visit.wave, &token, &draft);
    let wave = visit.wave.slug.as_str();
    let screen = KeepScreen {
        is_by_invitation: visit.wave.access == Access::Invitation,
        study: visit.study(&draft.engine),
        code: code.map(|it| it.reveal()),
        resume: resume_address(&visit, &headers),
        go_on: match resume_at(&draft.engine, &draft.sheet) {
            Some(page) if !draft.is_correction() => paths::page(wave, &page),
            _ => paths::review(wave),
        },
        may_hand_over: !draft.is_correction() && !draft.is_entry,
    };
    Ok(visit.page(|frame| render::keep(frame, &screen)))
}

/// `GET /r/{wave}/resume`: asks for the code.
pub(crate) async fn ask(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let engine = visit.wave.engine.clone();
    let screen = ResumeScreen {
        study: visit.study(&engine),
        is_unknown: query.is_some_and(|it| it.split('&').any(|it| it == paths::UNKNOWN_CODE)),
    };
    Ok(visit.page(|frame| render::resume(frame, &screen)))
}

/// `POST /r/{wave}/resume`: takes the respondent to where they were. A code of another wave, one
/// that never was and a text that is none are answered alike.
pub(crate) async fn resume(visit: Visit, peer: Option<Extension<Peer>>, fields: Fields) -> Answer {
    let pairs = read(&visit, fields)?;
    let code = pairs.iter().find(|(name, _)| name == CODE);
    let code = code.map_or("", |(_, value)| value.as_str());
    let wave = visit.wave.slug.clone();
    let peer = peer.map(|Extension(it)| it);
    let limits = &visit.reader.state.limits;
    if !limits.try_code(&wave, peer, Instant::now()) {
        return Err(visit.reader.problem(&Problem::TooManyTries));
    }
    let respond = visit.respond();
    let found = respond.by_code(&visit.wave, code).await;
    let failed = |it| visit.refuse(&it);
    // Erased in this very moment, or an entry's and they may not enter: then there is no such code.
    let draft = match found.map_err(failed)? {
        Some(token) => {
            let draft = respond.find(&visit.wave, &token).await.map_err(failed)?;
            draft.map(|it| (token, it))
        }
        None => None,
    };
    let Some((token, draft)) = draft else {
        let again = format!("{}?{}", paths::resume(&wave), paths::UNKNOWN_CODE);
        return Ok(visit.go(&again));
    };
    limits.was_right(&wave, peer, Instant::now());
    let to = match resume_at(&draft.engine, &draft.sheet) {
        _ if draft.is_submitted || draft.is_correction() => paths::receipt(&wave),
        Some(page) => paths::page(&wave, &page),
        None => paths::review(&wave),
    };
    let cookie = match draft.is_entry {
        true => visit.keep_entry(&token),
        false => visit.keep(&token),
    };
    let jar = visit.jar.clone().add(cookie);
    Ok((jar, visit.go(&to)).into_response())
}

/// The whole address where a code is given, as the browser has reached this server; it is shown to
/// the same browser only.
pub(super) fn resume_address(visit: &Visit, headers: &HeaderMap) -> Option<String> {
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let is_plain = |it: u8| it.is_ascii_alphanumeric() || b".-:[]".contains(&it);
    if host.is_empty() || !host.bytes().all(is_plain) {
        return None;
    }
    let scheme = if visit.reader.state.secure {
        "https"
    } else {
        "http"
    };
    let path = paths::resume(&visit.wave.slug);
    Some(format!("{scheme}://{host}{path}"))
}
