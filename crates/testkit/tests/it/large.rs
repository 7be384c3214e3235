//! Large questionnaires have the size that is asked for, compile, and can be walked through.

use std::collections::BTreeSet;

use questionnaire::Engine;
use questionnaire::instrument::Kind;
use serde_json::{Value, json};
use testkit::{Tape, large};

fn engine(n_items: usize, n_conditions: usize, seed: u64) -> Engine {
    let it = large(n_items, n_conditions, seed);
    questionnaire::compile_document(&it).unwrap()
}

#[test]
fn every_size_compiles() {
    for n in (50..=500).step_by(50).chain([1_000, 1_500, 2_000]) {
        let n_conditions = n * 6 / 10;
        let items = engine(n, n_conditions, n as u64).instrument.items;
        assert_eq!(items.len(), n);
        let filters = items.iter().filter(|it| it.filter.is_some()).count();
        let checks: usize = items.iter().map(|it| it.checks.len()).sum();
        assert_eq!(
            (checks, filters + checks),
            (n_conditions / 10, n_conditions)
        );
        let singles = items
            .iter()
            .filter(|it| matches!(it.kind, Kind::Single { .. }));
        assert!((45..=70).contains(&(singles.count() * 100 / n)), "{n}");
    }
}

#[test]
fn odd_sizes_compile() {
    for (n, n_conditions) in [(1, 0), (1, 10), (11, 11), (13, 100), (99, 99)] {
        for seed in 0..20 {
            assert_eq!(engine(n, n_conditions, seed).instrument.items.len(), n);
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_questionnaire() {
    assert_eq!(large(200, 120, 3), large(200, 120, 3));
    assert_ne!(large(200, 120, 3), large(200, 120, 4));
}

/// A questionnaire that hides most of itself would make every benchmark look fast.
#[test]
fn most_of_it_is_asked_of_somebody() {
    let n = 400;
    for seed in 0..5 {
        let engine = engine(n, n * 6 / 10, seed);
        let mut tape = Tape::of_seed(seed);
        let mut asked = BTreeSet::new();
        let mut on_path = 0;
        for round in 0..200 {
            let mut evaluation = engine.evaluation();
            for (slot, it) in (0u32..).zip(engine.layout.slots()) {
                if evaluation.state(slot).is_asked() {
                    on_path += 1;
                    asked.insert(slot);
                    let item = &engine.instrument.items[it.item as usize];
                    let zero = round % 2 == 0;
                    let value = value(&engine, &item.kind, zero, &mut tape);
                    evaluation.set_json(&it.key, &value);
                }
            }
            let verdict = evaluation.verdict(None);
            assert_eq!(verdict.off_path, [""; 0], "filters read what comes before");
            // Every check holds between zeros.
            assert!(verdict.complete || round % 2 == 1);
        }
        let (asked, on_path) = (asked.len() * 100 / n, on_path / 200 * 100 / n);
        println!("{asked} % of the items asked of somebody, {on_path} % of each respondent");
        assert!(asked >= 95, "seed {seed}");
        assert!((40..=85).contains(&on_path), "seed {seed}");
    }
}

fn value(engine: &Engine, kind: &Kind, zero: bool, tape: &mut Tape) -> Value {
    let mut code = |list: u32| {
        let all = &engine.instrument.lists[list as usize].choices;
        tape.pick(all).unwrap().code.clone()
    };
    match kind {
        Kind::Single { list } | Kind::Scale { list } => json!(code(*list)),
        Kind::Multiple { list, .. } => json!([code(*list)]),
        Kind::Quantity(_) if zero => json!(0),
        Kind::Quantity(_) => json!([0, 1, 5, 15, 20][tape.below(5)]),
        _ => json!("texte"),
    }
}
