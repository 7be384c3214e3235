use crate::{ContactId, ResponseId, VersionId, WaveId};
use sea_orm::entity::prelude::*;

/// Contact details, apart from the answers.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "contact")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ContactId,
    pub wave_id: WaveId,
    pub version_id: VersionId,
    /// What was given, as JSON.
    #[sea_orm(column_type = "Text")]
    pub details: String,
    /// The wording that was agreed to, as JSON: the proof of consent.
    #[sea_orm(column_type = "Text")]
    pub consent: String,
    /// Set only where the respondent agreed that their answers may be linked to them.
    pub response_id: Option<ResponseId>,
    #[sea_orm(belongs_to, from = "wave_id", to = "id")]
    pub wave: BelongsTo<super::wave::Entity>,
    #[sea_orm(belongs_to, from = "version_id", to = "id")]
    pub version: BelongsTo<super::questionnaire_version::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
