//! Signing in through an OpenID provider: which account somebody there is.
//!
//! Nobody gets an account by having one at the provider. Somebody there is one account here from the moment at
//! which either its owner binds it, freshly signed in, or the provider says that it has verified the address of an
//! account to be theirs; or, for whoever was invited, that of the invitation.

use super::accounts::link_gone;
use super::ceremonies::Begun;
use super::roles::Actor;
use super::secret::Secret;
use super::{Opened, SignedIn, Team, Visitor};
use crate::chance::{hex, same_secret};
use crate::{Result, ServiceError};
use serde::{Deserialize, Serialize};
use store::{
    Account, AccountId, AccountLink, CeremonyPurpose, Conflict, Identity, IdentityId, Means,
    NewAccount, Purpose, Role, StoreError, StudyId,
};
use time::{Date, Duration};

/// How long somebody may stay with their provider: to find the second factor, to recover a password there.
const LASTS: Duration = Duration::minutes(15);

/// What the answer of a provider has to fit.
#[derive(Clone, Serialize, Deserialize)]
pub struct Question {
    /// Comes back in the address.
    pub state: String,
    /// Comes back in the signed token.
    pub nonce: String,
    /// Proves that whoever brings the code has asked for it.
    pub verifier: String,
    /// Where to go afterwards.
    pub next: String,
    /// Of somebody who was invited: by which link they join, and as whom.
    #[serde(default)]
    joins: Option<Joining>,
}

/// Somebody who was invited and is away to prove that it was them.
#[derive(Clone, Serialize, Deserialize)]
struct Joining {
    /// The digest of the link's secret.
    link: String,
    name: String,
}

impl Question {
    /// Whether a state that comes back is the one that went out.
    #[must_use]
    pub fn is_answered_by(&self, state: &str) -> bool {
        same_secret(&self.state, state)
    }
}

impl std::fmt::Debug for Question {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Question(…)")
    }
}

/// Why somebody goes to their provider.
#[derive(Debug, Clone, Copy)]
pub enum Errand<'a> {
    /// To sign in, and go on to an address of this site.
    SignIn(&'a str),
    /// To bind themselves to the account that they are signed in with.
    Bind(&'a SignedIn),
    /// To join a study with a new account, by a link that invites an address.
    Join {
        /// The link.
        link: &'a Secret,
        /// What others will call them.
        name: &'a str,
        /// Where they go on.
        next: &'a str,
    },
}

/// What a provider says of somebody. Whoever makes one has checked its signature, its time, and that it answers
/// the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvenIdentity {
    /// Which provider.
    pub issuer: String,
    /// Who they are there.
    pub subject: String,
    /// Their e-mail address there.
    pub email: Option<String>,
    /// Whether the provider has verified that it is theirs.
    pub is_email_verified: bool,
}

/// What came of an errand.
#[derive(Debug, Clone)]
pub enum Returned {
    /// A session was opened.
    SignedIn(Box<Opened>),
    /// They are bound to the account that they are signed in with.
    Bound,
}

/// A binding in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityInfo {
    /// Its key.
    pub id: IdentityId,
    /// Which provider.
    pub issuer: String,
    /// The day on which it was bound.
    pub bound_on: Date,
    /// The last day on which it signed somebody in.
    pub used_on: Option<Date>,
}

impl Team<'_> {
    /// Whom somebody is bound to.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn identities(&self, who: &SignedIn) -> Result<Vec<IdentityInfo>> {
        who.in_person()?;
        let all = self.0.store().identities().of_account(who.id()).await?;
        let infos = all.into_iter().map(|it| IdentityInfo {
            id: it.id,
            issuer: it.issuer,
            bound_on: it.bound_at.date(),
            used_on: it.used_on,
        });
        Ok(infos.collect())
    }

    /// Begins an errand to a provider.
    ///
    /// # Errors
    /// [`ServiceError::TooMany`]; [`ServiceError::SignInAgain`] if something is to be bound and the last sign-in
    /// is not fresh; [`ServiceError::LinkGone`] or [`ServiceError::BadName`] if somebody cannot join so.
    pub async fn begin_errand(
        &self,
        errand: Errand<'_>,
        visitor: &Visitor,
    ) -> Result<Begun<Question>> {
        self.attempt_from(visitor)?;
        let mut account = None;
        let mut question = Question {
            state: hex(&self.0.chance().bytes::<32>()?),
            nonce: hex(&self.0.chance().bytes::<32>()?),
            verifier: hex(&self.0.chance().bytes::<32>()?),
            next: String::new(),
            joins: None,
        };
        match errand {
            Errand::SignIn(next) => next.clone_into(&mut question.next),
            Errand::Bind(who) => {
                self.freshly(who)?;
                account = Some(who.id());
            }
            Errand::Join { link, name, next } => {
                let name = super::name(name)?;
                let link = self.live_link(link).await?;
                invited(&link)?;
                let link = link.secret_hash;
                question.joins = Some(Joining { link, name });
                next.clone_into(&mut question.next);
            }
        }
        let purpose = CeremonyPurpose::OpenId;
        self.begin(purpose, account, &question, LASTS, question.clone())
            .await
    }

    /// What was asked, once, by the browser that comes back.
    ///
    /// # Errors
    /// [`ServiceError::NotRecognised`] if nothing was, or too long ago.
    pub async fn errand(&self, ceremony: &Secret) -> Result<(Option<AccountId>, Question)> {
        let begun = self.finish(ceremony, CeremonyPurpose::OpenId).await?;
        begun.ok_or(ServiceError::NotRecognised)
    }

    /// Ends an errand with what the provider says: signs somebody in, binds them, or has them join.
    ///
    /// # Errors
    /// [`ServiceError::NotRecognised`] if they are no account here, or another one than the errand is about, or
    /// not who was invited; [`ServiceError::LinkGone`] if they were, and the link was used or revoked since.
    pub async fn return_with(
        &self,
        errand_of: Option<AccountId>,
        question: &Question,
        proven: &ProvenIdentity,
        who: Option<&SignedIn>,
        visitor: &Visitor,
    ) -> Result<Returned> {
        if let Some(account) = errand_of {
            let who = who.filter(|it| it.id() == account);
            let who = who.ok_or(ServiceError::NotRecognised)?;
            let actor = Actor::of(who);
            self.bind(&who.account, proven, &actor).await?;
            return Ok(Returned::Bound);
        }
        if let Some(joining) = &question.joins {
            let account = self.join_as(joining, proven).await?;
            let opened = self.open_session(account, Means::OpenId, visitor).await?;
            return Ok(Returned::SignedIn(Box::new(opened)));
        }
        let identities = self.0.store().identities();
        let found = identities.find(&proven.issuer, &proven.subject).await?;
        let account = match found {
            Some((identity, account)) => {
                match identities.used(identity.id, self.0.now().date()).await {
                    Ok(()) => {}
                    Err(StoreError::NotFound(_)) => return Err(ServiceError::NotRecognised),
                    Err(error) => return Err(error.into()),
                }
                account
            }
            None => self.by_verified_email(proven).await?,
        };
        let opened = self.open_session(account, Means::OpenId, visitor).await?;
        Ok(Returned::SignedIn(Box::new(opened)))
    }

    /// Takes a binding away and ends the other sessions, which may have been opened through it.
    ///
    /// # Errors
    /// [`ServiceError::SignInAgain`] if the last sign-in is not fresh, [`ServiceError::LinkGone`] if there is no
    /// such binding.
    pub async fn unbind(&self, who: &SignedIn, id: IdentityId) -> Result<()> {
        let session = self.freshly(who)?.to_owned();
        let identities = self.0.store().identities();
        let all = identities.of_account(who.id()).await?;
        let removed = all.iter().find(|it| it.id == id);
        let removed = removed.ok_or(ServiceError::LinkGone)?;
        let mut entry = Actor::of(who).entry(self.0.now(), "identity.unbind", who.email());
        entry.before = Some(about(&removed.issuer));
        let done = identities.unbind(who.id(), id, session, entry).await;
        done.map_err(|error| match error {
            StoreError::NotFound("identity") => ServiceError::LinkGone,
            other => other.into(),
        })
    }

    fn identity(&self, account: AccountId, proven: &ProvenIdentity) -> Result<Identity> {
        Ok(Identity {
            id: IdentityId(self.0.chance().uuid_v4()?),
            account,
            issuer: proven.issuer.clone(),
            subject: proven.subject.clone(),
            bound_at: self.0.now(),
            used_on: None,
        })
    }

    async fn bind(&self, account: &Account, proven: &ProvenIdentity, by: &Actor) -> Result<()> {
        let identity = self.identity(account.id, proven)?;
        let mut entry = by.entry(self.0.now(), "identity.bind", &account.email);
        entry.account = Some(account.id);
        entry.after = Some(about(&proven.issuer));
        let bound = self.0.store().identities().bind(identity, entry).await;
        bound.map_err(|error| match error {
            // Somebody else's here, or somebody else there: neither is told.
            StoreError::Conflict(Conflict::Taken("identity")) => ServiceError::NotRecognised,
            other => other.into(),
        })
    }

    /// The new account of somebody who was invited, if the provider has verified that the address is theirs. It
    /// has no password: they sign in as they came, or choose one by a link that is sent to the address.
    async fn join_as(&self, joining: &Joining, proven: &ProvenIdentity) -> Result<Account> {
        let email = verified(proven)?;
        let now = self.0.now();
        let link = self.0.store().members().link(&joining.link, now).await?;
        let link = link.ok_or(ServiceError::LinkGone)?;
        let (invited, study, role) = invited(&link)?;
        if *invited != email {
            return Err(ServiceError::NotRecognised);
        }
        let account = Account {
            id: AccountId(self.0.chance().uuid_v7(now)?),
            email,
            name: joining.name.clone(),
            password: None,
            is_administrator: false,
            created_at: now,
        };
        let identity = self.identity(account.id, proven)?;
        let mut entry =
            Actor::newcomer(&account.email).entry(now, "account.create", &account.email);
        entry.account = Some(account.id);
        entry.study = Some(study);
        let words = serde_json::json!({ "role": role, "provider": proven.issuer });
        entry.after = Some(words.to_string());
        let new = NewAccount {
            account: account.clone(),
            joins: Some((study, role)),
            link: Some(joining.link.clone()),
        };
        let joined = self.0.store().identities().join(new, identity, entry).await;
        joined.map_err(|error| match error {
            // The address has an account by now, or they have one with another address: neither is told.
            StoreError::Conflict(Conflict::Taken(_)) => ServiceError::NotRecognised,
            other => link_gone(other),
        })?;
        Ok(account)
    }

    /// The account of an address that the provider has verified; it is bound from now on.
    async fn by_verified_email(&self, proven: &ProvenIdentity) -> Result<Account> {
        let email = verified(proven)?;
        let found = self.0.store().accounts().by_email(&email).await?;
        let account = found.ok_or(ServiceError::NotRecognised)?;
        self.bind(&account, proven, &Actor::newcomer(&email))
            .await?;
        Ok(account)
    }
}

/// Whom a link invites to what.
fn invited(link: &AccountLink) -> Result<(&String, StudyId, Role)> {
    match (link.purpose, &link.email, link.study) {
        (Purpose::Join, Some(email), Some((study, role))) => Ok((email, study, role)),
        _ => Err(ServiceError::LinkGone),
    }
}

fn verified(proven: &ProvenIdentity) -> Result<String> {
    let email = proven.email.as_deref().filter(|_| proven.is_email_verified);
    let email = email.ok_or(ServiceError::NotRecognised)?;
    super::email(email).map_err(|_| ServiceError::NotRecognised)
}

fn about(issuer: &str) -> String {
    serde_json::json!({ "provider": issuer }).to_string()
}
