//! HTML answers, each with the content security policy that fits its one script.

use app::ui::Frame;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use crate::language::Asked;
use crate::state::State;

/// The frame of one answer: its language, its nonce.
pub(crate) fn frame(state: &State, asked: &Asked) -> Frame {
    Frame {
        language: asked.language,
        here: asked.path.clone(),
        nonce: nonce(),
        manifest: state.manifest.clone(),
        entry: None,
    }
}

/// Unguessable, new for every answer. Without randomness there is no nonce and so no script.
fn nonce() -> Option<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).ok()?;
    Some(bytes.iter().map(|it| format!("{it:02x}")).collect())
}

/// A whole HTML document as an answer.
pub(crate) fn html(status: StatusCode, frame: &Frame, text: String) -> Response {
    let mut answer = (status, Html(text)).into_response();
    let headers = answer.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&policy(frame.nonce.as_deref())) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    // Answers on shared computers are nobody else's: no copy stays.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::VARY,
        HeaderValue::from_static("accept-language, cookie"),
    );
    if let Ok(language) = HeaderValue::from_str(frame.language.code()) {
        headers.insert(header::CONTENT_LANGUAGE, language);
    }
    answer
}

/// What a page may load and do. Without a nonce: no script at all.
pub(crate) fn policy(nonce: Option<&str>) -> String {
    let script = match nonce {
        Some(nonce) => format!("'self' 'nonce-{nonce}' 'wasm-unsafe-eval'"),
        None => "'none'".to_owned(),
    };
    format!(
        "default-src 'none'; script-src {script}; style-src 'self'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'; object-src 'none'"
    )
}
