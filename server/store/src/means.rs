//! Means of signing in beside passwords, as the store gives and takes them.

use crate::{AccountId, IdentityId, PasskeyId};
use sea_orm::{DeriveActiveEnum, EnumIter};
use time::{Date, OffsetDateTime};

/// A key on somebody's device that signs them in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// The key.
    pub id: PasskeyId,
    /// Whose it is.
    pub account: AccountId,
    /// The name that the device gave it, in base64url; unique.
    pub credential_id: String,
    /// The public key and what is known of it, as JSON of the library that checks it.
    pub credential: String,
    /// How often the device says that it was used; 0 where it does not count.
    pub counter: i64,
    /// What its owner calls it.
    pub name: String,
    /// When it was added.
    pub created_at: OffsetDateTime,
    /// The last day on which it signed somebody in.
    pub used_on: Option<Date>,
}

/// Whom an OpenID provider knows an account as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The key.
    pub id: IdentityId,
    /// Which account.
    pub account: AccountId,
    /// Which provider.
    pub issuer: String,
    /// Who they are there: the provider's own word, for nobody else.
    pub subject: String,
    /// When it was bound.
    pub bound_at: OffsetDateTime,
    /// The last day on which it signed them in.
    pub used_on: Option<Date>,
}

/// What a ceremony is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum CeremonyPurpose {
    /// Adding a passkey to an account.
    #[sea_orm(string_value = "passkey.add")]
    AddPasskey,
    /// Signing in with a passkey.
    #[sea_orm(string_value = "passkey.sign_in")]
    PasskeySignIn,
    /// Going to an OpenID provider, to sign in or to be bound.
    #[sea_orm(string_value = "openid")]
    OpenId,
}

/// What is remembered from the first request of a proof to the second.
#[derive(Clone, PartialEq, Eq)]
pub struct Ceremony {
    /// The digest of the secret in the browser's cookie: its key.
    pub secret_hash: String,
    /// What it is about.
    pub purpose: CeremonyPurpose,
    /// The account that began it, if somebody was signed in.
    pub account: Option<AccountId>,
    /// What the answer has to fit, as JSON; it holds the challenge.
    pub state: String,
    /// Until when it can be finished.
    pub ends_at: OffsetDateTime,
}

impl std::fmt::Debug for Ceremony {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ceremony")
            .field("purpose", &self.purpose)
            .finish_non_exhaustive()
    }
}
