//! The files browsers download, inside the program: `target/site` as `cargo xtask` built it.

use app::ui::Manifest;
use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../target/site"]
#[allow_missing = true]
struct Site;

/// Named while compiling, so that cargo compiles this file again when the site changes.
const _BUILT_WITH: Option<&str> = option_env!("RECUEIL_SITE");

/// Names of the built files; empty when the site has not been built, and pages are plain then.
pub(crate) fn manifest() -> Manifest {
    Site::get("manifest.json")
        .and_then(|it| serde_json::from_slice(&it.data).ok())
        .unwrap_or_default()
}

/// `/pkg/{file}`: names carry a hash of the content, so browsers may keep them for ever.
pub(crate) async fn asset(Path(file): Path<String>, headers: HeaderMap) -> Response {
    let accepts = |coding: &str| {
        headers
            .get(header::ACCEPT_ENCODING)
            .and_then(|it| it.to_str().ok())
            .is_some_and(|it| {
                it.split(',')
                    .any(|it| it.split(';').next().unwrap_or("").trim() == coding)
            })
    };
    let codings = [("br", ".br"), ("gzip", ".gz"), ("", "")];
    let found = codings
        .into_iter()
        .filter(|(coding, _)| coding.is_empty() || accepts(coding))
        .find_map(|(coding, suffix)| Some((coding, Site::get(&format!("pkg/{file}{suffix}"))?)));
    let Some((coding, content)) = found else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut answer = Response::new(Body::from(content.data));
    let headers = answer.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(content_type(&file)),
    );
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if !coding.is_empty() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    answer
}

fn content_type(file: &str) -> &'static str {
    match file.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("woff2") => "font/woff2",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}
