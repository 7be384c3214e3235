//! Which saves take another one back, and which make it again.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::big_integer_null;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum WorkingVersion {
    Table,
    Undoes,
    Redoes,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One column a statement: SQLite adds no two at once.
        for column in [WorkingVersion::Undoes, WorkingVersion::Redoes] {
            let mut table = Table::alter();
            table.table(WorkingVersion::Table);
            table.add_column(big_integer_null(column));
            manager.alter_table(table).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [WorkingVersion::Undoes, WorkingVersion::Redoes] {
            let mut table = Table::alter();
            table.table(WorkingVersion::Table);
            table.drop_column(column);
            manager.alter_table(table).await?;
        }
        Ok(())
    }
}
