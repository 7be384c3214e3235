//! Accounts: the first one, signing in, passwords.

use super::limits::Allowance;
use super::passwords::must_be_strong;
use super::roles::{Actor, Operator};
use super::secret::{Opens, Secret};
use super::{Opened, SignedIn, Team, Visitor, email, name};
use crate::{Result, ServiceError};
use store::{Account, AccountId, AccountLink, LinkId, Means, NewAccount, Purpose, StoreError};
use time::Duration;

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
        self.attempt_from(visitor)?;
        limits
            .attempt("sign-in account", &email, PER_ACCOUNT, now)
            .map_err(|wait| ServiceError::TooMany { wait })?;
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

    /// Counts an attempt to sign in, by whatever means, from the visitor's address.
    pub(super) fn attempt_from(&self, visitor: &Visitor) -> Result<()> {
        let limits = &self.doors().limits;
        limits
            .attempt(
                "sign-in address",
                &visitor.address,
                PER_ADDRESS,
                self.0.now(),
            )
            .map_err(|wait| ServiceError::TooMany { wait })
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
}

/// A link that was used in the meantime is no other error than one that was used before.
pub(super) fn link_gone(error: StoreError) -> ServiceError {
    match error {
        StoreError::NotFound("link") => ServiceError::LinkGone,
        other => other.into(),
    }
}
