use super::submit::Submit;
use crate::entity::{arrivals, change_log, idempotency, response, wave_revision};
use crate::write::{Tx, Write};
use crate::{
    Arrival, Change, ChangeKind, Changes, Response, ResponseId, Result, Revision, Store,
    StoreError, Submission, Submitted, VersionId, WaveId,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use std::collections::HashMap;
use time::Date;

/// Databases bound the number of parameters of one query.
const CHUNK: usize = 500;

/// Responses and their change log, reached through [`Store::responses`].
#[derive(Debug)]
pub struct Responses<'a>(pub(crate) &'a Store);

impl Responses<'_> {
    /// Stores a response, once: the same key with the same body, or the same id with the same
    /// content, is answered as before and adds nothing.
    ///
    /// # Errors
    /// [`Conflict::KeyReused`](crate::Conflict::KeyReused) if the idempotency key was used for
    /// another body, [`Conflict::ResponseExists`](crate::Conflict::ResponseExists) if the id is
    /// stored with other content, [`Conflict::WaveNotOpen`](crate::Conflict::WaveNotOpen),
    /// [`Conflict::DraftSubmitted`](crate::Conflict::DraftSubmitted), [`StoreError::Stale`] if
    /// the draft was saved since it was read, [`StoreError::NotFound`] for wave or draft.
    pub async fn submit(&self, submission: Submission) -> Result<Submitted> {
        self.submit_invited(submission, None).await
    }

    /// Stores a response as [`Responses::submit`] does, and in the same transaction turns the invitation
    /// whose secret has this hash to answered.
    ///
    /// # Errors
    /// As of [`Responses::submit`]; [`Conflict::NotInvited`](crate::Conflict::NotInvited) if the wave
    /// takes answers of invited people only, [`Conflict::InvitationUsed`](crate::Conflict::InvitationUsed),
    /// [`Conflict::WaveFull`](crate::Conflict::WaveFull).
    pub async fn submit_invited(
        &self,
        submission: Submission,
        invitation: Option<String>,
    ) -> Result<Submitted> {
        let command = Submit {
            submission,
            invitation,
        };
        self.0.write(command).await
    }

    /// Replaces the sheet of a stored response.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is no such response.
    pub async fn correct(&self, wave: WaveId, response: Response) -> Result<Revision> {
        self.0.write(Correct { wave, response }).await
    }

    /// The answer given to an idempotency key, with the hash of the body it was given for.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn by_key(
        &self,
        wave: WaveId,
        key_hash: &str,
    ) -> Result<Option<(ResponseId, String)>> {
        let found = idempotency::Entity::find_by_id((wave, key_hash.to_owned()))
            .one(self.0.db())
            .await?;
        Ok(found.map(|record| (record.response_id, record.body_hash)))
    }

    /// Finds responses by their ids; unknown ids are left out.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn by_ids(&self, wave: WaveId, ids: &[ResponseId]) -> Result<Vec<Response>> {
        let mut found = Vec::with_capacity(ids.len());
        for ids in ids.chunks(CHUNK) {
            let rows = response::Entity::find()
                .filter(response::COLUMN.wave_id.eq(wave))
                .filter(response::COLUMN.id.is_in(ids.iter().copied()))
                .all(self.0.db())
                .await?;
            found.extend(rows.into_iter().map(Response::from));
        }
        Ok(found)
    }

    /// The content hashes of those of these responses that are stored.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn content_hashes(
        &self,
        wave: WaveId,
        ids: &[ResponseId],
    ) -> Result<HashMap<ResponseId, String>> {
        let mut found = HashMap::new();
        for ids in ids.chunks(CHUNK) {
            let rows: Vec<(ResponseId, String)> = response::Entity::find()
                .select_only()
                .column(response::Column::Id)
                .column(response::Column::ContentHash)
                .filter(response::COLUMN.wave_id.eq(wave))
                .filter(response::COLUMN.id.is_in(ids.iter().copied()))
                .into_tuple()
                .all(self.0.db())
                .await?;
            found.extend(rows);
        }
        Ok(found)
    }

    /// The versions that a wave's responses answer, set aside or not, in no order.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn versions(&self, wave: WaveId) -> Result<Vec<VersionId>> {
        Ok(response::Entity::find()
            .select_only()
            .column(response::Column::VersionId)
            .distinct()
            .filter(response::COLUMN.wave_id.eq(wave))
            .into_tuple()
            .all(self.0.db())
            .await?)
    }

    /// The next responses of a wave in the order of their random ids, after `after`. An empty
    /// page is the end.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn page(
        &self,
        wave: WaveId,
        after: Option<ResponseId>,
        limit: u64,
    ) -> Result<Vec<Response>> {
        let mut query = response::Entity::find().filter(response::COLUMN.wave_id.eq(wave));
        if let Some(after) = after {
            query = query.filter(response::COLUMN.id.gt(after));
        }
        let rows = query
            .order_by_asc(response::Column::Id)
            .limit(limit)
            .all(self.0.db())
            .await?;
        Ok(rows.into_iter().map(Response::from).collect())
    }

    /// How many responses the wave has.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn count(&self, wave: WaveId) -> Result<u64> {
        let rows = response::Entity::find().filter(response::COLUMN.wave_id.eq(wave));
        Ok(rows.count(self.0.db()).await?)
    }

    /// The wave's present revision.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is no such wave.
    pub async fn revision(&self, wave: WaveId) -> Result<Revision> {
        Ok(self.counter(wave).await?.revision)
    }

    /// What changed after a revision.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is no such wave.
    pub async fn changes(&self, wave: WaveId, after: Revision) -> Result<Changes> {
        let counter = self.counter(wave).await?;
        let rows = change_log::Entity::find()
            .filter(change_log::COLUMN.wave_id.eq(wave))
            .filter(change_log::COLUMN.revision.gt(after))
            .filter(change_log::COLUMN.revision.lte(counter.revision))
            .order_by_asc(change_log::Column::Revision)
            .all(self.0.db())
            .await?;
        // Revisions have no holes, so a short list means that entries were purged.
        let n_expected = counter.revision.0.saturating_sub(after.0).max(0);
        if i64::try_from(rows.len()) != Ok(n_expected) {
            return Ok(Changes::Purged(counter.revision));
        }
        Ok(Changes::Since(rows.into_iter().map(Change::from).collect()))
    }

    /// Deletes the change log up to a revision that every tally of this process has taken in.
    /// Another process that had not read it yet reads all responses again.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is no such wave.
    pub async fn purge_changes(&self, wave: WaveId, up_to: Revision) -> Result<()> {
        self.0.write(PurgeChanges { wave, up_to }).await
    }

    /// Deletes the idempotency records of all waves from before a day, and returns how many.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn purge_keys(&self, before: Date) -> Result<u64> {
        self.0.write(PurgeKeys { before }).await
    }

    /// How many responses arrived on which day, oldest first.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn arrivals(&self, wave: WaveId) -> Result<Vec<Arrival>> {
        let rows = arrivals::Entity::find()
            .filter(arrivals::COLUMN.wave_id.eq(wave))
            .order_by_asc(arrivals::Column::Day)
            .all(self.0.db())
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| Arrival {
                day: row.day,
                n_responses: row.n_responses,
            })
            .collect())
    }

    async fn counter(&self, wave: WaveId) -> Result<wave_revision::Model> {
        wave_revision::Entity::find_by_id(wave)
            .one(self.0.db())
            .await?
            .ok_or(StoreError::NotFound("wave"))
    }
}

struct Correct {
    wave: WaveId,
    response: Response,
}

impl Write for Correct {
    type Output = Revision;

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<Revision> {
        let replaced = response::Entity::update_many()
            .set(response::ActiveModel {
                version_id: Set(self.response.version),
                sheet: Set(self.response.sheet.clone()),
                content_hash: Set(self.response.content_hash.clone()),
                ..Default::default()
            })
            .filter(response::COLUMN.wave_id.eq(self.wave))
            .filter(response::COLUMN.id.eq(self.response.id))
            .exec(tx.db)
            .await?;
        if replaced.rows_affected != 1 {
            return Err(StoreError::NotFound("response"));
        }
        Ok(tx
            .log_change(self.wave, ChangeKind::Correct, self.response.id)
            .await?
            .revision)
    }
}

struct PurgeChanges {
    wave: WaveId,
    up_to: Revision,
}

impl Write for PurgeChanges {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let noted = wave_revision::Entity::update_many()
            .set(wave_revision::ActiveModel {
                purged_to: Set(self.up_to),
                ..Default::default()
            })
            .filter(wave_revision::COLUMN.wave_id.eq(self.wave))
            .filter(wave_revision::COLUMN.purged_to.lt(self.up_to))
            .exec(tx.db)
            .await?;
        if noted.rows_affected > 0 {
            change_log::Entity::delete_many()
                .filter(change_log::COLUMN.wave_id.eq(self.wave))
                .filter(change_log::COLUMN.revision.lte(self.up_to))
                .exec(tx.db)
                .await?;
        }
        Ok(())
    }
}

struct PurgeKeys {
    before: Date,
}

impl Write for PurgeKeys {
    type Output = u64;

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<u64> {
        let deleted = idempotency::Entity::delete_many()
            .filter(idempotency::COLUMN.day.lt(self.before))
            .exec(tx.db)
            .await?;
        Ok(deleted.rows_affected)
    }
}

impl From<response::Model> for Response {
    fn from(row: response::Model) -> Self {
        Self {
            id: row.id,
            version: row.version_id,
            sheet: row.sheet,
            content_hash: row.content_hash,
        }
    }
}

impl From<change_log::Model> for Change {
    fn from(row: change_log::Model) -> Self {
        Self {
            revision: row.revision,
            kind: row.kind,
            response: row.response_id,
        }
    }
}
