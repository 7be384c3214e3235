//! The ledger of erasures: what was erased, by digests of random keys, so that it is erased again
//! when a backup from before is put back.
//!
//! The table `erasure` is filled by the very transactions that erase. Beside a SQLite file lies
//! the same ledger as a file, `erasures.ndjson`, to which lines are only ever added: a backup that
//! is put back brings its old table and not the file. Opening brings the two together: what only
//! the file knows is erased again, what only the table knows is added to the file.

use crate::entity::{contact, draft, erasure, idempotency, outbox, response, sample_unit};
use crate::repo::{forget_units, remove_response};
use crate::write::{Tx, Write};
use crate::{
    ChangeKind, ContactId, DatabaseKind, DraftId, Erasure, ErasureKind, MailState, ResponseId,
    Result, Store, StoreError, UnitId, WaveId, connect,
};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::io::{ErrorKind, Write as _};
use std::path::PathBuf;
use std::time::Duration;
use time::Date;
use uuid::Uuid;

const FILE: &str = "erasures.ndjson";
/// Databases bound the number of parameters of one statement.
const CHUNK: usize = 100;
/// How long to wait before the write-ahead log is emptied again, when somebody was reading it.
const PAUSE: Duration = Duration::from_millis(200);

/// Identifies an erased row: its key is random, so nobody finds it by trying.
fn digest(wave: WaveId, id: Uuid) -> String {
    let mut hasher = Sha256::new();
    hasher.update(b"recueil erasure");
    hasher.update(wave.0.as_bytes());
    hasher.update(id.as_bytes());
    hasher
        .finalize()
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// Notes that a row is being erased.
pub(crate) async fn note(
    tx: &Tx<'_>,
    kind: ErasureKind,
    wave: WaveId,
    id: Uuid,
    day: Date,
) -> Result<()> {
    note_all(tx, kind, wave, &[id], day).await
}

/// Notes that rows are being erased.
pub(crate) async fn note_all(
    tx: &Tx<'_>,
    kind: ErasureKind,
    wave: WaveId,
    ids: &[Uuid],
    day: Date,
) -> Result<()> {
    let entries: Vec<Erasure> = ids
        .iter()
        .map(|id| Erasure {
            digest: digest(wave, *id),
            kind,
            wave,
            day,
        })
        .collect();
    insert(tx, &entries).await
}

async fn insert(tx: &Tx<'_>, entries: &[Erasure]) -> Result<()> {
    for entries in entries.chunks(CHUNK) {
        let rows = entries.iter().map(|it| erasure::ActiveModel {
            digest: Set(it.digest.clone()),
            kind: Set(it.kind),
            wave_id: Set(it.wave),
            day: Set(it.day),
        });
        erasure::Entity::insert_many(rows)
            .on_conflict(
                OnConflict::column(erasure::Column::Digest)
                    .do_nothing()
                    .to_owned(),
            )
            .try_insert()
            .exec_without_returning(tx.db)
            .await?;
    }
    Ok(())
}

/// The contacts that are linked to a response and go with it.
pub(crate) async fn contacts_of(
    tx: &Tx<'_>,
    wave: WaveId,
    response: ResponseId,
) -> Result<Vec<ContactId>> {
    Ok(contact::Entity::find()
        .filter(contact::COLUMN.wave_id.eq(wave))
        .filter(contact::COLUMN.response_id.eq(response))
        .select_only()
        .column(contact::Column::Id)
        .into_tuple()
        .all(tx.db)
        .await?)
}

impl Store {
    /// Erases again what a ledger says was erased, in whatever state this database was put back;
    /// says how many rows were still there.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn replay_erasures(&self, ledger: Vec<Erasure>) -> Result<u64> {
        let n_rows = self.write(Replay { ledger }).await?;
        if n_rows > 0 {
            self.finish_erasing().await;
        }
        Ok(n_rows)
    }

    /// Brings the table and the file together. To be called when the store is opened.
    pub(crate) async fn settle_ledger(&self) -> Result<()> {
        let Some(path) = self.ledger_file() else {
            return Ok(());
        };
        let table = self.retention().ledger().await?;
        let known: HashSet<&str> = table.iter().map(|it| it.digest.as_str()).collect();
        let mut file = read(&path)?;
        file.retain(|it| !known.contains(it.digest.as_str()));
        if !file.is_empty() {
            let n_rows = self.replay_erasures(file).await?;
            tracing::warn!(n_rows, "erased again what a restored database still had");
        }
        self.append_ledger().await
    }

    /// What follows an erasure: the ledger's file, and no trace in the write-ahead log. The
    /// erasure stands if this fails; opening the store makes up for it.
    pub async fn finish_erasing(&self) {
        if let Err(error) = self.append_ledger().await {
            tracing::error!(%error, "the file of erasures was not written");
        }
        if self.kind() != DatabaseKind::Sqlite {
            return;
        }
        // Whoever reads the log just now is done with it soon.
        let mut emptied = connect::truncate_log(&self.inner.url).await;
        for _ in 0..3 {
            if emptied.is_ok() {
                return;
            }
            tokio::time::sleep(PAUSE).await;
            emptied = connect::truncate_log(&self.inner.url).await;
        }
        if let Err(error) = emptied {
            tracing::warn!(%error, "the write-ahead log was not emptied; it will be later");
        }
    }

    async fn append_ledger(&self) -> Result<()> {
        let Some(path) = self.ledger_file() else {
            return Ok(());
        };
        let known: HashSet<String> = read(&path)?.into_iter().map(|it| it.digest).collect();
        let mut table = self.retention().ledger().await?;
        table.retain(|it| !known.contains(&it.digest));
        let mut lines = String::new();
        if ends_in_a_line(&path)? {
            lines.push('\n');
        }
        let begins = lines.len();
        for entry in &table {
            let line = serde_json::to_string(entry)
                .map_err(|error| StoreError::other(format!("{FILE}: {error}")))?;
            lines.push_str(&line);
            lines.push('\n');
        }
        if lines.len() == begins {
            return Ok(());
        }
        let appended = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(&path)
            .and_then(|mut file| {
                file.write_all(lines.as_bytes())?;
                file.sync_all()
            });
        appended.map_err(|error| StoreError::unavailable(format!("{}: {error}", path.display())))
    }

    fn ledger_file(&self) -> Option<PathBuf> {
        (self.kind() == DatabaseKind::Sqlite)
            .then(|| connect::file_of(&self.inner.url).with_file_name(FILE))
    }
}

/// The entries of a ledger's file; a line that a crash cut off is left out.
fn read(path: &PathBuf) -> Result<Vec<Erasure>> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => {
            let why = format!("{}: {error}", path.display());
            return Err(StoreError::unavailable(why));
        }
    };
    Ok(text
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect())
}

/// Whether a crash cut the last line off: what is added must not continue it.
fn ends_in_a_line(path: &PathBuf) -> Result<bool> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(bytes.last().is_some_and(|it| *it != b'\n')),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => {
            let why = format!("{}: {error}", path.display());
            Err(StoreError::unavailable(why))
        }
    }
}

struct Replay {
    ledger: Vec<Erasure>,
}

impl Write for Replay {
    type Output = u64;

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<u64> {
        let erased: HashMap<&str, &Erasure> = self
            .ledger
            .iter()
            .map(|it| (it.digest.as_str(), it))
            .collect();
        let find = |wave: WaveId, id: Uuid| erased.get(digest(wave, id).as_str()).copied();
        let mut n_rows = 0;
        let contacts: Vec<(WaveId, ContactId)> = contact::Entity::find()
            .select_only()
            .columns([contact::Column::WaveId, contact::Column::Id])
            .into_tuple()
            .all(tx.db)
            .await?;
        for (wave, id) in contacts {
            if find(wave, id.0).is_some() {
                contact::Entity::delete_by_id(id).exec(tx.db).await?;
                n_rows += 1;
            }
        }
        let drafts: Vec<(WaveId, DraftId)> = draft::Entity::find()
            .select_only()
            .columns([draft::Column::WaveId, draft::Column::Id])
            .into_tuple()
            .all(tx.db)
            .await?;
        for (wave, id) in drafts {
            if find(wave, id.0).is_some() {
                draft::Entity::delete_by_id(id).exec(tx.db).await?;
                n_rows += 1;
            }
        }
        let responses: Vec<(WaveId, ResponseId)> = response::Entity::find()
            .select_only()
            .columns([response::Column::WaveId, response::Column::Id])
            .into_tuple()
            .all(tx.db)
            .await?;
        for (wave, id) in responses {
            let Some(entry) = find(wave, id.0) else {
                continue;
            };
            n_rows += 1;
            if entry.kind == ErasureKind::Withdrawn {
                remove_response(tx, wave, id, entry.day).await?;
                continue;
            }
            response::Entity::delete_by_id((wave, id))
                .exec(tx.db)
                .await?;
            idempotency::Entity::delete_many()
                .filter(idempotency::COLUMN.wave_id.eq(wave))
                .filter(idempotency::COLUMN.response_id.eq(id))
                .exec(tx.db)
                .await?;
            tx.log_change(wave, ChangeKind::Withdraw, id).await?;
        }
        let units: Vec<(WaveId, UnitId)> = sample_unit::Entity::find()
            .filter(sample_unit::COLUMN.email.is_not_null())
            .select_only()
            .columns([sample_unit::Column::WaveId, sample_unit::Column::Id])
            .into_tuple()
            .all(tx.db)
            .await?;
        let mut known = Vec::new();
        for (wave, id) in units {
            if find(wave, id.0).is_some() {
                outbox::Entity::delete_many()
                    .filter(outbox::COLUMN.unit_id.eq(id))
                    .filter(outbox::COLUMN.state.eq(MailState::Queued))
                    .exec(tx.db)
                    .await?;
                known.push(id);
            }
        }
        n_rows += forget_units(tx, &known).await?;
        insert(tx, &self.ledger).await?;
        Ok(n_rows)
    }
}
