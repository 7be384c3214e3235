use crate::entity::{account, session};
use crate::write::{Tx, Write, in_utc};
use crate::{Account, AccountId, Result, Session, Store};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use time::OffsetDateTime;

/// Sessions of the team, reached through [`Store::sessions`].
#[derive(Debug)]
pub struct Sessions<'a>(pub(crate) &'a Store);

impl Sessions<'_> {
    /// Opens a session, and ends the one that the same browser had before.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn open(&self, session: Session, former: Option<String>) -> Result<()> {
        self.0.write(Open { session, former }).await
    }

    /// Finds a session by the digest of its secret, with its account.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn find(&self, secret_hash: &str) -> Result<Option<(Session, Account)>> {
        let found = session::Entity::find_by_id(secret_hash)
            .find_also_related(account::Entity)
            .one(self.0.db())
            .await?;
        Ok(found.and_then(|(it, account)| Some((it.into(), account?.into()))))
    }

    /// The sessions of an account, the last used first.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn of_account(&self, account: AccountId) -> Result<Vec<Session>> {
        let all = session::Entity::find()
            .filter(session::COLUMN.account_id.eq(account))
            .order_by_desc(session::Column::SeenAt)
            .all(self.0.db())
            .await?;
        Ok(all.into_iter().map(Session::from).collect())
    }

    /// Notes that a session was used.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn touch(&self, secret_hash: String, now: OffsetDateTime) -> Result<()> {
        self.0.write(Touch { secret_hash, now }).await
    }

    /// Ends a session of an account; ending it again changes nothing.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn end(&self, account: AccountId, secret_hash: String) -> Result<()> {
        let which = Which::One(account, secret_hash);
        self.0.write(End(which)).await
    }

    /// Ends every session of an account.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn end_all(&self, account: AccountId) -> Result<()> {
        self.0.write(End(Which::AllOf(account))).await
    }

    /// Deletes the sessions that have ended: those past their end, and those not used since
    /// `unused_since`.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn purge(&self, now: OffsetDateTime, unused_since: OffsetDateTime) -> Result<()> {
        self.0.write(End(Which::Over(now, unused_since))).await
    }
}

struct Open {
    session: Session,
    former: Option<String>,
}

impl Write for Open {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        if let Some(former) = &self.former {
            session::Entity::delete_by_id(former.as_str())
                .exec(tx.db)
                .await?;
        }
        let it = &self.session;
        session::Entity::insert(session::ActiveModel {
            secret_hash: Set(it.secret_hash.clone()),
            account_id: Set(it.account),
            means: Set(it.means),
            agent: Set(it.agent.clone()),
            opened_at: Set(in_utc(it.opened_at)),
            seen_at: Set(in_utc(it.seen_at)),
            ends_at: Set(in_utc(it.ends_at)),
        })
        .exec_without_returning(tx.db)
        .await?;
        Ok(())
    }
}

struct Touch {
    secret_hash: String,
    now: OffsetDateTime,
}

impl Write for Touch {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        session::Entity::update_many()
            .set(session::ActiveModel {
                seen_at: Set(in_utc(self.now)),
                ..Default::default()
            })
            .filter(session::COLUMN.secret_hash.eq(self.secret_hash.as_str()))
            .exec(tx.db)
            .await?;
        Ok(())
    }
}

enum Which {
    One(AccountId, String),
    AllOf(AccountId),
    Over(OffsetDateTime, OffsetDateTime),
}

/// Ends all sessions of an account but one: what opened them may have been another's.
pub(super) async fn end_others(tx: &Tx<'_>, account: AccountId, but: &str) -> Result<()> {
    session::Entity::delete_many()
        .filter(session::COLUMN.account_id.eq(account))
        .filter(session::COLUMN.secret_hash.ne(but))
        .exec(tx.db)
        .await?;
    Ok(())
}

struct End(Which);

impl Write for End {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let them = session::Entity::delete_many();
        let columns = session::COLUMN;
        let them = match &self.0 {
            Which::One(account, hash) => them
                .filter(columns.account_id.eq(*account))
                .filter(columns.secret_hash.eq(hash.as_str())),
            Which::AllOf(account) => them.filter(columns.account_id.eq(*account)),
            Which::Over(now, unused_since) => them.filter(
                columns
                    .ends_at
                    .lte(in_utc(*now))
                    .or(columns.seen_at.lt(in_utc(*unused_since))),
            ),
        };
        them.exec(tx.db).await?;
        Ok(())
    }
}

impl From<session::Model> for Session {
    fn from(row: session::Model) -> Self {
        Self {
            secret_hash: row.secret_hash,
            account: row.account_id,
            means: row.means,
            agent: row.agent,
            opened_at: row.opened_at,
            seen_at: row.seen_at,
            ends_at: row.ends_at,
        }
    }
}
