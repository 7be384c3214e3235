use crate::{MailKind, WaveId};
use sea_orm::entity::prelude::*;

/// The text of a wave's mails of one kind, in one language, where it is not the program's own.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "mail_template")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub wave_id: WaveId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: MailKind,
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub language: String,
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    #[sea_orm(column_type = "Text")]
    pub body: String,
    #[sea_orm(belongs_to, from = "wave_id", to = "id")]
    pub wave: BelongsTo<super::wave::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
