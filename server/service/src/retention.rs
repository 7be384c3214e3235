//! For how long what was given is kept, and its erasure on the day.
//!
//! A day of retention is a whole day: what is kept for `n` days is there on the `n`th day after
//! and gone on the next.

use crate::team::Actor;
use crate::{Result, Services, Zone};
use std::path::Path;
use store::{Due, Erased, Erasure, Retention, Tells, Wave, WaveState};
use time::{Date, Duration};

mod plan;

pub use plan::RetentionPlan;

/// Retention, reached through [`Services::retention`].
#[derive(Debug)]
pub struct Retentions<'a>(pub(crate) &'a Services);

/// What is due for one wave on one day. `ended_on` is the day on which the wave ended, if it has;
/// `drafts_days` is for waves that set nothing else.
fn due(days: &Retention, ended_on: Option<Date>, drafts_days: u16, today: Date) -> Due {
    let is_over = |days: Option<u16>| {
        let (Some(days), Some(ended_on)) = (days, ended_on) else {
            return false;
        };
        ended_on < before(today, days)
    };
    Due {
        contacts: is_over(days.contacts_days),
        answers: is_over(days.answers_days),
        drafts_before: before(today, days.drafts_days.unwrap_or(drafts_days)),
    }
}

fn before(today: Date, days: u16) -> Date {
    let days = Duration::days(i64::from(days));
    today.checked_sub(days).unwrap_or(Date::MIN)
}

impl Services {
    /// Erases what is due on a day, in every wave, and writes down how much it was. Doing it again on
    /// the same day, or after days on which it was not done, gives the same.
    ///
    /// # Errors
    /// [`crate::ServiceError::Unavailable`] if the database does not answer; what was not erased
    /// then is erased the next time.
    pub async fn retention_day(&self, today: Date) -> Result<Erased> {
        let mut all = Erased::default();
        for wave in self.store().waves().all().await? {
            let id = wave.id;
            let store = self.store().retention();
            let mut days = store.of(id).await?;
            let ended_on = ended_on(&wave, days.ended_on, today);
            if ended_on != days.ended_on {
                days.ended_on = ended_on;
                match store.set(id, days).await {
                    // A rehearsal that was removed since.
                    Err(store::StoreError::NotFound(_)) => continue,
                    set => set?,
                }
            }
            let due = due(&days, ended_on, self.inner.config.keep_drafts_days, today);
            let told = self.told(&wave, today);
            all += store.erase(id, due, today, told).await?;
        }
        let erased = all;
        if erased != Erased::default() {
            self.store().finish_erasing().await;
            tracing::info!(?erased, "erased what was due");
        }
        Ok(erased)
    }

    /// What the audit log is told of what one day erases of a wave.
    fn told(&self, wave: &Wave, today: Date) -> impl Tells<Erased> + use<> {
        let is_rehearsal = wave.rehearsal_of.is_some();
        let mut entry = Actor::program().entry(self.now(), plan::ERASED, &wave.slug);
        entry.study = Some(wave.study);
        move |erased: &Erased| {
            if *erased == Erased::default() || is_rehearsal {
                return None;
            }
            let told = plan::Told {
                day: today.to_string(),
                erased: *erased,
            };
            let mut entry = entry.clone();
            entry.after = serde_json::to_string(&told).ok();
            Some(entry)
        }
    }

    /// Writes a copy of a SQLite database, as it is at one moment, to a file that must not exist.
    ///
    /// # Errors
    /// [`crate::ServiceError::Refused`] if the database is Postgres, or there is such a file.
    pub async fn back_up(&self, to: &Path) -> Result<()> {
        Ok(self.store().back_up(to).await?)
    }

    /// Puts a copy in the place of a SQLite database that nobody has open. Opening it then erases
    /// again what was erased since the copy was made.
    ///
    /// # Errors
    /// [`crate::ServiceError::Refused`], with what to do instead.
    pub async fn restore(database_url: &str, from: &Path, replace: bool) -> Result<()> {
        Ok(store::restore(database_url, from, replace).await?)
    }

    /// What was erased so far: the ledger.
    ///
    /// # Errors
    /// [`crate::ServiceError::Unavailable`] if the database does not answer.
    pub async fn erasures(&self) -> Result<Vec<Erasure>> {
        Ok(self.store().retention().ledger().await?)
    }

    /// Erases again what a ledger says; says how many rows were still there.
    ///
    /// # Errors
    /// [`crate::ServiceError::Unavailable`] if the database does not answer.
    pub async fn replay_erasures(&self, ledger: Vec<Erasure>) -> Result<u64> {
        Ok(self.store().replay_erasures(ledger).await?)
    }
}

/// The day on which a wave ended: that of its closing if it has one, else the first on which it
/// was seen closed. `None` while it takes responses, or will.
fn ended_on(wave: &Wave, noted: Option<Date>, today: Date) -> Option<Date> {
    let zone = Zone::named(&wave.zone).unwrap_or_default();
    let closed_on = wave.closes_at.map(|it| zone.here(it).date());
    let closed_on = closed_on.filter(|it| *it <= today);
    match wave.state {
        WaveState::Draft => None,
        WaveState::Open => closed_on,
        WaveState::Closed => noted.or(closed_on).or(Some(today)),
    }
}

#[cfg(test)]
mod tests {
    use super::due;
    use proptest::prelude::*;
    use store::Retention;
    use time::macros::date;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        /// The same rule, said by counting days one by one.
        #[test]
        fn due_is_what_has_been_kept_for_its_days(
            contacts_days in prop::option::of(0..40_u16),
            answers_days in prop::option::of(0..40_u16),
            drafts_days in prop::option::of(0..40_u16),
            ended in prop::option::of(-50..10_i64),
        ) {
            let today = date!(2026 - 03 - 02);
            let day = |n: i64| today + time::Duration::days(n);
            let days = Retention { contacts_days, drafts_days, answers_days, ended_on: None };
            let due = due(&days, ended.map(day), 7, today);
            let is_over = |days: Option<u16>| match (days, ended) {
                (Some(days), Some(ended)) => -ended > i64::from(days),
                _ => false,
            };
            prop_assert_eq!(due.contacts, is_over(contacts_days));
            prop_assert_eq!(due.answers, is_over(answers_days));
            let last = -i64::from(drafts_days.unwrap_or(7));
            prop_assert!(day(last) >= due.drafts_before && day(last - 1) < due.drafts_before);
        }
    }
}
