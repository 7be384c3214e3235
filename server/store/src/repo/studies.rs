use crate::entity::study;
use crate::write::{Tx, Write, in_utc};
use crate::{Result, Store, StoreError, Study, StudyId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter, QueryOrder};

/// Studies, reached through [`Store::studies`].
#[derive(Debug)]
pub struct Studies<'a>(pub(crate) &'a Store);

impl Studies<'_> {
    /// Creates the study unless its slug exists; returns the stored one.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn ensure(&self, study: Study) -> Result<Study> {
        self.0.write(Ensure(study)).await
    }

    /// Finds a study by its slug.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn by_slug(&self, slug: &str) -> Result<Option<Study>> {
        let found = study::Entity::find()
            .filter(study::COLUMN.slug.eq(slug))
            .one(self.0.db())
            .await?;
        Ok(found.map(Study::from))
    }

    /// Finds a study by its key.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn by_id(&self, id: StudyId) -> Result<Option<Study>> {
        Ok(study::Entity::find_by_id(id)
            .one(self.0.db())
            .await?
            .map(Study::from))
    }

    /// All studies, by slug.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn all(&self) -> Result<Vec<Study>> {
        let all = study::Entity::find()
            .order_by_asc(study::Column::Slug)
            .all(self.0.db())
            .await?;
        Ok(all.into_iter().map(Study::from).collect())
    }
}

struct Ensure(Study);

impl Write for Ensure {
    type Output = Study;

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<Study> {
        let study = &self.0;
        study::Entity::insert(study::ActiveModel {
            id: Set(study.id),
            slug: Set(study.slug.clone()),
            title: Set(study.title.clone()),
            created_at: Set(in_utc(study.created_at)),
        })
        .on_conflict(
            OnConflict::column(study::Column::Slug)
                .do_nothing()
                .to_owned(),
        )
        .try_insert()
        .exec_without_returning(tx.db)
        .await?;
        study::Entity::find()
            .filter(study::COLUMN.slug.eq(study.slug.as_str()))
            .one(tx.db)
            .await?
            .map(Study::from)
            .ok_or(StoreError::NotFound("study"))
    }
}

impl From<study::Model> for Study {
    fn from(row: study::Model) -> Self {
        Self {
            id: row.id,
            slug: row.slug,
            title: row.title,
            created_at: row.created_at,
        }
    }
}
