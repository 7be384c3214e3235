//! How often somebody may try.
//!
//! Nobody's address is kept: what is counted is a digest under a key that lives as long as the
//! process.

use crate::chance::digest;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use time::{Duration, OffsetDateTime};

/// A number of attempts that comes back over a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Allowance {
    /// How many attempts may be made at once.
    pub(crate) attempts: u32,
    /// How long it takes until one comes back.
    pub(crate) one_each: Duration,
}

/// How many keys are remembered; when there are more, those that are whole again are forgotten.
const MANY: usize = 10_000;

/// Counts attempts. One process counts for itself: of several replicas each allows as many.
#[derive(Default)]
pub(crate) struct Limits {
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    key: Vec<u8>,
    /// For each digest, when all its attempts will have come back.
    whole_at: HashMap<[u8; 32], OffsetDateTime>,
}

impl std::fmt::Debug for Limits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Limits")
    }
}

impl Limits {
    /// Gives the key that digests are made with; without one they could be guessed.
    pub(crate) fn with_key(key: &[u8]) -> Self {
        let inner = Inner {
            key: key.to_vec(),
            whole_at: HashMap::new(),
        };
        Self {
            inner: Mutex::new(inner),
        }
    }

    /// Makes an attempt: `Err` with the time to wait if there is none left.
    pub(crate) fn attempt(
        &self,
        purpose: &str,
        who: &str,
        allowance: Allowance,
        now: OffsetDateTime,
    ) -> Result<(), Duration> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let digest = digest(purpose, &[&inner.key, who.as_bytes()]);
        let whole_at = inner.whole_at.get(&digest).copied().unwrap_or(now).max(now);
        let next = whole_at + allowance.one_each;
        let furthest = now + allowance.one_each * allowance.attempts;
        if next > furthest {
            return Err(next - furthest);
        }
        if inner.whole_at.len() >= MANY {
            inner.whole_at.retain(|_, it| *it > now);
        }
        inner.whole_at.insert(digest, next);
        Ok(())
    }

    /// Forgets the attempts of somebody who succeeded.
    pub(crate) fn forget(&self, purpose: &str, who: &str) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let digest = digest(purpose, &[&inner.key, who.as_bytes()]);
        inner.whole_at.remove(&digest);
    }
}

#[cfg(test)]
mod tests {
    use super::{Allowance, Limits};
    use time::Duration;
    use time::macros::datetime;

    #[test]
    fn attempts_run_out_and_come_back() {
        let limits = Limits::with_key(b"key");
        let allowance = Allowance {
            attempts: 3,
            one_each: Duration::minutes(1),
        };
        let start = datetime!(2026-03-02 09:30 UTC);
        let at = |seconds: i64, who: &str| {
            limits.attempt("test", who, allowance, start + Duration::seconds(seconds))
        };
        for _ in 0..3 {
            assert_eq!(at(0, "a"), Ok(()));
        }
        assert_eq!(at(0, "a"), Err(Duration::minutes(1)));
        assert_eq!(at(20, "a"), Err(Duration::seconds(40)));
        assert_eq!(at(20, "b"), Ok(()), "others are not held up");
        assert_eq!(at(60, "a"), Ok(()));
        assert!(at(61, "a").is_err());
        limits.forget("test", "a");
        assert_eq!(at(61, "a"), Ok(()));
        assert_eq!(at(3_600, "a"), Ok(()));
    }
}
