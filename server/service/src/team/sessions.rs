//! Sessions: which browser is signed in, and how that ends.

use super::Team;
use super::secret::{Opens, Secret};
use super::tokens::Scoped;
use crate::{Result, ServiceError};
use store::{Account, AccountId, Means, Session};
use time::{Duration, OffsetDateTime};

/// How long a session lasts, however much it is used.
const SESSION: Duration = Duration::days(7);
/// How long it lasts unused.
const UNUSED: Duration = Duration::hours(12);
/// How exactly its last use is known; each use would be a write otherwise.
const SEEN_EVERY: Duration = Duration::minutes(5);
/// How long after signing in somebody may change by which means they do. A session found open on a desk must not
/// become a key of somebody else's.
const FRESH: Duration = Duration::minutes(10);

/// The browser that a request comes from.
#[derive(Debug, Clone, Default)]
pub struct Visitor {
    /// Its network address, only to count attempts by; never stored.
    pub address: String,
    /// What it calls itself.
    pub agent: String,
    /// The secret of the session that it had before, which ends when another is opened.
    pub former: Option<Secret>,
}

/// Somebody whose session or token has been looked up, at the moment it was.
#[derive(Debug, Clone)]
pub struct SignedIn {
    pub(crate) account: Account,
    /// The session that they ask with.
    session: Option<Held>,
    /// Of an access token: what it opens.
    pub(super) token: Option<Scoped>,
}

impl SignedIn {
    /// Whether a program asks, with a token.
    pub(crate) fn is_by_token(&self) -> bool {
        self.token.is_some()
    }
}

/// A session that was looked up.
#[derive(Debug, Clone)]
struct Held {
    /// The digest of its secret.
    hash: String,
    means: Means,
    opened_at: OffsetDateTime,
}

impl SignedIn {
    /// Their key.
    #[must_use]
    pub fn id(&self) -> AccountId {
        self.account.id
    }

    /// What others call them.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.account.name
    }

    /// Their e-mail address.
    #[must_use]
    pub fn email(&self) -> &str {
        &self.account.email
    }

    /// Whether they have a password beside other means.
    #[must_use]
    pub fn has_password(&self) -> bool {
        self.account.password.is_some()
    }

    /// Whether their session was opened by this means; never of a token.
    #[must_use]
    pub fn came_by(&self, means: Means) -> bool {
        self.session.as_ref().is_some_and(|it| it.means == means)
    }

    /// Whether they may do everything, everywhere.
    #[must_use]
    pub fn is_administrator(&self) -> bool {
        self.account.is_administrator && self.token.is_none()
    }

    pub(super) fn with_token(account: Account, token: Scoped) -> Self {
        Self {
            account,
            session: None,
            token: Some(token),
        }
    }

    /// What only a person may do, not a token of theirs.
    pub(super) fn in_person(&self) -> Result<&str> {
        let session = self.session.as_ref();
        session
            .map(|it| it.hash.as_str())
            .ok_or(ServiceError::Forbidden)
    }
}

/// A session that was opened.
#[derive(Debug, Clone)]
pub struct Opened {
    /// For the cookie.
    pub secret: Secret,
    /// How long the browser may keep it.
    pub lasts: Duration,
    /// Who signed in.
    pub who: SignedIn,
}

/// A session in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionInfo {
    /// Its name, good for ending it and for nothing else.
    pub id: String,
    /// What the browser calls itself.
    pub agent: String,
    /// When it was opened.
    pub opened_at: OffsetDateTime,
    /// When it was last used, to a few minutes.
    pub seen_at: OffsetDateTime,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

impl Team<'_> {
    /// Who holds a session's secret, if it has not ended.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn session(&self, secret: &Secret) -> Result<Option<SignedIn>> {
        let hash = secret.hash(Opens::Session);
        let sessions = self.0.store().sessions();
        let Some((session, account)) = sessions.find(&hash).await? else {
            return Ok(None);
        };
        let now = self.0.now();
        if now >= session.ends_at || now >= session.seen_at + UNUSED {
            return Ok(None);
        }
        let held = Held {
            hash: session.secret_hash,
            means: session.means,
            opened_at: session.opened_at,
        };
        if now >= session.seen_at + SEEN_EVERY {
            sessions.touch(hash, now).await?;
        }
        Ok(Some(SignedIn {
            account,
            session: Some(held),
            token: None,
        }))
    }

    /// Whether somebody signed in a short while ago.
    #[must_use]
    pub fn is_fresh(&self, who: &SignedIn) -> bool {
        let held = who.session.as_ref();
        held.is_some_and(|it| self.0.now() < it.opened_at + FRESH)
    }

    /// The session of somebody who signed in a short while ago.
    #[cfg(any(feature = "passkeys", feature = "oidc"))]
    pub(super) fn freshly<'a>(&self, who: &'a SignedIn) -> Result<&'a str> {
        let session = who.in_person()?;
        if self.is_fresh(who) {
            Ok(session)
        } else {
            Err(ServiceError::SignInAgain)
        }
    }

    /// Ends the session that somebody asks with.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn sign_out(&self, who: &SignedIn) -> Result<()> {
        let session = who.in_person()?.to_owned();
        Ok(self.0.store().sessions().end(who.id(), session).await?)
    }

    /// The sessions of somebody, the last used first.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn sessions(&self, who: &SignedIn) -> Result<Vec<SessionInfo>> {
        let this = who.in_person()?;
        let now = self.0.now();
        let all = self.0.store().sessions().of_account(who.id()).await?;
        let live = all
            .into_iter()
            .filter(|it| now < it.ends_at && now < it.seen_at + UNUSED);
        let infos = live.map(|it| SessionInfo {
            is_this: it.secret_hash == this,
            // The digest does not sign anybody in.
            id: it.secret_hash,
            agent: it.agent,
            opened_at: it.opened_at,
            seen_at: it.seen_at,
        });
        Ok(infos.collect())
    }

    /// Ends one of somebody's sessions; a name that is none of theirs ends none.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn end_session(&self, who: &SignedIn, id: &str) -> Result<()> {
        who.in_person()?;
        Ok(self
            .0
            .store()
            .sessions()
            .end(who.id(), id.to_owned())
            .await?)
    }

    /// Opens a session with a new secret: whatever secret a browser brought is worth nothing after.
    pub(super) async fn open_session(
        &self,
        account: Account,
        means: Means,
        visitor: &Visitor,
    ) -> Result<Opened> {
        let secret = Secret::new(self.0.chance().bytes()?);
        let now = self.0.now();
        let session = Session {
            secret_hash: secret.hash(Opens::Session),
            account: account.id,
            means,
            agent: visitor.agent.chars().take(200).collect(),
            opened_at: now,
            seen_at: now,
            ends_at: now + SESSION,
        };
        let who = SignedIn {
            account,
            session: Some(Held {
                hash: session.secret_hash.clone(),
                means,
                opened_at: now,
            }),
            token: None,
        };
        let former = visitor.former.as_ref().map(|it| it.hash(Opens::Session));
        self.0.store().sessions().open(session, former).await?;
        Ok(Opened {
            secret,
            lasts: SESSION,
            who,
        })
    }

    /// Deletes the sessions and links that have ended.
    pub(crate) async fn clean_up(&self) -> Result<()> {
        let now = self.0.now();
        self.0.store().sessions().purge(now, now - UNUSED).await?;
        self.0.store().ceremonies().purge(now).await?;
        Ok(self.0.store().members().purge_links(now).await?)
    }
}
