//! A wave may be the rehearsal of another: made-up responses, apart from the real ones.
//!
//! Before, a rehearsal was a wave whose name ended in `_rehearsal`. Those that the program made itself
//! are taken over. One that could hold anything a respondent sent is left as it is.

use crate::m20261123_000001_create_studies::Wave;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::uuid_null;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum WaveColumn {
    RehearsalOf,
}

const ONE_A_WAVE: &str = "idx-wave-rehearsal_of";

/// Such a wave was made as `draft`, a state that no wave ever returns to, and was never opened since:
/// nobody can have answered it. The name of a rehearsal holds a `/`, which no other wave's may.
const TAKE_OVER: &str = r"
UPDATE wave
SET rehearsal_of = (
        SELECT base.id FROM wave AS base
        WHERE base.study_id = wave.study_id AND base.slug || '_rehearsal' = wave.slug
    ),
    slug = substr(slug, 1, length(slug) - length('_rehearsal')) || '/rehearsal',
    state = 'closed'
WHERE state = 'draft' AND opens_at IS NULL AND closes_at IS NULL
    AND slug NOT LIKE '%!_rehearsal!_rehearsal' ESCAPE '!'
    AND EXISTS (
        SELECT 1 FROM wave AS base
        WHERE base.study_id = wave.study_id AND base.slug || '_rehearsal' = wave.slug
    )
    AND NOT EXISTS (SELECT 1 FROM draft WHERE draft.wave_id = wave.id)
    AND NOT EXISTS (SELECT 1 FROM contact WHERE contact.wave_id = wave.id)
    AND NOT EXISTS (SELECT 1 FROM idempotency WHERE idempotency.wave_id = wave.id)
";

const GIVE_BACK: &str = r"
UPDATE wave
SET slug = substr(slug, 1, length(slug) - length('/rehearsal')) || '_rehearsal', state = 'draft'
WHERE slug LIKE '%/rehearsal'
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds a constraint only together with its column.
        let column = uuid_null(WaveColumn::RehearsalOf)
            .extra(
                "CHECK (rehearsal_of IS NULL OR state = 'closed') \
                 REFERENCES wave (id) ON DELETE CASCADE",
            )
            .take();
        manager
            .alter_table(Table::alter().table(Wave::Table).add_column(column).take())
            .await?;
        manager
            .create_index(
                Index::create()
                    .name(ONE_A_WAVE)
                    .table(Wave::Table)
                    .col(WaveColumn::RehearsalOf)
                    .unique()
                    .take(),
            )
            .await?;
        manager
            .get_connection()
            .execute_unprepared(TAKE_OVER)
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_index(Index::drop().name(ONE_A_WAVE).table(Wave::Table).to_owned())
            .await?;
        manager
            .alter_table(
                Table::alter()
                    .table(Wave::Table)
                    .drop_column(WaveColumn::RehearsalOf)
                    .take(),
            )
            .await?;
        // Now only, for the former state breaks the column's check.
        manager
            .get_connection()
            .execute_unprepared(GIVE_BACK)
            .await?;
        Ok(())
    }
}
