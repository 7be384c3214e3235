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

/// What the audit log is told of a change: an entry that is known beforehand, or a function of what
/// came of it, for figures that only the change knows. It is asked within the change's transaction.
///
/// ```
/// use store::{AddedUnits, NewAudit, Tells};
///
/// fn of_import(entry: NewAudit) -> impl Tells<AddedUnits> {
///     move |added: &AddedUnits| {
///         let mut entry = entry.clone();
///         entry.after = Some(format!(r#"{{"people":{}}}"#, added.n_added));
///         Some(entry)
///     }
/// }
/// ```
pub trait Tells<Outcome>: Send + 'static {
    /// The entry; `None` where nothing came of it that anybody has to know.
    fn tell(&self, outcome: &Outcome) -> Option<NewAudit>;
}

impl<Outcome> Tells<Outcome> for NewAudit {
    fn tell(&self, _: &Outcome) -> Option<NewAudit> {
        Some(self.clone())
    }
}

impl<Outcome, F> Tells<Outcome> for F
where
    F: Fn(&Outcome) -> Option<NewAudit> + Send + 'static,
{
    fn tell(&self, outcome: &Outcome) -> Option<NewAudit> {
        self(outcome)
    }
}

/// A change and the entry that tells of it: both or neither.
pub(crate) struct Audited<W, T = NewAudit> {
    command: W,
    told: T,
}

impl<W: Write, T: Tells<W::Output>> Audited<W, T> {
    pub(crate) fn new(command: W, told: T) -> Self {
        Self { command, told }
    }
}

impl<W: Write, T: Tells<W::Output>> Write for Audited<W, T> {
    type Output = W::Output;

    fn is_telling(&self) -> bool {
        self.command.is_telling()
    }

    async fn apply(&mut self, tx: &mut Tx<'_>) -> Result<W::Output> {
        let output = self.command.apply(tx).await?;
        if let Some(entry) = self.told.tell(&output) {
            append(tx, &entry).await?;
        }
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
