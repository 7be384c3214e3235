//! What a new version changes: by hand, and by brute force over the answers of both versions.

mod brute;
mod edit;
mod stored;
mod walk;

use proof::Budget;
use proof::impact::{Impact, ItemImpact, Series, impact};

use crate::real::engine;

/// A questionnaire of one block and page.
fn page(items: &str) -> String {
    format!("id: e\ntitle: E\nblocks:\n- id: b\n  pages:\n  - id: p\n    items:\n{items}")
}

fn compare(old: &str, new: &str) -> Impact {
    impact(&engine(old), &engine(new), &Budget::default())
}

/// An item in a line: what becomes of it, and whom a sheet shows.
fn line(it: &ItemImpact) -> String {
    let mut line = format!("{} {}", it.id, it.series.code());
    if let Some(base) = &it.base {
        line.push_str(&format!(" {}", base.relation.code()));
    }
    let recoded: Vec<&str> = it.recoded.iter().map(|it| it.code()).collect();
    if !recoded.is_empty() {
        line.push_str(&format!(" recoded:{}", recoded.join(",")));
    }
    for (sign, codes) in [("+", &it.choices.added), ("-", &it.choices.removed)] {
        line.extend(codes.iter().map(|it| format!(" {sign}{it}")));
    }
    line
}

#[track_caller]
fn check(old: &str, new: &str, expected: &[&str]) -> Impact {
    let it = compare(&page(old), &page(new));
    assert_eq!(it.unproven, [""; 0]);
    let lines: Vec<String> = it.items.iter().map(line).collect();
    assert_eq!(lines, expected);
    it
}

const PEOPLE: &str = "
    - {id: age, kind: quantity, label: Âge, required: true, min: 0, max: 120}
    - {id: sexe, kind: single, label: Sexe, required: true, choices: [{code: f, label: F}, {code: h, label: H}, {code: x, label: X}]}
    - {id: metier, kind: text, label: Métier, filter: age >= 18}
    - {id: retraite, kind: consent, label: Retraite, filter: age >= 60}
";

/// The questionnaire with a text in it replaced.
#[track_caller]
fn edited(from: &str, to: &str) -> String {
    assert!(PEOPLE.contains(from));
    PEOPLE.replacen(from, to, 1)
}

const SAME: [&str; 4] = [
    "age comparable same",
    "sexe comparable same",
    "metier comparable same",
    "retraite comparable same",
];

#[test]
fn other_words_change_nothing_for_anybody() {
    let it = check(
        PEOPLE,
        &edited("label: Métier", "label: Votre métier"),
        &SAME,
    );
    assert!(!it.changes);
    let reworded: Vec<bool> = it.items.iter().map(|it| it.reworded).collect();
    assert_eq!(reworded, [false, false, true, false]);
    // A condition that says the same in other words is listed, and changes nothing.
    let it = check(PEOPLE, &edited("age >= 18", "not (age < 18)"), &SAME);
    assert!(!it.changes);
    assert_eq!(it.conditions[0].place, "item:metier");
    assert_eq!(it.conditions[0].new.as_deref(), Some("not age < 18"));
    // So does another order.
    let mut lines: Vec<&str> = PEOPLE.lines().filter(|it| !it.is_empty()).collect();
    lines.swap(0, 1);
    let it = compare(&page(PEOPLE), &page(&lines.join("\n")));
    assert!(!it.changes, "{it:#?}");
}

#[test]
fn a_wider_filter_is_shown_by_somebody_who_is_asked_now() {
    let it = check(
        PEOPLE,
        &edited("age >= 18", "age >= 16"),
        &[SAME[0], SAME[1], "metier base_changed wider", SAME[3]],
    );
    assert!(it.changes);
    let base = it.item("metier").unwrap().base.as_ref().unwrap();
    let witness = base.gained.as_ref().unwrap();
    assert_eq!(witness.sheet.answers["age"], 16);
    assert!(witness.fits_old && witness.fits_new);
    assert_eq!(base.lost, None);
    // Three routes: a child, an adult, somebody old, in both.
    let count = |it: &Option<proof::Routes>| it.as_ref().unwrap().count.to_string();
    assert_eq!(
        (count(&it.routes.old), count(&it.routes.new)),
        ("3".into(), "3".into())
    );
    assert_eq!(it.routes.vanished.count, Some(0_u8.into()));
}

#[test]
fn narrower_and_other_filters() {
    let it = check(
        PEOPLE,
        &edited("age >= 18", "age >= 21"),
        &[SAME[0], SAME[1], "metier base_changed narrower", SAME[3]],
    );
    let base = it.item("metier").unwrap().base.as_ref().unwrap();
    let age = |it: &Option<proof::impact::Witness>| {
        it.as_ref().unwrap().sheet.answers["age"].as_u64().unwrap()
    };
    assert!((18..21).contains(&age(&base.lost)));
    let it = check(
        PEOPLE,
        &edited("age >= 18", "age >= 10 and age < 60"),
        &[SAME[0], SAME[1], "metier base_changed different", SAME[3]],
    );
    let base = it.item("metier").unwrap().base.as_ref().unwrap();
    assert!((10..18).contains(&age(&base.gained)) && age(&base.lost) >= 60);
    // « Retraite » without « métier » is a route that was none.
    assert_eq!(it.routes.appeared.count, Some(1_u8.into()));
    let example = it.routes.appeared.example.as_ref().unwrap();
    assert_eq!(example.slots, ["age", "sexe", "retraite"]);
    assert_eq!(it.routes.vanished.count, Some(1_u8.into()));
    let example = it.routes.vanished.example.as_ref().unwrap();
    assert_eq!(example.slots, ["age", "sexe", "metier", "retraite"]);
}

#[test]
fn items_come_and_go() {
    let without: Vec<&str> = PEOPLE.lines().filter(|it| !it.contains("metier")).collect();
    let without = without.join("\n");
    let it = check(
        PEOPLE,
        &without,
        &[SAME[0], SAME[1], SAME[3], "metier gone"],
    );
    assert!(it.changes);
    assert_eq!(it.refused, []);
    assert_eq!(it.routes.vanished.count, Some(0_u8.into()));
    let it = check(&without, PEOPLE, &[SAME[0], SAME[1], "metier new", SAME[3]]);
    assert!(it.changes);
}

#[test]
fn an_answer_that_is_no_choice_any_more() {
    let it = check(
        PEOPLE,
        &edited(", {code: x, label: X}", ""),
        &[
            SAME[0],
            "sexe recoded same recoded:choices -x",
            SAME[2],
            SAME[3],
        ],
    );
    let [refused] = it.refused.as_slice() else {
        panic!("{:#?}", it.refused);
    };
    assert_eq!(
        (refused.item.as_str(), &*refused.code.code()),
        ("sexe", "unknown_code")
    );
    assert_eq!(refused.answer, Some("x".into()));
    assert!(refused.witness.fits_old && !refused.witness.fits_new);
    assert!(it.no_longer_complete.is_some() && it.newly_complete.is_none());
    // Who depended on it is not asked any more, and the sheet that shows it is one of the old
    // version only.
    let old = edited("age >= 60", "\"sexe in ('x', 'f')\"");
    let new = old.replacen(", {code: x, label: X}", "", 1).replacen(
        "\"sexe in ('x', 'f')\"",
        "sexe = 'f'",
        1,
    );
    let it = check(
        &old,
        &new,
        &[
            SAME[0],
            "sexe recoded same recoded:choices -x",
            SAME[2],
            "retraite base_changed narrower",
        ],
    );
    let base = it.item("retraite").unwrap().base.as_ref().unwrap();
    let lost = base.lost.as_ref().unwrap();
    assert_eq!(lost.sheet.answers["sexe"], "x");
    assert!(lost.fits_old && !lost.fits_new);
}

#[test]
fn a_new_choice_changes_the_question_and_nobody_elses_base() {
    let old = edited("age >= 60", "sexe = 'f'");
    let new = old.replacen(
        "{code: x, label: X}",
        "{code: x, label: X}, {code: y, label: Y}",
        1,
    );
    let it = check(
        &old,
        &new,
        &[
            SAME[0],
            "sexe recoded same recoded:choices +y",
            SAME[2],
            SAME[3],
        ],
    );
    assert_eq!(it.refused, []);
    assert!(it.newly_complete.is_some() && it.no_longer_complete.is_none());
}

#[test]
fn an_answer_that_is_needed_from_now_on() {
    let new = edited("label: Métier,", "label: Métier, required: true,");
    let it = check(PEOPLE, &new, &SAME);
    assert!(it.changes);
    let [refused] = it.refused.as_slice() else {
        panic!("{:#?}", it.refused);
    };
    assert_eq!(
        (refused.item.as_str(), &*refused.code.code()),
        ("metier", "required")
    );
    assert_eq!(refused.answer, None);
    // One that was needed and is not any more refuses nobody.
    let it = check(&new, PEOPLE, &SAME);
    assert_eq!(it.refused, []);
    assert!(it.changes && it.newly_complete.is_some());
}

#[test]
fn numbers_and_checks_refuse_what_was_right() {
    let it = check(PEOPLE, &edited("max: 120", "max: 110"), &SAME);
    let refused = &it.refused[0];
    assert_eq!(
        (refused.item.as_str(), &*refused.code.code()),
        ("age", "range")
    );
    assert!(refused.answer.as_ref().unwrap().as_u64().unwrap() > 110);
    let checked =
        "required: true, min: 0, max: 120, checks: [{id: c, require: age != 7, message: C}]";
    let new = edited("required: true, min: 0, max: 120", checked);
    let it = check(PEOPLE, &new, &SAME);
    let refused = &it.refused[0];
    assert_eq!(
        (refused.item.as_str(), &*refused.code.code()),
        ("age", "check:c")
    );
    assert_eq!(refused.answer, Some(7.into()));
    let finer = edited("max: 120}", "max: 120, decimals: 1}");
    let recoded = ["age recoded same recoded:number", SAME[1], SAME[2], SAME[3]];
    let it = check(PEOPLE, &finer, &recoded);
    assert_eq!(it.refused, []);
    let it = check(&finer, PEOPLE, &recoded);
    assert_eq!(&*it.refused[0].code.code(), "type");
}

/// What stands off path is not read: a text that neither version takes could stand there, and would be
/// refused once it is asked. That is no answer to speak of.
#[test]
fn an_answer_that_neither_version_takes_is_not_refused_by_the_new_one() {
    let old = "
    - {id: age, kind: quantity, label: Âge, required: true, min: 0, max: 120}
    - id: metier
      kind: text
      label: Métier
      filter: age > 18
      max_length: 5
      checks: [{id: k, require: metier = 'agent' or metier = 'peu', message: À revoir}]
";
    let new = old.replace("age > 18", "age >= 18");
    let it = compare(&page(old), &page(&new));
    let refused: Vec<(&str, String)> = it
        .refused
        .iter()
        .map(|it| (it.item.as_str(), it.code.code()))
        .collect();
    assert_eq!(refused, [("metier", "check:k".to_owned())]);
    let answer = it.refused[0].answer.as_ref().and_then(|it| it.as_str());
    assert!(answer.is_some_and(|it| it.chars().count() <= 5));
}

#[test]
fn an_item_moved_into_a_block_with_a_filter() {
    let moved = "
id: e
title: E
blocks:
- id: b
  pages:
  - id: p
    items:
    - {id: age, kind: quantity, label: Âge, required: true, min: 0, max: 120}
    - {id: sexe, kind: single, label: Sexe, required: true, choices: [{code: f, label: F}, {code: h, label: H}, {code: x, label: X}]}
    - {id: retraite, kind: consent, label: Retraite, filter: age >= 60}
- id: femmes
  filter: sexe = 'f'
  pages:
  - id: q
    items:
    - {id: metier, kind: text, label: Métier, filter: age >= 18}
";
    let it = compare(&page(PEOPLE), moved);
    let item = it.item("metier").unwrap();
    assert_eq!(line(item), "metier base_changed narrower");
    assert!(item.moved);
    let lost = item.base.as_ref().unwrap().lost.as_ref().unwrap();
    assert_ne!(lost.sheet.answers["sexe"], "f");
    assert_eq!(it.item("retraite").unwrap().series, Series::Comparable);
}

#[test]
fn a_roster_loses_a_unit() {
    let roster = |codes: &str| {
        page(&format!("
    - {{id: demarches, kind: multiple, label: D, choices: [{codes}]}}
    - {{id: fiches, kind: roster, label: F, key: demarche, over: demarches, items: [{{id: etp, kind: quantity, label: E, min: 0, max: 9}}]}}
"))
    };
    let [a, b] = ["{code: a, label: A}", "{code: b, label: B}"];
    let it = compare(&roster(&format!("{a}, {b}")), &roster(a));
    let etp = it.item("etp").unwrap();
    assert_eq!(line(etp), "etp base_changed narrower");
    assert!(it.changes);
    let it = compare(&roster(a), &roster(&format!("{b}, {a}")));
    assert_eq!(line(it.item("etp").unwrap()), "etp base_changed wider");
    assert_eq!(it.refused, []);
}

/// What ranges of numbers leave open is one and the same in both versions.
#[test]
fn sums_that_did_not_change_are_no_difference() {
    let version = |who: &str| {
        format!(
            "
    - {{id: a, kind: quantity, label: A, required: true, min: 0, max: 100000}}
    - {{id: b, kind: quantity, label: B, required: true, min: 0, max: 100000}}
    - {{id: sexe, kind: single, label: S, required: true, choices: [{{code: f, label: F}}, {{code: h, label: H}}, {{code: x, label: X}}]}}
    - {{id: riche, kind: text, label: R, filter: \"a + b > 70000 and {who}\"}}
"
        )
    };
    let same = [
        "a comparable same",
        "b comparable same",
        "sexe comparable same",
    ];
    let it = compare(
        &page(&version("sexe in ('f', 'x')")),
        &page(&version("sexe != 'h'")),
    );
    let lines: Vec<String> = it.items.iter().map(line).collect();
    assert_eq!(lines, [&same[..], &["riche comparable same"]].concat());
    // How many routes there are cannot be counted, only that they are the same.
    assert_eq!(it.unproven, ["routes:old", "routes:new"]);
    assert_eq!(it.routes.appeared.count, Some(0_u8.into()));
    assert!(!it.changes);
    // A sum that did change has to be searched for.
    let it = compare(
        &page(&version("a < b")),
        &page(&version("a < b and a + b > 80000")),
    );
    let base = it.item("riche").unwrap().base.as_ref().unwrap();
    let answers = &base.lost.as_ref().unwrap().sheet.answers;
    let sum = answers["a"].as_u64().unwrap() + answers["b"].as_u64().unwrap();
    assert!((70_001..=80_000).contains(&sum), "{answers:?}");
}

/// What a roster's item lacks is said of that item, not of the roster whose check fails as well.
#[test]
fn failures_inside_a_roster_are_those_of_its_items() {
    let roster = |filter: &str| {
        page(&format!("
    - {{id: n, kind: quantity, label: N, required: true, min: 0, max: 9}}
    - {{id: fiches, kind: roster, label: F, key: fiche, units: {{min: 0, max: 2, label: F}}, filter: {filter}, checks: [{{id: c, require: n < 8, message: C}}], items: [{{id: etp, kind: quantity, label: E, required: true, min: 0, max: 9}}]}}
"))
    };
    let it = compare(&roster("n > 8"), &roster("n > 5"));
    let refused: Vec<(&str, String)> = it
        .refused
        .iter()
        .map(|it| (it.item.as_str(), it.code.code()))
        .collect();
    assert_eq!(
        refused,
        [
            ("etp", "required".to_owned()),
            ("fiches", "check:c".to_owned())
        ]
    );
}

#[test]
fn what_nobody_can_complete_is_not_compared() {
    let checked = "max: 120, checks: [{id: c, require: age > 120, message: C}]";
    let stuck = page(&edited("max: 120", checked));
    let it = compare(&stuck, &stuck);
    assert_eq!(it.unproven, ["complete:old", "complete:new"]);
    assert!(it.changes);
    let it = compare(&page(PEOPLE), &stuck);
    assert_eq!(it.unproven, ["routes:vanished", "routes:appeared"]);
    assert!(it.no_longer_complete.is_some());
    assert_eq!(it.item("metier").unwrap().series, Series::BaseChanged);
}

#[test]
fn what_a_budget_does_not_allow_is_not_called_equal() {
    let (old, new) = (
        engine(&page(PEOPLE)),
        engine(&page(&edited("age >= 18", "age >= 18 or age = 30"))),
    );
    let it = impact(&old, &new, &Budget::new(1));
    let metier = it.item("metier").unwrap();
    assert_ne!(metier.series, Series::Comparable);
    assert!(it.changes && !it.unproven.is_empty());
}
