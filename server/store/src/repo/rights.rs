use super::audit::Audited;
use super::invited;
use super::submit::{claim_key, insert_contact};
use super::waves::locked_wave;
use crate::entity::{contact, draft, idempotency, response, withdrawal};
use crate::ledger::{self, note};
use crate::write::{Tx, Write};
use crate::{
    ChangeKind, Conflict, DraftId, DraftState, ErasureKind, FoundByCode, NewAudit, ResponseId,
    Result, Store, StoreError, Submission, Submitted, WaveId, WaveState,
};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use time::Date;

/// What respondents may do with what they gave, reached through [`Store::rights`].
#[derive(Debug)]
pub struct Rights<'a>(pub(crate) &'a Store);

impl Rights<'_> {
    /// What a wave's code leads to, by the digest of the code.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn by_code(&self, wave: WaveId, code_hash: &str) -> Result<Option<FoundByCode>> {
        let found = draft::Entity::find()
            .filter(draft::COLUMN.wave_id.eq(wave))
            .filter(draft::COLUMN.code_hash.eq(code_hash))
            .one(self.0.db())
            .await?;
        Ok(found.and_then(|row| {
            Some(FoundByCode {
                token_hash: row.token_hash,
                sealed_token: row.sealed_token?,
            })
        }))
    }

    /// Opens a submitted draft again, for a correction that begins with this sheet. The response
    /// stays as it is. A draft that is open already is left alone. `entry` tells of it where the team does it.
    ///
    /// # Errors
    /// [`Conflict::WaveNotOpen`]; [`StoreError::NotFound`] if there is no such draft.
    pub async fn begin_correction(
        &self,
        draft: DraftId,
        sheet: String,
        day: Date,
        entry: Option<NewAudit>,
    ) -> Result<()> {
        let begin = Begin { draft, sheet, day };
        match entry {
            Some(entry) => self.0.write(Audited::new(begin, entry)).await,
            None => self.0.write(begin).await,
        }
    }

    /// Drops a correction under way. Doing it again changes nothing.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn drop_correction(&self, draft: DraftId) -> Result<()> {
        self.0.write(Drop { draft }).await
    }

    /// Replaces a stored response by a correction, and the contacts linked to it by those given
    /// now; empties the draft.
    ///
    /// # Errors
    /// As for [`submit`](crate::Responses::submit); [`StoreError::NotFound`] if the response was
    /// withdrawn.
    pub async fn correct(&self, submission: Submission) -> Result<Submitted> {
        self.0.write(Correct(submission)).await
    }

    /// Removes a response, contacts linked to it, its draft with the code, and whatever else
    /// names it; counts the withdrawal. `false` if there was no such response.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn withdraw(
        &self,
        wave: WaveId,
        response: ResponseId,
        draft: Option<DraftId>,
        day: Date,
    ) -> Result<bool> {
        self.withdraw_invited(wave, response, draft, day, None)
            .await
    }

    /// The same, and gives back the invitation that it was answered with (its digest, where the
    /// respondent has it; in a wave with names it is known without): it may be answered again.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn withdraw_invited(
        &self,
        wave: WaveId,
        response: ResponseId,
        draft: Option<DraftId>,
        day: Date,
        invitation: Option<String>,
    ) -> Result<bool> {
        let withdraw = Withdraw {
            wave,
            response,
            draft,
            day,
            invitation,
        };
        let withdrawn = self.0.write(withdraw).await?;
        if withdrawn {
            self.0.finish_erasing().await;
        }
        Ok(withdrawn)
    }

    /// Withdraws a response that the team entered, and writes down who did: in one transaction.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn withdraw_entry(
        &self,
        wave: WaveId,
        response: ResponseId,
        draft: DraftId,
        day: Date,
        entry: NewAudit,
    ) -> Result<bool> {
        let withdraw = Withdraw {
            wave,
            response,
            draft: Some(draft),
            day,
            invitation: None,
        };
        let withdrawn = self.0.write(Audited::new(withdraw, entry)).await?;
        if withdrawn {
            self.0.finish_erasing().await;
        }
        Ok(withdrawn)
    }

    /// How many responses of a wave were withdrawn.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn n_withdrawn(&self, wave: WaveId) -> Result<i64> {
        let row = withdrawal::Entity::find_by_id(wave)
            .one(self.0.db())
            .await?;
        Ok(row.map_or(0, |it| it.n_responses))
    }
}

struct Begin {
    draft: DraftId,
    sheet: String,
    day: Date,
}

impl Write for Begin {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let found = draft::Entity::find_by_id(self.draft)
            .one(tx.db)
            .await?
            .ok_or(StoreError::NotFound("draft"))?;
        let wave = locked_wave(tx, found.wave_id).await?;
        if wave.state != WaveState::Open && !found.is_entry {
            return Err(Conflict::WaveNotOpen.into());
        }
        let one_more = Expr::col(draft::Column::Correction).add(1);
        draft::Entity::update_many()
            .set(draft::ActiveModel {
                state: Set(DraftState::Open),
                sheet: Set(self.sheet.clone()),
                page: Set(None),
                day: Set(self.day),
                ..Default::default()
            })
            .col_expr(draft::Column::Correction, one_more)
            .filter(draft::COLUMN.id.eq(self.draft))
            .filter(draft::COLUMN.state.eq(DraftState::Submitted))
            .exec(tx.db)
            .await?;
        Ok(())
    }
}

/// A submitted draft's row: nothing but the fact that it was, and the way to its response.
pub(crate) fn emptied() -> draft::ActiveModel {
    draft::ActiveModel {
        state: Set(DraftState::Submitted),
        sheet: Set("{}".to_owned()),
        page: Set(None),
        revision: Set(0),
        ..Default::default()
    }
}

struct Drop {
    draft: DraftId,
}

impl Write for Drop {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        draft::Entity::update_many()
            .set(emptied())
            .filter(draft::COLUMN.id.eq(self.draft))
            .filter(draft::COLUMN.state.eq(DraftState::Open))
            .filter(draft::COLUMN.correction.gt(0))
            .exec(tx.db)
            .await?;
        Ok(())
    }
}

struct Correct(Submission);

impl Write for Correct {
    type Output = Submitted;

    #[cfg(feature = "negative-control")]
    const IS_SUBMISSION: bool = true;

    fn is_telling(&self) -> bool {
        !self.0.contacts.is_empty()
    }

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<Submitted> {
        let submission = &self.0;
        let (wave, new) = (submission.wave, &submission.response);
        if let Some(before) = claim_key(tx, submission).await? {
            return Ok(Submitted::Unchanged(before));
        }
        if locked_wave(tx, wave).await?.state != WaveState::Open && submission.only_if_open {
            return Err(Conflict::WaveNotOpen.into());
        }
        if let Some(at) = submission.draft {
            super::submit::empty_draft(tx, at).await?;
        }
        let stored = response::Entity::find_by_id((wave, new.id))
            .one(tx.db)
            .await?
            .ok_or(StoreError::NotFound("response"))?;
        contact::Entity::delete_many()
            .filter(contact::COLUMN.wave_id.eq(wave))
            .filter(contact::COLUMN.response_id.eq(new.id))
            .exec(tx.db)
            .await?;
        for contact in &submission.contacts {
            insert_contact(tx, submission, contact).await?;
        }
        if stored.content_hash == new.content_hash {
            return Ok(Submitted::Unchanged(new.id));
        }
        let replaced = response::Entity::update_many()
            .set(response::ActiveModel {
                version_id: Set(new.version),
                sheet: Set(new.sheet.clone()),
                content_hash: Set(new.content_hash.clone()),
                ..Default::default()
            })
            .filter(response::COLUMN.wave_id.eq(wave))
            .filter(response::COLUMN.id.eq(new.id))
            .exec(tx.db)
            .await?;
        if replaced.rows_affected != 1 {
            return Err(StoreError::NotFound("response"));
        }
        let change = tx.log_change(wave, ChangeKind::Correct, new.id).await?;
        Ok(Submitted::Added(change.response, change.revision))
    }
}

struct Withdraw {
    wave: WaveId,
    response: ResponseId,
    draft: Option<DraftId>,
    day: Date,
    invitation: Option<String>,
}

impl Write for Withdraw {
    type Output = bool;

    fn is_telling(&self) -> bool {
        self.invitation.is_some()
    }

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<bool> {
        if let Some(draft) = self.draft {
            draft::Entity::delete_by_id(draft).exec(tx.db).await?;
            note(tx, ErasureKind::Draft, self.wave, draft.0, self.day).await?;
        }
        let exists = response::Entity::find_by_id((self.wave, self.response))
            .one(tx.db)
            .await?;
        if exists.is_some() {
            invited::give_back(tx, self.wave, self.response, self.invitation.as_deref()).await?;
        }
        remove_response(tx, self.wave, self.response, self.day).await
    }
}

/// Removes a response as its respondent wants it; `false` if it is not there.
pub(crate) async fn remove_response(
    tx: &mut Tx<'_>,
    wave: WaveId,
    id: ResponseId,
    day: Date,
) -> Result<bool> {
    let linked = ledger::contacts_of(tx, wave, id).await?;
    let deleted = response::Entity::delete_by_id((wave, id))
        .exec(tx.db)
        .await?;
    if deleted.rows_affected != 1 {
        return Ok(false);
    }
    idempotency::Entity::delete_many()
        .filter(idempotency::COLUMN.wave_id.eq(wave))
        .filter(idempotency::COLUMN.response_id.eq(id))
        .exec(tx.db)
        .await?;
    for contact in linked {
        note(tx, ErasureKind::Contact, wave, contact.0, day).await?;
    }
    note(tx, ErasureKind::Withdrawn, wave, id.0, day).await?;
    let one_more = Expr::col((withdrawal::Entity, withdrawal::Column::NResponses)).add(1);
    withdrawal::Entity::insert(withdrawal::ActiveModel {
        wave_id: Set(wave),
        n_responses: Set(1),
    })
    .on_conflict(
        OnConflict::column(withdrawal::Column::WaveId)
            .value(withdrawal::Column::NResponses, one_more)
            .to_owned(),
    )
    .exec_without_returning(tx.db)
    .await?;
    tx.log_change(wave, ChangeKind::Withdraw, id).await?;
    Ok(true)
}
