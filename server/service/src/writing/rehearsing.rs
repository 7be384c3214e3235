//! Rehearsing what is being written: made-up people answer the latest save, published or not, and the real
//! dashboards show what comes of it. A study has one such rehearsal; it goes as a whole.

use super::Writing;
use super::publishing::compiled;
use crate::chance::Chance;
use crate::import::fit;
use crate::sheets::response_of;
use crate::team::{Design, May};
use crate::{Result, ServiceError, ViewDashboard, WaveInfo};
use proof::{Budget, Drawing};
use questionnaire::{Engine, Sheet};
use serde_json::json;
use std::sync::Arc;
use store::{Access, NewRehearsal, Response, ResponseId, VersionId, Wave, WaveId, WaveState};
use time::OffsetDateTime;

/// Who is made up for a rehearsal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MadeUp {
    /// A few people who go together through everything that can be gone through.
    Cover,
    /// So many people, drawn at random.
    Drawn(u16),
}

impl MadeUp {
    /// How many people are drawn at most.
    pub const MOST: u16 = 1_000;
}

/// The rehearsal of a study's working version.
#[derive(Debug, Clone)]
pub struct Rehearsed {
    /// Its wave, which nobody can answer.
    pub wave: WaveInfo,
    /// The save that it rehearses; 0 for what was published and nobody has saved since.
    pub save: i64,
    /// When it was made.
    pub at: OffsetDateTime,
    /// How many made-up responses it has.
    pub n_responses: u64,
}

impl Writing<'_> {
    /// The rehearsal of the working version, if there is one, and the right to see its results: it is for those
    /// who write.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn rehearsed(&self, may: &May<Design>) -> Result<Option<(Rehearsed, ViewDashboard)>> {
        let store = self.0.store();
        let Some(found) = store.rehearsals().of_study(may.id()).await? else {
            return Ok(None);
        };
        let (save, at) = (found.rehearses_save.unwrap_or_default(), found.created_at);
        let wave = self.0.waves().info(found).await?;
        let right = ViewDashboard::to(&wave);
        let rehearsed = Rehearsed {
            save,
            at,
            n_responses: store.responses().count(wave.id).await?,
            wave,
        };
        Ok(Some((rehearsed, right)))
    }

    /// Makes people up who answer the latest save; they take the place of those of the former rehearsal. No wave
    /// that people answer knows of it. Says of which save it is and how many responses there are.
    ///
    /// # Errors
    /// [`ServiceError::RehearsalSize`]; [`ServiceError::UnsoundQuestionnaire`] if the compiler finds errors;
    /// [`ServiceError::NobodyToRehearse`] if nobody can come to the end.
    pub async fn rehearse(&self, may: &May<Design>, who: MadeUp) -> Result<(i64, usize)> {
        if matches!(who, MadeUp::Drawn(n) if n == 0 || n > MadeUp::MOST) {
            return Err(ServiceError::RehearsalSize);
        }
        let working = self.open(may).await?;
        let engine = Arc::new(compiled(&working.source)?);
        let (store, chance, now) = (self.0.store(), self.0.chance(), self.0.now());
        let version = VersionId(chance.uuid_v7(now)?);
        let cover = match who {
            MadeUp::Cover => Some(self.people(&working.source).await?),
            MadeUp::Drawn(_) => None,
        };
        let seed = u64::from_le_bytes(chance.bytes()?);
        let (asking, drawing) = (Arc::clone(&engine), chance.clone());
        let responses = self.proving(move || {
            let sheets = match (who, &cover) {
                (MadeUp::Drawn(n), _) => drawn(&asking, n, seed),
                (MadeUp::Cover, Some(people)) => {
                    fitting(&asking, people.sheets.iter().cloned()).collect()
                }
                (MadeUp::Cover, None) => Vec::new(),
            };
            stored(sheets, version, &drawing)
        });
        let responses = responses.await??;
        if responses.is_empty() {
            return Err(ServiceError::NobodyToRehearse);
        }
        let (n, save) = (responses.len(), working.revision);
        let id = WaveId(chance.uuid_v7(now)?);
        let wave = Wave {
            id,
            // No other wave's name may hold a `/`, and that of a wave's rehearsal ends otherwise.
            slug: format!("{}/working", may.study().slug),
            study: may.id(),
            version,
            state: WaveState::Closed,
            opens_at: None,
            closes_at: None,
            anonymous: true,
            created_at: now,
            rehearsal_of: Some(id),
            access: Access::Open,
            max_responses: None,
            zone: crate::Zone::default().name().to_owned(),
            language: None,
            rehearses_save: Some(save),
            closing_message: None,
        };
        let new = NewRehearsal {
            wave,
            source: working.source,
            content_hash: engine.instrument.hash.clone(),
            responses,
        };
        let entry = may.entry(now, "rehearsal.begin", may.study().slug.as_str());
        let told = move |before: &Option<u64>| {
            let mut entry = entry.clone();
            entry.before = before.map(|n| json!({ "answers": n }).to_string());
            let after = json!({ "answers": n, "save": save });
            entry.after = Some(after.to_string());
            Some(entry)
        };
        let before = store.rehearsals().of_study(may.id()).await?;
        store.rehearsals().rehearse(new, told).await?;
        let instruments = &self.0.inner.instruments;
        if let Some(before) = before {
            instruments.forget(before.version);
        }
        instruments.keep_shared(version, engine);
        Ok((save, n))
    }

    /// Removes the rehearsal of the working version with everything in it, and says how many responses it had;
    /// `None` if there was none. Whoever watches it is told that it is gone.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn remove_rehearsal(&self, may: &May<Design>) -> Result<Option<u64>> {
        let rehearsals = self.0.store().rehearsals();
        let before = rehearsals.of_study(may.id()).await?;
        let entry = may.entry(self.0.now(), "rehearsal.remove", may.study().slug.as_str());
        let told = move |n: &u64| {
            let mut entry = entry.clone();
            entry.before = Some(json!({ "answers": n }).to_string());
            Some(entry)
        };
        let removed = rehearsals.remove_of_study(may.id(), told).await?;
        if let Some(before) = before {
            self.0.inner.instruments.forget(before.version);
        }
        Ok(removed)
    }
}

/// So many people drawn at random who come to the end; fewer where chance finds none.
fn drawn(engine: &Engine, n: u16, seed: u64) -> Vec<Sheet> {
    /// Of so many drawn for one that is wanted.
    const ATTEMPTS: u64 = 3;
    if proof::prove(engine, &Budget::default()).can_be_completed() == Some(false) {
        return Vec::new();
    }
    let drawing = Drawing::new(engine, seed);
    let all = (0..u64::from(n) * ATTEMPTS).map(|nth| drawing.sheet(nth));
    fitting(engine, all).take(usize::from(n)).collect()
}

/// The sheets that the questionnaire takes, as it takes them.
fn fitting<'a>(
    engine: &'a Engine,
    sheets: impl Iterator<Item = Sheet> + 'a,
) -> impl Iterator<Item = Sheet> + 'a {
    sheets.filter_map(move |it| fit(engine, it).ok().map(|(sheet, _)| sheet))
}

fn stored(sheets: Vec<Sheet>, version: VersionId, chance: &Chance) -> Result<Vec<Response>> {
    let response = |mut sheet: Sheet| {
        sheet.meta.id = None;
        response_of(ResponseId(chance.uuid_v4()?), version, sheet)
    };
    sheets.into_iter().map(response).collect()
}
