//! What the store gives and takes for responses that several people prepare. Plain values, like
//! those of `records.rs`.

use crate::{ContributorId, DraftId};
use sea_orm::{DeriveActiveEnum, EnumIter};

/// How far somebody has come with the part that they were handed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum ContributorState {
    /// The link was made and nobody has used it.
    #[sea_orm(string_value = "offered")]
    Offered,
    /// They have said who they are.
    #[sea_orm(string_value = "joined")]
    Joined,
    /// They say that their part is done.
    #[sea_orm(string_value = "finished")]
    Finished,
    /// The holder took the link back.
    #[sea_orm(string_value = "withdrawn")]
    Withdrawn,
    /// The response was submitted.
    #[sea_orm(string_value = "sent")]
    Sent,
}

impl ContributorState {
    /// Whether the link still leads to the draft.
    #[must_use]
    pub const fn is_active(self) -> bool {
        matches!(self, Self::Offered | Self::Joined | Self::Finished)
    }
}

/// Somebody who holds a link into another's draft.
#[derive(Clone, PartialEq, Eq)]
pub struct Contributor {
    /// The key.
    pub id: ContributorId,
    /// The draft.
    pub draft: DraftId,
    /// What the holder calls them.
    pub label: String,
    /// What they call themselves, once they have come.
    pub name: Option<String>,
    /// Ids of the pages that they may answer; all if there are none.
    pub pages: Vec<String>,
    /// How far they have come.
    pub state: ContributorState,
}

// Names do not reach a log.
impl std::fmt::Debug for Contributor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Contributor")
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

/// A link that is being made.
#[derive(Clone)]
pub struct NewContributor {
    /// The key, random.
    pub id: ContributorId,
    /// The draft, which must not be submitted.
    pub draft: DraftId,
    /// The digest of the link's secret.
    pub secret_hash: String,
    /// What the holder calls them.
    pub label: String,
    /// Ids of the pages that they may answer; all if there are none.
    pub pages: Vec<String>,
    /// How many contributors a draft may have.
    pub at_most: u64,
}

impl std::fmt::Debug for NewContributor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewContributor")
    }
}
