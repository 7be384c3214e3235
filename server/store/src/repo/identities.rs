use super::accounts::Create;
use super::audit::Audited;
use super::sessions;
use crate::entity::{account, identity};
use crate::error::is_unique_violation;
use crate::write::{Tx, Write, in_utc};
use crate::{
    Account, AccountId, Conflict, Identity, IdentityId, NewAccount, NewAudit, Result, Store,
    StoreError,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

/// Whom OpenID providers know accounts as, reached through [`Store::identities`].
#[derive(Debug)]
pub struct Identities<'a>(pub(crate) &'a Store);

impl Identities<'_> {
    /// Binds somebody at a provider to an account.
    ///
    /// # Errors
    /// [`Conflict::Taken`] if they are bound already, or the account is to somebody else there.
    pub async fn bind(&self, identity: Identity, entry: NewAudit) -> Result<()> {
        self.0.write(Audited::new(Bind(identity), entry)).await
    }

    /// Creates an account that somebody at a provider is bound to, and uses up the link that allows it: all of
    /// it or nothing.
    ///
    /// # Errors
    /// [`Conflict::Taken`] if the e-mail address has an account, or they are bound already;
    /// [`StoreError::NotFound`] if the link was used or revoked in the meantime.
    pub async fn join(&self, new: NewAccount, identity: Identity, entry: NewAudit) -> Result<()> {
        let command = Join(Create(new), Bind(identity));
        self.0.write(Audited::new(command, entry)).await
    }

    /// Finds the account of somebody at a provider.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn find(&self, issuer: &str, subject: &str) -> Result<Option<(Identity, Account)>> {
        let found = identity::Entity::find()
            .filter(identity::COLUMN.issuer.eq(issuer))
            .filter(identity::COLUMN.subject.eq(subject))
            .find_also_related(account::Entity)
            .one(self.0.db())
            .await?;
        Ok(found.and_then(|(it, account)| Some((it.into(), account?.into()))))
    }

    /// Whom an account is bound to, the first bound first.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn of_account(&self, account: AccountId) -> Result<Vec<Identity>> {
        let all = identity::Entity::find()
            .filter(identity::COLUMN.account_id.eq(account))
            .order_by_asc(identity::Column::BoundAt)
            .all(self.0.db())
            .await?;
        Ok(all.into_iter().map(Identity::from).collect())
    }

    /// Notes that somebody signed in through their provider.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if they are not bound any more.
    pub async fn used(&self, id: IdentityId, day: Date) -> Result<()> {
        self.0.write(Used { id, day }).await
    }

    /// Takes a binding away, and ends every session of its account but the one that asks.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the account has no such binding.
    pub async fn unbind(
        &self,
        account: AccountId,
        id: IdentityId,
        but: String,
        entry: NewAudit,
    ) -> Result<()> {
        let command = Unbind { account, id, but };
        self.0.write(Audited::new(command, entry)).await
    }
}

struct Bind(Identity);

impl Write for Bind {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let it = &self.0;
        let inserted = identity::Entity::insert(identity::ActiveModel {
            id: Set(it.id),
            account_id: Set(it.account),
            issuer: Set(it.issuer.clone()),
            subject: Set(it.subject.clone()),
            bound_at: Set(in_utc(it.bound_at)),
            used_on: Set(it.used_on),
        })
        .exec_without_returning(tx.db)
        .await;
        match inserted {
            Ok(_) => Ok(()),
            Err(error) if is_unique_violation(&error) => Err(Conflict::Taken("identity").into()),
            Err(error) => Err(error.into()),
        }
    }
}

struct Join(Create, Bind);

impl Write for Join {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        self.0.apply(tx).await?;
        self.1.apply(tx).await
    }
}

struct Used {
    id: IdentityId,
    day: Date,
}

impl Write for Used {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let updated = identity::Entity::update_many()
            .set(identity::ActiveModel {
                used_on: Set(Some(self.day)),
                ..Default::default()
            })
            .filter(identity::COLUMN.id.eq(self.id))
            .exec(tx.db)
            .await?;
        found(updated.rows_affected)
    }
}

struct Unbind {
    account: AccountId,
    id: IdentityId,
    but: String,
}

impl Write for Unbind {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let removed = identity::Entity::delete_many()
            .filter(identity::COLUMN.account_id.eq(self.account))
            .filter(identity::COLUMN.id.eq(self.id))
            .exec(tx.db)
            .await?;
        found(removed.rows_affected)?;
        sessions::end_others(tx, self.account, &self.but).await
    }
}

fn found(rows: u64) -> Result<()> {
    if rows == 1 {
        Ok(())
    } else {
        Err(StoreError::NotFound("identity"))
    }
}

impl From<identity::Model> for Identity {
    fn from(row: identity::Model) -> Self {
        Self {
            id: row.id,
            account: row.account_id,
            issuer: row.issuer,
            subject: row.subject,
            bound_at: row.bound_at,
            used_on: row.used_on,
        }
    }
}
