//! Who may go on with another version: from outside, by what a respondent without a screen was really shown.

use proptest::prelude::*;
use questionnaire::document::edit::apply;
use questionnaire::{Engine, Keep, Sheet, Stays, carry, compile_document, page_view, session};
use serde_json::json;
use testkit::{Respondent, Tape, cases, edits};

const BEGUN: &str = "
id: essai
title: Essai
languages: [fr, en]
blocks:
  - id: b
    pages:
      - id: p1
        items:
          - {id: ici, kind: single, label: {fr: Ici, en: Here}, choices: [{code: oui, label: {fr: Oui, en: Yes}}, {code: non, label: {fr: Non, en: No}}]}
          - {id: age, kind: quantity, label: {fr: Âge, en: Age}, min: 0, max: 120}
      - id: p2
        filter: ici = 'oui'
        items:
          - {id: mot, kind: text, label: {fr: Un mot, en: A word}}
      - id: p3
        items:
          - {id: fin, kind: text, label: {fr: Fin, en: End}}
";

fn engine(source: &str) -> Engine {
    let checked = questionnaire::check(source);
    let found = checked.diagnostics;
    checked.engine.unwrap_or_else(|| panic!("{found:#?}"))
}

#[expect(clippy::needless_pass_by_value, reason = "written in place")]
fn begun(reached: &str, answers: serde_json::Value) -> Sheet {
    serde_json::from_value(json!({"meta": {"reached": reached}, "answers": answers})).unwrap()
}

#[track_caller]
fn check(from: &str, to: &str, sheet: &Sheet, expected: Result<(), Stays>) {
    let new = BEGUN.replacen(from, to, 1);
    assert!(from.is_empty() || new != BEGUN, "{from} is not there");
    assert_eq!(
        carry(&engine(BEGUN), &engine(&new), sheet),
        expected,
        "{from} → {to}"
    );
}

#[test]
fn whoever_has_seen_nothing_else_goes_on() {
    let on_p1 = begun("p1", json!({"ici": "oui", "age": 40}));
    let on_p3 = begun("p3", json!({"ici": "non", "age": 40}));
    let shown = Err(Stays::Shown);
    for (from, to, first, last) in [
        ("", "", Ok(()), Ok(())),
        // What comes later may be anything, until it was shown.
        ("Un mot", "Deux mots", Ok(()), Ok(())),
        ("fr: Fin", "fr: La fin", Ok(()), shown),
        ("id: fin", "id: conclusion", Ok(()), shown),
        (
            "      - id: p3",
            "      - {id: p4, items: [{id: plus, kind: text, label: Plus}]}\n      - id: p3",
            Ok(()),
            shown,
        ),
        // Words, in a language that they may not read.
        ("en: Age", "en: Your age", shown, shown),
        // Bounds, choices, order, a question more.
        ("max: 120", "max: 110", shown, shown),
        ("max: 120", "max: 30", Err(Stays::Shown), shown),
        (
            "{code: non,",
            "{code: bof, label: Bof}, {code: non,",
            shown,
            shown,
        ),
        ("code: non,", "code: nan,", shown, Err(Stays::Answers)),
        (
            "          - {id: age",
            "          - {id: nom, kind: text, label: Nom}\n          - {id: age",
            shown,
            shown,
        ),
        (
            "id: age",
            "id: annees",
            Err(Stays::Answers),
            Err(Stays::Answers),
        ),
        (
            "kind: quantity",
            "kind: money",
            Err(Stays::Answers),
            Err(Stays::Answers),
        ),
        // A page that was not on their path is on it.
        ("filter: ici = 'oui'", "filter: ici = 'non'", Ok(()), shown),
        (
            "languages: [fr, en]",
            "languages: [fr, en, de]",
            shown,
            shown,
        ),
    ] {
        check(from, to, &on_p1, first);
        check(from, to, &on_p3, last);
    }
}

/// What they answered on a page that a later answer took off their path is kept, and comes back to other words.
#[test]
fn whoever_answered_what_is_off_path_now_stays_if_it_changed() {
    let back = begun("p3", json!({"ici": "non", "age": 40, "mot": "bonjour"}));
    check("Un mot", "Deux mots", &back, Err(Stays::Shown));
    check("", "", &back, Ok(()));
    let without = begun("p3", json!({"ici": "non", "age": 40}));
    check("Un mot", "Deux mots", &without, Ok(()));
}

#[test]
fn a_check_that_fails_what_they_answered_keeps_them() {
    let sheet = begun("p1", json!({"ici": "oui", "age": 40}));
    let with = |limit: u32| {
        let checks = format!("max: 120, checks: [{{id: c, require: age < {limit}, message: Non}}]");
        BEGUN.replacen("max: 120", &checks, 1)
    };
    let old = engine(BEGUN);
    assert_eq!(
        carry(&old, &engine(&with(30)), &sheet),
        Err(Stays::Failures)
    );
    assert_eq!(carry(&old, &engine(&with(50)), &sheet), Ok(()));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn what_they_saw_and_said_is_the_same_where_they_go_on(
        case in cases(),
        n_steps in 0..12_usize,
        n_edits in 0..4_usize,
        tape in prop::collection::vec(any::<u32>(), 0..80),
    ) {
        let old = case.engine();
        let walk = Respondent::new(&old, &case.plausible).walk(n_steps);
        prop_assert_eq!(carry(&old, &old, &walk.sheet), Ok(()), "the same version");

        let mut document = case.questionnaire.clone();
        for edit in edits(&document, n_edits, &mut Tape::of_list(tape)) {
            prop_assume!(apply(&mut document, &edit).is_ok());
        }
        let Ok(new) = compile_document(&document) else { return Ok(()) };
        if carry(&old, &new, &walk.sheet).is_err() {
            return Ok(());
        }
        let (was, is) = (old.load(&walk.sheet), new.load(&walk.sheet));
        // Nothing they said is lost or read otherwise.
        prop_assert_eq!(
            was.evaluation.to_answers(Keep::Everything),
            is.evaluation.to_answers(Keep::Everything)
        );
        prop_assert!(is.misfits.is_empty());
        let Some(reached) = walk.sheet.meta.reached.clone() else { return Ok(()) };
        let last = new.instrument.page(&reached);
        prop_assert!(last.is_some());
        // Where the walk ends they are being led to one more page.
        let mut led_to = Vec::new();
        for page in &new.instrument.pages[..=last.unwrap() as usize] {
            if !session::may_open(&new, &walk.sheet, &page.id) {
                continue;
            }
            let [before, after] = [&old, &new].map(|it| page_view(it, &walk.sheet, &page.id, "fr"));
            let (Some(before), Some(after)) = (before, after) else {
                return Err(TestCaseError::fail("a page that only one has"));
            };
            // Whatever counts as shown was shown, by what the respondent remembers, or is known not to be.
            let unseen = &walk.sheet.meta.unseen;
            let knows = |key: &String| walk.shown.contains(key) || unseen.contains(key);
            if !after.shown.iter().all(knows) {
                led_to.push(page.id.clone());
            }
            prop_assert_eq!(before.elements, after.elements);
        }
        prop_assert!(led_to.len() <= 1, "{:?} were never shown", led_to);
    }
}
