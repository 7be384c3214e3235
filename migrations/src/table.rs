//! What the tables of respondents' data have in common.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// Finishes a table whose rows must not remember in which order they were written.
///
/// SQLite gives every ordinary table a hidden, ascending row number; `WITHOUT ROWID` stores the
/// rows by their (random) primary key instead. Postgres has no such number.
pub(crate) fn without_order(
    manager: &SchemaManager<'_>,
    mut table: TableCreateStatement,
) -> TableCreateStatement {
    if manager.get_database_backend() == DbBackend::Sqlite {
        table.extra("WITHOUT ROWID");
    }
    table
}
