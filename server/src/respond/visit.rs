//! One request of a respondent: which wave, in which language, with which token.

use app::paths;
use app::respond::screen::{Problem, Study};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use questionnaire::Engine;
use service::team::{Enter, May};
use service::{Draft, Fielding, InvitationToken, Respond, ServiceError, Services, Token, WaveInfo};
use std::collections::HashMap;

use crate::document::{frame, html};
use crate::invite;
use crate::language::Asked;
use crate::problem::{Reader, Refusal, closed, moment};
use crate::state::State;
use crate::studio::gate::secret_of;

/// Everything a respondent's request says before its body is read.
#[derive(Clone, Debug)]
pub(crate) struct Visit {
    pub(crate) reader: Reader,
    pub(crate) wave: WaveInfo,
    pub(crate) token: Option<Token>,
    /// Whether the token is that of an entry, and not of the visitor's own response.
    is_entry: bool,
    /// The right to enter responses of this wave, of whoever is signed in and has it.
    entering: Option<May<Enter>>,
    /// The invitation to this wave that the browser holds.
    pub(crate) invitation: Option<InvitationToken>,
    pub(crate) jar: CookieJar,
}

impl FromRequestParts<State> for Visit {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Refusal> {
        let Ok(asked) = Asked::from_request_parts(parts, state).await;
        let reader = Reader::new(state, &asked, &parts.headers);
        let path = axum::extract::Path::<HashMap<String, String>>::from_request_parts(parts, state);
        let slug = path
            .await
            .ok()
            .and_then(|mut it| it.remove("wave"))
            .unwrap_or_default();
        let wave = state
            .services
            .waves()
            .by_slug(&slug)
            .await
            .map_err(|it| reader.service(&it, &slug))?
            .ok_or_else(|| reader.problem(&Problem::NotFound))?;
        let jar = CookieJar::from_headers(&parts.headers);
        let kept = |is_entry| {
            let cookie = jar.get(&cookie_name(state, &slug, is_entry))?;
            Token::parse(cookie.value())
        };
        let entering = entering(state, &reader, &parts.headers, &wave).await?;
        let entry = kept(true).filter(|_| entering.is_some());
        let is_entry = entry.is_some();
        let token = entry.or_else(|| kept(false));
        let invitation = invite::kept(state, &jar, &slug);
        Ok(Self {
            reader,
            wave,
            token,
            is_entry,
            entering,
            invitation,
            jar,
        })
    }
}

impl Visit {
    pub(crate) fn services(&self) -> &Services {
        &self.reader.state.services
    }

    /// Answering, as far as this visitor may.
    pub(crate) fn respond(&self) -> Respond<'_> {
        match &self.entering {
            Some(may) => self.services().enter(may),
            None => self.services().respond(),
        }
    }

    /// The same visitor on their own behalf.
    pub(crate) fn for_themselves(mut self) -> Self {
        if self.is_entry {
            let name = cookie_name(&self.reader.state, &self.wave.slug, false);
            let own = self.jar.get(&name);
            self.token = own.and_then(|it| Token::parse(it.value()));
            self.is_entry = false;
        }
        self
    }

    /// The answer to a use case that did not succeed, in the wave's own words where it has some.
    pub(crate) fn refuse(&self, error: &ServiceError) -> Refusal {
        match error {
            ServiceError::Closed => self.reader.problem(&self.closed()),
            error => self.reader.service(error, &self.wave.slug),
        }
    }

    /// Says kindly that the wave takes no responses now, and when it does or did.
    pub(crate) fn must_be_open(&self) -> Result<(), Refusal> {
        let wave = &self.wave;
        Err(self.reader.problem(&match wave.fielding {
            Fielding::Open => return Ok(()),
            Fielding::NotYetOpen => Problem::NotYetOpen {
                opens: wave.opens_at.map(|it| moment(it, wave.zone.name())),
            },
            Fielding::Closed => self.closed(),
            Fielding::Full => Problem::Full,
        }))
    }

    /// The same to whoever answers for themselves: what was given on paper is entered after the end, too.
    pub(crate) fn must_take_answers(&self) -> Result<(), Refusal> {
        match self.entering {
            Some(_) => Ok(()),
            None => self.must_be_open(),
        }
    }

    fn closed(&self) -> Problem {
        closed(&self.wave, self.reader.asked.language.code())
    }

    /// The study, in the language its texts are shown in.
    pub(crate) fn study(&self, engine: &Engine) -> Study {
        let language = self.language(engine);
        Study {
            wave: self.wave.slug.clone(),
            title: engine.instrument.title.get(&language).to_owned(),
            language,
        }
    }

    /// The language of the questionnaire's texts.
    pub(crate) fn language(&self, engine: &Engine) -> String {
        self.reader.asked.of_texts(&engine.instrument.languages)
    }

    /// The respondent's draft, submitted or not.
    pub(crate) async fn draft(&self) -> Result<Option<Draft>, Refusal> {
        let Some(token) = &self.token else {
            return Ok(None);
        };
        let found = self.respond().find(&self.wave, token).await;
        found.map_err(|it| self.refuse(&it))
    }

    /// The draft that is being answered; the kind page for whoever has none.
    pub(crate) async fn draft_under_way(&self) -> Result<(Token, Draft), Refusal> {
        let wave = self.wave.slug.clone();
        match (&self.token, self.draft().await?) {
            (_, Some(draft)) if draft.is_submitted => {
                Err(self.reader.problem(&Problem::AlreadySent { wave }))
            }
            (Some(token), Some(draft)) => Ok((token.clone(), draft)),
            _ => Err(self.reader.problem(&Problem::NoResponse { wave })),
        }
    }

    /// A whole page as the answer.
    pub(crate) fn page(self, draw: impl FnOnce(&app::ui::Frame) -> String) -> Response {
        let mut frame = frame(&self.reader.state, &self.reader.asked);
        if self.is_entry {
            frame.entry = Some(paths::entry(&self.wave.study, &self.wave.slug));
        }
        let page = html(StatusCode::OK, &frame, draw(&frame));
        (self.reader.asked.remember(self.jar), page).into_response()
    }

    /// Answers a post: go there (303), so that reloading posts nothing again.
    pub(crate) fn go(&self, to: &str) -> Response {
        Redirect::to(to).into_response()
    }

    /// The cookie that is no longer needed.
    pub(crate) fn forget(&self) -> Cookie<'static> {
        let name = cookie_name(&self.reader.state, &self.wave.slug, self.is_entry);
        Cookie::build(name)
            .path("/")
            .secure(self.reader.state.secure)
            .build()
    }

    /// The cookie that holds a new token of the visitor's own.
    pub(crate) fn keep(&self, token: &Token) -> Cookie<'static> {
        let mut cookie = kept(&self.reader.state, &self.wave.slug, token, false);
        cookie.set_max_age(time::Duration::days(90));
        cookie
    }

    /// The cookie that holds the token of an entry. It goes when the browser is closed, and says
    /// nothing to whoever is not signed in: a desk is shared.
    pub(crate) fn keep_entry(&self, token: &Token) -> Cookie<'static> {
        kept(&self.reader.state, &self.wave.slug, token, true)
    }

    /// Where a response leads that was just submitted: an entry to the next one.
    pub(crate) fn after_submission(&self) -> String {
        let wave = &self.wave;
        match self.is_entry {
            true => format!("{}?done=entered", paths::entry(&wave.study, &wave.slug)),
            false => paths::receipt(&wave.slug),
        }
    }

    /// Where a response leads that was just withdrawn.
    pub(crate) fn after_withdrawal(&self) -> String {
        let wave = &self.wave;
        match self.is_entry {
            true => format!("{}?done=taken-out", paths::entry(&wave.study, &wave.slug)),
            false => paths::withdrawn(&wave.slug),
        }
    }
}

/// The right of whoever is signed in to enter responses of a wave.
async fn entering(
    state: &State,
    reader: &Reader,
    headers: &HeaderMap,
    wave: &WaveInfo,
) -> Result<Option<May<Enter>>, Refusal> {
    let Some(secret) = secret_of(headers, state.secure) else {
        return Ok(None);
    };
    let team = state.services.team();
    let failed = |it| reader.service(&it, &wave.slug);
    let Some(who) = team.session(&secret).await.map_err(failed)? else {
        return Ok(None);
    };
    match team.may::<Enter>(&who, &wave.study).await {
        Ok(may) => Ok(Some(may)),
        Err(ServiceError::Forbidden | ServiceError::UnknownStudy(_)) => Ok(None),
        Err(error) => Err(failed(error)),
    }
}

/// The cookie that holds a token.
pub(crate) fn kept(state: &State, slug: &str, token: &Token, is_entry: bool) -> Cookie<'static> {
    let name = cookie_name(state, slug, is_entry);
    Cookie::build((name, token.reveal().to_owned()))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(state.secure)
        .build()
}

/// The token of an entry that a browser holds.
pub(crate) fn kept_entry(state: &State, jar: &CookieJar, slug: &str) -> Option<Token> {
    let cookie = jar.get(&cookie_name(state, slug, true))?;
    Token::parse(cookie.value())
}

/// Behind HTTPS the name itself binds the cookie to this host.
fn cookie_name(state: &State, slug: &str, is_entry: bool) -> String {
    let prefix = if state.secure { "__Host-" } else { "" };
    // No wave has a dot in its name.
    let of = if is_entry { "entry." } else { "" };
    format!("{prefix}recueil-{of}{slug}")
}

/// Marks an answer as JSON that may not be kept.
pub(crate) fn json(status: StatusCode, value: serde_json::Value) -> Response {
    let mut answer = (status, axum::Json(value)).into_response();
    let headers: &mut HeaderMap = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}
