//! Who waits for news of a wave, and where the news comes from.
//!
//! A wave's revision is *level-triggered*: watchers see the newest number, never a queue of
//! events, and what a revision means is read from the change log. The number arrives from this
//! process's own commits at once, from other processes by looking into the database at short
//! intervals, and on Postgres by `LISTEN`, which only wakes the look.

use crate::entity::wave_revision;
use crate::write::CHANNEL;
use crate::{Result, Revision, WaveId};
use sea_orm::sqlx::postgres::PgListener;
use sea_orm::{DatabaseConnection, EntityTrait};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::AbortHandle;
use tokio::time::MissedTickBehavior;

/// The newest known revision of each watched wave.
#[derive(Debug, Default)]
pub(crate) struct Feed {
    waves: Mutex<HashMap<WaveId, watch::Sender<Revision>>>,
}

impl Feed {
    /// A receiver that is woken at each new revision. It starts at the newest known one.
    pub(crate) fn subscribe(&self, wave: WaveId) -> watch::Receiver<Revision> {
        let mut waves = self.waves.lock().unwrap_or_else(PoisonError::into_inner);
        waves
            .entry(wave)
            .or_insert_with(|| watch::channel(Revision::default()).0)
            .subscribe()
    }

    /// Takes note of a revision; an older one than the known changes nothing.
    pub(crate) fn advance(&self, wave: WaveId, revision: Revision) {
        let waves = self.waves.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = waves.get(&wave) {
            sender.send_if_modified(|known| {
                let newer = revision > *known;
                *known = revision.max(*known);
                newer
            });
        }
    }

    fn is_idle(&self) -> bool {
        let mut waves = self.waves.lock().unwrap_or_else(PoisonError::into_inner);
        waves.retain(|_, sender| sender.receiver_count() > 0);
        waves.is_empty()
    }

    /// Tells the watchers of a removed wave that no more will come.
    pub(crate) fn close(&self, wave: WaveId) {
        let mut waves = self.waves.lock().unwrap_or_else(PoisonError::into_inner);
        waves.remove(&wave);
    }

    /// Reads the revisions of all waves and passes on the new ones. A wave that was watched before
    /// the reading and is not there any more was removed.
    pub(crate) async fn look(&self, db: &DatabaseConnection) -> Result<()> {
        let mut gone: HashSet<WaveId> = {
            let waves = self.waves.lock().unwrap_or_else(PoisonError::into_inner);
            waves.keys().copied().collect()
        };
        for counter in wave_revision::Entity::find().all(db).await? {
            gone.remove(&counter.wave_id);
            self.advance(counter.wave_id, counter.revision);
        }
        for wave in gone {
            self.close(wave);
        }
        Ok(())
    }
}

/// A background task that ends with its owner.
#[derive(Debug)]
pub(crate) struct Background(AbortHandle);

impl Drop for Background {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Looks for what other processes wrote, every `interval`, while anybody watches.
pub(crate) fn poll(feed: Arc<Feed>, db: DatabaseConnection, interval: Duration) -> Background {
    let task = tokio::spawn(async move {
        let mut ticks = tokio::time::interval(interval);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut reachable = true;
        loop {
            ticks.tick().await;
            if feed.is_idle() {
                continue;
            }
            let looked = feed.look(&db).await;
            if looked.is_ok() != reachable {
                reachable = looked.is_ok();
                tracing::warn!(
                    reachable,
                    "the database, as seen by the poll for new revisions"
                );
            }
        }
    });
    Background(task.abort_handle())
}

/// Looks as soon as Postgres announces a change. [`poll`] covers what is lost while the
/// connection is down.
pub(crate) async fn listen(feed: Arc<Feed>, db: DatabaseConnection) -> Result<Background> {
    let mut listener = PgListener::connect_with(db.get_postgres_connection_pool()).await?;
    listener.listen(CHANNEL).await?;
    let task = tokio::spawn(async move {
        loop {
            match listener.recv().await {
                Ok(_) => {
                    // Several announcements in a row are one reason to look.
                    while listener.next_buffered().is_some() {}
                    if let Err(error) = feed.look(&db).await {
                        tracing::warn!(%error, "reading the announced revision");
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "waiting for announcements of Postgres");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
        }
    });
    Ok(Background(task.abort_handle()))
}
