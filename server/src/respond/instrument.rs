//! `/r/{wave}/instrument/{version}`: the compiled questionnaire that the island evaluates.
//!
//! In one language, and in the form of this build: [`address`] names both besides the version.

use app::paths;
use app::respond::screen::Problem;
use std::sync::Arc;

use axum::extract::{Path, Query};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use questionnaire::Engine;
use serde::Deserialize;

use super::part;
use super::visit::Visit;
use crate::problem::Answer;

/// Where a page finds its questionnaire. A browser that kept one for another module asks again.
pub(super) fn address(visit: &Visit, engine: &Engine) -> String {
    let path = paths::instrument(&visit.wave.slug, &engine.instrument.hash);
    let path = paths::in_language(&path, visit.reader.asked.language);
    format!("{path}&build={}", build(visit))
}

/// The name of the module whose form of questionnaires this program writes.
fn build(visit: &Visit) -> String {
    let module = visit.reader.state.manifest.bundle("respond");
    let script = module.as_ref().and_then(|it| it.script.rsplit('/').next());
    script.unwrap_or_default().to_owned()
}

/// What an address of a questionnaire says besides its version and language.
#[derive(Deserialize)]
pub(crate) struct Asking {
    #[serde(default)]
    build: String,
}

/// `GET`: named by its content, so browsers may keep it.
///
/// A page that an earlier program served would read these bytes wrongly: it gets none, and goes on without its
/// island.
pub(crate) async fn show(
    visit: Visit,
    Path((_, version)): Path<(String, String)>,
    Query(asking): Query<Asking>,
) -> Answer {
    if asking.build != build(&visit) {
        return Err(visit.reader.problem(&Problem::NotFound));
    }
    let of_wave = visit.wave.engine.clone();
    let engine = if of_wave.instrument.hash == version {
        Some(of_wave)
    } else {
        // A respondent who began with an older version keeps it.
        let is_it = |it: &Arc<Engine>| it.instrument.hash == version;
        let own = visit.draft().await?.map(|it| it.engine);
        match own.filter(is_it) {
            Some(own) => Some(own),
            None => part::engine(&visit).await.filter(is_it),
        }
    };
    let Some(engine) = engine else {
        return Err(visit.reader.problem(&Problem::NotFound));
    };
    let language = visit.language(&engine);
    let mut answer: Response = engine
        .instrument
        .for_answering(&language)
        .to_bytes()
        .into_response();
    answer.headers_mut().insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    Ok(answer)
}
