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
        }
    }
}
