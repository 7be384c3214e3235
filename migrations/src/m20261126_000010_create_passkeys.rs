//! Passkeys of the team, and ceremonies: what is remembered of a signing in until its second request.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, date_null, text, timestamp_with_time_zone, uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Account {
    Table,
    Id,
}

#[derive(DeriveIden)]
enum Passkey {
    Table,
    Id,
    AccountId,
    CredentialId,
    Credential,
    Counter,
    Name,
    CreatedAt,
    UsedOn,
}

#[derive(DeriveIden)]
enum Ceremony {
    Table,
    SecretHash,
    Purpose,
    AccountId,
    State,
    EndsAt,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let passkey = Table::create()
            .table(Passkey::Table)
            .col(uuid(Passkey::Id).primary_key())
            .col(uuid(Passkey::AccountId))
            .col(text(Passkey::CredentialId).unique_key())
            .col(text(Passkey::Credential))
            .col(big_integer(Passkey::Counter))
            .col(text(Passkey::Name))
            .col(timestamp_with_time_zone(Passkey::CreatedAt))
            .col(date_null(Passkey::UsedOn))
            .foreign_key(
                ForeignKey::create()
                    .name("fk-passkey-account_id")
                    .from(Passkey::Table, Passkey::AccountId)
                    .to(Account::Table, Account::Id)
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .take();
        manager.create_table(passkey).await?;
        manager
            .create_index(
                Index::create()
                    .name("idx-passkey-account_id")
                    .table(Passkey::Table)
                    .col(Passkey::AccountId)
                    .take(),
            )
            .await?;

        let ceremony = Table::create()
            .table(Ceremony::Table)
            .col(text(Ceremony::SecretHash).primary_key())
            .col(text(Ceremony::Purpose))
            .col(uuid_null(Ceremony::AccountId))
            .col(text(Ceremony::State))
            .col(timestamp_with_time_zone(Ceremony::EndsAt))
            .foreign_key(
                ForeignKey::create()
                    .name("fk-ceremony-account_id")
                    .from(Ceremony::Table, Ceremony::AccountId)
                    .to(Account::Table, Account::Id)
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .take();
        manager.create_table(ceremony).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [Ceremony::Table.into_iden(), Passkey::Table.into_iden()] {
            manager
                .drop_table(Table::drop().table(table).take())
                .await?;
        }
        Ok(())
    }
}
