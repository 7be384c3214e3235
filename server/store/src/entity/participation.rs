use crate::{ResponseId, UnitId, WaveId};
use sea_orm::entity::prelude::*;

/// Whose response is which, in waves that are not anonymous; anonymous waves have no row here.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "participation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub unit_id: UnitId,
    pub wave_id: WaveId,
    pub response_id: ResponseId,
    #[sea_orm(belongs_to, from = "unit_id", to = "id")]
    pub unit: BelongsTo<super::sample_unit::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
