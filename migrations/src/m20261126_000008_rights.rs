//! The rights of respondents: a code by which a draft and later its response are found again,
//! corrections, withdrawals counted by wave, responses set aside, days of retention, and the
//! ledger of what was erased.
//!
//! Nothing here says when, finer than a day, or in which order.

use crate::m20261123_000001_create_studies::Wave;
use crate::m20261123_000002_create_responses::Response;
use crate::table::without_order;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, date, date_null, integer_null, text, text_null, uuid,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Draft {
    Table,
    WaveId,
    CodeHash,
    SealedToken,
    SealedCode,
    Correction,
}

#[derive(DeriveIden)]
enum Withdrawal {
    Table,
    WaveId,
    NResponses,
}

#[derive(DeriveIden)]
enum SetAside {
    Table,
    WaveId,
    ResponseId,
    Reason,
}

#[derive(DeriveIden)]
enum Retention {
    Table,
    WaveId,
    KeepContactsDays,
    KeepDraftsDays,
    KeepAnswersDays,
    EndedOn,
}

#[derive(DeriveIden)]
enum Erasure {
    Table,
    Digest,
    Kind,
    WaveId,
    Day,
}

const BY_CODE: &str = "idx-draft-code_hash";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut correction = big_integer(Draft::Correction);
        correction.default(0);
        // One column at a time: SQLite adds no more.
        for column in [
            text_null(Draft::CodeHash),
            text_null(Draft::SealedToken),
            text_null(Draft::SealedCode),
            correction,
        ] {
            let draft = Table::alter().table(Draft::Table).add_column(column).take();
            manager.alter_table(draft).await?;
        }
        let by_code = Index::create()
            .name(BY_CODE)
            .table(Draft::Table)
            .col(Draft::WaveId)
            .col(Draft::CodeHash)
            .unique()
            .take();
        manager.create_index(by_code).await?;

        let withdrawal = Table::create()
            .table(Withdrawal::Table)
            .col(uuid(Withdrawal::WaveId).primary_key())
            .col(big_integer(Withdrawal::NResponses))
            .foreign_key(&mut of_wave(
                "fk-withdrawal-wave_id",
                (Withdrawal::Table, Withdrawal::WaveId),
            ))
            .take();
        manager
            .create_table(without_order(manager, withdrawal))
            .await?;

        let set_aside = Table::create()
            .table(SetAside::Table)
            .col(uuid(SetAside::WaveId))
            .col(uuid(SetAside::ResponseId))
            .col(text(SetAside::Reason))
            .primary_key(
                Index::create()
                    .col(SetAside::WaveId)
                    .col(SetAside::ResponseId),
            )
            .foreign_key(
                ForeignKey::create()
                    .name("fk-set_aside-response_id")
                    .from(SetAside::Table, (SetAside::WaveId, SetAside::ResponseId))
                    .to(Response::Table, (Response::WaveId, Response::Id))
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .take();
        manager
            .create_table(without_order(manager, set_aside))
            .await?;

        let retention = Table::create()
            .table(Retention::Table)
            .col(uuid(Retention::WaveId).primary_key())
            .col(integer_null(Retention::KeepContactsDays))
            .col(integer_null(Retention::KeepDraftsDays))
            .col(integer_null(Retention::KeepAnswersDays))
            .col(date_null(Retention::EndedOn))
            .foreign_key(&mut of_wave(
                "fk-retention-wave_id",
                (Retention::Table, Retention::WaveId),
            ))
            .take();
        manager
            .create_table(without_order(manager, retention))
            .await?;

        // It outlives what it speaks of, so it points to nothing.
        let erasure = Table::create()
            .table(Erasure::Table)
            .col(text(Erasure::Digest).primary_key())
            .col(text(Erasure::Kind))
            .col(uuid(Erasure::WaveId))
            .col(date(Erasure::Day))
            .take();
        manager.create_table(without_order(manager, erasure)).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(Erasure::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(Retention::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(SetAside::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(Withdrawal::Table).take())
            .await?;
        manager
            .drop_index(Index::drop().name(BY_CODE).table(Draft::Table).to_owned())
            .await?;
        for column in [
            Draft::Correction,
            Draft::SealedCode,
            Draft::SealedToken,
            Draft::CodeHash,
        ] {
            let draft = Table::alter()
                .table(Draft::Table)
                .drop_column(column)
                .take();
            manager.alter_table(draft).await?;
        }
        Ok(())
    }
}

/// What belongs to a wave and goes with it.
fn of_wave(name: &str, from: (impl IntoIden, impl IntoIden)) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(name)
        .from_tbl(from.0)
        .from_col(from.1)
        .to(Wave::Table, Wave::Id)
        .on_delete(ForeignKeyAction::Cascade)
        .take()
}
