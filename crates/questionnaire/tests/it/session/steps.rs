//! What one posted page does: to the draft, and to where the respondent goes.

use questionnaire::session::{self, Event, Go, Submission};
use questionnaire::{FailureCode, Sheet, page_view};
use serde_json::{Value, json};

use super::{next, page, post};
use crate::judge::{engine, sheet};

const REVEALS: &str = "
id: essai
title: Essai
blocks:
- id: b
  pages:
  - id: p1
    items:
    - {id: a, kind: consent, label: A}
    - {id: b, kind: text, label: B, filter: a, required: true}
    - {id: s, kind: statement, label: S, filter: not a}
  - id: p2
    items:
    - {id: c, kind: text, label: C}
";

const CHECKS: &str = "
id: essai
title: Essai
blocks:
- id: b
  pages:
  - id: p1
    items:
    - {id: total, kind: quantity, label: Total}
    - id: part
      kind: quantity
      label: Part
      checks:
      - {id: moitie, require: part * 2 <= total, severity: soft, message: 'Plus de la moitié de {total} ?'}
  - id: p2
    items:
    - {id: fin, kind: text, label: Fin}
";

#[test]
fn what_an_answer_reveals_on_the_page_is_shown_before_going_on() {
    let engine = engine(REVEALS);
    let step = next(&engine, &Sheet::default(), "p1", &[("a", json!(true))]);
    assert_eq!(step.to, page("p1"));
    let view = page_view(&engine, &step.sheet, "p1", "fr").unwrap();
    assert_eq!(view.shown, ["a", "b"]);
    assert_eq!(
        view.failures,
        [],
        "a question seen for the first time is not yet wrong"
    );
    // Now it has been seen, and is.
    let step = next(&engine, &step.sheet, "p1", &[]);
    assert_eq!(step.to, page("p1"));
    let view = page_view(&engine, &step.sheet, "p1", "fr").unwrap();
    assert_eq!(
        (
            view.failures[0].key.as_str(),
            view.failures[0].code.as_str()
        ),
        ("b", "required")
    );
    let step = next(&engine, &step.sheet, "p1", &[("b", json!("x"))]);
    assert_eq!(step.to, page("p2"));
    // A statement is something to be seen as well.
    let step = next(&engine, &step.sheet, "p1", &[("a", json!(false))]);
    assert_eq!(step.to, page("p1"));
}

#[test]
fn with_scripts_the_reveal_has_been_seen_already() {
    let engine = engine(REVEALS);
    let event = Event {
        page: "p1".to_owned(),
        answers: vec![("a".to_owned(), json!(true)), ("b".to_owned(), json!("x"))],
        shown: vec!["a".to_owned(), "b".to_owned()],
        confirmed: Vec::new(),
        go: Go::Next,
    };
    assert_eq!(
        session::step(&engine, &Sheet::default(), &event)
            .unwrap()
            .to,
        page("p2")
    );
}

#[test]
fn going_back_checks_nothing_and_keeps_everything() {
    let engine = engine(REVEALS);
    let step = next(&engine, &Sheet::default(), "p1", &[("a", json!(false))]);
    let step = post(
        &engine,
        &step.sheet,
        "p2",
        &[("c", json!("à moitié"))],
        Go::Back,
    );
    assert_eq!(step.to, page("p1"));
    // The first page has nothing before it.
    let step = post(
        &engine,
        &step.sheet,
        "p1",
        &[("a", json!(true)), ("b", json!(7))],
        Go::Back,
    );
    assert_eq!(step.to, page("p1"));
    let kept = json!({ "a": true, "b": 7, "c": "à moitié" });
    assert_eq!(Value::from(step.sheet.answers.clone()), kept);
    assert_eq!(step.sheet.meta.reached.as_deref(), Some("p2"));
}

#[test]
fn saving_stays_and_says_nothing_of_what_is_missing() {
    let engine = engine(REVEALS);
    let step = post(
        &engine,
        &Sheet::default(),
        "p1",
        &[("a", json!(true))],
        Go::Save,
    );
    assert_eq!(step.to, page("p1"));
    assert_eq!(
        page_view(&engine, &step.sheet, "p1", "fr")
            .unwrap()
            .failures,
        []
    );
}

#[test]
fn off_path_answers_stay_in_the_draft_and_are_dropped_at_submission() {
    let engine = engine(REVEALS);
    let draft = sheet(r#"{"a": true, "b": "gardé", "c": "x"}"#);
    let step = next(&engine, &draft, "p1", &[("a", json!(false))]);
    assert_eq!(step.sheet.answers["b"], "gardé");
    let Submission::Ready { sheet, dropped } = session::submission(&engine, &step.sheet) else {
        panic!("nothing is wrong")
    };
    assert_eq!(dropped, ["b"]);
    assert_eq!(Value::from(sheet.answers), json!({ "a": false, "c": "x" }));
    // Changing one's mind brings the answer back.
    let step = next(&engine, &step.sheet, "p1", &[("a", json!(true))]);
    assert_eq!(
        engine.load(&step.sheet).evaluation.off_path(),
        Vec::<String>::new()
    );
}

#[test]
fn an_empty_field_clears_its_answer_and_a_field_that_is_not_posted_keeps_it() {
    let engine = engine(REVEALS);
    let draft = sheet(r#"{"a": false, "c": "x"}"#);
    let step = post(&engine, &draft, "p2", &[], Go::Save);
    assert_eq!(step.sheet.answers["c"], "x");
    let step = post(&engine, &step.sheet, "p2", &[("c", json!(""))], Go::Save);
    assert!(!step.sheet.answers.contains_key("c"));
}

#[test]
fn forged_fields_are_told_and_change_nothing() {
    let engine = engine(REVEALS);
    let forged = [
        ("zz", json!(1)),
        ("s", json!("x")),
        ("a.b", json!("x")),
        ("c", json!({ "x": [1] })),
    ];
    let step = post(&engine, &Sheet::default(), "p2", &forged, Go::Next);
    let misfits: Vec<_> = step
        .misfits
        .iter()
        .map(|it| (it.item.as_str(), it.code.clone()))
        .collect();
    let unknown = FailureCode::UnknownItem;
    assert_eq!(
        misfits,
        [
            ("zz", unknown.clone()),
            ("s", unknown.clone()),
            ("a.b", unknown)
        ]
    );
    // A wrong value is kept as it was typed, and stands in the way.
    assert_eq!(step.to, page("p2"));
    assert_eq!(step.sheet.answers["c"], json!({ "x": [1] }));
    let nowhere = Event {
        page: "p9".to_owned(),
        answers: Vec::new(),
        shown: Vec::new(),
        confirmed: Vec::new(),
        go: Go::Next,
    };
    assert_eq!(session::step(&engine, &Sheet::default(), &nowhere), None);
}

#[test]
fn a_soft_check_asks_once_and_is_asked_again_when_it_fails_anew() {
    let engine = engine(CHECKS);
    let answers = [("total", json!(10)), ("part", json!(8))];
    let step = next(&engine, &Sheet::default(), "p1", &answers);
    assert_eq!(step.to, page("p1"));
    let view = page_view(&engine, &step.sheet, "p1", "fr").unwrap();
    let [failure] = &view.failures[..] else {
        panic!("{:?}", view.failures)
    };
    assert_eq!(
        (failure.code.as_str(), failure.message.as_str()),
        ("check:moitie", "Plus de la moitié de 10 ?")
    );
    let confirm = |draft: &Sheet, confirmed: &str| {
        let event = Event {
            page: "p1".to_owned(),
            answers: Vec::new(),
            shown: vec!["total".to_owned(), "part".to_owned()],
            confirmed: vec![confirmed.to_owned(), "inventé check:x".to_owned()],
            go: Go::Next,
        };
        session::step(&engine, draft, &event).unwrap()
    };
    assert_eq!(confirm(&step.sheet, "part check:autre").to, page("p1"));
    let step = confirm(&step.sheet, "part check:moitie");
    assert_eq!(step.to, page("p2"));
    assert_eq!(
        step.sheet.meta.confirmed,
        ["part check:moitie"],
        "and nothing that does not fail"
    );
    assert!(matches!(
        session::submission(&engine, &step.sheet),
        Submission::Ready { .. }
    ));
    // Another wrong answer is the same check failing still; a right one ends it.
    let step = next(&engine, &step.sheet, "p1", &[("part", json!(9))]);
    assert_eq!(step.to, page("p2"));
    let step = next(&engine, &step.sheet, "p1", &[("part", json!(1))]);
    let step = next(&engine, &step.sheet, "p1", &[("part", json!(9))]);
    assert_eq!(step.to, page("p1"));
    let Submission::Refused(failures) = session::submission(&engine, &step.sheet) else {
        panic!("nobody confirmed it")
    };
    assert_eq!(failures[0].code.code(), "check:moitie");
}
