//! Drawn respondents: complete, on the real questionnaires and on random ones, and always the same.

use std::collections::BTreeSet;

use proof::{Drawing, plausible};
use proptest::prelude::*;
use questionnaire::{Answer, Engine, Severity, Sheet, SlotState};
use testkit::{small_case, small_cases};

use crate::real::{engine, questionnaires};

fn failures(engine: &Engine, sheet: &Sheet) -> Vec<String> {
    let verdict = engine.load(sheet).verdict(None);
    let hard = verdict.failures.iter();
    let hard = hard.filter(|it| it.severity == Severity::Hard);
    let mut found: Vec<_> = hard
        .map(|it| format!("{} {}", it.item, it.code.code()))
        .collect();
    found.extend(
        verdict
            .off_path
            .iter()
            .map(|it| format!("{it} is off path")),
    );
    if !verdict.complete && found.is_empty() {
        found.push("not complete".to_owned());
    }
    found
}

#[test]
fn respondents_of_the_real_questionnaires_complete_them() {
    for (name, source) in questionnaires() {
        let engine = engine(&source);
        let drawing = Drawing::new(&engine, 2026);
        let mut ids = BTreeSet::new();
        let mut soft = 0;
        for nth in 0..40 {
            let sheet = drawing.sheet(nth);
            assert_eq!(
                failures(&engine, &sheet),
                Vec::<String>::new(),
                "{name} {nth}"
            );
            assert_eq!(sheet.meta.other["synthetic"], true);
            assert!(!sheet.meta.other.contains_key("fails"));
            assert_eq!(sheet.meta.today.is_some(), engine.reads_today());
            soft += engine.load(&sheet).verdict(None).failures.len();
            ids.extend(sheet.meta.id);
        }
        assert_eq!(ids.len(), 40, "{name}");
        // Who is asked to confirm something mostly has it right already.
        assert!(soft <= 12, "{name}: {soft} soft checks fail");
    }
}

/// What a seed gives is part of what the program promises: a cohort is named by its seed.
#[test]
fn a_seed_names_a_respondent_for_ever() {
    let engine = engine(
        "
id: essai
title: Essai
blocks:
  - id: b
    pages:
      - id: p
        items:
          - id: un
            kind: single
            label: Un
            required: true
            choices: [{ code: a, label: A }, { code: b, label: B }, { code: c, label: C, specify: { required: true } }]
          - { id: nb, kind: quantity, label: Combien, required: true, min: 0, max: 50000 }
          - { id: euros, kind: money, label: Budget, required: true, min: 0 }
          - { id: jour, kind: date, label: Jour, required: true }
          - { id: mots, kind: text, label: Mots, required: true }
          - id: axes
            kind: roster
            label: Axes
            key: axe
            units: { min: 1, max: 3, label: Axe }
            items: [{ id: oui, kind: consent, label: Oui, required: true }]
",
    );
    let sheets: Vec<String> = [(7, 0), (7, 1), (8, 0)]
        .iter()
        .map(|(seed, nth)| serde_json::to_string(&plausible(&engine, *seed, *nth)).unwrap())
        .collect();
    expect_test::expect![[r#"
        {"meta":{"id":"c39ca672-2c44-8a73-9747-b002ea9d9d65","synthetic":true},"answers":{"axes":[{"axe":"1","oui":false},{"axe":"2","oui":true}],"euros":830,"jour":"2022-10-26","mots":"Service de la collectivité","nb":4555,"un":"a"}}
        {"meta":{"id":"ef329c99-287e-848e-9818-605bac6cc009","synthetic":true},"answers":{"axes":[{"axe":"1","oui":false},{"axe":"2","oui":true},{"axe":"3","oui":true}],"euros":7500,"jour":"2020-09-01","mots":"À préciser avec l’équipe","nb":58,"un":"a"}}
        {"meta":{"id":"4d3d71f2-603f-83f2-b5f6-270f33a97f86","synthetic":true},"answers":{"axes":[{"axe":"1","oui":true},{"axe":"2","oui":true},{"axe":"3","oui":true}],"euros":2100,"jour":"2017-05-01","mots":"Partenaires locaux","nb":2560,"un":"c","un.c":"Comité de pilotage annuel"}}"#]].assert_eq(&sheets.join("\n"));
}

/// Every kind of answer occurs, and none that is rare is frequent.
#[test]
fn answers_are_spread() {
    let engine = engine(
        "
id: essai
title: Essai
blocks:
  - id: b
    pages:
      - id: p
        items:
          - id: un
            kind: single
            label: Un
            choices: [{ code: a, label: A }, { code: b, label: B }, { code: nsp, label: Nsp, missing: dont_know }]
          - id: plusieurs
            kind: multiple
            label: Plusieurs
            required: true
            choices:
              - { code: a, label: A }
              - { code: b, label: B }
              - { code: c, label: C }
              - { code: aucun, label: Aucun, exclusive: true }
          - { id: nb, kind: quantity, label: Combien, required: true, min: 1, max: 100000 }
",
    );
    let slot = |it: &str| engine.layout.slot(it).unwrap();
    let mut seen = std::collections::BTreeMap::new();
    let mut sizes = [0; 6];
    for nth in 0..1_000 {
        let sheet = plausible(&engine, 1, nth);
        let evaluation = engine.load(&sheet).evaluation;
        let un = match evaluation.state(slot("un")) {
            SlotState::Answered => sheet.answers["un"].as_str().unwrap(),
            state => state.code(),
        };
        *seen.entry(un.to_owned()).or_insert(0) += 1;
        for code in sheet.answers["plusieurs"].as_array().unwrap() {
            *seen
                .entry(format!("plusieurs {}", code.as_str().unwrap()))
                .or_insert(0) += 1;
        }
        let Answer::Number(nb) = evaluation.answer(slot("nb")) else {
            panic!("nb is required");
        };
        sizes[nb.to_string().len() - 1] += 1;
    }
    let n = |it: &str| seen[it];
    assert!(
        (400..560).contains(&n("a")) && (400..560).contains(&n("b")),
        "{seen:?}"
    );
    assert!(
        (20..70).contains(&n("dont_know")) && (10..60).contains(&n("no_answer")),
        "{seen:?}"
    );
    assert!((200..300).contains(&n("plusieurs aucun")), "{seen:?}");
    assert!((400..700).contains(&n("plusieurs c")), "{seen:?}");
    // Sizes, not values, are as likely as each other.
    assert!(sizes[..5].iter().all(|it| *it > 100), "{sizes:?}");
}

/// Sums that must be exact, and dates in order, come out right.
#[test]
fn contradictions_are_mended() {
    let engine = engine(
        "
id: essai
title: Essai
blocks:
  - id: b
    pages:
      - id: p
        items:
          - { id: total, kind: quantity, label: Total, required: true, min: 0, max: 500 }
          - { id: a, kind: quantity, label: A, required: true, min: 0, max: 500 }
          - { id: b, kind: quantity, label: B, required: true, min: 0, max: 500 }
          - id: c
            kind: quantity
            label: C
            required: true
            min: 0
            max: 500
            checks: [{ id: somme, require: a + b + c = total, message: Total }]
      - id: q
        items:
          - { id: debut, kind: date, label: Debut, required: true }
          - id: fin
            kind: date
            label: Fin
            required: true
            latest: 2030-12-31
            checks: [{ id: ordre, require: fin > debut and fin <= today, message: Ordre }]
",
    );
    for nth in 0..200 {
        let sheet = plausible(&engine, 3, nth);
        assert_eq!(failures(&engine, &sheet), Vec::<String>::new(), "{nth}");
    }
}

/// Where only another route leads on, it is taken.
#[test]
fn another_route_is_taken_where_it_must_be() {
    let engine = engine(
        "
id: essai
title: Essai
blocks:
  - id: b
    pages:
      - id: p
        items:
          - id: a
            kind: single
            label: A
            required: true
            choices: [{ code: x, label: X }, { code: y, label: Y }, { code: z, label: Z }]
          - { id: b, kind: consent, label: B, required: true, filter: a = 'x' }
          - id: c
            kind: single
            label: C
            required: true
            choices: [{ code: u, label: U }, { code: v, label: V, filter: a = 'y' }]
            checks: [{ id: suite, require: answered(b), message: Non }]
",
    );
    for nth in 0..50 {
        let sheet = plausible(&engine, 3, nth);
        assert_eq!(failures(&engine, &sheet), Vec::<String>::new(), "{nth}");
    }
}

/// Where nobody can complete it the sheet says what is wrong.
#[test]
fn who_cannot_finish_says_so() {
    let engine = engine(
        "
id: essai
title: Essai
blocks:
  - id: b
    pages:
      - id: p
        items:
          - id: nb
            kind: quantity
            label: Combien
            required: true
            min: 0
            max: 9
            checks: [{ id: impossible, require: nb * nb < 0, message: Non }]
",
    );
    let sheet = plausible(&engine, 1, 0);
    assert_eq!(
        sheet.meta.other["fails"],
        serde_json::json!(["nb check:impossible"])
    );
}

#[test]
fn a_route_is_kept() {
    for (name, source) in questionnaires() {
        let engine = engine(&source);
        let (drawing, other) = (Drawing::new(&engine, 1), Drawing::new(&engine, 2));
        let asked = |sheet: &Sheet| -> Vec<String> {
            let verdict = engine.load(sheet).verdict(None);
            let slots = verdict.slots.into_iter().filter(|it| it.1.is_asked());
            slots.map(|it| it.0).collect()
        };
        for nth in 0..5 {
            let route = drawing.sheet(nth);
            let along = other.along(&route, nth);
            assert_eq!(asked(&route), asked(&along), "{name} {nth}");
            assert_eq!(
                failures(&engine, &along),
                Vec::<String>::new(),
                "{name} {nth}"
            );
            assert_ne!(route.meta.id, along.meta.id);
        }
    }
}

/// Random questionnaires that somebody can complete, as going through all their sheets shows, are
/// completed: all but those whose only way out is a very narrow one.
#[test]
fn who_can_finish_mostly_does() {
    let (mut n, mut complete) = (0, 0);
    for seed in 0..300 {
        let engine = small_case(seed).engine();
        if testkit::enumerate(&engine, 20_000).is_some_and(|it| it.n_complete > 0) {
            n += 1;
            let sheet = plausible(&engine, 1, 0);
            complete += usize::from(engine.load(&sheet).verdict(None).complete);
        }
    }
    assert!(n > 200 && complete * 100 >= n * 98, "{complete} of {n}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_sheet_is_complete_or_says_what_fails(case in small_cases(), seed: u64, nth: u64) {
        let engine = case.engine();
        let sheet = plausible(&engine, seed, nth);
        prop_assert_eq!(&sheet, &plausible(&engine, seed, nth));
        let fails = sheet.meta.other.get("fails").map(|it| it.as_array().unwrap().len());
        let found = failures(&engine, &sheet);
        prop_assert_eq!(fails.unwrap_or(0), found.len(), "{:?}", found);
        prop_assert!(engine.load(&sheet).misfits.is_empty());
        // What is drawn along a route that somebody can take is on it.
        let along = Drawing::new(&engine, seed ^ 1).along(&sheet, nth);
        if fails.is_none() {
            prop_assert_eq!(failures(&engine, &along), Vec::<String>::new());
        }
    }
}
