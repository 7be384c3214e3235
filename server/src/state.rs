//! What handlers share.

use std::sync::Arc;
use std::time::Instant;

use app::ui::Manifest;
use service::Services;

use crate::limits::Limits;
use crate::site;

/// Shared by all handlers; cheap to clone.
#[derive(Clone, Debug)]
pub struct State {
    /// The use cases.
    pub services: Services,
    /// Names of the files browsers load.
    pub manifest: Arc<Manifest>,
    /// Whether people reach the server through HTTPS: cookies are then bound to it.
    pub secure: bool,
    /// How many codes may be tried.
    pub(crate) limits: Arc<Limits>,
    /// The address people use, without a `/` at its end: links that people pass on begin with it.
    pub public: Arc<str>,
    /// What passkeys are made for; nothing where browsers make none.
    #[cfg(feature = "passkeys")]
    pub(crate) party: Option<Arc<service::team::RelyingParty>>,
    /// The OpenID provider that the team signs in through.
    #[cfg(feature = "oidc")]
    pub provider: Option<Arc<crate::openid::Provider>>,
    /// Takes a link to a new password to the mailbox of its account, where mails can be sent.
    pub courier: Option<Courier>,
}

/// Takes a link to a mailbox, after it has returned.
#[derive(Clone)]
pub struct Courier(pub Arc<Carry>);

/// See [`Courier`].
pub type Carry = dyn Fn(&str, &str) + Send + Sync;

impl std::fmt::Debug for Courier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Courier")
    }
}

impl State {
    /// State around services.
    #[must_use]
    pub fn new(services: Services, secure: bool) -> Self {
        Self {
            services,
            manifest: Arc::new(site::manifest()),
            secure,
            limits: Arc::new(Limits::new(Instant::now())),
            public: Arc::from(""),
            #[cfg(feature = "passkeys")]
            party: None,
            #[cfg(feature = "oidc")]
            provider: None,
            courier: None,
        }
    }

    /// The same, for people who reach the server at this address.
    #[must_use]
    pub fn at(self, public: &str) -> Self {
        Self {
            #[cfg(feature = "passkeys")]
            party: service::team::RelyingParty::at(public).map(Arc::new),
            public: Arc::from(public.trim_end_matches('/')),
            ..self
        }
    }
}
