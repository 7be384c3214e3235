//! Which responses of a wave count.

use app::studio::team::field_screen::{AdmissibilityScreen, JudgedLine, Wrong};
use app::{paths, render};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use axum_extra::extract::Form;
use serde::Deserialize;
use service::team::SetAside;
use service::{Fielding, ResponseId, WaveInfo};
use std::collections::HashMap;
use validator::Validate;

use super::field::{self, Asked};
use super::gate::Within;
use crate::problem::Answer;

/// Responses on one page.
const MOST: u64 = 100;

async fn draw(
    within: &Within<SetAside>,
    wave: &WaveInfo,
    asked: &Asked,
    wrong: Option<(Wrong, StatusCode)>,
) -> Answer {
    let refuse = |it| within.signed.refuse(&it);
    let (services, who) = (within.services(), &within.signed.who);
    let admissibility = services.admissibility();
    // Whoever decides what counts may see what it comes to.
    let see = services.team().may(who, &within.may.study().slug).await;
    let seen = services.results(&see.map_err(refuse)?, &wave.slug).await;
    let (_, right) = seen.map_err(refuse)?;
    let admitted = admissibility.admitted(right, wave).await.map_err(refuse)?;
    let after = asked.after.map(ResponseId);
    let judged = admissibility.judged(&within.may, wave, after, MOST).await;
    let judged = judged.map_err(refuse)?;
    let mut head = field::head(within, &wave.slug).await?;
    let status = wrong.as_ref().map_or(StatusCode::OK, |it| it.1);
    (head.done, head.wrong) = (asked.done(), wrong.map(|it| it.0));
    let here = paths::admissibility(&within.may.study().slug, &wave.slug);
    let is_full = judged.len() as u64 == MOST;
    let next = judged.last().filter(|_| is_full);
    let screen = AdmissibilityScreen {
        head,
        n_invited: admitted.n_invited,
        n_received: admitted.n_received,
        n_set_aside: admitted.n_set_aside,
        n_withdrawn: admitted.n_withdrawn,
        reasons: admitted.reasons,
        after: asked.after.map(|it| it.to_string()),
        next: next.map(|it| format!("{here}?after={}", it.id)),
        responses: judged
            .into_iter()
            .map(|it| JudgedLine {
                id: it.id.to_string(),
                n_asked: it.n_asked,
                n_answered: it.n_answered,
                reason: it.reason,
            })
            .collect(),
        is_open: wave.fielding == Fielding::Open,
    };
    let caller = &within.signed.caller;
    Ok(caller.page(status, |frame| render::admissibility(frame, &screen)))
}

/// `GET /studio/s/{study}/waves/{wave}/admissibility`
pub(crate) async fn show(
    within: Within<SetAside>,
    Path(path): Path<HashMap<String, String>>,
    Query(asked): Query<Asked>,
) -> Answer {
    let wave = field::wave(&within, &path).await?;
    draw(&within, &wave, &asked, None).await
}

/// What the forms send.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub(crate) struct Typed {
    #[serde(rename = "do")]
    what: String,
    #[validate(length(max = 36))]
    response: String,
    #[validate(length(max = 300))]
    reason: String,
    /// The key after which the page began.
    after: Option<uuid::Uuid>,
}

/// `POST /studio/s/{study}/waves/{wave}/admissibility`
pub(crate) async fn change(
    within: Within<SetAside>,
    Path(path): Path<HashMap<String, String>>,
    Form(typed): Form<Typed>,
) -> Answer {
    let wave = field::wave(&within, &path).await?;
    // What is no key names no response.
    let id = ResponseId(uuid::Uuid::parse_str(&typed.response).unwrap_or_default());
    let admissibility = within.services().admissibility();
    let may = &within.may;
    let done = async {
        typed.validate()?;
        match typed.what.as_str() {
            "back" => admissibility
                .take_back(may, &wave, id)
                .await
                .map(|_| "back"),
            _ => {
                let done = admissibility.set_aside(may, &wave, id, &typed.reason);
                done.await.map(|()| "aside")
            }
        }
    };
    match done.await {
        Ok(done) => {
            let to = paths::admissibility(&may.study().slug, &wave.slug);
            let after = typed.after.map(|it| format!("&after={it}"));
            let after = after.unwrap_or_default();
            // Back to where one was in a long list.
            let short: String = id.to_string().chars().take(8).collect();
            Ok(Redirect::to(&format!("{to}?done={done}{after}#r-{short}")).into_response())
        }
        Err(error) => {
            let wrong = field::wrong(&error).ok_or_else(|| within.signed.refuse(&error))?;
            let at = (wrong.0 == "reason_needed").then(|| format!("reason-{id}"));
            let asked = Asked {
                after: typed.after,
                ..Asked::default()
            };
            let (code, status) = wrong;
            draw(&within, &wave, &asked, Some((Wrong { code, at }, status))).await
        }
    }
}
