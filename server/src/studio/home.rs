//! The studies of whoever is signed in, and news of them.

use std::convert::Infallible;
use std::time::Duration;

use app::studio::team::home_screen::{HomeScreen, HomeStudy, HomeWave};
use app::ui::Frame;
use app::{paths, render};
use axum::extract::State as Shared;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream, StreamExt};
use service::team::{Action, Secret};
use service::{Fielding, News, StudyGlance, WaveGlance};

use super::gate::{Signed, secret_of};
use crate::document::frame;
use crate::language::Asked;
use crate::problem::{Answer, json_problem};
use crate::state::State;

/// Several responses at once are one piece of news.
const TOGETHER: Duration = Duration::from_millis(300);
/// How often is looked for what no response tells of: a wave that opens on its day, a study that is new.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// How soon a stream ends when the program does.
const END_WITHIN: Duration = Duration::from_millis(500);
/// A comment this often keeps proxies from closing a quiet stream.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// `GET /studio`
pub(crate) async fn list(signed: Signed) -> Answer {
    let services = signed.services();
    let home = services.home(&signed.who).await;
    let home = home.map_err(|it| signed.refuse(&it))?;
    let may_begin = services.writing().may_begin(&signed.who).await;
    let asked = &signed.caller.reader.asked;
    let screen = HomeScreen {
        who: signed.person(),
        may_begin: may_begin.map_err(|it| signed.refuse(&it))?,
        live: paths::in_language(&paths::live_studies(), asked.language),
        studies: home.iter().map(|it| study(it, asked)).collect(),
    };
    let page = signed
        .caller
        .page(StatusCode::OK, |frame| render::studies(frame, &screen));
    Ok(page)
}

fn study(it: &StudyGlance, asked: &Asked) -> HomeStudy {
    let languages: Vec<String> = it.study.title.iter().map(|it| it.0.to_owned()).collect();
    let language = asked.of_texts(&languages);
    let slug = &it.study.slug;
    let may_field = it.allows(Action::Field) && it.n_versions > 0;
    HomeStudy {
        title: it.study.title.get(&language).to_owned(),
        language,
        role: it.role.code(),
        n_versions: it.n_versions,
        questionnaire: it.allows(Action::Design).then(|| paths::edit(slug)),
        new_wave: may_field.then(|| paths::waves(slug)),
        waves: it.waves.iter().map(|it| wave(it, slug)).collect(),
        slug: slug.clone(),
    }
}

fn wave(it: &WaveGlance, study: &str) -> HomeWave {
    let wave = &it.wave;
    let day = |at: time::OffsetDateTime| at.date().to_string();
    HomeWave {
        state: state(wave.fielding),
        day: match wave.fielding {
            Fielding::Open => wave.closes_at.map(|it| ("closes", day(it))),
            Fielding::NotYetOpen => wave.opens_at.map(|it| ("opens", day(it))),
            Fielding::Closed => wave.closed_at.map(|it| ("closed", day(it))),
            Fielding::Full => None,
        },
        n_responses: it.n_responses,
        results: it.n_responses.map(|_| paths::results(study, &wave.slug)),
        respond: paths::start(&wave.slug),
        slug: wave.slug.clone(),
    }
}

/// The code of whether a wave takes responses.
pub(super) const fn state(it: Fielding) -> &'static str {
    match it {
        Fielding::Open => "open",
        Fielding::Closed => "closed",
        Fielding::Full => "full",
        Fielding::NotYetOpen => "not-yet",
    }
}

/// `GET /live/studies`: the list of that page as Server-Sent Events, `event: studies`, `data:` its markup as a
/// JSON text, whenever it is another one. It ends with the session.
pub(crate) async fn events(
    Shared(state): Shared<State>,
    asked: Asked,
    headers: HeaderMap,
) -> Response {
    let Some(session) = secret_of(&headers, state.secure) else {
        return json_problem(StatusCode::UNAUTHORIZED, "unauthorized");
    };
    match state.services.team().session(&session).await {
        Ok(Some(_)) => {}
        Ok(None) => return json_problem(StatusCode::UNAUTHORIZED, "unauthorized"),
        Err(_) => return json_problem(StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
    }
    let watching = Watching {
        frame: frame(&state, &asked),
        state,
        asked,
        session,
        sent: String::new(),
        home: Vec::new(),
        news: None,
    };
    let stream = Sse::new(stream_of(watching)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
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

fn stream_of(watching: Watching) -> impl Stream<Item = Result<Event, Infallible>> {
    let hello = Event::default().comment("");
    let news = stream::unfold(watching, |mut watching| async {
        let list = watching.next().await?;
        // A text is always JSON.
        let data = serde_json::to_string(&list).unwrap_or_default();
        let event = Event::default().event("studies").data(data);
        Some((event, watching))
    });
    stream::once(async { hello }).chain(news).map(Ok)
}

/// Somebody who has the page open.
struct Watching {
    state: State,
    asked: Asked,
    frame: Frame,
    session: Secret,
    /// What they were sent last.
    sent: String,
    /// What that says.
    home: Vec<StudyGlance>,
    /// What tells when that is out of date; nothing before the first list.
    news: Option<News>,
}

impl Watching {
    /// The list, once it is another one than was sent last; nothing when the session or the program has ended.
    async fn next(&mut self) -> Option<String> {
        loop {
            if let Some(news) = self.news.take() {
                self.wait(news).await?;
            }
            let services = &self.state.services;
            // Once something fails it is tried again when it is time to look.
            self.news = Some(News::default());
            let who = match services.team().session(&self.session).await {
                Ok(who) => who?,
                // A database that does not answer ends nothing.
                Err(_) => continue,
            };
            if self.home.is_empty() {
                self.home = services.home(&who).await.unwrap_or_default();
            }
            // Before the numbers are read, so that none that comes meanwhile is missed.
            let news = services.news_of(&self.home).await;
            let Ok(home) = services.home(&who).await else {
                continue;
            };
            let studies: Vec<_> = home.iter().map(|it| study(it, &self.asked)).collect();
            let list = render::studies_news(&self.frame, &studies);
            self.home = home;
            self.news = Some(news.unwrap_or_default());
            if list != self.sent {
                self.sent.clone_from(&list);
                return Some(list);
            }
        }
    }

    /// Waits for news, or until it is time to look; nothing when the program ends.
    async fn wait(&self, mut news: News) -> Option<()> {
        let services = &self.state.services;
        let ended = async {
            while !services.is_stopping() {
                tokio::time::sleep(END_WITHIN).await;
            }
        };
        let changed = async {
            news.changed().await;
            tokio::time::sleep(TOGETHER).await;
        };
        tokio::select! {
            () = ended => None,
            () = changed => Some(()),
            () = tokio::time::sleep(LOOK_EVERY) => Some(()),
        }
    }
}
