use crate::{DraftId, DraftState, VersionId, WaveId};
use sea_orm::entity::prelude::*;

/// The answers of a respondent who has not submitted yet, found by the hash of a secret token.
/// Submitting empties the row and leaves only the fact that it happened.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "draft")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DraftId,
    pub wave_id: WaveId,
    pub version_id: VersionId,
    #[sea_orm(unique, column_type = "Text")]
    pub token_hash: String,
    pub state: DraftState,
    #[sea_orm(column_type = "Text")]
    pub sheet: String,
    /// The furthest page shown.
    #[sea_orm(column_type = "Text", nullable)]
    pub page: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub language: String,
    /// Counts the saves, so that two tabs cannot overwrite each other unseen.
    pub revision: i64,
    /// The day of the last save, for purging.
    pub day: TimeDate,
    /// The digest of the response's code; older drafts have none.
    #[sea_orm(column_type = "Text", nullable)]
    pub code_hash: Option<String>,
    /// The token, sealed with the code.
    #[sea_orm(column_type = "Text", nullable)]
    pub sealed_token: Option<String>,
    /// The code, sealed with the token.
    #[sea_orm(column_type = "Text", nullable)]
    pub sealed_code: Option<String>,
    /// How many corrections of the submitted response were begun. An open draft with any holds
    /// one of them.
    pub correction: i64,
    /// Whether the team types it in for somebody who gave the answers another way.
    pub is_entry: bool,
    #[sea_orm(belongs_to, from = "wave_id", to = "id")]
    pub wave: BelongsTo<super::wave::Entity>,
    #[sea_orm(belongs_to, from = "version_id", to = "id")]
    pub version: BelongsTo<super::questionnaire_version::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
