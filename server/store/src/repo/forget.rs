//! Makes the database forget in which order people came.
//!
//! Rows say nothing of it, but files do. Who holds them can put the rows that lead to people (units of
//! samples, contacts) and the responses in the order in which each lies, and match the two.
//!
//! Postgres writes a changed or new row behind all others and under the number of its transaction, which
//! the response of that transaction bears too. SQLite keeps rows in the order of their keys from page to
//! page, and within a page in the order in which they came; it changes a unit where it stands.

use crate::entity::contact;
use crate::write::{Tx, Write};
use crate::{ContactId, DatabaseKind, Result, Samples, Store};
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel, QueryOrder,
    QuerySelect, Statement,
};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::PoisonError;

impl Samples<'_> {
    /// Puts units and contacts in the order of their random keys, also in the files. To be called now and
    /// then; until it is, who holds the files can tell.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn forget_order(&self) -> Result<()> {
        match self.0.kind() {
            DatabaseKind::Sqlite => lay_contacts(self.0).await,
            DatabaseKind::Postgres => rewrite(self.0).await,
        }
    }
}

/// All rows are written once more in one transaction, then the table is put in the order of its keys.
async fn rewrite(store: &Store) -> Result<()> {
    let db = store.db();
    for (table, column) in [("sample_unit", "answered"), ("contact", "details")] {
        let several = format!("SELECT count(DISTINCT xmin::text) > 1 FROM {table}");
        let several = Statement::from_string(DbBackend::Postgres, several);
        let remembers = match db.query_one_raw(several).await? {
            Some(row) => row.try_get_by_index::<bool>(0)?,
            None => false,
        };
        if remembers {
            let anew = format!("UPDATE {table} SET {column} = {column}");
            db.execute_unprepared(&anew).await?;
            let in_order = format!("CLUSTER {table} USING {table}_pkey");
            db.execute_unprepared(&in_order).await?;
        }
    }
    Ok(())
}

/// Takes all contacts out and puts them back in the order of their keys, if any came or went since.
async fn lay_contacts(store: &Store) -> Result<()> {
    let ids: Vec<ContactId> = contact::Entity::find()
        .select_only()
        .column(contact::Column::Id)
        .order_by_asc(contact::Column::Id)
        .into_tuple()
        .all(store.db())
        .await?;
    let mut hasher = DefaultHasher::new();
    ids.hash(&mut hasher);
    let now = hasher.finish();
    let laid = &store.inner.contacts_laid;
    let before = *laid.lock().unwrap_or_else(PoisonError::into_inner);
    if !ids.is_empty() && before != Some(now) {
        store.write(LayContacts).await?;
        *laid.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
    }
    Ok(())
}

struct LayContacts;

/// Databases bound the number of parameters of one statement.
const ROWS_A_STATEMENT: usize = 500;

impl Write for LayContacts {
    type Output = ();

    /// The log holds them as they lay before.
    fn is_telling(&self) -> bool {
        true
    }

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let rows = contact::Entity::find()
            .order_by_asc(contact::Column::Id)
            .all(tx.db)
            .await?;
        contact::Entity::delete_many().exec(tx.db).await?;
        for rows in rows.chunks(ROWS_A_STATEMENT) {
            let rows = rows
                .iter()
                .map(|row| row.clone().into_active_model().reset_all());
            contact::Entity::insert_many(rows)
                .exec_without_returning(tx.db)
                .await?;
        }
        Ok(())
    }
}
