//! The branch map: shows the working version, and begins conditions.
//!
//! Reading order: this file (show, join) → `joining` (a condition that two parts make) → `drawing` (the screen).

mod drawing;
mod joining;

use app::paths;
use app::studio::team::field_screen::Wrong;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use axum_extra::extract::Form;
use questionnaire::document;
use questionnaire::document::edit::Node;
use serde::Deserialize;
use service::team::Design;
use service::{ServiceError, Working};

use self::joining::joined;
use crate::problem::{Answer, Refusal};
use crate::studio::gate::{Within, fault};

/// What follows `?`.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Asked {
    /// Whose way is shown.
    #[serde(default)]
    way: String,
    /// How large it shall be, in per cent, or `fit`.
    #[serde(default)]
    zoom: String,
    /// How large it is: kept where nothing else is asked for.
    #[serde(default)]
    size: String,
    /// The question of a condition to be begun.
    #[serde(default)]
    from: String,
    /// The place that shall depend on it.
    #[serde(default)]
    to: String,
}

/// `GET /studio/s/{study}/questionnaire/map`
pub(crate) async fn show(within: Within<Design>, Query(asked): Query<Asked>) -> Answer {
    let working = working(&within).await?;
    drawing::draw(&within, &asked, working, StatusCode::OK, None).await
}

/// What the form sends.
#[derive(Debug, Deserialize)]
pub(crate) struct Joined {
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    revision: i64,
}

/// `POST /studio/s/{study}/questionnaire/map`: makes a place depend on a question, and leads to its condition.
pub(crate) async fn join(within: Within<Design>, Form(typed): Form<Joined>) -> Answer {
    let writing = within.services().writing();
    let refuse = |it: ServiceError| within.signed.refuse(&it);
    let read = writing.at(&within.may, typed.revision).await;
    let read = read.map_err(refuse)?;
    let base = read.and_then(|it| document::read(&it).questionnaire);
    let Some(base) = base else {
        return back(&within, typed, "saved_meanwhile", StatusCode::CONFLICT).await;
    };
    let unfit = StatusCode::UNPROCESSABLE_ENTITY;
    let nodes = (typed.from.parse::<Node>(), typed.to.parse::<Node>());
    let (Ok(Node::Item(from)), Ok(to)) = nodes else {
        return back(&within, typed, "edit_gone", unfit).await;
    };
    let edit = match joined(&base, &from, &to) {
        Ok(edit) => edit,
        Err(code) => return back(&within, typed, code, unfit).await,
    };
    // What reads the question already has nothing to begin.
    let edits: Vec<_> = edit.into_iter().collect();
    match writing.edit(&within.may, &edits, typed.revision).await {
        Ok(edited) if edited.refused.is_empty() => {
            let at = paths::condition_at(&within.may.study().slug, &to.key(), "filter");
            Ok(Redirect::to(&at).into_response())
        }
        Ok(_) => back(&within, typed, "saved_meanwhile", StatusCode::CONFLICT).await,
        Err(error) => {
            let Some((code, status)) = fault(&error) else {
                return Err(within.signed.refuse(&error));
            };
            back(&within, typed, code, status).await
        }
    }
}

/// The page with what was chosen, and why nothing was done.
async fn back(
    within: &Within<Design>,
    typed: Joined,
    code: &'static str,
    status: StatusCode,
) -> Answer {
    let asked = Asked {
        from: typed.from,
        to: typed.to,
        ..Asked::default()
    };
    let wrong = Wrong {
        code,
        at: Some("to".to_owned()),
    };
    let working = working(within).await?;
    drawing::draw(within, &asked, working, status, Some(wrong)).await
}

async fn working(within: &Within<Design>) -> Result<Working, Refusal> {
    let working = within.services().writing().open(&within.may).await;
    working.map_err(|it| within.signed.refuse(&it))
}
