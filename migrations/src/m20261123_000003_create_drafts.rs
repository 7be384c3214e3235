//! Drafts (answers before submission) and contact details.
//!
//! Neither points to a response: a draft is emptied when it is submitted and keeps only the fact
//! that it was; a contact knows its response only where the questionnaire asked for that consent.

use crate::m20261123_000001_create_studies::{QuestionnaireVersion, Wave};
use crate::m20261123_000002_create_responses::Response;
use crate::table::without_order;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, date, text, text_null, text_uniq, uuid, uuid_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
pub(crate) enum Draft {
    Table,
    Id,
    WaveId,
    VersionId,
    TokenHash,
    State,
    Sheet,
    Page,
    Language,
    Revision,
    Day,
}

#[derive(DeriveIden)]
enum Contact {
    Table,
    Id,
    WaveId,
    VersionId,
    Details,
    Consent,
    ResponseId,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let draft = Table::create()
            .table(Draft::Table)
            .col(uuid(Draft::Id).primary_key())
            .col(uuid(Draft::WaveId))
            .col(uuid(Draft::VersionId))
            .col(text_uniq(Draft::TokenHash))
            .col(text(Draft::State))
            .col(text(Draft::Sheet))
            .col(text_null(Draft::Page))
            .col(text(Draft::Language))
            .col(big_integer(Draft::Revision))
            .col(date(Draft::Day))
            .check(Expr::col(Draft::State).is_in(["open", "submitted"]))
            .foreign_key(
                ForeignKey::create()
                    .name("fk-draft-wave_id")
                    .from(Draft::Table, Draft::WaveId)
                    .to(Wave::Table, Wave::Id),
            )
            .foreign_key(
                ForeignKey::create()
                    .name("fk-draft-version_id")
                    .from(Draft::Table, Draft::VersionId)
                    .to(QuestionnaireVersion::Table, QuestionnaireVersion::Id),
            )
            .take();
        manager.create_table(without_order(manager, draft)).await?;
        manager
            .create_index(
                Index::create()
                    .name("idx-draft-wave_id")
                    .table(Draft::Table)
                    .col(Draft::WaveId)
                    .take(),
            )
            .await?;

        let contact = Table::create()
            .table(Contact::Table)
            .col(uuid(Contact::Id).primary_key())
            .col(uuid(Contact::WaveId))
            .col(uuid(Contact::VersionId))
            .col(text(Contact::Details))
            .col(text(Contact::Consent))
            .col(uuid_null(Contact::ResponseId))
            .foreign_key(
                ForeignKey::create()
                    .name("fk-contact-wave_id")
                    .from(Contact::Table, Contact::WaveId)
                    .to(Wave::Table, Wave::Id),
            )
            .foreign_key(
                ForeignKey::create()
                    .name("fk-contact-version_id")
                    .from(Contact::Table, Contact::VersionId)
                    .to(QuestionnaireVersion::Table, QuestionnaireVersion::Id),
            )
            // Who withdraws a response that is linked to them withdraws the contact with it.
            .foreign_key(
                ForeignKey::create()
                    .name("fk-contact-response_id")
                    .from(Contact::Table, (Contact::WaveId, Contact::ResponseId))
                    .to(Response::Table, (Response::WaveId, Response::Id))
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .take();
        manager
            .create_table(without_order(manager, contact))
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("idx-contact-wave_id")
                    .table(Contact::Table)
                    .col(Contact::WaveId)
                    .take(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(Contact::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(Draft::Table).take())
            .await
    }
}
