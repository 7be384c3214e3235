//! What sheets go through, counted by replaying them.

use std::collections::BTreeSet;

use proof::{Coverage, Targets, plausible};
use questionnaire::{Engine, Sheet};
use serde_json::{Value, json};

use crate::real::{engine, questionnaires};

const SOURCE: &str = "
id: essai
title: Essai
fills:
  - id: mot
    cases:
      - { when: nb > 5, text: beaucoup }
      - { when: nb > 2, text: plusieurs }
    fallback: peu
blocks:
  - id: b
    pages:
      - id: p
        items:
          - { id: nb, kind: quantity, label: Combien, required: true, min: 0, max: 9 }
          - id: themes
            kind: multiple
            label: Themes
            choices:
              - { code: a, label: A }
              - { code: b, label: B, filter: nb != 0 }
      - id: q
        title: Avec {mot}
        filter: nb >= 2.5
        items:
          - id: part
            kind: quantity
            label: Part
            decimals: 1
            min: 0
            max: 9
            checks:
              - { id: dur, require: part <= nb, message: Trop }
              - { id: doux, require: part != 1.5, message: Sûr ?, severity: soft }
          - { id: jour, kind: date, label: Jour, earliest: 2020-01-01 }
          - { id: apres, kind: consent, label: Après, filter: jour > '2020-01-01' }
";

fn sheet(answers: &Value) -> Sheet {
    serde_json::from_value(json!({ "answers": answers })).unwrap()
}

fn failing(answers: &Value) -> Sheet {
    serde_json::from_value(json!({ "meta": { "fails": ["dur"] }, "answers": answers })).unwrap()
}

/// Checks what is missing after these sheets, in one line.
#[track_caller]
fn check(engine: &Engine, sheets: &[Sheet], part: usize, missing: &str) {
    let it = Coverage::of(engine, sheets);
    assert_eq!(it.parts()[part].missing.join(" "), missing);
    assert_eq!(
        it.parts()[part].covered + it.parts()[part].missing.len(),
        it.parts()[part].total
    );
}

#[test]
fn every_kind_is_counted_by_what_sheets_show() {
    let engine = engine(SOURCE);
    let none: &[Sheet] = &[];
    check(
        &engine,
        none,
        0,
        "page:q=false page:q=true item:apres=false item:apres=true offer:themes.b=false offer:themes.b=true",
    );
    check(&engine, none, 1, "choice:themes.a choice:themes.b");
    // Nothing is below 0 or the first day; 2.5 is no whole number.
    check(
        &engine,
        none,
        2,
        "boundary:nb=0 boundary:nb>0 boundary:nb<2 boundary:nb=2 boundary:nb>2 boundary:nb<2.5 \
         boundary:nb>2.5 boundary:nb<5 boundary:nb=5 boundary:nb>5 boundary:part<1.5 \
         boundary:part=1.5 boundary:part>1.5 boundary:jour=2020-01-01 boundary:jour>2020-01-01",
    );
    check(
        &engine,
        none,
        3,
        "check:part.dur=false check:part.dur=true check:part.doux=false check:part.doux=true",
    );
    check(&engine, none, 4, "fill:mot[1] fill:mot[2]");

    let sheets = [
        sheet(&json!({ "nb": 0, "themes": ["a"] })),
        sheet(&json!({ "nb": 5, "themes": ["b"], "part": 1.5, "jour": "2020-01-01" })),
        sheet(&json!({ "nb": 9, "part": 1, "jour": "2021-01-01", "apres": true })),
    ];
    check(&engine, &sheets, 0, "");
    check(&engine, &sheets, 1, "");
    check(&engine, &sheets, 2, "boundary:nb=2 boundary:part>1.5");
    check(&engine, &sheets, 3, "check:part.dur=false");
    check(&engine, &sheets, 4, "");
}

/// A sheet that fails counts for the check that it fails if it says so, and for nothing else.
#[test]
fn only_marked_sheets_may_fail() {
    let engine = engine(SOURCE);
    let answers = || json!({ "nb": 3, "themes": ["a"], "part": 9 });
    let unmarked = Coverage::of(&engine, &[sheet(&answers())]);
    assert_eq!((unmarked.ignored, unmarked.failing), (1, 0));
    assert!(unmarked.parts().iter().all(|it| it.covered == 0));
    let marked = Coverage::of(&engine, &[failing(&answers())]);
    assert_eq!((marked.ignored, marked.failing), (0, 1));
    let covered: Vec<usize> = marked.parts().iter().map(|it| it.covered).collect();
    assert_eq!(covered, [0, 0, 0, 1, 0]);
}

#[test]
fn off_path_answers_and_sheets_left_midway_show_nothing() {
    let engine = engine(SOURCE);
    let it = Coverage::of(&engine, &[sheet(&json!({ "nb": 1, "part": 1.5 }))]);
    assert_eq!(it.checks.covered, 0);
    assert!(
        it.boundaries
            .missing
            .contains(&"boundary:part=1.5".to_owned())
    );
    let left: Sheet =
        serde_json::from_value(json!({ "meta": { "reached": "p" }, "answers": {} })).unwrap();
    assert!(!engine.load(&left).verdict(None).complete);
    // Nothing is known yet: nothing is « not true ».
    let targets = Targets::of(&engine);
    let mut left = engine.load(&left).evaluation;
    left.set_reached(Some(0));
    let keys = |evaluation| -> Vec<String> {
        let met = targets.met(evaluation).into_iter();
        met.map(|it| it.key(&engine.instrument)).collect()
    };
    assert_eq!(keys(&left), ["page:q=false", "offer:themes.b=false"]);
}

/// What stands inside something that is off path is not tried, and a choice made there not made.
#[test]
fn what_encloses_must_be_on_path() {
    let engine = engine(
        "
id: essai
title: Essai
fills:
  - id: mot
    cases: [{ when: a, text: un }, { when: not b, text: deux }]
    fallback: trois
blocks:
  - id: b
    pages:
      - id: p
        items:
          - { id: a, kind: consent, label: '{mot}', required: true }
          - { id: b, kind: consent, label: B, required: true }
      - id: q
        filter: a
        items:
          - id: c
            kind: single
            label: C
            filter: b
            choices: [{ code: x, label: X }, { code: y, label: Y, filter: not b }]
",
    );
    let it = Coverage::of(
        &engine,
        &[sheet(&json!({ "a": false, "b": false, "c": "y" }))],
    );
    assert_eq!(it.choices.covered, 0);
    assert_eq!(
        it.filters.missing.join(" "),
        "page:q=true item:c=false item:c=true offer:c.y=false offer:c.y=true"
    );
    // Of two cases that hold the first is used.
    let it = Coverage::of(&engine, &[sheet(&json!({ "a": true, "b": false }))]);
    assert_eq!(it.fills.missing, ["fill:mot[2]"]);
    assert_eq!(it.filters.covered, 2);
}

#[test]
fn what_is_impossible_is_left_out_unless_it_is_seen() {
    let engine = engine(SOURCE);
    let impossible: BTreeSet<String> = ["fill:mot[1]", "fill:mot[2]"].map(str::to_owned).into();
    let it = Coverage::of_possible(&engine, &[sheet(&json!({ "nb": 3 }))], &impossible);
    assert_eq!((it.fills.covered, it.fills.total), (1, 1));
    assert_eq!(it.fills.impossible, ["fill:mot[1]"]);
    assert_eq!(it.contradicted, ["fill:mot[2]"]);
    let json = serde_json::to_value(&it).unwrap();
    assert_eq!(
        json["fills"],
        json!({ "covered": 1, "total": 1, "missing": [], "impossible": ["fill:mot[1]"] })
    );
    assert_eq!(
        (&json["sheets"], &json["complete"]),
        (&json!(1), &json!(false))
    );
}

#[test]
fn rows_rosters_and_long_lists_have_targets() {
    let choices: String = (0..70)
        .map(|it| format!("              - {{ code: c{it}, label: C{it} }}\n"))
        .collect();
    let engine = engine(&format!(
        "
id: essai
title: Essai
blocks:
  - id: b
    filter: '1 = 1'
    pages:
      - id: p
        items:
          - id: ville
            kind: territory
            label: Ville
            choices:
{choices}
          - id: grille
            kind: grid
            label: Grille
            cells: quantity
            min: 0
            max: 9
            rows:
              - {{ code: r, label: R }}
              - {{ code: s, label: S, filter: ville = 'c3' }}
          - id: axes
            kind: roster
            label: Axes
            key: axe
            units: {{ min: 0, max: 3, label: Axe }}
            items:
              - {{ id: etp, kind: quantity, label: ETP, min: 0, max: 9 }}
              - {{ id: plus, kind: consent, label: Plus, filter: etp > 1 }}
          - {{ id: fin, kind: consent, label: Fin, filter: 'any(axes, etp < 1) or grille[r] = 4' }}
"
    ));
    let it = Coverage::of(&engine, &[]);
    assert_eq!(it.choices.missing, ["choice:ville.*", "choice:ville.c3"]);
    assert!(
        it.filters
            .missing
            .contains(&"row:grille[s]=true".to_owned()),
        "{it:?}"
    );
    for key in ["boundary:grille[r]<4", "boundary:etp=1", "boundary:etp<1"] {
        assert!(
            it.boundaries.missing.contains(&key.to_owned()),
            "{key} {it:?}"
        );
    }
    let sheets = [sheet(
        &json!({ "ville": "c3", "grille": { "r": 3, "s": 1 }, "axes": [{ "axe": "1", "etp": 2 }, { "axe": "2", "etp": 0 }] }),
    )];
    let it = Coverage::of(&engine, &sheets);
    assert_eq!(it.ignored, 0);
    // One unit on each side.
    for key in [
        "item:plus=true",
        "item:plus=false",
        "row:grille[s]=true",
        "item:fin=true",
    ] {
        assert!(!it.filters.missing.contains(&key.to_owned()), "{key}");
    }
    assert_eq!(it.choices.missing, ["choice:ville.*"]);
}

/// Two hundred respondents see most of a questionnaire, and never what is not there.
#[test]
fn drawn_respondents_go_through_most_of_the_real_questionnaires() {
    for (name, source) in questionnaires() {
        let engine = engine(&source);
        let sheets: Vec<Sheet> = (0..60).map(|nth| plausible(&engine, 1, nth)).collect();
        let it = Coverage::of(&engine, &sheets);
        assert_eq!((it.ignored, it.failing), (0, 0), "{name}");
        assert!(
            it.filters.covered * 10 >= it.filters.total * 6,
            "{name}: {:?}",
            it.filters
        );
        let keys: BTreeSet<String> = Targets::of(&engine)
            .all()
            .iter()
            .map(|it| it.key(&engine.instrument))
            .collect();
        assert_eq!(
            keys.len(),
            Targets::of(&engine).all().len(),
            "{name}: keys are distinct"
        );
    }
}
