//! What pages and the review show of answers.

use questionnaire::{page_view, review_view};

use super::rosters::ROSTER;
use crate::judge::{engine, sheet};

#[test]
fn the_review_reads_unit_by_unit_and_leads_to_what_is_wrong() {
    let engine = engine(ROSTER);
    let draft = sheet(
        r#"{"axes": [{"unit": "1", "nom": "un", "type": "autre", "type.autre": "x"}, {"unit": "2"}], "m": ["a", "b"]}"#,
    );
    let review = review_view(&engine, &draft, "fr");
    let lines: Vec<_> = review
        .pages
        .iter()
        .flat_map(|it| &it.lines)
        .map(|it| format!("{} : {}", it.label, it.answer.join(", ")))
        .collect();
    assert_eq!(
        lines,
        [
            "Axe 1 — Nom : un",
            "Axe 1 — Type : Autre : x",
            "Axe 2 — Nom : ",
            "Axe 2 — Type : ",
            "M : A, B",
            "A — X : ",
            "B — X : "
        ],
    );
    let [(to, failure)] = &review.failures[..] else {
        panic!("{:?}", review.failures)
    };
    assert_eq!(
        (to.as_str(), failure.key.as_str(), failure.label.as_str()),
        ("p1", "axes[2].nom", "Nom")
    );
    assert!(!review.can_submit);
}

#[test]
fn what_cannot_be_read_is_shown_as_it_was_typed() {
    let engine = engine(
        "
id: essai
title: Essai
blocks:
- id: b
  pages:
  - id: p
    items:
    - {id: n, kind: quantity, label: N}
    - {id: d, kind: date, label: D}
    - {id: m, kind: multiple, label: M, choices: [{code: a, label: A}, {code: b, label: B}]}
    - {id: r, kind: rank, label: R, choices: [{code: a, label: A}, {code: b, label: B}]}
",
    );
    let draft = sheet(r#"{"n": "2 ou 3", "d": "2026-31-x", "m": ["b", "zz"], "r": ["b", "b"]}"#);
    let view = serde_json::to_value(page_view(&engine, &draft, "p", "fr").unwrap()).unwrap();
    let widget = |nth: usize| &view["elements"][nth]["widget"];
    assert_eq!(widget(0)["value"], "2 ou 3");
    assert_eq!(
        [&widget(1)["day"], &widget(1)["month"], &widget(1)["year"]],
        ["x", "31", "2026"]
    );
    assert_eq!(
        [
            &widget(2)["choices"][0]["selected"],
            &widget(2)["choices"][1]["selected"]
        ],
        [false, true]
    );
    assert_eq!(widget(3)["choices"][1]["rank"], 1);
}
