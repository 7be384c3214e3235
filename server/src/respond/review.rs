//! `/r/{wave}/review`: everything answered so far, and the button that submits it.

use app::respond::form;
use app::respond::screen::ReviewScreen;
use app::respond::together::{SETTLE, SIGNED};
use app::{paths, render};
use axum::extract::RawQuery;
use axum::http::StatusCode;
use questionnaire::session;
use serde_json::json;
use service::ServiceError;

use super::page::{Fields, read};
use super::several;
use super::visit::{self, Visit};
use crate::problem::{Answer, json_problem};

/// Stands among the attempted pages of a draft once its respondent has tried to submit.
const ATTEMPT: &str = "$review";

/// `GET`
pub(crate) async fn show(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let (token, draft) = visit.draft_under_way().await?;
    visit.must_take_answers()?;
    let language = visit.language(&draft.engine);
    let review = questionnaire::review_view(&draft.engine, &draft.sheet, &language);
    let is_unsigned = query.is_some_and(|it| it.split('&').any(|it| it == paths::UNSIGNED));
    let screen = ReviewScreen {
        together: several::on_review(&draft, &language, is_unsigned),
        study: visit.study(&draft.engine),
        is_correction: draft.is_correction(),
        may_hand_over: !draft.is_correction() && !draft.is_entry,
        show_failures: draft.sheet.meta.attempted.iter().any(|it| it == ATTEMPT),
        previous: session::last_page(&draft.engine, &draft.sheet),
        idempotency_key: visit.respond().idempotency_key(&visit.wave, &token, &draft),
        review,
    };
    Ok(visit.page(|frame| render::review(frame, &screen)))
}

/// `POST`: submits. The same post again leads to the same receipt.
pub(crate) async fn submit(visit: Visit, fields: Fields) -> Answer {
    let pairs = read(&visit, fields)?;
    let all = |name: &str| {
        pairs
            .iter()
            .filter(|(it, _)| it == name)
            .map(|(_, value)| value.clone())
            .collect::<Vec<_>>()
    };
    let receipt = visit.after_submission();
    let Some(token) = visit.token.clone() else {
        return Err(visit
            .draft_under_way()
            .await
            .map_or_else(|it| it, |_| visit.go("/").into()));
    };
    if let Some(choice) = all(SETTLE).pop() {
        let settle = |draft: &mut service::Draft| draft.settle(&choice);
        let respond = visit.respond();
        let settled = respond.change(&visit.wave, &token, settle).await;
        settled.map_err(|it| visit.refuse(&it))?;
        return Ok(visit.go(&paths::review(&visit.wave.slug)));
    }
    if let Some(draft) = visit.draft().await?
        && !several::others(&draft).is_empty()
        && all(SIGNED).is_empty()
    {
        return match visit.reader.json {
            true => Ok(json_problem(
                StatusCode::UNPROCESSABLE_ENTITY,
                "not_signed_off",
            )),
            false => Ok(visit.go(&paths::review_unsigned(&visit.wave.slug))),
        };
    }
    let key = all(form::IDEMPOTENCY_KEY).pop().filter(|it| !it.is_empty());
    let key = match (key, visit.draft().await?) {
        (Some(key), _) => key,
        (None, Some(draft)) => {
            let respond = visit.respond();
            respond.idempotency_key(&visit.wave, &token, &draft)
        }
        (None, None) => String::new(),
    };
    let confirmed = all(form::CONFIRM);
    if !confirmed.is_empty() {
        let change = |draft: &mut service::Draft| {
            for it in &confirmed {
                if !draft.sheet.meta.confirmed.contains(it) {
                    draft.sheet.meta.confirmed.push(it.clone());
                }
            }
        };
        match visit.respond().change(&visit.wave, &token, change).await {
            // A repeated submission finds its draft submitted: that is the receipt's matter.
            Ok(_) | Err(ServiceError::AlreadySubmitted) => {}
            Err(error) => return Err(visit.refuse(&error)),
        }
    }
    let body = serde_json::to_vec(&pairs).unwrap_or_default();
    match visit
        .respond()
        .submit_invited(&visit.wave, &token, visit.invitation.as_ref(), &key, &body)
        .await
    {
        Ok(it) if visit.reader.json => Ok(visit::json(
            StatusCode::CREATED,
            json!({ "response": it.response.0 }),
        )),
        Ok(_) => Ok(visit.go(&receipt)),
        Err(ServiceError::Invalid(_)) if visit.reader.json => Ok(json_problem(
            StatusCode::UNPROCESSABLE_ENTITY,
            "invalid_answers",
        )),
        Err(error @ ServiceError::Disagreement(_)) if visit.reader.json => {
            Ok(json_problem(StatusCode::CONFLICT, error.code()))
        }
        Err(ServiceError::Disagreement(_)) => Ok(visit.go(&format!(
            "{}#disagreements",
            paths::review(&visit.wave.slug)
        ))),
        Err(ServiceError::Invalid(_)) => {
            let change = |draft: &mut service::Draft| {
                let attempted = &mut draft.sheet.meta.attempted;
                if !attempted.iter().any(|it| it == ATTEMPT) {
                    attempted.push(ATTEMPT.to_owned());
                }
            };
            let changed = visit.respond().change(&visit.wave, &token, change).await;
            changed.map_err(|it| visit.refuse(&it))?;
            Ok(visit.go(&paths::review(&visit.wave.slug)))
        }
        Err(error) => Err(visit.refuse(&error)),
    }
}
