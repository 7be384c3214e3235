use crate::{MailKind, MailState, MessageId, UnitId, WaveId};
use sea_orm::entity::prelude::*;

/// A mail to be sent, or the fact that it was. Recipient and text are erased once they have served.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    /// Becomes the mail's Message-ID: the same at every attempt.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MessageId,
    pub wave_id: Option<WaveId>,
    pub unit_id: Option<UnitId>,
    pub kind: MailKind,
    pub state: MailState,
    pub attempts: i32,
    pub next_attempt: Option<TimeDateTimeWithTimeZone>,
    #[sea_orm(column_type = "Text", nullable)]
    pub recipient: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub subject: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub body: Option<String>,
    #[sea_orm(belongs_to, from = "wave_id", to = "id")]
    pub wave: BelongsTo<Option<super::wave::Entity>>,
    #[sea_orm(belongs_to, from = "unit_id", to = "id")]
    pub unit: BelongsTo<Option<super::sample_unit::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
