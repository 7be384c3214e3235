//! The team: who somebody is, what they may do in which study, and what was done.
//!
//! Reading order: [`roles`](self) (`Role`, `Action`, `May`) → `accounts` and `sessions` (signing in), `passkeys`, `identities` → `members` →
//! `tokens` → `audit`. A use case that needs a right takes a [`May`] of it: the only way to one is
//! through [`Team::may`], which looks the role up, so a forgotten check does not compile.

mod accounts;
mod audit;
#[cfg(any(feature = "passkeys", feature = "oidc"))]
mod ceremonies;
#[cfg(feature = "oidc")]
mod identities;
mod limits;
mod members;
#[cfg(feature = "passkeys")]
mod passkeys;
mod passwords;
mod roles;
mod secret;
mod sessions;
mod tokens;

pub use audit::{Broken, Page};
#[cfg(any(feature = "passkeys", feature = "oidc"))]
pub use ceremonies::Begun;
#[cfg(feature = "oidc")]
pub use identities::{Errand, IdentityInfo, ProvenIdentity, Question, Returned};
pub use members::{JoinLink, Member, Offer};
#[cfg(feature = "passkeys")]
pub use passkeys::{PasskeyInfo, RelyingParty};
pub use roles::{
    Action, Actor, Deed, Design, Enter, ExportData, Field, ManageMembers, May, Operator, ReadAudit,
    See, SetAside, ViewResults, allows,
};
pub use secret::Secret;
pub use sessions::{Opened, SessionInfo, SignedIn, Visitor};
pub use tokens::{NewToken, TokenInfo};

pub(crate) use limits::Limits;
pub(crate) use passwords::Passwords;

use crate::{Result, ServiceError, Services};
use store::{Account, AccountId};
use validator::ValidateEmail;

/// The team, reached through [`Services::team`].
#[derive(Debug)]
pub struct Team<'a>(pub(crate) &'a Services);

/// What is kept in memory for signing in.
#[derive(Debug, Default)]
pub(crate) struct Doors {
    pub(crate) passwords: Passwords,
    pub(crate) limits: Limits,
}

impl Team<'_> {
    fn doors(&self) -> &Doors {
        &self.0.inner.doors
    }

    /// All accounts, by e-mail address. For the operator and administrators.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn all(&self, _: &Operator) -> Result<Vec<Account>> {
        Ok(self.0.store().accounts().all().await?)
    }

    async fn account(&self, id: AccountId) -> Result<Account> {
        let found = self.0.store().accounts().by_id(id).await?;
        found.ok_or(ServiceError::UnknownAccount)
    }
}

/// An e-mail address as it is kept: without space around it, in lower case.
///
/// # Errors
/// [`ServiceError::BadEmail`]
pub(crate) fn email(text: &str) -> Result<String> {
    let it = text.trim().to_lowercase();
    if it.len() <= 254 && it.validate_email() {
        Ok(it)
    } else {
        Err(ServiceError::BadEmail)
    }
}

/// What somebody is called: one line, not empty, not long.
///
/// # Errors
/// [`ServiceError::BadName`]
pub(crate) fn name(text: &str) -> Result<String> {
    let it = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = !it.is_empty() && it.chars().count() <= 100 && !it.chars().any(char::is_control);
    if fits {
        Ok(it)
    } else {
        Err(ServiceError::BadName)
    }
}
