//! Estimated times: more to read and more to answer never takes less.

use proof::duration::{Pace, seconds, seconds_at};
use proof::{Estimate, plausible};
use questionnaire::{Engine, Sheet};
use serde_json::{Value, json};

use crate::real::{engine, questionnaires};

const SOURCE: &str = "
id: essai
title: { fr: Un titre, en: A title of five words }
introduction: Bonjour à vous !
blocks:
  - id: b
    title: Bloc
    pages:
      - id: p
        items:
          - id: un
            kind: single
            label: Quelle réponse ?
            choices: [{ code: a, label: Première }, { code: b, label: Deuxième réponse, specify: {} }]
      - id: q
        filter: un = 'a'
        items:
          - { id: mots, kind: text, label: Pourquoi ?, multiline: true }
          - id: grille
            kind: grid
            label: Et là ?
            cells: quantity
            min: 0
            rows: [{ code: r, label: Rang un }, { code: s, label: Rang deux }]
";

fn sheet(answers: &Value) -> Sheet {
    serde_json::from_value(json!({ "answers": answers })).unwrap()
}

#[track_caller]
fn check(engine: &Engine, answers: &Value, lang: &str, expected: f64) {
    // A word a second, and round numbers.
    let pace = Pace {
        words_a_minute: 60.0,
        ..Pace::of("fr")
    };
    let seconds = seconds_at(engine, &sheet(answers), lang, &pace);
    assert!(
        (seconds - expected).abs() < 1e-9,
        "{seconds} instead of {expected}"
    );
}

#[test]
fn what_is_shown_is_read_and_what_is_asked_is_answered() {
    let engine = engine(SOURCE);
    // Title 2, introduction 3, block 1, question 2, choices 3; page 2, review 15.
    let read = 2.0 + 3.0 + 1.0 + 2.0 + 3.0 + 2.0 + 15.0;
    check(&engine, &json!({}), "fr", read + 1.0);
    check(&engine, &json!({}), "en", read + 1.0 + 3.0);
    check(&engine, &json!({ "un": "b" }), "fr", read + 4.0);
    check(
        &engine,
        &json!({ "un": "b", "un.b": "ceci" }),
        "fr",
        read + 4.0 + 12.0,
    );
    // The second page: 1 + 2 + 4 words; an answer of several lines, a number and an empty row.
    let second = 2.0 + 7.0 + 40.0 + 7.0 + 1.0;
    check(
        &engine,
        &json!({ "un": "a", "mots": "Parce que", "grille": { "r": 1 } }),
        "fr",
        read + 4.0 + second,
    );
}

#[test]
fn who_stops_midway_is_counted_so_far() {
    let engine = engine(SOURCE);
    let mut it = sheet(&json!({ "un": "a" }));
    let whole = seconds(&engine, &it, "fr");
    it.meta.reached = Some("p".to_owned());
    assert!(seconds(&engine, &it, "fr") < whole - Pace::of("fr").review);
}

#[test]
fn the_real_questionnaires_take_minutes() {
    for (name, source) in questionnaires() {
        let engine = engine(&source);
        let sheets: Vec<Sheet> = (0..30).map(|nth| plausible(&engine, 1, nth)).collect();
        let it = Estimate::of(&engine, &sheets, "fr").unwrap();
        assert!(
            it.shortest <= it.typical && it.typical <= it.longest,
            "{name} {it:?}"
        );
        assert!(
            it.shortest > 30.0 && it.longest < 3.0 * 3_600.0,
            "{name} {it:?}"
        );
    }
    let engine = engine(SOURCE);
    assert_eq!(Estimate::of(&engine, &[], "fr"), None);
}
