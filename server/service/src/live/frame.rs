//! What is shown of a wave at one revision, in one language, cut in one way.

use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use store::Revision;
use tally::{Combinations, Cut, Progress, ProgressReport, Table};
use tokio::sync::watch;

/// For how many different distances one frame keeps its text: watchers are rarely further apart.
const MAX_KEPT: usize = 16;

/// A wave's results at one revision, in one language, cut in one way. Computed once, shared by all watchers.
#[derive(Debug)]
pub struct Frame {
    revision: Revision,
    /// Changes before this revision are not told apart.
    origin: Revision,
    is_rehearsal: bool,
    /// Whether the wave is gone: nothing comes after this.
    is_last: bool,
    n_responses: usize,
    /// How many of them are counted, where a condition chooses.
    n_kept: Option<u64>,
    /// Versions of which nobody is counted, or none is in a column.
    left_out: Arc<[i32]>,
    /// Who is in exactly which set, where sets are asked for.
    combinations: Option<Arc<Combinations>>,
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
    /// `{"revision","rehearsal","responses","kept","combinations","progress","tables"}` as JSON; without the last five
    /// when the wave is gone, without `kept` where results are not cut, and without `combinations` where none were asked for.
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
    #[serde(skip_serializing_if = "Option::is_none")]
    kept: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    combinations: Option<&'a Combinations>,
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

    /// How many responses are counted, where a condition chooses.
    #[must_use]
    pub fn n_kept(&self) -> Option<u64> {
        self.n_kept
    }

    /// The numbers of versions of which nobody is counted, or none is in a column.
    #[must_use]
    pub fn left_out(&self) -> &[i32] {
        &self.left_out
    }

    /// Who is in exactly which set, where sets were asked for.
    #[must_use]
    pub fn combinations(&self) -> Option<&Combinations> {
        self.combinations.as_deref()
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
                kept: self.n_kept,
                combinations: self.combinations.as_deref(),
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

/// What is known of a wave at one revision, besides its tables.
pub(crate) struct Known {
    pub(crate) revision: Revision,
    pub(crate) n_responses: usize,
    pub(crate) progress: Progress,
}

/// Tables, and how many responses are in them where a condition chooses.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    pub(crate) all: Vec<Table>,
    pub(crate) n_kept: Option<u64>,
    pub(crate) left_out: Arc<[i32]>,
    pub(crate) combinations: Option<Arc<Combinations>>,
}

/// What somebody sees of a wave: in one language, cut in one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Aspect {
    pub(crate) language: String,
    pub(crate) cut: Cut,
}

/// An aspect that is being watched.
pub(crate) struct View {
    aspect: Aspect,
    frames: watch::Sender<Arc<Frame>>,
}

impl View {
    pub(crate) fn new(aspect: Aspect, is_rehearsal: bool, known: &Known, tables: Tables) -> Self {
        let revision = known.revision;
        let all = tables.all.into_iter();
        let frame = Frame {
            revision,
            origin: revision,
            is_rehearsal,
            is_last: false,
            n_responses: known.n_responses,
            n_kept: tables.n_kept,
            left_out: tables.left_out,
            combinations: tables.combinations,
            progress: known.progress.report(&aspect.language),
            tables: all.map(|table| (revision, Arc::new(table))).collect(),
            texts: Mutex::default(),
        };
        Self {
            aspect,
            frames: watch::channel(Arc::new(frame)).0,
        }
    }

    pub(crate) fn aspect(&self) -> &Aspect {
        &self.aspect
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

    /// Publishes what is known now, unless it is what watchers see already. Tables are worked out only where they can
    /// be others.
    pub(crate) fn publish(&self, known: &Known, tables: impl FnOnce() -> Tables) {
        let before = Arc::clone(&self.frames.borrow());
        let progress = known.progress.report(&self.aspect.language);
        // Two who publish at once: the newer stays.
        if known.revision < before.revision
            || known.revision == before.revision && progress == before.progress
        {
            return;
        }
        let (n_kept, combinations, tables) = if known.revision == before.revision {
            let combinations = before.combinations.clone();
            (before.n_kept, combinations, before.tables.clone())
        } else {
            let Tables {
                all,
                n_kept,
                combinations,
                ..
            } = tables();
            // One plan always gives the same tables in the same order.
            let new =
                all.into_iter()
                    .enumerate()
                    .map(|(nth, table)| match before.tables.get(nth) {
                        Some((at, old)) if **old == table => (*at, Arc::clone(old)),
                        _ => (known.revision, Arc::new(table)),
                    });
            (n_kept, combinations, new.collect())
        };
        self.frames.send_replace(Arc::new(Frame {
            revision: known.revision,
            origin: before.origin,
            is_rehearsal: before.is_rehearsal,
            is_last: false,
            n_responses: known.n_responses,
            n_kept,
            left_out: Arc::clone(&before.left_out),
            combinations,
            progress,
            tables,
            texts: Mutex::default(),
        }));
    }

    /// Tells watchers that the wave is gone.
    pub(crate) fn end(&self) {
        let before = Arc::clone(&self.frames.borrow());
        self.frames.send_replace(Arc::new(Frame {
            revision: before.revision,
            origin: before.origin,
            is_rehearsal: before.is_rehearsal,
            is_last: true,
            n_responses: before.n_responses,
            n_kept: before.n_kept,
            left_out: Arc::clone(&before.left_out),
            combinations: before.combinations.clone(),
            progress: before.progress.clone(),
            tables: before.tables.clone(),
            texts: Mutex::default(),
        }));
    }
}
