use super::audit::Audited;
use crate::entity::{account, account_link, membership, session};
use crate::error::is_unique_violation;
use crate::write::{Tx, Write, in_utc};
use crate::{Account, AccountId, Conflict, NewAudit, Result, Role, Store, StoreError, StudyId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
};

/// Accounts of the team, reached through [`Store::accounts`].
#[derive(Debug)]
pub struct Accounts<'a>(pub(crate) &'a Store);

/// An account to be created.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// The account.
    pub account: Account,
    /// The study that it joins, and in which role.
    pub joins: Option<(StudyId, Role)>,
    /// The digest of the one-time link that allows it, which is used up.
    pub link: Option<String>,
}

impl Accounts<'_> {
    /// Creates an account, and uses up the link that allows it.
    ///
    /// # Errors
    /// [`Conflict::Taken`] if the e-mail address has an account, [`StoreError::NotFound`] if the
    /// link was used or revoked in the meantime.
    pub async fn create(&self, new: NewAccount, entry: NewAudit) -> Result<()> {
        self.0.write(Audited::new(Create(new), entry)).await
    }

    /// Finds an account by its e-mail address.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn by_email(&self, email: &str) -> Result<Option<Account>> {
        let found = account::Entity::find()
            .filter(account::COLUMN.email.eq(email))
            .one(self.0.db())
            .await?;
        Ok(found.map(Account::from))
    }

    /// Finds an account by its key.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn by_id(&self, id: AccountId) -> Result<Option<Account>> {
        let found = account::Entity::find_by_id(id).one(self.0.db()).await?;
        Ok(found.map(Account::from))
    }

    /// All accounts, by e-mail address.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn all(&self) -> Result<Vec<Account>> {
        let all = account::Entity::find()
            .order_by_asc(account::Column::Email)
            .all(self.0.db())
            .await?;
        Ok(all.into_iter().map(Account::from).collect())
    }

    /// How many administrators there are.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn n_administrators(&self) -> Result<u64> {
        let them = account::Entity::find().filter(account::COLUMN.is_administrator.eq(true));
        Ok(them.count(self.0.db()).await?)
    }

    /// Changes the name others see.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the account is gone.
    pub async fn rename(&self, id: AccountId, name: String, entry: NewAudit) -> Result<()> {
        self.0.write(Audited::new(Rename { id, name }, entry)).await
    }

    /// Sets a password and ends every session of the account; uses up the link that allows it,
    /// if one does.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the account is gone or the link was used in the meantime.
    pub async fn set_password(
        &self,
        id: AccountId,
        password: String,
        link: Option<String>,
        entry: NewAudit,
    ) -> Result<()> {
        let command = SetPassword { id, password, link };
        self.0.write(Audited::new(command, entry)).await
    }

    /// Removes an account with its sessions, roles and access tokens.
    ///
    /// # Errors
    /// [`Conflict::LastAdministrator`]; [`StoreError::NotFound`] if it is gone.
    pub async fn remove(&self, id: AccountId, entry: NewAudit) -> Result<()> {
        self.0.write(Audited::new(Remove(id), entry)).await
    }
}

pub(super) struct Create(pub(super) NewAccount);

impl Write for Create {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let new = &self.0;
        if let Some(link) = &new.link {
            use_up(tx, link).await?;
        }
        let account = &new.account;
        let inserted = account::Entity::insert(account::ActiveModel {
            id: Set(account.id),
            email: Set(account.email.clone()),
            name: Set(account.name.clone()),
            password: Set(account.password.clone()),
            is_administrator: Set(account.is_administrator),
            created_at: Set(in_utc(account.created_at)),
        })
        .exec_without_returning(tx.db)
        .await;
        match inserted {
            Ok(_) => {}
            Err(error) if is_unique_violation(&error) => {
                return Err(Conflict::Taken("account").into());
            }
            Err(error) => return Err(error.into()),
        }
        if let Some((study, role)) = new.joins {
            membership::Entity::insert(membership::ActiveModel {
                study_id: Set(study),
                account_id: Set(account.id),
                role: Set(role),
            })
            .exec_without_returning(tx.db)
            .await?;
        }
        Ok(())
    }
}

/// Uses up a one-time link: of two that come at once, one gets it.
pub(super) async fn use_up(tx: &Tx<'_>, secret_hash: &str) -> Result<()> {
    let used = account_link::Entity::delete_many()
        .filter(account_link::COLUMN.secret_hash.eq(secret_hash))
        .exec(tx.db)
        .await?;
    if used.rows_affected == 1 {
        Ok(())
    } else {
        Err(StoreError::NotFound("link"))
    }
}

struct Rename {
    id: AccountId,
    name: String,
}

impl Write for Rename {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let renamed = account::Entity::update_many()
            .set(account::ActiveModel {
                name: Set(self.name.clone()),
                ..Default::default()
            })
            .filter(account::COLUMN.id.eq(self.id))
            .exec(tx.db)
            .await?;
        found(renamed.rows_affected)
    }
}

fn found(rows: u64) -> Result<()> {
    if rows == 1 {
        Ok(())
    } else {
        Err(StoreError::NotFound("account"))
    }
}

struct SetPassword {
    id: AccountId,
    password: String,
    link: Option<String>,
}

impl Write for SetPassword {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        if let Some(link) = &self.link {
            use_up(tx, link).await?;
        }
        let set = account::Entity::update_many()
            .set(account::ActiveModel {
                password: Set(Some(self.password.clone())),
                ..Default::default()
            })
            .filter(account::COLUMN.id.eq(self.id))
            .exec(tx.db)
            .await?;
        found(set.rows_affected)?;
        session::Entity::delete_many()
            .filter(session::COLUMN.account_id.eq(self.id))
            .exec(tx.db)
            .await?;
        Ok(())
    }
}

struct Remove(AccountId);

impl Write for Remove {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let account = account::Entity::find_by_id(self.0).one(tx.db).await?;
        let account = account.ok_or(StoreError::NotFound("account"))?;
        account::Entity::delete_by_id(self.0).exec(tx.db).await?;
        if !account.is_administrator {
            return Ok(());
        }
        let left = account::Entity::find()
            .filter(account::Column::IsAdministrator.eq(true))
            .count(tx.db)
            .await?;
        if left == 0 {
            return Err(Conflict::LastAdministrator.into());
        }
        Ok(())
    }
}

impl From<account::Model> for Account {
    fn from(row: account::Model) -> Self {
        Self {
            id: row.id,
            email: row.email,
            name: row.name,
            password: row.password,
            is_administrator: row.is_administrator,
            created_at: row.created_at,
        }
    }
}
