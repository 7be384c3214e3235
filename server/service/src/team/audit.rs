//! The audit log: who did what, when; and whether anybody has touched it since.

use super::Team;
use super::roles::{May, Operator, ReadAudit};
use crate::Result;
use store::AuditEntry;

/// How many entries are read at a time.
const PAGE: u64 = 500;

/// Where the chain of the audit log is broken: the first entry that is not what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The number of the entry.
    pub number: i64,
}

/// Some entries of the log.
pub type Page = Vec<AuditEntry>;

impl Team<'_> {
    /// The latest entries about a study, latest first.
    ///
    /// # Errors
    /// [`crate::ServiceError::Unavailable`] if the database does not answer.
    pub async fn audit(&self, may: &May<ReadAudit>, limit: u16) -> Result<Page> {
        let audit = self.0.store().audit();
        Ok(audit.latest(Some(may.id()), u64::from(limit)).await?)
    }

    /// Entries about a study after a number, in order, for taking them out page by page; empty at
    /// the end.
    ///
    /// # Errors
    /// [`crate::ServiceError::Unavailable`] if the database does not answer.
    pub async fn audit_after(&self, may: &May<ReadAudit>, number: i64) -> Result<Page> {
        let audit = self.0.store().audit();
        Ok(audit.after(number, Some(may.id()), PAGE).await?)
    }

    /// Entries of the whole log after a number, in order; empty at the end.
    ///
    /// # Errors
    /// [`crate::ServiceError::Unavailable`] if the database does not answer.
    pub async fn whole_audit_after(&self, _: &Operator, number: i64) -> Result<Page> {
        Ok(self.0.store().audit().after(number, None, PAGE).await?)
    }

    /// Reads the whole log and checks its chain.
    ///
    /// Entries cut off at the end leave a chain that is whole: whoever needs to notice that keeps
    /// the last hash elsewhere, which is why it is given back with the number of entries.
    ///
    /// # Errors
    /// [`crate::ServiceError::Unavailable`] if the database does not answer.
    pub async fn verify_audit(&self, who: &Operator) -> Result<Result<(i64, String), Broken>> {
        let (mut number, mut hash) = (0, String::new());
        loop {
            let page = self.whole_audit_after(who, number).await?;
            if page.is_empty() {
                return Ok(Ok((number, hash)));
            }
            for entry in page {
                if entry.number != number + 1 || entry.expected_hash(&hash) != entry.hash {
                    return Ok(Err(Broken { number: number + 1 }));
                }
                (number, hash) = (entry.number, entry.hash);
            }
        }
    }
}
