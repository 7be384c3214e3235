//! Is the process there, can it work, how much has it done.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::state::State;

/// Answers given since the start, by class of status (1xx … 5xx).
static ANSWERS: [AtomicU64; 5] = [const { AtomicU64::new(0) }; 5];

/// Counts one answer.
pub(crate) fn count(status: StatusCode) {
    if let Some(it) = ANSWERS.get(usize::from(status.as_u16() / 100).saturating_sub(1)) {
        it.fetch_add(1, Ordering::Relaxed);
    }
}

/// `/healthz`: the process answers.
pub(crate) async fn live() -> &'static str {
    "ok\n"
}

/// `/readyz`: the database answers as well.
pub(crate) async fn ready(extract::State(state): extract::State<State>) -> Response {
    match state.services.ready().await {
        Ok(()) => "ready\n".into_response(),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the database does not answer\n",
            )
                .into_response()
        }
    }
}

/// `/metrics`, in the Prometheus text format.
pub(crate) async fn metrics() -> Response {
    let mut text = String::from(
        "# HELP recueil_http_answers_total Answers given, by class of status.\n\
         # TYPE recueil_http_answers_total counter\n",
    );
    for (class, n) in (1..).zip(&ANSWERS) {
        let n = n.load(Ordering::Relaxed);
        text.push_str(&format!(
            "recueil_http_answers_total{{class=\"{class}xx\"}} {n}\n"
        ));
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}
