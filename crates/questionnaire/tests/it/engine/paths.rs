//! Filters on every level, off-path answers, and circles.

use expect_test::expect;

use crate::judge::{engine, judge, load, stored};

const NESTED: &str = "
id: essai
title: Essai
blocks:
- id: b1
  pages:
  - id: p1
    items:
    - {id: a, kind: quantity, label: A}
- id: b2
  filter: a > 0
  pages:
  - id: p2
    filter: a > 1
    items:
    - {id: b, kind: text, label: B, filter: a > 2}
    - {id: c, kind: text, label: C, required: true}
  - id: p3
    items:
    - {id: d, kind: text, label: D}
";

#[test]
fn a_slot_is_on_path_when_every_filter_above_it_holds() {
    let engine = engine(NESTED);
    judge(
        &engine,
        r#"{"a": 0}"#,
        &expect![[r#"
        a answered
        b not_asked
        c not_asked
        d not_asked
        complete
    "#]],
    );
    judge(
        &engine,
        r#"{"a": 1}"#,
        &expect![[r#"
        a answered
        b not_asked
        c not_asked
        d no_answer
        complete
    "#]],
    );
    judge(
        &engine,
        r#"{"a": 2}"#,
        &expect![[r#"
        a answered
        b not_asked
        c no_answer
        d no_answer
        ! c required
        incomplete
    "#]],
    );
    judge(
        &engine,
        r#"{"a": 3}"#,
        &expect![[r#"
        a answered
        b no_answer
        c no_answer
        d no_answer
        ! c required
        incomplete
    "#]],
    );
}

#[test]
fn off_path_answers_are_named_and_dropped_from_what_is_stored() {
    let engine = engine(NESTED);
    let sheet = r#"{"a": 1, "b": "x", "c": 4, "d": "y"}"#;
    judge(
        &engine,
        sheet,
        &expect![[r#"
        a answered
        b not_asked
        c not_asked
        d answered
        off path b
        off path c
        complete
    "#]],
    );
    expect![[r#"{"a":1,"d":"y"}"#]].assert_eq(&stored(&load(&engine, sheet).evaluation));
}

#[test]
fn a_filter_may_read_what_is_asked_later() {
    let engine = engine(
        "
id: essai
title: Essai
blocks:
- id: b
  pages:
  - id: p1
    items:
    - {id: a, kind: text, label: A, filter: z}
  - id: p2
    items:
    - {id: z, kind: consent, label: Z}
",
    );
    judge(
        &engine,
        r#"{"z": true}"#,
        &expect![[r#"
        a no_answer
        z answered
        complete
    "#]],
    );
    judge(
        &engine,
        r#"{"meta": {"reached": "p1"}, "answers": {}}"#,
        &expect![[r#"
            a not_reached
            z not_reached
            incomplete
        "#]],
    );
}
