//! The members of a study.

use app::respond::screen::Problem;
use app::studio::team::screen::{InvitedLine, MemberLine, MembersScreen};
use app::{paths, render};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use axum_extra::extract::Form;
use serde::Deserialize;
use service::team::{Deed, ManageMembers, See};
use service::{AccountId, LinkId, Role, ServiceError};
use std::collections::HashMap;
use uuid::Uuid;

use super::gate::{Within, fault};
use crate::problem::{Answer, Refusal};

/// What the page shows beside the members: what was just made, what was typed, what is wrong.
#[derive(Default)]
struct Beside {
    new_link: Option<(String, String)>,
    email: String,
    error: Option<&'static str>,
}

async fn draw<D: Deed>(within: &Within<D>, status: StatusCode, beside: Beside) -> Answer {
    let signed = &within.signed;
    let (team, slug) = (within.services().team(), &within.may.study().slug);
    let refuse = |it| signed.refuse(&it);
    let see = team.may::<See>(&signed.who, slug).await.map_err(refuse)?;
    let members = team.members(&see).await.map_err(refuse)?;
    let invited = match team.may::<ManageMembers>(&signed.who, slug).await {
        Ok(may) => Some(team.join_links(&may).await.map_err(refuse)?),
        Err(_) => None,
    };
    let invited = invited.map(|them| {
        let them = them.into_iter().map(|it| InvitedLine {
            id: it.id.to_string(),
            email: it.email,
            role: it.role.code(),
            until: it.ends_at.date().to_string(),
        });
        them.collect()
    });
    let members = members.into_iter().map(|it| MemberLine {
        id: it.id.to_string(),
        name: it.name,
        email: it.email,
        role: it.role.code(),
    });
    let screen = MembersScreen {
        head: within.head().await?,
        members: members.collect(),
        invited,
        new_link: beside.new_link,
        email: beside.email,
        error: beside.error,
    };
    Ok(signed
        .caller
        .page(status, |frame| render::members(frame, &screen)))
}

/// `GET /studio/s/{study}/members`
pub(crate) async fn show(within: Within<See>) -> Answer {
    draw(&within, StatusCode::OK, Beside::default()).await
}

/// The same page with what is wrong, or the page of the problem.
async fn again<D: Deed>(within: &Within<D>, error: &ServiceError, email: String) -> Answer {
    let (code, status) = match error {
        ServiceError::LinkGone => (error.code(), StatusCode::UNPROCESSABLE_ENTITY),
        _ => fault(error).ok_or_else(|| within.signed.refuse(error))?,
    };
    let beside = Beside {
        email,
        error: Some(code),
        ..Beside::default()
    };
    draw(within, status, beside).await
}

/// What the form sends.
#[derive(Debug, Deserialize)]
pub(crate) struct Invitation {
    #[serde(default)]
    email: String,
    #[serde(default)]
    role: String,
}

/// `POST /studio/s/{study}/members`: the link is shown in the answer itself, once, and nowhere
/// again. Sending the form again makes another link.
pub(crate) async fn invite(within: Within<ManageMembers>, Form(typed): Form<Invitation>) -> Answer {
    let role = role(&within, &typed.role)?;
    let made = within
        .services()
        .team()
        .invite(&within.may, &typed.email, role)
        .await;
    match made {
        Ok(secret) => {
            let public = &within.signed.caller.reader.state.public;
            let link = format!("{public}{}", paths::link(secret.reveal()));
            let beside = Beside {
                new_link: Some((typed.email, link)),
                ..Beside::default()
            };
            draw(&within, StatusCode::OK, beside).await
        }
        Err(error) => again(&within, &error, typed.email).await,
    }
}

fn role<D: Deed>(within: &Within<D>, code: &str) -> Result<Role, Refusal> {
    let bad = || within.signed.caller.reader.problem(&Problem::BadRequest);
    Role::from_code(code).ok_or_else(bad)
}

/// A key in the address; what is none names nobody.
fn key(path: &HashMap<String, String>, name: &str) -> Uuid {
    let text = path.get(name).map_or("", String::as_str);
    Uuid::parse_str(text).unwrap_or(Uuid::nil())
}

/// What the forms send.
#[derive(Debug, Deserialize)]
pub(crate) struct Change {
    #[serde(default, rename = "do")]
    what: String,
    #[serde(default)]
    role: String,
}

/// `POST /studio/s/{study}/members/{member}`
pub(crate) async fn change(
    within: Within<ManageMembers>,
    Path(path): Path<HashMap<String, String>>,
    Form(typed): Form<Change>,
) -> Answer {
    let member = AccountId(key(&path, "member"));
    let team = within.services().team();
    let done = match typed.what.as_str() {
        "role" => {
            let role = role(&within, &typed.role)?;
            team.set_role(&within.may, member, role).await
        }
        "remove" => team.remove_member(&within.may, member).await,
        _ => return Err(within.signed.caller.reader.problem(&Problem::BadRequest)),
    };
    back(&within, done).await
}

/// `POST /studio/s/{study}/links/{link}`
pub(crate) async fn revoke(
    within: Within<ManageMembers>,
    Path(path): Path<HashMap<String, String>>,
) -> Answer {
    let link = LinkId(key(&path, "link"));
    let done = within
        .services()
        .team()
        .revoke_link(&within.may, link)
        .await;
    back(&within, done).await
}

async fn back(within: &Within<ManageMembers>, done: Result<(), ServiceError>) -> Answer {
    match done {
        Ok(()) => {
            let to = paths::members(&within.may.study().slug);
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) => again(within, &error, String::new()).await,
    }
}
