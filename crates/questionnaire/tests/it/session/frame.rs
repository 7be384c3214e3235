//! Variables of the sampling frame: read like answers, shown to nobody, changed by nobody.

use super::{next, page, post};
use questionnaire::session::{self, Event, Go, Submission};
use questionnaire::{Sheet, check, page_view, review_view};
use serde_json::{Value, json};

const SURVEY: &str = "
id: essai
title: Essai
frame:
- {id: region, kind: single, label: Région, choices: [{code: idf, label: Île-de-France}, {code: bzh, label: Bretagne}]}
- {id: taille, kind: quantity, label: Habitants, column: population, min: 0}
fills: [{id: lieu, cases: [{when: region = 'idf', text: en Île-de-France}], fallback: en France}]
blocks:
- id: b
  filter: region = 'idf' or region = 'bzh'
  pages:
  - id: p
    items:
    - {id: vu, kind: single, label: 'Et {lieu}, à {region} ?', choices: [{code: oui, label: Oui}]}
  - id: q
    filter: taille > 1000
    items:
    - {id: ville, kind: text, label: Ville}
- id: c
  pages: [{id: r, items: [{id: fin, kind: text, label: Fin}]}]
";

fn sheet(answers: &Value) -> Sheet {
    serde_json::from_value(json!({ "answers": answers })).unwrap()
}

#[test]
fn what_the_sample_says_routes_and_fills() {
    let engine = check(SURVEY).engine.unwrap();
    let idf = sheet(&json!({ "region": "idf", "taille": 5000 }));
    assert_eq!(session::first_page(&engine, &idf), page("p"));
    let view = page_view(&engine, &idf, "p", "fr").unwrap();
    let text = serde_json::to_string(&view).unwrap();
    assert!(
        text.contains("Et en Île-de-France, à Île-de-France ?"),
        "{text}"
    );
    assert_eq!((view.step, view.steps, view.has_previous), (1, 3, false));
    let step = next(&engine, &idf, "p", &[("vu", "oui".into())]);
    assert_eq!(step.to, page("q"));
    // Known from the first page on, however far somebody came.
    let state = |sheet: &Sheet, key: &str| {
        let evaluation = engine.load(sheet).evaluation;
        evaluation.state(engine.layout.slot(key).unwrap()).code()
    };
    assert_eq!(state(&step.sheet, "taille"), "answered");
    assert_eq!(state(&step.sheet, "ville"), "no_answer");
    // Of whoever comes without an invitation, nothing is known.
    let open = sheet(&json!({}));
    assert_eq!(session::first_page(&engine, &open), page("r"));
    assert_eq!(state(&open, "region"), "no_answer");
    assert_eq!(state(&open, "vu"), "not_asked");
}

#[test]
fn nobody_sees_it_as_a_question_or_changes_it() {
    let engine = check(SURVEY).engine.unwrap();
    let given = sheet(&json!({ "region": "idf", "taille": 5000 }));
    let forged = [
        ("region", "bzh".into()),
        ("taille", 1.into()),
        ("vu", "oui".into()),
    ];
    let step = post(&engine, &given, "p", &forged, Go::Next);
    let misfits: Vec<_> = step.misfits.iter().map(|it| it.item.as_str()).collect();
    assert_eq!(misfits, ["region", "taille"]);
    let Submission::Ready { sheet: stored, .. } = session::submission(&engine, &step.sheet) else {
        panic!("it can be submitted");
    };
    assert_eq!(
        Value::Object(stored.answers),
        json!({ "region": "idf", "taille": 5000, "vu": "oui" })
    );
    // Their page cannot be opened, and what is posted to it stays without effect.
    assert!(!session::may_open(&engine, &given, "$frame"));
    let event = Event {
        page: "$frame".to_owned(),
        answers: vec![("region".to_owned(), "bzh".into())],
        shown: Vec::new(),
        confirmed: Vec::new(),
        go: Go::Next,
    };
    let step = session::step(&engine, &given, &event).unwrap();
    assert_eq!(step.sheet.answers["region"], "idf");
    let review = review_view(&engine, &given, "fr");
    let pages: Vec<_> = review.pages.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(pages, ["p", "q", "r"]);
}
