//! What people read who come when a wave takes no more responses.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::text_null;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Wave {
    Table,
    ClosingMessage,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::alter();
        table.table(Wave::Table);
        table.add_column(text_null(Wave::ClosingMessage));
        manager.alter_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::alter();
        table.table(Wave::Table);
        table.drop_column(Wave::ClosingMessage);
        manager.alter_table(table).await
    }
}
