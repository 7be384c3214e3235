//! The time zone in which a wave's moments were said, and the language that it speaks to people
//! of whom none is known.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{text, text_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Wave {
    Table,
    Zone,
    Language,
}

/// The zone in which days were counted before waves had one.
const USUAL: &str = "Europe/Paris";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let zone = text(Wave::Zone).default(USUAL).take();
        // One column at a time: SQLite adds no more.
        for column in [zone, text_null(Wave::Language)] {
            let wave = Table::alter().table(Wave::Table).add_column(column).take();
            manager.alter_table(wave).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [Wave::Language, Wave::Zone] {
            let wave = Table::alter().table(Wave::Table).drop_column(column).take();
            manager.alter_table(wave).await?;
        }
        Ok(())
    }
}
