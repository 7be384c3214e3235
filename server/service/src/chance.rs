//! Randomness as a parameter, and everything made from it: identifiers and secrets.

use sha2::{Digest, Sha256};
use std::sync::Arc;
use time::OffsetDateTime;
use uuid::Uuid;

/// Where random bytes come from. Tests give their own.
pub trait Randomness: Send + Sync + 'static {
    /// Fills the buffer with bytes nobody can guess.
    ///
    /// # Errors
    /// If there is no such source on this machine.
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness>;
}

/// The source of randomness does not answer; nothing secret can be made.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the operating system gives no random bytes")]
pub struct NoRandomness;

/// The operating system's randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandomness;

impl Randomness for SystemRandomness {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
        getrandom::fill(buffer).map_err(|_| NoRandomness)
    }
}

/// Makes identifiers and secrets from a source of randomness.
#[derive(Clone)]
pub(crate) struct Chance(pub(crate) Arc<dyn Randomness>);

impl Chance {
    pub(crate) fn bytes<const N: usize>(&self) -> Result<[u8; N], NoRandomness> {
        let mut bytes = [0; N];
        self.0.fill(&mut bytes)?;
        Ok(bytes)
    }

    /// An identifier that says nothing, for everything that belongs to a respondent.
    pub(crate) fn uuid_v4(&self) -> Result<Uuid, NoRandomness> {
        Ok(uuid::Builder::from_random_bytes(self.bytes()?).into_uuid())
    }

    /// An identifier that sorts by its making, for what the team creates.
    pub(crate) fn uuid_v7(&self, now: OffsetDateTime) -> Result<Uuid, NoRandomness> {
        let millis = u64::try_from(now.unix_timestamp_nanos() / 1_000_000).unwrap_or(0);
        let random = self.bytes()?;
        Ok(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }
}

/// A one-way digest of `parts` for one purpose: digests for different purposes never meet, and
/// the boundaries between parts count.
pub(crate) fn digest(purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in std::iter::once(purpose.as_bytes()).chain(parts.iter().copied()) {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// The digest in hexadecimal, for storing and comparing.
pub(crate) fn digest_hex(purpose: &str, parts: &[&[u8]]) -> String {
    hex(&digest(purpose, parts))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// Compares two texts in a time that does not depend on where they differ.
pub(crate) fn same_secret(one: &str, other: &str) -> bool {
    one.len() == other.len()
        && one
            .bytes()
            .zip(other.bytes())
            .fold(0, |differ, (a, b)| differ | (a ^ b))
            == 0
}

#[cfg(test)]
mod tests {
    use super::{digest_hex, same_secret};

    #[test]
    fn purposes_and_boundaries_count() {
        let all = [
            digest_hex("a", &[b"xy", b"z"]),
            digest_hex("a", &[b"x", b"yz"]),
            digest_hex("b", &[b"xy", b"z"]),
            digest_hex("a", &[b"xyz"]),
        ];
        for (at, one) in all.iter().enumerate() {
            assert_eq!(one.len(), 64);
            assert!(all[at + 1..].iter().all(|other| other != one));
        }
    }

    #[test]
    fn compares_secrets() {
        assert!(same_secret("abc", "abc"));
        assert!(!same_secret("abc", "abd") && !same_secret("abc", "ab"));
    }
}
