//! « Not asked » is not « no answer ».

use expect_test::expect;

use crate::judge::{engine, items, judge, load, stored};

#[test]
fn nothing_an_empty_text_and_an_empty_list_are_no_answer() {
    let engine = items(
        "- {id: a, kind: text, label: A}
- {id: b, kind: multiple, label: B, choices: [{code: x, label: X}]}
- {id: c, kind: quantity, label: C}
- {id: d, kind: single, label: D, choices: [{code: x, label: X}]}",
    );
    judge(
        &engine,
        r#"{"a": "", "b": [], "c": null}"#,
        &expect![[r#"
        a no_answer
        b no_answer
        c no_answer
        d no_answer
        complete
    "#]],
    );
}

#[test]
fn a_reason_counts_as_given_and_satisfies_required() {
    let engine = items("- {id: a, kind: quantity, label: A, required: true}");
    judge(
        &engine,
        r#"{"a": {"$missing": "dont_know"}}"#,
        &expect![[r#"
            a dont_know
            complete
        "#]],
    );
    judge(
        &engine,
        r#"{"a": {"$missing": "refused"}}"#,
        &expect![[r#"
        a refused
        complete
    "#]],
    );
    judge(
        &engine,
        r#"{}"#,
        &expect![[r#"
        a no_answer
        ! a required
        incomplete
    "#]],
    );
    // Only these two can be given: the others follow from the walk.
    judge(
        &engine,
        r#"{"a": {"$missing": "not_asked"}}"#,
        &expect![[r#"
            a no_answer
            ! a type
            incomplete
        "#]],
    );
}

#[test]
fn a_reason_is_stored_as_the_code_where_exactly_one_choice_means_it() {
    let engine = items(
        "- id: une
  kind: single
  label: Une
  choices: [{code: oui, label: Oui}, {code: nsp, label: NSP, missing: dont_know}]
- id: deux
  kind: single
  label: Deux
  choices: [{code: oui, label: Oui}, {code: nsp, label: NSP, missing: dont_know}, {code: bof, label: Bof, missing: dont_know}]
- id: plusieurs
  kind: multiple
  label: Plusieurs
  choices: [{code: oui, label: Oui}, {code: nsp, label: NSP, missing: dont_know}]
- {id: nombre, kind: quantity, label: Nombre}",
    );
    let reason = r#"{"$missing": "dont_know"}"#;
    let given = format!(
        r#"{{"une": {reason}, "deux": {reason}, "plusieurs": {reason}, "nombre": {reason}}}"#
    );
    judge(
        &engine,
        &given,
        &expect![[r#"
        une dont_know
        deux dont_know
        plusieurs dont_know
        nombre dont_know
        complete
    "#]],
    );
    expect![[r#"{"deux":{"$missing":"dont_know"},"nombre":{"$missing":"dont_know"},"plusieurs":["nsp"],"une":"nsp"}"#]].assert_eq(&stored(&load(&engine, &given).evaluation));
    // Which of two choices was made is not lost.
    expect![[r#"{"deux":"bof"}"#]]
        .assert_eq(&stored(&load(&engine, r#"{"deux": "bof"}"#).evaluation));
}

#[test]
fn the_reason_and_the_choice_that_means_it_are_one_answer() {
    let engine = items(
        "- id: a
  kind: single
  label: A
  required: true
  choices: [{code: oui, label: Oui}, {code: nsp, label: NSP, missing: dont_know}]
- {id: sait, kind: text, label: Sait, filter: answered(a)}
- {id: ignore, kind: text, label: Ignore, filter: missing_reason(a) = 'dont_know'}
- {id: non, kind: text, label: Non, filter: not (a = 'oui')}",
    );
    let as_code = load(&engine, r#"{"a": "nsp"}"#).verdict(None);
    let as_reason = load(&engine, r#"{"a": {"$missing": "dont_know"}}"#).verdict(None);
    assert_eq!(as_code, as_reason);
    judge(
        &engine,
        r#"{"a": "nsp"}"#,
        &expect![[r#"
        a dont_know
        sait not_asked
        ignore no_answer
        non not_asked
        complete
    "#]],
    );
}

const PAGES: &str = "
id: essai
title: Essai
blocks:
- id: b
  pages:
  - id: p1
    items:
    - {id: a, kind: consent, label: A}
  - id: p2
    items:
    - {id: b, kind: text, label: B}
    - {id: c, kind: text, label: C, filter: a}
  - id: p3
    filter: b = 'oui'
    items:
    - {id: d, kind: text, label: D, required: true}
  - id: p4
    items:
    - {id: e, kind: text, label: E}
    - {id: f, kind: text, label: F, filter: a and b = 'oui'}
";

#[test]
fn a_sheet_is_a_finished_walk_unless_it_says_how_far_it_went() {
    let engine = engine(PAGES);
    judge(
        &engine,
        r#"{"a": true}"#,
        &expect![[r#"
        a answered
        b no_answer
        c no_answer
        d not_asked
        e no_answer
        f not_asked
        complete
    "#]],
    );
    // On later pages: not reached. What filters on them: not reached either.
    judge(
        &engine,
        r#"{"meta": {"reached": "p1"}, "answers": {"a": true}}"#,
        &expect![[r#"
            a answered
            b not_reached
            c not_reached
            d not_reached
            e not_reached
            f not_reached
            incomplete
        "#]],
    );
    // A filter that is false whatever comes is not asked.
    judge(
        &engine,
        r#"{"meta": {"reached": "p1"}, "answers": {"a": false}}"#,
        &expect![[r#"
            a answered
            b not_reached
            c not_asked
            d not_reached
            e not_reached
            f not_asked
            incomplete
        "#]],
    );
    judge(
        &engine,
        r#"{"meta": {"reached": "p2"}, "answers": {"a": true}}"#,
        &expect![[r#"
            a answered
            b no_answer
            c no_answer
            d not_asked
            e not_reached
            f not_asked
            incomplete
        "#]],
    );
    // An answer counts on whatever page.
    judge(
        &engine,
        r#"{"meta": {"reached": "p1"}, "answers": {"b": "oui", "e": "x"}}"#,
        &expect![[r#"
            a no_answer
            b answered
            c not_asked
            d not_reached
            e answered
            f not_asked
            incomplete
        "#]],
    );
    judge(
        &engine,
        r#"{"meta": {"reached": "p9"}, "answers": {}}"#,
        &expect![[r#"
            a no_answer
            b no_answer
            c not_asked
            d not_asked
            e no_answer
            f not_asked
            ! p9 unknown_item
            incomplete
        "#]],
    );
}

#[test]
fn an_unknown_filter_hides_and_says_why() {
    let engine = items(
        "- {id: a, kind: quantity, label: A}
- {id: b, kind: text, label: B, filter: a > 1}
- {id: c, kind: text, label: C, filter: not (a > 1)}
- {id: d, kind: text, label: D, filter: a > 1 or true}
- {id: e, kind: text, label: E, filter: 1 / 0 > 1}",
    );
    judge(
        &engine,
        r#"{"a": {"$missing": "refused"}, "b": "x"}"#,
        &expect![[r#"
            a refused
            b not_asked
            c not_asked
            d no_answer
            e not_asked
            off path b
            complete
        "#]],
    );
}

#[test]
fn off_path_items_read_as_missing() {
    let engine = items(
        "- {id: ouvert, kind: consent, label: Ouvert}
- {id: n, kind: quantity, label: N, filter: ouvert}
- {id: grand, kind: text, label: Grand, filter: n > 5}
- {id: double, kind: computed, value: n * 2}
- {id: pose, kind: computed, value: \"missing_reason(n) = 'not_asked'\"}",
    );
    judge(
        &engine,
        r#"{"ouvert": true, "n": 8, "grand": "x"}"#,
        &expect![[r#"
            ouvert answered
            n answered
            grand answered
            double = 16
            pose = false
            complete
        "#]],
    );
    judge(
        &engine,
        r#"{"ouvert": false, "n": 8, "grand": "x"}"#,
        &expect![[r#"
            ouvert answered
            n not_asked
            grand not_asked
            off path n
            off path grand
            double = null
            pose = true
            complete
        "#]],
    );
}

#[test]
fn at_least_counts_conditions_that_are_true() {
    let engine = items(
        "- {id: a, kind: consent, label: A}
- {id: b, kind: consent, label: B}
- {id: c, kind: consent, label: C}
- {id: deux, kind: text, label: Deux, filter: 'at_least(2, a, b, c)'}",
    );
    judge(
        &engine,
        r#"{"a": true, "b": true}"#,
        &expect![[r#"
        a answered
        b answered
        c no_answer
        deux no_answer
        complete
    "#]],
    );
    judge(
        &engine,
        r#"{"a": true, "b": false, "c": false}"#,
        &expect![[r#"
            a answered
            b answered
            c answered
            deux not_asked
            complete
        "#]],
    );
    judge(
        &engine,
        r#"{"a": true, "b": false}"#,
        &expect![[r#"
        a answered
        b answered
        c no_answer
        deux not_asked
        complete
    "#]],
    );
}

#[test]
fn computed_values_are_null_where_they_are_missing() {
    let engine = items(
        "- {id: a, kind: quantity, label: A}
- {id: b, kind: quantity, label: B}
- {id: s, kind: single, label: S, choices: [{code: oui, label: Oui}, {code: non, label: Non}]}
- {id: m, kind: multiple, label: M, choices: [{code: x, label: X}, {code: y, label: Y}]}
- {id: quotient, kind: computed, value: 'round(a / b, 2)'}
- {id: plus, kind: computed, value: quotient + 1}
- {id: grand, kind: computed, value: quotient > 1}
- {id: choix, kind: computed, value: s}
- {id: choisis, kind: computed, value: m}
- {id: cache, kind: computed, value: a, filter: b > 0}",
    );
    judge(
        &engine,
        r#"{"a": 10, "b": 3, "s": "non", "m": ["y", "x"]}"#,
        &expect![[r#"
            a answered
            b answered
            s answered
            m answered
            quotient = 3.33
            plus = 4.33
            grand = true
            choix = "non"
            choisis = ["x","y"]
            cache = 10
            complete
        "#]],
    );
    judge(
        &engine,
        r#"{"a": 10, "b": 0}"#,
        &expect![[r#"
        a answered
        b answered
        s no_answer
        m no_answer
        quotient = null
        plus = null
        grand = null
        choix = null
        choisis = null
        cache = null
        complete
    "#]],
    );
}

#[test]
fn today_is_a_parameter() {
    let engine = items(
        "- {id: d, kind: date, label: D}
- {id: passe, kind: text, label: Passé, filter: d < today}
- {id: jours, kind: computed, value: today - d}",
    );
    judge(
        &engine,
        r#"{"d": "2026-03-01"}"#,
        &expect![[r#"
        d answered
        passe not_asked
        jours = null
        complete
    "#]],
    );
    let mut evaluation = load(&engine, r#"{"d": "2026-03-01"}"#).evaluation;
    evaluation.set_today(Some(jiff::civil::date(2026, 3, 12)));
    expect![[r#"
        d answered
        passe no_answer
        jours = 11
        complete
    "#]]
    .assert_eq(&crate::judge::verdict(&evaluation.verdict(None)));
    judge(
        &engine,
        r#"{"meta": {"today": "2026-03-02"}, "answers": {"d": "2026-03-01"}}"#,
        &expect![[r#"
            d answered
            passe no_answer
            jours = 1
            complete
        "#]],
    );
    assert!(engine.reads_today());
    assert!(!items("- {id: d, kind: date, label: D}").reads_today());
}
