//! Keeping one wave's counts up to date.

use super::folded::Folded;
use super::frame::{Frame, View};
use super::versions::Versions;
use crate::{Result, ServiceError, WaveInfo};
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use store::{Changes, ResponseId, Revision, Store, StoreError, WaveId};
use tokio::sync::{Notify, watch};
use tokio::task::AbortHandle;
use tokio::time::{Instant, sleep, sleep_until};

/// How many responses are read at a time.
const PAGE: u64 = 500;
/// How long to wait after the database failed.
const AFTER_FAILURE: Duration = Duration::from_secs(1);
/// How long the change log is kept for other processes after it was taken in here.
const PURGE_EVERY: Duration = Duration::from_secs(60);

/// Why following a wave ends.
enum Over {
    /// It was removed.
    Removed,
    /// Responses answer a version that was not counted from the start: whoever watches comes back to all of them.
    Moved,
}

/// A wave that is being followed; following ends when this is dropped.
pub(crate) struct LiveWave {
    shared: Arc<Shared>,
    task: AbortHandle,
}

impl Drop for LiveWave {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Shared {
    store: Store,
    wave: WaveId,
    is_rehearsal: bool,
    versions: Arc<Versions>,
    interval: Duration,
    state: Mutex<State>,
    drafts_moved: Notify,
}

struct State {
    folded: Folded,
    views: Vec<View>,
    /// Whether the wave was removed.
    is_over: bool,
}

impl LiveWave {
    /// Counts what is stored, then follows; says so when that is over: the wave was removed, or moved on.
    pub(crate) async fn start(
        store: Store,
        wave: &WaveInfo,
        versions: Arc<Versions>,
        interval: Duration,
        when_over: impl FnOnce() + Send + 'static,
    ) -> Result<Self> {
        let (wave, is_rehearsal) = (wave.id, wave.is_rehearsal());
        let news = store.watch(wave).await?;
        let Some(folded) = count_all(&store, wave, &versions).await? else {
            // Somebody answered another version since these were looked up.
            return Err(ServiceError::Busy);
        };
        let shared = Arc::new(Shared {
            store,
            wave,
            is_rehearsal,
            versions,
            interval,
            state: Mutex::new(State {
                folded,
                views: Vec::new(),
                is_over: false,
            }),
            drafts_moved: Notify::new(),
        });
        let following = Arc::clone(&shared);
        let task = tokio::spawn(async move {
            match follow(&following, news).await {
                Over::Removed => {
                    following.end();
                    when_over();
                }
                Over::Moved => {
                    when_over();
                    following.leave();
                }
            }
        });
        let task = task.abort_handle();
        Ok(Self { shared, task })
    }

    pub(crate) fn look_at_drafts(&self) {
        self.shared.drafts_moved.notify_one();
    }

    /// The frames in a language, computed from now on if nobody watched it before.
    pub(crate) async fn view(&self, language: &str) -> Result<watch::Receiver<Arc<Frame>>> {
        let drafts = self
            .shared
            .store
            .drafts()
            .progress(self.shared.wave)
            .await?;
        let mut state = self.shared.lock();
        if state.is_over {
            return Err(ServiceError::WaveGone);
        }
        if let Some(view) = state.views.iter().find(|view| view.language() == language) {
            return Ok(view.subscribe());
        }
        let view = View::new(language, self.shared.is_rehearsal, &state.folded, &drafts);
        let frames = view.subscribe();
        state.views.push(view);
        Ok(frames)
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn revision(&self) -> Revision {
        self.lock().folded.revision
    }

    /// Takes in what changed; if the database fails, waits for a moment instead. Breaks off when
    /// the wave is gone.
    async fn try_to_catch_up(&self) -> ControlFlow<Over> {
        match self.catch_up().await {
            Ok(true) => {}
            Ok(false) => return ControlFlow::Break(Over::Moved),
            Err(ServiceError::WaveGone) => return ControlFlow::Break(Over::Removed),
            Err(error) => {
                tracing::warn!(%error, "live results are not up to date; trying again");
                sleep(AFTER_FAILURE).await;
            }
        }
        ControlFlow::Continue(())
    }

    /// Ends all views: whoever watches comes back.
    fn leave(&self) {
        self.lock().views.clear();
    }

    /// Tells whoever watches that the wave is gone.
    fn end(&self) {
        let mut state = self.lock();
        state.is_over = true;
        state.views.drain(..).for_each(View::end);
    }

    /// Takes in what changed since the last time and shows it; `false` if it answers a version that is not known here.
    async fn catch_up(&self) -> Result<bool> {
        let changes = self
            .store
            .responses()
            .changes(self.wave, self.revision())
            .await?;
        let drafts = self.store.drafts().progress(self.wave).await?;
        match changes {
            Changes::Since(changes) => {
                let ids: BTreeSet<ResponseId> = changes.iter().map(|it| it.response).collect();
                let ids: Vec<ResponseId> = ids.into_iter().collect();
                let now = self
                    .store
                    .admissibility()
                    .counted_by_ids(self.wave, &ids)
                    .await?;
                let mut state = self.lock();
                if now.iter().any(|it| !state.folded.knows(it.version)) {
                    return Ok(false);
                }
                let gone: BTreeSet<ResponseId> = now.iter().map(|it| it.id).collect();
                for id in ids.into_iter().filter(|id| !gone.contains(id)) {
                    state.folded.remove(id);
                }
                for response in now {
                    state.folded.put(response);
                }
                if let Some(last) = changes.last() {
                    state.folded.revision = last.revision;
                }
                state.publish(&drafts);
            }
            Changes::Purged(_) => {
                let Some(folded) = count_all(&self.store, self.wave, &self.versions).await? else {
                    return Ok(false);
                };
                let mut state = self.lock();
                state.folded = folded;
                state.publish(&drafts);
            }
        }
        Ok(true)
    }
}

impl State {
    /// Brings the views up to date. One that nobody watches is kept as long as that costs
    /// nothing, so that loading a page again does not count again.
    fn publish(&mut self, drafts: &store::Progress) {
        let revision = self.folded.revision;
        self.views
            .retain(|view| view.is_watched() || view.revision() == revision);
        for view in &self.views {
            view.publish(&self.folded, drafts);
        }
    }
}

/// Counts all stored responses. The revision is read first: what changes during the count is
/// taken in again afterwards, which changes nothing. `None` if one answers a version that is not among these.
async fn count_all(
    store: &Store,
    wave: WaveId,
    versions: &Arc<Versions>,
) -> Result<Option<Folded>> {
    let revision = store.responses().revision(wave).await?;
    let mut folded = Folded::new(Arc::clone(versions), revision);
    let mut after = None;
    loop {
        let page = store
            .admissibility()
            .counted_page(wave, after, PAGE)
            .await?;
        let Some(last) = page.last() else {
            return Ok(Some(folded));
        };
        after = Some(last.id);
        for response in page {
            if !folded.knows(response.version) {
                return Ok(None);
            }
            folded.put(response);
        }
        // Counting keeps the thread busy; others must get their turn.
        tokio::task::yield_now().await;
    }
}

/// Follows a wave until it is removed or moves on.
async fn follow(shared: &Shared, mut news: watch::Receiver<Revision>) -> Over {
    let mut purged = (Instant::now(), shared.revision());
    let mut drafts_due = Instant::now();
    loop {
        if *news.borrow_and_update() > shared.revision() {
            // Counted from before the work, so that a single change is shown at once and many
            // close together share a computation.
            let next = Instant::now() + shared.interval;
            if let ControlFlow::Break(over) = shared.try_to_catch_up().await {
                return over;
            }
            sleep_until(next).await;
            continue;
        }
        let drafts_moved = async {
            sleep_until(drafts_due).await;
            shared.drafts_moved.notified().await;
        };
        tokio::select! {
            changed = news.changed() => {
                if changed.is_err() {
                    return Over::Removed;
                }
            }
            // Turned pages do not make a submission that follows them wait.
            () = drafts_moved => {
                if let ControlFlow::Break(over) = shared.try_to_catch_up().await {
                    return over;
                }
                drafts_due = Instant::now() + shared.interval;
            }
            () = sleep_until(purged.0 + PURGE_EVERY), if purged.1 < shared.revision() => {
                purged = purge(shared).await;
            }
        }
    }
}

/// Deletes what was taken in from the change log: it is the only place that knows an order.
async fn purge(shared: &Shared) -> (Instant, Revision) {
    let revision = shared.revision();
    match shared
        .store
        .responses()
        .purge_changes(shared.wave, revision)
        .await
    {
        Ok(()) | Err(StoreError::NotFound(_)) => {}
        Err(error) => tracing::warn!(%error, "the change log was not purged; trying again later"),
    }
    (Instant::now(), revision)
}
