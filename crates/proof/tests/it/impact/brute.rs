//! Small questionnaires with one random edit: what is said of both versions agrees with going
//! through every answer to both.

use std::collections::BTreeSet;

use proof::impact::{Impact, Relation, Witness, impact_with};
use proof::{Budget, Options};
use proptest::prelude::*;
use questionnaire::document::Questionnaire;
use questionnaire::instrument::Kind;
use questionnaire::{Engine, Sheet};
use testkit::Tape;

use super::edit::edit;
use super::walk::{Shown, spots, walk};

/// How often each thing that agreement should mean something for came up.
#[derive(Debug, Default)]
struct Seen {
    compared: usize,
    same: usize,
    wider: usize,
    narrower: usize,
    different: usize,
    unproven: usize,
    refused: usize,
    appeared: usize,
    vanished: usize,
    uncounted: usize,
}

fn complete(engine: &Engine, sheet: &Sheet) -> bool {
    let loaded = engine.load(sheet);
    let unknown = |it: &questionnaire::Failure| it.code.code() == "unknown_item";
    loaded.evaluation.verdict(None).complete && loaded.misfits.iter().all(unknown)
}

/// A witness is complete where it says so, and shows the difference.
#[track_caller]
fn shows(old: &Engine, new: &Engine, id: &str, it: &Witness, gained: bool, context: &str) {
    assert_eq!(complete(old, &it.sheet), it.fits_old, "{id}\n{context}");
    assert_eq!(complete(new, &it.sheet), it.fits_new, "{id}\n{context}");
    assert!(it.fits_old || it.fits_new);
    let all: BTreeSet<String> = [old, new]
        .iter()
        .flat_map(|it| it.layout.slots())
        .map(|it| it.key.to_string())
        .filter(|key| [old, new].iter().all(|it| it.layout.slot(key).is_some()))
        .collect();
    let on_path = |engine: &Engine| -> BTreeSet<String> {
        let loaded = engine.load(&it.sheet);
        let spots = spots(engine, id, &all).unwrap();
        let on = spots
            .into_iter()
            .filter(|it| it.1.is_on_path(&loaded.evaluation));
        on.map(|it| it.0).collect()
    };
    let (was, is) = (on_path(old), on_path(new));
    let differs = if gained {
        !is.is_subset(&was)
    } else {
        !was.is_subset(&is)
    };
    assert!(differs, "{id} {was:?} {is:?}\n{context}");
}

fn compare(old: &Questionnaire, new: &Questionnaire, options: Options, seen: &mut Seen) {
    let compiled = [old, new].map(questionnaire::compile_document);
    let [Ok(before), Ok(after)] = compiled else {
        return;
    };
    // What stands in another roster cannot be compared by units.
    let rosters = |it: &Engine| -> Vec<String> {
        let rosters = it.instrument.items.iter();
        let rosters = rosters.filter(|it| matches!(it.kind, Kind::Roster { .. }));
        rosters.map(|it| it.id.clone()).collect()
    };
    if rosters(&before) != rosters(&after) {
        return;
    }
    let Some(shown) = walk(&before, &after) else {
        return;
    };
    seen.compared += 1;
    let it = impact_with(&before, &after, &Budget::default(), options);
    let yaml = |it: &Questionnaire| questionnaire::document::to_yaml(it);
    let context = format!("{}\n=====\n{}\n{it:#?}", yaml(old), yaml(new));
    bases(&before, &after, &it, &shown, seen, &context);
    refusals(&it, &shown, seen, &context);
    routes(&before, &after, &it, seen, &context);
}

fn bases(old: &Engine, new: &Engine, it: &Impact, shown: &Shown, seen: &mut Seen, context: &str) {
    for item in &it.items {
        let Some(base) = &item.base else {
            continue;
        };
        let id = &item.id;
        let (gained, lost) = (shown.gained.contains(id), shown.lost.contains(id));
        let expected = match (gained, lost) {
            (false, false) => Relation::Same,
            (true, false) => Relation::Wider,
            (false, true) => Relation::Narrower,
            (true, true) => Relation::Different,
        };
        if base.relation == Relation::Unproven {
            seen.unproven += 1;
        } else {
            assert_eq!(base.relation, expected, "{id}\n{context}");
        }
        match expected {
            Relation::Same => seen.same += 1,
            Relation::Wider => seen.wider += 1,
            Relation::Narrower => seen.narrower += 1,
            _ => seen.different += 1,
        }
        for (witness, gained) in [(&base.gained, true), (&base.lost, false)] {
            if let Some(it) = witness {
                shows(old, new, id, it, gained, context);
            }
        }
    }
}

fn refusals(it: &Impact, shown: &Shown, seen: &mut Seen, context: &str) {
    let open = |what: &str| it.unproven.iter().any(|it| it == what);
    for refused in &it.refused {
        let codes = shown.refused.get(&refused.item);
        let code = refused.code.code();
        let is_there = codes.is_some_and(|it| it.contains(&code));
        assert!(is_there, "{} {code}\n{context}", refused.item);
        seen.refused += 1;
    }
    for id in shown.refused.keys() {
        let told = it.refused.iter().any(|it| it.item == *id);
        assert!(told || open(&format!("refused:{id}")), "{id}\n{context}");
    }
    for (found, shown, what) in [
        (
            &it.no_longer_complete,
            shown.no_longer,
            "no_longer_complete",
        ),
        (&it.newly_complete, shown.newly, "newly_complete"),
    ] {
        assert!(found.is_some() == shown || open(what), "{what}\n{context}");
    }
    if !it.changes {
        let nobody = shown.gained.is_empty() && shown.lost.is_empty();
        assert!(nobody && !shown.no_longer && !shown.newly, "{context}");
    }
}

fn routes(old: &Engine, new: &Engine, it: &Impact, seen: &mut Seen, context: &str) {
    let all = [old, new].map(|it| testkit::enumerate(it, 60_000));
    let [Some(was), Some(is)] = all else {
        return;
    };
    let has = |engine: &Engine, key: &String| engine.layout.slot(key).is_some();
    let common = |them: &BTreeSet<BTreeSet<String>>| -> BTreeSet<BTreeSet<String>> {
        let routes = them.iter().map(|it| {
            let keys = it.iter().filter(|it| has(old, it) && has(new, it));
            keys.cloned().collect()
        });
        routes.collect()
    };
    let (before, after) = (common(&was.routes), common(&is.routes));
    for (set, mine, other, n) in [
        (&it.routes.vanished, &before, &after, &mut seen.vanished),
        (&it.routes.appeared, &after, &before, &mut seen.appeared),
    ] {
        let Some(count) = &set.count else {
            seen.uncounted += usize::from(was.n_complete > 0 && is.n_complete > 0);
            continue;
        };
        let only: Vec<_> = mine.difference(other).collect();
        assert_eq!(*count, only.len().into(), "{only:?}\n{context}");
        *n += usize::from(!only.is_empty());
        if let Some(example) = &set.example {
            let slots: BTreeSet<String> = example.slots.iter().cloned().collect();
            assert!(only.contains(&&slots), "{slots:?}\n{context}");
        }
    }
}

#[test]
fn a_series_of_edits_agrees_with_brute_force() {
    let mut seen = Seen::default();
    for seed in 0..300 {
        let small = testkit::small_case(seed);
        let mut tape = Tape::of_seed(seed + 10_000);
        if let Some(edited) = edit(&small.questionnaire, &mut tape) {
            compare(&small.questionnaire, &edited, Options::default(), &mut seen);
        }
    }
    println!("{seen:?}");
    assert!(seen.compared > 100 && seen.same > 500, "{seen:?}");
    assert!(
        seen.wider.min(seen.narrower).min(seen.different) > 10,
        "{seen:?}"
    );
    assert!(
        seen.appeared.min(seen.vanished) > 10 && seen.refused > 30,
        "{seen:?}"
    );
    assert!(
        seen.unproven * 50 < seen.same && seen.uncounted * 5 < seen.compared,
        "{seen:?}"
    );
}

/// The same where numbers stay ranges, and are searched for.
#[test]
fn ranges_agree_with_brute_force() {
    let mut seen = Seen::default();
    for seed in 1_000..1_300 {
        let small = testkit::small_case(seed);
        let mut tape = Tape::of_seed(seed);
        if let Some(edited) = edit(&small.questionnaire, &mut tape) {
            let options = Options { max_points: 1 };
            compare(&small.questionnaire, &edited, options, &mut seen);
        }
    }
    println!("{seen:?}");
    assert!(seen.compared > 100 && seen.same > 500, "{seen:?}");
    assert!(seen.unproven * 20 < seen.same, "{seen:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_edit_agrees_with_brute_force(
        small in testkit::small_cases(),
        tape in prop::collection::vec(any::<u32>(), 20),
        max_points in prop_oneof![Just(1), Just(4), Just(24)],
    ) {
        if let Some(edited) = edit(&small.questionnaire, &mut Tape::of_list(tape)) {
            let options = Options { max_points };
            compare(&small.questionnaire, &edited, options, &mut Seen::default());
        }
    }
}
