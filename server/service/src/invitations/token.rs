//! The secret in an invitation's link.
//!
//! It follows from a key of this server and from the unit's random id, so that a reminder carries the
//! same link as the invitation although no link is stored: a link drawn anew for each mail would make the
//! one that people have in their mailbox stop working, or be a list of several secrets a person. The
//! database holds a digest of it, to find the unit by, and no mail that waits to be sent holds it: it is
//! written into a mail at the moment it leaves. Whoever holds the key and the ids can work links out: they
//! can answer in somebody's place, but learn nothing of anybody's answers. One part of the key is in the
//! database; where the other is set (`Config::invitation_key`), the database alone is not enough.

use crate::Services;
use crate::chance::{digest, digest_hex, hex};
use store::UnitId;

/// The secret of an invitation. It lives in a mail's link and, once that is followed, in a cookie.
#[derive(Clone, PartialEq, Eq)]
pub struct InvitationToken(String);

impl std::fmt::Debug for InvitationToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InvitationToken(…)")
    }
}

impl InvitationToken {
    /// 160 bits: nobody guesses them, and the link still fits on a line of a mail.
    const BYTES: usize = 20;

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
    pub(crate) fn hash(&self) -> String {
        digest_hex("invitation token", &[self.0.as_bytes()])
    }
}

impl Services {
    /// A unit's token: the same whenever it is asked for.
    pub(crate) fn invitation_of(&self, unit: UnitId) -> InvitationToken {
        let outside = self
            .inner
            .config
            .invitation_key
            .as_deref()
            .unwrap_or_default();
        let parts = [
            self.inner.server_key.as_bytes(),
            outside.as_bytes(),
            unit.0.as_bytes(),
        ];
        InvitationToken(hex(&digest("invitation", &parts)[..InvitationToken::BYTES]))
    }
}

#[cfg(test)]
mod tests {
    use super::InvitationToken;

    #[test]
    fn a_token_is_read_back_and_never_shown() {
        let text = "0123456789abcdef".repeat(3)[..40].to_owned();
        let token = InvitationToken::parse(&text).unwrap();
        assert_eq!(token.reveal(), text);
        assert_eq!(format!("{token:?}"), "InvitationToken(…)");
        assert!(!token.hash().contains(&text));
        let too_long = format!("{text}0");
        for forged in [
            "",
            &text[1..],
            &too_long,
            &text.to_uppercase(),
            &"g".repeat(40),
        ] {
            assert_eq!(InvitationToken::parse(forged), None);
        }
    }
}
