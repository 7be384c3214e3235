//! Whether a draft is an entry: answers that the team types in for somebody who gave them another way.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::boolean;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Draft {
    Table,
    IsEntry,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::alter();
        table.table(Draft::Table);
        table.add_column(boolean(Draft::IsEntry).default(false));
        manager.alter_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::alter();
        table.table(Draft::Table);
        table.drop_column(Draft::IsEntry);
        manager.alter_table(table).await
    }
}
