//! What surrounds every answer: security headers, limits, cross-site posts, panics.

use std::any::Any;
use std::time::Duration;

use app::respond::screen::Problem;
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;

use crate::health;
use crate::language::Asked;
use crate::problem::Reader;
use crate::state::State;

/// Longest time for a page; streams are not pages.
const PAGE_TIME: Duration = Duration::from_secs(30);

/// Surrounds the pages.
pub(crate) fn around_pages(router: Router<State>, state: &State) -> Router<State> {
    let compress = SizeAbove::new(512)
        .and(NotForContentType::const_new("text/event-stream"))
        .and(NotForContentType::const_new("application/wasm"));
    router
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            PAGE_TIME,
        ))
        .layer(CsrfLayer::new())
        .layer(middleware::from_fn_with_state(state.clone(), explain))
        .layer(CompressionLayer::new().compress_when(compress))
}

/// Surrounds everything.
pub(crate) fn around_all(router: Router<State>) -> Router<State> {
    router
        .layer(CatchPanicLayer::custom(after_panic))
        .layer(middleware::from_fn(secure))
}

/// Refusals of the layers within have no page of their own: gives them one.
async fn explain(
    axum::extract::State(state): axum::extract::State<State>,
    asked: Asked,
    request: Request,
    next: Next,
) -> Response {
    let reader = Reader::new(&state, &asked, request.headers()).at(request.uri().path());
    let answer = next.run(request).await;
    if answer
        .headers()
        .contains_key(header::CONTENT_SECURITY_POLICY)
        || answer
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|it| it != PLAIN)
    {
        return answer;
    }
    match answer.status() {
        StatusCode::FORBIDDEN => reader.problem(&Problem::Forbidden).into_response(),
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => {
            reader.problem(&Problem::NotFound).into_response()
        }
        StatusCode::PAYLOAD_TOO_LARGE => reader.problem(&Problem::TooLarge).into_response(),
        StatusCode::SERVICE_UNAVAILABLE => reader.problem(&Problem::Unavailable).into_response(),
        it if it.is_client_error() => reader.problem(&Problem::BadRequest).into_response(),
        it if it.is_server_error() => reader
            .problem(&Problem::Internal { reference: None })
            .into_response(),
        _ => answer,
    }
}

const PLAIN: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");

/// The policy of what is no document: whoever opens it as one gets nothing else with it.
const NOT_A_DOCUMENT: HeaderValue =
    HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

/// A panic is a bug: it is logged, and its reader learns nothing of it.
fn after_panic(panic: Box<dyn Any + Send + 'static>) -> Response {
    let message = match panic.downcast::<String>() {
        Ok(message) => *message,
        Err(panic) => panic
            .downcast::<&str>()
            .map_or("unknown", |it| *it)
            .to_owned(),
    };
    tracing::error!(message, "a handler panicked");
    (StatusCode::INTERNAL_SERVER_ERROR, "internal error\n").into_response()
}

/// Headers that every answer carries.
async fn secure(request: Request, next: Next) -> Response {
    let mut answer = next.run(request).await;
    health::count(answer.status());
    let headers = answer.headers_mut();
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(NOT_A_DOCUMENT);
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "interest-cohort=()",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    answer
}
