//! Random edits reach everything that can be edited.

use std::collections::BTreeSet;

use questionnaire::document::edit::apply;
use serde_json::Value;
use testkit::{EVERY_NODE, Tape, edits, nodes};

/// The variant of an enum, by its JSON form.
fn key(json: &Value) -> String {
    let inside = json.as_object().and_then(|it| it.keys().next());
    inside.cloned().unwrap_or_else(|| json.to_string())
}

#[test]
fn every_kind_of_node_is_edited_in_every_way() {
    let base = questionnaire::document::read(EVERY_NODE)
        .questionnaire
        .unwrap();
    let kinds: BTreeSet<String> = nodes(&base)
        .into_iter()
        .map(|it| key(&serde_json::to_value(it.node).unwrap()))
        .collect();
    assert_eq!(kinds.len(), 12, "{kinds:?}");
    let mut seen = BTreeSet::new();
    for seed in 0..200 {
        let mut document = base.clone();
        for edit in edits(&base, 20, &mut Tape::of_seed(seed)) {
            apply(&mut document, &edit).unwrap();
            let json = serde_json::to_value(&edit).unwrap();
            let way = key(&json);
            let what = json[&way].get("node").or_else(|| json[&way].get("content"));
            seen.insert(format!("{way} {}", key(what.unwrap())));
        }
    }
    let fixed = ["\"questionnaire\""];
    for kind in kinds {
        let ways = ["set", "insert", "move", "remove"];
        for way in ways {
            let content = if way == "insert" {
                kind.replace("list_choice", "choice")
            } else {
                kind.clone()
            };
            // The document is only written to; a list has no field but its id.
            let never = (fixed.contains(&kind.as_str()) && way != "set")
                || (kind == "list" && way == "set");
            let way = format!("{way} {content}");
            assert_eq!(seen.contains(&way), !never, "{way}");
        }
    }
}
