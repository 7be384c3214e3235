//! Personal access tokens: for programs that act for somebody in one study, with one role at most.

use super::limits::Allowance;
use super::roles::{Actor, See, covers};
use super::secret::{Opens, Secret};
use super::{SignedIn, Team, Visitor, name};
use crate::{Result, ServiceError};
use serde_json::json;
use store::{AccessToken, Role, StudyId, TokenId};
use time::{Date, Duration};

/// What tokens begin with, so that people and scanners of leaked secrets know them.
const PREFIX: &str = "recueil_";
/// The longest that a token may work.
const MAX_DAYS: u16 = 366;
/// Wrong tokens from one address.
const PER_ADDRESS: Allowance = Allowance {
    attempts: 60,
    one_each: Duration::seconds(10),
};

/// What a token opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Scoped {
    pub(super) study: StudyId,
    pub(super) scope: Role,
}

/// A token in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenInfo {
    /// Its key.
    pub id: TokenId,
    /// What its owner calls it.
    pub name: String,
    /// The name of the study that it opens.
    pub study: String,
    /// What it may do there at most.
    pub scope: Role,
    /// The last day on which it works.
    pub ends_on: Date,
    /// The last day on which it was used.
    pub used_on: Option<Date>,
}

/// A token just made. It is shown once.
#[derive(Clone)]
pub struct NewToken {
    /// What a program sends: `Authorization: Bearer …`.
    pub bearer: String,
    /// The last day on which it works.
    pub ends_on: Date,
}

impl std::fmt::Debug for NewToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewToken")
            .field("ends_on", &self.ends_on)
            .finish_non_exhaustive()
    }
}

impl Team<'_> {
    /// Makes a token for one study, with a role that their own covers.
    ///
    /// # Errors
    /// [`ServiceError::UnknownStudy`], [`ServiceError::Forbidden`], [`ServiceError::BadName`],
    /// [`ServiceError::BadPeriod`].
    pub async fn make_token(
        &self,
        who: &SignedIn,
        study: &str,
        scope: Role,
        given_name: &str,
        days: u16,
    ) -> Result<NewToken> {
        let may = self.may::<See>(who, study).await?;
        let studies = self.studies(who).await?;
        let role = studies.iter().find(|it| it.0.id == may.id()).map(|it| it.1);
        if who.token.is_some() || !role.is_some_and(|it| covers(it, scope)) {
            return Err(ServiceError::Forbidden);
        }
        if days == 0 || days > MAX_DAYS {
            return Err(ServiceError::BadPeriod);
        }
        let name = name(given_name)?;
        let secret = Secret::new(self.0.chance().bytes()?);
        let (now, today) = (self.0.now(), self.0.today());
        let ends_on = today
            .checked_add(Duration::days(i64::from(days)))
            .ok_or(ServiceError::BadPeriod)?;
        let token = AccessToken {
            id: TokenId(self.0.chance().uuid_v7(now)?),
            secret_hash: secret.hash(Opens::Api),
            account: who.id(),
            study: may.id(),
            scope,
            name,
            created_at: now,
            ends_on,
            used_on: None,
        };
        let mut entry = may.entry(now, "token.create", &token.name);
        entry.after = Some(json!({ "scope": scope, "ends_on": ends_on.to_string() }).to_string());
        self.0.store().tokens().create(token, entry).await?;
        Ok(NewToken {
            bearer: format!("{PREFIX}{}", secret.reveal()),
            ends_on,
        })
    }

    /// The tokens of somebody, by name.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn tokens(&self, who: &SignedIn) -> Result<Vec<TokenInfo>> {
        let tokens = self.0.store().tokens().of_account(who.id()).await?;
        let studies = self.0.studies().every().await?;
        let tokens = tokens.into_iter().filter_map(|it| {
            let study = studies.iter().find(|study| study.id == it.study)?;
            Some(TokenInfo {
                id: it.id,
                name: it.name,
                study: study.slug.clone(),
                scope: it.scope,
                ends_on: it.ends_on,
                used_on: it.used_on,
            })
        });
        Ok(tokens.collect())
    }

    /// Revokes a token of theirs.
    ///
    /// # Errors
    /// [`ServiceError::LinkGone`] if they have no such token.
    pub async fn revoke_token(&self, who: &SignedIn, id: TokenId) -> Result<()> {
        let entry = Actor::of(who).entry(self.0.now(), "token.revoke", id.to_string());
        match self.0.store().tokens().revoke(who.id(), id, entry).await {
            Err(store::StoreError::NotFound(_)) => Err(ServiceError::LinkGone),
            done => Ok(done?),
        }
    }

    /// Who a program acts for, by the token it sends (without `Bearer `).
    ///
    /// # Errors
    /// [`ServiceError::TooMany`] after too many wrong ones from the same address.
    pub async fn by_token(&self, bearer: &str, visitor: &Visitor) -> Result<Option<SignedIn>> {
        let today = self.0.today();
        let tokens = self.0.store().tokens();
        let secret = bearer.strip_prefix(PREFIX).and_then(Secret::parse);
        let found = match secret {
            Some(secret) => tokens.find(&secret.hash(Opens::Api), today).await?,
            None => None,
        };
        let Some((token, account)) = found else {
            let limits = &self.doors().limits;
            limits
                .attempt("token address", &visitor.address, PER_ADDRESS, self.0.now())
                .map_err(|wait| ServiceError::TooMany { wait })?;
            return Ok(None);
        };
        if token.used_on != Some(today) {
            tokens.used(token.id, today).await?;
        }
        let scoped = Scoped {
            study: token.study,
            scope: token.scope,
        };
        Ok(Some(SignedIn::with_token(account, scoped)))
    }
}
