//! Values by kind: what fits, what does not, and under which code.

use expect_test::expect;

use crate::judge::{items, judge, load, stored};

#[test]
fn a_number_has_bounds_and_decimals() {
    let engine = items("- {id: etp, kind: quantity, label: ETP, min: 0, max: 10, decimals: 1}");
    judge(
        &engine,
        r#"{"etp": 2.5}"#,
        &expect![[r#"
        etp answered
        complete
    "#]],
    );
    judge(
        &engine,
        r#"{"etp": 10.1}"#,
        &expect![[r#"
        etp answered
        ! etp range
        incomplete
    "#]],
    );
    judge(
        &engine,
        r#"{"etp": 2.55}"#,
        &expect![[r#"
        etp no_answer
        ! etp type
        incomplete
    "#]],
    );
    judge(
        &engine,
        r#"{"etp": "2.5"}"#,
        &expect![[r#"
        etp no_answer
        ! etp type
        incomplete
    "#]],
    );
    judge(
        &engine,
        r#"{"etp": true}"#,
        &expect![[r#"
        etp no_answer
        ! etp type
        incomplete
    "#]],
    );
}

#[test]
fn numbers_are_exact() {
    let engine = items(
        "- {id: a, kind: quantity, label: A, decimals: 2}
- {id: b, kind: quantity, label: B, decimals: 2}
- {id: somme, kind: computed, value: a + b}
- {id: pile, kind: statement, label: Pile, filter: a + b = 0.3}
- {id: oui, kind: text, label: Oui, filter: a + b = 0.3}",
    );
    judge(
        &engine,
        r#"{"a": 0.1, "b": 0.2}"#,
        &expect![[r#"
        a answered
        b answered
        oui no_answer
        somme = 0.3
        complete
    "#]],
    );
}

#[test]
fn money_has_two_decimals() {
    let engine = items("- {id: budget, kind: money, label: Budget, min: 0}");
    judge(
        &engine,
        r#"{"budget": 1234.56}"#,
        &expect![[r#"
        budget answered
        complete
    "#]],
    );
    judge(
        &engine,
        r#"{"budget": 1234.567}"#,
        &expect![[r#"
        budget no_answer
        ! budget type
        incomplete
    "#]],
    );
    judge(
        &engine,
        r#"{"budget": -1}"#,
        &expect![[r#"
        budget answered
        ! budget range
        incomplete
    "#]],
    );
}

#[test]
fn a_date_is_iso_and_exists() {
    let engine =
        items("- {id: debut, kind: date, label: Début, earliest: 2020-01-01, latest: 2026-12-31}");
    judge(
        &engine,
        r#"{"debut": "2024-02-29"}"#,
        &expect![[r#"
        debut answered
        complete
    "#]],
    );
    judge(
        &engine,
        r#"{"debut": "2019-12-31"}"#,
        &expect![[r#"
        debut answered
        ! debut range
        incomplete
    "#]],
    );
    judge(
        &engine,
        r#"{"debut": "2023-02-29"}"#,
        &expect![[r#"
        debut no_answer
        ! debut type
        incomplete
    "#]],
    );
    judge(
        &engine,
        r#"{"debut": "29/02/2024"}"#,
        &expect![[r#"
        debut no_answer
        ! debut type
        incomplete
    "#]],
    );
}

#[test]
fn a_text_has_a_length_in_characters() {
    let engine = items("- {id: t, kind: text, label: T, max_length: 5}");
    judge(
        &engine,
        r#"{"t": "étéée"}"#,
        &expect![[r#"
        t answered
        complete
    "#]],
    );
    judge(
        &engine,
        r#"{"t": "étéées"}"#,
        &expect![[r#"
        t answered
        ! t range
        incomplete
    "#]],
    );
    judge(
        &engine,
        r#"{"t": 5}"#,
        &expect![[r#"
        t no_answer
        ! t type
        incomplete
    "#]],
    );
}

#[test]
fn consent_is_true_or_false() {
    let engine = items("- {id: c, kind: consent, label: C, required: true}");
    judge(
        &engine,
        r#"{"c": false}"#,
        &expect![[r#"
        c answered
        complete
    "#]],
    );
    judge(
        &engine,
        r#"{"c": "oui"}"#,
        &expect![[r#"
        c no_answer
        ! c type
        incomplete
    "#]],
    );
    judge(
        &engine,
        r#"{}"#,
        &expect![[r#"
        c no_answer
        ! c required
        incomplete
    "#]],
    );
}

const THEMES: &str = "
- id: themes
  kind: multiple
  label: Thèmes
  min_choices: 2
  max_choices: 3
  choices:
  - {code: a, label: A}
  - {code: b, label: B}
  - {code: c, label: C}
  - {code: d, label: D}
  - {code: aucun, label: Aucun, exclusive: true}
  - {code: nsp, label: NSP, missing: dont_know}";

#[test]
fn several_choices_have_a_least_and_a_greatest_number() {
    let engine = items(THEMES);
    judge(
        &engine,
        r#"{"themes": ["a", "b"]}"#,
        &expect![[r#"
        themes answered
        complete
    "#]],
    );
    judge(
        &engine,
        r#"{"themes": ["a"]}"#,
        &expect![[r#"
        themes answered
        ! themes range
        incomplete
    "#]],
    );
    judge(
        &engine,
        r#"{"themes": ["a", "b", "c", "d"]}"#,
        &expect![[r#"
            themes answered
            ! themes range
            incomplete
        "#]],
    );
    judge(
        &engine,
        r#"{"themes": "a"}"#,
        &expect![[r#"
        themes no_answer
        ! themes type
        incomplete
    "#]],
    );
    judge(
        &engine,
        r#"{"themes": ["a", "z"]}"#,
        &expect![[r#"
        themes no_answer
        ! themes unknown_code
        incomplete
    "#]],
    );
}

#[test]
fn an_exclusive_choice_stands_alone_and_so_does_one_that_means_a_missing_reason() {
    let engine = items(THEMES);
    judge(
        &engine,
        r#"{"themes": ["aucun"]}"#,
        &expect![[r#"
        themes answered
        complete
    "#]],
    );
    judge(
        &engine,
        r#"{"themes": ["aucun", "a"]}"#,
        &expect![[r#"
        themes answered
        ! themes exclusive
        incomplete
    "#]],
    );
    judge(
        &engine,
        r#"{"themes": ["nsp"]}"#,
        &expect![[r#"
        themes dont_know
        complete
    "#]],
    );
    judge(
        &engine,
        r#"{"themes": ["nsp", "a", "b"]}"#,
        &expect![[r#"
        themes answered
        ! themes exclusive
        incomplete
    "#]],
    );
}

#[test]
fn the_same_code_twice_is_one_choice_but_no_rank() {
    let engine = items(
        "- {id: m, kind: multiple, label: M, choices: [{code: a, label: A}, {code: b, label: B}]}
- {id: r, kind: rank, label: R, choices: [{code: a, label: A}, {code: b, label: B}]}",
    );
    judge(
        &engine,
        r#"{"m": ["b", "a", "b"], "r": ["b", "a"]}"#,
        &expect![[r#"
            m answered
            r answered
            complete
        "#]],
    );
    judge(
        &engine,
        r#"{"r": ["b", "b"]}"#,
        &expect![[r#"
        m no_answer
        r no_answer
        ! r type
        incomplete
    "#]],
    );
    let answers = stored(&load(&engine, r#"{"m": ["b", "a", "b"], "r": ["b", "a"]}"#).evaluation);
    expect![[r#"{"m":["a","b"],"r":["b","a"]}"#]].assert_eq(&answers);
}

#[test]
fn a_choice_is_only_good_where_its_filter_holds() {
    let engine = items(
        "- {id: asv, kind: single, label: ASV, choices: [{code: oui, label: Oui}, {code: non, label: Non}]}
- id: porteur
  kind: single
  label: Porteur
  choices:
  - {code: ville, label: Ville}
  - {code: asv, label: ASV, filter: asv = 'oui'}",
    );
    judge(
        &engine,
        r#"{"asv": "oui", "porteur": "asv"}"#,
        &expect![[r#"
            asv answered
            porteur answered
            complete
        "#]],
    );
    judge(
        &engine,
        r#"{"asv": "non", "porteur": "asv"}"#,
        &expect![[r#"
            asv answered
            porteur answered
            ! porteur choice_filter
            incomplete
        "#]],
    );
    // A filter that cannot be told hides.
    judge(
        &engine,
        r#"{"porteur": "asv"}"#,
        &expect![[r#"
        asv no_answer
        porteur answered
        ! porteur choice_filter
        incomplete
    "#]],
    );
}

#[test]
fn a_code_must_be_one_of_its_item() {
    let engine = items("- {id: a, kind: single, label: A, choices: [{code: oui, label: Oui}]}");
    judge(
        &engine,
        r#"{"a": "yes"}"#,
        &expect![[r#"
        a no_answer
        ! a unknown_code
        incomplete
    "#]],
    );
    judge(
        &engine,
        r#"{"a": ["oui"]}"#,
        &expect![[r#"
        a no_answer
        ! a type
        incomplete
    "#]],
    );
}

#[test]
fn a_key_must_name_something_that_takes_answers() {
    let engine = items(
        "- {id: a, kind: text, label: A}
- {id: s, kind: statement, label: S}
- {id: v, kind: computed, value: '1'}
- {id: c, kind: contact, label: C}
- {id: g, kind: grid, label: G, cells: quantity, rows: [{code: r, label: R}]}",
    );
    let sheet =
        r#"{"b": 1, "s": "x", "v": 2, "c": {"name": "N"}, "a.x": "y", "g": {"z": 1}, "g[q]": 2}"#;
    judge(
        &engine,
        sheet,
        &expect![[r#"
        a no_answer
        g[r] no_answer
        ! a.x unknown_item
        ! b unknown_item
        ! c unknown_item
        ! g[z] unknown_item
        ! g[q] unknown_item
        ! s unknown_item
        ! v unknown_item
        v = 1
        incomplete
    "#]],
    );
}
