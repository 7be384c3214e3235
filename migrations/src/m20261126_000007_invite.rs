//! Invitations: who is asked to answer a wave, and the mails that ask them.
//!
//! A unit of a sample says whether it has answered, not when, and nothing of a response. Only where a
//! wave is not anonymous does `participation` say which response is whose.

use crate::m20261123_000001_create_studies::Wave;
use crate::m20261123_000002_create_responses::Response;
use crate::table::without_order;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer_null, boolean, integer, text, text_null, text_uniq, timestamp_with_time_zone_null,
    uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum WaveColumn {
    Access,
    MaxResponses,
}

#[derive(DeriveIden)]
enum SampleUnit {
    Table,
    Id,
    WaveId,
    Email,
    Language,
    Territory,
    Variables,
    TokenHash,
    Opened,
    Began,
    Answered,
    OptedOut,
    Bounced,
    NReminders,
}

#[derive(DeriveIden)]
enum Participation {
    Table,
    UnitId,
    WaveId,
    ResponseId,
}

#[derive(DeriveIden)]
enum Outbox {
    Table,
    Id,
    WaveId,
    UnitId,
    Kind,
    State,
    Attempts,
    NextAttempt,
    Recipient,
    Subject,
    Body,
}

#[derive(DeriveIden)]
enum MailTemplate {
    Table,
    WaveId,
    Kind,
    Language,
    Subject,
    Body,
}

/// An address is written to once in a wave, however it is spelt. SQLite and Postgres write an index of
/// an expression alike.
const ONE_AN_ADDRESS: &str =
    "CREATE UNIQUE INDEX \"idx-sample_unit-email\" ON sample_unit (wave_id, lower(email))";

const KINDS: [&str; 3] = ["invitation", "reminder", "other"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let access = text(WaveColumn::Access)
            .default("open")
            .extra("CHECK (access IN ('open', 'invitation', 'both'))")
            .take();
        let max_responses = big_integer_null(WaveColumn::MaxResponses)
            .extra("CHECK (max_responses IS NULL OR max_responses >= 0)")
            .take();
        for column in [access, max_responses] {
            manager
                .alter_table(Table::alter().table(Wave::Table).add_column(column).take())
                .await?;
        }

        let unit = Table::create()
            .table(SampleUnit::Table)
            .col(uuid(SampleUnit::Id).primary_key())
            .col(uuid(SampleUnit::WaveId))
            .col(text_null(SampleUnit::Email))
            .col(text_null(SampleUnit::Language))
            .col(text_null(SampleUnit::Territory))
            .col(text(SampleUnit::Variables))
            .col(text_uniq(SampleUnit::TokenHash))
            .col(boolean(SampleUnit::Opened))
            .col(boolean(SampleUnit::Began))
            .col(boolean(SampleUnit::Answered))
            .col(boolean(SampleUnit::OptedOut))
            .col(boolean(SampleUnit::Bounced))
            .col(integer(SampleUnit::NReminders))
            .foreign_key(
                ForeignKey::create()
                    .name("fk-sample_unit-wave_id")
                    .from(SampleUnit::Table, SampleUnit::WaveId)
                    .to(Wave::Table, Wave::Id),
            )
            .take();
        manager.create_table(without_order(manager, unit)).await?;
        manager
            .get_connection()
            .execute_unprepared(ONE_AN_ADDRESS)
            .await?;

        let participation = Table::create()
            .table(Participation::Table)
            .col(uuid(Participation::UnitId).primary_key())
            .col(uuid(Participation::WaveId))
            .col(uuid(Participation::ResponseId))
            .foreign_key(
                ForeignKey::create()
                    .name("fk-participation-unit_id")
                    .from(Participation::Table, Participation::UnitId)
                    .to(SampleUnit::Table, SampleUnit::Id)
                    .on_delete(ForeignKeyAction::Cascade),
            )
            // A response that is withdrawn is nobody's any more.
            .foreign_key(
                ForeignKey::create()
                    .name("fk-participation-response_id")
                    .from(
                        Participation::Table,
                        (Participation::WaveId, Participation::ResponseId),
                    )
                    .to(Response::Table, (Response::WaveId, Response::Id))
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .take();
        manager
            .create_table(without_order(manager, participation))
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("idx-participation-response_id")
                    .table(Participation::Table)
                    .col(Participation::WaveId)
                    .col(Participation::ResponseId)
                    .unique()
                    .take(),
            )
            .await?;

        let outbox = Table::create()
            .table(Outbox::Table)
            .col(uuid(Outbox::Id).primary_key())
            .col(uuid_null(Outbox::WaveId))
            .col(uuid_null(Outbox::UnitId))
            .col(text(Outbox::Kind))
            .col(text(Outbox::State))
            .col(integer(Outbox::Attempts))
            .col(timestamp_with_time_zone_null(Outbox::NextAttempt))
            .col(text_null(Outbox::Recipient))
            .col(text_null(Outbox::Subject))
            .col(text_null(Outbox::Body))
            .check(Expr::col(Outbox::Kind).is_in(KINDS))
            .check(Expr::col(Outbox::State).is_in(["queued", "sent", "failed", "bounced"]))
            // What is no longer to be sent is no longer known.
            .check(Expr::cust(
                "(state = 'queued') = (recipient IS NOT NULL AND next_attempt IS NOT NULL)",
            ))
            .foreign_key(
                ForeignKey::create()
                    .name("fk-outbox-wave_id")
                    .from(Outbox::Table, Outbox::WaveId)
                    .to(Wave::Table, Wave::Id),
            )
            .foreign_key(
                ForeignKey::create()
                    .name("fk-outbox-unit_id")
                    .from(Outbox::Table, Outbox::UnitId)
                    .to(SampleUnit::Table, SampleUnit::Id)
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .take();
        manager.create_table(without_order(manager, outbox)).await?;
        for (name, column) in [
            ("idx-outbox-next_attempt", Outbox::NextAttempt),
            ("idx-outbox-wave_id", Outbox::WaveId),
            ("idx-outbox-unit_id", Outbox::UnitId),
        ] {
            manager
                .create_index(
                    Index::create()
                        .name(name)
                        .table(Outbox::Table)
                        .col(column)
                        .take(),
                )
                .await?;
        }

        let template = Table::create()
            .table(MailTemplate::Table)
            .col(uuid(MailTemplate::WaveId))
            .col(text(MailTemplate::Kind))
            .col(text(MailTemplate::Language))
            .col(text(MailTemplate::Subject))
            .col(text(MailTemplate::Body))
            .primary_key(
                Index::create()
                    .col(MailTemplate::WaveId)
                    .col(MailTemplate::Kind)
                    .col(MailTemplate::Language),
            )
            .check(Expr::col(MailTemplate::Kind).is_in(KINDS))
            .foreign_key(
                ForeignKey::create()
                    .name("fk-mail_template-wave_id")
                    .from(MailTemplate::Table, MailTemplate::WaveId)
                    .to(Wave::Table, Wave::Id),
            )
            .take();
        manager.create_table(template).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(MailTemplate::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(Outbox::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(Participation::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(SampleUnit::Table).take())
            .await?;
        for column in [WaveColumn::MaxResponses, WaveColumn::Access] {
            manager
                .alter_table(Table::alter().table(Wave::Table).drop_column(column).take())
                .await?;
        }
        Ok(())
    }
}
