//! Signing in through an OpenID provider: leaving for it, and coming back.
//!
//! Leaving is a form that posts, so that no other site can send anybody; its answer is a page that leads on. The
//! policy of pages lets forms go nowhere else, and would stop a redirect. Signing out is the same: our session has
//! ended by then, and the page leads to where the provider's does.

use app::respond::screen::Problem;
use app::studio::team::screen::{AwayScreen, IdentityBox, SignInScreen};
use app::{paths, render};
use axum::extract::Query;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use axum_extra::extract::cookie::{Cookie, SameSite};
use serde::Deserialize;
use service::team::{Begun, Errand, Offer, Question, Returned};
use service::{IdentityId, Means, ServiceError};
use uuid::Uuid;

use super::door::{self, safe};
use super::gate::{Caller, Signed, fault};
use super::{ceremony, passkeys};
use crate::openid::{NotProven, Provider};
use crate::problem::{Answer, Reader, Refusal};
use crate::routes::{Access, Routes};
use crate::state::State;

/// The code of the words for a provider that does not answer.
const DOWN: &str = "provider_down";

pub(crate) fn routes(routes: Routes) -> Routes {
    use Access::{Public, SignedIn};
    routes
        .post(paths::OPENID, Public, leave)
        .post(paths::OPENID_JOIN, Public, leave_to_join)
        .get(paths::OPENID_RETURN, Public, come_back)
        .post(paths::BIND_OPENID, SignedIn, leave_to_bind)
}

/// What the provider is called, where there is one.
pub(crate) fn offered(state: &State) -> Option<String> {
    state.provider.as_ref().map(|it| it.name().to_owned())
}

/// Whom somebody is bound to at the provider, where there is one.
pub(crate) async fn of(signed: &Signed) -> Result<Option<IdentityBox>, Refusal> {
    let Some(provider) = &signed.caller.reader.state.provider else {
        return Ok(None);
    };
    let team = signed.services().team();
    let all = team.identities(&signed.who).await;
    let all = all.map_err(|it| signed.refuse(&it))?;
    let bound = all.into_iter().find(|it| it.issuer == provider.issuer());
    Ok(Some(IdentityBox {
        provider: provider.name().to_owned(),
        bound: bound.map(|it| (it.id.to_string(), it.bound_on.to_string())),
        is_fresh: team.is_fresh(&signed.who),
    }))
}

/// Takes a binding away; taking it away again changes nothing.
pub(crate) async fn unbind(signed: &Signed, id: &str) -> Result<(), ServiceError> {
    let id = IdentityId(Uuid::parse_str(id).unwrap_or(Uuid::nil()));
    match signed.services().team().unbind(&signed.who, id).await {
        Ok(()) | Err(ServiceError::LinkGone) => Ok(()),
        Err(error) => Err(error),
    }
}

fn provider(reader: &Reader) -> Result<&Provider, Refusal> {
    let provider = reader.state.provider.as_deref();
    provider.ok_or_else(|| reader.problem(&Problem::NotFound))
}

/// What the forms send.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Leave {
    next: String,
}

/// `POST /studio/sign-in/openid`
async fn leave(caller: Caller, Form(typed): Form<Leave>) -> Answer {
    let next = safe(&typed.next);
    away(caller, Errand::SignIn(&next)).await
}

/// `POST /studio/account/openid`
async fn leave_to_bind(signed: Signed) -> Answer {
    away(signed.caller, Errand::Bind(&signed.who)).await
}

/// What the form of a link sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Join {
    link: String,
    name: String,
}

/// `POST /studio/sign-in/openid/join`: for whoever was invited and has no account. The link is not in the address,
/// which goes on to the provider's page.
async fn leave_to_join(caller: Caller, Form(typed): Form<Join>) -> Answer {
    provider(&caller.reader)?;
    let (secret, offer) = door::offer(&caller, &typed.link).await?;
    let Offer::Join {
        study,
        has_account: false,
        ..
    } = &offer
    else {
        return Err(caller.reader.problem(&Problem::LinkGone));
    };
    let errand = Errand::Join {
        link: &secret,
        name: &typed.name,
        next: &paths::study(&study.slug),
    };
    let team = caller.services().team();
    match team.begin_errand(errand, &caller.visitor).await {
        Ok(begun) => depart(caller, begun).await,
        Err(ServiceError::LinkGone) => Err(caller.reader.problem(&Problem::LinkGone)),
        Err(error) => {
            let fault = fault(&error).ok_or_else(|| caller.reader.service(&error, ""))?;
            Ok(door::link_again(&caller, &secret, offer, typed.name, fault))
        }
    }
}

async fn away(caller: Caller, errand: Errand<'_>) -> Answer {
    provider(&caller.reader)?;
    let team = caller.services().team();
    match team.begin_errand(errand, &caller.visitor).await {
        Ok(begun) => depart(caller, begun).await,
        Err(error) => again(&caller, &error),
    }
}

async fn depart(mut caller: Caller, begun: Begun<Question>) -> Answer {
    let provider = provider(&caller.reader)?;
    let to = match provider.departure(&begun.ask).await {
        Ok(to) => to,
        Err(error) => return Ok(not_proven(&caller, &error)),
    };
    let screen = AwayScreen {
        provider: provider.name().to_owned(),
        to,
        is_farewell: false,
    };
    let cookie = ceremony::cookie(&begun, caller.reader.state.secure);
    caller.jar = caller.jar.add(cookie);
    Ok(lead(&caller, &screen))
}

/// A page that leads to the provider.
fn lead(caller: &Caller, screen: &AwayScreen) -> Response {
    let mut page = caller.page(StatusCode::OK, |frame| {
        let mut frame = frame.clone();
        // Links to other languages would ask for a page where there is only the answer to a form.
        frame.here.clear();
        render::away(&frame, screen)
    });
    // Whoever needs no time to read is led on; the page has the link all the same.
    if let Ok(on) = HeaderValue::from_str(&format!("0; url={}", screen.to)) {
        page.headers_mut().insert(header::REFRESH, on);
    }
    page
}

/// The cookie by which the provider will know the session that ends. It comes back on signing out only.
const HINT: &str = "recueil-openid";
/// Browsers drop larger cookies, and would keep an older one.
const LARGEST_HINT: usize = 3_800;

fn hint_named(secure: bool, value: String, lasts: time::Duration) -> Cookie<'static> {
    let name = match secure {
        true => format!("__Secure-{HINT}"),
        false => HINT.to_owned(),
    };
    Cookie::build((name, value))
        .path(paths::sign_out())
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(secure)
        .max_age(lasts)
        .build()
}

fn hint(id_token: String, lasts: time::Duration, secure: bool) -> Cookie<'static> {
    match id_token.len() <= LARGEST_HINT {
        true => hint_named(secure, id_token, lasts),
        false => no_hint(secure),
    }
}

/// In the place of one that was.
fn no_hint(secure: bool) -> Cookie<'static> {
    hint_named(secure, String::new(), time::Duration::ZERO)
}

/// The answer to somebody whose session has ended: the page that leads to where the provider's ends, if theirs
/// was opened through it; else home.
pub(crate) async fn leave_too(mut signed: Signed) -> Response {
    let state = &signed.caller.reader.state;
    let home = paths::home();
    let (Some(provider), true) = (&state.provider, signed.who.came_by(Means::OpenId)) else {
        return signed.caller.leave(&home);
    };
    let secure = state.secure;
    let over = no_hint(secure);
    let id_token = signed.caller.jar.get(over.name());
    let id_token = id_token.map_or_else(String::new, |it| it.value().to_owned());
    let farewell = provider.farewell(&id_token).await;
    let screen = farewell.map(|to| AwayScreen {
        provider: provider.name().to_owned(),
        to,
        is_farewell: true,
    });
    signed.caller.jar = signed.caller.jar.add(over);
    match screen {
        Some(screen) => lead(&signed.caller.without_session(), &screen),
        None => signed.caller.leave(&home),
    }
}

/// What the provider adds to the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Back {
    code: String,
    state: String,
    iss: Option<String>,
}

/// `GET /studio/sign-in/openid/return`: whatever is wrong, the same is said.
async fn come_back(mut caller: Caller, Query(back): Query<Back>) -> Answer {
    let secret = ceremony::take(&mut caller);
    let provider = provider(&caller.reader)?;
    let refused = ServiceError::NotRecognised;
    let Some(secret) = secret else {
        return again(&caller, &refused);
    };
    let team = caller.services().team();
    let (account, question) = match team.errand(&secret).await {
        Ok(it) => it,
        Err(error) => return again(&caller, &error),
    };
    if !question.is_answered_by(&back.state) || back.code.is_empty() {
        return again(&caller, &refused);
    }
    match provider.has_sent(back.iss.as_deref()).await {
        Ok(true) => {}
        Ok(false) => return again(&caller, &refused),
        Err(error) => return Ok(not_proven(&caller, &error)),
    }
    let proof = match provider.proof(back.code, &question).await {
        Ok(proof) => proof,
        Err(error) => return Ok(not_proven(&caller, &error)),
    };
    let next = safe(&question.next);
    let who = caller.who.as_ref();
    let returned = team
        .return_with(account, &question, &proof.identity, who, &caller.visitor)
        .await;
    match returned {
        Ok(Returned::SignedIn(opened)) => {
            let cookie = hint(proof.id_token, opened.lasts, caller.reader.state.secure);
            caller.jar = caller.jar.add(cookie);
            Ok(caller.enter(&opened, &next))
        }
        Ok(Returned::Bound) => {
            let to = format!("{}?done=identity-bound", paths::account());
            Ok((caller.jar, Redirect::to(&to)).into_response())
        }
        Err(ServiceError::LinkGone) => Err(caller.reader.problem(&Problem::LinkGone)),
        Err(error) => again(&caller, &error),
    }
}

/// The page that signs in, with what went wrong.
fn again(caller: &Caller, error: &ServiceError) -> Answer {
    let (code, status) = fault(error).ok_or_else(|| caller.reader.service(error, ""))?;
    Ok(sign_in(caller, code, status))
}

fn not_proven(caller: &Caller, error: &NotProven) -> Response {
    match error {
        NotProven::Down(why) => {
            tracing::warn!(why, "the OpenID provider does not answer as it should");
            sign_in(caller, DOWN, StatusCode::SERVICE_UNAVAILABLE)
        }
        NotProven::Refused(why) => {
            tracing::info!(why, "an answer of the OpenID provider was refused");
            let refused = ServiceError::NotRecognised;
            sign_in(caller, refused.code(), StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

fn sign_in(caller: &Caller, error: &'static str, status: StatusCode) -> Response {
    let state = &caller.reader.state;
    let screen = SignInScreen {
        passkeys: passkeys::are_offered(state),
        provider: offered(state),
        error: Some(error),
        ..SignInScreen::default()
    };
    caller.page(status, |frame| render::sign_in(frame, &screen))
}
