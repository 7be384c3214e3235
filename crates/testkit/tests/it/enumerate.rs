//! Going through every sheet finds what can be counted by hand, and nothing else.

use std::collections::BTreeSet;

use questionnaire::{Engine, Sheet};
use serde_json::{Value, json};
use testkit::{Enumeration, Filter, enumerate, enumerate_everything, small_case};

fn engine(items: &str) -> Engine {
    let mut yaml =
        "id: essai\ntitle: Essai\nblocks:\n- id: b\n  pages:\n  - id: p\n    items:\n".to_owned();
    for line in items.lines() {
        yaml.push_str(&format!("    {line}\n"));
    }
    let checked = questionnaire::check(&yaml);
    assert!(checked.is_sound(), "{:#?}\n{yaml}", checked.diagnostics);
    checked.engine.unwrap()
}

fn all(items: &str) -> Enumeration {
    enumerate(&engine(items), 100_000).unwrap()
}

/// How many values the only slot of an item has.
fn check_values(item: &str, expected: usize) {
    let it = all(item);
    assert_eq!(it.n_sheets, expected, "{item}");
}

#[test]
fn every_kind_has_its_values_and_nothing() {
    let choices = "choices: [{code: a, label: A}, {code: b, label: B}, {code: c, label: C}]";
    let nsp = "choices: [{code: a, label: A}, {code: nsp, label: N, missing: dont_know}]";
    let kind = |kind: &str, rest: &str| format!("- {{id: x, kind: {kind}, label: X, {rest}}}");
    check_values(&kind("single", choices), 1 + 3);
    check_values(&kind("scale", choices), 1 + 3);
    check_values(&kind("territory", choices), 1 + 3);
    check_values(&kind("multiple", choices), 1 + 7);
    check_values(&kind("rank", choices), 1 + 3 + 6 + 6);
    check_values(&kind("quantity", "min: -1, max: 2"), 1 + 4);
    check_values(&kind("quantity", "min: 0.5, max: 2.5"), 1 + 2);
    check_values(&kind("quantity", "min: 0.5, max: 1, decimals: 1"), 1 + 6);
    check_values(&kind("money", "min: 0.01, max: 0.03"), 1 + 3);
    check_values(
        &kind("date", "earliest: 2024-02-28, latest: 2024-03-01"),
        1 + 3,
    );
    check_values(&kind("consent", "required: true"), 1 + 2);
    check_values(&kind("text", "required: true"), 1 + 1);
    let rows = "rows: [{code: r0, label: R}, {code: r1, label: R}]";
    check_values(&kind("grid", &format!("{rows}, {choices}")), 4 * 4);
    check_values(
        &kind("grid", &format!("cells: multiple, {rows}, {choices}")),
        8 * 8,
    );
    check_values(
        &kind("grid", &format!("cells: quantity, min: 0, max: 1, {rows}")),
        3 * 3,
    );
    // A reason that a choice means is that choice.
    let both = "offers: [dont_know, refused]";
    check_values(&kind("single", &format!("{both}, {nsp}")), 1 + 2 + 1);
    check_values(&kind("consent", both), 1 + 2 + 2);
}

#[test]
fn texts_are_those_that_make_a_difference() {
    let it = all("
- {id: x, kind: text, label: X}
- {id: y, kind: text, label: Y, filter: \"x in ('un', 'it''s', '')\"}
- {id: z, kind: single, label: Z, filter: x != y, choices: [{code: un, label: Un}]}
- {id: n, kind: computed, label: N, value: \"coalesce(z = 'un', false)\"}");
    // Nothing, « un », « it's » and two others; where y is asked, five times as many.
    let unequal = 2 * 3;
    let equal = 2;
    assert_eq!(it.n_sheets, 3 + 2 + equal + unequal * 2);
    assert!(it.slots["z"].some.is_some());
}

#[test]
fn what_cannot_be_gone_through_is_refused() {
    for item in [
        "- {id: x, kind: quantity, label: X, min: 0}",
        "- {id: x, kind: quantity, label: X, min: 0, max: 40}",
        "- {id: x, kind: quantity, label: X, min: 0, max: 4, decimals: 1}",
        "- {id: x, kind: date, label: X, earliest: 2024-02-28}",
        "- {id: x, kind: date, label: X, earliest: 2024-02-28, latest: 2025-02-28}",
    ] {
        assert_eq!(enumerate(&engine(item), 100_000), None, "{item}");
    }
    let item = engine("- {id: x, kind: quantity, label: X, min: 0, max: 39}");
    assert!(enumerate(&item, 41).is_some());
    assert_eq!(enumerate(&item, 40), None);
}

#[test]
fn routes_and_filters_are_counted() {
    let it = all("
- id: a
  kind: single
  label: A
  required: true
  choices: [{code: x, label: X}, {code: y, label: Y}, {code: z, label: Z, filter: n > 2}]
- {id: n, kind: quantity, label: N, min: 0, max: 2, filter: a = 'x'}
- {id: s, kind: statement, label: S, filter: n > 1}
- {id: never, kind: consent, label: Non, filter: a = 'x' and a = 'y'}
- {id: always, kind: consent, label: Oui, filter: a = 'x' or a != 'x'}
- {id: k, kind: computed, label: K, value: n / (n - n)}");
    // Of 27 sheets those without `a` are not complete, nor those with `z`, which is never offered.
    assert_eq!(it.n_sheets, 1 + 4 * 3 + 3 + 3);
    assert_eq!(it.n_complete, 4 * 3 + 3);
    assert_eq!((it.shortest(), it.longest()), (Some(2), Some(3)));
    let route = |keys: &[&str]| {
        keys.iter()
            .map(|it| (*it).to_owned())
            .collect::<BTreeSet<_>>()
    };
    let routes = [route(&["a", "n", "always"]), route(&["a", "always"])];
    assert_eq!(it.routes, BTreeSet::from(routes));
    let on_path = |id: &str| (it.items[id].some.is_some(), it.items[id].always);
    assert_eq!(on_path("a"), (true, true));
    assert_eq!(on_path("n"), (true, false));
    assert_eq!(on_path("s"), (true, false));
    assert_eq!(on_path("never"), (false, false));
    assert_eq!(on_path("always"), (true, true));
    assert_eq!(on_path("k"), (true, true));
    assert!(it.pages["p"].always && it.blocks["b"].always);
    let held = |filter: Filter| {
        let it = &it.filters[&filter];
        (it.holds.is_some(), it.hides.is_some())
    };
    assert_eq!(held(Filter::Item("never".into())), (false, true));
    assert_eq!(held(Filter::Item("always".into())), (true, false));
    assert_eq!(held(Filter::Item("n".into())), (true, true));
    assert_eq!(held(Filter::Choice("a".into(), "z".into())), (false, true));
    assert!(it.picked[&("a".into(), "y".into())].is_some());
    assert!(it.picked[&("a".into(), "z".into())].is_none());
    assert!(it.computed["k"].valued.is_none());
    assert!(it.computed["k"].missing.is_some());
    let witness = it.items["s"].some.as_ref().unwrap();
    assert_eq!(
        Value::from(witness.answers.clone()),
        json!({ "a": "x", "n": 2 })
    );
}

#[test]
fn a_check_counts_where_nothing_else_fails() {
    let it = all("
- id: a
  kind: quantity
  label: A
  required: true
  min: 0
  max: 3
  checks:
  - {id: sometimes, require: a < 3, message: M}
  - {id: never, require: a < 4, message: M}
  - {id: hidden, require: a != 3, message: M, severity: soft}
  - {id: unknown, require: a > 3 / (a - a), message: M}
- id: r
  kind: roster
  label: R
  key: u
  units: {max: 2, label: unité}
  items:
  - {id: m, kind: consent, label: M, checks: [{id: two, require: count(r) < 2, message: M}]}");
    let check = |item: &str, id: &str| {
        let it = &it.checks[&(item.to_owned(), id.to_owned())];
        (it.fails.is_some(), it.holds.is_some(), it.unknown.is_some())
    };
    assert_eq!(check("a", "sometimes"), (true, true, false));
    assert_eq!(check("a", "never"), (false, true, false));
    // It fails only where `sometimes` fails too, and hard.
    assert_eq!(check("a", "hidden"), (false, true, false));
    assert_eq!(check("a", "unknown"), (false, false, true));
    // It fails in both units at once, and that is one check.
    assert_eq!(check("m", "two"), (true, true, false));
}

#[test]
fn rosters_have_every_number_of_units() {
    let it = all("
- {id: c, kind: consent, label: C, required: true}
- id: r
  kind: roster
  label: R
  key: u
  units: {min: 1, max: 2, label: unité}
  filter: c
  items:
  - {id: m, kind: consent, label: M, filter: \"u = 2\"}
  - {id: k, kind: statement, label: K}");
    // Without consent, or off path; with it no unit (too few), one, or two of which the second answers.
    assert_eq!(it.n_sheets, 2 + 1 + 1 + 3);
    assert_eq!(it.n_complete, 1 + 1 + 3);
    assert!(it.slots["r[1].m"].some.is_none());
    assert!(it.slots["r[2].m"].some.is_some());
    assert!(it.items["k"].some.is_some() && !it.items["k"].always);
    assert_eq!((it.shortest(), it.longest()), (Some(1), Some(2)));
    let filter = &it.filters[&Filter::Item("m".into())];
    assert!(filter.holds.is_some() && filter.hides.is_some());
}

/// Everything that was found to happen, without its witnesses.
fn facts(it: &Enumeration) -> BTreeSet<String> {
    let mut facts = BTreeSet::new();
    let mut note = |fact: String, is_so: bool| {
        if is_so {
            facts.insert(fact);
        }
    };
    let paths = [
        ("slot", &it.slots),
        ("item", &it.items),
        ("block", &it.blocks),
        ("page", &it.pages),
    ];
    for (what, all) in paths {
        for (id, it) in all {
            note(format!("{what} {id}"), it.some.is_some());
            note(format!("{what} {id} always"), it.always);
        }
    }
    for (at, it) in &it.filters {
        note(format!("{at:?} holds"), it.holds.is_some());
        note(format!("{at:?} hides"), it.hides.is_some());
    }
    for (at, it) in &it.picked {
        note(format!("{at:?}"), it.is_some());
    }
    for (at, it) in &it.checks {
        note(format!("{at:?} fails"), it.fails.is_some());
        note(format!("{at:?} holds"), it.holds.is_some());
        note(format!("{at:?} unknown"), it.unknown.is_some());
    }
    for (at, it) in &it.computed {
        note(format!("{at:?} valued"), it.valued.is_some());
        note(format!("{at:?} missing"), it.missing.is_some());
    }
    for it in &it.routes {
        facts.insert(format!("{it:?}"));
    }
    facts
}

#[test]
fn leaving_out_what_is_off_path_changes_nothing() {
    let mut n = 0;
    for seed in 0..800 {
        let engine = small_case(seed).engine();
        if let Some(everything) = enumerate_everything(&engine, 2_000) {
            let it = enumerate(&engine, 2_000).unwrap();
            assert_eq!(facts(&it), facts(&everything), "seed {seed}");
            n += usize::from(it.n_sheets < everything.n_sheets);
        }
    }
    assert!(n > 150, "only {n} questionnaires had anything to leave out");
}

#[test]
fn witnesses_are_sheets_that_say_so() {
    for seed in 0..300 {
        let engine = small_case(seed).engine();
        let it = enumerate(&engine, 20_000).unwrap();
        let judge = |sheet: &Sheet| {
            let loaded = engine.load(sheet);
            assert_eq!(loaded.misfits, [], "seed {seed}");
            loaded.verdict(None)
        };
        for (key, it) in &it.slots {
            if let Some(sheet) = &it.some {
                let verdict = judge(sheet);
                assert!(verdict.complete, "seed {seed}: {key}");
                let state = verdict.slots.iter().find(|(it, _)| it == key);
                assert!(state.unwrap().1.is_asked(), "seed {seed}: {key}");
                assert_eq!(verdict.off_path, [""; 0], "seed {seed}: {key}");
            }
        }
        for ((item, id), it) in &it.checks {
            if let Some(sheet) = &it.fails {
                let code = format!("check:{id}");
                let mut failures = judge(sheet).failures.into_iter();
                let own = |it: &str| it == item || it.ends_with(&format!(".{item}"));
                assert!(
                    failures.any(|it| own(&it.item) && it.code.code() == code),
                    "seed {seed}: {item} {id}"
                );
            }
        }
        for ((item, code), sheet) in &it.picked {
            if let Some(sheet) = sheet {
                assert!(judge(sheet).complete, "seed {seed}: {item} {code}");
                let text = serde_json::to_string(&sheet.answers).unwrap();
                assert!(text.contains(&format!("\"{code}\"")), "seed {seed}: {text}");
            }
        }
    }
}
