//! Cohorts that are made to look like a population.

use proof::{Marginals, plausible, pool_size, rake, weights};
use proptest::prelude::*;
use questionnaire::{Engine, Sheet};
use serde_json::{Value, json};

use crate::real::engine;

const SOURCE: &str = "
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
            choices: [{ code: a, label: A }, { code: b, label: B }, { code: c, label: C }, { code: nsp, label: Nsp, missing: dont_know }]
          - id: plusieurs
            kind: multiple
            label: Plusieurs
            choices: [{ code: x, label: X }, { code: y, label: Y }, { code: z, label: Z, filter: un = 'zz' }]
          - id: grille
            kind: grid
            label: Grille
            cells: single
            choices: [{ code: oui, label: Oui }, { code: non, label: Non }]
            rows: [{ code: r, label: R }, { code: s, label: S, filter: un = 'a' }]
          - { id: nb, kind: quantity, label: Nb }
          - { id: meme, kind: computed, label: Même, value: un }
          - id: axes
            kind: roster
            label: Axes
            key: axe
            units: { min: 0, max: 3, label: Axe }
            items: [{ id: genre, kind: single, label: Genre, choices: [{ code: oui, label: Oui }] }]
";

fn it() -> Engine {
    engine(&SOURCE.replace("'zz'", "'c' and un = 'a'"))
}

fn pool(engine: &Engine, n: usize) -> Vec<Sheet> {
    (0..n as u64).map(|nth| plausible(engine, 5, nth)).collect()
}

#[track_caller]
fn refused(file: &Value, expected: &[&str]) {
    let errors = Marginals::read(&it(), file).unwrap_err();
    let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
    for (error, expected) in errors.iter().zip(expected) {
        assert!(error.starts_with(expected), "{error}");
    }
    assert_eq!(errors.len(), expected.len(), "{errors:?}");
}

#[test]
fn what_is_no_marginals_file_is_refused() {
    refused(&json!([]), &["marginals: an object"]);
    refused(
        &json!({ "un": 1, "du": {} }),
        &["du: the questionnaire has no", "un: an object"],
    );
    refused(&json!({ "un": { "d": 1 } }), &["un: there is no choice d"]);
    refused(&json!({ "un": { "nsp": 1 } }), &["un: nsp means"]);
    refused(&json!({ "un": { "a": -1 } }), &["un: numbers are"]);
    refused(&json!({ "un": { "a": 0 } }), &["un: numbers are"]);
    refused(
        &json!({ "un": { "a": 0.7, "b": 0.5 } }),
        &["un: give shares"],
    );
    refused(
        &json!({ "un": { "a": 0.1, "b": 0.1, "c": 0.1 } }),
        &["un: the shares"],
    );
    refused(
        &json!({ "plusieurs": { "x": 12 } }),
        &["plusieurs: give shares"],
    );
    for item in [
        "nb",
        "grille",
        "axes",
        "genre",
        "axes.genre",
        "axes[1].genre",
    ] {
        refused(
            &json!({ item: { "oui": 1 } }),
            &[&format!("{item}: only what is asked once")],
        );
    }
}

#[test]
fn a_cohort_has_the_marginals_it_was_asked_for() {
    let engine = it();
    let file = json!({
        "un": { "a": 0.7, "b": 0.2 },
        "plusieurs": { "x": 0.25, "y": 0.9 },
        "grille[r]": { "oui": 30, "non": 10 },
        "grille[s]": { "oui": 0.5, "non": 0.5 },
        "meme": { "a": 70, "b": 20, "c": 10 },
    });
    let marginals = Marginals::read(&engine, &file).unwrap();
    let n = 200;
    let raked = rake(&engine, &marginals, &pool(&engine, pool_size(n)), n, 9);
    assert!(raked.report.met);
    assert_eq!(raked.report.unmet, Vec::<String>::new());
    assert_eq!(raked.sheets.len(), n);
    let asked = [0.7, 0.2, 0.25, 0.9, 0.25, 0.75, 0.5, 0.5, 0.7, 0.2, 0.1];
    assert_eq!(raked.report.shares.len(), asked.len());
    for share in &raked.report.shares {
        assert!(
            asked.iter().any(|it| (it - share.asked).abs() < 1e-12),
            "{share:?}"
        );
        assert!((share.weighted - share.asked).abs() < 1e-5, "{share:?}");
        assert!(
            (share.obtained.unwrap() - share.asked).abs() < 0.015,
            "{share:?}"
        );
    }
    let mut ids: Vec<_> = raked.sheets.iter().map(|it| it.meta.id.clone()).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), n);
    assert!(
        raked
            .sheets
            .iter()
            .all(|it| engine.load(it).verdict(None).complete)
    );
    let again = rake(&engine, &marginals, &pool(&engine, pool_size(n)), n, 9);
    assert_eq!(raked, again);
}

/// Who did not answer counts for as much as before: a marginal speaks of those who did.
#[test]
fn who_did_not_answer_keeps_their_weight() {
    let engine = it();
    let file = json!({ "un": { "a": 0.9, "b": 0.1, "c": 0 } });
    let marginals = Marginals::read(&engine, &file).unwrap();
    let pool = pool(&engine, 500);
    let it = weights(&engine, &marginals, &pool);
    let answered = |it: &Sheet| {
        let un = it.answers.get("un");
        un.is_some_and(|it| it.as_str().is_some_and(|it| it != "nsp"))
    };
    let silent = pool.iter().zip(&it.weights).filter(|it| !answered(it.0));
    let silent: Vec<f64> = silent.map(|it| *it.1).collect();
    assert!(silent.len() > 10);
    assert!(
        silent.iter().all(|it| (it - 1.0).abs() < 1e-6),
        "{silent:?}"
    );
}

#[test]
fn what_nobody_has_is_reported() {
    let engine = it();
    let file = json!({ "plusieurs": { "z": 0.5 }, "un": { "a": 1 } });
    let marginals = Marginals::read(&engine, &file).unwrap();
    let raked = rake(&engine, &marginals, &pool(&engine, 400), 20, 9);
    assert!(!raked.report.met);
    assert_eq!(raked.report.unmet, ["plusieurs.z"]);
    let json = serde_json::to_value(&raked.report).unwrap();
    assert_eq!(json["shares"][0]["item"], "plusieurs");
    assert_eq!(json["shares"][0]["obtained"], json!(0.0));
    assert_eq!(json["shares"][1]["obtained"], json!(1.0));
    // Nobody at all.
    let raked = rake(&engine, &marginals, &[], 20, 9);
    assert_eq!(raked.sheets.len(), 0);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn weights_are_positive_and_meet_what_can_be_met(
        a in 1_u32..50, b in 1_u32..50, c in 0_u32..50, x in 0.05_f64..0.95, oui in 1_u32..9,
    ) {
        let engine = it();
        let file = json!({
            "un": { "a": a, "b": b, "c": c },
            "plusieurs": { "x": x },
            "grille[r]": { "oui": oui, "non": 3 },
        });
        let marginals = Marginals::read(&engine, &file).unwrap();
        let pool = pool(&engine, 600);
        let it = weights(&engine, &marginals, &pool);
        prop_assert!(it.met);
        prop_assert!(it.weights.iter().all(|it| *it > 0.0 && it.is_finite()));
        let mean = it.weights.iter().sum::<f64>() / 600.0;
        prop_assert!((mean - 1.0).abs() < 1e-9);
        let total = f64::from(a + b + c);
        let share = |code: &str| -> f64 {
            let answered = pool.iter().zip(&it.weights);
            let answered = answered.filter(|it| ["a", "b", "c"].iter().any(|code| it.0.answers.get("un") == Some(&json!(code))));
            let (mut all, mut have) = (0.0, 0.0);
            for (sheet, weight) in answered {
                all += weight;
                if sheet.answers["un"] == code { have += weight; }
            }
            have / all
        };
        prop_assert!((share("a") - f64::from(a) / total).abs() < 1e-4);
        prop_assert!((share("b") - f64::from(b) / total).abs() < 1e-4);
    }
}
