//! Keeping one wave's counts up to date.

use super::folded::{Datasets, Folded};
use super::frame::{Aspect, Frame, Known, View};
use super::rebuild::count_all;
use super::versions::Versions;
use crate::{Result, ServiceError, WaveInfo};
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use store::{Changes, ResponseId, Revision, Store, StoreError, WaveId};
use tally::Join;
use tokio::sync::{Notify, watch};
use tokio::task::{AbortHandle, spawn_blocking};
use tokio::time::{Instant, sleep, sleep_until};

/// How many ways of cutting a wave are kept up to date at a time.
const MOST_CUTS: usize = 64;
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
    /// Of everybody.
    views: Vec<View>,
    /// Cut in some way.
    cuts: Vec<CutView>,
    /// Whether the wave was removed.
    is_over: bool,
}

/// A view that is counted by a plan of its own.
#[derive(Clone)]
struct CutView {
    view: Arc<View>,
    join: Arc<Join>,
}

/// What cuts are counted from, while others are taken in.
struct Shot {
    known: Known,
    datasets: Datasets,
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
                cuts: Vec::new(),
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

    /// The frames of an aspect, computed from now on if nobody watched it before.
    pub(crate) async fn view(&self, aspect: Aspect) -> Result<watch::Receiver<Arc<Frame>>> {
        if !aspect.cut.is_whole() {
            return self.cut(aspect).await;
        }
        let drafts = self.shared.drafts().await?;
        let mut state = self.shared.lock();
        if state.is_over {
            return Err(ServiceError::WaveGone);
        }
        if let Some(view) = state.views.iter().find(|view| *view.aspect() == aspect) {
            return Ok(view.subscribe());
        }
        let known = state.folded.known(&drafts);
        let tables = state.folded.tables(&aspect.language);
        let view = View::new(aspect, self.shared.is_rehearsal, &known, tables);
        let frames = view.subscribe();
        state.views.push(view);
        Ok(frames)
    }

    /// The same, of some, in columns. Counted beside what is taken in, not in its way.
    async fn cut(&self, aspect: Aspect) -> Result<watch::Receiver<Arc<Frame>>> {
        if let Some(frames) = self.shared.lock().known_cut(&aspect)? {
            return Ok(frames);
        }
        let join = self.shared.versions.cut(&aspect.cut);
        let join = Arc::new(join.map_err(ServiceError::BadCut)?);
        let drafts = self.shared.drafts().await?;
        let mut shot = self.shared.lock().shot(&drafts);
        loop {
            let (counting, language) = (Arc::clone(&join), aspect.language.clone());
            let Shot { known, datasets } = shot;
            let counted = spawn_blocking(move || datasets.tables(&counting, &language)).await;
            let tables = counted.map_err(|_| ServiceError::Busy)?;
            let mut state = self.shared.lock();
            if let Some(frames) = state.known_cut(&aspect)? {
                return Ok(frames);
            }
            // What came meanwhile is counted as well, so that nothing is left to whoever publishes next.
            if state.folded.revision > known.revision {
                shot = state.shot(&drafts);
                continue;
            }
            state.make_room()?;
            let view = View::new(aspect, self.shared.is_rehearsal, &known, tables);
            let frames = view.subscribe();
            let view = Arc::new(view);
            state.cuts.push(CutView { view, join });
            return Ok(frames);
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn revision(&self) -> Revision {
        self.lock().folded.revision
    }

    async fn drafts(&self) -> Result<store::Progress> {
        Ok(self.store.drafts().progress(self.wave).await?)
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
        let mut state = self.lock();
        state.views.clear();
        state.cuts.clear();
    }

    /// Tells whoever watches that the wave is gone.
    fn end(&self) {
        let mut state = self.lock();
        state.is_over = true;
        state.views.drain(..).for_each(|it| it.end());
        state.cuts.drain(..).for_each(|it| it.view.end());
    }

    /// Takes in what changed since the last time and shows it; `false` if it answers a version that is not known here.
    async fn catch_up(&self) -> Result<bool> {
        let changes = self
            .store
            .responses()
            .changes(self.wave, self.revision())
            .await?;
        let drafts = self.drafts().await?;
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
                let stored: BTreeSet<ResponseId> = now.iter().map(|it| it.id).collect();
                for id in ids.into_iter().filter(|id| !stored.contains(id)) {
                    state.folded.remove(id);
                }
                for response in now {
                    state.folded.put(response);
                }
                if let Some(last) = changes.last() {
                    state.folded.revision = last.revision;
                }
            }
            Changes::Purged(_) => {
                let Some(folded) = count_all(&self.store, self.wave, &self.versions).await? else {
                    return Ok(false);
                };
                self.lock().folded = folded;
            }
        }
        self.publish(&drafts).await?;
        Ok(true)
    }

    /// Brings the views up to date: those of everybody at once, the others once they are counted.
    async fn publish(&self, drafts: &store::Progress) -> Result<()> {
        let cuts = {
            let mut state = self.lock();
            state.publish(drafts);
            state.cuts.clone()
        };
        if cuts.is_empty() {
            return Ok(());
        }
        let Shot { known, datasets } = self.lock().shot(drafts);
        let published = spawn_blocking(move || {
            for CutView { view, join } in cuts {
                view.publish(&known, || datasets.tables(&join, &view.aspect().language));
            }
        });
        published.await.map_err(|_| ServiceError::Busy)
    }
}

impl State {
    /// Brings the views of everybody up to date, and forgets views. One that nobody watches is kept as long as that
    /// costs nothing, so that loading a page again does not count again.
    fn publish(&mut self, drafts: &store::Progress) {
        let known = self.folded.known(drafts);
        let is_kept = |it: &View| it.is_watched() || it.revision() == known.revision;
        self.views.retain(is_kept);
        self.cuts.retain(|it| is_kept(&it.view));
        for view in &self.views {
            view.publish(&known, || self.folded.tables(&view.aspect().language));
        }
    }

    fn shot(&self, drafts: &store::Progress) -> Shot {
        Shot {
            known: self.folded.known(drafts),
            datasets: self.folded.datasets(),
        }
    }

    /// The frames of a cut that is kept up to date already.
    fn known_cut(&self, aspect: &Aspect) -> Result<Option<watch::Receiver<Arc<Frame>>>> {
        if self.is_over {
            return Err(ServiceError::WaveGone);
        }
        let found = self.cuts.iter().find(|it| it.view.aspect() == aspect);
        Ok(found.map(|it| it.view.subscribe()))
    }

    /// Makes room for one more cut: one that nobody watches goes.
    fn make_room(&mut self) -> Result<()> {
        if self.cuts.len() < MOST_CUTS {
            return Ok(());
        }
        let unwatched = self.cuts.iter().position(|it| !it.view.is_watched());
        self.cuts.remove(unwatched.ok_or(ServiceError::Busy)?);
        Ok(())
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
