//! Who is a member of a study, and the links that others join by.

use super::accounts::link_gone;
use super::roles::{Actor, ManageMembers, May, See};
use super::secret::Secret;
use super::{SignedIn, Team, email};
use crate::studies::StudyInfo;
use crate::{Result, ServiceError};
use serde_json::json;
use store::{AccountId, LinkId, Purpose, Role, StoreError};
use time::{Duration, OffsetDateTime};

/// How long an invitation to a study works.
const JOIN_WITHIN: Duration = Duration::days(7);

/// A member of a study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Their account.
    pub id: AccountId,
    /// What others call them.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// What they may do.
    pub role: Role,
}

/// Somebody who was invited to a study and has not joined yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinLink {
    /// Its name, for revoking it.
    pub id: LinkId,
    /// Whom it was made for.
    pub email: String,
    /// The role that it gives.
    pub role: Role,
    /// Until when it works.
    pub ends_at: OffsetDateTime,
}

/// What a link offers to whoever opens it.
#[derive(Debug, Clone, PartialEq)]
pub enum Offer {
    /// To create the administrator.
    Administrator,
    /// To join a study.
    Join {
        /// The study.
        study: StudyInfo,
        /// In which role.
        role: Role,
        /// With which e-mail address.
        email: String,
        /// Whether this address has an account already.
        has_account: bool,
    },
    /// To set a new password.
    Recover {
        /// Of which account.
        email: String,
    },
}

impl Team<'_> {
    /// The members of a study, by e-mail address.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn members(&self, may: &May<See>) -> Result<Vec<Member>> {
        let them = self.0.store().members().of_study(may.id()).await?;
        let them = them.into_iter().map(|(account, role)| Member {
            id: account.id,
            name: account.name,
            email: account.email,
            role,
        });
        Ok(them.collect())
    }

    /// Those who were invited to a study and can still join.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn join_links(&self, may: &May<ManageMembers>) -> Result<Vec<JoinLink>> {
        let links = self
            .0
            .store()
            .members()
            .links(may.id(), self.0.now())
            .await?;
        let links = links.into_iter().filter_map(|it| {
            Some(JoinLink {
                id: it.id,
                email: it.email?,
                role: it.study?.1,
                ends_at: it.ends_at,
            })
        });
        Ok(links.collect())
    }

    /// Invites somebody to a study: makes the link that they join by, once.
    ///
    /// # Errors
    /// [`ServiceError::BadEmail`]; [`ServiceError::Taken`] if they are a member.
    pub async fn invite(
        &self,
        may: &May<ManageMembers>,
        given_email: &str,
        role: Role,
    ) -> Result<Secret> {
        let email = email(given_email)?;
        let members = self.0.store().members();
        let account = self.0.store().accounts().by_email(&email).await?;
        if let Some(account) = &account
            && members.role(may.id(), account.id).await?.is_some()
        {
            return Err(ServiceError::Taken("member"));
        }
        let (secret, mut link) = self.link(Purpose::Join, JOIN_WITHIN)?;
        let mut entry = may.entry(self.0.now(), "member.invite", &email);
        entry.after = Some(json!({ "role": role }).to_string());
        link.email = Some(email);
        link.study = Some((may.id(), role));
        members.make_link(link, entry).await?;
        Ok(secret)
    }

    /// Revokes an invitation.
    ///
    /// # Errors
    /// [`ServiceError::LinkGone`] if it was used, revoked, or is of another study.
    pub async fn revoke_link(&self, may: &May<ManageMembers>, id: LinkId) -> Result<()> {
        let entry = may.entry(self.0.now(), "member.revoke", id.to_string());
        let members = self.0.store().members();
        let revoked = members.revoke_link(may.id(), id, entry).await;
        revoked.map_err(link_gone)
    }

    /// What a link offers, without using it up.
    ///
    /// # Errors
    /// [`ServiceError::LinkGone`]
    pub async fn offer(&self, link: &Secret) -> Result<Offer> {
        let link = self.live_link(link).await?;
        match (link.purpose, link.email, link.study) {
            (Purpose::Administrator, ..) => {
                // Another link may have been used meanwhile.
                match self.0.store().accounts().n_administrators().await? {
                    0 => Ok(Offer::Administrator),
                    _ => Err(ServiceError::LinkGone),
                }
            }
            (Purpose::Recover, Some(email), _) => Ok(Offer::Recover { email }),
            (Purpose::Join, Some(email), Some((study, role))) => {
                let found = self.0.store().studies().by_id(study).await?;
                let study = found.ok_or(ServiceError::LinkGone)?;
                let account = self.0.store().accounts().by_email(&email).await?;
                Ok(Offer::Join {
                    study: crate::studies::study_info(study)?,
                    role,
                    email,
                    has_account: account.is_some(),
                })
            }
            _ => Err(ServiceError::LinkGone),
        }
    }

    /// Joins a study with an account that exists, by a link that was made for its address.
    ///
    /// # Errors
    /// [`ServiceError::LinkGone`], also for a link to somebody else.
    pub async fn accept(&self, who: &SignedIn, link: &Secret) -> Result<StudyInfo> {
        let link = self.live_link(link).await?;
        let is_theirs = link.email.as_deref() == Some(who.email()) && who.token.is_none();
        let (Purpose::Join, Some((study, role)), true) = (link.purpose, link.study, is_theirs)
        else {
            return Err(ServiceError::LinkGone);
        };
        let found = self.0.store().studies().by_id(study).await?;
        let info = crate::studies::study_info(found.ok_or(ServiceError::LinkGone)?)?;
        let mut entry = Actor::of(who).entry(self.0.now(), "member.join", who.email());
        entry.study = Some(study);
        entry.after = Some(json!({ "role": role }).to_string());
        let members = self.0.store().members();
        let hash = Some(link.secret_hash);
        members
            .set(study, who.id(), role, hash, entry)
            .await
            .map_err(link_gone)?;
        Ok(info)
    }

    /// Gives a member another role.
    ///
    /// # Errors
    /// [`ServiceError::UnknownAccount`] if they are no member, [`ServiceError::LastOwner`].
    pub async fn set_role(
        &self,
        may: &May<ManageMembers>,
        member: AccountId,
        role: Role,
    ) -> Result<()> {
        let members = self.0.store().members();
        let before = members.role(may.id(), member).await?;
        let before = before.ok_or(ServiceError::UnknownAccount)?;
        let account = self.account(member).await?;
        let mut entry = may.entry(self.0.now(), "member.role", &account.email);
        entry.before = Some(json!({ "role": before }).to_string());
        entry.after = Some(json!({ "role": role }).to_string());
        Ok(members.set(may.id(), member, role, None, entry).await?)
    }

    /// Makes an account a member, on the command line or by an administrator.
    ///
    /// # Errors
    /// [`ServiceError::UnknownAccount`], [`ServiceError::LastOwner`].
    pub async fn add_member(
        &self,
        may: &May<ManageMembers>,
        given_email: &str,
        role: Role,
    ) -> Result<()> {
        let account = self.by_email(given_email).await?;
        let members = self.0.store().members();
        let before = members.role(may.id(), account.id).await?;
        let mut entry = may.entry(self.0.now(), "member.role", &account.email);
        entry.before = before.map(|it| json!({ "role": it }).to_string());
        entry.after = Some(json!({ "role": role }).to_string());
        Ok(members.set(may.id(), account.id, role, None, entry).await?)
    }

    /// Takes a member out of a study.
    ///
    /// # Errors
    /// [`ServiceError::UnknownAccount`] if they are no member, [`ServiceError::LastOwner`].
    pub async fn remove_member(&self, may: &May<ManageMembers>, member: AccountId) -> Result<()> {
        let members = self.0.store().members();
        let before = members.role(may.id(), member).await?;
        let before = before.ok_or(ServiceError::UnknownAccount)?;
        let account = self.account(member).await?;
        let mut entry = may.entry(self.0.now(), "member.remove", &account.email);
        entry.before = Some(json!({ "role": before }).to_string());
        match members.remove(may.id(), member, entry).await {
            Err(StoreError::NotFound("member")) => Err(ServiceError::UnknownAccount),
            done => Ok(done?),
        }
    }
}
