//! Studies, their immutable questionnaire versions, and the waves in which versions are fielded.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    boolean, integer, text, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[derive(DeriveIden)]
pub(crate) enum Study {
    Table,
    Id,
    Slug,
    Title,
    CreatedAt,
}

#[derive(DeriveIden)]
pub(crate) enum QuestionnaireVersion {
    Table,
    Id,
    StudyId,
    Number,
    ContentHash,
    Source,
    CreatedAt,
}

#[derive(DeriveIden)]
pub(crate) enum Wave {
    Table,
    Id,
    Slug,
    StudyId,
    VersionId,
    State,
    OpensAt,
    ClosesAt,
    Anonymous,
    CreatedAt,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table(Study::Table)
                    .col(uuid(Study::Id).primary_key())
                    .col(text(Study::Slug).unique_key())
                    .col(text(Study::Title))
                    .col(timestamp_with_time_zone(Study::CreatedAt))
                    .take(),
            )
            .await?;

        manager
            .create_table(
                Table::create()
                    .table(QuestionnaireVersion::Table)
                    .col(uuid(QuestionnaireVersion::Id).primary_key())
                    .col(uuid(QuestionnaireVersion::StudyId))
                    .col(integer(QuestionnaireVersion::Number))
                    .col(text(QuestionnaireVersion::ContentHash))
                    .col(text(QuestionnaireVersion::Source))
                    .col(timestamp_with_time_zone(QuestionnaireVersion::CreatedAt))
                    .foreign_key(
                        ForeignKey::create()
                            .name("fk-questionnaire_version-study_id")
                            .from(QuestionnaireVersion::Table, QuestionnaireVersion::StudyId)
                            .to(Study::Table, Study::Id),
                    )
                    .take(),
            )
            .await?;
        for (name, column) in [
            (
                "idx-questionnaire_version-study-number",
                QuestionnaireVersion::Number,
            ),
            // The same content is the same version: publishing twice adds nothing.
            (
                "idx-questionnaire_version-study-content",
                QuestionnaireVersion::ContentHash,
            ),
        ] {
            manager
                .create_index(
                    Index::create()
                        .name(name)
                        .table(QuestionnaireVersion::Table)
                        .col(QuestionnaireVersion::StudyId)
                        .col(column)
                        .unique()
                        .take(),
                )
                .await?;
        }

        manager
            .create_table(
                Table::create()
                    .table(Wave::Table)
                    .col(uuid(Wave::Id).primary_key())
                    .col(text(Wave::Slug).unique_key())
                    .col(uuid(Wave::StudyId))
                    .col(uuid(Wave::VersionId))
                    .col(text(Wave::State))
                    .col(timestamp_with_time_zone_null(Wave::OpensAt))
                    .col(timestamp_with_time_zone_null(Wave::ClosesAt))
                    .col(boolean(Wave::Anonymous))
                    .col(timestamp_with_time_zone(Wave::CreatedAt))
                    .check(Expr::col(Wave::State).is_in(["draft", "open", "closed"]))
                    .foreign_key(
                        ForeignKey::create()
                            .name("fk-wave-study_id")
                            .from(Wave::Table, Wave::StudyId)
                            .to(Study::Table, Study::Id),
                    )
                    .foreign_key(
                        ForeignKey::create()
                            .name("fk-wave-version_id")
                            .from(Wave::Table, Wave::VersionId)
                            .to(QuestionnaireVersion::Table, QuestionnaireVersion::Id),
                    )
                    .take(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(Wave::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(QuestionnaireVersion::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(Study::Table).take())
            .await
    }
}
