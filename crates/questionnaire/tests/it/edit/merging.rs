//! Two sequences of edits of a small document: what becomes of the later one.

use questionnaire::document::Questionnaire;
use questionnaire::document::edit::{Edit, merge};

use super::{edit, read};

const BASE: &str = "
id: e
title: Essai
blocks:
  - id: b
    pages:
      - {id: p, items: [{id: a, kind: text}, {id: b, kind: text}, {id: c, kind: text}, {id: d, kind: text}]}
      - {id: q, items: [{id: r, kind: roster, items: [{id: m, kind: text}]}, {id: s, kind: roster, items: []}]}
";

fn set(id: &str, field: &str, value: &str) -> Edit {
    let field: Vec<&str> = field.split('.').collect();
    edit(
        &serde_json::json!({ "set": { "node": { "item": id }, "field": field, "value": value } })
            .to_string(),
    )
}

fn remove(node: &str) -> Edit {
    let (kind, id) = node.split_once(' ').unwrap();
    edit(&format!(r#"{{"remove":{{"node":{{"{kind}":"{id}"}}}}}}"#))
}

fn after(sibling: &str) -> String {
    if sibling.is_empty() {
        String::new()
    } else {
        format!(r#","after":"{sibling}""#)
    }
}

fn put(id: &str, page: &str, sibling: &str) -> Edit {
    let after = after(sibling);
    edit(&format!(
        r#"{{"insert":{{"under":{{"page":"{page}"}}{after},"content":{{"item":{{"id":"{id}","kind":"text"}}}}}}}}"#
    ))
}

fn carry(id: &str, under: &str, sibling: &str) -> Edit {
    let (kind, to) = under.split_once(' ').unwrap();
    let after = after(sibling);
    edit(&format!(
        r#"{{"move":{{"node":{{"item":"{id}"}},"under":{{"{kind}":"{to}"}}{after}}}}}"#
    ))
}

/// The items of each page, those of rosters in parentheses.
fn order(document: &Questionnaire) -> String {
    let page = |it: &questionnaire::document::Page| {
        let mut line = String::new();
        for item in &it.items {
            line.push_str(&item.id);
            if !item.items.is_empty() {
                let inner: String = item.items.iter().map(|it| it.id.as_str()).collect();
                line.push_str(&format!("({inner})"));
            }
        }
        line
    };
    let pages: Vec<String> = document
        .blocks
        .iter()
        .flat_map(|it| &it.pages)
        .map(page)
        .collect();
    pages.join(" ")
}

/// Where everything stands afterwards, and why which of mine (by position) were not applied.
#[track_caller]
fn check(theirs: &[Edit], mine: &[Edit], expected: &str, conflicts: &[(usize, &str)]) {
    let merged = merge(&read(BASE), theirs, mine).unwrap();
    assert_eq!(order(&merged.document), expected);
    let found: Vec<(usize, String)> = merged
        .conflicts
        .iter()
        .map(|it| {
            let reason = serde_json::to_value(&it.reason).unwrap();
            let code = reason
                .pointer("/refused/code")
                .unwrap_or(&reason)
                .as_str()
                .unwrap()
                .to_owned();
            (mine.iter().position(|edit| *edit == it.edit).unwrap(), code)
        })
        .collect();
    let found: Vec<(usize, &str)> = found.iter().map(|(nth, it)| (*nth, it.as_str())).collect();
    assert_eq!(found, conflicts);
}

const SAME: &str = "abcd r(m)s";

#[test]
fn one_field_is_written_by_both() {
    let fr = |it| set("a", "label.fr", it);
    check(&[fr("A")], &[fr("B")], SAME, &[(0, "written")]);
    check(&[fr("A")], &[fr("A")], SAME, &[]);
    check(
        &[fr("A")],
        &[
            set("a", "label.en", "B"),
            set("a", "help.fr", "C"),
            set("b", "label.fr", "D"),
        ],
        SAME,
        &[],
    );
    check(
        &[fr("A")],
        &[edit(
            r#"{"set":{"node":{"item":"a"},"field":["label"],"value":{"fr":"B"}}}"#,
        )],
        SAME,
        &[(0, "written")],
    );
    check(
        &[edit(
            r#"{"set":{"node":{"item":"a"},"field":["label"],"value":{"fr":"B"}}}"#,
        )],
        &[set("a", "label.en", "x")],
        SAME,
        &[(0, "written")],
    );
    // To write what the others have written is no conflict, whatever came before.
    check(&[fr("A")], &[fr("B"), fr("A")], SAME, &[(0, "written")]);
}

#[test]
fn a_field_that_is_written_as_it_was_is_written() {
    let gone = |field: &str| {
        edit(&format!(
            r#"{{"set":{{"node":{{"item":"a"}},"field":{field}}}}}"#
        ))
    };
    let fr = set("a", "label.fr", "A");
    // The second removal finds nothing, and still says that there shall be no label.
    let theirs = [fr, gone(r#"["label","fr"]"#), gone(r#"["label"]"#)];
    assert_eq!(merge(&read(BASE), &[], &theirs).unwrap().applied, theirs);
    check(
        &theirs,
        &[set("a", "label.en", "B")],
        SAME,
        &[(0, "written")],
    );
    check(&theirs[..2], &[set("a", "label.en", "B")], SAME, &[]);
}

#[test]
fn something_is_removed_by_one() {
    check(
        &[remove("item a")],
        &[set("a", "label.fr", "A")],
        "bcd r(m)s",
        &[(0, "gone")],
    );
    check(
        &[set("a", "label.fr", "A")],
        &[remove("item a")],
        SAME,
        &[(0, "inside")],
    );
    check(&[remove("item a")], &[remove("item a")], "bcd r(m)s", &[]);
    check(&[remove("page p")], &[remove("item a")], "r(m)s", &[]);
    check(&[remove("item a")], &[remove("page p")], "r(m)s", &[]);
    check(
        &[remove("page p")],
        &[put("n", "p", "")],
        "r(m)s",
        &[(0, "gone")],
    );
    check(
        &[put("n", "p", "")],
        &[remove("page p")],
        "nabcd r(m)s",
        &[(0, "inside")],
    );
    check(
        &[set("m", "label.fr", "A")],
        &[remove("item r")],
        SAME,
        &[(0, "inside")],
    );
    check(
        &[carry("a", "page q", "s")],
        &[remove("page q")],
        "bcd r(m)sa",
        &[(0, "inside")],
    );
    // What they carried out of it stays.
    check(
        &[carry("a", "page q", "s")],
        &[remove("page p")],
        "r(m)sa",
        &[],
    );
    check(
        &[remove("page q")],
        &[carry("m", "page p", "d")],
        "abcd",
        &[(0, "gone")],
    );
    // Their removal is not undone by removing it again, and putting it back.
    check(
        &[remove("item a")],
        &[remove("item a"), put("a", "p", "")],
        "bcd r(m)s",
        &[(1, "gone")],
    );
}

#[test]
fn one_name_is_taken_by_both() {
    check(
        &[put("n", "p", "a")],
        &[put("n", "q", ""), set("n", "label.fr", "N")],
        "anbcd r(m)s",
        &[(0, "taken"), (1, "replaced")],
    );
    check(
        &[put("n", "p", "a")],
        &[put("n", "p", "d")],
        "anbcd r(m)s",
        &[],
    );
    check(
        &[put("n", "p", "a")],
        &[put("n", "q", ""), remove("item n")],
        "anbcd r(m)s",
        &[(0, "taken"), (1, "replaced")],
    );
    // What they took away and put in again is another.
    check(
        &[remove("item a"), put("a", "p", "")],
        &[set("a", "label.fr", "A")],
        SAME,
        &[(0, "replaced")],
    );
    check(
        &[remove("item a"), put("a", "p", "")],
        &[carry("b", "item a", "")],
        SAME,
        &[(0, "replaced")],
    );
}

#[test]
fn one_node_is_moved_by_both() {
    check(
        &[carry("a", "page q", "")],
        &[carry("a", "page p", "d")],
        "bcd ar(m)s",
        &[(0, "moved")],
    );
    check(
        &[carry("a", "page p", "d")],
        &[carry("a", "page p", "d")],
        "bcda r(m)s",
        &[],
    );
    check(
        &[carry("a", "page q", "")],
        &[remove("item a")],
        "bcd ar(m)s",
        &[(0, "moved")],
    );
    check(
        &[carry("a", "page q", "")],
        &[set("a", "label.fr", "A")],
        "bcd ar(m)s",
        &[],
    );
    check(
        &[carry("r", "item s", "")],
        &[carry("s", "item r", "")],
        "abcd s(r)",
        &[(0, "nests_itself")],
    );
}

#[test]
fn what_follows_a_sibling_that_is_gone_follows_the_one_before_it() {
    check(
        &[remove("item c")],
        &[put("n", "p", "c")],
        "abnd r(m)s",
        &[],
    );
    check(
        &[remove("item c"), remove("item b")],
        &[put("n", "p", "c")],
        "and r(m)s",
        &[],
    );
    check(
        &[remove("item b"), remove("item c")],
        &[put("n", "p", "c")],
        "and r(m)s",
        &[],
    );
    check(
        &[remove("item a")],
        &[put("n", "p", "a")],
        "nbcd r(m)s",
        &[],
    );
    check(
        &[carry("c", "page q", "")],
        &[put("n", "p", "c")],
        "abnd cr(m)s",
        &[],
    );
    check(
        &[remove("item c")],
        &[carry("a", "page p", "c")],
        "bad r(m)s",
        &[],
    );
    // Already where it would follow: it stays.
    check(
        &[remove("item b")],
        &[carry("a", "page p", "b")],
        "acd r(m)s",
        &[],
    );
    // Siblings of mine that were not put in are as good as gone.
    check(
        &[put("n", "q", "")],
        &[put("n", "p", "b"), put("o", "p", "n")],
        "abocd nr(m)s",
        &[(0, "taken")],
    );
    check(
        &[],
        &[put("n", "p", "rien")],
        SAME,
        &[(0, "unknown_sibling")],
    );
}

#[test]
fn of_two_put_after_one_sibling_the_later_stands_nearer() {
    check(
        &[put("n", "p", "a")],
        &[put("o", "p", "a")],
        "aonbcd r(m)s",
        &[],
    );
    check(
        &[carry("d", "page p", "a")],
        &[put("o", "p", "a")],
        "aodbc r(m)s",
        &[],
    );
    // Mine stay together.
    check(
        &[put("n", "p", "a")],
        &[put("o", "p", "a"), put("v", "p", "o")],
        "aovnbcd r(m)s",
        &[],
    );
}

#[test]
fn a_conflict_says_what_everybody_had() {
    let fr = |it| set("a", "label.fr", it);
    let merged = merge(
        &read(BASE),
        &[fr("A"), carry("b", "page q", "r")],
        &[fr("B"), carry("b", "page p", ""), remove("page q")],
    )
    .unwrap();
    let json = serde_json::to_value(&merged.conflicts).unwrap();
    assert_eq!(
        json,
        serde_json::json!([
            { "edit": fr("B"), "reason": "written", "theirs": "A" },
            {
                "edit": carry("b", "page p", ""), "reason": "moved",
                "base": { "under": { "page": "p" }, "after": "a" },
                "theirs": { "under": { "page": "q" }, "after": "r" },
            },
            {
                "edit": remove("page q"), "reason": "inside",
                "base": { "page": { "id": "q", "items": [
                    { "id": "r", "kind": "roster", "items": [{ "id": "m", "kind": "text" }] },
                    { "id": "s", "kind": "roster" },
                ] } },
                "theirs": { "page": { "id": "q", "items": [
                    { "id": "r", "kind": "roster", "items": [{ "id": "m", "kind": "text" }] },
                    { "id": "b", "kind": "text" },
                    { "id": "s", "kind": "roster" },
                ] } },
            },
        ])
    );
    let back: Vec<questionnaire::document::edit::Conflict> = serde_json::from_value(json).unwrap();
    assert_eq!(back, merged.conflicts);
}

#[test]
fn edits_of_another_document_are_not_theirs() {
    let refused = merge(&read(BASE), &[remove("item rien")], &[]).expect_err("it fits");
    assert_eq!(refused.to_string(), "there is no item `rien`");
}
