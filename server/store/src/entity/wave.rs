use crate::{Access, StudyId, VersionId, WaveId, WaveState};
use sea_orm::entity::prelude::*;

/// One fielding of a questionnaire version.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "wave")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: WaveId,
    #[sea_orm(unique, column_type = "Text")]
    pub slug: String,
    pub study_id: StudyId,
    pub version_id: VersionId,
    pub state: WaveState,
    pub opens_at: Option<TimeDateTimeWithTimeZone>,
    pub closes_at: Option<TimeDateTimeWithTimeZone>,
    pub anonymous: bool,
    pub created_at: TimeDateTimeWithTimeZone,
    /// The wave that it is a rehearsal of. The database lets a rehearsal be nothing but closed.
    #[sea_orm(unique)]
    pub rehearsal_of: Option<WaveId>,
    /// Who may answer.
    pub access: Access,
    /// After how many responses it is full.
    pub max_responses: Option<i64>,
    /// IANA name of the time zone in which its moments were said.
    #[sea_orm(column_type = "Text")]
    pub zone: String,
    /// Spoken to people whose language is not known.
    #[sea_orm(column_type = "Text", nullable)]
    pub language: Option<String>,
    /// The save that it rehearses, where it is of no wave: it points to itself then.
    pub rehearses_save: Option<i64>,
    /// What people read who come when it takes no more responses: JSON, a text by language.
    #[sea_orm(column_type = "Text", nullable)]
    pub closing_message: Option<String>,
    #[sea_orm(belongs_to, from = "study_id", to = "id")]
    pub study: BelongsTo<super::study::Entity>,
    #[sea_orm(belongs_to, from = "version_id", to = "id")]
    pub version: BelongsTo<super::questionnaire_version::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
