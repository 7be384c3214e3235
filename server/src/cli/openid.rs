//! Options of `recueil serve` for signing in through an OpenID provider.

use std::path::PathBuf;

use anyhow::Context;
use app::paths;
use axum::http::Uri;
use clap::Args;

use crate::openid::{Provider, Settings};

#[derive(Debug, Args)]
pub(super) struct OpenId {
    /// The OpenID provider that the team may sign in through, as it names itself: `https://auth.example.org`.
    #[arg(long, env = "RECUEIL_OIDC_ISSUER", requires = "oidc_client_id")]
    oidc_issuer: Option<String>,
    /// By which name the provider knows this site.
    #[arg(long, env = "RECUEIL_OIDC_CLIENT_ID", requires = "oidc_issuer")]
    oidc_client_id: Option<String>,
    /// What this site proves itself to the provider with.
    #[arg(long, env = "RECUEIL_OIDC_CLIENT_SECRET", hide_env_values = true)]
    oidc_client_secret: Option<String>,
    /// The same, read from a file.
    #[arg(
        long,
        env = "RECUEIL_OIDC_CLIENT_SECRET_FILE",
        conflicts_with = "oidc_client_secret"
    )]
    oidc_client_secret_file: Option<PathBuf>,
    /// What people call the provider; without it, its host.
    #[arg(long, env = "RECUEIL_OIDC_NAME")]
    oidc_name: Option<String>,
    /// What to ask for beside `openid`. Only the address is read, at the first sign-in.
    #[arg(
        long,
        env = "RECUEIL_OIDC_SCOPES",
        value_delimiter = ',',
        default_value = "email"
    )]
    oidc_scopes: Vec<String>,
}

impl OpenId {
    /// The provider, if one is configured, sending people back to this site.
    pub(super) fn provider(self, public: &str) -> anyhow::Result<Option<Provider>> {
        let (Some(issuer), Some(client_id)) = (self.oidc_issuer, self.oidc_client_id) else {
            return Ok(None);
        };
        let from_file = match self.oidc_client_secret_file {
            Some(file) => Some(
                std::fs::read_to_string(&file)
                    .with_context(|| format!("{}", file.display()))?
                    .trim()
                    .to_owned(),
            ),
            None => None,
        };
        let secret = from_file
            .or(self.oidc_client_secret)
            .filter(|it| !it.is_empty());
        let client_secret = secret.context(
            "le fournisseur OpenID demande un secret / the OpenID provider needs a client secret",
        )?;
        let host = issuer.parse::<Uri>().ok();
        let host = host.and_then(|it| it.host().map(str::to_owned));
        let settings = Settings {
            name: self.oidc_name.or(host).unwrap_or_default(),
            issuer,
            client_id,
            client_secret,
            scopes: self.oidc_scopes,
        };
        let back = format!("{public}{}", paths::openid_return());
        let after = format!("{public}{}", paths::sign_in());
        Provider::new(settings, &back, &after).map(Some)
    }
}
