use super::audit::Audited;
use super::versions::REHEARSED;
use super::waves::{insert, locked_wave};
use crate::entity::{
    arrivals, change_log, contact, draft, idempotency, questionnaire_version, response, study,
    wave, wave_revision,
};
use crate::write::{Tx, Write, in_utc};
use crate::{
    Conflict, NewRehearsal, Result, Revision, Store, StoreError, StudyId, Tells, Wave, WaveId,
    WaveState,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

/// How many responses are put in at a time: SQLite binds no more than some thousand values at once.
const AT_ONCE: usize = 500;

/// Rehearsals, reached through [`Store::rehearsals`]. A rehearsal is a wave of its own that points to
/// the wave it rehearses; [`Waves`](crate::Waves) creates it and, but for its key, never finds it.
/// That of a study's working version points to itself, and comes and goes with its responses.
#[derive(Debug)]
pub struct Rehearsals<'a>(pub(crate) &'a Store);

impl Rehearsals<'_> {
    /// The rehearsal of a wave.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn of(&self, wave: WaveId) -> Result<Option<Wave>> {
        let found = wave::Entity::find()
            .filter(wave::COLUMN.rehearsal_of.eq(wave))
            .filter(wave::COLUMN.id.ne(wave))
            .one(self.0.db())
            .await?;
        Ok(found.map(Wave::from))
    }

    /// The rehearsal of a study's working version.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn of_study(&self, study: StudyId) -> Result<Option<Wave>> {
        let found = of_study(study).one(self.0.db()).await?;
        Ok(found.map(Wave::from))
    }

    /// Rehearses a save of a study's working version: with all its responses at once, in the place of the
    /// rehearsal that there was. Whoever watches that is told. The audit log is told how many responses it had;
    /// `None` if there was none.
    ///
    /// # Errors
    /// [`Conflict::IsRehearsal`] if the wave does not point to itself, is not closed, or says no save;
    /// [`StoreError::NotFound`] if there is no such study.
    pub async fn rehearse(&self, new: NewRehearsal, told: impl Tells<Option<u64>>) -> Result<()> {
        let told = move |before: &Option<(WaveId, u64)>| {
            told.tell(&before.map(|(_, n_responses)| n_responses))
        };
        let before = self.0.write(Audited::new(Rehearse(new), told)).await?;
        if let Some((wave, _)) = before {
            self.0.inner.feed.close(wave);
        }
        Ok(())
    }

    /// Removes the rehearsal of a study's working version, all or nothing, with the text that it asked. Says how
    /// many responses it had; `None`, and nothing is written, if there was none.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is no such study.
    pub async fn remove_of_study(
        &self,
        study: StudyId,
        told: impl Tells<u64>,
    ) -> Result<Option<u64>> {
        let told = move |removed: &Option<(WaveId, u64)>| {
            let (_, n_responses) = removed.as_ref()?;
            told.tell(n_responses)
        };
        let command = Audited::new(RemoveOfStudy { study }, told);
        let Some((rehearsal, n_responses)) = self.0.write(command).await? else {
            return Ok(None);
        };
        self.0.inner.feed.close(rehearsal);
        Ok(Some(n_responses))
    }

    /// Removes the rehearsal of a wave with everything that belongs to it, all or nothing. Says how
    /// many responses it had; `None`, and nothing is written, if there was no rehearsal. Whoever watches
    /// it is told.
    ///
    /// # Errors
    /// [`StoreError::NotFound`](crate::StoreError::NotFound) if there is no such wave.
    pub async fn remove(&self, of: WaveId, told: impl Tells<u64>) -> Result<Option<u64>> {
        let told = move |removed: &Option<(WaveId, u64)>| {
            let (_, n_responses) = removed.as_ref()?;
            told.tell(n_responses)
        };
        let command = Audited::new(Remove { of }, told);
        let Some((rehearsal, n_responses)) = self.0.write(command).await? else {
            return Ok(None);
        };
        self.0.inner.feed.close(rehearsal);
        Ok(Some(n_responses))
    }
}

/// The rehearsal of a study's working version.
fn of_study(study: StudyId) -> sea_orm::Select<wave::Entity> {
    wave::Entity::find()
        .filter(wave::COLUMN.study_id.eq(study))
        .filter(wave::COLUMN.rehearses_save.is_not_null())
}

struct Remove {
    of: WaveId,
}

impl Write for Remove {
    type Output = Option<(WaveId, u64)>;

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<Self::Output> {
        locked_wave(tx, self.of).await?;
        // Whoever stores a response share-locks the wave first, so none arrives in between.
        let rehearsal = wave::Entity::find()
            .filter(wave::COLUMN.rehearsal_of.eq(self.of))
            .filter(wave::COLUMN.id.ne(self.of))
            .lock_exclusive()
            .one(tx.db)
            .await?;
        match rehearsal {
            None => Ok(None),
            Some(it) => Ok(Some((it.id, clear(tx, it.id).await?))),
        }
    }
}

struct RemoveOfStudy {
    study: StudyId,
}

impl Write for RemoveOfStudy {
    type Output = Option<(WaveId, u64)>;

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<Self::Output> {
        // Locking the study makes those who rehearse and remove at once do so one after the other.
        study::Entity::find_by_id(self.study)
            .lock_exclusive()
            .one(tx.db)
            .await?
            .ok_or(StoreError::NotFound("study"))?;
        let rehearsal = of_study(self.study).lock_exclusive().one(tx.db).await?;
        let Some(wave::Model { id, .. }) = rehearsal else {
            return Ok(None);
        };
        let n_responses = clear(tx, id).await?;
        questionnaire_version::Entity::delete_many()
            .filter(questionnaire_version::COLUMN.study_id.eq(self.study))
            .filter(questionnaire_version::COLUMN.number.eq(REHEARSED))
            .exec(tx.db)
            .await?;
        Ok(Some((id, n_responses)))
    }
}

struct Rehearse(NewRehearsal);

impl Write for Rehearse {
    type Output = Option<(WaveId, u64)>;

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<Self::Output> {
        let NewRehearsal {
            wave,
            source,
            content_hash,
            responses,
        } = &self.0;
        let is_of_itself = wave.rehearsal_of == Some(wave.id) && wave.rehearses_save.is_some();
        if !is_of_itself || wave.state != WaveState::Closed {
            return Err(Conflict::IsRehearsal.into());
        }
        let before = RemoveOfStudy { study: wave.study }.apply(tx).await?;
        questionnaire_version::Entity::insert(questionnaire_version::ActiveModel {
            id: Set(wave.version),
            study_id: Set(wave.study),
            number: Set(REHEARSED),
            // A version with the same content may be published, before or after.
            content_hash: Set(format!("rehearsal {content_hash}")),
            source: Set(source.clone()),
            created_at: Set(in_utc(wave.created_at)),
        })
        .exec_without_returning(tx.db)
        .await?;
        let n_responses = i64::try_from(responses.len()).unwrap_or(i64::MAX);
        insert(tx, wave, Revision(n_responses)).await?;
        for some in responses.chunks(AT_ONCE) {
            let rows = some.iter().map(|it| response::ActiveModel {
                wave_id: Set(wave.id),
                id: Set(it.id),
                version_id: Set(it.version),
                sheet: Set(it.sheet.clone()),
                content_hash: Set(it.content_hash.clone()),
            });
            response::Entity::insert_many(rows)
                .exec_without_returning(tx.db)
                .await?;
        }
        tx.announce(wave.id).await?;
        Ok(before)
    }
}

/// Removes a wave with everything in it, and says how many responses it had.
async fn clear(tx: &Tx<'_>, id: WaveId) -> Result<u64> {
    // What points to something goes before it.
    contact::Entity::delete_many()
        .filter(contact::COLUMN.wave_id.eq(id))
        .exec(tx.db)
        .await?;
    draft::Entity::delete_many()
        .filter(draft::COLUMN.wave_id.eq(id))
        .exec(tx.db)
        .await?;
    idempotency::Entity::delete_many()
        .filter(idempotency::COLUMN.wave_id.eq(id))
        .exec(tx.db)
        .await?;
    change_log::Entity::delete_many()
        .filter(change_log::COLUMN.wave_id.eq(id))
        .exec(tx.db)
        .await?;
    arrivals::Entity::delete_many()
        .filter(arrivals::COLUMN.wave_id.eq(id))
        .exec(tx.db)
        .await?;
    let responses = response::Entity::delete_many()
        .filter(response::COLUMN.wave_id.eq(id))
        .exec(tx.db)
        .await?;
    wave_revision::Entity::delete_by_id(id).exec(tx.db).await?;
    wave::Entity::delete_by_id(id).exec(tx.db).await?;
    tx.announce(id).await?;
    Ok(responses.rows_affected)
}
