use crate::WaveId;
use sea_orm::entity::prelude::*;

/// For how many days what belongs to a wave is kept.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "retention")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub wave_id: WaveId,
    pub keep_contacts_days: Option<i32>,
    pub keep_drafts_days: Option<i32>,
    pub keep_answers_days: Option<i32>,
    /// The first day on which the wave was seen closed.
    pub ended_on: Option<TimeDate>,
    #[sea_orm(belongs_to, from = "wave_id", to = "id")]
    pub wave: BelongsTo<super::wave::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
