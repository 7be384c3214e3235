//! One request of a respondent: which wave, in which language, with which token.

use app::respond::screen::{Problem, Study};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use questionnaire::Engine;
use service::{Draft, InvitationToken, Services, Token, WaveInfo};
use std::collections::HashMap;

use crate::document::{frame, html};
use crate::invite;
use crate::language::Asked;
use crate::problem::{Reader, Refusal};
use crate::state::State;

/// Everything a respondent's request says before its body is read.
#[derive(Clone, Debug)]
pub(crate) struct Visit {
    pub(crate) reader: Reader,
    pub(crate) wave: WaveInfo,
    pub(crate) token: Option<Token>,
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
        let token = jar
            .get(&cookie_name(state, &slug))
            .and_then(|it| Token::parse(it.value()));
        let invitation = invite::kept(state, &jar, &slug);
        Ok(Self {
            reader,
            wave,
            token,
            invitation,
            jar,
        })
    }
}

impl Visit {
    pub(crate) fn services(&self) -> &Services {
        &self.reader.state.services
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
        let found = self.services().respond().find(&self.wave, token).await;
        found.map_err(|it| self.reader.service(&it, &self.wave.slug))
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
        let frame = frame(&self.reader.state, &self.reader.asked);
        let page = html(StatusCode::OK, &frame, draw(&frame));
        (self.reader.asked.remember(self.jar), page).into_response()
    }

    /// Answers a post: go there (303), so that reloading posts nothing again.
    pub(crate) fn go(&self, to: &str) -> Response {
        Redirect::to(to).into_response()
    }

    /// The cookie that is no longer needed.
    pub(crate) fn forget(&self) -> Cookie<'static> {
        let name = cookie_name(&self.reader.state, &self.wave.slug);
        Cookie::build(name)
            .path("/")
            .secure(self.reader.state.secure)
            .build()
    }

    /// The cookie that holds a new token.
    pub(crate) fn keep(&self, token: &Token) -> Cookie<'static> {
        let name = cookie_name(&self.reader.state, &self.wave.slug);
        Cookie::build((name, token.reveal().to_owned()))
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(self.reader.state.secure)
            .max_age(time::Duration::days(90))
            .build()
    }
}

/// Behind HTTPS the name itself binds the cookie to this host.
fn cookie_name(state: &State, slug: &str) -> String {
    let prefix = if state.secure { "__Host-" } else { "" };
    format!("{prefix}recueil-{slug}")
}

/// Marks an answer as JSON that may not be kept.
pub(crate) fn json(status: StatusCode, value: serde_json::Value) -> Response {
    let mut answer = (status, axum::Json(value)).into_response();
    let headers: &mut HeaderMap = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}
