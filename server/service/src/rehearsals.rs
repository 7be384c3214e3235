//! Rehearsals: the same questionnaire with made-up responses, to see what the figures will look like.
//! They live in a wave of their own, which nobody can answer and nothing counts together with the real
//! one; they are removed in one action.

use crate::team::{Design, May};
use crate::{Result, ServiceError, Services, ViewDashboard, WaveInfo};
use store::{Conflict, StoreError, Wave, WaveId, WaveState};

/// Rehearsals of waves, reached through [`Services::rehearsals`].
#[derive(Debug)]
pub struct Rehearsals<'a>(pub(crate) &'a Services);

impl Rehearsals<'_> {
    /// The rehearsal of a wave, if there is one.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn of(&self, wave: &WaveInfo) -> Result<Option<WaveInfo>> {
        match self.0.store().rehearsals().of(wave.id).await? {
            Some(found) => Ok(Some(self.0.waves().info(found).await?)),
            None => Ok(None),
        }
    }

    /// The rehearsal of a wave, which must exist.
    ///
    /// # Errors
    /// [`ServiceError::NoRehearsal`]
    pub async fn known(&self, wave: &WaveInfo) -> Result<WaveInfo> {
        self.of(wave)
            .await?
            .ok_or_else(|| ServiceError::NoRehearsal(wave.slug.clone()))
    }

    /// The rehearsal of a wave, created unless there is one. It is of the version that the wave
    /// fields now.
    ///
    /// # Errors
    /// [`ServiceError::IsRehearsal`] for a rehearsal; [`ServiceError::RehearsalOutdated`] if there
    /// is one that already has responses to another version.
    pub async fn ensure(&self, may: &May<Design>, wave: &WaveInfo) -> Result<WaveInfo> {
        may.must_hold(wave)?;
        if wave.is_rehearsal() {
            return Err(ServiceError::IsRehearsal);
        }
        let found = match self.of(wave).await? {
            Some(found) => found,
            None => {
                match self.create(wave).await {
                    // Another process was faster.
                    Ok(()) | Err(ServiceError::Taken(_)) => {}
                    Err(error) => return Err(error),
                }
                self.known(wave).await?
            }
        };
        if found.version == wave.version {
            return Ok(found);
        }
        let waves = self.0.store().waves();
        match waves.set_version(found.id, wave.version, None).await {
            Ok(()) => self.known(wave).await,
            Err(StoreError::Conflict(Conflict::WaveBegun)) => Err(ServiceError::RehearsalOutdated),
            Err(error) => Err(error.into()),
        }
    }

    /// How many responses a rehearsal has.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn n_responses(&self, rehearsal: &WaveInfo) -> Result<u64> {
        Ok(self.0.store().responses().count(rehearsal.id).await?)
    }

    /// Removes the rehearsal of a wave with everything in it, and says how many responses it had;
    /// `None` if there was none. Whoever watches it is told that it is gone.
    ///
    /// # Errors
    /// [`ServiceError::UnknownWave`] if the wave is of another study.
    pub async fn remove(&self, may: &May<Design>, wave: &WaveInfo) -> Result<Option<u64>> {
        may.must_hold(wave)?;
        let entry = may.entry(self.0.now(), "rehearsal.remove", &wave.slug);
        let rehearsals = self.0.store().rehearsals();
        Ok(rehearsals.remove(wave.id, entry).await?)
    }

    /// The same for whoever has the link of the wave's dashboard: made-up responses are all that goes, and
    /// nobody is known who could stand in the audit log.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn remove_by_link(&self, right: ViewDashboard) -> Result<Option<u64>> {
        let untold = |_: &u64| None;
        let rehearsals = self.0.store().rehearsals();
        Ok(rehearsals.remove(right.wave(), untold).await?)
    }

    /// The rehearsal of the wave of this name, and the right to see its results, for whoever has
    /// the rehearsal's own key. It opens nothing else. `None` is to be answered exactly as if there
    /// were no such wave.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn enter(&self, wave: &str, key: &str) -> Result<Option<(WaveInfo, ViewDashboard)>> {
        let Some(wave) = self.0.waves().by_slug(wave).await? else {
            return Ok(None);
        };
        let Some(rehearsal) = self.of(&wave).await? else {
            return Ok(None);
        };
        let right = self.0.right_to(&rehearsal, key);
        Ok(right.map(|right| (rehearsal, right)))
    }

    async fn create(&self, wave: &WaveInfo) -> Result<()> {
        let store = self.0.store();
        let of = store
            .waves()
            .by_id(wave.id)
            .await?
            .ok_or(ServiceError::WaveGone)?;
        let now = self.0.now();
        let rehearsal = Wave {
            id: WaveId(self.0.chance().uuid_v7(now)?),
            // No other wave's name may hold a `/`.
            slug: format!("{}/rehearsal", of.slug),
            study: of.study,
            version: of.version,
            state: WaveState::Closed,
            opens_at: None,
            closes_at: None,
            anonymous: true,
            created_at: now,
            rehearsal_of: Some(of.id),
            access: store::Access::Open,
            max_responses: None,
            zone: of.zone,
            language: of.language,
            rehearses_save: None,
            // Nobody comes to a rehearsal.
            closing_message: None,
        };
        Ok(store.waves().create(rehearsal).await?)
    }
}
