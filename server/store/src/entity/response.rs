use crate::{ResponseId, VersionId, WaveId};
use sea_orm::entity::prelude::*;

/// Everything one respondent gave in one wave. No time, no order, nobody's name.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "response")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub wave_id: WaveId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ResponseId,
    pub version_id: VersionId,
    /// The answer sheet as JSON text: kept as text so that every decimal stays as it was given.
    #[sea_orm(column_type = "Text")]
    pub sheet: String,
    #[sea_orm(column_type = "Text")]
    pub content_hash: String,
    #[sea_orm(belongs_to, from = "wave_id", to = "id")]
    pub wave: BelongsTo<super::wave::Entity>,
    #[sea_orm(belongs_to, from = "version_id", to = "id")]
    pub version: BelongsTo<super::questionnaire_version::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
