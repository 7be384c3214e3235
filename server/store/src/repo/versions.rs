use super::audit::Audited;
use crate::entity::{questionnaire_version, study};
use crate::write::{Tx, Write, in_utc};
use crate::{
    NewAudit, NewVersion, QuestionnaireVersion, Result, Store, StoreError, StudyId, VersionId,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// The number of what a study's rehearsal asks: it is not published.
pub(super) const REHEARSED: i32 = 0;

/// Questionnaire versions, reached through [`Store::versions`]. They are added, never changed.
#[derive(Debug)]
pub struct Versions<'a>(pub(crate) &'a Store);

/// What publishing a questionnaire led to.
#[derive(Debug, Clone, PartialEq)]
pub enum Publication {
    /// A new version.
    New(QuestionnaireVersion),
    /// The version that has the same content.
    Existing(QuestionnaireVersion),
}

impl Publication {
    /// The version, new or not.
    #[must_use]
    pub fn version(self) -> QuestionnaireVersion {
        match self {
            Self::New(version) | Self::Existing(version) => version,
        }
    }
}

impl Versions<'_> {
    /// Publishes a questionnaire, and writes down who did: the same content in the same study is the
    /// same version, and nothing is written. The study takes the title of a new one.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is no such study.
    pub async fn publish(&self, version: NewVersion, entry: NewAudit) -> Result<Publication> {
        let told = move |it: &Publication| match it {
            Publication::New(_) => Some(entry.clone()),
            Publication::Existing(_) => None,
        };
        self.0.write(Audited::new(Publish(version), told)).await
    }

    /// Finds a version by its key.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn by_id(&self, id: VersionId) -> Result<Option<QuestionnaireVersion>> {
        let found = questionnaire_version::Entity::find_by_id(id)
            .one(self.0.db())
            .await?;
        Ok(found.map(QuestionnaireVersion::from))
    }

    /// The published versions of a study, oldest first.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn of_study(&self, study: StudyId) -> Result<Vec<QuestionnaireVersion>> {
        let all = questionnaire_version::Entity::find()
            .filter(questionnaire_version::COLUMN.study_id.eq(study))
            .filter(questionnaire_version::COLUMN.number.gt(REHEARSED))
            .order_by_asc(questionnaire_version::Column::Number)
            .all(self.0.db())
            .await?;
        Ok(all.into_iter().map(QuestionnaireVersion::from).collect())
    }
}

struct Publish(NewVersion);

impl Write for Publish {
    type Output = Publication;

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<Publication> {
        let new = &self.0;
        // Locking the study makes concurrent publications count one after the other.
        study::Entity::find_by_id(new.study)
            .lock_exclusive()
            .one(tx.db)
            .await?
            .ok_or(StoreError::NotFound("study"))?;
        let of_study = questionnaire_version::Entity::find()
            .filter(questionnaire_version::COLUMN.study_id.eq(new.study));
        let same = of_study
            .clone()
            .filter(
                questionnaire_version::COLUMN
                    .content_hash
                    .eq(new.content_hash.as_str()),
            )
            .one(tx.db)
            .await?;
        if let Some(same) = same {
            return Ok(Publication::Existing(same.into()));
        }
        let last = of_study
            .order_by_desc(questionnaire_version::Column::Number)
            .one(tx.db)
            .await?;
        let version = QuestionnaireVersion {
            id: new.id,
            study: new.study,
            number: last.map_or(1, |last| last.number.saturating_add(1)),
            content_hash: new.content_hash.clone(),
            source: new.source.clone(),
            created_at: new.created_at,
        };
        questionnaire_version::Entity::insert(questionnaire_version::ActiveModel {
            id: Set(version.id),
            study_id: Set(version.study),
            number: Set(version.number),
            content_hash: Set(version.content_hash.clone()),
            source: Set(version.source.clone()),
            created_at: Set(in_utc(version.created_at)),
        })
        .exec_without_returning(tx.db)
        .await?;
        study::Entity::update_many()
            .set(study::ActiveModel {
                title: Set(new.title.clone()),
                ..Default::default()
            })
            .filter(study::COLUMN.id.eq(new.study))
            .exec(tx.db)
            .await?;
        Ok(Publication::New(version))
    }
}

impl From<questionnaire_version::Model> for QuestionnaireVersion {
    fn from(row: questionnaire_version::Model) -> Self {
        Self {
            id: row.id,
            study: row.study_id,
            number: row.number,
            content_hash: row.content_hash,
            source: row.source,
            created_at: row.created_at,
        }
    }
}
