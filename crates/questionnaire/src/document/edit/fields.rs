//! Fields of a node as JSON: reading, writing and comparing them by path.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// One difference between two records: a path, and the value there afterwards.
pub(super) type Difference = (Vec<String>, Option<Value>);

/// The value at a path.
pub(super) fn get<'v>(fields: &'v Value, path: &[String]) -> Option<&'v Value> {
    path.iter().try_fold(fields, |at, key| match at {
        Value::Object(it) => it.get(key),
        Value::Array(it) => it.get(position(key, it.len())?),
        _ => None,
    })
}

/// Puts a value at a path, or takes it away. Records on the way that are missing are made.
///
/// Answers `false` where the path leads through something that has no inside.
pub(super) fn put(at: &mut Value, path: &[String], value: Option<&Value>) -> bool {
    let Some((key, rest)) = path.split_first() else {
        return false;
    };
    match at {
        Value::Object(it) if rest.is_empty() => {
            match value {
                Some(value) => it.insert(key.clone(), value.clone()),
                None => it.remove(key),
            };
            true
        }
        Value::Object(it) => match (it.contains_key(key), value) {
            (false, None) => true,
            _ => {
                let inside = it.entry(key.clone());
                put(inside.or_insert_with(|| Map::new().into()), rest, value)
            }
        },
        Value::Array(it) => {
            let Some(place) = position(key, it.len()).and_then(|nth| it.get_mut(nth)) else {
                return false;
            };
            match value {
                _ if !rest.is_empty() => put(place, rest, value),
                Some(value) => {
                    *place = value.clone();
                    true
                }
                // Lists have no holes.
                None => false,
            }
        }
        _ => false,
    }
}

/// A position as it is written in a path: `0`, not `00`.
fn position(key: &str, len: usize) -> Option<usize> {
    let nth: usize = key.parse().ok()?;
    (nth < len && nth.to_string() == key).then_some(nth)
}

/// Whether what is written at one path can be seen at the other.
pub(super) fn overlap(a: &[String], b: &[String]) -> bool {
    a.iter().zip(b).all(|(a, b)| a == b)
}

/// What makes the first record the second, in as small pieces as can be told apart safely.
pub(super) fn differences(before: &Value, after: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    inside(before, after, &mut Vec::new(), &mut found);
    found
}

fn inside(before: &Value, after: &Value, path: &mut Vec<String>, found: &mut Vec<Difference>) {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
            for key in keys {
                path.push(key.clone());
                compare(before.get(key), after.get(key), path, found);
                path.pop();
            }
        }
        (Value::Array(before), Value::Array(after)) => {
            for (nth, (before, after)) in before.iter().zip(after).enumerate() {
                path.push(nth.to_string());
                compare(Some(before), Some(after), path, found);
                path.pop();
            }
        }
        _ => {}
    }
}

fn compare(
    before: Option<&Value>,
    after: Option<&Value>,
    path: &mut Vec<String>,
    found: &mut Vec<Difference>,
) {
    if before == after {
        return;
    }
    match (before, after) {
        (Some(a), Some(b)) if can_enter(a, b) => inside(a, b, path, found),
        // A text that is new comes language by language, or two people could not write two.
        (None, Some(b)) if is_texts(b) => inside(&Map::new().into(), b, path, found),
        _ => found.push((path.clone(), after.cloned())),
    }
}

/// Whether the parts of two values are the same parts.
fn can_enter(before: &Value, after: &Value) -> bool {
    match (before, after) {
        // Without a value a field goes: a null is written from outside, and so is what is empty.
        (Value::Object(_), Value::Object(it)) => {
            !it.is_empty() && it.values().all(|it| !it.is_null())
        }
        // Cases of a fill have no id. While their conditions stay, each is its position.
        (Value::Array(a), Value::Array(b)) => {
            let same = |(a, b): (&Value, &Value)| {
                a.get("when").is_some_and(|it| b.get("when") == Some(it))
            };
            a.len() == b.len() && a.iter().zip(b).all(same)
        }
        _ => false,
    }
}

fn is_texts(value: &Value) -> bool {
    value
        .as_object()
        .is_some_and(|it| !it.is_empty() && it.values().all(Value::is_string))
}
