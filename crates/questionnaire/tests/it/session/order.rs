//! Which pages may be opened, and when those behind are shown again.

use questionnaire::Sheet;
use questionnaire::session::{self, Place};
use serde_json::json;

use super::{next, page};
use crate::judge::engine;

const BACKWARDS: &str = "
id: essai
title: Essai
blocks:
- id: b
  pages:
  - id: p1
    items:
    - {id: a, kind: text, label: A}
    - {id: b, kind: text, label: B, filter: z, required: true}
  - id: p2
    filter: z
    items:
    - {id: c, kind: text, label: C}
  - id: p3
    items:
    - {id: z, kind: consent, label: Z}
  - id: p4
    items:
    - {id: d, kind: text, label: D}
";

#[test]
fn what_an_answer_reveals_on_an_earlier_page_is_shown_before_going_on() {
    let engine = engine(BACKWARDS);
    let step = next(&engine, &Sheet::default(), "p1", &[]);
    assert_eq!(step.to, page("p3"));
    let step = next(&engine, &step.sheet, "p3", &[("z", json!(true))]);
    assert_eq!(step.to, page("p1"));
    assert_eq!(step.sheet.meta.unseen, ["b", "c"]);
    let step = next(&engine, &step.sheet, "p1", &[("b", json!("x"))]);
    assert_eq!(step.to, page("p2"));
    let step = next(&engine, &step.sheet, "p2", &[]);
    assert_eq!((&step.to, step.sheet.meta.unseen.len()), (&page("p3"), 0));
    let step = next(&engine, &step.sheet, "p3", &[]);
    let step = next(&engine, &step.sheet, "p4", &[]);
    assert_eq!(step.to, Place::Review);
    // What is hidden again need not be seen.
    let step = next(&engine, &Sheet::default(), "p3", &[("z", json!(true))]);
    let step = next(&engine, &step.sheet, "p3", &[("z", json!(false))]);
    assert_eq!(step.to, page("p4"));
}

#[test]
fn only_what_the_walk_has_come_to_may_be_opened() {
    let engine = engine(BACKWARDS);
    let fresh = Sheet::default();
    let open = |draft: &Sheet| -> Vec<&str> {
        ["p1", "p2", "p3", "p4", "p9"]
            .into_iter()
            .filter(|it| session::may_open(&engine, draft, it))
            .collect()
    };
    assert_eq!(session::first_page(&engine, &fresh), page("p1"));
    assert_eq!(open(&fresh), ["p1"]);
    let step = next(&engine, &fresh, "p1", &[]);
    assert_eq!(open(&step.sheet), ["p1", "p3"]);
    let step = next(&engine, &step.sheet, "p3", &[("z", json!(true))]);
    assert_eq!(open(&step.sheet), ["p1", "p2", "p3"]);
    assert_eq!(
        session::last_page(&engine, &step.sheet).as_deref(),
        Some("p4")
    );
}
