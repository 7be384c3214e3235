//! A case for the engine as text, and what it makes of it as text.
//!
//! The same function runs natively and in the module that respondents download; a test compares
//! what both answer, case by case, to the last character.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::evaluation::Engine;
use crate::instrument::Instrument;
use crate::sheet::Sheet;

/// A questionnaire, an answer sheet, and changes made to it one after the other.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Case {
    /// The compiled questionnaire.
    #[serde(with = "hexadecimal")]
    pub instrument: Instrument,
    /// The sheet to begin with.
    pub sheet: Sheet,
    /// Slot keys with the values they are then given.
    #[serde(default)]
    pub changes: Vec<(String, Value)>,
}

/// The verdicts on a case, as a JSON list: on the sheet, then after each change (evaluated
/// incrementally). What is no case is answered by why it is none.
///
/// ```
/// assert_eq!(questionnaire::replay("{}"), "\"not a case\"");
/// ```
#[must_use]
pub fn replay(case: &str) -> String {
    // The reason would carry a parser's position; that there is one is all that must agree.
    let Ok(case) = serde_json::from_str::<Case>(case) else {
        return "\"not a case\"".to_owned();
    };
    let Ok(engine) = Engine::new(case.instrument) else {
        return "\"no engine\"".to_owned();
    };
    let mut loaded = engine.load(&case.sheet);
    let mut verdicts = vec![loaded.verdict(None)];
    for (key, value) in &case.changes {
        loaded.evaluation.set_by_key(key, value);
        verdicts.push(loaded.verdict(None));
    }
    serde_json::to_string(&verdicts).unwrap_or_default()
}

/// An instrument's bytes as text: the module that ships cannot read it in any other form.
mod hexadecimal {
    use serde::{Deserialize, Deserializer, Serializer, de};

    use crate::instrument::Instrument;

    pub(super) fn serialize<S: Serializer>(it: &Instrument, to: S) -> Result<S::Ok, S::Error> {
        let bytes = it.to_bytes();
        let digit = |it: u8| char::from_digit(u32::from(it), 16).unwrap_or('0');
        let text = bytes
            .iter()
            .flat_map(|it| [digit(it >> 4), digit(it & 15)])
            .collect::<String>();
        to.serialize_str(&text)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Instrument, D::Error> {
        let text = String::deserialize(from)?;
        let digit = |it: u8| {
            char::from(it)
                .to_digit(16)
                .and_then(|it| u8::try_from(it).ok())
        };
        let bytes: Option<Vec<u8>> = text
            .as_bytes()
            .chunks(2)
            .map(|it| match it {
                [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
                _ => None,
            })
            .collect();
        Instrument::from_bytes(&bytes.unwrap_or_default()).map_err(de::Error::custom)
    }
}
