use super::audit::Audited;
use crate::entity::{membership, study, working_version};
use crate::error::is_unique_violation;
use crate::write::{Tx, Write, in_utc};
use crate::{
    AccountId, Conflict, Deed, NewAudit, NewWorkingVersion, Result, Role, Step, Store, StoreError,
    Study, StudyId, WorkingVersion,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// How many saves of a study are kept to go back to.
const KEPT: i64 = 300;

/// Questionnaires as they are being written, reached through [`Store::working_versions`].
#[derive(Debug)]
pub struct WorkingVersions<'a>(pub(crate) &'a Store);

impl WorkingVersions<'_> {
    /// Creates a study with an owner and its first save, and writes down who did: in one transaction.
    ///
    /// # Errors
    /// [`Conflict::Taken`] if there is a study of that name.
    pub async fn create_study(
        &self,
        study: Study,
        owner: AccountId,
        source: String,
        entry: NewAudit,
    ) -> Result<()> {
        let command = CreateStudy {
            study,
            owner,
            source,
        };
        self.0.write(Audited::new(command, entry)).await
    }

    /// The latest save.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn latest(&self, study: StudyId) -> Result<Option<WorkingVersion>> {
        let found = of_study(study).one(self.0.db()).await?;
        Ok(found.map(WorkingVersion::from))
    }

    /// A save that is still kept.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn at(&self, study: StudyId, revision: i64) -> Result<Option<WorkingVersion>> {
        let found = working_version::Entity::find_by_id((study, revision))
            .one(self.0.db())
            .await?;
        Ok(found.map(WorkingVersion::from))
    }

    /// The saves that are kept, without their texts, the first one first.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn steps(&self, study: StudyId) -> Result<Vec<Step>> {
        use working_version::Column::{AccountId as Account, Redoes, Revision, Undoes};
        let rows = working_version::Entity::find()
            .select_only()
            .columns([Revision, Account, Undoes, Redoes])
            .filter(working_version::COLUMN.study_id.eq(study))
            .order_by_asc(Revision)
            .into_tuple()
            .all(self.0.db())
            .await?;
        let step = |(revision, account, undoes, redoes)| Step {
            revision,
            account,
            deed: deed(undoes, redoes),
        };
        Ok(rows.into_iter().map(step).collect())
    }

    /// Saves over the save that was read, and returns the number of the new one. The first one is saved
    /// over 0.
    ///
    /// # Errors
    /// [`StoreError::Stale`] if somebody else saved in between.
    pub async fn save(&self, new: NewWorkingVersion) -> Result<i64> {
        self.0.write(Save(new)).await
    }
}

fn of_study(study: StudyId) -> sea_orm::Select<working_version::Entity> {
    working_version::Entity::find()
        .filter(working_version::COLUMN.study_id.eq(study))
        .order_by_desc(working_version::Column::Revision)
        .limit(1)
}

const fn deed(undoes: Option<i64>, redoes: Option<i64>) -> Deed {
    match (undoes, redoes) {
        (Some(it), _) => Deed::Undo(it),
        (None, Some(it)) => Deed::Redo(it),
        (None, None) => Deed::Write,
    }
}

struct CreateStudy {
    study: Study,
    owner: AccountId,
    source: String,
}

impl Write for CreateStudy {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let study = &self.study;
        study::Entity::insert(study::ActiveModel {
            id: Set(study.id),
            slug: Set(study.slug.clone()),
            title: Set(study.title.clone()),
            created_at: Set(in_utc(study.created_at)),
        })
        .exec_without_returning(tx.db)
        .await
        .map_err(|error| match is_unique_violation(&error) {
            true => Conflict::Taken("study").into(),
            false => StoreError::from(error),
        })?;
        membership::Entity::insert(membership::ActiveModel {
            study_id: Set(study.id),
            account_id: Set(self.owner),
            role: Set(Role::Owner),
        })
        .exec_without_returning(tx.db)
        .await?;
        let first = NewWorkingVersion {
            study: study.id,
            source: self.source.clone(),
            after: 0,
            account: Some(self.owner),
            saved_at: study.created_at,
            deed: Deed::Write,
        };
        Save(first).apply(tx).await.map(|_| ())
    }
}

struct Save(NewWorkingVersion);

impl Write for Save {
    type Output = i64;

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<i64> {
        let new = &self.0;
        // Locking the study makes two who save count one after the other.
        study::Entity::find_by_id(new.study)
            .lock_exclusive()
            .one(tx.db)
            .await?
            .ok_or(StoreError::NotFound("study"))?;
        let latest = of_study(new.study).one(tx.db).await?;
        if latest.map_or(0, |it| it.revision) != new.after {
            return Err(StoreError::Stale);
        }
        let revision = new.after.saturating_add(1);
        let (undoes, redoes) = match new.deed {
            Deed::Write => (None, None),
            Deed::Undo(it) => (Some(it), None),
            Deed::Redo(it) => (None, Some(it)),
        };
        working_version::Entity::insert(working_version::ActiveModel {
            study_id: Set(new.study),
            revision: Set(revision),
            source: Set(new.source.clone()),
            saved_at: Set(in_utc(new.saved_at)),
            account_id: Set(new.account),
            undoes: Set(undoes),
            redoes: Set(redoes),
        })
        .exec_without_returning(tx.db)
        .await?;
        working_version::Entity::delete_many()
            .filter(working_version::COLUMN.study_id.eq(new.study))
            .filter(working_version::COLUMN.revision.lte(revision - KEPT))
            .exec(tx.db)
            .await?;
        Ok(revision)
    }
}

impl From<working_version::Model> for WorkingVersion {
    fn from(row: working_version::Model) -> Self {
        Self {
            study: row.study_id,
            revision: row.revision,
            source: row.source,
            saved_at: row.saved_at,
            account: row.account_id,
        }
    }
}
