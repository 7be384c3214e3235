//! `/d/{wave}/{key}`: the live results of a wave, for whoever has the link; `/d/{wave}/rehearsal/{key}`: those
//! of its rehearsal.
//!
//! The key of a rehearsal opens the rehearsal and nothing else, so that its link may be shown to people who may
//! not see the real results. That is why the rehearsal's page leads nowhere, and why a rehearsal is removed from
//! the dashboard of its wave.

use app::respond::screen::Problem;
use app::studio::dashboard::cut_screen::Arrivals;
use app::studio::dashboard::screen::{
    Admission, Block, Concern, DashboardScreen, Rehearsal, by_block,
};
use app::{paths, render};
use axum::extract::{Path, Query, State as Shared};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect};
use axum_extra::extract::CookieJar;
use service::{Fielding, Revision, ServiceError, ViewDashboard, WaveInfo};
use std::sync::Arc;
use tally::{Percent, Table};

use crate::cut;
use crate::document::{frame, html};
use crate::figure::{self, Form};
use crate::language::Asked;
use crate::live;
use crate::problem::{Answer, Reader};
use crate::state::State;
use crate::studio::writing::lang;

/// `GET /d/{wave}/{key}`
pub(crate) async fn show(
    Shared(state): Shared<State>,
    Path((slug, key)): Path<(String, String)>,
    Query(cut): Query<cut::Asked>,
    asked: Asked,
    headers: HeaderMap,
    jar: CookieJar,
) -> Answer {
    let reader = Reader::new(&state, &asked, &headers);
    let found = state.services.enter_dashboard(&slug, &key).await;
    // A wrong key and an unknown wave are answered alike.
    let (wave, right) = found
        .map_err(|it| reader.service(&it, &slug))?
        .ok_or_else(|| reader.problem(&Problem::NotFound))?;
    let concern = Concern::Wave {
        is_open: wave.fielding == Fielding::Open,
        rehearsal: rehearsal(&state, &wave, &key)
            .await
            .map_err(|it| reader.service(&it, &slug))?,
    };
    let shown = Shown {
        slug: &slug,
        wave: &wave,
        right,
        concern,
        home: None,
        here: paths::dashboard(&slug, &key),
        compose: Some(paths::dashboard_filter(&slug, &key)),
        cut,
    };
    let live = |language: &str, since| live::address(&wave, &key, language, since);
    results(&reader, shown, live, jar).await
}

/// `GET /d/{wave}/rehearsal/{key}`
pub(crate) async fn show_rehearsal(
    Shared(state): Shared<State>,
    Path((slug, key)): Path<(String, String)>,
    Query(cut): Query<cut::Asked>,
    asked: Asked,
    headers: HeaderMap,
    jar: CookieJar,
) -> Answer {
    let reader = Reader::new(&state, &asked, &headers);
    let found = state.services.rehearsals().enter(&slug, &key).await;
    let (rehearsal, right) = found
        .map_err(|it| reader.service(&it, &slug))?
        .ok_or_else(|| reader.problem(&Problem::NotFound))?;
    let concern = Concern::Rehearsal;
    let shown = Shown {
        slug: &slug,
        wave: &rehearsal,
        right,
        concern,
        home: None,
        here: paths::rehearsal(&slug, &key),
        compose: None,
        cut,
    };
    let live = |language: &str, since| live::address(&rehearsal, &key, language, since);
    results(&reader, shown, live, jar).await
}

/// `POST /d/{wave}/{key}/rehearsal/remove`: removes the rehearsal. Doing it again changes nothing.
pub(crate) async fn remove_rehearsal(
    Shared(state): Shared<State>,
    Path((slug, key)): Path<(String, String)>,
    asked: Asked,
    headers: HeaderMap,
) -> Answer {
    let reader = Reader::new(&state, &asked, &headers);
    let found = state.services.enter_dashboard(&slug, &key).await;
    let (_, right) = found
        .map_err(|it| reader.service(&it, &slug))?
        .ok_or_else(|| reader.problem(&Problem::NotFound))?;
    let removed = state.services.rehearsals().remove_by_link(right).await;
    removed.map_err(|it| reader.service(&it, &slug))?;
    Ok(Redirect::to(&paths::dashboard_after_removal(&slug, &key)).into_response())
}

/// What the dashboard of a wave says of its rehearsal.
async fn rehearsal(
    state: &State,
    wave: &WaveInfo,
    key: &str,
) -> Result<Option<Rehearsal>, ServiceError> {
    let rehearsals = state.services.rehearsals();
    let Some(found) = rehearsals.of(wave).await? else {
        return Ok(None);
    };
    Ok(Some(Rehearsal {
        href: paths::rehearsal(&wave.slug, &state.services.dashboard_key(&found)),
        remove: paths::remove_rehearsal(&wave.slug, key),
        n_responses: rehearsals.n_responses(&found).await?,
    }))
}

/// Results to be shown.
pub(crate) struct Shown<'a> {
    /// The wave that people answer.
    pub(crate) slug: &'a str,
    /// The wave whose results they are.
    pub(crate) wave: &'a WaveInfo,
    /// The right to see them.
    pub(crate) right: ViewDashboard,
    /// What the numbers are of.
    pub(crate) concern: Concern,
    /// Where the title leads.
    pub(crate) home: Option<String>,
    /// The page itself.
    pub(crate) here: String,
    /// Where a filter is put together, if it can be.
    pub(crate) compose: Option<String>,
    /// How the results are to be cut.
    pub(crate) cut: cut::Asked,
}

/// The page of a wave's results, or of a rehearsal's; `live` gives the address of its events.
pub(crate) async fn results(
    reader: &Reader,
    shown: Shown<'_>,
    live: impl FnOnce(&str, Revision) -> String,
    jar: CookieJar,
) -> Answer {
    let Shown {
        slug,
        wave,
        right,
        concern,
        home,
        here,
        compose,
        cut,
    } = shown;
    let (state, asked) = (&reader.state, &reader.asked);
    let instrument = &wave.engine.instrument;
    let language = asked.of_texts(&instrument.languages);
    let whole = state.services.live().frame(right, &language).await;
    let whole = whole.map_err(|it| reader.service(&it, slug))?;
    if let Some(bounded) = cut.with_bounds(&whole) {
        return Ok(Redirect::to(&bounded.of(&here)).into_response());
    }
    let results = state.services.live().cut(cut.cut());
    let (results, wrong) = match results.frame(right, &language).await {
        Ok(results) => (results, None),
        // What cannot be cut so is shown whole, and says why.
        Err(ServiceError::BadCut(why)) => (Arc::clone(&whole), Some(why)),
        Err(error) => return Err(reader.service(&error, slug)),
    };
    let admissibility = state.services.admissibility();
    let admitted = admissibility.admitted(right, wave).await;
    let admitted = admitted.map_err(|it| reader.service(&it, slug))?;
    if let Some(form) = Form::of_name(&cut.form).filter(|_| wrong.is_none()) {
        let table = results.tables().find(|it| it.item == cut.wall);
        let percent = Percent::of_name(cut.percent.trim()).unwrap_or_default();
        let file = table.and_then(|it| figure::file(it, form, percent, &language));
        return file.ok_or_else(|| reader.problem(&Problem::NotFound));
    }
    let arrived = state.services.live().arrived(right).await;
    let arrived = arrived.map_err(|it| reader.service(&it, slug))?;
    let blocks = by_block(instrument, whole.tables(), &language);
    let blocks_shown = by_block(instrument, results.tables(), &language);
    let said = cut::Said {
        here: here.clone(),
        compose: compose.map(|it| cut.of(&it)),
        wave,
        blocks: &blocks,
        whole: &whole,
        shown: &results,
        wrong: wrong.as_ref(),
    };
    let live = live(&language, results.revision());
    let screen = DashboardScreen {
        admission: Admission {
            n_received: admitted.n_received,
            n_set_aside: admitted.n_set_aside,
            n_withdrawn: admitted.n_withdrawn,
            reasons: admitted.reasons,
            n_invited: admitted.n_invited,
        },
        title: instrument.title.get(&language).to_owned(),
        respond: (!matches!(concern, Concern::Writing { .. })).then(|| paths::start(slug)),
        concern,
        revision: results.revision().0,
        home,
        live: match wrong {
            None => cut.of(&live),
            Some(_) => live,
        },
        progress: results.progress().clone(),
        cut: said.shown(&cut, lang(asked), &language),
        arrivals: Arrivals {
            by_week: arrived.by_week,
            counts: arrived
                .counts
                .into_iter()
                .map(|(day, n)| (day.to_string(), n))
                .collect(),
        },
        wall: cut::wall(&cut, &here, &shown_tables(&blocks_shown), &cut.wall),
        blocks: blocks_shown,
        language,
    };
    let status = match wrong {
        None => StatusCode::OK,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let mut frame = frame(state, asked);
    // Whoever reads on in another language reads the same.
    frame.here = cut.of(&screen.cut.here);
    let page = html(status, &frame, render::dashboard(&frame, &screen));
    Ok((asked.remember(jar), page).into_response())
}

/// Tables in the order of the page.
fn shown_tables(blocks: &[Block]) -> Vec<&Table> {
    blocks.iter().flat_map(|it| &it.tables).collect()
}
