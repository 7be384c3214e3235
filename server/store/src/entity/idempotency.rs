use crate::{ResponseId, WaveId};
use sea_orm::entity::prelude::*;

/// What was answered to a submission, so that the same submission gets the same answer.
/// Purged by day: the record is a link between a request and a response.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub wave_id: WaveId,
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub key_hash: String,
    #[sea_orm(column_type = "Text")]
    pub body_hash: String,
    pub response_id: ResponseId,
    pub day: TimeDate,
    #[sea_orm(belongs_to, from = "wave_id", to = "id")]
    pub wave: BelongsTo<super::wave::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
