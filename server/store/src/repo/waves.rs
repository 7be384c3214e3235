use super::audit::Audited;
use crate::entity::{draft, response, wave, wave_revision};
use crate::error::is_unique_violation;
use crate::write::{Tx, Write, in_utc};
use crate::{
    Conflict, NewAudit, Result, Revision, Store, StoreError, StudyId, VersionId, Wave, WaveChange,
    WaveId, WaveState,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// Waves, reached through [`Store::waves`].
#[derive(Debug)]
pub struct Waves<'a>(pub(crate) &'a Store);

impl Waves<'_> {
    /// Creates a wave at revision 0.
    ///
    /// # Errors
    /// [`Conflict::Taken`] if the slug exists, or the wave it is a rehearsal of has one;
    /// [`Conflict::IsRehearsal`] if it is a rehearsal of a rehearsal, or not closed;
    /// [`StoreError::NotFound`] if it is a rehearsal of no wave.
    pub async fn create(&self, wave: Wave) -> Result<()> {
        self.0.write(Create(wave)).await
    }

    /// The same, and writes down who did: both or neither.
    ///
    /// # Errors
    /// As [`create`](Self::create).
    pub async fn create_noted(&self, wave: Wave, entry: NewAudit) -> Result<()> {
        self.0.write(Audited::new(Create(wave), entry)).await
    }

    /// Finds a wave by its slug; never a rehearsal.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn by_slug(&self, slug: &str) -> Result<Option<Wave>> {
        let found = wave::Entity::find()
            .filter(wave::COLUMN.slug.eq(slug))
            .filter(wave::COLUMN.rehearsal_of.is_null())
            .one(self.0.db())
            .await?;
        Ok(found.map(Wave::from))
    }

    /// Finds a wave or a rehearsal by its key.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn by_id(&self, id: WaveId) -> Result<Option<Wave>> {
        Ok(wave::Entity::find_by_id(id)
            .one(self.0.db())
            .await?
            .map(Wave::from))
    }

    /// The waves of a study, by slug; without rehearsals.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn of_study(&self, study: StudyId) -> Result<Vec<Wave>> {
        let all = wave::Entity::find()
            .filter(wave::COLUMN.study_id.eq(study))
            .filter(wave::COLUMN.rehearsal_of.is_null())
            .order_by_asc(wave::Column::Slug)
            .all(self.0.db())
            .await?;
        Ok(all.into_iter().map(Wave::from).collect())
    }

    /// All waves in a state, by slug; without rehearsals.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn in_state(&self, state: WaveState) -> Result<Vec<Wave>> {
        let all = wave::Entity::find()
            .filter(wave::COLUMN.state.eq(state))
            .filter(wave::COLUMN.rehearsal_of.is_null())
            .order_by_asc(wave::Column::Slug)
            .all(self.0.db())
            .await?;
        Ok(all.into_iter().map(Wave::from).collect())
    }

    /// All waves and all rehearsals, by slug.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn all(&self) -> Result<Vec<Wave>> {
        let all = wave::Entity::find()
            .order_by_asc(wave::Column::Slug)
            .all(self.0.db())
            .await?;
        Ok(all.into_iter().map(Wave::from).collect())
    }

    /// Opens or closes a wave, dates it anew, or lets it say something else once it is closed, and writes down
    /// who did: both or neither.
    ///
    /// # Errors
    /// [`Conflict::IsRehearsal`] for a rehearsal, which stays closed; [`StoreError::NotFound`] if
    /// there is no such wave.
    pub async fn change(&self, wave: WaveId, change: WaveChange, entry: NewAudit) -> Result<()> {
        let command = Settle { wave, change };
        self.0.write(Audited::new(command, entry)).await
    }

    /// Lets the wave field another version, while nobody has begun to answer, and writes down who did where it
    /// is for others to know.
    ///
    /// # Errors
    /// [`Conflict::WaveBegun`] if there is a draft or a response; [`StoreError::NotFound`] if
    /// there is no such wave.
    pub async fn set_version(
        &self,
        wave: WaveId,
        version: VersionId,
        entry: Option<NewAudit>,
    ) -> Result<()> {
        let command = SetVersion {
            wave,
            version,
            is_begun_too: false,
        };
        let told = move |(): &()| entry.clone();
        self.0.write(Audited::new(command, told)).await
    }

    /// Lets the wave field another version from now on, also where people have begun, and writes down who did: both
    /// or neither. Drafts and responses keep the version that they answer.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is no such wave.
    pub async fn move_on(&self, wave: WaveId, version: VersionId, entry: NewAudit) -> Result<()> {
        let command = SetVersion {
            wave,
            version,
            is_begun_too: true,
        };
        self.0.write(Audited::new(command, entry)).await
    }
}

struct Create(Wave);

impl Write for Create {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let wave = &self.0;
        if let Some(of) = wave.rehearsal_of {
            let of = locked_wave(tx, of).await?;
            if of.rehearsal_of.is_some() || wave.state != WaveState::Closed {
                return Err(Conflict::IsRehearsal.into());
            }
        }
        insert(tx, wave, Revision::default()).await
    }
}

/// Stores a wave at a revision; what led there is not told apart.
pub(super) async fn insert(tx: &Tx<'_>, wave: &Wave, revision: Revision) -> Result<()> {
    wave::Entity::insert(wave::ActiveModel {
        id: Set(wave.id),
        slug: Set(wave.slug.clone()),
        study_id: Set(wave.study),
        version_id: Set(wave.version),
        state: Set(wave.state),
        opens_at: Set(wave.opens_at.map(in_utc)),
        closes_at: Set(wave.closes_at.map(in_utc)),
        anonymous: Set(wave.anonymous),
        created_at: Set(in_utc(wave.created_at)),
        rehearsal_of: Set(wave.rehearsal_of),
        access: Set(wave.access),
        max_responses: Set(wave.max_responses),
        zone: Set(wave.zone.clone()),
        language: Set(wave.language.clone()),
        closing_message: Set(wave.closing_message.clone()),
        rehearses_save: Set(wave.rehearses_save),
    })
    .exec_without_returning(tx.db)
    .await
    .map_err(|error| match is_unique_violation(&error) {
        true => Conflict::Taken("wave").into(),
        false => StoreError::from(error),
    })?;
    wave_revision::Entity::insert(wave_revision::ActiveModel {
        wave_id: Set(wave.id),
        revision: Set(revision),
        purged_to: Set(revision),
    })
    .exec_without_returning(tx.db)
    .await?;
    Ok(())
}

struct Settle {
    wave: WaveId,
    change: WaveChange,
}

impl Write for Settle {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        if locked_wave(tx, self.wave).await?.rehearsal_of.is_some() {
            return Err(Conflict::IsRehearsal.into());
        }
        if self.change == WaveChange::default() {
            return Ok(());
        }
        let mut new = wave::ActiveModel::default();
        if let Some(state) = self.change.state {
            new.state = Set(state);
        }
        if let Some(dates) = &self.change.dates {
            new.opens_at = Set(dates.opens_at.map(in_utc));
            new.closes_at = Set(dates.closes_at.map(in_utc));
            if let Some(zone) = &dates.zone {
                new.zone = Set(zone.clone());
            }
            if let Some(language) = &dates.language {
                new.language = Set(Some(language.clone()));
            }
        }
        if let Some(message) = &self.change.closing_message {
            new.closing_message = Set(message.clone());
        }
        let changed = wave::Entity::update_many()
            .set(new)
            .filter(wave::COLUMN.id.eq(self.wave))
            .exec(tx.db)
            .await?;
        one_row(changed.rows_affected)
    }
}

struct SetVersion {
    wave: WaveId,
    version: VersionId,
    is_begun_too: bool,
}

impl Write for SetVersion {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        // Whoever begins to answer share-locks the wave first (`locked_wave`), so none begins
        // between this check and the commit.
        wave::Entity::find_by_id(self.wave)
            .lock_exclusive()
            .one(tx.db)
            .await?
            .ok_or(StoreError::NotFound("wave"))?;
        if !self.is_begun_too {
            let draft = draft::Entity::find()
                .filter(draft::COLUMN.wave_id.eq(self.wave))
                .one(tx.db)
                .await?;
            let response = response::Entity::find()
                .filter(response::COLUMN.wave_id.eq(self.wave))
                .one(tx.db)
                .await?;
            if draft.is_some() || response.is_some() {
                return Err(Conflict::WaveBegun.into());
            }
        }
        let changed = wave::Entity::update_many()
            .set(wave::ActiveModel {
                version_id: Set(self.version),
                ..Default::default()
            })
            .filter(wave::COLUMN.id.eq(self.wave))
            .exec(tx.db)
            .await?;
        one_row(changed.rows_affected)
    }
}

/// Reads a wave and keeps it as it is until the transaction ends.
pub(crate) async fn locked_wave(tx: &Tx<'_>, wave: WaveId) -> Result<Wave> {
    wave::Entity::find_by_id(wave)
        .lock_shared()
        .one(tx.db)
        .await?
        .map(Wave::from)
        .ok_or(StoreError::NotFound("wave"))
}

fn one_row(n_rows: u64) -> Result<()> {
    if n_rows == 1 {
        Ok(())
    } else {
        Err(StoreError::NotFound("wave"))
    }
}

impl From<wave::Model> for Wave {
    fn from(row: wave::Model) -> Self {
        Self {
            id: row.id,
            slug: row.slug,
            study: row.study_id,
            version: row.version_id,
            state: row.state,
            opens_at: row.opens_at,
            closes_at: row.closes_at,
            anonymous: row.anonymous,
            created_at: row.created_at,
            rehearsal_of: row.rehearsal_of,
            access: row.access,
            max_responses: row.max_responses,
            zone: row.zone,
            language: row.language,
            rehearses_save: row.rehearses_save,
            closing_message: row.closing_message,
        }
    }
}
