//! What can go wrong in the store, told apart by what the caller can do about it.

use crate::ResponseId;
use sea_orm::sqlx;
use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr, SqlErr};
use thiserror::Error;

const SQLITE_BUSY: u32 = 5;

/// The result of every operation of the store.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// Why the store did not do what it was asked.
///
/// Messages never contain stored values: answers, addresses and tokens must not reach a log.
#[derive(Debug, Clone, Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The row that the operation is about does not exist. Lookups return `None` instead.
    #[error("no such {0}")]
    NotFound(&'static str),
    /// What is stored contradicts what was to be stored.
    #[error(transparent)]
    Conflict(#[from] Conflict),
    /// The row has changed since it was read: read again, decide again.
    #[error("changed by somebody else in the meantime")]
    Stale,
    /// It cannot be done like this; the reason says what to do instead.
    #[error("{0}")]
    Refused(String),
    /// The database cannot be reached or cannot write now. Trying again later may succeed.
    #[error("the database is unavailable")]
    Unavailable(#[source] Cause),
    /// A fault in this program or in the database's content; trying again will not help.
    #[error("the database refused the operation")]
    Other(#[source] Cause),
}

/// What exactly contradicts.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Conflict {
    /// In an anonymous wave, what would be taken from the sample into responses tells people apart.
    #[error("too few people of the sample are alike")]
    FewAlike,
    /// The idempotency key was used before, for another body.
    #[error("this idempotency key was used for another submission")]
    KeyReused,
    /// A response with this id exists, with other content.
    #[error("response {0} exists with other content")]
    ResponseExists(ResponseId),
    /// The wave does not take responses now.
    #[error("the wave is not open")]
    WaveNotOpen,
    /// The wave has responses or drafts already, so its questionnaire version is fixed.
    #[error("the wave has begun; its questionnaire version is fixed")]
    WaveBegun,
    /// The wave is a rehearsal: it never opens, and has no rehearsal of its own.
    #[error("a rehearsal is never opened and has no rehearsal of its own")]
    IsRehearsal,
    /// The draft was submitted before.
    #[error("this draft was submitted already")]
    DraftSubmitted,
    /// The wave takes answers of invited people only, and this invitation is none of its own.
    #[error("the wave takes answers of invited people only")]
    NotInvited,
    /// The invitation has been answered.
    #[error("this invitation has been answered")]
    InvitationUsed,
    /// The wave has as many responses as it takes.
    #[error("the wave has all the responses it takes")]
    WaveFull,
    /// A name that must be unique is taken.
    #[error("this {0} is taken")]
    Taken(&'static str),
    /// Somebody must be able to administer.
    #[error("this is the last administrator")]
    LastAdministrator,
    /// A study that has an owner keeps one.
    #[error("this is the study's last owner")]
    LastOwner,
}

/// The technical cause behind a [`StoreError`], for the log of whoever runs the program.
#[derive(Debug, Clone, Error)]
pub enum Cause {
    /// What the database or its driver said.
    #[error(transparent)]
    Database(DbErr),
    /// What the store itself found.
    #[error("{0}")]
    Store(String),
}

impl StoreError {
    pub(crate) fn unavailable(what: impl Into<String>) -> Self {
        Self::Unavailable(Cause::Store(what.into()))
    }

    pub(crate) fn other(what: impl Into<String>) -> Self {
        Self::Other(Cause::Store(what.into()))
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        if is_passing(&error) {
            Self::Unavailable(Cause::Database(error))
        } else {
            Self::Other(Cause::Database(error))
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        DbErr::Conn(RuntimeErr::SqlxError(std::sync::Arc::new(error))).into()
    }
}

/// Whether the error is a broken unique constraint.
pub(crate) fn is_unique_violation(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

/// Whether another connection holds a lock of a SQLite file.
pub(crate) fn is_busy(error: &DbErr) -> bool {
    let (DbErr::Conn(RuntimeErr::SqlxError(cause))
    | DbErr::Exec(RuntimeErr::SqlxError(cause))
    | DbErr::Query(RuntimeErr::SqlxError(cause))) = error
    else {
        return false;
    };
    let sqlx::Error::Database(fault) = cause.as_ref() else {
        return false;
    };
    let code = fault.code().and_then(|code| code.parse::<u32>().ok());
    code.is_some_and(|code| code & 0xff == SQLITE_BUSY)
}

/// Whether the operation may succeed later, unchanged.
fn is_passing(error: &DbErr) -> bool {
    match error {
        DbErr::ConnectionAcquire(ConnAcquireErr::Timeout | ConnAcquireErr::ConnectionClosed) => {
            true
        }
        DbErr::Conn(RuntimeErr::SqlxError(cause))
        | DbErr::Exec(RuntimeErr::SqlxError(cause))
        | DbErr::Query(RuntimeErr::SqlxError(cause)) => match cause.as_ref() {
            sqlx::Error::Database(fault) => fault
                .code()
                .is_some_and(|code| is_passing_code(code.as_ref())),
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => true,
            _ => false,
        },
        DbErr::Conn(_) => true,
        _ => false,
    }
}

/// The codes of SQLite (decimal, extended codes carry the base code in their low byte) and of
/// Postgres (five characters, the first two give the class).
fn is_passing_code(code: &str) -> bool {
    const SQLITE_LOCKED: u32 = 6;
    const SQLITE_READONLY: u32 = 8;
    const SQLITE_IOERR: u32 = 10;
    const SQLITE_FULL: u32 = 13;
    const SQLITE_CANTOPEN: u32 = 14;
    if code.len() == 5 {
        // Connection trouble, lack of resources, an administrator's intervention, a system error;
        // a deadlock or a serialization failure is solved by trying again.
        return code
            .get(..2)
            .is_some_and(|class| ["08", "53", "57", "58"].contains(&class))
            || code == "40P01"
            || code == "40001";
    }
    code.parse::<u32>().is_ok_and(|code| {
        matches!(
            code & 0xff,
            SQLITE_BUSY
                | SQLITE_LOCKED
                | SQLITE_READONLY
                | SQLITE_IOERR
                | SQLITE_FULL
                | SQLITE_CANTOPEN
        )
    })
}

#[cfg(test)]
mod tests {
    use super::is_passing_code;

    #[test]
    fn tells_passing_faults_from_lasting_ones() {
        for code in [
            "5", "261", "10", "778", "13", "08006", "57P01", "53300", "40001",
        ] {
            assert!(is_passing_code(code), "{code} passes");
        }
        for code in ["1", "19", "2067", "1555", "23505", "42P01", "22P02"] {
            assert!(!is_passing_code(code), "{code} stays");
        }
    }
}
