//! An OpenID provider: what it is told, and what it says of somebody, checked.
//!
//! Authorisation code with PKCE, state and nonce. The provider's addresses and keys are asked for when somebody
//! first signs in, and kept for some minutes (`known.rs`): a provider that is down holds nobody else up.

mod http;
mod known;

use std::str::FromStr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::http::Uri;
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreGenderClaim, CoreIdToken,
    CoreJwsSigningAlgorithm,
};
use openidconnect::{
    AccessTokenHash, AuthType, AuthorizationCode, ClientId, ClientSecret, CsrfToken,
    EmptyAdditionalClaims, EndSessionUrl, EndUserEmail, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, IssuerUrl, LogoutRequest, Nonce, OAuth2TokenResponse, PkceCodeChallenge,
    PkceCodeVerifier, PostLogoutRedirectUrl, RedirectUrl, Scope, TokenResponse, UserInfoClaims,
};
use service::team::{ProvenIdentity, Question};

use known::{Knowledge, Metadata};

/// How long a provider that does not answer may hold up somebody who leaves.
const LEAVING: Duration = Duration::from_secs(3);
/// Signatures that only the provider can make. With a shared secret, whoever reads our settings could, too.
const SIGNED_BY: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// What is known of a provider before it is asked.
#[derive(Clone)]
pub struct Settings {
    /// Its address, exactly as it names itself.
    pub issuer: String,
    /// By which name it knows this site.
    pub client_id: String,
    /// What this site proves itself with.
    pub client_secret: String,
    /// What people call it.
    pub name: String,
    /// What to ask for, beside `openid`.
    pub scopes: Vec<String>,
}

/// A provider.
pub struct Provider {
    settings: Settings,
    issuer: IssuerUrl,
    back: RedirectUrl,
    after: PostLogoutRedirectUrl,
    known: Knowledge,
}

/// What a provider has proved of somebody.
pub(crate) struct Proof {
    /// Who they are.
    pub(crate) identity: ProvenIdentity,
    /// The token that says so: by it the provider knows the session that is to end.
    pub(crate) id_token: String,
}

/// Why somebody has not proved who they are.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotProven {
    /// The provider cannot be asked; it may be later.
    #[error("the provider does not answer as it should: {0}")]
    Down(String),
    /// What came back is not to be believed.
    #[error("{0}")]
    Refused(String),
}

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;
type Told = UserInfoClaims<EmptyAdditionalClaims, CoreGenderClaim>;

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Provider")
            .field("issuer", &self.issuer)
            .finish_non_exhaustive()
    }
}

impl Provider {
    /// A provider that sends people back to `back`, and to `after` when they have signed out. It is not asked
    /// anything yet.
    ///
    /// # Errors
    /// If an address cannot be one, or the provider could be overheard.
    pub fn new(settings: Settings, back: &str, after: &str) -> anyhow::Result<Self> {
        let is_safe = settings
            .issuer
            .parse::<Uri>()
            .is_ok_and(|it| http::is_safe(&it));
        anyhow::ensure!(
            is_safe,
            "l’adresse du fournisseur OpenID doit être en https / the OpenID issuer must be https"
        );
        let issuer = IssuerUrl::new(settings.issuer.clone())?;
        Ok(Self {
            back: RedirectUrl::new(back.to_owned())?,
            after: PostLogoutRedirectUrl::new(after.to_owned())?,
            known: Knowledge::of(issuer.clone(), Arc::new(Instant::now)),
            issuer,
            settings,
        })
    }

    /// The same by another clock, which tells when its keys have to be asked for again.
    #[must_use]
    pub fn timed_by(self, now: impl Fn() -> Instant + Send + Sync + 'static) -> Self {
        Self {
            known: Knowledge::of(self.issuer.clone(), Arc::new(now)),
            ..self
        }
    }

    /// What people call it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.settings.name
    }

    /// Its address: identities are bound to it.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// Where somebody is sent to prove who they are.
    pub(crate) async fn departure(&self, question: &Question) -> Result<String, NotProven> {
        let client = self.client(&*self.known.latest().await?);
        let verifier = PkceCodeVerifier::new(question.verifier.clone());
        let (state, nonce) = (question.state.clone(), question.nonce.clone());
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let mut request = client
            .authorize_url(flow, || CsrfToken::new(state), || Nonce::new(nonce))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        for scope in &self.settings.scopes {
            request = request.add_scope(Scope::new(scope.clone()));
        }
        Ok(request.url().0.into())
    }

    /// Whether it is this provider that sends somebody back, by the name that comes in the address (RFC 9207):
    /// one that always names itself has to.
    pub(crate) async fn has_sent(&self, named: Option<&str>) -> Result<bool, NotProven> {
        match named {
            Some(it) => Ok(it == self.issuer()),
            None => {
                let known = self.known.latest().await?;
                Ok(!known.additional_metadata().names_itself())
            }
        }
    }

    /// Where somebody goes to end their session at the provider too; `None` if there is no such address, or
    /// it cannot be found out in a short while.
    pub(crate) async fn farewell(&self, id_token: &str) -> Option<String> {
        let id_token = CoreIdToken::from_str(id_token).ok()?;
        let known = tokio::time::timeout(LEAVING, self.known.latest()).await;
        let known = known.ok()?.ok()?;
        let end = known.additional_metadata().end_session()?;
        let request = LogoutRequest::from(EndSessionUrl::new(end.to_owned()).ok()?)
            .set_id_token_hint(&id_token)
            .set_post_logout_redirect_uri(self.after.clone())
            // Some ask for it; who comes back with it finds a page that is there for everybody.
            .set_state(CsrfToken::new_random());
        Some(request.http_get_url().into())
    }

    /// Exchanges a code for what the provider says of somebody.
    pub(crate) async fn proof(
        &self,
        code: String,
        question: &Question,
    ) -> Result<Proof, NotProven> {
        let known = self.known.latest().await?;
        let client = self.client(&known);
        let verifier = PkceCodeVerifier::new(question.verifier.clone());
        let exchange = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(down)?
            .set_pkce_verifier(verifier);
        let tokens = match exchange.request_async(&http::ask).await {
            Ok(tokens) => tokens,
            Err(openidconnect::RequestTokenError::Request(error)) => return Err(down(error)),
            Err(error) => return Err(refused(error)),
        };
        let id_token = tokens
            .id_token()
            .ok_or_else(|| refused("there is no ID token"))?;
        let nonce = Nonce::new(question.nonce.clone());
        let check = |client: &Client| {
            let verifier = client.id_token_verifier().set_allowed_algs(SIGNED_BY);
            let claims = id_token.claims(&verifier, &nonce).map_err(refused)?;
            if let Some(expected) = claims.access_token_hash() {
                let algorithm = id_token.signing_alg().map_err(refused)?;
                let key = id_token.signing_key(&verifier).map_err(refused)?;
                let actual = AccessTokenHash::from_token(tokens.access_token(), algorithm, key);
                if actual.map_err(refused)? != *expected {
                    return Err(refused("the access token is another's"));
                }
            }
            let told = said(claims.email(), claims.email_verified());
            Ok((claims.subject().clone(), told))
        };
        let (client, (subject, mut told)) = match check(&client) {
            Ok(it) => (client, it),
            // The provider may have new keys.
            Err(error) => {
                let Some(again) = self.known.after(&known).await? else {
                    return Err(error);
                };
                let client = self.client(&again);
                let checked = check(&client)?;
                (client, checked)
            }
        };
        if client.user_info_url().is_some() {
            let token = tokens.access_token().clone();
            // Claims that are signed are checked; they must be of the same person in any case.
            let request = client
                .user_info(token, Some(subject.clone()))
                .map_err(down)?;
            let more: Told = request.request_async(&http::ask).await.map_err(refused)?;
            let more = said(more.email(), more.email_verified());
            told = if more.email.is_some() { more } else { told };
        }
        let identity = ProvenIdentity {
            issuer: self.settings.issuer.clone(),
            subject: subject.to_string(),
            ..told
        };
        Ok(Proof {
            identity,
            id_token: id_token.to_string(),
        })
    }

    fn client(&self, known: &Metadata) -> Client {
        let metadata = known.clone();
        let methods = metadata.token_endpoint_auth_methods_supported();
        let is_basic =
            methods.is_none_or(|it| it.contains(&CoreClientAuthMethod::ClientSecretBasic));
        let client = CoreClient::from_provider_metadata(
            metadata,
            ClientId::new(self.settings.client_id.clone()),
            Some(ClientSecret::new(self.settings.client_secret.clone())),
        );
        client
            .set_redirect_uri(self.back.clone())
            .set_auth_type(if is_basic {
                AuthType::BasicAuth
            } else {
                AuthType::RequestBody
            })
    }
}

/// What claims say of somebody; who it is stands elsewhere.
fn said(email: Option<&EndUserEmail>, is_verified: Option<bool>) -> ProvenIdentity {
    ProvenIdentity {
        issuer: String::new(),
        subject: String::new(),
        email: email.map(|it| it.to_string()),
        is_email_verified: is_verified == Some(true),
    }
}

fn down(error: impl std::fmt::Display) -> NotProven {
    NotProven::Down(error.to_string())
}

fn refused(error: impl std::fmt::Display) -> NotProven {
    NotProven::Refused(error.to_string())
}
