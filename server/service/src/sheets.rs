//! Answer sheets on their way into and out of the store.

use crate::chance::digest_hex;
use crate::{Result, ServiceError};
use questionnaire::Sheet;
use serde_json::Value;
use std::fmt::Write;
use store::{Response, ResponseId, VersionId};

/// A sheet ready to be stored: on-path answers only, without the marks of a draft.
pub(crate) fn response_of(
    id: ResponseId,
    version: VersionId,
    mut sheet: Sheet,
) -> Result<Response> {
    sheet.meta.attempted.clear();
    sheet.meta.confirmed.clear();
    // The row's key says it; a text that is no UUID stays, for it could not be told from the key.
    if sheet
        .meta
        .id
        .as_deref()
        .is_some_and(|text| text == id.0.to_string())
    {
        sheet.meta.id = None;
    }
    let content_hash = content_hash(&sheet);
    let sheet = serde_json::to_string(&sheet)
        .map_err(|error| ServiceError::unreadable("answer sheet", error.to_string()))?;
    Ok(Response {
        id,
        version,
        sheet,
        content_hash,
    })
}

/// The stored sheet, with its id.
pub(crate) fn sheet_of(response: &Response) -> Result<Sheet> {
    let mut sheet: Sheet = serde_json::from_str(&response.sheet)
        .map_err(|error| ServiceError::unreadable("answer sheet", error.to_string()))?;
    if sheet.meta.id.is_none() {
        sheet.meta.id = Some(response.id.0.to_string());
    }
    Ok(sheet)
}

/// Identifies what a sheet says: its answers and how far its walk went, whatever the order of
/// keys and whatever else is noted about it.
pub(crate) fn content_hash(sheet: &Sheet) -> String {
    let mut text = String::new();
    for (key, value) in sorted(&sheet.answers) {
        write_string(key, &mut text);
        write_canonical(value, &mut text);
    }
    let reached = sheet.meta.reached.as_deref().unwrap_or("");
    // Where conditions read it, the day decides what the answers amount to.
    if let Some(today) = sheet.meta.today {
        write_string(&today.to_string(), &mut text);
    }
    digest_hex("answer sheet", &[text.as_bytes(), reached.as_bytes()])
}

fn sorted(map: &serde_json::Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut entries: Vec<_> = map.iter().collect();
    entries.sort_unstable_by_key(|(key, _)| *key);
    entries
}

fn write_canonical(value: &Value, out: &mut String) {
    match value {
        Value::Object(map) => {
            out.push('{');
            for (key, value) in sorted(map) {
                write_string(key, out);
                write_canonical(value, out);
            }
            out.push('}');
        }
        Value::Array(values) => {
            out.push('[');
            for value in values {
                write_canonical(value, out);
                out.push(',');
            }
            out.push(']');
        }
        Value::String(text) => write_string(text, out),
        other => {
            // Writing to a String cannot fail.
            let _ = write!(out, "{other};");
        }
    }
}

fn write_string(text: &str, out: &mut String) {
    let _ = write!(out, "{}:{text}", text.len());
}

#[cfg(test)]
mod tests {
    use super::content_hash;
    use questionnaire::Sheet;

    fn hash(sheet: &str) -> String {
        content_hash(&serde_json::from_str::<Sheet>(sheet).unwrap())
    }

    #[test]
    fn the_same_content_has_the_same_hash() {
        let one = hash(r#"{"meta":{"id":"x"},"answers":{"a":1,"b":{"c":["d","e"],"f":true}}}"#);
        let two = hash(r#"{"answers":{"b":{"f":true,"c":["d","e"]},"a":1},"meta":{"mode":"m"}}"#);
        assert_eq!(one, two);
    }

    #[test]
    fn another_content_has_another_hash() {
        let hashes = [
            r#"{"answers":{}}"#,
            r#"{"meta":{"reached":"p"},"answers":{}}"#,
            r#"{"answers":{"a":1}}"#,
            r#"{"answers":{"a":"1"}}"#,
            r#"{"answers":{"a":["1"]}}"#,
            r#"{"answers":{"a":["1","2"]}}"#,
            r#"{"answers":{"a":["2","1"]}}"#,
            r#"{"answers":{"a":["1:2"]}}"#,
            r#"{"answers":{"a":{"1":"2"}}}"#,
            r#"{"answers":{"a":null}}"#,
        ]
        .map(hash);
        for (at, one) in hashes.iter().enumerate() {
            assert!(hashes[at + 1..].iter().all(|other| other != one), "{at}");
        }
    }
}
