//! Storing a response: every submission, by form or by import, is this one command.

use super::contributors;
use super::invited;
use super::rights::emptied;
use super::waves::locked_wave;
use crate::entity::{arrivals, contact, draft, idempotency, response};
use crate::write::{Tx, Write};
use crate::{
    ChangeKind, Conflict, DraftAt, DraftState, NewContact, Response, ResponseId, Result,
    StoreError, Submission, Submitted, WaveId, WaveState,
};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, TryInsertResult};
use time::Date;

pub(crate) struct Submit {
    pub(crate) submission: Submission,
    /// The hash of the invitation's secret.
    pub(crate) invitation: Option<String>,
}

impl Write for Submit {
    type Output = Submitted;

    #[cfg(feature = "negative-control")]
    const IS_SUBMISSION: bool = true;

    fn is_telling(&self) -> bool {
        self.invitation.is_some() || !self.submission.contacts.is_empty()
    }

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<Submitted> {
        let submission = &self.submission;
        let wave = submission.wave;
        if let Some(before) = claim_key(tx, submission).await? {
            return Ok(Submitted::Unchanged(before));
        }
        // A repetition of what is stored is answered as before, also when the wave has closed.
        if let Some(before) = same_response(tx, wave, &submission.response).await? {
            return Ok(Submitted::Unchanged(before));
        }
        let locked = locked_wave(tx, wave).await?;
        if locked.state != WaveState::Open && submission.only_if_open {
            return Err(Conflict::WaveNotOpen.into());
        }
        // An import is the team's: it needs no invitation and no room.
        let unit = match submission.only_if_open {
            true => invited::claim(tx, &locked, self.invitation.as_deref()).await?,
            false => None,
        };
        insert_response(tx, wave, &submission.response).await?;
        invited::note(tx, &locked, unit, submission.response.id).await?;
        if let Some(draft) = submission.draft {
            empty_draft(tx, draft).await?;
        }
        for contact in &submission.contacts {
            insert_contact(tx, submission, contact).await?;
        }
        count_arrival(tx, wave, submission.day).await?;
        let change = tx
            .log_change(wave, ChangeKind::Submit, submission.response.id)
            .await?;
        if submission.only_if_open {
            invited::must_have_room(tx, &locked, 0).await?;
        }
        Ok(Submitted::Added(change.response, change.revision))
    }
}

/// Claims the idempotency key; gives the response of the submission that claimed it before.
pub(crate) async fn claim_key(tx: &Tx<'_>, submission: &Submission) -> Result<Option<ResponseId>> {
    let Some(key) = &submission.idempotency else {
        return Ok(None);
    };
    let claimed = idempotency::Entity::insert(idempotency::ActiveModel {
        wave_id: Set(submission.wave),
        key_hash: Set(key.key_hash.clone()),
        body_hash: Set(key.body_hash.clone()),
        response_id: Set(submission.response.id),
        day: Set(submission.day),
    })
    .on_conflict(
        OnConflict::columns([idempotency::Column::WaveId, idempotency::Column::KeyHash])
            .do_nothing()
            .to_owned(),
    )
    .try_insert()
    .exec_without_returning(tx.db)
    .await?;
    if is_inserted(&claimed) {
        return Ok(None);
    }
    let before = idempotency::Entity::find_by_id((submission.wave, key.key_hash.clone()))
        .one(tx.db)
        .await?
        .ok_or(StoreError::Stale)?;
    if before.body_hash == key.body_hash {
        Ok(Some(before.response_id))
    } else {
        Err(Conflict::KeyReused.into())
    }
}

/// The id, if this very response is stored; a conflict if another one has the id.
async fn same_response(
    tx: &Tx<'_>,
    wave: WaveId,
    response: &Response,
) -> Result<Option<ResponseId>> {
    match response::Entity::find_by_id((wave, response.id))
        .one(tx.db)
        .await?
    {
        None => Ok(None),
        Some(stored) if stored.content_hash == response.content_hash => Ok(Some(stored.id)),
        Some(_) => Err(Conflict::ResponseExists(response.id).into()),
    }
}

async fn insert_response(tx: &Tx<'_>, wave: WaveId, response: &Response) -> Result<()> {
    let inserted = response::Entity::insert(response::ActiveModel {
        wave_id: Set(wave),
        id: Set(response.id),
        version_id: Set(response.version),
        sheet: Set(response.sheet.clone()),
        content_hash: Set(response.content_hash.clone()),
    })
    .on_conflict(
        OnConflict::columns([response::Column::WaveId, response::Column::Id])
            .do_nothing()
            .to_owned(),
    )
    .try_insert()
    .exec_without_returning(tx.db)
    .await?;
    if is_inserted(&inserted) {
        Ok(())
    } else {
        // Only on Postgres: somebody stored the same id since `same_response` looked.
        Err(StoreError::Stale)
    }
}

/// Empties the draft: what stays is the fact that it was submitted.
pub(crate) async fn empty_draft(tx: &Tx<'_>, at: DraftAt) -> Result<()> {
    let emptied = draft::Entity::update_many()
        .set(emptied())
        .filter(draft::COLUMN.id.eq(at.id))
        .filter(draft::COLUMN.revision.eq(at.revision))
        .filter(draft::COLUMN.state.eq(DraftState::Open))
        .exec(tx.db)
        .await?;
    if emptied.rows_affected == 1 {
        return contributors::release(tx, at.id).await;
    }
    match draft::Entity::find_by_id(at.id).one(tx.db).await? {
        None => Err(StoreError::NotFound("draft")),
        Some(draft) if draft.state == DraftState::Submitted => Err(Conflict::DraftSubmitted.into()),
        Some(_) => Err(StoreError::Stale),
    }
}

pub(crate) async fn insert_contact(
    tx: &Tx<'_>,
    submission: &Submission,
    contact: &NewContact,
) -> Result<()> {
    contact::Entity::insert(contact::ActiveModel {
        id: Set(contact.id),
        wave_id: Set(submission.wave),
        version_id: Set(submission.response.version),
        details: Set(contact.details.clone()),
        consent: Set(contact.consent.clone()),
        response_id: Set(contact.linked.then_some(submission.response.id)),
    })
    .exec_without_returning(tx.db)
    .await?;
    Ok(())
}

async fn count_arrival(tx: &Tx<'_>, wave: WaveId, day: Date) -> Result<()> {
    let one_more = Expr::col((arrivals::Entity, arrivals::Column::NResponses)).add(1);
    arrivals::Entity::insert(arrivals::ActiveModel {
        wave_id: Set(wave),
        day: Set(day),
        n_responses: Set(1),
    })
    .on_conflict(
        OnConflict::columns([arrivals::Column::WaveId, arrivals::Column::Day])
            .value(arrivals::Column::NResponses, one_more)
            .to_owned(),
    )
    .exec_without_returning(tx.db)
    .await?;
    Ok(())
}

fn is_inserted(result: &TryInsertResult<u64>) -> bool {
    matches!(result, TryInsertResult::Inserted(1..))
}
