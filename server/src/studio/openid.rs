//! Signing in through an OpenID provider: leaving for it, and coming back.
//!
//! Leaving is a form that posts, so that no other site can send anybody; its answer is a page that leads on. The
//! policy of pages lets forms go nowhere else, and would stop a redirect.

use app::respond::screen::Problem;
use app::studio::team::screen::{AwayScreen, IdentityBox, SignInScreen};
use app::{paths, render};
use axum::extract::Query;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use serde::Deserialize;
use service::team::{Errand, Returned};
use service::{IdentityId, ServiceError};
use uuid::Uuid;

use super::door::safe;
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

async fn away(mut caller: Caller, errand: Errand<'_>) -> Answer {
    let provider = provider(&caller.reader)?;
    let team = caller.services().team();
    let begun = match team.begin_errand(errand, &caller.visitor).await {
        Ok(begun) => begun,
        Err(error) => return again(&caller, &error),
    };
    let to = match provider.departure(&begun.ask).await {
        Ok(to) => to,
        Err(error) => return Ok(not_proven(&caller, &error)),
    };
    let screen = AwayScreen {
        provider: provider.name().to_owned(),
        to,
    };
    let cookie = ceremony::cookie(&begun, caller.reader.state.secure);
    caller.jar = caller.jar.add(cookie);
    let mut page = caller.page(StatusCode::OK, |frame| {
        let mut frame = frame.clone();
        // Links to other languages would ask for a page where there is only the answer to a form.
        frame.here.clear();
        render::away(&frame, &screen)
    });
    // Whoever needs no time to read is led on; the page has the link all the same.
    if let Ok(on) = HeaderValue::from_str(&format!("0; url={}", screen.to)) {
        page.headers_mut().insert(header::REFRESH, on);
    }
    Ok(page)
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
    let is_theirs = back.iss.as_deref().is_none_or(|it| it == provider.issuer());
    if !question.is_answered_by(&back.state) || !is_theirs || back.code.is_empty() {
        return again(&caller, &refused);
    }
    let proven = match provider.proof(back.code, &question).await {
        Ok(proven) => proven,
        Err(error) => return Ok(not_proven(&caller, &error)),
    };
    let next = safe(&question.next);
    let who = caller.who.as_ref();
    let returned = team
        .return_with(account, &proven, who, &caller.visitor)
        .await;
    match returned {
        Ok(Returned::SignedIn(opened)) => Ok(caller.enter(&opened, &next)),
        Ok(Returned::Bound) => {
            let to = format!("{}?done=identity-bound", paths::account());
            Ok((caller.jar, Redirect::to(&to)).into_response())
        }
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
