//! Contributors: people who hold a link into another's draft. They go with it.
//!
//! Nothing here says when, or in which order. What a contributor and the holder have written of
//! themselves is emptied when the response is submitted.

use crate::m20261123_000003_create_drafts::Draft;
use crate::table::without_order;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{text, text_null, text_uniq, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Contributor {
    Table,
    Id,
    DraftId,
    SecretHash,
    Label,
    Name,
    Pages,
    State,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let state = text(Contributor::State)
            .extra("CHECK (state IN ('offered', 'joined', 'finished', 'withdrawn', 'sent'))")
            .take();
        let contributor = Table::create()
            .table(Contributor::Table)
            .col(uuid(Contributor::Id).primary_key())
            .col(uuid(Contributor::DraftId))
            .col(text_uniq(Contributor::SecretHash))
            .col(text(Contributor::Label))
            .col(text_null(Contributor::Name))
            .col(text(Contributor::Pages))
            .col(state)
            .foreign_key(
                ForeignKey::create()
                    .name("fk-contributor-draft_id")
                    .from(Contributor::Table, Contributor::DraftId)
                    .to(Draft::Table, Draft::Id)
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .take();
        manager
            .create_table(without_order(manager, contributor))
            .await?;
        let by_draft = Index::create()
            .name("idx-contributor-draft_id")
            .table(Contributor::Table)
            .col(Contributor::DraftId)
            .take();
        manager.create_index(by_draft).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(Contributor::Table).take())
            .await
    }
}
