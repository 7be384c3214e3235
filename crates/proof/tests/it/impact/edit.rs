//! A random edit of a questionnaire.

use questionnaire::document::Questionnaire;
use serde_json::{Value, json};
use testkit::Tape;

/// One change somewhere in a document.
pub(super) fn edit(document: &Questionnaire, tape: &mut Tape) -> Option<Questionnaire> {
    let mut it = serde_json::to_value(document).unwrap();
    let filters = filters(&it);
    let mut items = Vec::new();
    paths(&it, "", &mut |path, value| {
        if value.get("kind").is_some() {
            items.push(path.to_owned());
        }
    });
    let item = items[tape.below(items.len())].clone();
    let choices: Vec<String> = {
        let mut all = Vec::new();
        paths(&it, "", &mut |path, value| {
            if value.get("code").is_some() {
                all.push(path.to_owned());
            }
        });
        all
    };
    match tape.below(12) {
        0 | 1 if !filters.is_empty() => {
            let (path, text) = &filters[tape.below(filters.len())];
            *it.pointer_mut(path)? = format!("not ({text})").into();
        }
        2 if !filters.is_empty() => {
            let (path, _) = &filters[tape.below(filters.len())];
            remove(&mut it, path)?;
        }
        3 | 4 if !filters.is_empty() => {
            // Somebody else's filter, instead of its own or as well.
            let (_, text) = &filters[tape.below(filters.len())];
            let own = it.pointer(&item)?.get("filter").and_then(Value::as_str);
            let text = match own {
                Some(own) if tape.chance(50) => format!("({own}) or ({text})"),
                Some(own) if tape.chance(50) => format!("({own}) and ({text})"),
                _ => text.clone(),
            };
            it.pointer_mut(&item)?["filter"] = text.into();
        }
        5 => remove(&mut it, &item)?,
        6 if !choices.is_empty() => {
            let path = &choices[tape.below(choices.len())];
            remove(&mut it, path)?;
        }
        7 if !choices.is_empty() => {
            let path = &choices[tape.below(choices.len())];
            let (list, _) = path.rsplit_once('/')?;
            let list = it.pointer_mut(list)?.as_array_mut()?;
            list.push(json!({ "code": "de_plus", "label": "De plus" }));
        }
        8 => {
            let item = it.pointer_mut(&item)?;
            let required = item.get("required") == Some(&Value::Bool(true));
            item["required"] = (!required).into();
        }
        9 => {
            let item = it.pointer_mut(&item)?;
            let bound = if tape.chance(50) { "min" } else { "max" };
            let number = item.get(bound).and_then(Value::as_i64)?;
            item[bound] = (number + if tape.chance(50) { 1 } else { -1 }).into();
        }
        10 => {
            let item = it.pointer_mut(&item)?;
            item.get("decimals")?;
            item["decimals"] = usize::from(tape.chance(50)).into();
        }
        _ => {
            // Numbers in a filter.
            let (path, text) = filters.get(tape.below(filters.len().max(1)))?;
            let text: String = text
                .chars()
                .map(|it| match it {
                    '1' => '2',
                    '2' => '1',
                    it => it,
                })
                .collect();
            *it.pointer_mut(path)? = text.into();
        }
    }
    serde_json::from_value(it).ok()
}

/// Every object of a document, with its path.
fn paths(it: &Value, path: &str, note: &mut dyn FnMut(&str, &Value)) {
    match it {
        Value::Object(object) => {
            note(path, it);
            for (key, value) in object {
                paths(value, &format!("{path}/{key}"), note);
            }
        }
        Value::Array(array) => {
            for (at, value) in array.iter().enumerate() {
                paths(value, &format!("{path}/{at}"), note);
            }
        }
        _ => {}
    }
}

fn filters(it: &Value) -> Vec<(String, String)> {
    let mut filters = Vec::new();
    paths(it, "", &mut |path, value| {
        for key in ["filter", "require"] {
            if let Some(text) = value.get(key).and_then(Value::as_str) {
                filters.push((format!("{path}/{key}"), text.to_owned()));
            }
        }
    });
    filters
}

fn remove(it: &mut Value, path: &str) -> Option<()> {
    let (parent, key) = path.rsplit_once('/')?;
    match it.pointer_mut(parent)? {
        Value::Object(object) => object.remove(key).map(|_| ()),
        Value::Array(array) => {
            array.remove(key.parse().ok()?);
            Some(())
        }
        _ => None,
    }
}
