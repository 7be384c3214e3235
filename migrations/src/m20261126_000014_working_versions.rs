//! The questionnaires of studies as their organisers are writing them, save by save.

use crate::m20261123_000001_create_studies::Study;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, text, timestamp_with_time_zone, uuid, uuid_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum WorkingVersion {
    Table,
    StudyId,
    Revision,
    Source,
    SavedAt,
    AccountId,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let saves = Table::create()
            .table(WorkingVersion::Table)
            .col(uuid(WorkingVersion::StudyId))
            .col(big_integer(WorkingVersion::Revision))
            .col(text(WorkingVersion::Source))
            .col(timestamp_with_time_zone(WorkingVersion::SavedAt))
            // An account that goes leaves what it wrote.
            .col(uuid_null(WorkingVersion::AccountId))
            .primary_key(
                Index::create()
                    .col(WorkingVersion::StudyId)
                    .col(WorkingVersion::Revision),
            )
            .foreign_key(
                ForeignKey::create()
                    .name("fk-working_version-study_id")
                    .from(WorkingVersion::Table, WorkingVersion::StudyId)
                    .to(Study::Table, Study::Id),
            )
            .take();
        manager.create_table(saves).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(WorkingVersion::Table).take())
            .await
    }
}
