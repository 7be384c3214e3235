//! The published JSON Schema, generated from the document types.

use serde_json::Value;

use super::Questionnaire;

/// The JSON Schema (draft 2020-12) of questionnaire files. Editors that know it complete and check
/// them; `schemas/questionnaire.schema.json` is this value, verified by test.
#[must_use]
pub fn json_schema() -> Value {
    let mut schema = schemars::schema_for!(Questionnaire).to_value();
    if let Some(it) = schema.as_object_mut() {
        it.insert("title".to_owned(), Value::from("Recueil questionnaire"));
    }
    schema
}
