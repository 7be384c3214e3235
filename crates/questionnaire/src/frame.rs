//! What a cell of a sample says of a variable of the sampling frame.

use serde_json::Value;

use crate::document::closest;
use crate::evaluation::Engine;
use crate::instrument::{ItemIx, Kind};

/// Why a cell is no value of its variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameFault {
    /// The codes that could stand there, if it takes codes.
    pub codes: Vec<String>,
    /// The code that was probably meant.
    pub suggestion: Option<String>,
}

/// The value that a cell gives, as it stands in sheets; nothing if the cell is empty.
///
/// ```
/// let yaml = "id: e\ntitle: E\nframe:\n- {id: region, kind: single, label: Région, choices: [{code: idf, label: Île-de-France}]}\nblocks:\n- id: b\n  pages:\n  - id: p\n    items:\n    - {id: age, kind: quantity, label: Âge}\n";
/// let engine = questionnaire::check(yaml).engine.unwrap();
/// let value = |cell| questionnaire::frame_value(&engine, 0, cell);
/// assert_eq!(value("idf"), Ok(Some("idf".into())));
/// assert_eq!(value(" "), Ok(None));
/// assert_eq!(value("Île-de-France").unwrap_err().suggestion.as_deref(), Some("idf"));
/// ```
///
/// # Errors
/// When it is none that the variable takes.
pub fn frame_value(engine: &Engine, item: ItemIx, cell: &str) -> Result<Option<Value>, FrameFault> {
    let cell = cell.trim();
    let instrument = &engine.instrument;
    let Some(it) = instrument.items.get(item as usize) else {
        return Ok(None);
    };
    if cell.is_empty() {
        return Ok(None);
    }
    let list = it.list().and_then(|it| instrument.lists.get(it as usize));
    let fault = || {
        let choices = list.map_or(&[][..], |it| &it.choices);
        // People write what they read: the label; or mistype the code.
        let by_label = choices.iter().find(|it| {
            let mut labels = it.label.iter();
            labels.any(|(_, label)| label.to_lowercase() == cell.to_lowercase())
        });
        let codes: Vec<String> = choices.iter().map(|it| it.code.clone()).collect();
        let by_code = || closest(cell, codes.iter().map(String::as_str)).map(str::to_owned);
        FrameFault {
            suggestion: by_label.map(|it| it.code.clone()).or_else(by_code),
            codes,
        }
    };
    let value = match &it.kind {
        Kind::Quantity(_) | Kind::Money(_) => {
            // A spreadsheet in French writes a decimal comma.
            let number = cell.replace(',', ".");
            let number = serde_json::from_str::<serde_json::Number>(&number);
            Value::Number(number.map_err(|_| fault())?)
        }
        _ => Value::from(cell),
    };
    let mut evaluation = engine.evaluation();
    if !evaluation.set_json(&it.id, &value) || has_failure(&evaluation, &it.id) {
        return Err(fault());
    }
    Ok(Some(value))
}

fn has_failure(evaluation: &crate::Evaluation<'_>, id: &str) -> bool {
    evaluation.failures().iter().any(|it| it.item == id)
}
