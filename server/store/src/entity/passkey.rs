use crate::{AccountId, PasskeyId};
use sea_orm::entity::prelude::*;

/// A key that somebody signs in with.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "passkey")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PasskeyId,
    pub account_id: AccountId,
    #[sea_orm(unique, column_type = "Text")]
    pub credential_id: String,
    #[sea_orm(column_type = "Text")]
    pub credential: String,
    pub counter: i64,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub created_at: TimeDateTimeWithTimeZone,
    pub used_on: Option<TimeDate>,
    #[sea_orm(belongs_to, from = "account_id", to = "id")]
    pub account: BelongsTo<super::account::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
