//! One edit at a time: what it makes of a small document, or why it is refused.

use questionnaire::document;
use questionnaire::document::edit::{apply, diff, inverse};

use super::{edit, read};

const SMALL: &str = "
id: e
title: Essai
fills: [{id: nom, cases: [{when: a = 1, text: {fr: Un}}], fallback: x}]
frame: [{id: region, kind: text}]
blocks:
  - id: b
    pages:
      - {id: p, items: [{id: a, kind: quantity, help: {fr: Aide, en: Help}}, {id: c, kind: single, choices: [{code: oui, label: Oui, specify: {label: Quoi}}, {code: non, label: Non}]}]}
      - {id: q, items: [{id: r, kind: roster, items: [{id: m, kind: text}]}]}
";

/// What an edit does: the lines of YAML that go and come.
#[track_caller]
fn does(json: &str, expected: &str) {
    let before = read(SMALL);
    let edit = edit(json);
    let mut after = before.clone();
    apply(&mut after, &edit).unwrap_or_else(|refused| panic!("{refused}"));
    let (old, new) = (document::to_yaml(&before), document::to_yaml(&after));
    let old: Vec<&str> = old.lines().collect();
    let new: Vec<&str> = new.lines().collect();
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - same;
    let end = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take_while(|(a, b)| a == b)
        .count()
        .min(rest);
    let gone = old[same..old.len() - end]
        .iter()
        .map(|it| format!("-{}", it.trim()));
    let come = new[same..new.len() - end]
        .iter()
        .map(|it| format!("+{}", it.trim()));
    let lines: Vec<String> = gone.chain(come).collect();
    assert_eq!(lines.join("|"), expected);
    // And back.
    apply(&mut after, &inverse(&before, &edit).unwrap()).unwrap();
    assert_eq!(after, before);
}

#[track_caller]
fn refused(json: &str, code: &str) {
    let before = read(SMALL);
    let mut document = before.clone();
    let edit = edit(json);
    let why = apply(&mut document, &edit).err().unwrap();
    assert_eq!(serde_json::to_value(&why).unwrap()["code"], code, "{why}");
    assert_eq!(inverse(&before, &edit), Err(why));
    assert_eq!(document, before);
}

#[test]
fn fields_are_set() {
    does(
        r#"{"set":{"node":"questionnaire","field":["title","en"],"value":"Test"}}"#,
        "+en: Test",
    );
    does(
        r#"{"set":{"node":{"block":"b"},"field":["title","fr"],"value":"Bloc"}}"#,
        "+title:|+fr: Bloc",
    );
    does(
        r#"{"set":{"node":{"page":"p"},"field":["filter"],"value":"a > 1"}}"#,
        r#"+filter: "a > 1""#,
    );
    does(
        r#"{"set":{"node":{"item":"m"},"field":["required"],"value":true}}"#,
        "+required: true",
    );
    does(
        r#"{"set":{"node":{"item":"region"},"field":["column"],"value":"Région"}}"#,
        "+column: Région",
    );
    does(
        r#"{"set":{"node":{"item":"r"},"field":["units"],"value":{"max":3,"label":"action"}}}"#,
        "+units:|+min: 0|+max: 3|+label:|+fr: action",
    );
    does(
        r#"{"set":{"node":{"choice":{"item":"c","code":"non"}},"field":["specify"],"value":{}}}"#,
        "+specify: {}",
    );
    does(
        r#"{"set":{"node":{"choice":{"item":"c","code":"non"}},"field":["specify","label","fr"],"value":"Dites"}}"#,
        "+specify:|+label:|+fr: Dites",
    );
    does(
        r#"{"set":{"node":{"fill":"nom"},"field":["cases","0","text","en"],"value":"One"}}"#,
        "+en: One",
    );
    does(
        r#"{"set":{"node":{"fill":"nom"},"field":["cases"],"value":[]}}"#,
        "-cases:|-- when: \"a = 1\"|-text:|-fr: Un|+cases: []",
    );
}

#[test]
fn a_text_goes_with_its_last_language_where_it_can() {
    does(
        r#"{"set":{"node":{"item":"a"},"field":["help","en"]}}"#,
        "-en: Help",
    );
    does(
        r#"{"set":{"node":{"item":"a"},"field":["help"]}}"#,
        "-help:|-en: Help|-fr: Aide",
    );
    does(
        r#"{"set":{"node":{"choice":{"item":"c","code":"oui"}},"field":["specify","label","fr"]}}"#,
        "-specify:|-label:|-fr: Quoi|+specify: {}",
    );
    does(
        r#"{"set":{"node":{"choice":{"item":"c","code":"non"}},"field":["label","fr"]}}"#,
        "-label:|-fr: Non|+label: {}",
    );
    let mut document = read(SMALL);
    for lang in ["fr", "en"] {
        let json = format!(r#"{{"set":{{"node":{{"item":"a"}},"field":["help","{lang}"]}}}}"#);
        apply(&mut document, &edit(&json)).unwrap();
    }
    assert_eq!(document.blocks[0].pages[0].items[0].help, None);
}

#[test]
fn nodes_are_put_in_moved_and_removed() {
    does(
        r#"{"insert":{"under":{"item":"c"},"after":"non","content":{"choice":{"code":"nsp","label":"?"}}}}"#,
        "+- code: nsp|+label:|+fr: \"?\"",
    );
    does(
        r#"{"insert":{"under":"frame","content":{"item":{"id":"ville","kind":"text"}}}}"#,
        "+- id: ville|+kind: text",
    );
    does(
        r#"{"remove":{"node":{"item":"m"}}}"#,
        "-items:|-- id: m|-kind: text",
    );
    does(
        r#"{"move":{"node":{"item":"m"},"under":{"page":"q"},"after":"r"}}"#,
        "-items:|-- id: m|-kind: text|+- id: m|+kind: text",
    );
    does(
        r#"{"remove":{"node":{"choice":{"item":"c","code":"non"}}}}"#,
        "-- code: non|-label:|-fr: Non",
    );
}

#[test]
fn what_does_not_fit_is_refused() {
    refused(
        r#"{"set":{"node":{"item":"rien"},"field":["min"],"value":1}}"#,
        "unknown_node",
    );
    refused(
        r#"{"set":{"node":{"choice":{"item":"a","code":"oui"}},"field":["filter"],"value":"x"}}"#,
        "unknown_node",
    );
    refused(r#"{"remove":{"node":{"page":"a"}}}"#, "unknown_node");
    refused(
        r#"{"insert":{"under":{"page":"rien"},"content":{"item":{"id":"n","kind":"text"}}}}"#,
        "unknown_node",
    );
    refused(
        r#"{"insert":{"under":{"page":"p"},"after":"m","content":{"item":{"id":"n","kind":"text"}}}}"#,
        "unknown_sibling",
    );
    refused(
        r#"{"move":{"node":{"item":"a"},"under":{"page":"p"},"after":"m"}}"#,
        "unknown_sibling",
    );
    for (under, content) in [
        (r#"{"page":"p"}"#, r#"{"item":{"id":"m","kind":"text"}}"#),
        (r#""frame""#, r#"{"item":{"id":"a","kind":"text"}}"#),
        (
            r#"{"block":"b"}"#,
            r#"{"page":{"id":"n","items":[{"id":"region","kind":"text"}]}}"#,
        ),
        (
            r#"{"block":"b"}"#,
            r#"{"page":{"id":"n","items":[{"id":"n","kind":"text"},{"id":"n","kind":"text"}]}}"#,
        ),
        (
            r#"{"item":"c"}"#,
            r#"{"choice":{"code":"oui","label":"Oui"}}"#,
        ),
        (
            r#"{"page":"p"}"#,
            r#"{"item":{"id":"n","kind":"single","choices":[{"code":"x","label":"X"},{"code":"x","label":"X"}]}}"#,
        ),
    ] {
        refused(
            &format!(r#"{{"insert":{{"under":{under},"content":{content}}}}}"#),
            "taken",
        );
    }
    refused(
        r#"{"insert":{"under":"questionnaire","content":{"item":{"id":"n","kind":"text"}}}}"#,
        "wrong_parent",
    );
    refused(
        r#"{"insert":{"under":"frame","content":{"page":{"id":"n","items":[]}}}}"#,
        "wrong_parent",
    );
    refused(
        r#"{"move":{"node":{"block":"b"},"under":{"page":"p"}}}"#,
        "wrong_parent",
    );
    refused(
        r#"{"move":{"node":{"choice":{"item":"c","code":"oui"}},"under":{"item":"a"}}}"#,
        "wrong_parent",
    );
    refused(
        r#"{"move":{"node":{"item":"r"},"under":{"item":"m"}}}"#,
        "nests_itself",
    );
    refused(
        r#"{"move":{"node":{"item":"r"},"under":{"item":"r"}}}"#,
        "nests_itself",
    );
    refused(
        r#"{"move":{"node":{"item":"a"},"under":{"page":"p"},"after":"a"}}"#,
        "nests_itself",
    );
    refused(r#"{"remove":{"node":"questionnaire"}}"#, "stays");
    refused(
        r#"{"move":{"node":"frame","under":"questionnaire"}}"#,
        "stays",
    );
    for (node, field) in [
        (r#"{"item":"a"}"#, r#"["id"]"#),
        (r#"{"item":"c"}"#, r#"["choices"]"#),
        (r#"{"item":"c"}"#, r#"["choices","0","label"]"#),
        (r#"{"choice":{"item":"c","code":"oui"}}"#, r#"["code"]"#),
        (r#"{"item":"a"}"#, r#"["titre"]"#),
        (r#"{"item":"a"}"#, "[]"),
        (r#""questionnaire""#, r#"["blocks"]"#),
        (r#""questionnaire""#, r#"["frame"]"#),
        (r#""frame""#, r#"["title"]"#),
        (r#"{"fill":"nom"}"#, r#"["cases","1","when"]"#),
        (r#"{"fill":"nom"}"#, r#"["cases","00","when"]"#),
        (r#"{"item":"a"}"#, r#"["kind","fr"]"#),
    ] {
        refused(
            &format!(r#"{{"set":{{"node":{node},"field":{field},"value":"x"}}}}"#),
            "no_such_field",
        );
    }
    refused(
        r#"{"set":{"node":{"fill":"nom"},"field":["cases","0"]}}"#,
        "no_such_field",
    );
    for (field, value) in [
        (r#"["kind"]"#, r#""question""#),
        (r#"["kind"]"#, "null"),
        (r#"["min"]"#, r#""beaucoup""#),
        (r#"["required"]"#, r#""oui""#),
        (r#"["units","min"]"#, "1"),
        (r#"["units"]"#, r#"{"max":2,"label":"x","least":1}"#),
    ] {
        let json =
            format!(r#"{{"set":{{"node":{{"item":"a"}},"field":{field},"value":{value}}}}}"#);
        let code = if field.len() < 10 && value.contains("least") {
            "no_such_field"
        } else {
            "not_a_value"
        };
        refused(&json, code);
    }
}

#[test]
fn rosters_do_not_nest_without_end() {
    let mut document = read("id: e\ntitle: E\nblocks: [{id: b, pages: [{id: p, items: []}]}]\n");
    let mut under = r#"{"page":"p"}"#.to_owned();
    for nth in 0..100 {
        let json = format!(
            r#"{{"insert":{{"under":{under},"content":{{"item":{{"id":"r{nth}","kind":"roster"}}}}}}}}"#
        );
        if let Err(refused) = apply(&mut document, &edit(&json)) {
            assert_eq!(
                (nth, refused.to_string().as_str()),
                (58, "rosters would stand in each other too deeply")
            );
            return;
        }
        under = format!(r#"{{"item":"r{nth}"}}"#);
    }
    panic!("a hundred rosters stand in each other");
}

#[test]
fn two_nodes_of_one_name_cannot_be_told_apart() {
    let good = read(SMALL);
    let bad = read(
        "id: e\ntitle: E\nblocks: [{id: b, pages: [{id: p, items: [{id: a, kind: text}, {id: a, kind: date}]}]}]\n",
    );
    for found in [diff(&good, &bad), diff(&bad, &good)] {
        let refused = found.expect_err("it was told apart");
        assert_eq!(refused.to_string(), "there are two of item `a`");
    }
}

#[test]
fn the_edits_between_two_documents_are_small() {
    #[track_caller]
    fn check(from: &str, to: &str, expected: &[&str]) {
        let source = |it: &str| format!("id: e\ntitle: E\nblocks: [{{id: b, pages: [{it}]}}]\n");
        let edits = diff(&read(&source(from)), &read(&source(to))).unwrap();
        let json: Vec<String> = edits
            .iter()
            .map(|it| serde_json::to_string(it).unwrap())
            .collect();
        assert_eq!(json, expected);
    }
    let page = |items: &str| format!("{{id: p, items: [{items}]}}");
    let item = |id: &str| format!("{{id: {id}, kind: text, label: {{fr: A}}}}");
    let items = |ids: &str| {
        page(
            &ids.chars()
                .map(|it| item(&it.to_string()))
                .collect::<Vec<_>>()
                .join(","),
        )
    };
    check(&items("abcd"), &items("abcd"), &[]);
    check(
        &items("abcd"),
        &items("bcda"),
        &[r#"{"move":{"node":{"item":"a"},"under":{"page":"p"},"after":"d"}}"#],
    );
    check(
        &items("abcd"),
        &items("dabc"),
        &[r#"{"move":{"node":{"item":"d"},"under":{"page":"p"}}}"#],
    );
    check(
        &items("abcd"),
        &items("acd"),
        &[r#"{"remove":{"node":{"item":"b"}}}"#],
    );
    check(
        &items("ab"),
        &items("acb"),
        &[
            r#"{"insert":{"under":{"page":"p"},"after":"a","content":{"item":{"id":"c","kind":"text","label":{"fr":"A"}}}}}"#,
        ],
    );
    check(
        &items("a"),
        &page("{id: a, kind: text, label: {fr: B, en: C}, help: Aide}"),
        &[
            r#"{"set":{"node":{"item":"a"},"field":["help","fr"],"value":"Aide"}}"#,
            r#"{"set":{"node":{"item":"a"},"field":["label","en"],"value":"C"}}"#,
            r#"{"set":{"node":{"item":"a"},"field":["label","fr"],"value":"B"}}"#,
        ],
    );
    // A page that is called otherwise keeps its items: they move.
    check(
        &items("a"),
        &format!("{{id: q, items: [{}]}}", item("a")),
        &[
            r#"{"insert":{"under":{"block":"b"},"content":{"page":{"id":"q","items":[]}}}}"#,
            r#"{"move":{"node":{"item":"a"},"under":{"page":"q"}}}"#,
            r#"{"remove":{"node":{"page":"p"}}}"#,
        ],
    );
}
