//! Identifiers as types of their own: a wave cannot be passed where a study is meant.
//!
//! The store never makes an identifier. Callers draw them, version 7 for things the team creates
//! (they sort by creation), version 4 for everything that belongs to a respondent, where the
//! order of two identifiers would already say too much.

use sea_orm::{DbErr, DeriveValueType, TryFromU64};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! typed_id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, DeriveValueType, Serialize,
            Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        // SeaORM asks every key type how to read a number the database made up; ours never does.
        impl TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }
    )*};
}

typed_id! {
    /// Names a study.
    StudyId;
    /// Names an immutable questionnaire version.
    VersionId;
    /// Names a wave: one fielding of a version.
    WaveId;
    /// Names a response within its wave. Random, so that it says nothing about its arrival.
    ResponseId;
    /// Names a draft: the answers of a respondent who has not submitted yet.
    DraftId;
    /// Names a contact record. Random, and not the id of any response.
    ContactId;
    /// Names somebody who is asked to answer a wave. Random, and not the id of any response.
    UnitId;
    /// Names a mail: its Message-ID, the same at every attempt to send it.
    MessageId;
    /// Names somebody who holds a link into another's draft. Random, like that.
    ContributorId;
    /// Names an account of the team.
    AccountId;
    /// Names a one-time link.
    LinkId;
    /// Names a personal access token.
    TokenId;
    /// Names a passkey. Random.
    PasskeyId;
    /// Names a binding to somebody at an OpenID provider. Random.
    IdentityId;
}

/// Counts the stored changes of one wave's responses: 0 before the first, then one more each.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    DeriveValueType,
    Serialize,
    Deserialize,
)]
#[serde(transparent)]
pub struct Revision(pub i64);

impl std::fmt::Display for Revision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}
