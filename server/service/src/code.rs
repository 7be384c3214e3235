//! The code of a response: what a respondent notes down to find their answers again elsewhere.
//!
//! The database keeps a digest of the code, the token sealed with the code, and the code sealed
//! with the token. Who has the code gets the token, as after a visit from another device; who has
//! the token can be shown the code again; who has only the database has neither.

use crate::chance::{digest, hex, same_secret};
use crate::respond::{Draft, Respond};
use crate::secrets::Token;
use crate::{Result, WaveInfo};
use store::{SealedCode, WaveId};

/// The letters of Crockford's base 32: none that is taken for another.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 80 bits: not to be guessed, and short enough to be copied by hand.
const BYTES: usize = 10;
/// Trying a code against a stolen database costs this many digests.
const ROUNDS: usize = 1_024;

/// The code of one response: 16 letters and digits in four groups.
#[derive(Clone, PartialEq, Eq)]
pub struct Code([u8; BYTES]);

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Code(…)")
    }
}

impl Code {
    pub(crate) fn new(bytes: [u8; BYTES]) -> Self {
        Self(bytes)
    }

    /// Reads a code as people write it: in small letters, with spaces or dashes or without, `O`
    /// for `0`, `I` or `L` for `1`. `None` if it cannot be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut digits = Vec::with_capacity(16);
        for letter in text.chars() {
            let letter = match letter.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                it if it.is_whitespace() || matches!(it, '-' | '‐' | '‑' | '–' | '—' | '_') =>
                {
                    continue;
                }
                it => it,
            };
            let at = LETTERS.iter().position(|it| char::from(*it) == letter)?;
            digits.push(u8::try_from(at).ok()?);
            if digits.len() > 16 {
                return None;
            }
        }
        let digits: [u8; 16] = digits.try_into().ok()?;
        let mut bytes = [0; BYTES];
        // Eight letters of five bits are five bytes.
        for (five, eight) in bytes.chunks_mut(5).zip(digits.chunks(8)) {
            let word = eight
                .iter()
                .fold(0, |word: u64, it| word << 5 | u64::from(*it));
            five.copy_from_slice(&word.to_be_bytes()[3..]);
        }
        Some(Self(bytes))
    }

    /// The code as it is shown: `7K3M-0QXA-…`.
    #[must_use]
    pub fn reveal(&self) -> String {
        let mut text = String::with_capacity(19);
        for five in self.0.chunks(5) {
            let word = five
                .iter()
                .fold(0, |word: u64, it| word << 8 | u64::from(*it));
            for nth in 0..8 {
                if nth % 4 == 0 && !text.is_empty() {
                    text.push('-');
                }
                let letter = word >> (35 - 5 * nth) & 31;
                text.push(char::from(LETTERS[letter as usize]));
            }
        }
        text
    }

    /// What is derived from the code for one wave, slowly.
    fn stretched(&self, wave: WaveId) -> [u8; 32] {
        let first = digest("response code", &[wave.0.as_bytes(), &self.0]);
        (0..ROUNDS).fold(first, |key, _| digest("response code", &[&key]))
    }

    /// What the database keeps of it.
    pub(crate) fn seal(&self, wave: WaveId, token: &Token) -> SealedCode {
        let key = self.stretched(wave);
        SealedCode {
            hash: hash(&key),
            token: hex(&masked(&token.bytes(), &token_mask(&key))),
            code: hex(&masked(&self.0, &code_mask(wave, token))),
        }
    }
}

fn hash(key: &[u8; 32]) -> String {
    hex(&digest("response code hash", &[key]))
}

fn token_mask(key: &[u8; 32]) -> [u8; 32] {
    digest("token sealed with code", &[key])
}

fn code_mask(wave: WaveId, token: &Token) -> [u8; 32] {
    let parts = [wave.0.as_bytes(), token.reveal().as_bytes()];
    digest("code sealed with token", &parts)
}

/// Each mask is used for one text only.
fn masked<const N: usize>(text: &[u8; N], mask: &[u8; 32]) -> [u8; N] {
    std::array::from_fn(|at| text[at] ^ mask[at % mask.len()])
}

fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if text.len() != 2 * N {
        return None;
    }
    for (byte, at) in bytes.iter_mut().zip((0..).step_by(2)) {
        *byte = u8::from_str_radix(text.get(at..at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

impl Respond<'_> {
    /// The token that a code of this wave leads to. A text that is no code, the code of another
    /// wave and a code that never was are answered alike, after the same work.
    ///
    /// # Errors
    /// [`crate::ServiceError::Unavailable`] if the database does not answer.
    pub async fn by_code(&self, wave: &WaveInfo, text: &str) -> Result<Option<Token>> {
        let code = Code::parse(text);
        let tried = code.clone().unwrap_or(Code([0; BYTES]));
        let key = tried.stretched(wave.id);
        let found = self
            .services
            .store()
            .rights()
            .by_code(wave.id, &hash(&key))
            .await?;
        let (hash, sealed) = match &found {
            Some(it) => (it.token_hash.as_str(), it.sealed_token.as_str()),
            None => ("", ""),
        };
        let sealed = unhex(sealed).unwrap_or([0; 32]);
        let token = Token::of_bytes(&masked(&sealed, &token_mask(&key)));
        let is_right = same_secret(&token.hash(), hash);
        Ok((is_right && code.is_some()).then_some(token))
    }

    /// The code of a respondent's response; `None` for drafts from before there were codes.
    #[must_use]
    pub fn code(&self, wave: &WaveInfo, token: &Token, draft: &Draft) -> Option<Code> {
        let sealed = unhex(draft.sealed_code.as_deref()?)?;
        Some(Code(masked(&sealed, &code_mask(wave.id, token))))
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, LETTERS, masked, token_mask, unhex};
    use crate::secrets::Token;
    use store::WaveId;
    use uuid::Uuid;

    #[test]
    fn a_code_is_read_as_people_write_it() {
        let code = Code::new([0x08, 0x42, 0x10, 0x84, 0x21, 0xff, 0, 0xee, 1, 2]);
        let text = code.reveal();
        assert_eq!(text.len(), 19);
        assert_eq!(&text[..10], "1111-1111-");
        let sloppy = text
            .to_lowercase()
            .replace("1111-1111", " iIl1 LlIi ")
            .replace('0', "O");
        for written in [
            text.clone(),
            text.replace('-', ""),
            text.replace('-', " – "),
            sloppy,
        ] {
            assert_eq!(Code::parse(&written), Some(code.clone()), "{written}");
        }
        assert_eq!(format!("{code:?}"), "Code(…)");
        for wrong in [
            "",
            "1111",
            &text[..18],
            &format!("{text}0"),
            &text.replace('1', "U"),
            "é",
        ] {
            assert_eq!(Code::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn every_code_is_read_back() {
        for seed in 0..=255_u8 {
            let bytes = std::array::from_fn(|at| seed.wrapping_mul(at as u8 * 7 + 31));
            let code = Code::new(bytes);
            assert_eq!(Code::parse(&code.reveal()), Some(code));
        }
        assert_eq!(LETTERS.len(), 32);
    }

    #[test]
    fn what_is_sealed_opens_with_its_code_only() {
        let (one, two) = (WaveId(Uuid::from_u128(1)), WaveId(Uuid::from_u128(2)));
        let (code, token) = (Code::new([3; 10]), Token::of_bytes(&[9; 32]));
        let sealed = code.seal(one, &token);
        let opened = |code: &Code, wave| {
            let mask = token_mask(&code.stretched(wave));
            Token::of_bytes(&masked(&unhex(&sealed.token).unwrap(), &mask))
        };
        assert_eq!(opened(&code, one), token);
        assert_ne!(opened(&code, two), token);
        assert_ne!(opened(&Code::new([4; 10]), one), token);
        assert_ne!(code.seal(two, &token).hash, sealed.hash);
        for kept in [&sealed.hash, &sealed.token, &sealed.code] {
            assert!(!kept.contains(token.reveal()) && !kept.contains("0303"));
        }
    }
}
