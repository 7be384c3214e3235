//! What a wave's days come to: when they erase, what they would erase at once, what they have erased.

use super::{Retentions, due, ended_on};
use crate::team::{Field, May};
use crate::{Result, ServiceError, WaveInfo, Zone};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Erased, Retention, WaveState};
use time::{Date, Duration};

/// A wave's days of retention, and what they come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionPlan {
    /// The days, as they are set.
    pub days: Retention,
    /// For how many days drafts are kept, set or usual.
    pub drafts_days: u16,
    /// The day on which the wave ended, or will by its date.
    pub ends_on: Option<Date>,
    /// Whether it has ended.
    pub has_ended: bool,
    /// The day on which this is said.
    pub today: Date,
    /// The day on which contact details and addresses of the sample go, if it is known.
    pub contacts_on: Option<Date>,
    /// The day on which responses go, if it is known.
    pub answers_on: Option<Date>,
    /// What went so far, the latest day first.
    pub erased: Vec<(Date, Erased)>,
}

/// What one day of retention erased, as the audit log keeps it.
#[derive(Serialize, Deserialize)]
pub(super) struct Told {
    pub(super) day: String,
    #[serde(flatten)]
    pub(super) erased: Erased,
}

/// How the audit log calls it.
pub(super) const ERASED: &str = "wave.erased";

impl Retentions<'_> {
    /// A wave's days, and what they come to.
    ///
    /// # Errors
    /// [`ServiceError::UnknownWave`] if it is of another study.
    pub async fn plan(&self, may: &May<Field>, wave: &WaveInfo) -> Result<RetentionPlan> {
        may.must_hold(wave)?;
        let store = self.0.store();
        let days = store.retention().of(wave.id).await?;
        let stored = store.waves().by_id(wave.id).await?;
        let stored = stored.ok_or_else(|| ServiceError::UnknownWave(wave.slug.clone()))?;
        let ended_on = ended_on(&stored, days.ended_on, self.0.today());
        // One that was closed by hand and opened again may still have a date before it.
        let zone = Zone::named(&stored.zone).unwrap_or_default();
        let will_end = stored.closes_at.map(|it| zone.here(it).date());
        let will_end = will_end.filter(|_| stored.state != WaveState::Closed);
        let ends_on = ended_on.or(will_end);
        let goes_on = |days: Option<u16>| {
            // Kept for n days is there on the nth day after, and gone on the next.
            let kept = Duration::days(i64::from(days?) + 1);
            ends_on?.checked_add(kept)
        };
        let told = store
            .audit()
            .about(may.id(), ERASED, &wave.slug, 100)
            .await?;
        let told = told.into_iter().filter_map(|it| {
            let told: Told = serde_json::from_str(&it.after?).ok()?;
            Some((day(&told.day)?, told.erased))
        });
        Ok(RetentionPlan {
            drafts_days: days.drafts_days.unwrap_or(self.usual()),
            ends_on,
            has_ended: ended_on.is_some(),
            today: self.0.today(),
            contacts_on: goes_on(days.contacts_days),
            answers_on: goes_on(days.answers_days),
            erased: told.collect(),
            days,
        })
    }

    /// For how many days drafts of a wave are kept for which nothing is set.
    #[must_use]
    pub fn usual(&self) -> u16 {
        self.0.inner.config.keep_drafts_days
    }

    /// What other days would erase at once, for good.
    ///
    /// # Errors
    /// [`ServiceError::UnknownWave`] if it is of another study.
    pub async fn would_erase(
        &self,
        may: &May<Field>,
        wave: &WaveInfo,
        days: Retention,
    ) -> Result<Erased> {
        may.must_hold(wave)?;
        let (store, today) = (self.0.store(), self.0.today());
        let stored = store.waves().by_id(wave.id).await?;
        let stored = stored.ok_or_else(|| ServiceError::UnknownWave(wave.slug.clone()))?;
        let noted = store.retention().of(wave.id).await?.ended_on;
        let due = due(&days, ended_on(&stored, noted, today), self.usual(), today);
        let mut erased = Erased {
            n_drafts: store
                .retention()
                .n_drafts(wave.id, due.drafts_before)
                .await?,
            ..Erased::default()
        };
        if due.contacts {
            let units = store.samples().of_wave(wave.id).await?;
            let n_addresses = units.iter().filter(|it| it.email.is_some()).count();
            let n_contacts = store.contacts().of_wave(wave.id).await?.len();
            erased.n_contacts = (n_contacts + n_addresses) as u64;
        }
        if due.answers {
            erased.n_answers = store.responses().count(wave.id).await?;
        }
        Ok(erased)
    }

    /// Sets a wave's days; when it ended stays as it was noted.
    ///
    /// # Errors
    /// [`ServiceError::UnknownWave`] if it is of another study.
    pub async fn set(&self, may: &May<Field>, wave: &WaveInfo, days: Retention) -> Result<()> {
        may.must_hold(wave)?;
        let store = self.0.store().retention();
        let before = store.of(wave.id).await?;
        let words = |it: &Retention| {
            let days = (it.contacts_days, it.drafts_days, it.answers_days);
            json!({ "contacts": days.0, "drafts": days.1, "answers": days.2 }).to_string()
        };
        let mut entry = may.entry(self.0.now(), "wave.retention", &wave.slug);
        (entry.before, entry.after) = (Some(words(&before)), Some(words(&days)));
        Ok(store.settle(wave.id, days, entry).await?)
    }
}

fn day(iso: &str) -> Option<Date> {
    Date::parse(iso, &time::format_description::well_known::Iso8601::DATE).ok()
}
