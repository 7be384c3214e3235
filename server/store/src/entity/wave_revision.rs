use crate::{Revision, WaveId};
use sea_orm::entity::prelude::*;

/// How many changes a wave has seen, and up to which of them the change log was purged.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "wave_revision")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub wave_id: WaveId,
    pub revision: Revision,
    pub purged_to: Revision,
    #[sea_orm(belongs_to, from = "wave_id", to = "id")]
    pub wave: BelongsTo<super::wave::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
