use crate::{AccountId, Role, StudyId};
use sea_orm::entity::prelude::*;

/// The role of an account in a study.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "membership")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub study_id: StudyId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    pub role: Role,
    #[sea_orm(belongs_to, from = "study_id", to = "id")]
    pub study: BelongsTo<super::study::Entity>,
    #[sea_orm(belongs_to, from = "account_id", to = "id")]
    pub account: BelongsTo<super::account::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
