//! Opening databases: connection settings, and bringing the schema up to date.

use crate::error::is_busy;
use crate::{Result, StoreError};
use migrations::{Migrator, MigratorTrait};
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use std::path::Path;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// How long a SQLite connection waits for another process that is writing.
pub(crate) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
const BUSY_PAUSE: Duration = Duration::from_millis(10);
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(8);
const SQLITE_READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 12;

/// Serialises the migrations of several Postgres replicas; an arbitrary number of our own.
const MIGRATION_LOCK: i64 = 0x7265_6375_6569_6c01;

/// The kinds of database the store works with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatabaseKind {
    /// A file, written by one writer at a time.
    Sqlite,
    /// A server, shared by several replicas.
    Postgres,
}

impl DatabaseKind {
    /// Tells the kind from the address.
    pub(crate) fn of(url: &str) -> Result<Self> {
        let scheme = url.split(':').next().unwrap_or_default();
        match scheme {
            "sqlite" if url.contains(":memory:") || url.contains("mode=memory") => {
                Err(StoreError::other(
                    "a database in memory cannot be shared by the store's connections; give a file",
                ))
            }
            "sqlite" => Ok(Self::Sqlite),
            "postgres" | "postgresql" => Ok(Self::Postgres),
            _ => Err(StoreError::other(
                "the database address must begin with sqlite:// or postgres://",
            )),
        }
    }
}

/// Statement logging would write answers and addresses to the log: always off.
fn silent(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .sqlx_logging(false)
        .record_stmt_in_spans(false)
        .acquire_timeout(ACQUIRE_TIMEOUT);
    options
}

fn sqlite_settings(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options
        .journal_mode(SqliteJournalMode::Wal)
        // NORMAL loses the last commits at a power cut; FULL syncs the log at each commit.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        // What is deleted (drafts, the change log, withdrawn responses) is overwritten.
        .pragma("secure_delete", "ON")
}

/// The one connection that writes to a SQLite file.
pub(crate) async fn sqlite_writer(url: &str) -> Result<DatabaseConnection> {
    make_folder(url)?;
    let mut options = silent(url);
    options
        .max_connections(1)
        .min_connections(1)
        .idle_timeout(None::<Duration>)
        .max_lifetime(None::<Duration>)
        .map_sqlx_sqlite_opts(|options| sqlite_settings(options).create_if_missing(true));
    sqlite(options).await
}

/// The connections that read a SQLite file; they cannot write.
pub(crate) async fn sqlite_readers(url: &str) -> Result<DatabaseConnection> {
    let mut options = silent(url);
    options
        .max_connections(SQLITE_READERS)
        .map_sqlx_sqlite_opts(|options| sqlite_settings(options).pragma("query_only", "ON"));
    sqlite(options).await
}

/// Connects to a SQLite file. Several processes may meet a new file at once, and SQLite does not
/// wait before it refuses a change of journal, whatever the busy timeout: we wait here instead.
async fn sqlite(options: ConnectOptions) -> Result<DatabaseConnection> {
    let patience = Instant::now() + BUSY_TIMEOUT;
    loop {
        match Database::connect(options.clone()).await {
            Err(error) if is_busy(&error) && Instant::now() < patience => sleep(BUSY_PAUSE).await,
            connected => return Ok(connected?),
        }
    }
}

/// The pool for a Postgres server.
pub(crate) async fn postgres(url: &str) -> Result<DatabaseConnection> {
    let mut options = silent(url);
    options.max_connections(POSTGRES_CONNECTIONS);
    Ok(Database::connect(options).await?)
}

/// Begins a transaction that will write. On SQLite it takes the write lock at once: a lock taken
/// later could not wait for another process without losing what was read before.
pub(crate) async fn begin_write(db: &DatabaseConnection) -> Result<DatabaseTransaction> {
    let mode = (db.get_database_backend() == DbBackend::Sqlite)
        .then_some(SqliteTransactionMode::Immediate);
    let options = TransactionOptions {
        sqlite_transaction_mode: mode,
        ..Default::default()
    };
    Ok(db.begin_with_options(options).await?)
}

/// Applies the missing migrations, all or none; processes that start together take turns.
pub(crate) async fn migrate(db: &DatabaseConnection) -> Result<()> {
    let transaction = begin_write(db).await?;
    if transaction.get_database_backend() == DbBackend::Postgres {
        let lock = format!("SELECT pg_advisory_xact_lock({MIGRATION_LOCK})");
        transaction.execute_unprepared(&lock).await?;
    }
    Migrator::up(&transaction, None).await?;
    Ok(transaction.commit().await?)
}

/// The file behind the address of a SQLite database.
pub(crate) fn file_of(url: &str) -> &Path {
    let path = url.trim_start_matches("sqlite:").trim_start_matches("//");
    Path::new(path.split('?').next().unwrap_or_default())
}

fn make_folder(url: &str) -> Result<()> {
    match file_of(url).parent() {
        Some(folder) if !folder.as_os_str().is_empty() => std::fs::create_dir_all(folder)
            .map_err(|error| StoreError::unavailable(format!("{}: {error}", folder.display()))),
        _ => Ok(()),
    }
}

/// Moves everything from the write-ahead log of a SQLite file into the file and empties the log:
/// it may still hold pages from before an erasure.
pub(crate) async fn truncate_log(url: &str) -> Result<()> {
    let db = sqlite_writer(url).await?;
    let statement = Statement::from_string(DbBackend::Sqlite, "PRAGMA wal_checkpoint(TRUNCATE)");
    let row = db.query_one_raw(statement).await?;
    let is_busy = row.is_none_or(|it| it.try_get_by_index::<i64>(0) != Ok(0));
    db.close().await?;
    if is_busy {
        return Err(StoreError::unavailable("the write-ahead log is in use"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{DatabaseKind, sqlite_readers, sqlite_writer};
    use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

    async fn pragma(db: &DatabaseConnection, name: &str) -> String {
        let statement = Statement::from_string(DbBackend::Sqlite, format!("PRAGMA {name}"));
        let row = db.query_one_raw(statement).await.unwrap().unwrap();
        row.try_get_by_index::<String>(0)
            .or_else(|_| row.try_get_by_index::<i64>(0).map(|n| n.to_string()))
            .unwrap()
    }

    #[tokio::test]
    async fn sqlite_survives_power_cuts_and_keeps_its_rules() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/new/folder/r.db", folder.path().display());
        let writer = sqlite_writer(&url).await.unwrap();
        let readers = sqlite_readers(&url).await.unwrap();
        const FULL: &str = "2";
        assert_eq!(pragma(&writer, "journal_mode").await, "wal");
        assert_eq!(pragma(&writer, "synchronous").await, FULL);
        assert_eq!(pragma(&writer, "foreign_keys").await, "1");
        assert_eq!(pragma(&writer, "secure_delete").await, "1");
        assert_eq!(pragma(&writer, "busy_timeout").await, "5000");
        assert!(
            readers
                .execute_unprepared("CREATE TABLE t (x)")
                .await
                .is_err()
        );
        assert!(
            writer
                .execute_unprepared("CREATE TABLE t (x)")
                .await
                .is_ok()
        );
    }

    #[test]
    fn refuses_addresses_it_cannot_serve() {
        assert_eq!(
            DatabaseKind::of("sqlite://data/r.db").unwrap(),
            DatabaseKind::Sqlite
        );
        assert_eq!(
            DatabaseKind::of("postgres://h/db").unwrap(),
            DatabaseKind::Postgres
        );
        for url in ["mysql://h/db", "data/r.db", "", "sqlite::memory:"] {
            assert!(DatabaseKind::of(url).is_err(), "{url}");
        }
    }
}
