use crate::entity::ceremony;
use crate::write::{Tx, Write, in_utc};
use crate::{Ceremony, CeremonyPurpose, Result, Store};
use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter};
use time::OffsetDateTime;

/// Proofs that were asked for, reached through [`Store::ceremonies`].
#[derive(Debug)]
pub struct Ceremonies<'a>(pub(crate) &'a Store);

impl Ceremonies<'_> {
    /// Remembers a ceremony.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn begin(&self, ceremony: Ceremony) -> Result<()> {
        self.0.write(Begin(ceremony)).await
    }

    /// Takes a ceremony out: of two that come at once, one gets it. Nothing is left of one that is
    /// over or about something else, either.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn take(
        &self,
        secret_hash: String,
        purpose: CeremonyPurpose,
        now: OffsetDateTime,
    ) -> Result<Option<Ceremony>> {
        let taken = self.0.write(Take(secret_hash)).await?;
        Ok(taken.filter(|it| it.purpose == purpose && now < it.ends_at))
    }

    /// Deletes the ceremonies that nobody finished in time.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn purge(&self, now: OffsetDateTime) -> Result<()> {
        self.0.write(Purge(now)).await
    }
}

struct Begin(Ceremony);

impl Write for Begin {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let it = &self.0;
        ceremony::Entity::insert(ceremony::ActiveModel {
            secret_hash: Set(it.secret_hash.clone()),
            purpose: Set(it.purpose),
            account_id: Set(it.account),
            state: Set(it.state.clone()),
            ends_at: Set(in_utc(it.ends_at)),
        })
        .exec_without_returning(tx.db)
        .await?;
        Ok(())
    }
}

struct Take(String);

impl Write for Take {
    type Output = Option<Ceremony>;

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<Option<Ceremony>> {
        let found = ceremony::Entity::find_by_id(self.0.as_str())
            .one(tx.db)
            .await?;
        let deleted = ceremony::Entity::delete_by_id(self.0.as_str())
            .exec(tx.db)
            .await?;
        // On Postgres another transaction may have deleted it since it was read.
        let is_ours = deleted.rows_affected == 1;
        Ok(found.filter(|_| is_ours).map(Ceremony::from))
    }
}

struct Purge(OffsetDateTime);

impl Write for Purge {
    type Output = ();

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        ceremony::Entity::delete_many()
            .filter(ceremony::COLUMN.ends_at.lte(in_utc(self.0)))
            .exec(tx.db)
            .await?;
        Ok(())
    }
}

impl From<ceremony::Model> for Ceremony {
    fn from(row: ceremony::Model) -> Self {
        Self {
            secret_hash: row.secret_hash,
            purpose: row.purpose,
            account: row.account_id,
            state: row.state,
            ends_at: row.ends_at,
        }
    }
}
