//! Covers of random questionnaires, and respondents drawn over routes.

use std::collections::{BTreeMap, BTreeSet};

use proof::{Budget, prove};
use questionnaire::{Engine, Sheet};

fn route(engine: &Engine, sheet: &Sheet) -> BTreeSet<String> {
    let verdict = engine.load(sheet).verdict(None);
    assert!(verdict.complete);
    let asked = verdict.slots.into_iter().filter(|it| it.1.is_asked());
    asked.map(|it| it.0).collect()
}

/// What a cover misses is missed by every sheet, as going through them all shows.
#[test]
fn covers_of_small_questionnaires_miss_nothing_that_can_be_shown() {
    let mut covered = 0;
    for seed in 3_000..3_200 {
        let small = testkit::small_case(seed);
        let engine = small.engine();
        let Some(all) = testkit::enumerate(&engine, 20_000) else {
            continue;
        };
        if all.n_complete == 0 {
            continue;
        }
        let cover = prove(&engine, &Budget::default()).cover();
        let it = &cover.coverage;
        assert!(it.complete, "{it:#?}\n{small:?}");
        assert_eq!(it.contradicted, Vec::<String>::new(), "{small:?}");
        let picked = all.picked.values().filter(|it| it.is_some()).count();
        assert_eq!(it.choices.covered, picked, "{small:?}");
        covered += 1;
    }
    assert!(covered > 100);
}

#[test]
fn routes_are_drawn_alike() {
    let source = include_str!("../../../../questionnaires/qpv-cls/questionnaire.yaml");
    let engine = questionnaire::check(source).engine.unwrap();
    let budget = Budget::default();
    let mut proof = prove(&engine, &budget);
    let n_routes = u64::try_from(&proof.routes().unwrap().count).unwrap();
    let mut drawing = proof.route_drawing(11).unwrap();
    let mut times: BTreeMap<BTreeSet<String>, u32> = BTreeMap::new();
    for nth in 0..2_600 {
        let sheet = drawing.sheet(nth).unwrap();
        *times.entry(route(&engine, &sheet)).or_default() += 1;
    }
    assert_eq!(times.len() as u64, n_routes);
    // Each is expected 100 times with a standard deviation of 10.
    assert!(
        times.values().all(|it| (60..=140).contains(it)),
        "{times:?}"
    );
    let again = prove(&engine, &budget).route_drawing(11).unwrap().sheet(5);
    assert_eq!(
        prove(&engine, &budget).route_drawing(11).unwrap().sheet(5),
        again
    );
}
