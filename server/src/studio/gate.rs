//! Who asks: a session's cookie or a token, and the right to a study.

use std::collections::HashMap;

use app::paths;
use app::respond::screen::Problem;
use app::studio::team::screen::{Person, StudyHead};
use app::ui::Frame;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use service::team::{Deed, Design, May, Opened, ReadAudit, Secret, SignedIn, Visitor};
use service::{ServiceError, Services};

use crate::document::{frame, html};
use crate::language::Asked;
use crate::peer::Peer;
use crate::problem::{Reader, Refusal, json_problem};
use crate::state::State;

/// The name of the session's cookie; behind HTTPS the name itself binds it to this host.
fn cookie_name(secure: bool) -> &'static str {
    if secure {
        "__Host-recueil-team"
    } else {
        "recueil-team"
    }
}

/// The secret that a request brings in its cookie.
pub(crate) fn secret_of(headers: &HeaderMap, secure: bool) -> Option<Secret> {
    let jar = CookieJar::from_headers(headers);
    jar.get(cookie_name(secure))
        .and_then(|it| Secret::parse(it.value()))
}

/// Whoever comes, signed in or not.
#[derive(Debug)]
pub(crate) struct Caller {
    pub(crate) reader: Reader,
    pub(crate) jar: CookieJar,
    pub(crate) visitor: Visitor,
    pub(crate) who: Option<SignedIn>,
}

impl FromRequestParts<State> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Refusal> {
        let Ok(asked) = Asked::from_request_parts(parts, state).await;
        let reader = Reader::new(state, &asked, &parts.headers).at(parts.uri.path());
        let former = secret_of(&parts.headers, state.secure);
        let text = |name| {
            let value = parts
                .headers
                .get(name)
                .and_then(|it: &HeaderValue| it.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        let peer = parts.extensions.get::<Peer>();
        let visitor = Visitor {
            address: peer.map_or_else(String::new, |it| it.network().to_string()),
            agent: text(header::USER_AGENT),
            former: former.clone(),
        };
        let team = state.services.team();
        let bearer = text(header::AUTHORIZATION);
        let found = match (bearer.strip_prefix("Bearer "), former) {
            (Some(bearer), _) => team.by_token(bearer.trim(), &visitor).await,
            (None, Some(secret)) => team.session(&secret).await,
            (None, None) => Ok(None),
        };
        Ok(Self {
            who: found.map_err(|it| reader.service(&it, ""))?,
            jar: CookieJar::from_headers(&parts.headers),
            reader,
            visitor,
        })
    }
}

impl Caller {
    pub(crate) fn services(&self) -> &Services {
        &self.reader.state.services
    }

    /// A whole page as the answer, with another status where a form comes back.
    pub(crate) fn page(&self, status: StatusCode, draw: impl FnOnce(&Frame) -> String) -> Response {
        let mut frame = frame(&self.reader.state, &self.reader.asked);
        if status != StatusCode::OK {
            // Another language would lose what the page says.
            frame.here.clear();
        }
        let page = html(status, &frame, draw(&frame));
        (self.reader.asked.clone().remember(self.jar.clone()), page).into_response()
    }

    /// Sets the cookie of a session that was opened, and goes on.
    pub(crate) fn enter(self, opened: &Opened, to: &str) -> Response {
        (self.with_session(opened), Redirect::to(to)).into_response()
    }

    /// The cookies with that of a session that was opened.
    pub(crate) fn with_session(self, opened: &Opened) -> CookieJar {
        let cookie = Cookie::build((
            cookie_name(self.reader.state.secure),
            opened.secret.reveal().to_owned(),
        ))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(self.reader.state.secure)
        .max_age(opened.lasts)
        .build();
        self.jar.add(cookie)
    }

    /// Takes the cookie away, and goes on.
    pub(crate) fn leave(self, to: &str) -> Response {
        (self.without_session().jar, Redirect::to(to)).into_response()
    }

    /// Takes the cookie of the session away.
    pub(crate) fn without_session(self) -> Self {
        let secure = self.reader.state.secure;
        let cookie = Cookie::build(cookie_name(secure))
            .path("/")
            .secure(secure)
            .build();
        let jar = self.jar.remove(cookie);
        Self {
            jar,
            who: None,
            ..self
        }
    }
}

/// The code of an error that is the fault of what was typed, and the status of the form that comes
/// back with it; `None` for all others.
pub(crate) fn fault(error: &ServiceError) -> Option<(&'static str, StatusCode)> {
    let status = match error {
        ServiceError::WrongCredentials
        | ServiceError::NotRecognised
        | ServiceError::SignInAgain
        | ServiceError::BadEmail
        | ServiceError::BadName
        | ServiceError::BadStudyName
        | ServiceError::EditRefused(_)
        | ServiceError::BadPeriod
        | ServiceError::BadRequest(_)
        | ServiceError::WeakPassword
        | ServiceError::Taken(_)
        | ServiceError::UnknownAccount
        | ServiceError::LastOwner => StatusCode::UNPROCESSABLE_ENTITY,
        ServiceError::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        _ => return None,
    };
    Some((error.code(), status))
}

/// Somebody who is signed in; whoever is not goes to the page that signs in.
#[derive(Debug)]
pub(crate) struct Signed {
    pub(crate) caller: Caller,
    pub(crate) who: SignedIn,
}

impl FromRequestParts<State> for Signed {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Refusal> {
        let caller = Caller::from_request_parts(parts, state).await?;
        match caller.who.clone() {
            Some(who) => Ok(Self { caller, who }),
            None if caller.reader.json => {
                let mut answer = json_problem(StatusCode::UNAUTHORIZED, "unauthorized");
                let scheme = HeaderValue::from_static("Bearer");
                answer
                    .headers_mut()
                    .insert(header::WWW_AUTHENTICATE, scheme);
                Err(answer.into())
            }
            None => {
                // What was posted is not done after signing in: its page is shown.
                let to = match parts.method {
                    Method::GET => paths::sign_in_to(parts.uri.path()),
                    _ => paths::sign_in(),
                };
                Err(Redirect::to(&to).into_response().into())
            }
        }
    }
}

impl Signed {
    pub(crate) fn services(&self) -> &Services {
        self.caller.services()
    }

    /// How the head of the page names them.
    pub(crate) fn person(&self) -> Person {
        Person {
            name: self.who.name().to_owned(),
            email: self.who.email().to_owned(),
        }
    }

    /// The answer to a use case that did not succeed.
    pub(crate) fn refuse(&self, error: &ServiceError) -> Refusal {
        self.caller.reader.service(error, "")
    }
}

/// Somebody who may do something in the study of the address.
#[derive(Debug)]
pub(crate) struct Within<D: Deed> {
    pub(crate) signed: Signed,
    pub(crate) may: May<D>,
}

impl<D: Deed> FromRequestParts<State> for Within<D> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Refusal> {
        let signed = Signed::from_request_parts(parts, state).await?;
        let path = Path::<HashMap<String, String>>::from_request_parts(parts, state).await;
        let study = path.ok().and_then(|mut it| it.remove("study"));
        let study = study.ok_or_else(|| signed.caller.reader.problem(&Problem::NotFound))?;
        let may = state.services.team().may::<D>(&signed.who, &study).await;
        let may = may.map_err(|it| signed.refuse(&it))?;
        Ok(Self { signed, may })
    }
}

impl<D: Deed> Within<D> {
    pub(crate) fn services(&self) -> &Services {
        self.signed.services()
    }

    /// What the study's pages have in common.
    pub(crate) async fn head(&self) -> Result<StudyHead, Refusal> {
        let study = self.may.study();
        let asked = &self.signed.caller.reader.asked;
        let languages: Vec<String> = study.title.iter().map(|it| it.0.to_owned()).collect();
        let language = asked.of_texts(&languages);
        let team = self.services().team();
        let may_audit = team
            .may::<ReadAudit>(&self.signed.who, &study.slug)
            .await
            .is_ok();
        let may_design = team
            .may::<Design>(&self.signed.who, &study.slug)
            .await
            .is_ok();
        Ok(StudyHead {
            who: self.signed.person(),
            slug: study.slug.clone(),
            title: study.title.get(&language).to_owned(),
            language,
            may_audit,
            may_design,
        })
    }
}
