//! What went wrong, as a page for people or problem+json for programs.

use app::respond::screen::{Message, Moment, Problem};
use app::{paths, render};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use service::{ServiceError, WaveInfo};
use time::OffsetDateTime;

use crate::document::{frame, html};
use crate::language::Asked;
use crate::state::State;

/// An answer, or the problem's.
pub(crate) type Answer = Result<Response, Refusal>;

/// The answer to a request that is not served.
#[derive(Debug)]
pub(crate) struct Refusal(Box<Response>);

impl From<Response> for Refusal {
    fn from(answer: Response) -> Self {
        Self(Box::new(answer))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        *self.0
    }
}

/// Whom an answer is for.
#[derive(Clone, Debug)]
pub(crate) struct Reader {
    pub(crate) state: State,
    pub(crate) asked: Asked,
    /// Whether JSON is wanted rather than a page.
    pub(crate) json: bool,
}

impl Reader {
    pub(crate) fn new(state: &State, asked: &Asked, headers: &HeaderMap) -> Self {
        Self {
            state: state.clone(),
            asked: asked.clone(),
            json: wants_json(headers),
        }
    }

    /// For whoever asks for this address: there are no pages among those for programs.
    pub(crate) fn at(mut self, path: &str) -> Self {
        self.json |= path.starts_with(paths::API);
        self
    }

    /// The answer to a problem, in the form its reader wants.
    pub(crate) fn problem(&self, problem: &Problem) -> Refusal {
        let status =
            StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Refusal::from(if self.json {
            let said = match problem {
                Problem::Closed { message, .. } => message.as_ref(),
                _ => None,
            };
            with_detail(status, problem.code(), said.map(|it| it.text.as_str()))
        } else {
            let mut frame = frame(&self.state, &self.asked);
            frame.here.clear();
            frame.nonce = None;
            html(status, &frame, render::problem(&frame, problem))
        })
    }

    /// The answer to a use case that did not succeed, for the wave it is about.
    pub(crate) fn service(&self, error: &ServiceError, wave: &str) -> Refusal {
        let wave = || wave.to_owned();
        let problem = match error {
            ServiceError::UnknownStudy(_)
            | ServiceError::UnknownWave(_)
            | ServiceError::NoRehearsal(_)
            | ServiceError::UnknownAccount
            | ServiceError::WaveGone => Problem::NotFound,
            ServiceError::Forbidden => Problem::NotAllowed,
            ServiceError::LinkGone => Problem::LinkGone,
            ServiceError::TooMany { .. } => Problem::TooMany,
            ServiceError::UnknownDraft => Problem::NoResponse { wave: wave() },
            ServiceError::NotYetOpen { opens_at, zone } => Problem::NotYetOpen {
                opens: opens_at.map(|it| moment(it, zone)),
            },
            ServiceError::Closed => Problem::Closed {
                closed: None,
                message: None,
            },
            ServiceError::Full => Problem::Full,
            ServiceError::NotInvited => Problem::NotInvited,
            ServiceError::InvitationUsed => Problem::Answered,
            ServiceError::AlreadySubmitted => Problem::AlreadySent { wave: wave() },
            ServiceError::KeyReused | ServiceError::Disagreement(_) => Problem::Conflict {
                page: paths::review(&wave()),
            },
            ServiceError::BadRequest(_) | ServiceError::Invalid(_) => Problem::BadRequest,
            ServiceError::Busy | ServiceError::Unavailable(_) => {
                tracing::warn!(%error, "a request could not be served");
                Problem::Unavailable
            }
            other => {
                // The page shows the same reference as the log: people can say which fault it was.
                let reference = uuid::Uuid::now_v7().to_string();
                tracing::error!(error = %other, reference, "internal error");
                Problem::Internal {
                    reference: Some(reference),
                }
            }
        };
        self.problem(&problem)
    }
}

/// What a closed wave says to somebody who reads a language.
pub(crate) fn closed(wave: &WaveInfo, language: &str) -> Problem {
    Problem::Closed {
        closed: wave.closed_at.map(|it| moment(it, wave.zone.name())),
        message: wave.closing_in(language).map(|it| Message {
            text: it.text,
            language: it.language,
        }),
    }
}

/// A moment that bears the offset of its zone's clocks.
pub(crate) fn moment(at: OffsetDateTime, zone: &str) -> Moment {
    Moment {
        day: day(at),
        time: format!("{:02}:{:02}", at.hour(), at.minute()),
        zone: zone.to_owned(),
    }
}

/// An ISO day.
pub(crate) fn day(it: OffsetDateTime) -> String {
    it.date().to_string()
}

/// Whether a request asks for JSON before HTML.
pub(crate) fn wants_json(headers: &HeaderMap) -> bool {
    let accept = headers
        .get(header::ACCEPT)
        .and_then(|it| it.to_str().ok())
        .unwrap_or("");
    accept.contains("application/json") && !accept.contains("text/html")
}

/// RFC 9457.
pub(crate) fn json_problem(status: StatusCode, code: &str) -> Response {
    with_detail(status, code, None)
}

/// The same with words for people, where somebody has written some.
pub(crate) fn with_detail(status: StatusCode, code: &str, detail: Option<&str>) -> Response {
    let mut body = json!({
        "type": format!("/errors/{code}"),
        "title": status.canonical_reason().unwrap_or("error"),
        "status": status.as_u16(),
        "code": code,
    });
    if let (Some(detail), Some(body)) = (detail, body.as_object_mut()) {
        body.insert("detail".to_owned(), detail.into());
    }
    let mut answer = (status, axum::Json(body)).into_response();
    answer.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    answer
}
