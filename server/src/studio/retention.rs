//! For how long what was given to a wave is kept.

use app::studio::team::field_screen::Wrong;
use app::studio::team::retention_screen::{ErasedLine, RetentionScreen, RetentionValues};
use app::{paths, render};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use axum_extra::extract::Form;
use serde::Deserialize;
use service::team::Field;
use service::{Erased, Retention, WaveInfo};
use std::collections::HashMap;

use super::field::{self, Asked};
use super::gate::Within;
use crate::problem::Answer;

/// The most days that the form takes: a hundred years.
const MOST: u16 = 36_500;

/// What the form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    contacts: String,
    drafts: String,
    answers: String,
    confirm: String,
}

impl Typed {
    /// The days, or the field that holds none.
    fn days(&self) -> Result<Retention, &'static str> {
        let read = |text: &str, name| match text.trim() {
            "" => Ok(None),
            text => match text.parse() {
                Ok(days) if days <= MOST => Ok(Some(days)),
                _ => Err(name),
            },
        };
        Ok(Retention {
            contacts_days: read(&self.contacts, "contacts")?,
            drafts_days: read(&self.drafts, "drafts")?,
            answers_days: read(&self.answers, "answers")?,
            ended_on: None,
        })
    }

    fn values(self) -> RetentionValues {
        // What is too long to be a number of days is not typed again.
        let short = |it: String| it.chars().take(20).collect();
        RetentionValues {
            contacts: short(self.contacts),
            drafts: short(self.drafts),
            answers: short(self.answers),
        }
    }
}

/// Why a form comes back.
struct Back {
    values: RetentionValues,
    wrong: Wrong,
    at_once: Option<Erased>,
}

fn line(day: String, it: Erased) -> ErasedLine {
    ErasedLine {
        day,
        n_contacts: it.n_contacts,
        n_drafts: it.n_drafts,
        n_answers: it.n_answers,
    }
}

async fn draw(
    within: &Within<Field>,
    wave: &WaveInfo,
    done: Option<&'static str>,
    back: Option<Back>,
) -> Answer {
    let retention = within.services().retention();
    let plan = retention.plan(&within.may, wave).await;
    let plan = plan.map_err(|it| within.signed.refuse(&it))?;
    let mut head = field::head(within, &wave.slug).await?;
    let status = match back {
        None => StatusCode::OK,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let set = |it: Option<u16>| it.map(|n| n.to_string()).unwrap_or_default();
    let (values, at_once) = match back {
        None => {
            let values = RetentionValues {
                contacts: set(plan.days.contacts_days),
                drafts: set(plan.days.drafts_days),
                answers: set(plan.days.answers_days),
            };
            (values, None)
        }
        Some(back) => {
            head.wrong = Some(back.wrong);
            (back.values, back.at_once)
        }
    };
    head.done = done;
    let screen = RetentionScreen {
        head,
        values,
        usual_drafts: retention.usual(),
        drafts_days: plan.drafts_days,
        ends_on: plan.ends_on.map(|it| it.to_string()),
        has_ended: plan.has_ended,
        today: plan.today.to_string(),
        contacts_on: plan.contacts_on.map(|it| it.to_string()),
        answers_on: plan.answers_on.map(|it| it.to_string()),
        at_once: at_once.map(|it| line(String::new(), it)),
        erased: plan
            .erased
            .into_iter()
            .map(|(day, it)| line(day.to_string(), it))
            .collect(),
    };
    let caller = &within.signed.caller;
    Ok(caller.page(status, |frame| render::retention(frame, &screen)))
}

/// `GET /studio/s/{study}/waves/{wave}/retention`
pub(crate) async fn show(
    within: Within<Field>,
    Path(path): Path<HashMap<String, String>>,
    Query(asked): Query<Asked>,
) -> Answer {
    let wave = field::wave(&within, &path).await?;
    draw(&within, &wave, asked.done(), None).await
}

/// `POST /studio/s/{study}/waves/{wave}/retention`: what would be erased at once has to be confirmed.
pub(crate) async fn change(
    within: Within<Field>,
    Path(path): Path<HashMap<String, String>>,
    Form(typed): Form<Typed>,
) -> Answer {
    let wave = field::wave(&within, &path).await?;
    let refuse = |it| within.signed.refuse(&it);
    let wrong = |code, at: &str| Wrong {
        code,
        at: Some(at.to_owned()),
    };
    let days = match typed.days() {
        Ok(days) => days,
        Err(name) => {
            let back = Back {
                values: typed.values(),
                wrong: wrong("bad_days", name),
                at_once: None,
            };
            return draw(&within, &wave, None, Some(back)).await;
        }
    };
    let (retention, may) = (within.services().retention(), &within.may);
    if typed.confirm != "yes" {
        let at_once = retention.would_erase(may, &wave, days).await;
        let at_once = at_once.map_err(refuse)?;
        if at_once != Erased::default() {
            let back = Back {
                values: typed.values(),
                wrong: wrong("erases_now", "confirm"),
                at_once: Some(at_once),
            };
            return draw(&within, &wave, None, Some(back)).await;
        }
    }
    retention.set(may, &wave, days).await.map_err(refuse)?;
    let to = paths::retention(&may.study().slug, &wave.slug);
    Ok(Redirect::to(&format!("{to}?done=retention")).into_response())
}
