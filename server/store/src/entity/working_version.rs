use crate::{AccountId, StudyId};
use sea_orm::entity::prelude::*;

/// One save of the questionnaire that a study's organisers are writing.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "working_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub study_id: StudyId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub revision: i64,
    #[sea_orm(column_type = "Text")]
    pub source: String,
    pub saved_at: TimeDateTimeWithTimeZone,
    /// Who saved it; no key of an account that must be there.
    pub account_id: Option<AccountId>,
    /// The save that it takes back.
    pub undoes: Option<i64>,
    /// The save that it makes again.
    pub redoes: Option<i64>,
    #[sea_orm(belongs_to, from = "study_id", to = "id")]
    pub study: BelongsTo<super::study::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
