//! `/r/{wave}/instrument/{version}`: the compiled questionnaire that the island evaluates.

use app::respond::screen::Problem;
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::visit::Visit;
use crate::problem::Answer;

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
    // Only a program that compiled the questionnaire differently from itself could fail here.
    let Ok(bytes) = engine.instrument.to_bytes() else {
        return Err(visit.reader.problem(&Problem::Internal { reference: None }));
    };
    let mut answer: Response = bytes.into_response();
    answer.headers_mut().insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    Ok(answer)
}
