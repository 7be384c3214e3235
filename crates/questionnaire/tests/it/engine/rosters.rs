//! The same items for several units.

use expect_test::expect;

use crate::judge::{engine, items, judge, load, stored};

const SCHEMES: &str = "
- id: dispositifs
  kind: multiple
  label: Dispositifs
  choices:
  - {code: cls, label: CLS}
  - {code: asv, label: ASV}
  - {code: aucun, label: Aucun, exclusive: true}
  - {code: nsp, label: NSP, missing: dont_know}
- id: schemes
  kind: roster
  label: Pour chacun
  key: scheme
  over: dispositifs
  items:
  - {id: etp, kind: quantity, label: ETP, decimals: 1, required: true}
  - {id: pourquoi, kind: text, label: Pourquoi, filter: etp < 1}
  - {id: du_cls, kind: text, label: Du CLS, filter: scheme = 'cls'}
  - {id: triple, kind: computed, value: etp * 3}
- {id: total, kind: computed, value: sum(schemes.etp)}
- {id: nombre, kind: computed, value: count(schemes)}
- {id: petit, kind: text, label: Petit, filter: 'any(schemes, etp < 1)'}
- {id: cls, kind: text, label: CLS, filter: 'schemes[cls].etp > 2'}";

#[test]
fn chosen_codes_are_units_and_exclusive_ones_are_not() {
    let engine = items(SCHEMES);
    judge(
        &engine,
        r#"{"dispositifs": ["cls", "asv"], "schemes": [{"scheme": "asv", "etp": 0.5}, {"scheme": "cls", "etp": 3}]}"#,
        &expect![[r#"
            dispositifs answered
            schemes[cls].etp answered
            schemes[asv].etp answered
            schemes[cls].pourquoi not_asked
            schemes[asv].pourquoi no_answer
            schemes[cls].du_cls no_answer
            schemes[asv].du_cls not_asked
            petit no_answer
            cls no_answer
            schemes[cls].triple = 9
            schemes[asv].triple = 1.5
            total = 3.5
            nombre = 2
            complete
        "#]],
    );
    judge(
        &engine,
        r#"{"dispositifs": ["aucun"]}"#,
        &expect![[r#"
        dispositifs answered
        petit not_asked
        cls not_asked
        total = 0
        nombre = 0
        complete
    "#]],
    );
    judge(
        &engine,
        r#"{"dispositifs": ["nsp"]}"#,
        &expect![[r#"
        dispositifs dont_know
        petit not_asked
        cls not_asked
        total = 0
        nombre = 0
        complete
    "#]],
    );
}

#[test]
fn units_that_were_not_chosen_are_off_path() {
    let engine = items(SCHEMES);
    let sheet = r#"{"dispositifs": ["cls"], "schemes": [{"scheme": "asv", "etp": 0.5}, {"scheme": "cls", "etp": 1}]}"#;
    judge(
        &engine,
        sheet,
        &expect![[r#"
        dispositifs answered
        schemes[cls].etp answered
        schemes[cls].pourquoi not_asked
        schemes[cls].du_cls no_answer
        petit not_asked
        cls not_asked
        off path schemes[asv].etp
        schemes[cls].triple = 3
        total = 1
        nombre = 1
        complete
    "#]],
    );
    expect![[r#"{"dispositifs":["cls"],"schemes":[{"etp":1,"scheme":"cls"}]}"#]]
        .assert_eq(&stored(&load(&engine, sheet).evaluation));
}

#[test]
fn units_have_known_keys_each_once() {
    let engine = items(SCHEMES);
    judge(
        &engine,
        r#"{"dispositifs": ["cls"], "schemes": [{"scheme": "zzz", "etp": 1}, {"scheme": "cls", "etp": 1}, {"scheme": "cls", "etp": 2}]}"#,
        &expect![[r#"
            dispositifs answered
            schemes[cls].etp answered
            schemes[cls].pourquoi not_asked
            schemes[cls].du_cls no_answer
            petit not_asked
            cls not_asked
            ! schemes[zzz] unknown_code
            ! schemes[cls] type
            schemes[cls].triple = 3
            total = 1
            nombre = 1
            incomplete
        "#]],
    );
    judge(
        &engine,
        r#"{"dispositifs": ["cls"], "schemes": [{"etp": 1}]}"#,
        &expect![[r#"
            dispositifs answered
            schemes[cls].etp no_answer
            schemes[cls].pourquoi not_asked
            schemes[cls].du_cls no_answer
            petit not_asked
            cls not_asked
            ! schemes[cls].etp required
            ! schemes type
            schemes[cls].triple = null
            total = 0
            nombre = 1
            incomplete
        "#]],
    );
    judge(
        &engine,
        r#"{"dispositifs": ["cls"], "schemes": {"cls": 1}}"#,
        &expect![[r#"
            dispositifs answered
            schemes[cls].etp no_answer
            schemes[cls].pourquoi not_asked
            schemes[cls].du_cls no_answer
            petit not_asked
            cls not_asked
            ! schemes[cls].etp required
            ! schemes type
            schemes[cls].triple = null
            total = 0
            nombre = 1
            incomplete
        "#]],
    );
    judge(
        &engine,
        r#"{"dispositifs": ["cls"], "schemes": [{"scheme": "cls", "zzz": 1}]}"#,
        &expect![[r#"
            dispositifs answered
            schemes[cls].etp no_answer
            schemes[cls].pourquoi not_asked
            schemes[cls].du_cls no_answer
            petit not_asked
            cls not_asked
            ! schemes[cls].etp required
            ! schemes[cls].zzz unknown_item
            schemes[cls].triple = null
            total = 0
            nombre = 1
            incomplete
        "#]],
    );
}

const AXES: &str = "
- id: axes
  kind: roster
  label: Axes
  key: axe
  units: {min: 1, max: 3, label: Axe}
  items:
  - {id: nom, kind: text, label: Nom}
  - {id: fiches, kind: quantity, label: Fiches, filter: axe > 1}
- {id: n, kind: computed, value: count(axes)}
- {id: fiches_total, kind: computed, value: sum(axes.fiches)}
- {id: meilleur, kind: computed, value: max(axes.fiches)}";

#[test]
fn free_units_are_keyed_by_number() {
    let engine = items(AXES);
    judge(
        &engine,
        r#"{"axes": [{"axe": "1", "nom": "A", "fiches": 9}, {"axe": 2, "fiches": 4}]}"#,
        &expect![[r#"
            axes[1].nom answered
            axes[2].nom no_answer
            axes[1].fiches not_asked
            axes[2].fiches answered
            off path axes[1].fiches
            n = 2
            fiches_total = 4
            meilleur = 4
            complete
        "#]],
    );
    judge(
        &engine,
        r#"{}"#,
        &expect![[r#"
        ! axes required
        n = 0
        fiches_total = 0
        meilleur = null
        incomplete
    "#]],
    );
    judge(
        &engine,
        r#"{"axes": [{"axe": "4"}, {"axe": "x"}]}"#,
        &expect![[r#"
            ! axes required
            ! axes[4] range
            ! axes[x] unknown_code
            n = 0
            fiches_total = 0
            meilleur = null
            incomplete
        "#]],
    );
    judge(
        &engine,
        r#"{"axes[2].fiches": 4}"#,
        &expect![[r#"
        axes[1].nom no_answer
        axes[2].nom no_answer
        axes[1].fiches not_asked
        axes[2].fiches answered
        n = 2
        fiches_total = 4
        meilleur = 4
        complete
    "#]],
    );
}

#[test]
fn a_roster_that_is_off_path_has_no_units() {
    let engine = items(
        "- {id: ok, kind: consent, label: OK}
- id: axes
  kind: roster
  label: Axes
  key: axe
  filter: ok
  units: {max: 3, label: Axe}
  items: [{id: nom, kind: text, label: Nom}]
- {id: n, kind: computed, value: count(axes)}",
    );
    let sheet = |ok: bool| format!(r#"{{"ok": {ok}, "axes": [{{"axe": "1", "nom": "A"}}]}}"#);
    judge(
        &engine,
        &sheet(true),
        &expect![[r#"
        ok answered
        axes[1].nom answered
        n = 1
        complete
    "#]],
    );
    judge(
        &engine,
        &sheet(false),
        &expect![[r#"
        ok answered
        off path axes[1].nom
        n = 0
        complete
    "#]],
    );
}

#[test]
fn two_rosters_may_call_their_units_the_same() {
    let engine = items(
        "- {id: m, kind: multiple, label: M, choices: [{code: a, label: A}, {code: b, label: B}]}
- id: r1
  kind: roster
  label: R1
  key: scheme
  over: m
  items: [{id: x, kind: quantity, label: X}]
- id: r2
  kind: roster
  label: R2
  key: scheme
  over: m
  items:
  - {id: y, kind: quantity, label: Y}
  - {id: z, kind: text, label: Z, filter: scheme.y > 1}",
    );
    let sheet = r#"{"m": ["b"], "r2": [{"scheme": "b", "y": 2}]}"#;
    judge(
        &engine,
        sheet,
        &expect![[r#"
        m answered
        r1[b].x no_answer
        r2[b].y answered
        r2[b].z no_answer
        complete
    "#]],
    );
}

#[test]
fn checks_in_a_roster_name_the_unit() {
    let engine = items(
        "- id: axes
  kind: roster
  label: Axes
  key: axe
  units: {max: 3, label: Axe}
  items:
  - {id: a, kind: quantity, label: A}
  - id: note
    kind: statement
    label: Note
    checks: [{id: pair, require: a < 3, message: Trop}]
  - id: g
    kind: grid
    label: G
    cells: quantity
    rows: [{code: r, label: R}]
    checks: [{id: un, require: 'g[r] = a', message: Différent}]",
    );
    let sheet =
        r#"{"axes": [{"axe": "1", "a": 1, "g": {"r": 1}}, {"axe": "2", "a": 5, "g": {"r": 1}}]}"#;
    judge(
        &engine,
        sheet,
        &expect![[r#"
        axes[1].a answered
        axes[2].a answered
        axes[1].g[r] answered
        axes[2].g[r] answered
        ! axes[2].note check:pair
        ! axes[2].g check:un
        incomplete
    "#]],
    );
}

#[test]
fn pages_beyond_the_last_one_reached_ask_for_no_units() {
    let engine = engine(
        "
id: essai
title: Essai
blocks:
- id: b
  pages:
  - {id: p1, items: [{id: a, kind: text, label: A}]}
  - id: p2
    items:
    - {id: axes, kind: roster, label: Axes, units: {min: 1, max: 2, label: Axe}, items: [{id: x, kind: text, label: X}]}
    - id: s
      kind: statement
      label: S
      checks: [{id: un, require: 'count(axes) = 1', message: Un}]
",
    );
    judge(
        &engine,
        r#"{"meta": {"reached": "p1"}, "answers": {}}"#,
        &expect![[r#"
            a no_answer
            complete
        "#]],
    );
    judge(
        &engine,
        r#"{}"#,
        &expect![[r#"
        a no_answer
        ! axes required
        ! s check:un
        incomplete
    "#]],
    );
}
