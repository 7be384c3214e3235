use crate::{AccountId, CeremonyPurpose};
use sea_orm::entity::prelude::*;

/// A proof that was asked for and has not been given yet.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "ceremony")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub secret_hash: String,
    pub purpose: CeremonyPurpose,
    pub account_id: Option<AccountId>,
    #[sea_orm(column_type = "Text")]
    pub state: String,
    pub ends_at: TimeDateTimeWithTimeZone,
}

impl ActiveModelBehavior for ActiveModel {}
