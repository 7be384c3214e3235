//! How the store is opened.

use std::time::Duration;

/// Which database to open, and how.
#[derive(Debug, Clone)]
pub struct StoreOptions {
    pub(crate) url: String,
    pub(crate) acknowledge: AcknowledgeWhen,
    pub(crate) poll_every: Duration,
}

/// When the writer answers a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum AcknowledgeWhen {
    /// After the commit, when the data is on disk. The only right answer.
    #[default]
    Committed,
    /// Submissions before the commit: loses acknowledged responses when the process dies. It
    /// exists so that the durability test can show that it would notice.
    #[cfg(feature = "negative-control")]
    BeforeCommit,
}

impl StoreOptions {
    /// Opens `sqlite://path` (created if absent, together with its folder) or `postgres://…`.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            acknowledge: AcknowledgeWhen::Committed,
            poll_every: Duration::from_millis(250),
        }
    }

    /// Answers commands at another moment. SQLite only; see [`AcknowledgeWhen`].
    #[must_use]
    pub fn acknowledge_when(mut self, when: AcknowledgeWhen) -> Self {
        self.acknowledge = when;
        self
    }

    /// How often to look for what other processes wrote (on Postgres this only backs up the
    /// notifications). A quarter of a second unless told otherwise.
    #[must_use]
    pub fn poll_every(mut self, interval: Duration) -> Self {
        self.poll_every = interval;
        self
    }
}
