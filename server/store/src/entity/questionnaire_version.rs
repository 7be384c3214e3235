use crate::{StudyId, VersionId};
use sea_orm::entity::prelude::*;

/// A questionnaire as it was published. Rows are inserted and never updated.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "questionnaire_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: VersionId,
    pub study_id: StudyId,
    /// 1, 2, 3… within the study; 0 for what its rehearsal asks, which is not published.
    pub number: i32,
    #[sea_orm(column_type = "Text")]
    pub content_hash: String,
    /// The file as it was written, with its comments.
    #[sea_orm(column_type = "Text")]
    pub source: String,
    pub created_at: TimeDateTimeWithTimeZone,
    #[sea_orm(belongs_to, from = "study_id", to = "id")]
    pub study: BelongsTo<super::study::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
