//! Write commands: what happens inside a transaction, whichever database runs it.

use crate::entity::{change_log, wave_revision};
use crate::{Change, Result, Revision, StoreError, WaveId};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait,
    QueryFilter, Statement,
};
use std::future::Future;
use time::{OffsetDateTime, UtcOffset};

/// The Postgres channel on which a change of any wave is announced.
pub(crate) const CHANNEL: &str = "recueil_wave_changed";

/// One change of the database. It runs inside a transaction (on SQLite inside a savepoint) and
/// takes effect as a whole if it returns `Ok`, not at all otherwise.
pub(crate) trait Write: Send + 'static {
    /// What the caller learns.
    type Output: Send + 'static;

    /// Whether the negative control answers it before the commit: only submissions, so that
    /// everything around them works as usual.
    #[cfg(feature = "negative-control")]
    const IS_SUBMISSION: bool = false;

    /// Whether it brings a person and answers together, so that what SQLite's log says of it must go;
    /// see `writer.rs`.
    fn is_telling(&self) -> bool {
        false
    }

    /// Makes the change.
    fn apply(&mut self, tx: &mut Tx<'_>) -> impl Future<Output = Result<Self::Output>> + Send;
}

/// SQLite keeps times as text: in one offset, their order is that of the text.
pub(crate) fn in_utc(moment: OffsetDateTime) -> OffsetDateTime {
    moment.to_offset(UtcOffset::UTC)
}

/// A running transaction, and the waves it has moved to a new revision.
pub(crate) struct Tx<'a> {
    pub(crate) db: &'a DatabaseTransaction,
    pub(crate) advanced: &'a mut Vec<(WaveId, Revision)>,
}

impl Tx<'_> {
    /// Moves a wave to its next revision and logs which response changed.
    ///
    /// The counter's row stays locked until the commit, so revisions become visible in order.
    pub(crate) async fn log_change(
        &mut self,
        wave: WaveId,
        kind: crate::ChangeKind,
        response: crate::ResponseId,
    ) -> Result<Change> {
        let moved = wave_revision::Entity::update_many()
            .col_expr(
                wave_revision::Column::Revision,
                sea_orm::sea_query::Expr::col(wave_revision::Column::Revision).add(1),
            )
            .filter(wave_revision::COLUMN.wave_id.eq(wave))
            .exec(self.db)
            .await?;
        if moved.rows_affected != 1 {
            return Err(StoreError::NotFound("wave"));
        }
        let counter = wave_revision::Entity::find_by_id(wave)
            .one(self.db)
            .await?
            .ok_or(StoreError::NotFound("wave"))?;
        let revision = counter.revision;
        change_log::Entity::insert(change_log::ActiveModel {
            wave_id: Set(wave),
            revision: Set(revision),
            kind: Set(kind),
            response_id: Set(response),
        })
        .exec_without_returning(self.db)
        .await?;
        self.announce(wave).await?;
        self.advanced.push((wave, revision));
        Ok(Change {
            revision,
            kind,
            response,
        })
    }

    /// Makes the other processes look, where the database can tell them.
    pub(crate) async fn announce(&self, wave: WaveId) -> Result<()> {
        if self.db.get_database_backend() == DbBackend::Postgres {
            let announce = Statement::from_sql_and_values(
                DbBackend::Postgres,
                "SELECT pg_notify($1, $2)",
                [CHANNEL.into(), wave.0.to_string().into()],
            );
            self.db.execute_raw(announce).await?;
        }
        Ok(())
    }
}
