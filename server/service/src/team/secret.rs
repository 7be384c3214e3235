//! Secrets of the team: of sessions, one-time links and access tokens.

use crate::chance::{digest_hex, hex};

/// What a secret opens; the digest of one opens nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opens {
    Session,
    Link,
    Api,
    #[cfg(any(feature = "passkeys", feature = "oidc"))]
    Ceremony,
}

/// Something unguessable that somebody holds; the database knows only a digest of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret {
    pub(super) const BYTES: usize = 32;

    pub(super) fn new(bytes: [u8; Self::BYTES]) -> Self {
        Self(hex(&bytes))
    }

    /// Reads a secret from a cookie, a link or a header; `None` if it cannot be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == Self::BYTES * 2
            && text
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        fits.then(|| Self(text.to_owned()))
    }

    /// The secret itself, for whoever is to hold it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    pub(super) fn hash(&self, opens: Opens) -> String {
        let purpose = match opens {
            Opens::Session => "team session",
            Opens::Link => "team link",
            Opens::Api => "team token",
            #[cfg(any(feature = "passkeys", feature = "oidc"))]
            Opens::Ceremony => "team ceremony",
        };
        digest_hex(purpose, &[self.0.as_bytes()])
    }
}

#[cfg(test)]
mod tests {
    use super::{Opens, Secret};

    #[test]
    fn is_read_back_never_shown_and_opens_one_door() {
        let secret = Secret::new([9; 32]);
        assert_eq!(Secret::parse(secret.reveal()), Some(secret.clone()));
        assert_eq!(format!("{secret:?}"), "Secret(…)");
        assert_ne!(secret.hash(Opens::Session), secret.hash(Opens::Link));
        assert_ne!(secret.hash(Opens::Api), secret.hash(Opens::Link));
        for forged in ["", "09", &"g".repeat(64), &"A".repeat(64), &"0".repeat(65)] {
            assert_eq!(Secret::parse(forged), None);
        }
    }
}
