//! Accounts: the first one, signing in and out, passwords, sessions.

use super::limits::Allowance;
use super::passwords::must_be_strong;
use super::roles::{Actor, Operator};
use super::secret::{Opens, Secret};
use super::tokens::Scoped;
use super::{Team, email, name};
use crate::{Result, ServiceError};
use store::{
    Account, AccountId, AccountLink, LinkId, Means, NewAccount, Purpose, Session, StoreError,
};
use time::{Duration, OffsetDateTime};

/// How long a session lasts, however much it is used.
const SESSION: Duration = Duration::days(7);
/// How long it lasts unused.
const UNUSED: Duration = Duration::hours(12);
/// How exactly its last use is known; each use would be a write otherwise.
const SEEN_EVERY: Duration = Duration::minutes(5);
/// How long the link that creates the first account works.
const FIRST_LINK: Duration = Duration::days(2);
/// How long a link to a new password works.
const RECOVERY: Duration = Duration::hours(2);

/// Wrong passwords for one account.
const PER_ACCOUNT: Allowance = Allowance {
    attempts: 10,
    one_each: Duration::minutes(3),
};
/// Attempts from one address, whatever they are about.
const PER_ADDRESS: Allowance = Allowance {
    attempts: 30,
    one_each: Duration::seconds(30),
};

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
    /// Of a session: the digest of its secret.
    session: Option<String>,
    /// Of an access token: what it opens.
    pub(super) token: Option<Scoped>,
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
    fn in_person(&self) -> Result<&str> {
        self.session.as_deref().ok_or(ServiceError::Forbidden)
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
    /// The secret of a link that creates the administrator, while there is none.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn first_link(&self, _: &Operator) -> Result<Option<Secret>> {
        if self.0.store().accounts().n_administrators().await? > 0 {
            return Ok(None);
        }
        let link = self.link(Purpose::Administrator, FIRST_LINK)?;
        let entry = Actor::operator().entry(self.0.now(), "account.link", "administrator");
        let (secret, link) = link;
        self.0.store().members().make_link(link, entry).await?;
        Ok(Some(secret))
    }

    pub(super) fn link(&self, purpose: Purpose, lasts: Duration) -> Result<(Secret, AccountLink)> {
        let secret = Secret::new(self.0.chance().bytes()?);
        let now = self.0.now();
        let link = AccountLink {
            secret_hash: secret.hash(Opens::Link),
            id: LinkId(self.0.chance().uuid_v4()?),
            purpose,
            email: None,
            account: None,
            study: None,
            ends_at: now + lasts,
        };
        Ok((secret, link))
    }

    /// Creates an account for the holder of a link and opens a session.
    ///
    /// # Errors
    /// [`ServiceError::LinkGone`], [`ServiceError::BadName`], [`ServiceError::BadEmail`],
    /// [`ServiceError::WeakPassword`], or [`ServiceError::Taken`] if the address has an account.
    pub async fn join(
        &self,
        link: &Secret,
        given_email: &str,
        given_name: &str,
        password: &str,
        visitor: &Visitor,
    ) -> Result<Opened> {
        let link = self.live_link(link).await?;
        let is_administrator = match link.purpose {
            Purpose::Administrator => true,
            Purpose::Join => false,
            Purpose::Recover => return Err(ServiceError::LinkGone),
        };
        if is_administrator && self.0.store().accounts().n_administrators().await? > 0 {
            return Err(ServiceError::LinkGone);
        }
        // Whoever was invited joins with the address that the invitation went to.
        let email = match &link.email {
            Some(it) => it.clone(),
            None => email(given_email)?,
        };
        let name = name(given_name)?;
        must_be_strong(password, &[&email, &name])?;
        let password = self.hash(password).await?;
        let now = self.0.now();
        let account = Account {
            id: AccountId(self.0.chance().uuid_v7(now)?),
            email,
            name,
            password: Some(password),
            is_administrator,
            created_at: now,
        };
        let mut entry =
            Actor::newcomer(&account.email).entry(now, "account.create", &account.email);
        entry.account = Some(account.id);
        entry.study = link.study.map(|it| it.0);
        entry.after = link
            .study
            .map(|it| serde_json::json!({ "role": it.1 }).to_string());
        let new = NewAccount {
            account: account.clone(),
            joins: link.study,
            link: Some(link.secret_hash),
        };
        let created = self.0.store().accounts().create(new, entry).await;
        created.map_err(link_gone)?;
        self.open_session(account, Means::Link, visitor).await
    }

    /// Creates an account on the command line.
    ///
    /// # Errors
    /// [`ServiceError::BadEmail`], [`ServiceError::BadName`], [`ServiceError::WeakPassword`] or
    /// [`ServiceError::Taken`].
    pub async fn add(
        &self,
        _: &Operator,
        given_email: &str,
        given_name: &str,
        password: &str,
        is_administrator: bool,
    ) -> Result<Account> {
        let (email, name) = (email(given_email)?, name(given_name)?);
        must_be_strong(password, &[&email, &name])?;
        let now = self.0.now();
        let account = Account {
            id: AccountId(self.0.chance().uuid_v7(now)?),
            email,
            name,
            password: Some(self.hash(password).await?),
            is_administrator,
            created_at: now,
        };
        let mut entry = Actor::operator().entry(now, "account.create", &account.email);
        entry.after = Some(serde_json::json!({ "is_administrator": is_administrator }).to_string());
        let new = NewAccount {
            account: account.clone(),
            joins: None,
            link: None,
        };
        self.0.store().accounts().create(new, entry).await?;
        Ok(account)
    }

    /// Signs somebody in by their password. An unknown address, a wrong password and an account
    /// without one are answered alike and take as long.
    ///
    /// # Errors
    /// [`ServiceError::WrongCredentials`], or [`ServiceError::TooMany`] after too many attempts.
    pub async fn sign_in(&self, email: &str, password: &str, visitor: &Visitor) -> Result<Opened> {
        let email = email.trim().to_lowercase();
        let now = self.0.now();
        let limits = &self.doors().limits;
        let too_many = |wait| ServiceError::TooMany { wait };
        limits
            .attempt("sign-in address", &visitor.address, PER_ADDRESS, now)
            .map_err(too_many)?;
        limits
            .attempt("sign-in account", &email, PER_ACCOUNT, now)
            .map_err(too_many)?;
        let account = self.0.store().accounts().by_email(&email).await?;
        let hash = account.as_ref().and_then(|it| it.password.clone());
        let is_right = self.doors().passwords.verify(password, hash).await?;
        match account {
            Some(account) if is_right => {
                limits.forget("sign-in account", &email);
                self.open_session(account, Means::Password, visitor).await
            }
            _ => Err(ServiceError::WrongCredentials),
        }
    }

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
        if now >= session.seen_at + SEEN_EVERY {
            sessions.touch(hash, now).await?;
        }
        Ok(Some(SignedIn {
            account,
            session: Some(session.secret_hash),
            token: None,
        }))
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

    /// Changes what others call somebody.
    ///
    /// # Errors
    /// [`ServiceError::BadName`]
    pub async fn rename(&self, who: &SignedIn, given: &str) -> Result<()> {
        who.in_person()?;
        let name = name(given)?;
        let mut entry = Actor::of(who).entry(self.0.now(), "account.rename", who.email());
        entry.before = Some(who.name().to_owned());
        entry.after = Some(name.clone());
        Ok(self
            .0
            .store()
            .accounts()
            .rename(who.id(), name, entry)
            .await?)
    }

    /// Changes somebody's password, ends all their sessions, and opens a new one here.
    ///
    /// # Errors
    /// [`ServiceError::WrongCredentials`] if the present password is another,
    /// [`ServiceError::WeakPassword`], [`ServiceError::TooMany`].
    pub async fn change_password(
        &self,
        who: &SignedIn,
        present: &str,
        new: &str,
        visitor: &Visitor,
    ) -> Result<Opened> {
        who.in_person()?;
        let limits = &self.doors().limits;
        limits
            .attempt("sign-in account", who.email(), PER_ACCOUNT, self.0.now())
            .map_err(|wait| ServiceError::TooMany { wait })?;
        let hash = who.account.password.clone();
        if !self.doors().passwords.verify(present, hash).await? {
            return Err(ServiceError::WrongCredentials);
        }
        limits.forget("sign-in account", who.email());
        must_be_strong(new, &[who.email(), who.name()])?;
        let password = self.hash(new).await?;
        let entry = Actor::of(who).entry(self.0.now(), "account.password", who.email());
        let accounts = self.0.store().accounts();
        accounts
            .set_password(who.id(), password, None, entry)
            .await?;
        self.open_session(who.account.clone(), Means::Password, visitor)
            .await
    }

    /// Makes a link to a new password, for whoever reads the mail of an account. `None` if the
    /// address has no account: whoever asks is to be told the same in both cases.
    ///
    /// # Errors
    /// [`ServiceError::TooMany`]
    pub async fn recover(
        &self,
        given_email: &str,
        visitor: &Visitor,
    ) -> Result<Option<(String, Secret)>> {
        let email = given_email.trim().to_lowercase();
        let (limits, now) = (&self.doors().limits, self.0.now());
        for (purpose, who) in [("recovery address", &visitor.address), ("recovery", &email)] {
            limits
                .attempt(purpose, who, PER_ACCOUNT, now)
                .map_err(|wait| ServiceError::TooMany { wait })?;
        }
        match self.0.store().accounts().by_email(&email).await? {
            None => Ok(None),
            Some(account) => {
                let secret = self.recovery(&account, &Actor::newcomer(&email)).await?;
                Ok(Some((email, secret)))
            }
        }
    }

    /// The same for the operator, who hands the link over themselves.
    ///
    /// # Errors
    /// [`ServiceError::UnknownAccount`]
    pub async fn recover_by_hand(&self, _: &Operator, given_email: &str) -> Result<Secret> {
        let account = self.by_email(given_email).await?;
        self.recovery(&account, &Actor::operator()).await
    }

    async fn recovery(&self, account: &Account, by: &Actor) -> Result<Secret> {
        let (secret, mut link) = self.link(Purpose::Recover, RECOVERY)?;
        link.account = Some(account.id);
        link.email = Some(account.email.clone());
        let entry = by.entry(self.0.now(), "account.recover", &account.email);
        self.0.store().members().make_link(link, entry).await?;
        Ok(secret)
    }

    /// Sets a new password for the holder of a recovery link, ends all sessions of the account,
    /// and opens a new one.
    ///
    /// # Errors
    /// [`ServiceError::LinkGone`], [`ServiceError::WeakPassword`].
    pub async fn reset_password(
        &self,
        link: &Secret,
        new: &str,
        visitor: &Visitor,
    ) -> Result<Opened> {
        let link = self.live_link(link).await?;
        let (Purpose::Recover, Some(account)) = (link.purpose, link.account) else {
            return Err(ServiceError::LinkGone);
        };
        let account = self.account(account).await?;
        must_be_strong(new, &[&account.email, &account.name])?;
        let password = self.hash(new).await?;
        let mut entry =
            Actor::newcomer(&account.email).entry(self.0.now(), "account.password", &account.email);
        entry.account = Some(account.id);
        let accounts = self.0.store().accounts();
        accounts
            .set_password(account.id, password, Some(link.secret_hash), entry)
            .await
            .map_err(link_gone)?;
        self.open_session(account, Means::Link, visitor).await
    }

    /// Removes an account on the command line, with its sessions, roles and tokens.
    ///
    /// # Errors
    /// [`ServiceError::UnknownAccount`], [`ServiceError::LastAdministrator`].
    pub async fn remove(&self, _: &Operator, given_email: &str) -> Result<()> {
        let account = self.by_email(given_email).await?;
        let entry = Actor::operator().entry(self.0.now(), "account.remove", &account.email);
        Ok(self.0.store().accounts().remove(account.id, entry).await?)
    }

    pub(super) async fn by_email(&self, given: &str) -> Result<Account> {
        let found = self.0.store().accounts().by_email(&email(given)?).await?;
        found.ok_or(ServiceError::UnknownAccount)
    }

    pub(super) async fn live_link(&self, secret: &Secret) -> Result<AccountLink> {
        let hash = secret.hash(Opens::Link);
        let found = self.0.store().members().link(&hash, self.0.now()).await?;
        found.ok_or(ServiceError::LinkGone)
    }

    async fn hash(&self, password: &str) -> Result<String> {
        let salt = self.0.chance().bytes()?;
        self.doors().passwords.hash(password, salt).await
    }

    /// Opens a session with a new secret: whatever secret a browser brought is worth nothing after.
    async fn open_session(
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
            session: Some(session.secret_hash.clone()),
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
        Ok(self.0.store().members().purge_links(now).await?)
    }
}

/// A link that was used in the meantime is no other error than one that was used before.
pub(super) fn link_gone(error: StoreError) -> ServiceError {
    match error {
        StoreError::NotFound("link") => ServiceError::LinkGone,
        other => other.into(),
    }
}
