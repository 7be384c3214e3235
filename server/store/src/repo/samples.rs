use super::audit::Audited;
use crate::entity::{draft, participation, response, sample_unit, wave};
use crate::groups::{self, LEAST_GROUP};
use crate::write::{Tx, Write};
use crate::{
    AccessChange, AddedUnits, Conflict, NewUnit, Participation, Result, SampleUnit, Store,
    StoreError, Tells, UnitCounts, UnitId, WaveId,
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::HashSet;

/// Samples, reached through [`Store::samples`]: who is asked to answer a wave.
#[derive(Debug)]
pub struct Samples<'a>(pub(crate) &'a Store);

impl Samples<'_> {
    /// Changes who may answer a wave, and writes down who did.
    ///
    /// # Errors
    /// [`Conflict::WaveBegun`] if the wave's anonymity was to change although somebody has begun;
    /// [`Conflict::IsRehearsal`] for a rehearsal; [`StoreError::NotFound`] if there is no such wave.
    pub async fn set_access(
        &self,
        wave: WaveId,
        change: AccessChange,
        told: impl Tells<()>,
    ) -> Result<()> {
        let command = SetAccess { wave, change };
        self.0.write(Audited::new(command, told)).await
    }

    /// Adds units to a sample, all or none of those whose address it does not have yet, with groups of
    /// [`LEAST_GROUP`].
    ///
    /// # Errors
    /// As of [`Samples::add_in_groups`].
    pub async fn add(
        &self,
        wave: WaveId,
        units: Vec<NewUnit>,
        told: impl Tells<AddedUnits>,
    ) -> Result<AddedUnits> {
        self.add_in_groups(wave, units, LEAST_GROUP, told).await
    }

    /// Adds units to a sample, all or none of those whose address it does not have yet, and writes down
    /// who did. In an anonymous wave, what of a unit goes into its response must be the same for `least` people of the sample;
    /// else nothing of it does, and the units of whom nothing goes are `least` again.
    ///
    /// # Errors
    /// [`Conflict::FewAlike`] if that cannot be; [`Conflict::IsRehearsal`] for a rehearsal;
    /// [`StoreError::NotFound`] if there is no such wave.
    pub async fn add_in_groups(
        &self,
        wave: WaveId,
        units: Vec<NewUnit>,
        least: usize,
        told: impl Tells<AddedUnits>,
    ) -> Result<AddedUnits> {
        let command = Add {
            wave,
            units,
            least,
            is_trial: false,
        };
        self.0.write(Audited::new(command, told)).await
    }

    /// What [`Samples::add_in_groups`] would do, doing nothing.
    ///
    /// # Errors
    /// As of [`Samples::add_in_groups`].
    pub async fn try_in_groups(
        &self,
        wave: WaveId,
        units: Vec<NewUnit>,
        least: usize,
    ) -> Result<AddedUnits> {
        let write = Add {
            wave,
            units,
            least,
            is_trial: true,
        };
        self.0.write(write).await
    }

    /// Finds a unit by the hash of its invitation's secret.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn by_token(&self, token_hash: &str) -> Result<Option<SampleUnit>> {
        let found = sample_unit::Entity::find()
            .filter(sample_unit::COLUMN.token_hash.eq(token_hash))
            .one(self.0.db())
            .await?;
        Ok(found.map(SampleUnit::from))
    }

    /// The units of a wave, in the order of their random ids.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn of_wave(&self, wave: WaveId) -> Result<Vec<SampleUnit>> {
        let rows = sample_unit::Entity::find()
            .filter(sample_unit::COLUMN.wave_id.eq(wave))
            .order_by_asc(sample_unit::Column::Id)
            .all(self.0.db())
            .await?;
        Ok(rows.into_iter().map(SampleUnit::from).collect())
    }

    /// Whose response is which: empty for anonymous waves.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn participations(&self, wave: WaveId) -> Result<Vec<Participation>> {
        let rows = participation::Entity::find()
            .filter(participation::COLUMN.wave_id.eq(wave))
            .order_by_asc(participation::Column::UnitId)
            .all(self.0.db())
            .await?;
        let participation = |row: participation::Model| Participation {
            unit: row.unit_id,
            response: row.response_id,
        };
        Ok(rows.into_iter().map(participation).collect())
    }

    /// How many units of a wave have come equally far.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn counts(&self, wave: WaveId) -> Result<Vec<UnitCounts>> {
        use sample_unit::Column;
        let counts: Vec<CountedRow> = sample_unit::Entity::find()
            .filter(sample_unit::COLUMN.wave_id.eq(wave))
            .select_only()
            .columns(FAR)
            .column_as(Column::Id.count(), "n")
            .column_as(Column::NReminders.sum(), "n_reminders")
            .group_by(Column::Opened)
            .group_by(Column::Began)
            .group_by(Column::Answered)
            .group_by(Column::OptedOut)
            .group_by(Column::Bounced)
            .into_tuple()
            .all(self.0.db())
            .await?;
        let count = |(opened, began, answered, opted_out, bounced, n, n_reminders)| UnitCounts {
            opened,
            began,
            answered,
            opted_out,
            bounced,
            n,
            n_reminders: Option::unwrap_or_default(n_reminders),
        };
        Ok(counts.into_iter().map(count).collect())
    }

    /// How many people a wave's sample has.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn n_units(&self, wave: WaveId) -> Result<u64> {
        Ok(sample_unit::Entity::find()
            .filter(sample_unit::COLUMN.wave_id.eq(wave))
            .count(self.0.db())
            .await?)
    }

    /// How many responses a wave has.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn n_responses(&self, wave: WaveId) -> Result<u64> {
        Ok(response::Entity::find()
            .filter(response::COLUMN.wave_id.eq(wave))
            .count(self.0.db())
            .await?)
    }

    /// Notes that a unit's link was followed.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn note_opened(&self, unit: UnitId) -> Result<()> {
        self.0.write(Note(unit, Noted::Opened)).await
    }

    /// Notes that a unit does not want to be written to. What is queued for it will not be sent.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn note_opted_out(&self, unit: UnitId) -> Result<()> {
        self.0.write(Note(unit, Noted::OptedOut)).await
    }

    /// Notes that a unit's address does not exist. What is queued for it will not be sent.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn note_bounced(&self, unit: UnitId) -> Result<()> {
        self.0.write(Note(unit, Noted::Bounced)).await
    }
}

struct SetAccess {
    wave: WaveId,
    change: AccessChange,
}

impl Write for SetAccess {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let change = self.change;
        let before = wave::Entity::find_by_id(self.wave)
            .lock_exclusive()
            .one(tx.db)
            .await?
            .ok_or(StoreError::NotFound("wave"))?;
        if before.rehearsal_of.is_some() {
            return Err(Conflict::IsRehearsal.into());
        }
        if change.anonymous.is_some_and(|it| it != before.anonymous) {
            let draft = draft::Entity::find().filter(draft::COLUMN.wave_id.eq(self.wave));
            let response = response::Entity::find().filter(response::COLUMN.wave_id.eq(self.wave));
            if draft.one(tx.db).await?.is_some() || response.one(tx.db).await?.is_some() {
                return Err(Conflict::WaveBegun.into());
            }
        }
        if change.anonymous == Some(true) && !before.anonymous {
            self.group(tx).await?;
        }
        wave::Entity::update_many()
            .set(wave::ActiveModel {
                access: Set(change.access.unwrap_or(before.access)),
                max_responses: Set(change.max_responses.unwrap_or(before.max_responses)),
                anonymous: change.anonymous.map_or(NotSet, Set),
                ..Default::default()
            })
            .filter(wave::COLUMN.id.eq(self.wave))
            .exec(tx.db)
            .await?;
        Ok(())
    }
}

impl SetAccess {
    /// Of a sample that was taken in for a wave with names, keeps what may go into anonymous responses.
    async fn group(&self, tx: &mut Tx<'_>) -> Result<()> {
        let units: Vec<(UnitId, Option<String>)> = sample_unit::Entity::find()
            .filter(sample_unit::COLUMN.wave_id.eq(self.wave))
            .select_only()
            .column(sample_unit::Column::Id)
            .column(sample_unit::Column::Frame)
            .into_tuple()
            .all(tx.db)
            .await?;
        let (units, mut frames): (Vec<_>, Vec<_>) = units.into_iter().unzip();
        let blanked = groups::blank(&[], &mut frames, LEAST_GROUP);
        let blanked = blanked.ok_or(Conflict::FewAlike)?;
        let blanked: Vec<UnitId> = blanked
            .into_iter()
            .filter_map(|at| units.get(at).copied())
            .collect();
        for some in blanked.chunks(UNITS_A_STATEMENT) {
            sample_unit::Entity::update_many()
                .set(sample_unit::ActiveModel {
                    frame: Set(None),
                    ..Default::default()
                })
                .filter(sample_unit::COLUMN.id.is_in(some.iter().copied()))
                .exec(tx.db)
                .await?;
        }
        Ok(())
    }
}

struct Add {
    wave: WaveId,
    units: Vec<NewUnit>,
    least: usize,
    is_trial: bool,
}

/// The columns of [`FAR`], how many units, and how many reminders.
type CountedRow = (bool, bool, bool, bool, bool, i64, Option<i64>);

/// How far a unit has come.
const FAR: [sample_unit::Column; 5] = [
    sample_unit::Column::Opened,
    sample_unit::Column::Began,
    sample_unit::Column::Answered,
    sample_unit::Column::OptedOut,
    sample_unit::Column::Bounced,
];

/// Databases bound the number of parameters of one statement.
pub(super) const UNITS_A_STATEMENT: usize = 500;

impl Write for Add {
    type Output = AddedUnits;

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<AddedUnits> {
        // Two imports into one wave take turns.
        let wave = wave::Entity::find_by_id(self.wave)
            .lock_exclusive()
            .one(tx.db)
            .await?
            .ok_or(StoreError::NotFound("wave"))?;
        if wave.rehearsal_of.is_some() {
            return Err(Conflict::IsRehearsal.into());
        }
        let stored: Vec<(Option<String>, Option<String>)> = sample_unit::Entity::find()
            .filter(sample_unit::COLUMN.wave_id.eq(self.wave))
            .select_only()
            .column(sample_unit::Column::Email)
            .column(sample_unit::Column::Frame)
            .into_tuple()
            .all(tx.db)
            .await?;
        let mut frames: Vec<Option<String>> = Vec::new();
        let mut addresses = HashSet::new();
        for (email, frame) in stored {
            addresses.extend(email.map(|it| it.to_lowercase()));
            frames.push(frame);
        }
        let mut added = AddedUnits::default();
        let mut places = Vec::new();
        for (at, unit) in self.units.iter().enumerate() {
            if addresses.insert(unit.email.to_lowercase()) {
                places.push(at);
            } else {
                added.known.push(at);
            }
        }
        let new = places.iter().filter_map(|it| self.units.get(*it));
        let mut new: Vec<_> = new.map(|unit| row(self.wave, unit)).collect();
        if wave.anonymous {
            let given = places.iter().filter_map(|it| self.units.get(*it));
            let mut given: Vec<_> = given.map(|unit| unit.frame.clone()).collect();
            let blanked = groups::blank(&frames, &mut given, self.least);
            for at in blanked.ok_or(Conflict::FewAlike)? {
                if let Some(row) = new.get_mut(at) {
                    row.frame = Set(None);
                }
                added.blanked.extend(places.get(at));
            }
        }
        added.n_added = new.len();
        if self.is_trial {
            return Ok(added);
        }
        let rows = new;
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let chunk: Vec<_> = rows.by_ref().take(UNITS_A_STATEMENT).collect();
            sample_unit::Entity::insert_many(chunk)
                .exec_without_returning(tx.db)
                .await?;
        }
        Ok(added)
    }
}

fn row(wave: WaveId, unit: &NewUnit) -> sample_unit::ActiveModel {
    sample_unit::ActiveModel {
        id: Set(unit.id),
        wave_id: Set(wave),
        email: Set(Some(unit.email.clone())),
        language: Set(unit.language.clone()),
        territory: Set(unit.territory.clone()),
        variables: Set(unit.variables.clone()),
        frame: Set(unit.frame.clone()),
        token_hash: Set(unit.token_hash.clone()),
        opened: Set(false),
        began: Set(false),
        answered: Set(false),
        opted_out: Set(false),
        bounced: Set(false),
        n_reminders: Set(0),
    }
}

struct Note(UnitId, Noted);

#[derive(Clone, Copy)]
enum Noted {
    Opened,
    OptedOut,
    Bounced,
}

impl Write for Note {
    type Output = ();

    /// Whoever follows their link begins to answer soon after.
    fn is_telling(&self) -> bool {
        matches!(self.1, Noted::Opened)
    }

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let mut change = sample_unit::ActiveModel::default();
        let noted = match self.1 {
            Noted::Opened => {
                change.opened = Set(true);
                sample_unit::COLUMN.opened
            }
            Noted::OptedOut => {
                change.opted_out = Set(true);
                sample_unit::COLUMN.opted_out
            }
            Noted::Bounced => {
                change.bounced = Set(true);
                sample_unit::COLUMN.bounced
            }
        };
        sample_unit::Entity::update_many()
            .set(change)
            .filter(sample_unit::COLUMN.id.eq(self.0))
            .filter(noted.eq(false))
            .exec(tx.db)
            .await?;
        Ok(())
    }
}

impl From<sample_unit::Model> for SampleUnit {
    fn from(row: sample_unit::Model) -> Self {
        Self {
            id: row.id,
            wave: row.wave_id,
            email: row.email,
            language: row.language,
            territory: row.territory,
            variables: row.variables,
            frame: row.frame,
            opened: row.opened,
            began: row.began,
            answered: row.answered,
            opted_out: row.opted_out,
            bounced: row.bounced,
            n_reminders: row.n_reminders,
        }
    }
}
