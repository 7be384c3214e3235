//! The one writer of a SQLite file.
//!
//! SQLite lets one connection write at a time, and a commit that survives a power cut costs a
//! disk sync. So all write commands of the process go through one queue; the writer takes what is
//! waiting (up to [`MAX_BATCH`]), runs each command under a savepoint of one transaction, commits
//! once, and only then answers. A command that fails is rolled back alone; a commit that fails
//! fails every command of its batch.
//!
//! A caller that gives up waiting does not undo its command: once queued, it runs.
//!
//! SQLite's log holds the pages that a commit changed side by side, and one commit after the other.
//! Where a commit changed an invitation and a draft or a response, that says whose answers they are. So
//! after such a batch the log is carried over into the file and truncated. What remains: between the
//! commit and the truncation, some milliseconds, the log does tell; a reader in the midst of a long read
//! puts it off until it has ended; a copy of the folder taken at that moment keeps it, as may the
//! disk in blocks that are no longer part of any file; and two copies of the database between which one
//! person answered tell by comparison whose response is new.

use crate::connect::{BUSY_TIMEOUT, begin_write, sqlite_writer};
use crate::feed::Feed;
use crate::options::{AcknowledgeWhen, StoreOptions};
use crate::write::{Tx, Write};
use crate::{Result, Revision, StoreError, WaveId};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, Statement,
    TransactionTrait,
};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

/// How many commands one commit may carry.
const MAX_BATCH: usize = 100;
/// How many commands may wait; further callers wait for a place.
const QUEUE: usize = 1_024;
/// How long a caller waits for a place before the store is called unavailable.
const QUEUE_TIMEOUT: Duration = Duration::from_secs(10);

/// How long after a reader kept the log from being truncated to try again.
const TRUNCATE_AGAIN: Duration = Duration::from_millis(100);
/// How long at most after it failed.
const TRUNCATE_AGAIN_AT_MOST: Duration = Duration::from_secs(60);

/// The way to the writer.
#[derive(Clone)]
pub(crate) struct WriterHandle {
    queue: mpsc::Sender<Message>,
}

enum Message {
    Run(Box<dyn Job>),
    Close(oneshot::Sender<()>),
}

impl WriterHandle {
    /// Queues a command and waits for its commit.
    pub(crate) async fn write<W: Write>(&self, command: W) -> Result<W::Output> {
        let (answer, answered) = oneshot::channel();
        let job = Box::new(Queued {
            command,
            result: None,
            answer: Some(answer),
        });
        self.queue
            .send_timeout(Message::Run(job), QUEUE_TIMEOUT)
            .await
            .map_err(|_| StoreError::unavailable("the writer does not keep up"))?;
        answered
            .await
            .map_err(|_| StoreError::unavailable("the writer has stopped"))?
    }

    /// Finishes what is queued, then closes the file.
    pub(crate) async fn close(&self) {
        let (done, closed) = oneshot::channel();
        if self.queue.send(Message::Close(done)).await.is_ok() {
            // An error means that the writer is gone, which is what was asked for.
            let _ = closed.await;
        }
    }
}

/// A command with its place for the result, without its type.
trait Job: Send {
    /// Runs the command and keeps the result; says whether its changes should stay.
    fn run<'a>(
        &'a mut self,
        savepoint: &'a DatabaseTransaction,
        advanced: &'a mut Vec<(WaveId, Revision)>,
    ) -> Pin<Box<dyn Future<Output = bool> + Send + 'a>>;

    /// Whether the log may not keep it.
    fn is_telling(&self) -> bool;

    /// Tells the caller the result, or why there was no commit.
    fn answer(&mut self, committed: &Result<()>);

    #[cfg(feature = "negative-control")]
    fn is_submission(&self) -> bool;
}

struct Queued<W: Write> {
    command: W,
    result: Option<Result<W::Output>>,
    answer: Option<oneshot::Sender<Result<W::Output>>>,
}

impl<W: Write> Job for Queued<W> {
    fn run<'a>(
        &'a mut self,
        savepoint: &'a DatabaseTransaction,
        advanced: &'a mut Vec<(WaveId, Revision)>,
    ) -> Pin<Box<dyn Future<Output = bool> + Send + 'a>> {
        Box::pin(async move {
            let result = self
                .command
                .apply(&mut Tx {
                    db: savepoint,
                    advanced,
                })
                .await;
            let stays = result.is_ok();
            self.result = Some(result);
            stays
        })
    }

    fn is_telling(&self) -> bool {
        self.command.is_telling()
    }

    fn answer(&mut self, committed: &Result<()>) {
        let Some(answer) = self.answer.take() else {
            return;
        };
        let result = match committed {
            Ok(()) => self.result.take().unwrap_or_else(|| {
                Err(StoreError::other(
                    "the command was committed without having run",
                ))
            }),
            Err(error) => Err(error.clone()),
        };
        // The caller may have gone away; the commit stands.
        let _ = answer.send(result);
    }

    #[cfg(feature = "negative-control")]
    fn is_submission(&self) -> bool {
        W::IS_SUBMISSION
    }
}

/// The task behind the handle.
struct Writer {
    options: StoreOptions,
    connection: Option<DatabaseConnection>,
    feed: Arc<Feed>,
    /// Whether the log holds what it may not keep; at first, who knows.
    log_is_telling: bool,
    /// How long to wait before it is truncated without a batch.
    truncate_again: Duration,
}

/// Starts the writer on an open connection. It ends when the last handle is dropped or
/// [`WriterHandle::close`] is called.
pub(crate) fn start(
    options: StoreOptions,
    connection: DatabaseConnection,
    feed: Arc<Feed>,
) -> WriterHandle {
    let (queue, waiting) = mpsc::channel(QUEUE);
    let writer = Writer {
        options,
        connection: Some(connection),
        feed,
        log_is_telling: true,
        truncate_again: TRUNCATE_AGAIN,
    };
    tokio::spawn(writer.work(waiting));
    WriterHandle { queue }
}

impl Writer {
    async fn work(mut self, mut waiting: mpsc::Receiver<Message>) {
        let mut closing = None;
        while closing.is_none() {
            let next = match self.log_is_telling {
                false => waiting.recv().await,
                true => match timeout(self.truncate_again, waiting.recv()).await {
                    Ok(next) => next,
                    Err(_) => {
                        self.truncate_log().await;
                        continue;
                    }
                },
            };
            let Some(mut message) = next else {
                break;
            };
            let mut batch = Vec::new();
            loop {
                match message {
                    Message::Run(job) => batch.push(job),
                    Message::Close(done) => {
                        closing = Some(done);
                        break;
                    }
                }
                if batch.len() == MAX_BATCH {
                    break;
                }
                match waiting.try_recv() {
                    Ok(next) => message = next,
                    Err(_) => break,
                }
            }
            self.commit(batch).await;
        }
        drop(waiting);
        self.disconnect().await;
        if let Some(done) = closing {
            let _ = done.send(());
        }
    }

    /// Runs a batch, commits it, answers its callers.
    async fn commit(&mut self, mut batch: Vec<Box<dyn Job>>) {
        if batch.is_empty() {
            return;
        }
        let mut advanced = Vec::new();
        self.log_is_telling |= batch.iter().any(|job| job.is_telling());
        let committed = self.attempt(&mut batch, &mut advanced).await;
        for job in &mut batch {
            job.answer(&committed);
        }
        match committed {
            Ok(()) => {
                for (wave, revision) in advanced {
                    self.feed.advance(wave, revision);
                }
                if self.log_is_telling {
                    self.truncate_log().await;
                }
            }
            Err(error) => {
                tracing::error!(
                    commands = batch.len(),
                    cause = ?std::error::Error::source(&error).map(ToString::to_string),
                    "a batch of writes was not committed; its callers were told so"
                );
                // After a failed commit the connection's idea of its transaction is not to be
                // trusted: take a new one, so that the store heals when the fault ends.
                self.disconnect().await;
            }
        }
    }

    async fn attempt(
        &mut self,
        batch: &mut [Box<dyn Job>],
        advanced: &mut Vec<(WaveId, Revision)>,
    ) -> Result<()> {
        let acknowledge = self.options.acknowledge;
        let transaction = begin_write(self.connection().await?).await?;
        for job in &mut *batch {
            let savepoint = transaction.begin().await?;
            let before = advanced.len();
            if job.run(&savepoint, advanced).await {
                savepoint.commit().await?;
            } else {
                advanced.truncate(before);
                savepoint.rollback().await?;
            }
            match acknowledge {
                AcknowledgeWhen::Committed => {}
                #[cfg(feature = "negative-control")]
                AcknowledgeWhen::BeforeCommit if job.is_submission() => job.answer(&Ok(())),
                #[cfg(feature = "negative-control")]
                AcknowledgeWhen::BeforeCommit => {}
            }
        }
        Ok(transaction.commit().await?)
    }

    /// Carries the log over into the file and empties it, unless somebody is reading: writers do not
    /// wait for readers. Where that fails again and again, it is tried less and less often.
    async fn truncate_log(&mut self) {
        let truncated = match self.connection().await {
            Ok(connection) => truncate(connection).await,
            Err(error) => Err(error),
        };
        match truncated {
            Ok(is_done) => {
                self.log_is_telling = !is_done;
                self.truncate_again = TRUNCATE_AGAIN;
            }
            Err(error) => {
                let again = self.truncate_again.saturating_mul(2);
                self.truncate_again = again.min(TRUNCATE_AGAIN_AT_MOST);
                tracing::warn!(%error, "truncating the log");
            }
        }
    }

    async fn connection(&mut self) -> Result<&DatabaseConnection> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => sqlite_writer(&self.options.url).await?,
        };
        Ok(self.connection.insert(connection))
    }

    async fn disconnect(&mut self) {
        if let Some(connection) = self.connection.take()
            && let Err(error) = connection.close().await
        {
            tracing::warn!(%error, "closing the writing connection");
        }
    }
}

async fn truncate(connection: &DatabaseConnection) -> Result<bool> {
    connection
        .execute_unprepared("PRAGMA busy_timeout = 0")
        .await?;
    let truncate = Statement::from_string(DbBackend::Sqlite, "PRAGMA wal_checkpoint(TRUNCATE)");
    let row = connection.query_one_raw(truncate).await;
    let patience = format!("PRAGMA busy_timeout = {}", BUSY_TIMEOUT.as_millis());
    connection.execute_unprepared(&patience).await?;
    let is_busy = match row? {
        Some(row) => row.try_get_by_index::<i32>(0)? != 0,
        None => true,
    };
    Ok(!is_busy)
}
