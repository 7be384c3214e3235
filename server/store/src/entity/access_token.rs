use crate::{AccountId, Role, StudyId, TokenId};
use sea_orm::entity::prelude::*;

/// A personal access token for programs.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "access_token")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TokenId,
    #[sea_orm(unique, column_type = "Text")]
    pub secret_hash: String,
    pub account_id: AccountId,
    pub study_id: StudyId,
    pub scope: Role,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub created_at: TimeDateTimeWithTimeZone,
    pub ends_on: TimeDate,
    pub used_on: Option<TimeDate>,
    #[sea_orm(belongs_to, from = "account_id", to = "id")]
    pub account: BelongsTo<super::account::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
