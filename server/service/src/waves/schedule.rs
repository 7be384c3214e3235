//! When a wave takes responses: its dates, and its opening and closing by hand.

use super::{WaveInfo, Waves, in_order, must_speak};
use crate::team::{Field, May};
use crate::{Result, Zone};
use serde_json::json;
use store::{WaveChange, WaveDates, WaveState};
use time::OffsetDateTime;
use validator::{Validate, ValidationError};

/// From when to when a wave takes responses, and how it says so.
#[derive(Debug, Clone, PartialEq, Eq, Validate)]
#[validate(schema(function = closes_after_it_opens))]
pub struct Schedule {
    /// From when on it takes responses.
    pub opens_at: Option<OffsetDateTime>,
    /// Until when it takes responses.
    pub closes_at: Option<OffsetDateTime>,
    /// The zone by whose clocks these moments are said.
    pub zone: Zone,
    /// What it speaks to people whose language is not known; `None` leaves it as it is.
    pub language: Option<String>,
}

fn closes_after_it_opens(it: &Schedule) -> std::result::Result<(), ValidationError> {
    in_order(it.opens_at, it.closes_at)
}

impl Waves<'_> {
    /// Says anew from when to when a wave takes responses.
    ///
    /// # Errors
    /// [`ServiceError::BadRequest`](crate::ServiceError::BadRequest) if it would close before it
    /// opens, or the questionnaire does not speak the language;
    /// [`IsRehearsal`](crate::ServiceError::IsRehearsal) for a rehearsal;
    /// [`UnknownWave`](crate::ServiceError::UnknownWave) if it is of another study.
    pub async fn schedule(&self, may: &May<Field>, wave: &WaveInfo, new: Schedule) -> Result<()> {
        may.must_hold(wave)?;
        new.validate()?;
        must_speak(wave.engine.as_ref(), new.language.as_deref())?;
        let mut entry = may.entry(self.0.now(), "wave.schedule", &wave.slug);
        entry.before = Some(as_it_is(wave));
        let language = new.language.as_deref().unwrap_or(&wave.language);
        entry.after = Some(words(new.opens_at, new.closes_at, &new.zone, language));
        let dates = WaveDates {
            opens_at: new.opens_at,
            closes_at: new.closes_at,
            zone: Some(new.zone.name().to_owned()),
            language: new.language,
        };
        let change = WaveChange {
            dates: Some(dates),
            ..WaveChange::default()
        };
        let waves = self.0.store().waves();
        Ok(waves.change(wave.id, change, entry).await?)
    }

    /// Closes a wave: it takes no more responses.
    ///
    /// # Errors
    /// [`UnknownWave`](crate::ServiceError::UnknownWave) if it is of another study.
    pub async fn close(&self, may: &May<Field>, wave: &WaveInfo) -> Result<()> {
        may.must_hold(wave)?;
        let change = WaveChange {
            state: Some(WaveState::Closed),
            ..WaveChange::default()
        };
        let entry = may.entry(self.0.now(), "wave.close", &wave.slug);
        let waves = self.0.store().waves();
        Ok(waves.change(wave.id, change, entry).await?)
    }

    /// Opens a wave now, for the first time or again. A date that would keep it shut is taken off;
    /// nothing else about it changes.
    ///
    /// # Errors
    /// [`IsRehearsal`](crate::ServiceError::IsRehearsal) for a rehearsal;
    /// [`UnknownWave`](crate::ServiceError::UnknownWave) if it is of another study.
    pub async fn reopen(&self, may: &May<Field>, wave: &WaveInfo) -> Result<()> {
        may.must_hold(wave)?;
        let now = self.0.now();
        let opens_at = wave.opens_at.filter(|it| *it <= now);
        let closes_at = wave.closes_at.filter(|it| *it > now);
        let mut entry = may.entry(now, "wave.open", &wave.slug);
        let mut dates = None;
        if (opens_at, closes_at) != (wave.opens_at, wave.closes_at) {
            entry.before = Some(as_it_is(wave));
            entry.after = Some(words(opens_at, closes_at, &wave.zone, &wave.language));
            dates = Some(WaveDates {
                opens_at,
                closes_at,
                zone: None,
                language: None,
            });
        }
        let change = WaveChange {
            state: Some(WaveState::Open),
            dates,
            ..WaveChange::default()
        };
        let waves = self.0.store().waves();
        Ok(waves.change(wave.id, change, entry).await?)
    }
}

/// A wave's dates for the audit log, before they change.
fn as_it_is(wave: &WaveInfo) -> String {
    words(wave.opens_at, wave.closes_at, &wave.zone, &wave.language)
}

fn words(
    opens: Option<OffsetDateTime>,
    closes: Option<OffsetDateTime>,
    zone: &Zone,
    language: &str,
) -> String {
    let write = |at: Option<OffsetDateTime>| at.map(|it| zone.write(it));
    json!({
        "opens": write(opens),
        "closes": write(closes),
        "zone": zone.name(),
        "language": language,
    })
    .to_string()
}
