use super::addresses::erase_addresses;
use super::audit::Audited;
use super::rights::emptied;
use super::waves::locked_wave;
use crate::entity::{
    change_log, contact, draft, erasure, idempotency, response, retention, wave_revision,
};
use crate::ledger::note_all;
use crate::write::{Tx, Write};
use crate::{
    ContactId, DraftId, DraftState, Due, Erased, Erasure, ErasureKind, NewAudit, ResponseId,
    Result, Retention, Store, Tells, WaveId,
};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use time::Date;

/// For how long what was given is kept, reached through [`Store::retention`]. After erasing,
/// [`Store::finish_erasing`] is to be called.
#[derive(Debug)]
pub struct Retentions<'a>(pub(crate) &'a Store);

impl Retentions<'_> {
    /// A wave's days; all `None` if nothing was set.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn of(&self, wave: WaveId) -> Result<Retention> {
        let row = retention::Entity::find_by_id(wave).one(self.0.db()).await?;
        Ok(row.map_or_else(Retention::default, Retention::from))
    }

    /// Sets a wave's days.
    ///
    /// # Errors
    /// [`StoreError::NotFound`](crate::StoreError::NotFound) if there is no such wave.
    pub async fn set(&self, wave: WaveId, days: Retention) -> Result<()> {
        let ends = true;
        self.0.write(SetDays { wave, days, ends }).await
    }

    /// Sets a wave's days but not when it ended, and writes down who did.
    ///
    /// # Errors
    /// [`StoreError::NotFound`](crate::StoreError::NotFound) if there is no such wave.
    pub async fn settle(&self, wave: WaveId, days: Retention, entry: NewAudit) -> Result<()> {
        let ends = false;
        let command = SetDays { wave, days, ends };
        self.0.write(Audited::new(command, entry)).await
    }

    /// How many unsubmitted drafts and corrections under way were last saved before a day.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn n_drafts(&self, wave: WaveId, before: Date) -> Result<u64> {
        let due = draft::Entity::find()
            .filter(draft::COLUMN.wave_id.eq(wave))
            .filter(draft::COLUMN.state.eq(DraftState::Open))
            .filter(draft::COLUMN.day.lt(before));
        Ok(due.count(self.0.db()).await?)
    }

    /// Erases what is due of a wave, all or nothing, and writes down how much it was; says it too.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn erase(
        &self,
        wave: WaveId,
        due: Due,
        day: Date,
        told: impl Tells<Erased>,
    ) -> Result<Erased> {
        // Looking costs no write: on most days nothing of a wave is due.
        let are_drafts_due = self.n_drafts(wave, due.drafts_before).await? > 0;
        if !are_drafts_due && !due.contacts && !due.answers {
            return Ok(Erased::default());
        }
        let command = Erase { wave, due, day };
        self.0.write(Audited::new(command, told)).await
    }

    /// What was erased so far.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn ledger(&self) -> Result<Vec<Erasure>> {
        let rows = erasure::Entity::find()
            .order_by_asc(erasure::Column::Digest)
            .all(self.0.db())
            .await?;
        Ok(rows.into_iter().map(Erasure::from).collect())
    }
}

struct SetDays {
    wave: WaveId,
    days: Retention,
    /// Whether they say when it ended.
    ends: bool,
}

impl Write for SetDays {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        locked_wave(tx, self.wave).await?;
        let days = |it: Option<u16>| Set(it.map(i32::from));
        let mut columns = vec![
            retention::Column::KeepContactsDays,
            retention::Column::KeepDraftsDays,
            retention::Column::KeepAnswersDays,
        ];
        if self.ends {
            columns.push(retention::Column::EndedOn);
        }
        retention::Entity::insert(retention::ActiveModel {
            wave_id: Set(self.wave),
            keep_contacts_days: days(self.days.contacts_days),
            keep_drafts_days: days(self.days.drafts_days),
            keep_answers_days: days(self.days.answers_days),
            ended_on: Set(self.days.ended_on),
        })
        .on_conflict(
            OnConflict::column(retention::Column::WaveId)
                .update_columns(columns)
                .to_owned(),
        )
        .exec_without_returning(tx.db)
        .await?;
        Ok(())
    }
}

struct Erase {
    wave: WaveId,
    due: Due,
    day: Date,
}

impl Write for Erase {
    type Output = Erased;

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<Erased> {
        let Self { wave, due, day } = *self;
        let mut erased = Erased {
            n_drafts: drafts(tx, wave, due.drafts_before, day).await?,
            ..Erased::default()
        };
        if due.contacts {
            // Whom the team wrote to is a contact too.
            let n_addresses = erase_addresses(tx, wave, day).await?;
            erased.n_contacts = contacts(tx, wave, day).await? + n_addresses;
        }
        if due.answers {
            erased.n_answers = answers(tx, wave, day).await?;
        }
        Ok(erased)
    }
}

/// Erases the contact details of a wave; says how many.
async fn contacts(tx: &Tx<'_>, wave: WaveId, day: Date) -> Result<u64> {
    let ids: Vec<ContactId> = contact::Entity::find()
        .filter(contact::COLUMN.wave_id.eq(wave))
        .select_only()
        .column(contact::Column::Id)
        .into_tuple()
        .all(tx.db)
        .await?;
    note_all(
        tx,
        ErasureKind::Contact,
        wave,
        &ids.iter().map(|it| it.0).collect::<Vec<_>>(),
        day,
    )
    .await?;
    let deleted = contact::Entity::delete_many()
        .filter(contact::COLUMN.wave_id.eq(wave))
        .exec(tx.db)
        .await?;
    Ok(deleted.rows_affected)
}

/// Erases the unsubmitted drafts of a wave that were last saved before a day, and drops corrections
/// under way since then; says how many of both. A submitted draft holds no answers: it goes with its
/// response.
async fn drafts(tx: &Tx<'_>, wave: WaveId, before: Date, day: Date) -> Result<u64> {
    let dropped = draft::Entity::update_many()
        .set(emptied())
        .filter(draft::COLUMN.wave_id.eq(wave))
        .filter(draft::COLUMN.state.eq(DraftState::Open))
        .filter(draft::COLUMN.correction.gt(0))
        .filter(draft::COLUMN.day.lt(before))
        .exec(tx.db)
        .await?;
    let due = |it: sea_orm::Select<draft::Entity>| {
        it.filter(draft::COLUMN.wave_id.eq(wave))
            .filter(draft::COLUMN.state.eq(DraftState::Open))
            .filter(draft::COLUMN.day.lt(before))
    };
    let ids: Vec<DraftId> = due(draft::Entity::find())
        .select_only()
        .column(draft::Column::Id)
        .into_tuple()
        .all(tx.db)
        .await?;
    note_all(
        tx,
        ErasureKind::Draft,
        wave,
        &ids.iter().map(|it| it.0).collect::<Vec<_>>(),
        day,
    )
    .await?;
    let deleted = draft::Entity::delete_many()
        .filter(draft::COLUMN.wave_id.eq(wave))
        .filter(draft::COLUMN.state.eq(DraftState::Open))
        .filter(draft::COLUMN.day.lt(before))
        .exec(tx.db)
        .await?;
    Ok(deleted.rows_affected.saturating_add(dropped.rows_affected))
}

/// Erases the responses of a wave, with all that leads to them; says how many.
async fn answers(tx: &mut Tx<'_>, wave: WaveId, day: Date) -> Result<u64> {
    let ids: Vec<ResponseId> = response::Entity::find()
        .filter(response::COLUMN.wave_id.eq(wave))
        .select_only()
        .column(response::Column::Id)
        .into_tuple()
        .all(tx.db)
        .await?;
    // What is not submitted has days of its own.
    let of_responses = Condition::all().add(draft::COLUMN.wave_id.eq(wave)).add(
        Condition::any()
            .add(draft::COLUMN.state.eq(DraftState::Submitted))
            .add(draft::COLUMN.correction.gt(0)),
    );
    let drafts: Vec<DraftId> = draft::Entity::find()
        .filter(of_responses.clone())
        .select_only()
        .column(draft::Column::Id)
        .into_tuple()
        .all(tx.db)
        .await?;
    if ids.is_empty() && drafts.is_empty() {
        return Ok(0);
    }
    note_all(
        tx,
        ErasureKind::Answers,
        wave,
        &ids.iter().map(|it| it.0).collect::<Vec<_>>(),
        day,
    )
    .await?;
    note_all(
        tx,
        ErasureKind::Draft,
        wave,
        &drafts.iter().map(|it| it.0).collect::<Vec<_>>(),
        day,
    )
    .await?;
    draft::Entity::delete_many()
        .filter(of_responses)
        .exec(tx.db)
        .await?;
    idempotency::Entity::delete_many()
        .filter(idempotency::COLUMN.wave_id.eq(wave))
        .exec(tx.db)
        .await?;
    // Contacts linked to a response go with it.
    let linked: Vec<ContactId> = contact::Entity::find()
        .filter(contact::COLUMN.wave_id.eq(wave))
        .filter(contact::COLUMN.response_id.is_not_null())
        .select_only()
        .column(contact::Column::Id)
        .into_tuple()
        .all(tx.db)
        .await?;
    note_all(
        tx,
        ErasureKind::Contact,
        wave,
        &linked.iter().map(|it| it.0).collect::<Vec<_>>(),
        day,
    )
    .await?;
    response::Entity::delete_many()
        .filter(response::COLUMN.wave_id.eq(wave))
        .exec(tx.db)
        .await?;
    if let Some(any) = ids.first() {
        forget_changes(tx, wave, *any).await?;
    }
    Ok(ids.len() as u64)
}

/// Moves the wave on by one revision of which nothing is told: whoever counts reads everything
/// again.
async fn forget_changes(tx: &mut Tx<'_>, wave: WaveId, any: ResponseId) -> Result<()> {
    let change = tx
        .log_change(wave, crate::ChangeKind::Withdraw, any)
        .await?;
    wave_revision::Entity::update_many()
        .set(wave_revision::ActiveModel {
            purged_to: Set(change.revision),
            ..Default::default()
        })
        .filter(wave_revision::COLUMN.wave_id.eq(wave))
        .exec(tx.db)
        .await?;
    change_log::Entity::delete_many()
        .filter(change_log::COLUMN.wave_id.eq(wave))
        .exec(tx.db)
        .await?;
    Ok(())
}

impl From<retention::Model> for Retention {
    fn from(row: retention::Model) -> Self {
        let days = |it: Option<i32>| it.and_then(|it| u16::try_from(it).ok());
        Self {
            contacts_days: days(row.keep_contacts_days),
            drafts_days: days(row.keep_drafts_days),
            answers_days: days(row.keep_answers_days),
            ended_on: row.ended_on,
        }
    }
}

impl From<erasure::Model> for Erasure {
    fn from(row: erasure::Model) -> Self {
        Self {
            digest: row.digest,
            kind: row.kind,
            wave: row.wave_id,
            day: row.day,
        }
    }
}
