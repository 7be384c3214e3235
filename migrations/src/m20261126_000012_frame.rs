//! What of a unit of a sample goes into its response, decided when the sample is taken in: in an anonymous
//! wave it depends on how many others are alike.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::text_null;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum SampleUnit {
    Table,
    Frame,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::alter();
        table.table(SampleUnit::Table);
        table.add_column(text_null(SampleUnit::Frame));
        manager.alter_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::alter();
        table.table(SampleUnit::Table);
        table.drop_column(SampleUnit::Frame);
        manager.alter_table(table).await
    }
}
