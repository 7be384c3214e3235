//! `GET /live/waves/{id}`: the results of a wave as Server-Sent Events.
//!
//! `event: snapshot|delta`, `id:` the revision, `data:
//! {"revision","rehearsal","responses","progress","tables"}`. `event: removed` is the last one: the
//! rehearsal that was watched is gone.
//! `?by=…&where=…&unit=…` cuts the tables; then `kept` says of how many responses they are.
//! Whoever comes back says what it has, by `Last-Event-ID` or `?since=`, and gets what changed
//! since; where that is not known any more, a snapshot.

use std::convert::Infallible;
use std::time::Duration;

use app::paths;
use axum::extract::{Path, Query, State as Shared};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream, StreamExt};
use serde::Deserialize;
use service::team::{Design, Secret, ViewResults};
use service::{Revision, ServiceError, ViewDashboard, Watcher, WaveId, WaveInfo};
use tally::Cut;
use uuid::Uuid;

use crate::cut;
use crate::problem::json_problem;
use crate::state::State;
use crate::studio::gate::secret_of;

/// A comment this often keeps proxies from closing a quiet stream.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// How often a member's stream looks whether its session still lasts.
const LOOK_EVERY: Duration = Duration::from_millis(700);
/// How long a browser waits before it comes back after a lost connection.
const COME_BACK_AFTER: Duration = Duration::from_secs(2);
/// What a browser sends when it comes back by itself.
const LAST_EVENT_ID: &str = "last-event-id";

/// Who may see the wave, in which language, and what they have already.
#[derive(Debug, Deserialize)]
pub(crate) struct Asking {
    #[serde(default)]
    key: String,
    #[serde(default)]
    lang: String,
    since: Option<Revision>,
    // Flattened, numbers would be read as texts.
    #[serde(default)]
    by: String,
    #[serde(default, rename = "where")]
    only: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    level: String,
    #[serde(default)]
    sets: String,
}

impl Asking {
    fn cut(&self) -> Cut {
        let cut = cut::Asked {
            by: self.by.clone(),
            only: self.only.clone(),
            unit: self.unit.clone(),
            level: self.level.clone(),
            sets: self.sets.clone(),
            ..cut::Asked::default()
        };
        cut.cut()
    }
}

/// The address of a wave's events for whoever has seen this revision.
pub(crate) fn address(wave: &WaveInfo, key: &str, language: &str, since: Revision) -> String {
    // Key and language hold letters, digits and hyphens only.
    format!(
        "{}?key={key}&lang={language}&since={since}",
        paths::live(&wave.id.to_string())
    )
}

/// The same for members, who are known by their session.
pub(crate) fn address_for_members(wave: &WaveInfo, language: &str, since: Revision) -> String {
    let id = wave.id.to_string();
    format!("{}?lang={language}&since={since}", paths::live(&id))
}

/// `GET`
pub(crate) async fn events(
    Shared(state): Shared<State>,
    Path(wave): Path<String>,
    Query(asking): Query<Asking>,
    headers: HeaderMap,
) -> Response {
    let session = secret_of(&headers, state.secure).filter(|_| asking.key.is_empty());
    let right = match enter(&state, &wave, &asking.key, session.as_ref()).await {
        Ok(Some(right)) => right,
        Ok(None) => return json_problem(StatusCode::NOT_FOUND, "not_found"),
        Err(error) => return unavailable(&error),
    };
    let had = headers.get(LAST_EVENT_ID).and_then(|it| it.to_str().ok());
    let since = had
        .and_then(|it| serde_json::from_str(it).ok())
        .or(asking.since);
    match state
        .services
        .live()
        .cut(asking.cut())
        .watch(right, &asking.lang, since)
        .await
    {
        Ok(watcher) => {
            let stays = session.map(|it| Stays {
                state,
                wave,
                session: it,
            });
            streamed(watcher, stays)
        }
        // A rehearsal that was removed since.
        Err(ServiceError::UnknownWave(_) | ServiceError::WaveGone) => {
            json_problem(StatusCode::NOT_FOUND, "not_found")
        }
        Err(error @ ServiceError::BadCut(_)) => {
            json_problem(StatusCode::UNPROCESSABLE_ENTITY, error.code())
        }
        Err(error) => unavailable(&error),
    }
}

/// The right to see a wave, which is named by its key in the database or by its slug; a rehearsal
/// has the key only.
async fn enter(
    state: &State,
    wave: &str,
    key: &str,
    session: Option<&Secret>,
) -> Result<Option<ViewDashboard>, ServiceError> {
    let Some(wave) = known(state, wave).await? else {
        return Ok(None);
    };
    let Some(session) = session else {
        return Ok(state.services.right_to(&wave, key));
    };
    let team = state.services.team();
    let Some(who) = team.session(session).await? else {
        return Ok(None);
    };
    let found = async {
        if wave.is_rehearsal() {
            // That of what is being written is for those who write; others have a link.
            let may = team.may::<Design>(&who, &wave.study).await?;
            let rehearsed = state.services.writing().rehearsed(&may).await?;
            let own = rehearsed.filter(|(it, _)| it.wave.id == wave.id);
            return Ok(own.map(|(_, right)| right));
        }
        let may = team.may::<ViewResults>(&who, &wave.study).await?;
        let (_, right) = state.services.results(&may, &wave.slug).await?;
        Ok(Some(right))
    };
    match found.await {
        Ok(right) => Ok(right),
        Err(
            ServiceError::UnknownStudy(_) | ServiceError::UnknownWave(_) | ServiceError::Forbidden,
        ) => Ok(None),
        Err(error) => Err(error),
    }
}

async fn known(state: &State, wave: &str) -> Result<Option<WaveInfo>, ServiceError> {
    let waves = state.services.waves();
    match Uuid::parse_str(wave) {
        Err(_) => waves.by_slug(wave).await,
        Ok(id) => waves.by_id(WaveId(id)).await,
    }
}

/// What a member's stream depends on for as long as it lasts.
struct Stays {
    state: State,
    wave: String,
    session: Secret,
}

impl Stays {
    /// Returns when the session or the right has ended. A database that does not answer ends nothing; nor does
    /// the removal of a rehearsal, which the stream itself tells of.
    async fn until_over(self) {
        let mut look = tokio::time::interval(LOOK_EVERY);
        loop {
            look.tick().await;
            let right = enter(&self.state, &self.wave, "", Some(&self.session)).await;
            if matches!(right, Ok(None))
                && !matches!(known(&self.state, &self.wave).await, Ok(None))
            {
                return;
            }
        }
    }
}

fn streamed(watcher: Watcher, stays: Option<Stays>) -> Response {
    let over = async move {
        match stays {
            Some(stays) => stays.until_over().await,
            None => std::future::pending().await,
        }
    };
    let stream = stream_of(watcher).take_until(Box::pin(over));
    let stream = Sse::new(stream).keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    let mut answer = stream.into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Some proxies hold small answers back until more comes.
    headers.insert(
        HeaderName::from_static("x-accel-buffering"),
        HeaderValue::from_static("no"),
    );
    answer
}

/// Something at once, so that a browser knows that it is connected, then events as they come.
fn stream_of(watcher: Watcher) -> impl Stream<Item = Result<Event, Infallible>> {
    let hello = Event::default().retry(COME_BACK_AFTER).comment("");
    let news = stream::unfold(watcher, |mut watcher| async {
        let news = watcher.next().await?;
        let event = Event::default()
            .event(news.kind.name())
            .id(news.revision.to_string())
            .data(&*news.data);
        Some((event, watcher))
    });
    stream::once(async { hello }).chain(news).map(Ok)
}

fn unavailable(error: &ServiceError) -> Response {
    tracing::warn!(%error, "live results could not be opened");
    let mut answer = json_problem(StatusCode::SERVICE_UNAVAILABLE, "unavailable");
    answer
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
    answer
}
