//! Live results: each watched wave is counted once, kept up to date from the change log, and
//! shown to any number of watchers.
//!
//! - `arrivals`: how many responses came when;
//! - `filtering`: a filter while it is put together;
//! - `versions`: which versions are counted, and how their tables belong together;
//! - `folded`: the counts (pure);
//! - `frame`: what is shown at one revision, and what to send to whom;
//! - `rebuild`: counting all that is stored;
//! - `follow`: the task that takes in changes, one per watched wave.
//!
//! Everything is level-triggered: a watcher that is slow skips revisions and still ends up with
//! the newest state; a lost wake-up costs time, never a number.

mod arrivals;
mod filtering;
mod folded;
mod follow;
mod frame;
mod rebuild;
mod versions;

#[cfg(test)]
mod laws;

pub use arrivals::Arrived;
pub use filtering::{ComposedFilter, in_words, set_name};
pub use frame::{Frame, LiveEvent, LiveEventKind};

use crate::{Result, ServiceError, Services, ViewDashboard, WaveInfo};
use follow::LiveWave;
use frame::Aspect;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use store::{Revision, VersionId, WaveId};
use tally::Cut;
use tokio::sync::{OnceCell, watch};
pub(crate) use versions::Answered;
use versions::Versions;

/// Live results, reached through [`Services::live`].
#[derive(Debug)]
pub struct Live<'a> {
    services: &'a Services,
    cut: Cut,
}

/// The waves being followed. The cell lets the first who asks count, and the others wait.
#[derive(Default)]
pub(crate) struct Hub {
    waves: Arc<Mutex<Followed>>,
    is_stopped: AtomicBool,
}

type Followed = HashMap<(WaveId, VersionId), Following>;
type Following = Arc<OnceCell<LiveWave>>;

impl Hub {
    /// Makes dashboards look at the drafts of a wave: somebody opened one or turned a page.
    pub(crate) fn look_at_drafts(&self, wave: WaveId) {
        let waves = self.waves.lock().unwrap_or_else(PoisonError::into_inner);
        for ((_, _), live) in waves.iter().filter(|((id, _), _)| *id == wave) {
            if let Some(live) = live.get() {
                live.look_at_drafts();
            }
        }
    }

    /// Ends all following, for good; watchers are told that there is nothing more.
    pub(crate) fn stop(&self) {
        self.is_stopped.store(true, Ordering::SeqCst);
        self.waves
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::SeqCst)
    }

    /// What to call when a wave was removed. It keeps nothing alive.
    /// Ends the following of a wave: it asks another version now. Whoever watches comes back.
    pub(crate) fn leave(&self, wave: WaveId) {
        let mut waves = self.waves.lock().unwrap_or_else(PoisonError::into_inner);
        waves.retain(|(id, _), _| *id != wave);
    }

    /// What to call when following a wave is over. It keeps nothing alive.
    fn forget(&self, wave: WaveId) -> impl FnOnce() + Send + use<> {
        let waves = Arc::downgrade(&self.waves);
        move || {
            if let Some(waves) = waves.upgrade() {
                let mut waves = waves.lock().unwrap_or_else(PoisonError::into_inner);
                waves.retain(|(id, _), _| *id != wave);
            }
        }
    }

    fn slot(&self, wave: WaveId, version: VersionId) -> Following {
        let mut waves = self.waves.lock().unwrap_or_else(PoisonError::into_inner);
        // A wave that asks another version now has other tables, in other words.
        waves.retain(|(id, of), _| *id != wave || *of == version);
        Arc::clone(waves.entry((wave, version)).or_default())
    }
}

impl<'a> Live<'a> {
    pub(crate) fn new(services: &'a Services) -> Self {
        Self {
            services,
            cut: Cut::default(),
        }
    }

    /// The same, of some of the responses, in columns.
    ///
    /// ```text
    /// services.live().cut(Cut { by: Some("presence".into()), ..Cut::default() }).frame(right, "fr")
    /// ```
    #[must_use]
    pub fn cut(self, cut: Cut) -> Self {
        Self { cut, ..self }
    }

    /// The results now, in a language. Waits for nothing but the first count after a start, and the first of a cut.
    ///
    /// # Errors
    /// [`ServiceError::BadCut`] where they cannot be cut so; [`ServiceError::Unavailable`] if the database does not
    /// answer, [`ServiceError::Busy`] while too many cuts are watched.
    pub async fn frame(&self, right: ViewDashboard, language: &str) -> Result<Arc<Frame>> {
        let frames = self.frames(right, language).await?;
        let frame = Arc::clone(&frames.borrow());
        Ok(frame)
    }

    /// Watches the results in a language. `since` is the revision that the watcher has already,
    /// as after a lost connection.
    ///
    /// # Errors
    /// As [`frame`](Self::frame).
    pub async fn watch(
        &self,
        right: ViewDashboard,
        language: &str,
        since: Option<Revision>,
    ) -> Result<Watcher> {
        let frames = self.frames(right, language).await?;
        Ok(Watcher {
            frames,
            sent: since,
            is_first: true,
        })
    }

    async fn frames(
        &self,
        right: ViewDashboard,
        language: &str,
    ) -> Result<watch::Receiver<Arc<Frame>>> {
        if self.services.inner.hub.is_stopped() {
            return Err(ServiceError::Stopping);
        }
        let wave = self
            .services
            .waves()
            .by_id(right.wave())
            .await?
            .ok_or_else(|| ServiceError::UnknownWave(right.wave().to_string()))?;
        let slot = self.services.inner.hub.slot(wave.id, wave.version);
        let live = slot
            .get_or_try_init(|| {
                let interval = self.services.inner.config.live_interval;
                let forget = self.services.inner.hub.forget(wave.id);
                let (store, wave) = (self.services.store().clone(), &wave);
                async move {
                    let versions = self.versions(wave).await?;
                    LiveWave::start(store, wave, versions, interval, forget).await
                }
            })
            .await?;
        // A language that the questionnaire does not have would be one more equal computation.
        let languages = &wave.engine.instrument.languages;
        let language = languages
            .iter()
            .find(|known| *known == language)
            .or(languages.first())
            .map_or("fr", String::as_str);
        let aspect = Aspect {
            language: language.to_owned(),
            cut: self.cut.clone(),
        };
        live.view(aspect).await
    }
}

impl Live<'_> {
    /// How the tables of the versions that a wave's responses answer belong together.
    async fn versions(&self, wave: &WaveInfo) -> Result<Arc<Versions>> {
        let all = self.answered(wave).await?;
        let planned = match all.len() {
            1 => Versions::new(all),
            _ => {
                self.services
                    .writing()
                    .proving(|| Versions::new(all))
                    .await?
            }
        };
        let versions =
            planned.map_err(|error| ServiceError::unreadable("instrument", error.code()))?;
        Ok(Arc::new(versions))
    }

    /// The versions that the responses of a wave answer, with the one that it asks first.
    pub(crate) async fn answered(&self, wave: &WaveInfo) -> Result<Vec<Answered>> {
        let store = self.services.store();
        let mut all = Vec::new();
        let mut ids = store.responses().versions(wave.id).await?;
        ids.retain(|it| *it != wave.version);
        ids.push(wave.version);
        for id in ids {
            let missing = || ServiceError::unreadable("questionnaire version", "it is missing");
            let version = store.versions().by_id(id).await?.ok_or_else(missing)?;
            all.push(Answered {
                id,
                number: version.number,
                engine: self.services.inner.instruments.of(store, id).await?,
            });
        }
        all.sort_by_key(|it| (it.id != wave.version, std::cmp::Reverse(it.number)));
        Ok(all)
    }
}

/// Follows one wave's results for one person.
#[derive(Debug)]
pub struct Watcher {
    frames: watch::Receiver<Arc<Frame>>,
    sent: Option<Revision>,
    is_first: bool,
}

impl Watcher {
    /// Waits until there is something to send. The first time this is at once, unless the watcher
    /// has the present revision already. `None` when the program is closing, and after it was said
    /// that the wave is gone.
    ///
    /// May be dropped while waiting; nothing is lost then.
    pub async fn next(&mut self) -> Option<LiveEvent> {
        let has_it = self.frames.borrow().is_known_to(self.sent);
        if !self.is_first || has_it {
            self.frames.changed().await.ok()?;
        }
        self.is_first = false;
        let event = self.frames.borrow_and_update().event(self.sent);
        self.sent = Some(event.revision);
        Some(event)
    }
}
