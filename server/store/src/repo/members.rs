use super::accounts::use_up;
use super::audit::Audited;
use crate::entity::{account, account_link, membership};
use crate::write::{Tx, Write, in_utc};
use crate::{
    Account, AccountId, AccountLink, Conflict, LinkId, NewAudit, Result, Role, Store, StoreError,
    StudyId,
};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
};
use time::OffsetDateTime;

/// Who may do what in which study, and one-time links; reached through [`Store::members`].
#[derive(Debug)]
pub struct Members<'a>(pub(crate) &'a Store);

impl Members<'_> {
    /// The role of an account in a study.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn role(&self, study: StudyId, account: AccountId) -> Result<Option<Role>> {
        let found = membership::Entity::find_by_id((study, account))
            .one(self.0.db())
            .await?;
        Ok(found.map(|it| it.role))
    }

    /// The members of a study, by e-mail address.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn of_study(&self, study: StudyId) -> Result<Vec<(Account, Role)>> {
        let them = membership::Entity::find()
            .filter(membership::COLUMN.study_id.eq(study))
            .find_also_related(account::Entity)
            .order_by_asc(account::Column::Email)
            .all(self.0.db())
            .await?;
        let them = them
            .into_iter()
            .filter_map(|(it, account)| Some((account?.into(), it.role)));
        Ok(them.collect())
    }

    /// The studies of an account, with its role in each.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn of_account(&self, account: AccountId) -> Result<Vec<(StudyId, Role)>> {
        let them = membership::Entity::find()
            .filter(membership::COLUMN.account_id.eq(account))
            .all(self.0.db())
            .await?;
        Ok(them.into_iter().map(|it| (it.study_id, it.role)).collect())
    }

    /// Gives an account a role in a study, or another one; uses up the link that allows it.
    ///
    /// # Errors
    /// [`Conflict::LastOwner`] if the study would have no owner any more; [`StoreError::NotFound`]
    /// if the link was used in the meantime.
    pub async fn set(
        &self,
        study: StudyId,
        account: AccountId,
        role: Role,
        link: Option<String>,
        entry: NewAudit,
    ) -> Result<()> {
        let command = SetRole {
            study,
            account,
            role,
            link,
        };
        self.0.write(Audited::new(command, entry)).await
    }

    /// Takes an account out of a study.
    ///
    /// # Errors
    /// [`Conflict::LastOwner`]; [`StoreError::NotFound`] if it is no member.
    pub async fn remove(&self, study: StudyId, account: AccountId, entry: NewAudit) -> Result<()> {
        let command = RemoveMember { study, account };
        self.0.write(Audited::new(command, entry)).await
    }

    /// Makes a one-time link.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn make_link(&self, link: AccountLink, entry: NewAudit) -> Result<()> {
        self.0.write(Audited::new(MakeLink(link), entry)).await
    }

    /// Finds a one-time link that still works.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn link(
        &self,
        secret_hash: &str,
        now: OffsetDateTime,
    ) -> Result<Option<AccountLink>> {
        let found = account_link::Entity::find()
            .filter(account_link::COLUMN.secret_hash.eq(secret_hash))
            .filter(account_link::COLUMN.ends_at.gt(in_utc(now)))
            .one(self.0.db())
            .await?;
        Ok(found.map(AccountLink::from))
    }

    /// The links that lead to a study and still work.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn links(&self, study: StudyId, now: OffsetDateTime) -> Result<Vec<AccountLink>> {
        let them = account_link::Entity::find()
            .filter(account_link::COLUMN.study_id.eq(study))
            .filter(account_link::COLUMN.ends_at.gt(in_utc(now)))
            .order_by_asc(account_link::Column::Email)
            .all(self.0.db())
            .await?;
        Ok(them.into_iter().map(AccountLink::from).collect())
    }

    /// Revokes a link to a study.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if it is of another study, used or revoked.
    pub async fn revoke_link(&self, study: StudyId, id: LinkId, entry: NewAudit) -> Result<()> {
        let command = RevokeLink { study, id };
        self.0.write(Audited::new(command, entry)).await
    }

    /// Deletes the links that no longer work.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn purge_links(&self, now: OffsetDateTime) -> Result<()> {
        self.0.write(PurgeLinks(now)).await
    }
}

struct SetRole {
    study: StudyId,
    account: AccountId,
    role: Role,
    link: Option<String>,
}

impl Write for SetRole {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        if let Some(link) = &self.link {
            use_up(tx, link).await?;
        }
        let had_owner = has_owner(tx, self.study).await?;
        membership::Entity::insert(membership::ActiveModel {
            study_id: Set(self.study),
            account_id: Set(self.account),
            role: Set(self.role),
        })
        .on_conflict(
            OnConflict::columns([membership::Column::StudyId, membership::Column::AccountId])
                .update_column(membership::Column::Role)
                .to_owned(),
        )
        .exec_without_returning(tx.db)
        .await?;
        keeps_owner(tx, self.study, had_owner).await
    }
}

async fn has_owner(tx: &Tx<'_>, study: StudyId) -> Result<bool> {
    let owners = membership::Entity::find()
        .filter(membership::Column::StudyId.eq(study))
        .filter(membership::Column::Role.eq(Role::Owner));
    Ok(owners.count(tx.db).await? > 0)
}

/// A study that had an owner keeps one.
async fn keeps_owner(tx: &Tx<'_>, study: StudyId, had_owner: bool) -> Result<()> {
    if had_owner && !has_owner(tx, study).await? {
        return Err(Conflict::LastOwner.into());
    }
    Ok(())
}

struct RemoveMember {
    study: StudyId,
    account: AccountId,
}

impl Write for RemoveMember {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let had_owner = has_owner(tx, self.study).await?;
        let removed = membership::Entity::delete_by_id((self.study, self.account))
            .exec(tx.db)
            .await?;
        if removed.rows_affected != 1 {
            return Err(StoreError::NotFound("member"));
        }
        keeps_owner(tx, self.study, had_owner).await
    }
}

struct MakeLink(AccountLink);

impl Write for MakeLink {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let it = &self.0;
        account_link::Entity::insert(account_link::ActiveModel {
            secret_hash: Set(it.secret_hash.clone()),
            id: Set(it.id),
            purpose: Set(it.purpose),
            email: Set(it.email.clone()),
            account_id: Set(it.account),
            study_id: Set(it.study.map(|it| it.0)),
            role: Set(it.study.map(|it| it.1)),
            ends_at: Set(in_utc(it.ends_at)),
        })
        .exec_without_returning(tx.db)
        .await?;
        Ok(())
    }
}

struct RevokeLink {
    study: StudyId,
    id: LinkId,
}

impl Write for RevokeLink {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let revoked = account_link::Entity::delete_many()
            .filter(account_link::COLUMN.study_id.eq(self.study))
            .filter(account_link::COLUMN.id.eq(self.id))
            .exec(tx.db)
            .await?;
        if revoked.rows_affected == 1 {
            Ok(())
        } else {
            Err(StoreError::NotFound("link"))
        }
    }
}

struct PurgeLinks(OffsetDateTime);

impl Write for PurgeLinks {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        account_link::Entity::delete_many()
            .filter(account_link::COLUMN.ends_at.lte(in_utc(self.0)))
            .exec(tx.db)
            .await?;
        Ok(())
    }
}

impl From<account_link::Model> for AccountLink {
    fn from(row: account_link::Model) -> Self {
        Self {
            secret_hash: row.secret_hash,
            id: row.id,
            purpose: row.purpose,
            email: row.email,
            account: row.account_id,
            study: row.study_id.zip(row.role),
            ends_at: row.ends_at,
        }
    }
}
