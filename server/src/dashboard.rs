//! `GET /d/{wave}/{key}`: the live results of a wave, for whoever has the link.

use app::respond::screen::Problem;
use app::studio::dashboard::screen::{DashboardScreen, by_block};
use app::{paths, render};
use axum::extract::{Path, State as Shared};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use axum_extra::extract::CookieJar;
use service::Fielding;

use crate::document::{frame, html};
use crate::language::Asked;
use crate::live;
use crate::problem::{Answer, Reader};
use crate::state::State;

/// `GET`
pub(crate) async fn show(
    Shared(state): Shared<State>,
    Path((slug, key)): Path<(String, String)>,
    asked: Asked,
    headers: HeaderMap,
    jar: CookieJar,
) -> Answer {
    let reader = Reader::new(&state, &asked, &headers);
    let services = &state.services;
    let found = services.enter_dashboard(&slug, &key).await;
    // A wrong key and an unknown wave are answered alike.
    let (wave, right) = found
        .map_err(|it| reader.service(&it, &slug))?
        .ok_or_else(|| reader.problem(&Problem::NotFound))?;
    let instrument = &wave.engine.instrument;
    let language = asked.of_texts(&instrument.languages);
    let results = services.live().frame(right, &language).await;
    let results = results.map_err(|it| reader.service(&it, &slug))?;
    let screen = DashboardScreen {
        title: instrument.title.get(&language).to_owned(),
        respond: paths::start(&slug),
        is_open: wave.fielding == Fielding::Open,
        revision: results.revision().0,
        live: live::address(&wave, &key, &language, results.revision()),
        progress: results.progress().clone(),
        blocks: by_block(instrument, results.tables(), &language),
        language,
    };
    let frame = frame(&state, &asked);
    let page = html(StatusCode::OK, &frame, render::dashboard(&frame, &screen));
    Ok((asked.remember(jar), page).into_response())
}
