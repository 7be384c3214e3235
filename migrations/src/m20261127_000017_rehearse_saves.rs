//! A rehearsal may be of a save that nobody has published: of a study's working version instead of a wave.
//!
//! Such a wave points to itself, so that everything that leaves rehearsals out leaves it out. It asks the version
//! of number 0, which is not among the published ones.

use crate::m20261123_000001_create_studies::Wave;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::big_integer_null;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum WaveColumn {
    RehearsesSave,
}

/// What such rehearsals leave when the column goes.
const REMOVE: [&str; 4] = [
    "DELETE FROM response WHERE wave_id IN (SELECT id FROM wave WHERE rehearsal_of = id)",
    "DELETE FROM wave_revision WHERE wave_id IN (SELECT id FROM wave WHERE rehearsal_of = id)",
    "DELETE FROM wave WHERE rehearsal_of = id",
    "DELETE FROM questionnaire_version WHERE number = 0",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds a constraint only together with its column.
        let column = big_integer_null(WaveColumn::RehearsesSave)
            .extra(
                // What is compared with nothing is neither true nor false, and passes.
                "CHECK (rehearses_save IS NULL OR (rehearsal_of IS NOT NULL AND rehearsal_of = id))",
            )
            .take();
        manager
            .alter_table(Table::alter().table(Wave::Table).add_column(column).take())
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statement in REMOVE {
            manager
                .get_connection()
                .execute_unprepared(statement)
                .await?;
        }
        manager
            .alter_table(
                Table::alter()
                    .table(Wave::Table)
                    .drop_column(WaveColumn::RehearsesSave)
                    .take(),
            )
            .await
    }
}
