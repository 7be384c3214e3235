//! Whom OpenID providers know an account as.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{date_null, text, timestamp_with_time_zone, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Account {
    Table,
    Id,
}

#[derive(DeriveIden)]
enum Identity {
    Table,
    Id,
    AccountId,
    Issuer,
    Subject,
    BoundAt,
    UsedOn,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let identity = Table::create()
            .table(Identity::Table)
            .col(uuid(Identity::Id).primary_key())
            .col(uuid(Identity::AccountId))
            .col(text(Identity::Issuer))
            .col(text(Identity::Subject))
            .col(timestamp_with_time_zone(Identity::BoundAt))
            .col(date_null(Identity::UsedOn))
            .foreign_key(
                ForeignKey::create()
                    .name("fk-identity-account_id")
                    .from(Identity::Table, Identity::AccountId)
                    .to(Account::Table, Account::Id)
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .take();
        manager.create_table(identity).await?;
        // Somebody at a provider is one account, and an account is one person there.
        for (name, column) in [
            ("idx-identity-issuer-subject", Identity::Subject),
            ("idx-identity-issuer-account_id", Identity::AccountId),
        ] {
            let index = Index::create()
                .name(name)
                .table(Identity::Table)
                .col(Identity::Issuer)
                .col(column)
                .unique()
                .take();
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(Identity::Table).take())
            .await
    }
}
