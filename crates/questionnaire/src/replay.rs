//! A case for the engine as text, and what it makes of it as text.
//!
//! The same function runs natively and in the module that respondents download; a test compares
//! what both answer, case by case, to the last digit. Both texts are [wire](expr::wire) bytes: the
//! module that ships reads and writes no JSON.

use expr::wire::{Reader, Wire as _, from_text, to_text};
use expr::wire_struct;
use serde_json::Value;

use crate::evaluation::Engine;
use crate::instrument::Instrument;
use crate::sheet::Sheet;
use crate::verdict::Verdict;

/// A questionnaire, an answer sheet, and changes made to it one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The compiled questionnaire.
    pub instrument: Instrument,
    /// The sheet to begin with.
    pub sheet: Sheet,
    /// Slot keys with the values they are then given.
    pub changes: Vec<(String, Value)>,
}

wire_struct!(Case {
    instrument,
    sheet,
    changes
});

impl Case {
    /// The case as text, for [`replay`].
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut bytes = Vec::new();
        self.write(&mut bytes);
        to_text(&bytes)
    }
}

/// The verdicts on a case: on the sheet, then after each change (evaluated incrementally). What is
/// no case, or no questionnaire, has none. Readable with [`verdicts`].
///
/// ```
/// assert_eq!(questionnaire::replay("{}"), "");
/// ```
#[must_use]
pub fn replay(case: &str) -> String {
    let Some(bytes) = from_text(case) else {
        return String::new();
    };
    let mut reader = Reader::new(&bytes);
    let case = Case::read(&mut reader);
    if !reader.is_done() {
        return String::new();
    }
    let Ok(engine) = Engine::new(case.instrument) else {
        return String::new();
    };
    let mut loaded = engine.load(&case.sheet);
    let mut bytes = Vec::new();
    loaded.verdict(None).write(&mut bytes);
    for (key, value) in &case.changes {
        loaded.evaluation.set_by_key(key, value);
        loaded.verdict(None).write(&mut bytes);
    }
    to_text(&bytes)
}

/// The `n` verdicts in what [`replay`] answered; `None` if it is not that.
#[must_use]
pub fn verdicts(replayed: &str, n: usize) -> Option<Vec<Verdict>> {
    let bytes = from_text(replayed)?;
    let mut reader = Reader::new(&bytes);
    let verdicts = (0..n).map(|_| Verdict::read(&mut reader)).collect();
    reader.is_done().then_some(verdicts)
}
