use super::audit::Audited;
use super::waves::locked_wave;
use crate::entity::{
    arrivals, change_log, contact, draft, idempotency, response, wave, wave_revision,
};
use crate::write::{Tx, Write};
use crate::{Result, Store, Tells, Wave, WaveId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

/// Rehearsals, reached through [`Store::rehearsals`]. A rehearsal is a wave of its own that points to
/// the wave it rehearses; [`Waves`](crate::Waves) creates it and, but for its key, never finds it.
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
            .one(self.0.db())
            .await?;
        Ok(found.map(Wave::from))
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
            .lock_exclusive()
            .one(tx.db)
            .await?;
        let Some(wave::Model { id, .. }) = rehearsal else {
            return Ok(None);
        };
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
        Ok(Some((id, responses.rows_affected)))
    }
}
