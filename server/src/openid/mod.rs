//! An OpenID provider: what it is told, and what it says of somebody, checked.
//!
//! Authorisation code with PKCE, state and nonce. The provider's addresses and keys are asked for when somebody
//! first signs in, and kept for an hour: a provider that is down holds nobody else up.

mod http;

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::http::Uri;
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreGenderClaim,
    CoreJwsSigningAlgorithm, CoreProviderMetadata,
};
use openidconnect::{
    AccessTokenHash, AuthType, AuthorizationCode, ClientId, ClientSecret, CsrfToken,
    EmptyAdditionalClaims, EndUserEmail, EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl,
    Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
    TokenResponse, UserInfoClaims,
};
use service::team::{ProvenIdentity, Question};
use tokio::sync::Mutex;

/// How long addresses and keys of a provider are kept.
const KEPT: Duration = Duration::from_secs(60 * 60);
/// How old they must be to be asked for again because a signature does not fit: keys change, and forgers try.
const MAY_BE_OLD: Duration = Duration::from_secs(60);
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
    known: Mutex<Option<Known>>,
}

/// Addresses and keys, and since when they are known.
#[derive(Clone)]
struct Known(Instant, Arc<CoreProviderMetadata>);

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
    /// A provider that sends people back to `back`. It is not asked anything yet.
    ///
    /// # Errors
    /// If an address cannot be one, or the provider could be overheard.
    pub fn new(settings: Settings, back: &str) -> anyhow::Result<Self> {
        let is_safe = settings
            .issuer
            .parse::<Uri>()
            .is_ok_and(|it| http::is_safe(&it));
        anyhow::ensure!(
            is_safe,
            "l’adresse du fournisseur OpenID doit être en https / the OpenID issuer must be https"
        );
        Ok(Self {
            issuer: IssuerUrl::new(settings.issuer.clone())?,
            back: RedirectUrl::new(back.to_owned())?,
            settings,
            known: Mutex::default(),
        })
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
        let client = self.client(&self.known(KEPT).await?);
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

    /// Exchanges a code for what the provider says of somebody.
    pub(crate) async fn proof(
        &self,
        code: String,
        question: &Question,
    ) -> Result<ProvenIdentity, NotProven> {
        let known = self.known(KEPT).await?;
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
                let again = self.known(MAY_BE_OLD).await?;
                if Arc::ptr_eq(&again.1, &known.1) {
                    return Err(error);
                }
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
        Ok(ProvenIdentity {
            issuer: self.settings.issuer.clone(),
            subject: subject.to_string(),
            ..told
        })
    }

    fn client(&self, known: &Known) -> Client {
        let metadata = (*known.1).clone();
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

    /// Addresses and keys that are not older than this.
    async fn known(&self, at_most: Duration) -> Result<Known, NotProven> {
        let mut known = self.known.lock().await;
        if let Some(it) = known.as_ref().filter(|it| it.0.elapsed() < at_most) {
            return Ok(it.clone());
        }
        let found = CoreProviderMetadata::discover_async(self.issuer.clone(), &http::ask).await;
        let fresh = Known(Instant::now(), Arc::new(found.map_err(down)?));
        *known = Some(fresh.clone());
        Ok(fresh)
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
