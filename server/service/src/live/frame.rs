//! What is shown of a wave at one revision, in one language.

use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use store::Revision;
use tally::{ProgressReport, Table};
use tokio::sync::watch;

use super::folded::Folded;

/// For how many different distances one frame keeps its text: watchers are rarely further apart.
const MAX_KEPT: usize = 16;

/// A wave's results at one revision, in one language. Computed once, shared by all watchers.
#[derive(Debug)]
pub struct Frame {
    revision: Revision,
    /// Changes before this revision are not told apart.
    origin: Revision,
    is_rehearsal: bool,
    /// Whether the wave is gone: nothing comes after this.
    is_last: bool,
    n_responses: usize,
    progress: ProgressReport,
    /// Each table with the revision at which it last changed.
    tables: Vec<(Revision, Arc<Table>)>,
    texts: Mutex<BTreeMap<Option<Revision>, Arc<str>>>,
}

/// What a watcher is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveEvent {
    /// Whether `data` holds all tables, only those that changed, or none any more.
    pub kind: LiveEventKind,
    /// The revision that the watcher is at when it has taken this in.
    pub revision: Revision,
    /// `{"revision","rehearsal","responses","progress","tables"}` as JSON; without the last three
    /// when the wave is gone.
    pub data: Arc<str>,
}

/// All, only what changed, or the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LiveEventKind {
    /// All tables.
    Snapshot,
    /// The tables that changed since what the watcher was sent before.
    Delta,
    /// The wave was removed: nothing follows.
    Removed,
}

impl LiveEventKind {
    /// The event's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Snapshot => "snapshot",
            Self::Delta => "delta",
            Self::Removed => "removed",
        }
    }
}

#[derive(Serialize)]
struct Data<'a> {
    revision: Revision,
    rehearsal: bool,
    #[serde(flatten)]
    results: Option<Results<'a>>,
}

#[derive(Serialize)]
struct Results<'a> {
    responses: usize,
    progress: &'a ProgressReport,
    tables: Vec<&'a Table>,
}

impl Frame {
    /// The revision.
    #[must_use]
    pub fn revision(&self) -> Revision {
        self.revision
    }

    /// Whether a watcher that has seen this revision needs nothing of it.
    pub(crate) fn is_known_to(&self, seen: Option<Revision>) -> bool {
        seen == Some(self.revision) && !self.is_last
    }

    /// How many responses are stored.
    #[must_use]
    pub fn n_responses(&self) -> usize {
        self.n_responses
    }

    /// How far people came.
    #[must_use]
    pub fn progress(&self) -> &ProgressReport {
        &self.progress
    }

    /// The tables, in the order of the questionnaire.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.tables.iter().map(|(_, table)| &**table)
    }

    /// What to send to a watcher that has everything up to `since`, or nothing.
    #[must_use]
    pub fn event(&self, since: Option<Revision>) -> LiveEvent {
        // A watcher from another time (before this program started, or of another database) gets
        // everything: what changed for it is not known here.
        let since = since.filter(|since| (self.origin..=self.revision).contains(since));
        let kind = if self.is_last {
            LiveEventKind::Removed
        } else if since.is_some() {
            LiveEventKind::Delta
        } else {
            LiveEventKind::Snapshot
        };
        LiveEvent {
            kind,
            revision: self.revision,
            data: self.data(since),
        }
    }

    fn data(&self, since: Option<Revision>) -> Arc<str> {
        let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(text) = texts.get(&since) {
            return Arc::clone(text);
        }
        let changed = |at: Revision| since.is_none_or(|since| at > since);
        let data = Data {
            revision: self.revision,
            rehearsal: self.is_rehearsal,
            results: (!self.is_last).then(|| Results {
                responses: self.n_responses,
                progress: &self.progress,
                tables: self
                    .tables
                    .iter()
                    .filter(|(at, _)| changed(*at))
                    .map(|(_, it)| &**it)
                    .collect(),
            }),
        };
        let text: Arc<str> = match serde_json::to_string(&data) {
            Ok(text) => text.into(),
            Err(error) => {
                tracing::error!(%error, "tables cannot be written as JSON");
                format!(r#"{{"revision":{},"tables":[]}}"#, self.revision).into()
            }
        };
        if texts.len() < MAX_KEPT {
            texts.insert(since, Arc::clone(&text));
        }
        text
    }
}

/// One language in which a wave is being watched.
pub(crate) struct View {
    language: String,
    frames: watch::Sender<Arc<Frame>>,
}

impl View {
    pub(crate) fn new(
        language: &str,
        is_rehearsal: bool,
        folded: &Folded,
        drafts: &store::Progress,
    ) -> Self {
        let tables = folded.tables(language).into_iter();
        let frame = Frame {
            revision: folded.revision,
            origin: folded.revision,
            is_rehearsal,
            is_last: false,
            n_responses: folded.n_responses(),
            progress: folded.progress(drafts).report(language),
            tables: tables
                .map(|table| (folded.revision, Arc::new(table)))
                .collect(),
            texts: Mutex::default(),
        };
        Self {
            language: language.to_owned(),
            frames: watch::channel(Arc::new(frame)).0,
        }
    }

    pub(crate) fn language(&self) -> &str {
        &self.language
    }

    pub(crate) fn subscribe(&self) -> watch::Receiver<Arc<Frame>> {
        self.frames.subscribe()
    }

    pub(crate) fn revision(&self) -> Revision {
        self.frames.borrow().revision
    }

    pub(crate) fn is_watched(&self) -> bool {
        self.frames.receiver_count() > 0
    }

    /// Publishes the present state, unless it is what watchers see already.
    pub(crate) fn publish(&self, folded: &Folded, drafts: &store::Progress) {
        let before = Arc::clone(&self.frames.borrow());
        let progress = folded.progress(drafts).report(&self.language);
        if folded.revision == before.revision && progress == before.progress {
            return;
        }
        let tables = if folded.revision == before.revision {
            before.tables.clone()
        } else {
            let new = folded.tables(&self.language);
            // One plan always gives the same tables in the same order.
            let new =
                new.into_iter()
                    .enumerate()
                    .map(|(nth, table)| match before.tables.get(nth) {
                        Some((at, old)) if **old == table => (*at, Arc::clone(old)),
                        _ => (folded.revision, Arc::new(table)),
                    });
            new.collect()
        };
        self.frames.send_replace(Arc::new(Frame {
            revision: folded.revision,
            origin: before.origin,
            is_rehearsal: before.is_rehearsal,
            is_last: false,
            n_responses: folded.n_responses(),
            progress,
            tables,
            texts: Mutex::default(),
        }));
    }

    /// Tells watchers that the wave is gone.
    pub(crate) fn end(self) {
        let before = Arc::clone(&self.frames.borrow());
        self.frames.send_replace(Arc::new(Frame {
            revision: before.revision,
            origin: before.origin,
            is_rehearsal: before.is_rehearsal,
            is_last: true,
            n_responses: before.n_responses,
            progress: before.progress.clone(),
            tables: before.tables.clone(),
            texts: Mutex::default(),
        }));
    }
}
