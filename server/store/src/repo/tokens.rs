use super::audit::Audited;
use crate::entity::{access_token, account};
use crate::write::{Tx, Write, in_utc};
use crate::{AccessToken, Account, AccountId, NewAudit, Result, Store, StoreError, TokenId};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

/// Personal access tokens, reached through [`Store::tokens`].
#[derive(Debug)]
pub struct Tokens<'a>(pub(crate) &'a Store);

impl Tokens<'_> {
    /// Stores a token.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn create(&self, token: AccessToken, entry: NewAudit) -> Result<()> {
        self.0.write(Audited::new(Create(token), entry)).await
    }

    /// Finds a token that still works by the digest of its secret, with its owner.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn find(
        &self,
        secret_hash: &str,
        today: Date,
    ) -> Result<Option<(AccessToken, Account)>> {
        let found = access_token::Entity::find()
            .filter(access_token::COLUMN.secret_hash.eq(secret_hash))
            .filter(access_token::COLUMN.ends_on.gte(today))
            .find_also_related(account::Entity)
            .one(self.0.db())
            .await?;
        Ok(found.and_then(|(it, account)| Some((it.into(), account?.into()))))
    }

    /// The tokens of an account, by name.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn of_account(&self, account: AccountId) -> Result<Vec<AccessToken>> {
        let all = access_token::Entity::find()
            .filter(access_token::COLUMN.account_id.eq(account))
            .order_by_asc(access_token::Column::Name)
            .all(self.0.db())
            .await?;
        Ok(all.into_iter().map(AccessToken::from).collect())
    }

    /// Notes the day on which a token was used.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn used(&self, id: TokenId, today: Date) -> Result<()> {
        self.0.write(Used { id, today }).await
    }

    /// Revokes a token of an account.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the account has no such token.
    pub async fn revoke(&self, account: AccountId, id: TokenId, entry: NewAudit) -> Result<()> {
        let command = Revoke { account, id };
        self.0.write(Audited::new(command, entry)).await
    }
}

struct Create(AccessToken);

impl Write for Create {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let it = &self.0;
        access_token::Entity::insert(access_token::ActiveModel {
            id: Set(it.id),
            secret_hash: Set(it.secret_hash.clone()),
            account_id: Set(it.account),
            study_id: Set(it.study),
            scope: Set(it.scope),
            name: Set(it.name.clone()),
            created_at: Set(in_utc(it.created_at)),
            ends_on: Set(it.ends_on),
            used_on: Set(it.used_on),
        })
        .exec_without_returning(tx.db)
        .await?;
        Ok(())
    }
}

struct Used {
    id: TokenId,
    today: Date,
}

impl Write for Used {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        access_token::Entity::update_many()
            .set(access_token::ActiveModel {
                used_on: Set(Some(self.today)),
                ..Default::default()
            })
            .filter(access_token::COLUMN.id.eq(self.id))
            .exec(tx.db)
            .await?;
        Ok(())
    }
}

struct Revoke {
    account: AccountId,
    id: TokenId,
}

impl Write for Revoke {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let revoked = access_token::Entity::delete_many()
            .filter(access_token::COLUMN.account_id.eq(self.account))
            .filter(access_token::COLUMN.id.eq(self.id))
            .exec(tx.db)
            .await?;
        if revoked.rows_affected == 1 {
            Ok(())
        } else {
            Err(StoreError::NotFound("token"))
        }
    }
}

impl From<access_token::Model> for AccessToken {
    fn from(row: access_token::Model) -> Self {
        Self {
            id: row.id,
            secret_hash: row.secret_hash,
            account: row.account_id,
            study: row.study_id,
            scope: row.scope,
            name: row.name,
            created_at: row.created_at,
            ends_on: row.ends_on,
            used_on: row.used_on,
        }
    }
}
