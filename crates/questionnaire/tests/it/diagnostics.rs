//! Every diagnostic at its exact place: `‸` marks it in the source.

mod circles;
mod classes;
mod figures;
mod together;

use std::collections::BTreeSet;

use expr::{Lang, Severity};
use questionnaire::{Position, Problem, check};

/// The source without its mark, and where the mark stood.
fn marked(source: &str) -> (String, Position) {
    let at = source
        .find('‸')
        .unwrap_or_else(|| panic!("no mark in {source}"));
    let before = &source[..at];
    let line = before.matches('\n').count() as u32 + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() as u32 + 1;
    (source.replace('‸', ""), Position { line, column })
}

/// Checks that the source has this diagnostic at its mark; answers its suggestion.
#[track_caller]
fn found(code: &str, source: &str) -> Option<String> {
    let (source, position) = marked(source);
    let checked = check(&source);
    let here = checked
        .diagnostics
        .iter()
        .find(|it| it.code() == code && it.position == position);
    let all: Vec<_> = checked
        .diagnostics
        .iter()
        .map(|it| {
            format!(
                "{}:{} {} {}",
                it.position.line,
                it.position.column,
                it.code(),
                it.message(Lang::En)
            )
        })
        .collect();
    let here = here.unwrap_or_else(|| panic!("no {code} at {position:?}, but {all:#?}\n{source}"));
    for lang in [Lang::Fr, Lang::En] {
        let message = here.message(lang);
        assert!(message.len() > 10 && !message.contains("{id}"), "{message}");
    }
    if here.severity == Severity::Error {
        assert!(checked.engine.is_none(), "an error, and yet an engine");
    }
    here.suggestion.clone()
}

/// A questionnaire of one page with these items.
fn items(items: &str) -> String {
    let mut yaml =
        "id: essai\ntitle: Essai\nblocks:\n- id: b\n  pages:\n  - id: p\n    items:\n".to_owned();
    for line in items.lines() {
        yaml.push_str("    ");
        yaml.push_str(line);
        yaml.push('\n');
    }
    yaml
}

fn top(fields: &str) -> String {
    format!(
        "id: essai\ntitle: Essai\n{fields}\nblocks:\n- id: b\n  pages:\n  - id: p\n    items:\n    - {{id: a, kind: single, label: A, choices: [{{code: oui, label: Oui}}, {{code: non, label: Non}}]}}\n"
    )
}

/// One case for each code: code, source, suggestion.
fn cases() -> Vec<(&'static str, String, Option<&'static str>)> {
    let many = |n: usize, it: &str| it.repeat(n);
    vec![
        ("QN0001", "id: essai\ntitle: ‸*inconnu\n".to_owned(), None),
        ("QN0001", "‸[a]: b".to_owned(), None),
        ("QN0002", top("languages: ‸fr"), None),
        (
            "QN0002",
            items("- {id: a, kind: single, label: A, choices: [{code: ‸93, label: X}]}"),
            Some("'93'"),
        ),
        (
            "QN0002",
            items("- {id: a, kind: text, label: ‸2026}"),
            Some("'2026'"),
        ),
        (
            "QN0002",
            items("- {id: a, kind: text, label: A, filter: ‸true}"),
            Some("'true'"),
        ),
        (
            "QN0002",
            items("- {id: a, kind: quantity, label: A, min: ‸true}"),
            None,
        ),
        (
            "QN0002",
            items("- {id: a, kind: text, label: A, max_length: ‸beaucoup}"),
            None,
        ),
        (
            "QN0003",
            items("- {id: a, kind: text, ‸labell: A, label: A}"),
            Some("label"),
        ),
        ("QN0003", top("‸titel: Essai"), Some("title")),
        ("QN0004", "‸title: Essai\nblocks: []\n".to_owned(), None),
        ("QN0004", items("- ‸{id: a, label: A}"), None),
        ("QN0005", top("closing: A\n‸closing: B"), None),
        (
            "QN0006",
            format!("‸id: {}", many(4 * 1024 * 1024, "a")),
            None,
        ),
        ("QN0007", "‸# rien\n".to_owned(), None),
        ("QN0008", "id: a\n‸---\nid: b\n".to_owned(), None),
        ("QN0009", format!("{}‸[", many(64, "[")), None),
        (
            "QN0010",
            top("").replace("id: essai", "id: ‸Mon Essai"),
            None,
        ),
        ("QN0010", items("- {id: ‸2e, kind: text, label: A}"), None),
        (
            "QN0010",
            items(
                "- {id: a, kind: text, label: A, checks: [{id: ‸é, require: answered(a), message: M}]}",
            ),
            None,
        ),
        (
            "QN0011",
            items("- {id: a, kind: text, label: A}\n- {id: ‸a, kind: text, label: A}"),
            None,
        ),
        (
            "QN0011",
            top(
                "lists: [{id: l, choices: [{code: a, label: A}]}, {id: ‸l, choices: [{code: a, label: A}]}]",
            ),
            None,
        ),
        (
            "QN0011",
            items(
                "- {id: a, kind: text, label: A, checks: [{id: k, require: answered(a), message: M}, {id: ‸k, require: answered(a), message: M}]}",
            ),
            None,
        ),
        (
            "QN0011",
            items(
                "- {id: r, kind: roster, label: R, key: x, units: {max: 2, label: U}, items: [{id: ‸x, kind: text, label: X}]}",
            ),
            None,
        ),
        (
            "QN0012",
            items("- {id: a, kind: text, label: A, ‸min: 0}"),
            None,
        ),
        (
            "QN0012",
            items("- {id: a, kind: statement, label: A, ‸required: true}"),
            None,
        ),
        (
            "QN0012",
            items("- {id: a, kind: text, label: A, ‸items: [{id: b, kind: text, label: B}]}"),
            None,
        ),
        ("QN0013", items("- ‸{id: a, kind: single, label: A}"), None),
        ("QN0013", items("- ‸{id: a, kind: computed}"), None),
        (
            "QN0013",
            items("- ‸{id: a, kind: grid, label: A, cells: quantity}"),
            None,
        ),
        (
            "QN0013",
            items("- ‸{id: a, kind: roster, label: A, items: [{id: b, kind: text, label: B}]}"),
            None,
        ),
        (
            "QN0014",
            items(
                "- {id: a, kind: single, label: A, choices: [{code: x, label: X}, {code: ‸x, label: Y}]}",
            ),
            None,
        ),
        (
            "QN0015",
            top("")
                .replace(
                    "choices: [{code: oui, label: Oui}, {code: non, label: Non}]",
                    "list: ‸preesnce",
                )
                .replace(
                    "title: Essai\n",
                    "title: Essai\nlists: [{id: presence, choices: [{code: oui, label: Oui}]}]\n",
                ),
            Some("presence"),
        ),
        (
            "QN0016",
            top("nets: [{id: n, label: N, item: ‸aa, choices: [oui]}]"),
            Some("a"),
        ),
        (
            "QN0017",
            top("nets: [{id: n, label: N, item: a, choices: [‸ouii]}]"),
            Some("oui"),
        ),
        ("QN0018", top("closing: ‸{en: Thanks}"), None),
        (
            "QN0019",
            top("languages: [fr, en]\nclosing: {fr: Merci, en: Thanks}\nunit: ‸gens"),
            None,
        ),
        (
            "QN0020",
            items("- {id: a, kind: ‸singel, label: A}"),
            Some("single"),
        ),
        (
            "QN0021",
            items(
                "- {id: a, kind: text, label: A, filter: ‸answered(b)}\n- {id: b, kind: text, label: B, filter: answered(a)}",
            ),
            None,
        ),
        (
            "QN0021",
            items(
                "- {id: a, kind: computed, value: ‸b + 1}\n- {id: b, kind: computed, value: a + 1}",
            ),
            None,
        ),
        (
            "QN0022",
            items("- {id: a, kind: quantity, label: A, min: ‸2, max: 1}"),
            None,
        ),
        (
            "QN0022",
            items("- {id: a, kind: date, label: A, earliest: ‸2026-02-01, latest: 2026-01-01}"),
            None,
        ),
        (
            "QN0023",
            items("- {id: a, kind: date, label: A, earliest: ‸2026-02-30}"),
            None,
        ),
        (
            "QN0024",
            items(
                "- {id: n, kind: text, label: A}\n- {id: a, kind: text, label: 'Avec {‸nn|rien}'}",
            ),
            Some("n"),
        ),
        (
            "QN0025",
            "id: essai\ntitle: Essai\nblocks: ‸[]\n".to_owned(),
            None,
        ),
        (
            "QN0025",
            "id: essai\ntitle: Essai\nblocks:\n- id: b\n  pages: ‸[]\n".to_owned(),
            None,
        ),
        (
            "QN0026",
            items(
                "- {id: r, kind: roster, label: R, units: {max: 2, label: U}, items: [‸{id: s, kind: roster, label: S, units: {max: 2, label: U}, items: [{id: x, kind: text, label: X}]}]}",
            ),
            None,
        ),
        ("QN0027", items("- {id: ‸not, kind: text, label: A}"), None),
        (
            "QN0027",
            items("- {id: ‸today, kind: text, label: A}"),
            None,
        ),
        (
            "QN0028",
            items(
                "- {id: t, kind: territory, label: T, attributes: [{id: x, type: number}], choices: [{code: a, label: A, attributes: {x: ‸oui}}]}",
            ),
            None,
        ),
        (
            "QN0028",
            items(
                "- {id: t, kind: territory, label: T, attributes: [{id: x, type: number}], choices: [{code: a, label: A, attributes: {‸y: 1}}]}",
            ),
            None,
        ),
        (
            "QN0029",
            items(
                "- {id: a, kind: text, label: A}\n- {id: r, kind: roster, label: R, over: ‸a, items: [{id: x, kind: text, label: X}]}",
            ),
            None,
        ),
        (
            "QN0030",
            items(
                "- {id: r, kind: roster, label: R, units: {max: ‸51, label: U}, items: [{id: x, kind: text, label: X}]}",
            ),
            None,
        ),
        (
            "QN0030",
            items("- {id: a, kind: quantity, label: A, decimals: ‸11}"),
            None,
        ),
        (
            "QN0031",
            items(
                "- ‸{id: a, kind: rank, label: A, choices: [{code: x, label: X, missing: refused}]}",
            ),
            None,
        ),
        ("QN0032", top("languages: ‸[en]"), None),
        ("QN0032", top("languages: [fr, ‸français]"), None),
        ("QN0032", top("languages: [fr, ‸fr]"), None),
        (
            "QN0033",
            items("- {id: a, kind: single, label: A, choices: [{code: ‸'été 26', label: X}]}"),
            None,
        ),
        (
            "QN0034",
            items("- {id: a, kind: single, label: A, list: l, ‸choices: [{code: x, label: X}]}"),
            None,
        ),
        (
            "QN0034",
            items(
                "- {id: m, kind: multiple, label: M, choices: [{code: x, label: X}]}\n- {id: r, kind: roster, label: R, over: m, ‸units: {max: 2, label: U}, items: [{id: x, kind: text, label: X}]}",
            ),
            None,
        ),
        (
            "QN0035",
            items(
                "- {id: n, kind: text, label: A}\n- {id: a, kind: single, label: A, choices: [{code: x, label: 'Comme {‸n}'}]}",
            ),
            None,
        ),
        ("QN0036", top("closing: {fr: Merci, en: ‸Thanks}"), None),
        (
            "QN0037",
            top("frame: [{id: z, kind: text, label: Z, ‸required: true}]"),
            None,
        ),
        (
            "QN0037",
            top(
                "frame: [{id: z, kind: single, label: Z, choices: [{code: x, label: X, ‸specify: {}}]}]",
            ),
            None,
        ),
        (
            "QN0038",
            top("frame: [{id: z, kind: ‸consent, label: Z}]"),
            None,
        ),
        (
            "QN0039",
            top(
                "frame: [{id: z, kind: text, label: Z}, {id: y, kind: text, label: Y, column: ‸' Z'}]",
            ),
            None,
        ),
        (
            "QN0040",
            items("- {id: a, kind: text, label: A, ‸column: taille}"),
            None,
        ),
        (
            "QN0047",
            items("- {id: a, kind: text, label: A}\n- {id: b, kind: text, label: B, was: [c, ‸a]}"),
            None,
        ),
    ]
}

#[test]
fn every_code_occurs_at_its_place() {
    let mut seen = BTreeSet::new();
    for (code, source, suggestion) in cases().into_iter().chain(figures::cases()) {
        assert_eq!(found(code, &source).as_deref(), suggestion, "{code}");
        seen.insert(code);
    }
    let all: BTreeSet<_> = Problem::CODES.iter().map(|(code, _, _)| *code).collect();
    assert_eq!(seen, all);
}

#[test]
fn codes_are_stable_and_each_has_its_own_words() {
    let mut codes = BTreeSet::new();
    for (code, fr, en) in Problem::CODES {
        assert!(codes.insert(code), "{code} twice");
        assert_ne!(fr, en);
    }
}

#[test]
fn a_wrong_code_in_a_condition_has_a_suggestion() {
    let source = "id: essai
title: Essai
blocks:
- id: b
  pages:
  - id: p
    items:
    - id: presence_asv
      kind: single
      label: ASV
      choices: [{code: oui, label: Oui}, {code: non, label: Non}]
    - id: nb
      kind: quantity
      label: Nombre
      filter: presence_asv = '‸yes'
";
    assert_eq!(found("EX0021", source).as_deref(), Some("oui"));
}

/// A condition with an unknown name, in every way a text can be written.
#[test]
fn places_inside_conditions_are_exact_however_they_are_written() {
    let with = |filter: &str| {
        format!(
            "id: essai\ntitle: Essai\nblocks:\n- id: b\n  pages:\n  - id: p\n    items:\n    - {{id: a, kind: text, label: A}}\n    - id: c\n      kind: text\n      label: C\n      filter: {filter}\n"
        )
    };
    for filter in [
        "a = 'x' or ‸zz",
        "\"a = 'x' or ‸zz\"",
        "\"a = 'é\\u00e9\\x41\\t' or\\\n        \\  ‸zz\"",
        "'a = ''x'' or ‸zz'",
        "'''x'' = a or ‸zz'",
        "a = 'x'\n        or\n        ‸zz",
        "'a = ''x''\n\n        or ‸zz'",
        "|\n        a = 'x' or\n        ‸zz",
        "|-\n        a = 'x'\n          or ‸zz",
        "|2-\n          2 > 1 or ‸zz",
        ">\n        a = 'x'\n        or ‸zz\n",
        ">-\n        -1 > 2 or\n\n        ‸zz",
        "&ancre a = 'x' or ‸zz",
        "!!str a = 'x' or ‸zz",
        "a = 'x' or ‸zz # un commentaire",
        "a = 'été, œuvre, 𝕏' or ‸zz",
    ] {
        found("EX0020", &with(filter));
    }
    // The same in JSON, on one line.
    let json = r#"{"id": "essai", "title": "Essai", "blocks": [{"id": "b", "pages": [{"id": "p", "items": [{"id": "a", "kind": "text", "label": "A"}, {"id": "c", "kind": "text", "label": "C", "filter": "a = '\"\/' or ‸zz"}]}]}]}"#;
    found("EX0020", json);
}

#[test]
fn places_hold_with_other_line_ends_and_a_byte_order_mark() {
    let yaml = items("- {id: a, kind: text, label: A, filter: \"a = 1 or ‸zz\"}");
    found("EX0020", &yaml.replace('\n', "\r\n"));
    let (source, position) = marked(&yaml);
    let checked = check(&format!("\u{feff}{source}"));
    assert!(
        checked.diagnostics.iter().any(|it| it.position == position),
        "{:?}",
        checked.diagnostics
    );
}

#[test]
fn fills_and_languages_have_their_place_in_any_text() {
    for label in [
        "'Avec {‸zz}'",
        "{fr: Avec, en: 'With {‸zz}'}",
        "|\n        Avec\n        {‸zz|rien}",
    ] {
        let yaml = items(&format!("- id: a\n  kind: text\n  label: {label}"));
        found("QN0024", &yaml);
    }
}
