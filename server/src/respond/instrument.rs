//! `/r/{wave}/instrument/{version}`: the compiled questionnaire that the island evaluates.
//!
//! In one language, and in the form of this build: [`address`] names both besides the version.

use app::respond::screen::Problem;
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use app::paths;
use questionnaire::Engine;

use super::visit::Visit;
use crate::problem::Answer;

/// Where a page finds its questionnaire. A browser that kept one for another module asks again.
pub(super) fn address(visit: &Visit, engine: &Engine) -> String {
    let path = paths::instrument(&visit.wave.slug, &engine.instrument.hash);
    let path = paths::in_language(&path, visit.reader.asked.language);
    let module = visit.reader.state.manifest.bundle("respond");
    let build = module
        .as_ref()
        .and_then(|it| it.script.rsplit('/').next())
        .unwrap_or_default();
    format!("{path}&build={build}")
}

/// `GET`: named by its content, so browsers may keep it.
pub(crate) async fn show(visit: Visit, Path((_, version)): Path<(String, String)>) -> Answer {
    let of_wave = visit.wave.engine.clone();
    let engine = if of_wave.instrument.hash == version {
        Some(of_wave)
    } else {
        // A respondent who began with an older version keeps it.
        visit
            .draft()
            .await?
            .map(|it| it.engine)
            .filter(|it| it.instrument.hash == version)
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
