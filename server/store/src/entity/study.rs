use crate::StudyId;
use sea_orm::entity::prelude::*;

/// A project: it owns questionnaires and waves.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "study")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StudyId,
    #[sea_orm(unique, column_type = "Text")]
    pub slug: String,
    /// The title in each language, as JSON.
    #[sea_orm(column_type = "Text")]
    pub title: String,
    pub created_at: TimeDateTimeWithTimeZone,
}

impl ActiveModelBehavior for ActiveModel {}
