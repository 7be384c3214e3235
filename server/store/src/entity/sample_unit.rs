use crate::{UnitId, WaveId};
use sea_orm::entity::prelude::*;

/// Somebody who is asked to answer a wave. Says whether they have, not when, and nothing of their
/// response. No two units of a wave have one address, however it is spelt (an index of the migration).
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sample_unit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UnitId,
    pub wave_id: WaveId,
    /// Erased when it has served.
    #[sea_orm(column_type = "Text", nullable)]
    pub email: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub language: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub territory: Option<String>,
    /// The frame variables, as JSON.
    #[sea_orm(column_type = "Text")]
    pub variables: String,
    /// What goes into the response; in an anonymous wave, only what enough others share.
    #[sea_orm(column_type = "Text", nullable)]
    pub frame: Option<String>,
    #[sea_orm(unique, column_type = "Text")]
    pub token_hash: String,
    pub opened: bool,
    pub began: bool,
    pub answered: bool,
    pub opted_out: bool,
    pub bounced: bool,
    pub n_reminders: i32,
    #[sea_orm(belongs_to, from = "wave_id", to = "id")]
    pub wave: BelongsTo<super::wave::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
