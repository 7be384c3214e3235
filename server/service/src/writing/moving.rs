//! Waves that ask a new version, and whoever is answering them meanwhile.

use super::{PublishedNow, Writing};
use crate::respond::Stored;
use crate::team::{Design, May};
use crate::{Fielding, Result, ServiceError};
use questionnaire::carry;
use serde_json::json;
use std::sync::Arc;
use store::{Conflict, DraftAt, StoreError, VersionId, Wave, WaveId, WaveState};

/// How many drafts are read at a time.
const PAGE: u64 = 200;

/// A wave, to an organiser who is about to publish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaveStands {
    /// Its name.
    pub slug: String,
    /// Whether it takes responses.
    pub fielding: Fielding,
    /// The number of the version that it asks.
    pub number: i32,
    /// How many responses it has.
    pub n_responses: u64,
    /// How many people are answering.
    pub n_answering: u64,
    /// What a new version means for it.
    pub fate: Fate,
}

/// What a new version means for a wave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Nobody has begun: it asks the new version.
    Follows,
    /// People have begun: it keeps its version unless the organiser says otherwise.
    MayFollow,
    /// It is closed, and keeps what was answered.
    Keeps,
}

impl Writing<'_> {
    /// The waves of the study, and what a new version would mean for each; rehearsals left out.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn waves(&self, may: &May<Design>) -> Result<Vec<WaveStands>> {
        let store = self.0.store();
        let versions = store.versions().of_study(may.id()).await?;
        let mut all = Vec::new();
        for wave in store.waves().of_study(may.id()).await? {
            let n_responses = store.responses().count(wave.id).await?;
            let progress = store.drafts().progress(wave.id).await?;
            let answering = progress.n_opened.saturating_sub(progress.n_submitted);
            let n_answering = u64::try_from(answering).unwrap_or_default();
            let number = versions.iter().find(|it| it.id == wave.version);
            let is_begun = n_responses > 0 || progress.n_opened > 0;
            let is_closed = wave.state == WaveState::Closed;
            all.push(WaveStands {
                number: number.map_or(0, |it| it.number),
                n_responses,
                n_answering,
                fate: match (is_begun, is_closed) {
                    (false, _) => Fate::Follows,
                    (true, false) => Fate::MayFollow,
                    (true, true) => Fate::Keeps,
                },
                slug: wave.slug.clone(),
                fielding: self.0.waves().info(wave).await?.fielding,
            });
        }
        Ok(all)
    }

    /// Lets a wave ask a version, if nobody has begun or the organiser says so.
    pub(super) async fn field(
        &self,
        may: &May<Design>,
        wave: Wave,
        version: VersionId,
        moving: &[String],
        now: &mut PublishedNow,
    ) -> Result<()> {
        let waves = self.0.store().waves();
        let mut entry = may.entry(self.0.now(), "wave.version", wave.slug.as_str());
        entry.after = Some(json!({ "version": now.number }).to_string());
        let set = waves.set_version(wave.id, version, Some(entry.clone()));
        match set.await {
            Ok(()) => {}
            Err(StoreError::Conflict(Conflict::WaveBegun)) => {
                if wave.state == WaveState::Closed || !moving.contains(&wave.slug) {
                    now.kept.push(wave.slug);
                    return Ok(());
                }
                waves.move_on(wave.id, version, entry).await?;
                let (n_carried, n_stayed) = self.carry(wave.id, version).await?;
                now.n_carried += n_carried;
                now.n_stayed += n_stayed;
            }
            Err(error) => return Err(error.into()),
        }
        // Whoever watches comes back to tables of all its versions.
        self.0.inner.hub.leave(wave.id);
        now.moved.push(wave.slug);
        Ok(())
    }

    /// Lets everybody who is answering a wave, and for whom that is safe, go on with a version; how many do, and how many do
    /// not.
    ///
    /// Whoever several people answer for stays: pages were handed over as they are.
    async fn carry(&self, wave: WaveId, version: VersionId) -> Result<(u64, u64)> {
        let store = self.0.store();
        let instruments = &self.0.inner.instruments;
        let new = instruments.of(store, version).await?;
        let (mut n_carried, mut n_stayed) = (0, 0);
        let mut after = None;
        loop {
            let drafts = store.drafts();
            let page = drafts.in_other_version(wave, version, after, PAGE).await?;
            let Some(last) = page.last() else {
                return Ok((n_carried, n_stayed));
            };
            after = Some(last.id);
            for draft in page {
                let mut stored: Stored = serde_json::from_str(&draft.sheet)
                    .map_err(|error| ServiceError::unreadable("draft", error.to_string()))?;
                let old = instruments.of(store, draft.version).await?;
                if old.reads_today() || new.reads_today() {
                    // Both write days as ISO 8601 does.
                    stored.sheet.meta.today = self.0.today().to_string().parse().ok();
                }
                let new = Arc::clone(&new);
                let is_shared = stored.together.is_some();
                let decide = move || !is_shared && carry(&old, &new, &stored.sheet).is_ok();
                let at = DraftAt {
                    id: draft.id,
                    revision: draft.revision,
                };
                // Somebody who saves at this very moment stays with what they have before them.
                if self.proving(decide).await? && drafts.carry(at, version).await? {
                    n_carried += 1;
                } else {
                    n_stayed += 1;
                }
            }
        }
    }
}
