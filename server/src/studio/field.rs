//! What the pages of a wave have in common: the wave of the address, and what is wrong with a form.

use app::studio::team::field_screen::{WaveHead, WaveRights};
use axum::http::StatusCode;
use service::team::{Deed, Enter, Field, SetAside, ViewResults};
use service::{ServiceError, WaveInfo};
use std::collections::HashMap;

use super::gate::{Within, fault};
use crate::problem::Refusal;

/// Codes of what was done, as a redirection hands them on: others are not shown.
const DONE: [&str; 17] = [
    "created",
    "when",
    "opening-moved",
    "closing-moved",
    "dates-moved",
    "message",
    "who",
    "open",
    "close",
    "aside",
    "back",
    "retention",
    "sent",
    "kept",
    "dropped",
    "entered",
    "taken-out",
];

/// What follows `?`.
#[derive(Debug, Default, serde::Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    pub(super) done: String,
    /// The random key of the last response of the page before.
    pub(super) after: Option<uuid::Uuid>,
}

impl Asked {
    pub(super) fn done(&self) -> Option<&'static str> {
        DONE.into_iter().find(|it| *it == self.done)
    }
}

/// The wave of the address, loaded through its study.
pub(super) async fn wave<D: Deed>(
    within: &Within<D>,
    path: &HashMap<String, String>,
) -> Result<WaveInfo, Refusal> {
    let slug = path.get("wave").map_or("", String::as_str);
    let wave = within.services().waves().within(&within.may, slug).await;
    wave.map_err(|it| within.signed.refuse(&it))
}

/// The head of a wave's page, or of that where one is made.
pub(super) async fn head<D: Deed>(within: &Within<D>, wave: &str) -> Result<WaveHead, Refusal> {
    let (who, study) = (&within.signed.who, &within.may.study().slug);
    let team = within.services().team();
    Ok(WaveHead {
        study: within.head().await?,
        slug: wave.to_owned(),
        rights: WaveRights {
            results: team.may::<ViewResults>(who, study).await.is_ok(),
            field: team.may::<Field>(who, study).await.is_ok(),
            enter: team.may::<Enter>(who, study).await.is_ok(),
            set_aside: team.may::<SetAside>(who, study).await.is_ok(),
        },
        done: None,
        wrong: None,
    })
}

/// The field that a code is about, if it is always about one.
pub(super) fn at(code: &str) -> Option<&'static str> {
    Some(match code {
        "bad_slug" | "wave_taken" => "slug",
        "bad_zone" => "zone",
        "closes_first" => "closes",
        "bad_language" => "language",
        "bad_quota" => "max",
        "wave_begun" => "kept-anonymous",
        _ => return None,
    })
}

/// The code of what is wrong with a form about a wave, and the status of the form that comes back.
pub(super) fn wrong(error: &ServiceError) -> Option<(&'static str, StatusCode)> {
    let code = match error {
        ServiceError::BadZone
        | ServiceError::BadMoment
        | ServiceError::SkippedMoment
        | ServiceError::WaveBegun
        | ServiceError::ReasonNeeded
        | ServiceError::UnknownResponse => error.code(),
        ServiceError::Taken(_) => "wave_taken",
        ServiceError::BadRequest(errors) => {
            let about = |name| errors.errors().contains_key(name);
            match () {
                () if about("slug") => "bad_slug",
                () if about("max") || about("max_responses") => "bad_quota",
                () if about("__all__") => "closes_first",
                () if about("message") => "bad_message",
                () if about("language") => "bad_language",
                () => "bad_request",
            }
        }
        _ => return fault(error),
    };
    Some((code, StatusCode::UNPROCESSABLE_ENTITY))
}
