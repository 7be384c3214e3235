use crate::WaveId;
use sea_orm::entity::prelude::*;

/// How many responses arrived on a day: the finest time the store keeps about responses.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "arrivals")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub wave_id: WaveId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: TimeDate,
    pub n_responses: i64,
    #[sea_orm(belongs_to, from = "wave_id", to = "id")]
    pub wave: BelongsTo<super::wave::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
