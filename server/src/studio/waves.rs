//! Making a wave, and settling when it takes responses, of whom, and what it says once it is closed.

use app::studio::team::field_screen::{ClosingText, WaveNow, WaveScreen, WaveValues, Wrong};
use app::{paths, render};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use axum_extra::extract::Form;
use questionnaire::Text;
use serde::Deserialize;
use service::team::Field;
use service::{
    Access, AccessChange, Edge, Fielding, LONGEST_MESSAGE, NewWave, Schedule, ServiceError,
    WaveInfo, Zone,
};
use std::collections::HashMap;
use time::OffsetDateTime;
use validator::{Validate, ValidationError};

use super::field::{self, Asked};
use super::gate::Within;
use super::qr;
use crate::problem::{Answer, closed, moment};

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
    /// What is said once it is closed: `message-fr`, `message-en`…
    #[serde(flatten)]
    messages: HashMap<String, String>,
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

    /// What was typed to be said once it is closed, in one language.
    fn message(&self, language: &str) -> String {
        let typed = self.messages.get(&format!("message-{language}"));
        typed.cloned().unwrap_or_default()
    }

    /// The same in all languages of a wave's questionnaire.
    fn closing_message(&self, wave: &WaveInfo) -> Text {
        let languages = wave.engine.instrument.languages.iter();
        languages.map(|it| (it.clone(), self.message(it))).collect()
    }

    /// What is wrong with the form, and where.
    fn wrong(&self, code: &'static str) -> Wrong {
        let opens = |zone: Zone| self.moment(&self.opens, &zone, Edge::Opening).is_ok();
        let at = match code {
            "bad_moment" | "skipped_moment" => match self.zone().is_ok_and(opens) {
                true => Some("closes"),
                false => Some("opens"),
            },
            "bad_message" => {
                let is_long = |it: &str| it.chars().count() > LONGEST_MESSAGE;
                let mut typed = self.messages.iter().filter(|it| is_long(it.1));
                return Wrong {
                    code,
                    at: typed.next().map(|it| it.0.clone()),
                };
            }
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
        closing: Vec::new(),
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

/// What the page shows beside how the wave is.
#[derive(Default)]
struct Beside {
    /// What was typed of when and who.
    values: Option<WaveValues>,
    /// What was typed to be said once it is closed.
    message: Option<Text>,
    done: Option<&'static str>,
    wrong: Option<(Wrong, StatusCode)>,
}

async fn draw(within: &Within<Field>, wave: &WaveInfo, beside: Beside) -> Answer {
    let caller = &within.signed.caller;
    let mut head = field::head(within, &wave.slug).await?;
    let status = beside.wrong.as_ref().map_or(StatusCode::OK, |it| it.1);
    (head.done, head.wrong) = (beside.done, beside.wrong.map(|it| it.0));
    let moment = |at: Option<OffsetDateTime>| at.map(|it| moment(it, wave.zone.name()));
    let state = match wave.fielding {
        Fielding::Open => "open",
        Fielding::Closed => "closed",
        Fielding::Full => "full",
        Fielding::NotYetOpen => "not-yet",
    };
    let screen = WaveScreen {
        head,
        values: beside.values.unwrap_or_else(|| values(wave)),
        languages: wave.engine.instrument.languages.clone(),
        now: Some(WaveNow {
            state,
            link: qr::link(&caller.reader.state, wave),
            opens: moment(wave.opens_at),
            closes: moment(wave.closes_at),
            by_date: wave.closed_at.is_some()
                || (wave.fielding == Fielding::NotYetOpen && wave.opens_at.is_some()),
        }),
        closing: closing(wave, beside.message),
    };
    Ok(caller.page(status, |frame| render::wave_settings(frame, &screen)))
}

/// What a wave says once it is closed, or would with what was typed.
fn closing(wave: &WaveInfo, typed: Option<Text>) -> Vec<ClosingText> {
    let mut shown = wave.clone();
    if let Some(typed) = typed {
        shown.closing_message = Some(typed);
    }
    let in_form = shown.closing_message.clone().unwrap_or_default();
    // What is empty is not said, but in another language.
    let is_said = |it: &(&str, &str)| !it.1.trim().is_empty();
    let said = in_form.iter().filter(is_said);
    let said: Text = said
        .map(|(language, text)| (language.to_owned(), text.to_owned()))
        .collect();
    shown.closing_message = (said != Text::default()).then_some(said);
    let languages = wave.engine.instrument.languages.iter();
    languages
        .map(|language| ClosingText {
            language: language.clone(),
            text: match in_form.has(language) {
                true => in_form.get(language).to_owned(),
                false => String::new(),
            },
            shown: closed(&shown, language),
        })
        .collect()
}

/// `GET /studio/s/{study}/waves/{wave}/settings`
pub(crate) async fn show(
    within: Within<Field>,
    Path(path): Path<HashMap<String, String>>,
    Query(asked): Query<Asked>,
) -> Answer {
    let wave = field::wave(&within, &path).await?;
    let beside = Beside {
        done: asked.done(),
        ..Beside::default()
    };
    draw(&within, &wave, beside).await
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
                let new = typed.schedule()?;
                let done = moved(&wave, &new);
                waves.schedule(may, &wave, new).await?;
                Ok::<_, ServiceError>(done)
            };
            match change.await {
                Ok(done) => (done, Ok(())),
                Err(error) => ("when", Err(error)),
            }
        }
        "message" => {
            let message = typed.closing_message(&wave);
            (
                "message",
                waves.set_closing_message(may, &wave, &message).await,
            )
        }
        "show-message" => {
            let beside = Beside {
                message: Some(typed.closing_message(&wave)),
                ..Beside::default()
            };
            return draw(&within, &wave, beside).await;
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
            let mut beside = Beside {
                wrong: Some(wrong),
                ..Beside::default()
            };
            // The other forms stay as the wave is.
            match done {
                "message" => beside.message = Some(typed.closing_message(&wave)),
                done => beside.values = Some(kept(&wave, typed.values(), done)),
            }
            draw(&within, &wave, beside).await
        }
    }
}

/// What was typed of one of the forms, the other one being as the wave is.
fn kept(wave: &WaveInfo, typed: WaveValues, form: &str) -> WaveValues {
    let kept = values(wave);
    match form {
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
    }
}

/// Whether dates that people may have been told are others now.
fn moved(wave: &WaveInfo, new: &Schedule) -> &'static str {
    let is_moved = |was: Option<OffsetDateTime>, is| was.is_some() && was != is;
    let opens = is_moved(wave.opens_at, new.opens_at);
    let closes = is_moved(wave.closes_at, new.closes_at);
    match (opens, closes) {
        (true, true) => "dates-moved",
        (true, false) => "opening-moved",
        (false, true) => "closing-moved",
        (false, false) => "when",
    }
}
