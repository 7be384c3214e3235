use super::audit::Audited;
use super::sessions;
use crate::entity::{account, passkey};
use crate::error::is_unique_violation;
use crate::write::{Tx, Write, in_utc};
use crate::{
    Account, AccountId, Conflict, NewAudit, Passkey, PasskeyId, Result, Store, StoreError,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

/// Passkeys of the team, reached through [`Store::passkeys`].
#[derive(Debug)]
pub struct Passkeys<'a>(pub(crate) &'a Store);

/// What signing in changes of a passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyUse {
    /// Which one.
    pub id: PasskeyId,
    /// The counter that was compared with; another one now means that somebody was faster.
    pub former: i64,
    /// The counter from now on.
    pub counter: i64,
    /// What is known of it from now on.
    pub credential: String,
    /// Today.
    pub day: Date,
}

impl Passkeys<'_> {
    /// Adds a passkey.
    ///
    /// # Errors
    /// [`Conflict::Taken`] if the device's name for it is known already.
    pub async fn add(&self, passkey: Passkey, entry: NewAudit) -> Result<()> {
        self.0.write(Audited::new(Add(passkey), entry)).await
    }

    /// The passkeys of an account, by name.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn of_account(&self, account: AccountId) -> Result<Vec<Passkey>> {
        let all = passkey::Entity::find()
            .filter(passkey::COLUMN.account_id.eq(account))
            .order_by_asc(passkey::Column::Name)
            .order_by_asc(passkey::Column::Id)
            .all(self.0.db())
            .await?;
        Ok(all.into_iter().map(Passkey::from).collect())
    }

    /// Finds a passkey by the device's name for it, with its account.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn find(&self, credential_id: &str) -> Result<Option<(Passkey, Account)>> {
        let found = passkey::Entity::find()
            .filter(passkey::COLUMN.credential_id.eq(credential_id))
            .find_also_related(account::Entity)
            .one(self.0.db())
            .await?;
        Ok(found.and_then(|(it, account)| Some((it.into(), account?.into()))))
    }

    /// Notes that a passkey signed somebody in.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if it is gone, or was used since its counter was read.
    pub async fn used(&self, how: PasskeyUse) -> Result<()> {
        self.0.write(Used(how)).await
    }

    /// Removes a passkey, and ends every session of its account but the one that asks.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the account has no such passkey.
    pub async fn remove(
        &self,
        account: AccountId,
        id: PasskeyId,
        but: String,
        entry: NewAudit,
    ) -> Result<()> {
        let command = Remove { account, id, but };
        self.0.write(Audited::new(command, entry)).await
    }
}

struct Add(Passkey);

impl Write for Add {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let it = &self.0;
        let inserted = passkey::Entity::insert(passkey::ActiveModel {
            id: Set(it.id),
            account_id: Set(it.account),
            credential_id: Set(it.credential_id.clone()),
            credential: Set(it.credential.clone()),
            counter: Set(it.counter),
            name: Set(it.name.clone()),
            created_at: Set(in_utc(it.created_at)),
            used_on: Set(it.used_on),
        })
        .exec_without_returning(tx.db)
        .await;
        match inserted {
            Ok(_) => Ok(()),
            Err(error) if is_unique_violation(&error) => Err(Conflict::Taken("passkey").into()),
            Err(error) => Err(error.into()),
        }
    }
}

struct Used(PasskeyUse);

impl Write for Used {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let it = &self.0;
        let updated = passkey::Entity::update_many()
            .set(passkey::ActiveModel {
                counter: Set(it.counter),
                credential: Set(it.credential.clone()),
                used_on: Set(Some(it.day)),
                ..Default::default()
            })
            .filter(passkey::COLUMN.id.eq(it.id))
            .filter(passkey::COLUMN.counter.eq(it.former))
            .exec(tx.db)
            .await?;
        found(updated.rows_affected)
    }
}

struct Remove {
    account: AccountId,
    id: PasskeyId,
    but: String,
}

impl Write for Remove {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let removed = passkey::Entity::delete_many()
            .filter(passkey::COLUMN.account_id.eq(self.account))
            .filter(passkey::COLUMN.id.eq(self.id))
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
        Err(StoreError::NotFound("passkey"))
    }
}

impl From<passkey::Model> for Passkey {
    fn from(row: passkey::Model) -> Self {
        Self {
            id: row.id,
            account: row.account_id,
            credential_id: row.credential_id,
            credential: row.credential,
            counter: row.counter,
            name: row.name,
            created_at: row.created_at,
            used_on: row.used_on,
        }
    }
}
