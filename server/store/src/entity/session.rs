use crate::{AccountId, Means};
use sea_orm::entity::prelude::*;

/// A signed-in browser.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub secret_hash: String,
    pub account_id: AccountId,
    pub means: Means,
    #[sea_orm(column_type = "Text")]
    pub agent: String,
    pub opened_at: TimeDateTimeWithTimeZone,
    pub seen_at: TimeDateTimeWithTimeZone,
    pub ends_at: TimeDateTimeWithTimeZone,
    #[sea_orm(belongs_to, from = "account_id", to = "id")]
    pub account: BelongsTo<super::account::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
