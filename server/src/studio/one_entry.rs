//! One questionnaire to be typed in: opened here, answered on the respondent's pages.

use app::paths;
use app::studio::team::one_entry::{HeldEntry, OneEntry};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use questionnaire::session::{self, Place};
use service::WaveInfo;
use service::team::Enter;
use std::collections::HashMap;

use super::field;
use super::gate::Within;
use crate::problem::{Answer, Refusal};
use crate::respond::start::resume_at;
use crate::respond::visit;

/// `POST /studio/s/{study}/waves/{wave}/entry/begin`: opens an empty questionnaire and goes to its first
/// page. The one before it is found again by its code.
pub(crate) async fn begin(
    within: Within<Enter>,
    Path(path): Path<HashMap<String, String>>,
) -> Answer {
    let wave = field::wave(&within, &path).await?;
    let caller = &within.signed.caller;
    let language = caller.reader.asked.language.code();
    let enter = within.services().enter(&within.may);
    let opened = enter.open_entry(&wave, language).await;
    let (token, draft) = opened.map_err(|it| within.signed.refuse(&it))?;
    let to = match session::first_page(&draft.engine, &draft.sheet) {
        Place::Page(page) => paths::page(&wave.slug, &page),
        Place::Review => paths::review(&wave.slug),
    };
    let cookie = visit::kept(&caller.reader.state, &wave.slug, &token, true);
    let jar = caller.jar.clone().add(cookie);
    Ok((jar, Redirect::to(&to)).into_response())
}

/// What the page of entries shows of them.
pub(super) async fn shown(within: &Within<Enter>, wave: &WaveInfo) -> Result<OneEntry, Refusal> {
    Ok(OneEntry {
        action: paths::begin_entry(&within.may.study().slug, &wave.slug),
        resume: paths::resume(&wave.slug),
        held: held(within, wave).await?,
    })
}

async fn held(within: &Within<Enter>, wave: &WaveInfo) -> Result<Option<HeldEntry>, Refusal> {
    let caller = &within.signed.caller;
    let Some(token) = visit::kept_entry(&caller.reader.state, &caller.jar, &wave.slug) else {
        return Ok(None);
    };
    let enter = within.services().enter(&within.may);
    let draft = enter.find(wave, &token).await;
    let Some(draft) = draft.map_err(|it| within.signed.refuse(&it))? else {
        return Ok(None);
    };
    let is_submitted = draft.is_submitted || draft.is_correction();
    let href = match resume_at(&draft.engine, &draft.sheet) {
        _ if is_submitted => paths::receipt(&wave.slug),
        Some(page) => paths::page(&wave.slug, &page),
        None => paths::review(&wave.slug),
    };
    Ok(Some(HeldEntry {
        href,
        code: enter.code(wave, &token, &draft).map(|it| it.reveal()),
        is_submitted,
    }))
}
