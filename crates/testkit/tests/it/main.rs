//! The generators keep their promises, and the oracle counts right.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod edits;
mod enumerate;
mod large;
mod small;

use std::collections::BTreeSet;

use questionnaire::SlotState;
use testkit::{Tape, case};

const N: u64 = 1_500;

#[test]
fn every_case_compiles() {
    for seed in 0..N {
        let case = case(seed);
        let engine = case.engine();
        assert!(!engine.instrument.items.is_empty(), "seed {seed}");
    }
}

#[test]
fn a_tape_that_has_run_out_makes_the_plainest_case() {
    let case = testkit::Case::draw(&mut Tape::of_list(Vec::new()));
    let engine = case.engine();
    assert_eq!(engine.instrument.items.len(), 1);
    assert_eq!(case.events, []);
}

#[test]
fn the_same_seed_gives_the_same_case() {
    for seed in 0..50 {
        assert_eq!(format!("{:?}", case(seed)), format!("{:?}", case(seed)));
    }
}

/// What laws are tested on must occur: a law about what never happens is no law.
#[test]
fn everything_occurs() {
    let mut seen = BTreeSet::new();
    for seed in 0..N {
        let case = case(seed);
        let engine = case.engine();
        for item in &engine.instrument.items {
            seen.insert(item.kind.name().to_owned());
        }
        let verdict = engine.load(&case.sheet).verdict(None);
        seen.extend(verdict.slots.iter().map(|(_, it)| it.code().to_owned()));
        for it in &verdict.failures {
            let code = it.code.code();
            seen.insert(format!(
                "{} {:?}",
                code.split(':').next().unwrap_or(""),
                it.severity
            ));
        }
        if !verdict.off_path.is_empty() {
            seen.insert("off path".to_owned());
        }
        if verdict.complete {
            seen.insert("complete".to_owned());
        }
        if verdict.computed.iter().any(|(_, it)| !it.is_null()) {
            seen.insert("computed value".to_owned());
        }
    }
    let kinds = [
        "single",
        "multiple",
        "quantity",
        "money",
        "text",
        "date",
        "scale",
        "grid",
        "rank",
        "territory",
        "consent",
        "contact",
        "statement",
        "computed",
        "roster",
    ];
    let states = SlotState::ALL.map(SlotState::code);
    let failures = [
        "required Hard",
        "type Hard",
        "unknown_item Hard",
        "unknown_code Hard",
        "range Hard",
        "exclusive Hard",
        "choice_filter Hard",
        "check Hard",
        "check Soft",
    ];
    let other = ["off path", "complete", "computed value"];
    for it in kinds.iter().chain(&states).chain(&failures).chain(&other) {
        assert!(seen.contains(*it), "{it} never occurs");
    }
}
