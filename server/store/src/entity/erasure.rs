use crate::{ErasureKind, WaveId};
use sea_orm::entity::prelude::*;

/// What was erased, by the digest of its random key: enough to erase it again, not to say whose
/// it was.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "erasure")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub digest: String,
    pub kind: ErasureKind,
    pub wave_id: WaveId,
    pub day: TimeDate,
}

impl ActiveModelBehavior for ActiveModel {}
