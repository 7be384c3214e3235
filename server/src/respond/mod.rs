//! Respondent pages: plain forms, Post/Redirect/Get always.
//!
//! One file a page. A respondent is known by a token in a cookie of the wave; the database knows
//! only its digest.

pub(crate) mod instrument;
pub(crate) mod keep;
pub(crate) mod page;
pub(crate) mod part;
pub(crate) mod receipt;
pub(crate) mod review;
pub(crate) mod rights;
mod several;
pub(crate) mod start;
pub(crate) mod together;
pub(crate) mod visit;

use app::render;
use app::respond::screen::{HomeScreen, OpenWave, Problem};
use axum::extract::State as Shared;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use service::Access;

use crate::document::{frame, html};
use crate::language::Asked;
use crate::problem::{Answer, Reader, day};
use crate::state::State;

/// `GET /`: what this is, and which waves are open.
pub(crate) async fn home(
    Shared(state): Shared<State>,
    asked: Asked,
    headers: HeaderMap,
    jar: CookieJar,
) -> Answer {
    let reader = Reader::new(&state, &asked, &headers);
    let open = state
        .services
        .waves()
        .open()
        .await
        .map_err(|it| reader.service(&it, ""))?;
    let waves = open
        .into_iter()
        // Invited people have their own link.
        .filter(|it| it.access != Access::Invitation)
        .map(|it| {
            let language = asked.of_texts(&it.engine.instrument.languages);
            OpenWave {
                title: it.engine.instrument.title.get(&language).to_owned(),
                closes_on: it.closes_at.map(day),
                wave: it.slug,
                language,
            }
        })
        .collect();
    let frame = frame(&state, &asked);
    let page = html(
        StatusCode::OK,
        &frame,
        render::home(&frame, &HomeScreen { waves }),
    );
    Ok((asked.remember(jar), page).into_response())
}

/// Whatever has no route.
pub(crate) async fn nowhere(
    Shared(state): Shared<State>,
    asked: Asked,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    Reader::new(&state, &asked, &headers)
        .at(uri.path())
        .problem(&Problem::NotFound)
        .into_response()
}
