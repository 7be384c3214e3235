use crate::{ContributorId, ContributorState, DraftId};
use sea_orm::entity::prelude::*;

/// Somebody who holds a link into another's draft. Goes with the draft; emptied of what people wrote
/// of themselves when that is submitted.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "contributor")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ContributorId,
    pub draft_id: DraftId,
    #[sea_orm(unique, column_type = "Text")]
    pub secret_hash: String,
    /// What the holder calls them.
    #[sea_orm(column_type = "Text")]
    pub label: String,
    /// What they call themselves.
    #[sea_orm(column_type = "Text", nullable)]
    pub name: Option<String>,
    /// Ids of the pages that they may answer, separated by spaces; all if empty.
    #[sea_orm(column_type = "Text")]
    pub pages: String,
    pub state: ContributorState,
    #[sea_orm(belongs_to, from = "draft_id", to = "id")]
    pub draft: BelongsTo<super::draft::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
