//! Files that come in a form.

use app::respond::screen::Problem;
use app::studio::team::field_screen::Wrong;
use axum::extract::multipart::MultipartError;
use axum::http::StatusCode;

use super::gate::Signed;
use crate::problem::Refusal;

/// The largest file that goes into the page and comes back from it.
pub(in crate::studio) const MOST_ECHOED: usize = 512 * 1024;

/// Something that is wrong with the field `file`.
pub(in crate::studio) fn about_file(code: &'static str) -> Wrong {
    let at = Some("file".to_owned());
    Wrong { code, at }
}

/// The answer to a form that cannot be read: it is too large, or no form.
pub(in crate::studio) fn unread(signed: &Signed, error: &MultipartError) -> Refusal {
    let problem = match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
        _ => Problem::BadRequest,
    };
    signed.caller.reader.problem(&problem)
}
