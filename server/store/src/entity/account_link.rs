use crate::{AccountId, LinkId, Purpose, Role, StudyId};
use sea_orm::entity::prelude::*;

/// A link that works once.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "account_link")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub secret_hash: String,
    #[sea_orm(unique)]
    pub id: LinkId,
    pub purpose: Purpose,
    #[sea_orm(column_type = "Text", nullable)]
    pub email: Option<String>,
    pub account_id: Option<AccountId>,
    pub study_id: Option<StudyId>,
    pub role: Option<Role>,
    pub ends_at: TimeDateTimeWithTimeZone,
}

impl ActiveModelBehavior for ActiveModel {}
