//! Which responses count: an analyst sets some aside, with a reason, and may take them back.

use crate::sheets::sheet_of;
use crate::team::{self, May};
use crate::{Access, Result, ServiceError, Services, ViewDashboard, WaveInfo};
use questionnaire::SlotState;
use serde_json::json;
use std::collections::BTreeMap;
use store::{ResponseId, SetAside};

/// Admissibility, reached through [`Services::admissibility`].
#[derive(Debug)]
pub struct Admissibility<'a>(pub(crate) &'a Services);

/// How many responses a wave has, and how many of them are not counted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Admitted {
    /// All that are stored.
    pub n_received: u64,
    /// Those set aside.
    pub n_set_aside: u64,
    /// For which reasons, the most frequent first.
    pub reasons: Vec<(String, u64)>,
    /// Those that their respondents have withdrawn; they are not stored any more.
    pub n_withdrawn: u64,
    /// How many people were asked to answer, where only they can.
    pub n_invited: Option<u64>,
}

/// A response as it is judged: how complete it is, not what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// Its random key.
    pub id: ResponseId,
    /// How many questions it was asked.
    pub n_asked: u64,
    /// How many of these it answers; not knowing is an answer.
    pub n_answered: u64,
    /// Why it is set aside, if it is.
    pub reason: Option<String>,
}

/// A response in the audit log: by its random key, which leads to nobody.
fn subject(wave: &WaveInfo, id: ResponseId) -> String {
    format!("{} {id}", wave.slug)
}

impl Admissibility<'_> {
    /// Sets a response aside: it is kept, and left out of tallies and exports. Another reason
    /// replaces the first. Live results follow at once.
    ///
    /// # Errors
    /// [`ServiceError::UnknownResponse`]; [`ServiceError::ReasonNeeded`] if the reason says
    /// nothing; [`ServiceError::UnknownWave`] if the wave is of another study.
    pub async fn set_aside(
        &self,
        may: &May<team::SetAside>,
        wave: &WaveInfo,
        id: ResponseId,
        reason: &str,
    ) -> Result<()> {
        may.must_hold(wave)?;
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(ServiceError::ReasonNeeded);
        }
        let mut entry = may.entry(self.0.now(), "response.set_aside", subject(wave, id));
        entry.after = Some(json!({ "reason": reason }).to_string());
        let store = self.0.store().admissibility();
        match store.set_aside(wave.id, id, reason, entry).await? {
            true => Ok(()),
            false => Err(ServiceError::UnknownResponse),
        }
    }

    /// Counts a response again. `false` if it was not set aside.
    ///
    /// # Errors
    /// [`ServiceError::UnknownWave`] if the wave is of another study.
    pub async fn take_back(
        &self,
        may: &May<team::SetAside>,
        wave: &WaveInfo,
        id: ResponseId,
    ) -> Result<bool> {
        may.must_hold(wave)?;
        let entry = may.entry(self.0.now(), "response.take_back", subject(wave, id));
        let store = self.0.store().admissibility();
        Ok(store.take_back(wave.id, id, entry).await?)
    }

    /// The responses after one, in the order of their random identifiers: nothing of what they say, and
    /// nothing of when they came.
    ///
    /// # Errors
    /// [`ServiceError::UnknownWave`] if the wave is of another study.
    pub async fn judged(
        &self,
        may: &May<team::SetAside>,
        wave: &WaveInfo,
        after: Option<ResponseId>,
        most: u64,
    ) -> Result<Vec<Judged>> {
        may.must_hold(wave)?;
        let store = self.0.store();
        let aside = store.admissibility().of_wave(wave.id).await?;
        let mut reasons: BTreeMap<_, _> = aside
            .into_iter()
            .map(|it| (it.response.0, it.reason))
            .collect();
        let mut all = Vec::new();
        for response in store.responses().page(wave.id, after, most).await? {
            let engine = self.0.inner.instruments.of(store, response.version).await?;
            let loaded = engine.load(&sheet_of(&response)?);
            // What the sample says of somebody, nobody was asked.
            let is_asked = |slot: u32| {
                let slot = engine.layout.slots().get(slot as usize);
                slot.is_some_and(|it| !engine.instrument.is_frame(it.item))
            };
            let slots = loaded.evaluation.slots().filter(|it| is_asked(it.0));
            let states = slots.map(|it| it.1);
            let (mut n_asked, mut n_answered) = (0, 0);
            for state in states.filter(|it| *it != SlotState::NotAsked) {
                n_asked += 1;
                n_answered += u64::from(!matches!(
                    state,
                    SlotState::NoAnswer | SlotState::NotReached
                ));
            }
            all.push(Judged {
                id: response.id,
                n_asked,
                n_answered,
                reason: reasons.remove(&response.id.0),
            });
        }
        Ok(all)
    }

    /// The responses set aside, in the order of their random identifiers.
    ///
    /// # Errors
    /// [`ServiceError::UnknownWave`] if the wave is of another study.
    pub async fn list(&self, may: &May<team::SetAside>, wave: &WaveInfo) -> Result<Vec<SetAside>> {
        may.must_hold(wave)?;
        Ok(self.0.store().admissibility().of_wave(wave.id).await?)
    }

    /// How many responses a wave has, and why some are not counted, for whoever may see its results.
    ///
    /// # Errors
    /// [`ServiceError::UnknownWave`] if the right is to another wave's.
    pub async fn admitted(&self, right: ViewDashboard, wave: &WaveInfo) -> Result<Admitted> {
        if right.wave() != wave.id {
            return Err(ServiceError::UnknownWave(wave.slug.clone()));
        }
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for it in self.0.store().admissibility().of_wave(wave.id).await? {
            *counts.entry(it.reason).or_default() += 1;
        }
        let n_set_aside = counts.values().sum();
        let mut reasons: Vec<_> = counts.into_iter().collect();
        reasons.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        let n_withdrawn = self.0.store().rights().n_withdrawn(wave.id).await?;
        let n_invited = match wave.access {
            Access::Invitation => Some(self.0.store().samples().n_units(wave.id).await?),
            Access::Open | Access::Both => None,
        };
        Ok(Admitted {
            n_invited,
            n_received: self.0.store().responses().count(wave.id).await?,
            n_set_aside,
            reasons,
            n_withdrawn: u64::try_from(n_withdrawn).unwrap_or_default(),
        })
    }
}
