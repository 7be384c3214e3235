//! Walks through groups of questions that repeat.

use questionnaire::session::{Go, Place};
use questionnaire::view::Element;
use questionnaire::{Sheet, page_view};
use serde_json::{Value, json};

use super::{next, page, post};
use crate::judge::{engine, sheet};

pub(super) const ROSTER: &str = "
id: essai
title: Essai
blocks:
- id: b
  pages:
  - id: p1
    items:
    - id: axes
      kind: roster
      label: Axes
      units: {min: 1, max: 3, label: Axe}
      items:
      - {id: nom, kind: text, label: Nom, required: true}
      - id: type
        kind: single
        label: Type
        choices: [{code: a, label: A}, {code: autre, label: Autre, specify: {}}]
  - id: p2
    items:
    - {id: m, kind: multiple, label: M, choices: [{code: a, label: A}, {code: b, label: B}]}
  - id: p3
    items:
    - {id: r, kind: roster, label: R, over: m, items: [{id: x, kind: text, label: X}]}
";

#[test]
fn free_units_come_and_go() {
    let engine = engine(ROSTER);
    let units = |draft: &Sheet| -> Vec<String> {
        let view = page_view(&engine, draft, "p1", "fr").unwrap();
        let Element::Roster(it) = &view.elements[0] else {
            panic!("{view:?}")
        };
        it.units
            .iter()
            .map(|it| format!("{} {}", it.key, it.label))
            .collect()
    };
    let step = next(&engine, &Sheet::default(), "p1", &[]);
    assert_eq!(step.to, page("p1"));
    let view = page_view(&engine, &step.sheet, "p1", "fr").unwrap();
    assert_eq!(
        (
            view.failures[0].key.as_str(),
            view.failures[0].code.as_str()
        ),
        ("axes", "required")
    );
    let mut draft = step.sheet;
    for _ in 0..5 {
        draft = post(
            &engine,
            &draft,
            "p1",
            &[],
            Go::Add {
                roster: "axes".to_owned(),
            },
        )
        .sheet;
    }
    assert_eq!(units(&draft), ["1 Axe 1", "2 Axe 2", "3 Axe 3"]);
    let answers = [
        ("axes[1].nom", json!("un")),
        ("axes[2].nom", json!("deux")),
        ("axes[3].nom", json!("trois")),
        ("axes[3].type", json!("autre")),
        ("axes[3].type.autre", json!("précisé")),
    ];
    let draft = post(&engine, &draft, "p1", &answers, Go::Save).sheet;
    // Those after it move up, with their texts.
    let remove = Go::Remove {
        roster: "axes".to_owned(),
        unit: "2".to_owned(),
    };
    let draft = post(&engine, &draft, "p1", &[], remove.clone()).sheet;
    assert_eq!(units(&draft), ["1 Axe 1", "2 Axe 2"]);
    let expected = json!({ "axes": [
        { "unit": "1", "nom": "un" },
        { "unit": "2", "nom": "trois", "type": "autre", "type.autre": "précisé" },
    ] });
    assert_eq!(Value::from(draft.answers.clone()), expected);
    let draft = post(&engine, &draft, "p1", &[], remove.clone()).sheet;
    let draft = post(&engine, &draft, "p1", &[], remove).sheet;
    assert_eq!(
        Value::from(draft.answers),
        json!({ "axes": [{ "unit": "1", "nom": "un" }] })
    );
}

#[test]
fn a_page_whose_roster_has_no_units_is_left_out() {
    let engine = engine(ROSTER);
    let draft = sheet(r#"{"axes": [{"unit": "1", "nom": "un"}]}"#);
    assert_eq!(
        next(&engine, &draft, "p2", &[("m", json!([]))]).to,
        Place::Review
    );
    let step = next(&engine, &draft, "p2", &[("m", json!(["b"]))]);
    assert_eq!(step.to, page("p3"));
    assert_eq!(
        page_view(&engine, &step.sheet, "p3", "fr").unwrap().shown,
        ["r[b].x", "r"]
    );
}
