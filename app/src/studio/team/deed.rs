//! What an entry of the audit log says has changed, in words.

use serde_json::{Map, Value};

use super::frame::{ROLES, role};
use super::messages::KINDS;
use crate::i18n::Texts;

/// Keys of the log that have words; others stand as they are.
const KEYS: [&str; 23] = [
    "access",
    "answers",
    "anonymous",
    "blanked",
    "closes",
    "contacts",
    "day",
    "drafts",
    "ends_on",
    "hash",
    "kind",
    "language",
    "least_group",
    "mails",
    "max_responses",
    "opens",
    "own",
    "people",
    "reason",
    "save",
    "sheets",
    "version",
    "zone",
];

/// « brouillons : 15 → 30 », for what has changed; what only was or only is, whole.
pub(super) fn change(before: Option<&str>, after: Option<&str>, texts: &Texts) -> Option<String> {
    match (before, after) {
        (None, None) => None,
        (Some(it), None) | (None, Some(it)) => Some(match object(it) {
            Some(it) => whole(&it, texts),
            None => it.to_owned(),
        }),
        (Some(before), Some(after)) => Some(match (object(before), object(after)) {
            (Some(before), Some(after)) => difference(&before, &after, texts),
            _ => format!("{before} → {after}"),
        }),
    }
}

fn object(json: &str) -> Option<Map<String, Value>> {
    serde_json::from_str(json).ok()
}

fn whole(it: &Map<String, Value>, texts: &Texts) -> String {
    let said = it.iter().filter(|(_, value)| !value.is_null());
    let parts: Vec<_> = said
        .map(|(key, it)| part(key, value(key, it, texts), texts))
        .collect();
    parts.join(" · ")
}

fn difference(before: &Map<String, Value>, after: &Map<String, Value>, texts: &Texts) -> String {
    let keys = before
        .keys()
        .chain(after.keys().filter(|it| !before.contains_key(*it)));
    let parts: Vec<_> = keys
        .filter_map(|key| {
            let (was, is) = (before.get(key), after.get(key));
            let [was, is] = [was, is].map(|it| value(key, it.unwrap_or(&Value::Null), texts));
            let change = format!("{was} → {is}");
            // People may have been told a date: that it is another one now is said as such.
            let is_moved = [before, after]
                .iter()
                .all(|it| it.get(key).is_some_and(Value::is_string))
                && ["opens", "closes"].contains(&key.as_str());
            (was != is).then(|| match is_moved {
                true => texts.with(&format!("audit-moved-{key}"), [("change", change)]),
                false => part(key, change, texts),
            })
        })
        .collect();
    match parts.is_empty() {
        true => texts.get("audit-same"),
        false => parts.join(" · "),
    }
}

/// A role says by itself that it is one.
fn part(key: &str, value: String, texts: &Texts) -> String {
    let name = match KEYS.contains(&key) {
        true => texts.get(&format!("audit-key-{key}")),
        false => key.to_owned(),
    };
    match key {
        "role" => value,
        _ => texts.with("audit-part", [("key", name), ("value", value)]),
    }
}

fn value(key: &str, it: &Value, texts: &Texts) -> String {
    match it {
        Value::Null => texts.get("audit-nothing"),
        Value::Bool(true) => texts.get("audit-yes"),
        Value::Bool(false) => texts.get("audit-no"),
        Value::String(code) if key == "role" && ROLES.contains(&code.as_str()) => role(texts, code),
        Value::String(code) if key == "kind" && KINDS.contains(&code.as_str()) => {
            texts.get(&format!("sample-kind-{code}"))
        }
        Value::String(text) if ["opens", "closes"].contains(&key) => match text.split_once('T') {
            Some((day, time)) => format!("{} {time}", texts.date(day)),
            None => text.clone(),
        },
        Value::String(text) if ["day", "ends_on"].contains(&key) => texts.date(text),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{KEYS, change};
    use crate::i18n::Texts;
    use crate::language::Language;

    #[test]
    fn what_changed_is_said_and_nothing_else() {
        let english = Texts::of(Language::En);
        for (before, after, said) in [
            (None, None, None),
            (
                Some(r#"{"answers":365,"contacts":90,"drafts":null}"#),
                Some(r#"{"answers":365,"contacts":30,"drafts":15}"#),
                Some("contact details: 90 → 30 · drafts: – → 15"),
            ),
            (
                Some(r#"{"opens":null,"zone":"Europe/Paris"}"#),
                Some(r#"{"opens":"2026-03-02T08:00","zone":"Europe/Paris"}"#),
                Some("opening: – → 2 March 2026 08:00"),
            ),
            (
                Some(r#"{"closes":"2026-03-02T08:00","language":"fr"}"#),
                Some(r#"{"closes":"2026-03-09T08:00","language":"en"}"#),
                Some("closing moved: 2 March 2026 08:00 → 9 March 2026 08:00 · language: fr → en"),
            ),
            (
                Some(r#"{"zone":"UTC"}"#),
                Some(r#"{"zone":"UTC"}"#),
                Some("nothing different"),
            ),
            (
                None,
                Some(r#"{"reason":"doublon"}"#),
                Some("reason: doublon"),
            ),
            (
                Some(r#"{"role":"viewer"}"#),
                Some(r#"{"role":"owner"}"#),
                Some("viewer → owner"),
            ),
            (None, Some(r#"{"new_key":true}"#), Some("new_key: yes")),
            (Some("Bo"), Some("Bob"), Some("Bo → Bob")),
            (
                Some("Bo"),
                Some(r#"{"role":"owner"}"#),
                Some(r#"Bo → {"role":"owner"}"#),
            ),
        ] {
            assert_eq!(change(before, after, english).as_deref(), said);
        }
        for texts in Language::ALL.map(Texts::of) {
            for key in KEYS.map(|it| format!("audit-key-{it}")) {
                assert_ne!(texts.get(&key), key);
            }
        }
    }
}
