//! Making a wave, and settling when it takes responses, and of whom.

use app::studio::team::field_screen::{WaveNow, WaveScreen, WaveValues, Wrong};
use app::{paths, render};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use axum_extra::extract::Form;
use serde::Deserialize;
use service::team::Field;
use service::{
    Access, AccessChange, Edge, Fielding, NewWave, Schedule, ServiceError, WaveInfo, Zone,
};
use std::collections::HashMap;
use time::OffsetDateTime;
use validator::{Validate, ValidationError};

use super::field::{self, Asked};
use super::gate::Within;
use crate::problem::{Answer, moment};

/// What the forms send.
#[derive(Debug, Clone, Default, Deserialize, Validate)]
#[serde(default)]
pub(crate) struct Typed {
    /// Which form, on the page of a wave that exists.
    #[serde(rename = "do")]
    what: String,
    #[validate(length(max = 64))]
    slug: String,
    #[validate(length(max = 30))]
    opens: String,
    #[validate(length(max = 30))]
    closes: String,
    #[validate(length(max = 64))]
    zone: String,
    #[validate(length(max = 20))]
    access: String,
    #[validate(length(max = 20))]
    kept: String,
    #[validate(custom(function = is_quota))]
    max: String,
    #[validate(length(max = 20))]
    language: String,
}

fn is_quota(text: &str) -> Result<(), ValidationError> {
    match text.trim() {
        "" => Ok(()),
        text if text.parse().is_ok_and(|n: i64| n > 0) => Ok(()),
        _ => Err(ValidationError::new("quota")),
    }
}

/// Nothing typed is nothing said.
fn said(text: &str) -> Option<&str> {
    let text = text.trim();
    (!text.is_empty()).then_some(text)
}

impl Typed {
    fn zone(&self) -> service::Result<Zone> {
        Zone::named(self.zone.trim())
    }

    fn moment(
        &self,
        text: &str,
        zone: &Zone,
        edge: Edge,
    ) -> service::Result<Option<OffsetDateTime>> {
        // Browsers may add seconds.
        let text = said(text).map(|it| it.get(..16).unwrap_or(it));
        text.map(|it| zone.read(it, edge)).transpose()
    }

    fn schedule(&self) -> service::Result<Schedule> {
        let zone = self.zone()?;
        Ok(Schedule {
            opens_at: self.moment(&self.opens, &zone, Edge::Opening)?,
            closes_at: self.moment(&self.closes, &zone, Edge::Closing)?,
            zone,
            language: said(&self.language).map(str::to_owned),
        })
    }

    /// What is wrong with the form, and where.
    fn wrong(&self, code: &'static str) -> Wrong {
        let opens = |zone: Zone| self.moment(&self.opens, &zone, Edge::Opening).is_ok();
        let at = match code {
            "bad_moment" | "skipped_moment" => match self.zone().is_ok_and(opens) {
                true => Some("closes"),
                false => Some("opens"),
            },
            _ => field::at(code),
        };
        Wrong {
            code,
            at: at.map(str::to_owned),
        }
    }

    fn access(&self) -> Access {
        match self.access.as_str() {
            "invitation" => Access::Invitation,
            "both" => Access::Both,
            _ => Access::Open,
        }
    }

    fn max(&self) -> Option<i64> {
        said(&self.max).and_then(|it| it.parse().ok())
    }

    fn values(self) -> WaveValues {
        WaveValues {
            slug: self.slug,
            opens: self.opens,
            closes: self.closes,
            zone: self.zone,
            access: self.access,
            kept: self.kept,
            max: self.max,
            language: self.language,
        }
    }
}

/// What stands in the forms of a wave as it is.
fn values(wave: &WaveInfo) -> WaveValues {
    let write = |at: Option<OffsetDateTime>| at.map(|it| wave.zone.write(it)).unwrap_or_default();
    let access = match wave.access {
        Access::Open => "open",
        Access::Invitation => "invitation",
        Access::Both => "both",
    };
    WaveValues {
        slug: wave.slug.clone(),
        opens: write(wave.opens_at),
        closes: write(wave.closes_at),
        zone: wave.zone.name().to_owned(),
        access: access.to_owned(),
        kept: if wave.anonymous { "anonymous" } else { "named" }.to_owned(),
        max: wave
            .max_responses
            .map(|n| n.to_string())
            .unwrap_or_default(),
        language: wave.language.clone(),
    }
}

async fn draw_new(
    within: &Within<Field>,
    values: WaveValues,
    wrong: Option<(Wrong, StatusCode)>,
) -> Answer {
    let mut head = field::head(within, "").await?;
    let status = wrong.as_ref().map_or(StatusCode::OK, |it| it.1);
    head.wrong = wrong.map(|it| it.0);
    let languages = within.services().waves().languages(&within.may).await;
    let screen = WaveScreen {
        head,
        values,
        languages: languages.map_err(|it| within.signed.refuse(&it))?,
        now: None,
    };
    let caller = &within.signed.caller;
    Ok(caller.page(status, |frame| render::new_wave(frame, &screen)))
}

/// `GET /studio/s/{study}/waves`
pub(crate) async fn ask(within: Within<Field>) -> Answer {
    let values = WaveValues {
        zone: Zone::USUAL.to_owned(),
        access: "open".to_owned(),
        kept: "anonymous".to_owned(),
        ..WaveValues::default()
    };
    draw_new(&within, values, None).await
}

/// `POST /studio/s/{study}/waves`: the new wave takes no responses until it is opened.
pub(crate) async fn create(within: Within<Field>, Form(typed): Form<Typed>) -> Answer {
    let made = async {
        typed.validate()?;
        let schedule = typed.schedule()?;
        let new = NewWave {
            slug: typed.slug.trim().to_owned(),
            open: false,
            opens_at: schedule.opens_at,
            closes_at: schedule.closes_at,
            zone: schedule.zone,
            language: schedule.language,
            anonymous: typed.kept != "named",
            access: typed.access(),
            max_responses: typed.max(),
        };
        within
            .services()
            .waves()
            .create_newest(&within.may, new)
            .await
    };
    match made.await {
        Ok(wave) => Ok(back(&within, &wave, "created")),
        Err(error) => {
            let wrong = field::wrong(&error).ok_or_else(|| within.signed.refuse(&error))?;
            let wrong = (typed.wrong(wrong.0), wrong.1);
            draw_new(&within, typed.values(), Some(wrong)).await
        }
    }
}

fn back(within: &Within<Field>, wave: &WaveInfo, done: &str) -> axum::response::Response {
    let to = paths::settings(&within.may.study().slug, &wave.slug);
    Redirect::to(&format!("{to}?done={done}")).into_response()
}

async fn draw(
    within: &Within<Field>,
    wave: &WaveInfo,
    values: WaveValues,
    done: Option<&'static str>,
    wrong: Option<(Wrong, StatusCode)>,
) -> Answer {
    let caller = &within.signed.caller;
    let mut head = field::head(within, &wave.slug).await?;
    let status = wrong.as_ref().map_or(StatusCode::OK, |it| it.1);
    (head.done, head.wrong) = (done, wrong.map(|it| it.0));
    let moment = |at: Option<OffsetDateTime>| at.map(|it| moment(it, wave.zone.name()));
    let state = match wave.fielding {
        Fielding::Open => "open",
        Fielding::Closed => "closed",
        Fielding::Full => "full",
        Fielding::NotYetOpen => "not-yet",
    };
    let public = &caller.reader.state.public;
    let screen = WaveScreen {
        head,
        values,
        languages: wave.engine.instrument.languages.clone(),
        now: Some(WaveNow {
            state,
            link: format!("{public}{}", paths::start(&wave.slug)),
            opens: moment(wave.opens_at),
            closes: moment(wave.closes_at),
            by_date: wave.closed_at.is_some()
                || (wave.fielding == Fielding::NotYetOpen && wave.opens_at.is_some()),
        }),
    };
    Ok(caller.page(status, |frame| render::wave_settings(frame, &screen)))
}

/// `GET /studio/s/{study}/waves/{wave}/settings`
pub(crate) async fn show(
    within: Within<Field>,
    Path(path): Path<HashMap<String, String>>,
    Query(asked): Query<Asked>,
) -> Answer {
    let wave = field::wave(&within, &path).await?;
    draw(&within, &wave, values(&wave), asked.done(), None).await
}

/// `POST /studio/s/{study}/waves/{wave}/settings`
pub(crate) async fn change(
    within: Within<Field>,
    Path(path): Path<HashMap<String, String>>,
    Form(typed): Form<Typed>,
) -> Answer {
    let wave = field::wave(&within, &path).await?;
    let (services, may) = (within.services(), &within.may);
    let waves = services.waves();
    let (done, result): (_, Result<(), ServiceError>) = match typed.what.as_str() {
        "when" => {
            let change = async {
                typed.validate()?;
                waves.schedule(may, &wave, typed.schedule()?).await
            };
            ("when", change.await)
        }
        "who" => {
            let change = async {
                typed.validate()?;
                let change = AccessChange {
                    access: Some(typed.access()),
                    max_responses: Some(typed.max()),
                    anonymous: Some(typed.kept != "named"),
                };
                services.invitations().set_access(may, &wave, change).await
            };
            ("who", change.await)
        }
        "open" => ("open", waves.reopen(may, &wave).await),
        "close" => ("close", waves.close(may, &wave).await),
        _ => {
            let problem = app::respond::screen::Problem::BadRequest;
            return Err(within.signed.caller.reader.problem(&problem));
        }
    };
    match result {
        Ok(()) => Ok(back(&within, &wave, done)),
        Err(error) => {
            let wrong = field::wrong(&error).ok_or_else(|| within.signed.refuse(&error))?;
            let wrong = (typed.wrong(wrong.0), wrong.1);
            // The other form stays as the wave is.
            let (kept, typed) = (values(&wave), typed.values());
            let values = match done {
                "when" => WaveValues {
                    access: kept.access,
                    kept: kept.kept,
                    max: kept.max,
                    ..typed
                },
                _ => WaveValues {
                    access: typed.access,
                    kept: typed.kept,
                    max: typed.max,
                    ..kept
                },
            };
            draw(&within, &wave, values, None, Some(wrong)).await
        }
    }
}
