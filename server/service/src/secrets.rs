//! Secrets that people hold: the respondent's token, the dashboard's link.

use crate::chance::{digest, digest_hex, hex, same_secret};
use crate::team::{May, ViewResults};
use crate::{Result, Services, WaveInfo};
use store::{ResponseId, WaveId};

/// The secret that finds a respondent's draft again. It lives in the respondent's cookie; the
/// database knows only a digest of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

impl Token {
    const BYTES: usize = 32;

    pub(crate) fn new(bytes: [u8; Self::BYTES]) -> Self {
        Self(hex(&bytes))
    }

    pub(crate) fn of_bytes(bytes: &[u8; Self::BYTES]) -> Self {
        Self(hex(bytes))
    }

    /// The secret itself, without its spelling.
    pub(crate) fn bytes(&self) -> [u8; Self::BYTES] {
        // `parse` lets nothing else in.
        let digit = |at: usize| match self.0.as_bytes().get(at) {
            Some(it @ b'0'..=b'9') => it - b'0',
            Some(it @ b'a'..=b'f') => it - b'a' + 10,
            _ => 0,
        };
        std::array::from_fn(|at| digit(2 * at) << 4 | digit(2 * at + 1))
    }

    /// Reads a token from a cookie; `None` if it cannot be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_token = text.len() == Self::BYTES * 2
            && text
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        is_token.then(|| Self(text.to_owned()))
    }

    /// The token as it goes into the cookie.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What the database knows of it.
    pub(crate) fn hash(&self) -> String {
        digest_hex("draft token", &[self.0.as_bytes()])
    }

    /// The identifier of the response that its holder submits: the same at every attempt, so that
    /// a respondent is counted once, and not to be worked out without the token.
    pub(crate) fn response_id(&self, wave: WaveId) -> ResponseId {
        let digest = digest("response id", &[wave.0.as_bytes(), self.0.as_bytes()]);
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        ResponseId(uuid::Builder::from_random_bytes(bytes).into_uuid())
    }

    /// The key of its holder's submission: the same on every rendering of the review page.
    /// Each correction has one of its own.
    pub(crate) fn idempotency_key(&self, wave: WaveId, correction: i64) -> String {
        let (wave, nth) = (wave.0.as_bytes(), correction.to_be_bytes());
        let parts: [&[u8]; 3] = [wave, self.0.as_bytes(), &nth];
        digest_hex(
            "idempotency key",
            if correction == 0 { &parts[..2] } else { &parts },
        )
    }
}

/// The right to see one wave's exact results. Whoever shows results asks for it; it cannot be
/// made outside this crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ViewDashboard {
    wave: WaveId,
}

impl ViewDashboard {
    /// Whoever calls this has checked the right.
    pub(crate) fn to(wave: &WaveInfo) -> Self {
        Self { wave: wave.id }
    }

    /// The wave whose results may be seen.
    #[must_use]
    pub fn wave(&self) -> WaveId {
        self.wave
    }
}

impl Services {
    /// The secret part of a wave's dashboard link. It stays the same for a database.
    #[must_use]
    pub fn dashboard_key(&self, wave: &WaveInfo) -> String {
        let parts = [self.inner.server_key.as_bytes(), wave.id.0.as_bytes()];
        hex(&digest("dashboard", &parts)[..16])
    }

    /// The right to see the dashboard, for whoever has its key. `None` is to be answered exactly
    /// as if there were no such wave.
    ///
    /// # Errors
    /// [`crate::ServiceError::Unavailable`] if the database does not answer.
    pub async fn enter_dashboard(
        &self,
        wave: &str,
        key: &str,
    ) -> Result<Option<(WaveInfo, ViewDashboard)>> {
        let Some(wave) = self.waves().by_slug(wave).await? else {
            return Ok(None);
        };
        let right = self.right_to(&wave, key);
        Ok(right.map(|right| (wave, right)))
    }

    /// The right to see the dashboard of a wave of a study, for members.
    ///
    /// # Errors
    /// [`crate::ServiceError::UnknownWave`] if the study has no such wave.
    pub async fn results(
        &self,
        may: &May<ViewResults>,
        wave: &str,
    ) -> Result<(WaveInfo, ViewDashboard)> {
        let wave = self.waves().within(may, wave).await?;
        let right = ViewDashboard { wave: wave.id };
        Ok((wave, right))
    }

    /// The right to see the dashboard of a wave, or of a rehearsal, for whoever has its key.
    #[must_use]
    pub fn right_to(&self, wave: &WaveInfo, key: &str) -> Option<ViewDashboard> {
        same_secret(&self.dashboard_key(wave), key).then_some(ViewDashboard { wave: wave.id })
    }
}

#[cfg(test)]
mod tests {
    use super::Token;
    use store::WaveId;
    use uuid::Uuid;

    #[test]
    fn a_token_is_read_back_and_never_shown() {
        let token = Token::new([7; 32]);
        assert_eq!(Token::parse(token.reveal()), Some(token.clone()));
        assert_eq!(format!("{token:?}"), "Token(…)");
        for forged in ["", "07", &"g".repeat(64), &"A".repeat(64), &"0".repeat(65)] {
            assert_eq!(Token::parse(forged), None);
        }
    }

    #[test]
    fn what_is_derived_differs_by_wave_and_by_holder() {
        let (one, two) = (WaveId(Uuid::from_u128(1)), WaveId(Uuid::from_u128(2)));
        let (token, other) = (Token::new([7; 32]), Token::new([8; 32]));
        let id = token.response_id(one);
        assert_eq!(id, token.response_id(one));
        assert_ne!(id, token.response_id(two));
        assert_ne!(id, other.response_id(one));
        assert_eq!(id.0.get_version_num(), 4);
        assert!(!token.hash().contains(&id.0.simple().to_string()));
        assert_ne!(token.idempotency_key(one, 0), token.hash());
        assert_ne!(token.idempotency_key(one, 0), token.idempotency_key(one, 1));
        assert_eq!(Token::of_bytes(&token.bytes()), token);
    }
}
