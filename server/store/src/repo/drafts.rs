use super::audit::Audited;
use super::invited;
use super::waves::locked_wave;
use crate::entity::draft;
use crate::write::{Tx, Write};
use crate::{
    Conflict, Draft, DraftAt, DraftId, DraftSave, DraftState, NewAudit, NewDraft, Progress, Result,
    Store, StoreError, VersionId, WaveId, WaveState,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

/// Drafts, reached through [`Store::drafts`].
#[derive(Debug)]
pub struct Drafts<'a>(pub(crate) &'a Store);

impl Drafts<'_> {
    /// Opens a draft in an open wave.
    ///
    /// # Errors
    /// [`Conflict::WaveNotOpen`]; [`StoreError::Stale`] if the wave fields another version by
    /// now; [`StoreError::NotFound`] if there is no such wave.
    pub async fn open(&self, draft: NewDraft) -> Result<Draft> {
        self.open_invited(draft, None).await
    }

    /// Opens a draft as [`Drafts::open`] does, for whom the invitation is whose secret has this hash.
    /// Nothing in the draft says so.
    ///
    /// # Errors
    /// As of [`Drafts::open`]; [`Conflict::NotInvited`] if the wave takes answers of invited people only,
    /// [`Conflict::InvitationUsed`], [`Conflict::WaveFull`].
    pub async fn open_invited(&self, draft: NewDraft, invitation: Option<String>) -> Result<Draft> {
        let command = Open {
            new: draft,
            invitation,
            is_entry: false,
        };
        self.0.write(command).await
    }

    /// Opens an entry, and writes down who did: in one transaction.
    ///
    /// # Errors
    /// As of [`Drafts::open`], but the wave may be closed, full or for invited people only.
    pub async fn open_entry(&self, draft: NewDraft, entry: NewAudit) -> Result<Draft> {
        let command = Open {
            new: draft,
            invitation: None,
            is_entry: true,
        };
        self.0.write(Audited::new(command, entry)).await
    }

    /// Finds a draft by the hash of its secret, in whatever state it is.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn by_token(&self, token_hash: &str) -> Result<Option<Draft>> {
        let found = draft::Entity::find()
            .filter(draft::COLUMN.token_hash.eq(token_hash))
            .one(self.0.db())
            .await?;
        Ok(found.map(Draft::from))
    }

    /// Saves a draft over the save that was read, and returns the number of the new save.
    ///
    /// # Errors
    /// [`StoreError::Stale`] if it was saved in between, [`Conflict::DraftSubmitted`] if it was
    /// submitted, [`StoreError::NotFound`] if it is gone.
    pub async fn save(&self, save: DraftSave) -> Result<i64> {
        self.0.write(Save(save)).await
    }

    /// The next drafts of a wave that their respondents are still writing in another version than this one, in the order
    /// of their random ids. Neither entries nor corrections: what they are of was answered already.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn in_other_version(
        &self,
        wave: WaveId,
        version: VersionId,
        after: Option<DraftId>,
        limit: u64,
    ) -> Result<Vec<Draft>> {
        let mut query = draft::Entity::find()
            .filter(draft::COLUMN.wave_id.eq(wave))
            .filter(draft::COLUMN.state.eq(DraftState::Open))
            .filter(draft::COLUMN.correction.eq(0))
            .filter(draft::COLUMN.is_entry.eq(false))
            .filter(draft::COLUMN.version_id.ne(version));
        if let Some(after) = after {
            query = query.filter(draft::COLUMN.id.gt(after));
        }
        let rows = query
            .order_by_asc(draft::Column::Id)
            .limit(limit)
            .all(self.0.db())
            .await?;
        Ok(rows.into_iter().map(Draft::from).collect())
    }

    /// Lets a draft answer another version, as it was read; `false` if it was saved, submitted or removed since.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn carry(&self, draft: DraftAt, to: VersionId) -> Result<bool> {
        self.0.write(Carry { draft, to }).await
    }

    /// How far the wave's respondents have come.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn progress(&self, wave: WaveId) -> Result<Progress> {
        let of_wave = draft::Entity::find()
            .filter(draft::COLUMN.wave_id.eq(wave))
            .filter(draft::COLUMN.is_entry.eq(false));
        // Whoever corrects a response has submitted it: it is counted as it stands.
        let submitted = Condition::any()
            .add(draft::COLUMN.state.eq(DraftState::Submitted))
            .add(draft::COLUMN.correction.gt(0));
        let n_submitted = of_wave.clone().filter(submitted).count(self.0.db()).await?;
        let reached: Vec<(Option<String>, i64)> = of_wave
            .filter(draft::COLUMN.state.eq(DraftState::Open))
            .filter(draft::COLUMN.correction.eq(0))
            .select_only()
            .column(draft::Column::Page)
            .column_as(draft::Column::Id.count(), "n")
            .group_by(draft::Column::Page)
            .order_by_asc(draft::Column::Page)
            .into_tuple()
            .all(self.0.db())
            .await?;
        let n_submitted = i64::try_from(n_submitted).unwrap_or(i64::MAX);
        let n_unsubmitted: i64 = reached.iter().map(|(_, n)| n).sum();
        Ok(Progress {
            n_opened: n_submitted.saturating_add(n_unsubmitted),
            n_submitted,
            reached,
        })
    }
}

struct Open {
    new: NewDraft,
    /// The hash of the invitation's secret.
    invitation: Option<String>,
    is_entry: bool,
}

impl Write for Open {
    type Output = Draft;

    fn is_telling(&self) -> bool {
        self.invitation.is_some()
    }

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<Draft> {
        let new = &self.new;
        let wave = locked_wave(tx, new.wave).await?;
        if wave.state != WaveState::Open && !self.is_entry {
            return Err(Conflict::WaveNotOpen.into());
        }
        if wave.version != new.version {
            return Err(StoreError::Stale);
        }
        // An entry is the team's: it needs no invitation and no room.
        if !self.is_entry {
            invited::begin(tx, &wave, self.invitation.as_deref()).await?;
        }
        draft::Entity::insert(draft::ActiveModel {
            id: Set(new.id),
            wave_id: Set(new.wave),
            version_id: Set(new.version),
            token_hash: Set(new.token_hash.clone()),
            state: Set(DraftState::Open),
            sheet: Set(new.sheet.clone()),
            page: Set(None),
            language: Set(new.language.clone()),
            revision: Set(0),
            day: Set(new.day),
            code_hash: Set(new.code.as_ref().map(|it| it.hash.clone())),
            sealed_token: Set(new.code.as_ref().map(|it| it.token.clone())),
            sealed_code: Set(new.code.as_ref().map(|it| it.code.clone())),
            correction: Set(0),
            is_entry: Set(self.is_entry),
        })
        .exec_without_returning(tx.db)
        .await?;
        Ok(Draft {
            id: new.id,
            wave: new.wave,
            version: new.version,
            state: DraftState::Open,
            sheet: new.sheet.clone(),
            page: None,
            language: new.language.clone(),
            revision: 0,
            sealed_code: new.code.as_ref().map(|it| it.code.clone()),
            correction: 0,
            is_entry: self.is_entry,
        })
    }
}

struct Save(DraftSave);

impl Write for Save {
    type Output = i64;

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<i64> {
        let save = &self.0;
        let revision = save.draft.revision.saturating_add(1);
        let saved = draft::Entity::update_many()
            .set(draft::ActiveModel {
                sheet: Set(save.sheet.clone()),
                page: Set(save.page.clone()),
                language: Set(save.language.clone()),
                revision: Set(revision),
                day: Set(save.day),
                ..Default::default()
            })
            .filter(draft::COLUMN.id.eq(save.draft.id))
            .filter(draft::COLUMN.revision.eq(save.draft.revision))
            .filter(draft::COLUMN.state.eq(DraftState::Open))
            .exec(tx.db)
            .await?;
        if saved.rows_affected == 1 {
            return Ok(revision);
        }
        match draft::Entity::find_by_id(save.draft.id).one(tx.db).await? {
            None => Err(StoreError::NotFound("draft")),
            Some(draft) if draft.state == DraftState::Submitted => {
                Err(Conflict::DraftSubmitted.into())
            }
            Some(_) => Err(StoreError::Stale),
        }
    }
}

struct Carry {
    draft: DraftAt,
    to: VersionId,
}

impl Write for Carry {
    type Output = bool;

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<bool> {
        let carried = draft::Entity::update_many()
            .set(draft::ActiveModel {
                version_id: Set(self.to),
                revision: Set(self.draft.revision.saturating_add(1)),
                ..Default::default()
            })
            .filter(draft::COLUMN.id.eq(self.draft.id))
            .filter(draft::COLUMN.revision.eq(self.draft.revision))
            .filter(draft::COLUMN.state.eq(DraftState::Open))
            .exec(tx.db)
            .await?;
        Ok(carried.rows_affected == 1)
    }
}

impl From<draft::Model> for Draft {
    fn from(row: draft::Model) -> Self {
        Self {
            id: row.id,
            wave: row.wave_id,
            version: row.version_id,
            state: row.state,
            sheet: row.sheet,
            page: row.page,
            language: row.language,
            revision: row.revision,
            sealed_code: row.sealed_code,
            correction: row.correction,
            is_entry: row.is_entry,
        }
    }
}
