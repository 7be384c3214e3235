use crate::{ChangeKind, ResponseId, Revision, WaveId};
use sea_orm::entity::prelude::*;

/// Which response changed at which revision. Deleted once every tally has taken it in, because
/// it is the only place where the order of responses can be read.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "change_log")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub wave_id: WaveId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub revision: Revision,
    pub kind: ChangeKind,
    pub response_id: ResponseId,
    #[sea_orm(belongs_to, from = "wave_id", to = "id")]
    pub wave: BelongsTo<super::wave::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
