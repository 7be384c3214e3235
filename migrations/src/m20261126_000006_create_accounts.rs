//! The team: accounts, their sessions and roles, one-time links, access tokens, the audit log.
//!
//! No secret is stored, only digests. What belongs to an account goes with it; the audit log stays,
//! and says who by a text of its own.

use crate::m20261123_000001_create_studies::Study;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, date, date_null, text, text_null, timestamp_with_time_zone, uuid,
    uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
enum Account {
    Table,
    Id,
    Email,
    Name,
    Password,
    IsAdministrator,
    CreatedAt,
}

#[derive(DeriveIden)]
enum Session {
    Table,
    SecretHash,
    AccountId,
    Means,
    Agent,
    OpenedAt,
    SeenAt,
    EndsAt,
}

#[derive(DeriveIden)]
enum Membership {
    Table,
    StudyId,
    AccountId,
    Role,
}

#[derive(DeriveIden)]
enum AccountLink {
    Table,
    SecretHash,
    Id,
    Purpose,
    Email,
    AccountId,
    StudyId,
    Role,
    EndsAt,
}

#[derive(DeriveIden)]
enum AccessToken {
    Table,
    Id,
    SecretHash,
    AccountId,
    StudyId,
    Scope,
    Name,
    CreatedAt,
    EndsOn,
    UsedOn,
}

#[derive(DeriveIden)]
enum Audit {
    Table,
    Number,
    At,
    AccountId,
    Actor,
    Action,
    StudyId,
    Subject,
    Before,
    After,
    Hash,
}

const ROLES: [&str; 5] = ["owner", "organiser", "analyst", "correspondent", "viewer"];

fn of_account(
    name: &str,
    table: impl IntoIden,
    column: impl IntoIden,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(name)
        .from(table.into_iden(), column.into_iden())
        .to(Account::Table, Account::Id)
        .on_delete(ForeignKeyAction::Cascade)
        .take()
}

fn of_study(name: &str, table: impl IntoIden, column: impl IntoIden) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(name)
        .from(table.into_iden(), column.into_iden())
        .to(Study::Table, Study::Id)
        .on_delete(ForeignKeyAction::Cascade)
        .take()
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let account = Table::create()
            .table(Account::Table)
            .col(uuid(Account::Id).primary_key())
            .col(text(Account::Email).unique_key())
            .col(text(Account::Name))
            .col(text_null(Account::Password))
            .col(boolean(Account::IsAdministrator))
            .col(timestamp_with_time_zone(Account::CreatedAt))
            .take();
        manager.create_table(account).await?;

        let session = Table::create()
            .table(Session::Table)
            .col(text(Session::SecretHash).primary_key())
            .col(uuid(Session::AccountId))
            .col(text(Session::Means))
            .col(text(Session::Agent))
            .col(timestamp_with_time_zone(Session::OpenedAt))
            .col(timestamp_with_time_zone(Session::SeenAt))
            .col(timestamp_with_time_zone(Session::EndsAt))
            .check(Expr::col(Session::Means).is_in(["password", "passkey", "openid", "link"]))
            .foreign_key(&mut of_account(
                "fk-session-account_id",
                Session::Table,
                Session::AccountId,
            ))
            .take();
        manager.create_table(session).await?;
        manager
            .create_index(
                Index::create()
                    .name("idx-session-account_id")
                    .table(Session::Table)
                    .col(Session::AccountId)
                    .take(),
            )
            .await?;

        let membership = Table::create()
            .table(Membership::Table)
            .col(uuid(Membership::StudyId))
            .col(uuid(Membership::AccountId))
            .col(text(Membership::Role))
            .primary_key(
                Index::create()
                    .col(Membership::StudyId)
                    .col(Membership::AccountId),
            )
            .check(Expr::col(Membership::Role).is_in(ROLES))
            .foreign_key(&mut of_study(
                "fk-membership-study_id",
                Membership::Table,
                Membership::StudyId,
            ))
            .foreign_key(&mut of_account(
                "fk-membership-account_id",
                Membership::Table,
                Membership::AccountId,
            ))
            .take();
        manager.create_table(membership).await?;

        let link = Table::create()
            .table(AccountLink::Table)
            .col(text(AccountLink::SecretHash).primary_key())
            .col(uuid(AccountLink::Id).unique_key())
            .col(text(AccountLink::Purpose))
            .col(text_null(AccountLink::Email))
            .col(uuid_null(AccountLink::AccountId))
            .col(uuid_null(AccountLink::StudyId))
            .col(text_null(AccountLink::Role))
            .col(timestamp_with_time_zone(AccountLink::EndsAt))
            .check(Expr::col(AccountLink::Purpose).is_in(["administrator", "join", "recover"]))
            .foreign_key(&mut of_account(
                "fk-account_link-account_id",
                AccountLink::Table,
                AccountLink::AccountId,
            ))
            .foreign_key(&mut of_study(
                "fk-account_link-study_id",
                AccountLink::Table,
                AccountLink::StudyId,
            ))
            .take();
        manager.create_table(link).await?;

        let token = Table::create()
            .table(AccessToken::Table)
            .col(uuid(AccessToken::Id).primary_key())
            .col(text(AccessToken::SecretHash).unique_key())
            .col(uuid(AccessToken::AccountId))
            .col(uuid(AccessToken::StudyId))
            .col(text(AccessToken::Scope))
            .col(text(AccessToken::Name))
            .col(timestamp_with_time_zone(AccessToken::CreatedAt))
            .col(date(AccessToken::EndsOn))
            .col(date_null(AccessToken::UsedOn))
            .check(Expr::col(AccessToken::Scope).is_in(ROLES))
            .foreign_key(&mut of_account(
                "fk-access_token-account_id",
                AccessToken::Table,
                AccessToken::AccountId,
            ))
            .foreign_key(&mut of_study(
                "fk-access_token-study_id",
                AccessToken::Table,
                AccessToken::StudyId,
            ))
            .take();
        manager.create_table(token).await?;

        // Without foreign keys: what happened stays written when those it names are gone.
        let audit = Table::create()
            .table(Audit::Table)
            .col(big_integer(Audit::Number).primary_key())
            .col(timestamp_with_time_zone(Audit::At))
            .col(uuid_null(Audit::AccountId))
            .col(text(Audit::Actor))
            .col(text(Audit::Action))
            .col(uuid_null(Audit::StudyId))
            .col(text(Audit::Subject))
            .col(text_null(Audit::Before))
            .col(text_null(Audit::After))
            .col(text(Audit::Hash))
            .take();
        manager.create_table(audit).await?;
        manager
            .create_index(
                Index::create()
                    .name("idx-audit-study_id")
                    .table(Audit::Table)
                    .col(Audit::StudyId)
                    .col(Audit::Number)
                    .take(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            Audit::Table.into_iden(),
            AccessToken::Table.into_iden(),
            AccountLink::Table.into_iden(),
            Membership::Table.into_iden(),
            Session::Table.into_iden(),
            Account::Table.into_iden(),
        ] {
            manager
                .drop_table(Table::drop().table(table).take())
                .await?;
        }
        Ok(())
    }
}
