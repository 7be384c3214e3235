//! The secret in a contributor's link.

use crate::chance::{digest_hex, hex};

/// The secret that lets somebody into a part of another's draft. It lives in the link that its holder
/// passes on and, once that is followed, in a cookie; the database knows only a digest of it.
#[derive(Clone, PartialEq, Eq)]
pub struct ContributorToken(String);

impl std::fmt::Debug for ContributorToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ContributorToken(…)")
    }
}

impl ContributorToken {
    /// 160 bits, as in an invitation.
    pub(super) const BYTES: usize = 20;

    pub(super) fn new(bytes: [u8; Self::BYTES]) -> Self {
        Self(hex(&bytes))
    }

    /// Reads a token from a link or a cookie; `None` if it cannot be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_token = text.len() == Self::BYTES * 2
            && text
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        is_token.then(|| Self(text.to_owned()))
    }

    /// The token as it goes into a link or a cookie.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What the database knows of it.
    pub(super) fn hash(&self) -> String {
        digest_hex("contributor token", &[self.0.as_bytes()])
    }
}

#[cfg(test)]
mod tests {
    use super::ContributorToken;

    #[test]
    fn a_token_is_read_back_and_never_shown() {
        let token = ContributorToken::new([7; 20]);
        assert_eq!(ContributorToken::parse(token.reveal()), Some(token.clone()));
        assert_eq!(format!("{token:?}"), "ContributorToken(…)");
        assert!(!token.hash().contains(token.reveal()));
        for forged in ["", "07", &"g".repeat(40), &"A".repeat(40), &"0".repeat(41)] {
            assert_eq!(ContributorToken::parse(forged), None);
        }
    }
}
