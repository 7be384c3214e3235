//! One's own account: name, password, passkeys, sessions, tokens.

use app::respond::screen::Problem;
use app::studio::team::screen::{AccountForm, AccountScreen, SessionLine, StudyLine, TokenLine};
use app::{paths, render};
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use axum_extra::extract::Form;
use serde::Deserialize;
use service::team::{Action, allows};
use service::{Role, ServiceError, TokenId};
use uuid::Uuid;

use super::gate::{Signed, fault};
use super::studies::line;
use super::{openid, passkeys};
use crate::problem::Answer;

/// What was done before the page was opened again.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Done {
    #[serde(default)]
    done: String,
}

/// What the page shows beside the account.
#[derive(Default)]
struct Beside {
    new_token: Option<String>,
    error: Option<(AccountForm, &'static str)>,
    done: Option<&'static str>,
}

async fn draw(signed: &Signed, status: StatusCode, beside: Beside) -> Answer {
    let team = signed.services().team();
    let refuse = |it| signed.refuse(&it);
    let sessions = team.sessions(&signed.who).await.map_err(refuse)?;
    let tokens = team.tokens(&signed.who).await.map_err(refuse)?;
    let studies = team.studies(&signed.who).await.map_err(refuse)?;
    let asked = &signed.caller.reader.asked;
    let scopes = studies
        .iter()
        .map(|(study, role)| (line(asked, study, *role), covered(*role)));
    let scopes: Vec<(StudyLine, Vec<&'static str>)> = scopes.collect();
    let sessions = sessions.into_iter().map(|it| SessionLine {
        id: it.id,
        agent: it.agent,
        seen_on: it.seen_at.date().to_string(),
        is_this: it.is_this,
    });
    let tokens = tokens.into_iter().map(|it| TokenLine {
        id: it.id.to_string(),
        name: it.name,
        study: it.study,
        scope: it.scope.code(),
        ends_on: it.ends_on.to_string(),
        used_on: it.used_on.map(|it| it.to_string()),
    });
    let screen = AccountScreen {
        who: signed.person(),
        has_password: signed.who.has_password(),
        passkeys: passkeys::of(signed).await?,
        identity: openid::of(signed).await?,
        sessions: sessions.collect(),
        tokens: tokens.collect(),
        scopes,
        new_token: beside.new_token,
        error: beside.error,
        done: beside.done,
    };
    Ok(signed
        .caller
        .page(status, |frame| render::account(frame, &screen)))
}

/// The roles that one covers, the least powerful first: what a token may have.
fn covered(role: Role) -> Vec<&'static str> {
    let covers = |other: &Role| {
        let mut all = Action::ALL.into_iter();
        all.all(|it| allows(role, it) || !allows(*other, it))
    };
    let them = Role::ALL.into_iter().rev().filter(covers);
    them.map(Role::code).collect()
}

/// `GET /studio/account`
pub(crate) async fn show(signed: Signed, Query(before): Query<Done>) -> Answer {
    let done = match before.done.as_str() {
        "name" => Some("name"),
        "password" => Some("password"),
        "session" => Some("session"),
        "token" => Some("token"),
        "identity-bound" => Some("identity-bound"),
        "identity-unbound" => Some("identity-unbound"),
        "passkey-added" => Some("passkey-added"),
        "passkey-removed" => Some("passkey-removed"),
        _ => None,
    };
    let beside = Beside {
        done,
        ..Beside::default()
    };
    draw(&signed, StatusCode::OK, beside).await
}

/// What the forms send.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Change {
    #[serde(rename = "do")]
    what: String,
    name: String,
    present: String,
    password: String,
    session: String,
    token: String,
    scope: String,
    days: String,
    revoke: String,
    passkey: String,
    identity: String,
}

/// `POST /studio/account`
pub(crate) async fn change(signed: Signed, Form(typed): Form<Change>) -> Answer {
    let (team, who) = (signed.services().team(), &signed.who);
    let done = match typed.what.as_str() {
        "name" => {
            let renamed = team.rename(who, &typed.name).await;
            renamed
                .map(|()| "name")
                .map_err(|it| (AccountForm::Name, it))
        }
        "password" => {
            let visitor = &signed.caller.visitor;
            let changed = team
                .change_password(who, &typed.present, &typed.password, visitor)
                .await;
            match changed {
                Ok(opened) => {
                    let to = format!("{}?done=password", paths::account());
                    return Ok(signed.caller.enter(&opened, &to));
                }
                Err(error) => Err((AccountForm::Password, error)),
            }
        }
        "session" => {
            let ended = team.end_session(who, &typed.session).await;
            ended
                .map(|()| "session")
                .map_err(|it| (AccountForm::Name, it))
        }
        "passkey" => {
            let removed = passkeys::remove(&signed, &typed.passkey).await;
            removed
                .map(|()| "passkey-removed")
                .map_err(|it| (AccountForm::Name, it))
        }
        "identity" => {
            let unbound = openid::unbind(&signed, &typed.identity).await;
            unbound
                .map(|()| "identity-unbound")
                .map_err(|it| (AccountForm::Name, it))
        }
        "revoke" => {
            let token = Uuid::parse_str(&typed.revoke).unwrap_or(Uuid::nil());
            match team.revoke_token(who, TokenId(token)).await {
                // Revoking it again changes nothing.
                Ok(()) | Err(ServiceError::LinkGone) => Ok("token"),
                Err(error) => Err((AccountForm::Token, error)),
            }
        }
        "token" => return make_token(&signed, &typed).await,
        _ => return Err(signed.caller.reader.problem(&Problem::BadRequest)),
    };
    match done {
        Ok(what) => {
            let to = format!("{}?done={what}", paths::account());
            Ok(Redirect::to(&to).into_response())
        }
        Err((form, error)) => again(&signed, form, &error).await,
    }
}

/// The token is shown in the answer itself, once, and nowhere again.
async fn make_token(signed: &Signed, typed: &Change) -> Answer {
    let bad = || signed.caller.reader.problem(&Problem::BadRequest);
    let (study, role) = typed.scope.split_once(' ').ok_or_else(bad)?;
    let role = Role::from_code(role).ok_or_else(bad)?;
    let days = typed.days.trim().parse().unwrap_or(0);
    let team = signed.services().team();
    let made = team
        .make_token(&signed.who, study, role, &typed.token, days)
        .await;
    match made {
        Ok(token) => {
            let beside = Beside {
                new_token: Some(token.bearer),
                ..Beside::default()
            };
            draw(signed, StatusCode::OK, beside).await
        }
        Err(error) => again(signed, AccountForm::Token, &error).await,
    }
}

async fn again(signed: &Signed, form: AccountForm, error: &ServiceError) -> Answer {
    let (code, status) = fault(error).ok_or_else(|| signed.refuse(error))?;
    let beside = Beside {
        error: Some((form, code)),
        ..Beside::default()
    };
    draw(signed, status, beside).await
}
