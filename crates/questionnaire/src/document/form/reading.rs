//! What was typed into forms, as edits.

use serde_json::{Map, Value, json};

use super::fields::form;
use super::{Control, Field};
use crate::document::Questionnaire;
use crate::document::edit::{Edit, Node};

/// Something that was typed and cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The field's name in the form.
    pub name: String,
    /// What it should be: `whole`, `number`, `date`, `code`, `attributes`, `needed`.
    pub expected: &'static str,
}

/// The edits that make of a document what was typed into forms of its nodes. Fields that say what stands there
/// already change nothing; names that are no field of a node that is there are passed over. The last of several
/// values of one name counts: that is how a box without a tick says no.
///
/// # Errors
/// The first value that cannot be read.
///
/// ```
/// use questionnaire::document::{self, form::edits};
/// let source = "id: essai\ntitle: Essai\nblocks: [{id: b, pages: [{id: p, items: [{id: age, kind: quantity, label: Âge}]}]}]\n";
/// let document = document::read(source).questionnaire.unwrap();
/// let typed = |name: &str, value: &str| (name.to_owned(), value.to_owned());
/// let found = edits(&document, &[typed("item:age|label.fr", "Âge"), typed("item:age|min", "18")]).unwrap();
/// assert_eq!(serde_json::to_string(&found).unwrap(), r#"[{"set":{"node":{"item":"age"},"field":["min"],"value":18}}]"#);
/// assert_eq!(edits(&document, &[typed("item:age|min", "dix")]).unwrap_err().expected, "number");
/// ```
pub fn edits(
    document: &Questionnaire,
    posted: &[(String, String)],
) -> Result<Vec<Edit>, Unreadable> {
    let mut nodes: Vec<(Node, Vec<(&str, &str)>)> = Vec::new();
    for (name, value) in posted {
        let Some((key, path)) = name.rsplit_once('|') else {
            continue;
        };
        let Ok(node) = key.parse::<Node>() else {
            continue;
        };
        let entry = (path, value.as_str());
        match nodes.iter_mut().find(|(it, _)| *it == node) {
            Some((_, fields)) => fields.push(entry),
            None => nodes.push((node, vec![entry])),
        }
    }
    let mut edits = Vec::new();
    for (node, typed) in nodes {
        // What stands in it has names of its own.
        let Some(form) = form(document, &node) else {
            continue;
        };
        let mut units = false;
        for field in &form.fields {
            let path = field.path.join(".");
            let Some((_, value)) = typed.iter().rfind(|(it, _)| *it == path) else {
                continue;
            };
            let value = value.replace("\r\n", "\n");
            if value.trim() == field.value.trim() {
                continue;
            }
            let read = read(field, &value).map_err(|expected| Unreadable {
                name: field.name(&node),
                expected,
            })?;
            // A record that is whole or not at all is written as one.
            if field.path.first().is_some_and(|it| it == "units") {
                units = true;
                continue;
            }
            // Units are chosen before or added by whoever answers, not both.
            if field.path == ["over"] && read.is_some() {
                edits.push(Edit::Set {
                    node: node.clone(),
                    field: vec!["units".to_owned()],
                    value: None,
                });
            }
            edits.push(Edit::Set {
                node: node.clone(),
                field: field.path.clone(),
                value: read,
            });
        }
        if units {
            edits.push(Edit::Set {
                value: self::units(&node, &form.fields, &typed)?,
                field: vec!["units".to_owned()],
                node,
            });
        }
    }
    Ok(edits)
}

/// What free units are made of, from all of their fields.
fn units(
    node: &Node,
    fields: &[Field],
    typed: &[(&str, &str)],
) -> Result<Option<Value>, Unreadable> {
    let (mut whole, mut label) = (Map::new(), Map::new());
    for field in fields {
        let [first, key, rest @ ..] = field.path.as_slice() else {
            continue;
        };
        if first != "units" {
            continue;
        }
        let path = field.path.join(".");
        let value = typed.iter().rfind(|(it, _)| *it == path);
        let value = value.map_or(field.value.as_str(), |it| it.1);
        let read = read(field, value).map_err(|expected| Unreadable {
            name: field.name(node),
            expected,
        })?;
        if let Some(read) = read {
            match rest.first() {
                Some(language) => label.insert(language.clone(), read),
                None => whole.insert(key.clone(), read),
            };
        }
    }
    if whole.is_empty() && label.is_empty() {
        return Ok(None);
    }
    // They have a name and a greatest number, whichever was typed first.
    if label.is_empty() {
        label.insert("fr".to_owned(), "unité".into());
    }
    whole.insert("label".to_owned(), label.into());
    whole.entry("max").or_insert_with(|| 10.into());
    Ok(Some(whole.into()))
}

/// A value as the document has it; `None` where nothing is to stand there.
fn read(field: &Field, value: &str) -> Result<Option<Value>, &'static str> {
    let trimmed = value.trim();
    if trimmed.is_empty() {
        return match &field.control {
            Control::Text {
                is_needed: true, ..
            } => Err("needed"),
            _ => Ok(None),
        };
    }
    Ok(Some(match &field.control {
        Control::Text { is_long, .. } => match is_long {
            true => trimmed.into(),
            false => trimmed.replace('\n', " ").into(),
        },
        Control::Flag => match field.path.last().map(String::as_str) {
            Some("specify") => json!({}),
            _ => json!(true),
        },
        Control::Whole => {
            let digits: String = trimmed.chars().filter(|it| !it.is_whitespace()).collect();
            json!(digits.parse::<u64>().map_err(|_| "whole")?)
        }
        Control::Number => number(trimmed).ok_or("number")?,
        Control::Date => {
            let is_day = trimmed.len() == 10
                && trimmed.bytes().enumerate().all(|(nth, it)| match nth {
                    4 | 7 => it == b'-',
                    _ => it.is_ascii_digit(),
                });
            if !is_day {
                return Err("date");
            }
            trimmed.into()
        }
        Control::Word | Control::Condition => trimmed.replace('\n', " ").into(),
        Control::Words => words(trimmed),
        Control::One(codes) => {
            if !codes.iter().any(|it| it == trimmed) {
                return Err("code");
            }
            trimmed.into()
        }
        Control::Offers if trimmed == "none" => json!([]),
        Control::Offers => words(trimmed),
        Control::Attributes => {
            let mut list = Vec::new();
            for line in trimmed.lines().filter(|it| !it.trim().is_empty()) {
                let (id, ty) = line.split_once(':').ok_or("attributes")?;
                let ty = ty.trim();
                if !["boolean", "number", "text"].contains(&ty) {
                    return Err("attributes");
                }
                list.push(json!({"id": id.trim(), "type": ty}));
            }
            list.into()
        }
    }))
}

fn words(typed: &str) -> Value {
    let words = typed.split(',').map(str::trim).filter(|it| !it.is_empty());
    words.map(Value::from).collect::<Vec<_>>().into()
}

/// A number as people write it: `1 200`, `0,5`.
fn number(typed: &str) -> Option<Value> {
    let digits: String = typed
        .chars()
        .filter(|it| !it.is_whitespace())
        .map(|it| match it {
            ',' => '.',
            '\u{2212}' => '-',
            other => other,
        })
        .collect();
    let number = digits.parse::<rust_decimal::Decimal>().ok()?;
    Some(crate::number::to_json(number))
}
