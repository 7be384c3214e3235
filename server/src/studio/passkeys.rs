//! Passkeys: what the script of two pages asks, and what it brings.

use app::paths;
use app::respond::screen::Problem;
use app::studio::team::screen::{PasskeyLine, PasskeysBox};
use axum::Json;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::CookieJar;
use serde::Deserialize;
use serde_json::{Value, json};
use service::team::RelyingParty;
use service::{PasskeyId, ServiceError};
use uuid::Uuid;

use super::ceremony;
use super::door::safe;
use super::gate::{Caller, Signed, fault};
use crate::problem::{Answer, Reader, Refusal, json_problem};
use crate::routes::{Access, Routes};
use crate::state::State;

pub(crate) fn routes(routes: Routes) -> Routes {
    use Access::{Public, SignedIn};
    routes
        .post(paths::PASSKEY_CHALLENGE, Public, challenge)
        .post(paths::PASSKEY_SIGN_IN, Public, sign_in)
        .post(paths::NEW_PASSKEY_CHALLENGE, SignedIn, new_challenge)
        .post(paths::NEW_PASSKEY, SignedIn, add)
}

/// Whether browsers make passkeys for this site.
pub(crate) fn are_offered(state: &State) -> bool {
    state.party.is_some()
}

/// The passkeys of somebody, where there can be some.
pub(crate) async fn of(signed: &Signed) -> Result<Option<PasskeysBox>, Refusal> {
    if !are_offered(&signed.caller.reader.state) {
        return Ok(None);
    }
    let team = signed.services().team();
    let them = team.passkeys(&signed.who).await;
    let lines = them.map_err(|it| signed.refuse(&it))?.into_iter();
    let lines = lines.map(|it| PasskeyLine {
        id: it.id.to_string(),
        name: it.name,
        added_on: it.added_on.to_string(),
        used_on: it.used_on.map(|it| it.to_string()),
    });
    Ok(Some(PasskeysBox {
        lines: lines.collect(),
        is_fresh: team.is_fresh(&signed.who),
    }))
}

/// Removes a passkey; removing it again changes nothing.
pub(crate) async fn remove(signed: &Signed, id: &str) -> Result<(), ServiceError> {
    let id = PasskeyId(Uuid::parse_str(id).unwrap_or(Uuid::nil()));
    let team = signed.services().team();
    match team.remove_passkey(&signed.who, id).await {
        Ok(()) | Err(ServiceError::LinkGone) => Ok(()),
        Err(error) => Err(error),
    }
}

fn party(reader: &Reader) -> Result<&RelyingParty, Refusal> {
    let party = reader.state.party.as_deref();
    party.ok_or_else(|| reader.problem(&Problem::NotFound))
}

/// What the script is told: the code of what went wrong, for which the page has words.
fn told(reader: &Reader, error: &ServiceError) -> Refusal {
    match fault(error) {
        Some((code, status)) => json_problem(status, code).into(),
        None => reader.service(error, ""),
    }
}

/// `POST /studio/sign-in/passkey/challenge`
async fn challenge(caller: Caller) -> Answer {
    let party = party(&caller.reader)?;
    let team = caller.services().team();
    let begun = team.begin_passkey_sign_in(party, &caller.visitor).await;
    let begun = begun.map_err(|it| told(&caller.reader, &it))?;
    let cookie = ceremony::cookie(&begun, caller.reader.state.secure);
    Ok((caller.jar.add(cookie), Json(begun.ask)).into_response())
}

/// What the script brings to sign in.
#[derive(Debug, Deserialize)]
struct Proof {
    #[serde(default)]
    next: String,
    answer: Value,
}

/// `POST /studio/sign-in/passkey`
async fn sign_in(mut caller: Caller, Json(proof): Json<Proof>) -> Answer {
    let secret = ceremony::take(&mut caller);
    let party = party(&caller.reader)?;
    let team = caller.services().team();
    let opened = match secret {
        Some(secret) => {
            team.sign_in_with_passkey(party, &secret, proof.answer, &caller.visitor)
                .await
        }
        None => Err(ServiceError::NotRecognised),
    };
    match opened {
        Ok(opened) => {
            let jar = caller.with_session(&opened);
            Ok((jar, to(&safe(&proof.next))).into_response())
        }
        Err(error) => Ok(refused(caller.jar, told(&caller.reader, &error))),
    }
}

/// `POST /studio/account/passkey/challenge`
async fn new_challenge(signed: Signed) -> Answer {
    let caller = signed.caller;
    let party = party(&caller.reader)?;
    let begun = caller
        .services()
        .team()
        .begin_passkey(party, &signed.who)
        .await;
    let begun = begun.map_err(|it| told(&caller.reader, &it))?;
    let cookie = ceremony::cookie(&begun, caller.reader.state.secure);
    Ok((caller.jar.add(cookie), Json(begun.ask)).into_response())
}

/// What the script brings to keep.
#[derive(Debug, Deserialize)]
struct Made {
    #[serde(default, rename = "passkey-name")]
    name: String,
    answer: Value,
}

/// `POST /studio/account/passkey`
async fn add(signed: Signed, Json(made): Json<Made>) -> Answer {
    let (mut caller, who) = (signed.caller, signed.who);
    let secret = ceremony::take(&mut caller);
    let party = party(&caller.reader)?;
    let team = caller.services().team();
    let added = match secret {
        Some(secret) => {
            team.add_passkey(party, &who, &secret, &made.name, made.answer)
                .await
        }
        None => Err(ServiceError::NotRecognised),
    };
    match added {
        Ok(()) => {
            let there = format!("{}?done=passkey-added", paths::account());
            Ok((caller.jar, to(&there)).into_response())
        }
        Err(error) => Ok(refused(caller.jar, told(&caller.reader, &error))),
    }
}

fn to(there: &str) -> Json<Value> {
    Json(json!({ "to": there }))
}

/// The ceremony is over in the browser too.
fn refused(jar: CookieJar, why: Refusal) -> Response {
    (jar, why).into_response()
}
