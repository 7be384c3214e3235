//! Compiled questionnaire versions. A version never changes, so it is compiled once.

use crate::{Result, ServiceError};
use questionnaire::Engine;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use store::{Store, VersionId};

#[derive(Debug, Default)]
pub(crate) struct Instruments(Mutex<HashMap<VersionId, Arc<Engine>>>);

impl Instruments {
    /// The engine of a version, compiled now if it was not before.
    pub(crate) async fn of(&self, store: &Store, version: VersionId) -> Result<Arc<Engine>> {
        if let Some(engine) = self.lock().get(&version) {
            return Ok(Arc::clone(engine));
        }
        let stored =
            store.versions().by_id(version).await?.ok_or_else(|| {
                ServiceError::unreadable("questionnaire version", "it is missing")
            })?;
        // A version was sound when it was published; an engine that has become stricter since is
        // a fault of the program, not of whoever asks.
        let checked = questionnaire::check(&stored.source);
        let engine = checked.engine.ok_or_else(|| {
            let codes: Vec<&str> = checked
                .diagnostics
                .iter()
                .map(questionnaire::Diagnostic::code)
                .collect();
            ServiceError::unreadable("questionnaire version", codes.join(" "))
        })?;
        Ok(self.keep(version, engine))
    }

    pub(crate) fn keep(&self, version: VersionId, engine: Engine) -> Arc<Engine> {
        self.keep_shared(version, Arc::new(engine))
    }

    pub(crate) fn keep_shared(&self, version: VersionId, engine: Arc<Engine>) -> Arc<Engine> {
        Arc::clone(self.lock().entry(version).or_insert(engine))
    }

    /// Forgets what a rehearsal asked that is gone.
    pub(crate) fn forget(&self, version: VersionId) {
        self.lock().remove(&version);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<VersionId, Arc<Engine>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
