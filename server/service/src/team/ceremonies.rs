//! Ceremonies: proofs that take two requests, and what is remembered in between.
//!
//! It lies in the database, not in this process, so that the second request may meet another one. What the
//! browser holds is a secret in a cookie; nobody else can finish what it began.

use super::Team;
use super::secret::{Opens, Secret};
use crate::{Result, ServiceError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::{AccountId, Ceremony, CeremonyPurpose};
use time::Duration;

/// A ceremony that was begun.
#[derive(Debug, Clone)]
pub struct Begun<T> {
    /// For the cookie.
    pub secret: Secret,
    /// How long the browser may keep it.
    pub lasts: Duration,
    /// What the browser needs to go on.
    pub ask: T,
}

impl Team<'_> {
    pub(super) async fn begin<T>(
        &self,
        purpose: CeremonyPurpose,
        account: Option<AccountId>,
        state: &impl Serialize,
        lasts: Duration,
        ask: T,
    ) -> Result<Begun<T>> {
        let secret = Secret::new(self.0.chance().bytes()?);
        let state = serde_json::to_string(state)
            .map_err(|it| ServiceError::unreadable("state of a ceremony", it.to_string()))?;
        let ceremony = Ceremony {
            secret_hash: secret.hash(Opens::Ceremony),
            purpose,
            account,
            state,
            ends_at: self.0.now() + lasts,
        };
        self.0.store().ceremonies().begin(ceremony).await?;
        Ok(Begun { secret, lasts, ask })
    }

    /// What was remembered, once: whatever comes of it, the ceremony is over.
    pub(super) async fn finish<S: DeserializeOwned>(
        &self,
        secret: &Secret,
        purpose: CeremonyPurpose,
    ) -> Result<Option<(Option<AccountId>, S)>> {
        let hash = secret.hash(Opens::Ceremony);
        let ceremonies = self.0.store().ceremonies();
        let Some(found) = ceremonies.take(hash, purpose, self.0.now()).await? else {
            return Ok(None);
        };
        // What an earlier version of the program wrote may not be read: then it is begun again.
        let state = serde_json::from_str(&found.state).ok();
        Ok(state.map(|it| (found.account, it)))
    }
}
