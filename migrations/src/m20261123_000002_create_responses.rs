//! Responses, and what is known about them without telling them apart: idempotency records, the
//! change log that feeds live tallies, arrivals by day.
//!
//! A response row holds neither a time nor an order. The change log does hold an order, which is
//! why its rows are deleted once every number that follows from them has been brought up to date.

use crate::m20261123_000001_create_studies::{QuestionnaireVersion, Wave};
use crate::table::without_order;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, date, text, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
pub(crate) enum Response {
    Table,
    WaveId,
    Id,
    VersionId,
    Sheet,
    ContentHash,
}

#[derive(DeriveIden)]
enum Idempotency {
    Table,
    WaveId,
    KeyHash,
    BodyHash,
    ResponseId,
    Day,
}

#[derive(DeriveIden)]
enum ChangeLog {
    Table,
    WaveId,
    Revision,
    Kind,
    ResponseId,
}

#[derive(DeriveIden)]
enum WaveRevision {
    Table,
    WaveId,
    Revision,
    PurgedTo,
}

#[derive(DeriveIden)]
enum Arrivals {
    Table,
    WaveId,
    Day,
    NResponses,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Keyed by wave and id: a wave's responses lie together and are read in key order.
        let response = Table::create()
            .table(Response::Table)
            .col(uuid(Response::WaveId))
            .col(uuid(Response::Id))
            .col(uuid(Response::VersionId))
            .col(text(Response::Sheet))
            .col(text(Response::ContentHash))
            .primary_key(Index::create().col(Response::WaveId).col(Response::Id))
            .foreign_key(
                ForeignKey::create()
                    .name("fk-response-wave_id")
                    .from(Response::Table, Response::WaveId)
                    .to(Wave::Table, Wave::Id),
            )
            .foreign_key(
                ForeignKey::create()
                    .name("fk-response-version_id")
                    .from(Response::Table, Response::VersionId)
                    .to(QuestionnaireVersion::Table, QuestionnaireVersion::Id),
            )
            .take();
        manager
            .create_table(without_order(manager, response))
            .await?;

        let idempotency = Table::create()
            .table(Idempotency::Table)
            .col(uuid(Idempotency::WaveId))
            .col(text(Idempotency::KeyHash))
            .col(text(Idempotency::BodyHash))
            .col(uuid(Idempotency::ResponseId))
            .col(date(Idempotency::Day))
            .primary_key(
                Index::create()
                    .col(Idempotency::WaveId)
                    .col(Idempotency::KeyHash),
            )
            .foreign_key(
                ForeignKey::create()
                    .name("fk-idempotency-wave_id")
                    .from(Idempotency::Table, Idempotency::WaveId)
                    .to(Wave::Table, Wave::Id),
            )
            .take();
        manager
            .create_table(without_order(manager, idempotency))
            .await?;

        let change_log = Table::create()
            .table(ChangeLog::Table)
            .col(uuid(ChangeLog::WaveId))
            .col(big_integer(ChangeLog::Revision))
            .col(text(ChangeLog::Kind))
            .col(uuid(ChangeLog::ResponseId))
            .primary_key(
                Index::create()
                    .col(ChangeLog::WaveId)
                    .col(ChangeLog::Revision),
            )
            .check(Expr::col(ChangeLog::Kind).is_in(["submit", "correct", "withdraw"]))
            .foreign_key(
                ForeignKey::create()
                    .name("fk-change_log-wave_id")
                    .from(ChangeLog::Table, ChangeLog::WaveId)
                    .to(Wave::Table, Wave::Id),
            )
            .take();
        manager
            .create_table(without_order(manager, change_log))
            .await?;

        let wave_revision = Table::create()
            .table(WaveRevision::Table)
            .col(uuid(WaveRevision::WaveId).primary_key())
            .col(big_integer(WaveRevision::Revision))
            .col(big_integer(WaveRevision::PurgedTo))
            .foreign_key(
                ForeignKey::create()
                    .name("fk-wave_revision-wave_id")
                    .from(WaveRevision::Table, WaveRevision::WaveId)
                    .to(Wave::Table, Wave::Id),
            )
            .take();
        manager
            .create_table(without_order(manager, wave_revision))
            .await?;

        let arrivals = Table::create()
            .table(Arrivals::Table)
            .col(uuid(Arrivals::WaveId))
            .col(date(Arrivals::Day))
            .col(big_integer(Arrivals::NResponses))
            .primary_key(Index::create().col(Arrivals::WaveId).col(Arrivals::Day))
            .foreign_key(
                ForeignKey::create()
                    .name("fk-arrivals-wave_id")
                    .from(Arrivals::Table, Arrivals::WaveId)
                    .to(Wave::Table, Wave::Id),
            )
            .take();
        manager.create_table(without_order(manager, arrivals)).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(Arrivals::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(WaveRevision::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(ChangeLog::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(Idempotency::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(Response::Table).take())
            .await
    }
}
