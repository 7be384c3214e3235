//! Copies of a SQLite database, and putting one back.

use crate::connect::{file_of, sqlite_writer};
use crate::{DatabaseKind, Result, Store, StoreError, StoreOptions};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

impl Store {
    /// Writes a copy of a SQLite database, as it is at one moment, to a file that must not exist.
    ///
    /// # Errors
    /// [`StoreError::Refused`] on Postgres, which has `pg_dump` for it, or if there is such a file;
    /// [`StoreError::Unavailable`] if it cannot be written.
    pub async fn back_up(&self, to: &Path) -> Result<()> {
        only_sqlite(self.kind(), "pg_dump")?;
        if to.exists() {
            return Err(StoreError::Refused(format!(
                "{} exists already",
                to.display()
            )));
        }
        let db = sqlite_writer(&self.inner.url).await?;
        let path = [to.display().to_string().into()];
        let copy = Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", path);
        let copied = db.execute_raw(copy).await;
        db.close().await?;
        copied?;
        let synced = fs::File::open(to).and_then(|it| it.sync_all());
        synced.map_err(|error| fault(to, &error))
    }
}

/// Puts a copy of a SQLite database in the place of the one at an address. Nobody may have that
/// open. What was erased since the copy was made is erased again when the store is opened, by the
/// ledger that lies beside it.
///
/// # Errors
/// [`StoreError::Refused`] on Postgres, if the copy is not whole or is none, if the database is
/// in use, or if there is one and `replace` is false.
pub async fn restore(url: &str, from: &Path, replace: bool) -> Result<()> {
    only_sqlite(DatabaseKind::of(url)?, "pg_restore")?;
    let path = file_of(url);
    must_be_whole(from).await?;
    if path.exists() {
        if !replace {
            let why = format!("there is a database at {} already", path.display());
            return Err(StoreError::Refused(why));
        }
        must_be_alone(url).await?;
    }
    if let Some(folder) = path.parent().filter(|it| !it.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(|error| fault(folder, &error))?;
    }
    let arriving = beside(path, "restoring");
    fs::copy(from, &arriving).map_err(|error| fault(from, &error))?;
    let synced = fs::File::open(&arriving).and_then(|it| it.sync_all());
    synced.map_err(|error| fault(&arriving, &error))?;
    for extra in ["wal", "shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push("-");
        name.push(extra);
        match fs::remove_file(&name) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(fault(Path::new(&name), &error));
            }
            _ => {}
        }
    }
    fs::rename(&arriving, path).map_err(|error| fault(path, &error))
}

fn only_sqlite(kind: DatabaseKind, tool: &str) -> Result<()> {
    match kind {
        DatabaseKind::Sqlite => Ok(()),
        DatabaseKind::Postgres => Err(StoreError::Refused(format!(
            "for Postgres, use {tool}; afterwards, replay the erasures"
        ))),
    }
}

fn beside(path: &Path, what: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(what);
    PathBuf::from(name)
}

fn fault(path: &Path, error: &std::io::Error) -> StoreError {
    StoreError::unavailable(format!("{}: {error}", path.display()))
}

/// Fails unless the file is a whole database of this program.
async fn must_be_whole(path: &Path) -> Result<()> {
    let refused = |why: &str| StoreError::Refused(format!("{}: {why}", path.display()));
    if !path.is_file() {
        return Err(refused("there is no such file"));
    }
    // Looked at as a copy that may be written to, so that nothing is left beside the file itself.
    let folder = std::env::temp_dir().join(format!("recueil-restore-{}", std::process::id()));
    fs::create_dir_all(&folder).map_err(|error| fault(&folder, &error))?;
    let copy = folder.join("copy.db");
    let looked = match fs::copy(path, &copy) {
        Ok(_) => is_whole(&copy).await,
        Err(error) => Err(fault(path, &error)),
    };
    let _ = fs::remove_dir_all(&folder);
    match looked {
        Ok(true) => Ok(()),
        Ok(false) => Err(refused("it is damaged, or no database of this program")),
        Err(StoreError::Unavailable(it)) => Err(StoreError::Unavailable(it)),
        Err(_) => Err(refused("it is no database of this program")),
    }
}

async fn is_whole(copy: &Path) -> Result<bool> {
    let db = sqlite_writer(&format!("sqlite://{}", copy.display())).await?;
    let ask = async |sql: &str| -> Result<Option<String>> {
        let row = db
            .query_one_raw(Statement::from_string(DbBackend::Sqlite, sql))
            .await?;
        Ok(row.and_then(|it| it.try_get_by_index(0).ok()))
    };
    let check = ask("PRAGMA quick_check").await;
    let tables = ask("SELECT name FROM sqlite_master WHERE name = 'response'").await;
    db.close().await?;
    Ok(check?.as_deref() == Some("ok") && tables?.is_some())
}

/// Fails if anybody has the database open. What its table knows of erasures goes to the ledger's
/// file; a database too damaged to be opened has nothing to lose.
async fn must_be_alone(url: &str) -> Result<()> {
    match Store::open(StoreOptions::new(url)).await {
        Ok(store) => store.close().await,
        Err(error) => tracing::warn!(%error, "the database that is replaced cannot be opened"),
    }
    let Ok(db) = sqlite_writer(url).await else {
        return Ok(());
    };
    // Leaving the write-ahead log takes the whole file, which nobody else may hold.
    let leave = Statement::from_string(DbBackend::Sqlite, "PRAGMA journal_mode = DELETE");
    let left = db.query_one_raw(leave).await;
    db.close().await?;
    let mode = left
        .ok()
        .flatten()
        .and_then(|it| it.try_get_by_index::<String>(0).ok());
    if mode.as_deref() == Some("delete") {
        return Ok(());
    }
    Err(StoreError::Refused(
        "the database is in use: stop the server first".to_owned(),
    ))
}
