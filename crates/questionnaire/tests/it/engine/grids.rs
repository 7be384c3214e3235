//! Texts beside choices, grids, checks and territories: answers that hang together.

use expect_test::expect;

use crate::judge::{items, judge, load, stored};

const GRID: &str = "
- {id: ars, kind: single, label: ARS, choices: [{code: oui, label: Oui}, {code: non, label: Non}]}
- id: liens
  kind: grid
  label: Liens
  required: true
  choices: [{code: fort, label: Fort}, {code: faible, label: Faible}]
  rows:
  - {code: ars, label: ARS, filter: ars = 'oui'}
  - {code: cpam, label: CPAM}
- id: forts
  kind: text
  label: Pourquoi
  filter: liens[cpam] = 'fort'";

#[test]
fn a_grid_has_a_slot_for_each_row_and_rows_have_filters() {
    let engine = items(GRID);
    judge(
        &engine,
        r#"{"ars": "oui", "liens": {"ars": "fort", "cpam": "fort"}}"#,
        &expect![[r#"
            ars answered
            liens[ars] answered
            liens[cpam] answered
            forts no_answer
            complete
        "#]],
    );
    judge(
        &engine,
        r#"{"ars": "non", "liens": {"ars": "fort", "cpam": "faible"}}"#,
        &expect![[r#"
            ars answered
            liens[ars] not_asked
            liens[cpam] answered
            forts not_asked
            off path liens[ars]
            complete
        "#]],
    );
    judge(
        &engine,
        r#"{"ars": "oui", "liens": {"cpam": "moyen"}}"#,
        &expect![[r#"
            ars answered
            liens[ars] no_answer
            liens[cpam] no_answer
            forts not_asked
            ! liens[ars] required
            ! liens[cpam] unknown_code
            incomplete
        "#]],
    );
    judge(
        &engine,
        r#"{"ars": "oui", "liens": {"$missing": "refused"}}"#,
        &expect![[r#"
            ars answered
            liens[ars] refused
            liens[cpam] refused
            forts not_asked
            complete
        "#]],
    );
    judge(
        &engine,
        r#"{"ars": "oui", "liens": "fort"}"#,
        &expect![[r#"
            ars answered
            liens[ars] no_answer
            liens[cpam] no_answer
            forts not_asked
            ! liens[ars] required
            ! liens[cpam] required
            ! liens type
            incomplete
        "#]],
    );
    // A slot may be named by its own key, as forms and CSV files do.
    judge(
        &engine,
        r#"{"liens[cpam]": "fort"}"#,
        &expect![[r#"
        ars no_answer
        liens[ars] not_asked
        liens[cpam] answered
        forts no_answer
        complete
    "#]],
    );
}

#[test]
fn a_grid_of_numbers_and_one_of_several_choices() {
    let engine = items(
        "- {id: n, kind: grid, label: N, cells: quantity, min: 1, rows: [{code: r, label: R}, {code: s, label: S}]}
- id: m
  kind: grid
  label: M
  cells: multiple
  choices: [{code: a, label: A, specify: {}}, {code: b, label: B, exclusive: true}]
  rows: [{code: r, label: R}]",
    );
    let sheet = r#"{"n": {"r": 1, "s": 0}, "m": {"r": ["a", "b"]}, "m[r].a": "texte"}"#;
    judge(
        &engine,
        sheet,
        &expect![[r#"
        n[r] answered
        n[s] answered
        m[r] answered
        ! n[s] range
        ! m[r] exclusive
        incomplete
    "#]],
    );
    let loaded = load(&engine, sheet);
    expect![[r#"{"m":{"r":["a","b"]},"m[r].a":"texte","n":{"r":1,"s":0}}"#]]
        .assert_eq(&stored(&loaded.evaluation));
}

#[test]
fn checks_are_hard_or_soft_and_an_unknown_one_does_not_fail() {
    let engine = items(
        "- {id: total, kind: quantity, label: Total}
- id: part
  kind: quantity
  label: Part
  checks:
  - {id: partie, require: part <= total, message: Trop}
  - {id: moitie, require: part * 2 <= total, severity: soft, message: Beaucoup}",
    );
    judge(
        &engine,
        r#"{"total": 10, "part": 4}"#,
        &expect![[r#"
        total answered
        part answered
        complete
    "#]],
    );
    judge(
        &engine,
        r#"{"total": 10, "part": 6}"#,
        &expect![[r#"
        total answered
        part answered
        ! part check:moitie (soft)
        complete
    "#]],
    );
    judge(
        &engine,
        r#"{"total": 10, "part": 11}"#,
        &expect![[r#"
        total answered
        part answered
        ! part check:partie
        ! part check:moitie (soft)
        incomplete
    "#]],
    );
    judge(
        &engine,
        r#"{"part": 11}"#,
        &expect![[r#"
        total no_answer
        part answered
        complete
    "#]],
    );
}

#[test]
fn a_check_of_a_grid_fails_under_the_grid_and_one_of_an_item_that_is_off_path_does_not() {
    let engine = items(
        "- {id: ok, kind: consent, label: OK}
- id: g
  kind: grid
  label: G
  cells: quantity
  filter: ok
  rows: [{code: a, label: A}, {code: b, label: B}]
  checks: [{id: somme, require: 'g[a] + g[b] = 100', message: Somme}]",
    );
    judge(
        &engine,
        r#"{"ok": true, "g": {"a": 1, "b": 2}}"#,
        &expect![[r#"
            ok answered
            g[a] answered
            g[b] answered
            ! g check:somme
            incomplete
        "#]],
    );
    judge(
        &engine,
        r#"{"ok": false, "g": {"a": 1, "b": 2}}"#,
        &expect![[r#"
            ok answered
            g[a] not_asked
            g[b] not_asked
            off path g[a]
            off path g[b]
            complete
        "#]],
    );
}

#[test]
fn territories_have_attributes() {
    let engine = items(
        "- id: ville
  kind: territory
  label: Ville
  attributes: [{id: has_qpv, type: boolean}, {id: habitants, type: number}, {id: nom, type: text}]
  choices:
  - {code: '93001', label: Aubervilliers, attributes: {has_qpv: true, habitants: 90000, nom: Auber}}
  - {code: '01004', label: Ambérieu, attributes: {has_qpv: false}}
- {id: qpv, kind: text, label: QPV, filter: ville.has_qpv}
- {id: petite, kind: text, label: Petite, filter: ville.habitants < 20000}
- {id: nom, kind: computed, value: ville.nom}
- {id: code, kind: computed, value: ville}",
    );
    judge(
        &engine,
        r#"{"ville": "93001"}"#,
        &expect![[r#"
        ville answered
        qpv no_answer
        petite not_asked
        nom = "Auber"
        code = "93001"
        complete
    "#]],
    );
    judge(
        &engine,
        r#"{"ville": "01004"}"#,
        &expect![[r#"
        ville answered
        qpv not_asked
        petite not_asked
        nom = null
        code = "01004"
        complete
    "#]],
    );
}

#[test]
fn numbers_beyond_what_is_exact_stay_as_they_are() {
    let engine = items("- {id: n, kind: quantity, label: N}");
    for n in [
        "9007199254740993",
        "18446744073709551615",
        "-9223372036854775808",
    ] {
        let loaded = load(&engine, &format!("{{\"n\": {n}}}"));
        assert_eq!(stored(&loaded.evaluation), format!("{{\"n\":{n}}}"));
    }
    judge(
        &engine,
        r#"{"n": 1e300}"#,
        &expect![[r#"
        n no_answer
        ! n type
        incomplete
    "#]],
    );
}

#[test]
fn the_text_beside_a_choice_is_optional_unless_said_otherwise() {
    let engine = items(
        "- id: s
  kind: single
  label: S
  choices:
  - {code: a, label: A}
  - {code: autre, label: Autre, specify: {}}
  - {code: exact, label: Exact, specify: {required: true}}",
    );
    judge(
        &engine,
        r#"{"s": "autre"}"#,
        &expect![[r#"
        s answered
        complete
    "#]],
    );
    judge(
        &engine,
        r#"{"s": "autre", "s.autre": "ARS"}"#,
        &expect![[r#"
            s answered
            complete
        "#]],
    );
    judge(
        &engine,
        r#"{"s": "exact", "s.exact": "  "}"#,
        &expect![[r#"
            s answered
            ! s.exact required
            incomplete
        "#]],
    );
    // A text whose choice is not made is off path; a text where none is asked for is nothing.
    judge(
        &engine,
        r#"{"s": "a", "s.autre": "ARS"}"#,
        &expect![[r#"
        s answered
        off path s.autre
        complete
    "#]],
    );
    judge(
        &engine,
        r#"{"s": "a", "s.a": "ARS"}"#,
        &expect![[r#"
        s answered
        ! s.a unknown_item
        incomplete
    "#]],
    );
    judge(
        &engine,
        r#"{"s": "autre", "s.autre": 4}"#,
        &expect![[r#"
        s answered
        ! s.autre type
        incomplete
    "#]],
    );
}
