//! What a provider says of itself: its addresses, its keys, what it can do.

use std::sync::Arc;
use std::time::{Duration, Instant};

use openidconnect::core::{
    CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType,
    CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm,
    CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType,
};
use openidconnect::{AdditionalProviderMetadata, IssuerUrl, ProviderMetadata};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

use super::{NotProven, down, http};

/// How long addresses and keys of a provider are kept. For so long a key that it has withdrawn still counts.
pub(super) const KEPT: Duration = Duration::from_secs(5 * 60);
/// How often they are asked for before that, because a signature does not fit: keys change, and forgers try.
pub(super) const ANEW_EVERY: Duration = Duration::from_secs(60);

/// What a provider says of itself.
pub(super) type Metadata = ProviderMetadata<
    More,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// What later standards have it say.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct More {
    /// Whether it names itself when it sends somebody back (RFC 9207).
    authorization_response_iss_parameter_supported: Option<bool>,
    /// Where sessions end (RP-Initiated Logout).
    end_session_endpoint: Option<String>,
}

impl AdditionalProviderMetadata for More {}

impl More {
    pub(super) fn names_itself(&self) -> bool {
        self.authorization_response_iss_parameter_supported == Some(true)
    }

    /// Where sessions end, if that is an address to which people may be sent.
    pub(super) fn end_session(&self) -> Option<&str> {
        let address = self.end_session_endpoint.as_deref()?;
        let is_safe = address.parse().is_ok_and(|it| http::is_safe(&it));
        is_safe.then_some(address)
    }
}

/// Tells how much time has passed.
pub(super) type Stopwatch = Arc<dyn Fn() -> Instant + Send + Sync>;

/// What is known of a provider, and asked again in time.
pub(super) struct Knowledge {
    issuer: IssuerUrl,
    now: Stopwatch,
    asked: Mutex<Asked>,
}

/// The last answer, and when it came; when an answer was last asked for before its time.
#[derive(Default)]
struct Asked {
    latest: Option<(Instant, Arc<Metadata>)>,
    anew: Option<Instant>,
}

impl Knowledge {
    pub(super) fn of(issuer: IssuerUrl, now: Stopwatch) -> Self {
        let asked = Mutex::default();
        Self { issuer, now, asked }
    }

    /// What it said a short while ago, or says now.
    pub(super) async fn latest(&self) -> Result<Arc<Metadata>, NotProven> {
        let mut asked = self.asked.lock().await;
        let now = (self.now)();
        match &asked.latest {
            Some((at, it)) if now.duration_since(*at) < KEPT => Ok(it.clone()),
            _ => self.ask(&mut asked, now).await,
        }
    }

    /// What it says after what has been seen of it does not fit; `None` if it is too early to ask again.
    pub(super) async fn after(
        &self,
        seen: &Arc<Metadata>,
    ) -> Result<Option<Arc<Metadata>>, NotProven> {
        let mut asked = self.asked.lock().await;
        if let Some((_, it)) = &asked.latest
            && !Arc::ptr_eq(it, seen)
        {
            return Ok(Some(it.clone()));
        }
        let now = (self.now)();
        if asked
            .anew
            .is_some_and(|it| now.duration_since(it) < ANEW_EVERY)
        {
            return Ok(None);
        }
        asked.anew = Some(now);
        self.ask(&mut asked, now).await.map(Some)
    }

    async fn ask(&self, asked: &mut Asked, now: Instant) -> Result<Arc<Metadata>, NotProven> {
        let found = Metadata::discover_async(self.issuer.clone(), &http::ask).await;
        let fresh = Arc::new(found.map_err(down)?);
        asked.latest = Some((now, fresh.clone()));
        Ok(fresh)
    }
}
