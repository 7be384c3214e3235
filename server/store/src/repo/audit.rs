use crate::entity::audit;
use crate::write::{Tx, Write, in_utc};
use crate::{AuditEntry, NewAudit, Result, Store, StudyId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use time::Duration;

/// Serialises the audit log's writers on Postgres; an arbitrary number of our own.
const AUDIT_LOCK: i64 = 0x7265_6375_6569_6c02;

/// The audit log, reached through [`Store::audit`].
#[derive(Debug)]
pub struct Audit<'a>(pub(crate) &'a Store);

impl Audit<'_> {
    /// Writes down something whose effect lies outside the database, as an export.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn note(&self, entry: NewAudit) -> Result<()> {
        self.0.write(Audited::new((), entry)).await
    }

    /// Entries after a number, in order, at most so many; of one study if one is given.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn after(
        &self,
        number: i64,
        study: Option<StudyId>,
        limit: u64,
    ) -> Result<Vec<AuditEntry>> {
        let mut found = audit::Entity::find().filter(audit::Column::Number.gt(number));
        if let Some(study) = study {
            found = found.filter(audit::Column::StudyId.eq(study));
        }
        let found = found
            .order_by_asc(audit::Column::Number)
            .limit(limit)
            .all(self.0.db())
            .await?;
        Ok(found.into_iter().map(AuditEntry::from).collect())
    }

    /// The latest entries of one action on one subject of a study, latest first.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn about(
        &self,
        study: StudyId,
        action: &str,
        subject: &str,
        limit: u64,
    ) -> Result<Vec<AuditEntry>> {
        let found = audit::Entity::find()
            .filter(audit::Column::StudyId.eq(study))
            .filter(audit::Column::Action.eq(action))
            .filter(audit::Column::Subject.eq(subject))
            .order_by_desc(audit::Column::Number)
            .limit(limit)
            .all(self.0.db())
            .await?;
        Ok(found.into_iter().map(AuditEntry::from).collect())
    }

    /// The latest entries, latest first; of one study if one is given.
    ///
    /// # Errors
    /// Only if the database fails.
    pub async fn latest(&self, study: Option<StudyId>, limit: u64) -> Result<Vec<AuditEntry>> {
        let mut found = audit::Entity::find();
        if let Some(study) = study {
            found = found.filter(audit::Column::StudyId.eq(study));
        }
        let found = found
            .order_by_desc(audit::Column::Number)
            .limit(limit)
            .all(self.0.db())
            .await?;
        Ok(found.into_iter().map(AuditEntry::from).collect())
    }
}

/// A change and the entry that tells of it: both or neither.
pub(crate) struct Audited<W> {
    command: W,
    entry: NewAudit,
}

impl<W> Audited<W> {
    pub(crate) fn new(command: W, entry: NewAudit) -> Self {
        Self { command, entry }
    }
}

impl<W: Write> Write for Audited<W> {
    type Output = W::Output;

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<W::Output> {
        let output = self.command.apply(tx).await?;
        append(tx, &self.entry).await?;
        Ok(output)
    }
}

/// Changes nothing: for entries that stand alone.
impl Write for () {
    type Output = ();

    async fn apply(&mut self, _: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }
}

/// Writes an entry down within a running transaction.
pub(crate) async fn append(tx: &Tx<'_>, new: &NewAudit) -> Result<()> {
    if tx.db.get_database_backend() == DbBackend::Postgres {
        let lock = format!("SELECT pg_advisory_xact_lock({AUDIT_LOCK})");
        tx.db.execute_unprepared(&lock).await?;
    }
    let last = audit::Entity::find()
        .order_by_desc(audit::Column::Number)
        .one(tx.db)
        .await?;
    let (number, previous) = last.map_or((0, String::new()), |it| (it.number, it.hash));
    // Both databases keep microseconds: what is hashed is what will be read back.
    let at = in_utc(new.at);
    let at = at - Duration::nanoseconds(i64::from(at.nanosecond() % 1_000));
    let mut entry = AuditEntry {
        number: number + 1,
        at,
        account: new.account,
        actor: new.actor.clone(),
        action: new.action.to_owned(),
        study: new.study,
        subject: new.subject.clone(),
        before: new.before.clone(),
        after: new.after.clone(),
        hash: String::new(),
    };
    entry.hash = entry.expected_hash(&previous);
    audit::Entity::insert(audit::ActiveModel {
        number: Set(entry.number),
        at: Set(entry.at),
        account_id: Set(entry.account),
        actor: Set(entry.actor),
        action: Set(entry.action),
        study_id: Set(entry.study),
        subject: Set(entry.subject),
        before: Set(entry.before),
        after: Set(entry.after),
        hash: Set(entry.hash),
    })
    .exec_without_returning(tx.db)
    .await?;
    Ok(())
}

impl From<audit::Model> for AuditEntry {
    fn from(row: audit::Model) -> Self {
        Self {
            number: row.number,
            at: row.at,
            account: row.account_id,
            actor: row.actor,
            action: row.action,
            study: row.study_id,
            subject: row.subject,
            before: row.before,
            after: row.after,
            hash: row.hash,
        }
    }
}
