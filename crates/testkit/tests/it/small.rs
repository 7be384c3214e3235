//! What the small questionnaires are like: agreement of a proof with them means something only if
//! what a proof must get right occurs in them, and is not so in all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use proptest::prelude::*;
use questionnaire::Engine;
use serde_json::Value;
use testkit::{Enumeration, Filter, Tape, enumerate, small, small_case, small_cases};

const N: u64 = 2_000;
/// Above the product of the numbers of values that a small questionnaire may have.
const BOUND: usize = 20_000;

/// How many questionnaires are so, by what is counted.
#[derive(Default)]
struct Shares {
    counts: BTreeMap<&'static str, u64>,
}

impl Shares {
    fn count(&mut self, what: &'static str, is_so: bool) {
        *self.counts.entry(what).or_default() += u64::from(is_so);
    }

    /// Prints all shares and checks that they lie within their bounds, in percent.
    fn check(&self, bounds: &[(&'static str, RangeInclusive<u64>)]) {
        for (what, _) in bounds {
            let n = self.counts.get(what).copied().unwrap_or(0);
            println!("{:5.1} %  {what}", n as f64 * 100.0 / N as f64);
        }
        for (what, bounds) in bounds {
            let percent = self.counts.get(what).copied().unwrap_or(0) * 100 / N;
            assert!(
                bounds.contains(&percent),
                "{what}: {percent} %, not in {bounds:?}"
            );
        }
    }
}

/// Every condition and computed value, as printed.
fn sources(engine: &Engine) -> Vec<String> {
    let json = serde_json::to_value(&engine.instrument).unwrap();
    let mut found = Vec::new();
    let mut waiting = vec![&json];
    while let Some(it) = waiting.pop() {
        found.extend(it.get("source").and_then(Value::as_str).map(str::to_owned));
        match it {
            Value::Array(all) => waiting.extend(all),
            Value::Object(all) => waiting.extend(all.values()),
            _ => {}
        }
    }
    found
}

/// What is counted by the words of conditions, and in how many questionnaires it occurs at least.
const WORDS: &[(&str, &[&str], u64)] = &[
    ("an order", &[" < ", " <= ", " > ", " >= "], 60),
    ("a sum or a difference", &[" + ", " - "], 20),
    ("a product", &[" * "], 5),
    ("a quotient", &[" / "], 5),
    ("at_least", &["at_least("], 5),
    ("missing_reason", &["missing_reason("], 20),
    ("not_asked", &["'not_asked'"], 8),
    ("answered", &["answered("], 15),
    ("coalesce", &["coalesce("], 10),
    ("case", &["case("], 10),
    ("a class", &["'k1', "], 3),
    ("round", &["round("], 3),
    ("min or max", &["min(", "max("], 5),
    ("any or all", &["any(", "all("], 8),
    ("sum of a roster", &["sum("], 2),
    ("count", &["count("], 15),
    ("in", &[" in ("], 20),
    ("has", &[" has "], 20),
    ("not", &["not "], 20),
    ("an item of a named unit", &["]."], 2),
    ("an attribute", &[".has_qpv", ".habitants", ".nom"], 3),
    ("a day", &["2026-05-"], 10),
];

#[test]
fn everything_occurs() {
    let mut shares = Shares::default();
    for seed in 0..N {
        let engine = small_case(seed).engine();
        let sources = sources(&engine);
        for (what, words, _) in WORDS {
            let mut all = sources.iter();
            let occurs = all.any(|it| words.iter().any(|word| it.contains(word)));
            shares.count(what, occurs);
        }
        let items = engine.instrument.items.iter();
        let kinds: BTreeSet<_> = items.map(|it| it.kind.name()).collect();
        for kind in kinds {
            shares.count(kind, true);
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
    let mut bounds: Vec<_> = kinds.into_iter().map(|it| (it, 10..=80)).collect();
    bounds.extend(WORDS.iter().map(|(what, _, least)| (*what, *least..=90)));
    shares.check(&bounds);
}

#[test]
fn what_can_be_proven_is_sometimes_so() {
    let mut shares = Shares::default();
    let (mut sheets, mut most) = (0, 0);
    for seed in 0..N {
        let it = enumerate(&small_case(seed).engine(), BOUND);
        let it = it.unwrap_or_else(|| panic!("seed {seed} has too many sheets"));
        sheets += it.n_sheets;
        most = most.max(it.n_sheets);
        shares.count("no complete sheet", it.n_complete == 0);
        shares.count("checks", !it.checks.is_empty());
        if it.n_complete > 0 {
            note(&mut shares, &it);
        }
    }
    println!("{sheets} sheets, {most} of one questionnaire");
    shares.check(&[
        ("no complete sheet", 2..=15),
        ("unreachable slot", 10..=60),
        ("unreachable item", 10..=65),
        ("unreachable page", 5..=30),
        ("unreachable statement", 1..=30),
        ("filtered item always shown", 10..=40),
        ("filter sometimes true", 50..=90),
        ("filter never true", 30..=70),
        ("filter always true", 15..=50),
        ("filter inside what is off path", 10..=40),
        ("row's filter sometimes true", 2..=30),
        ("choice's filter sometimes true", 5..=40),
        ("choice never picked", 20..=60),
        ("checks", 50..=90),
        ("check fails and holds", 20..=60),
        ("check always holds", 10..=60),
        ("check always fails", 10..=40),
        ("check never known", 10..=50),
        ("computed always missing", 2..=20),
        ("computed sometimes missing", 4..=30),
        ("several routes", 50..=90),
        ("four routes", 12..=60),
        ("one complete sheet in a hundred", 1..=20),
    ]);
}

fn note(shares: &mut Shares, it: &Enumeration) {
    let slots = || it.slots.values();
    shares.count("unreachable slot", slots().any(|it| it.some.is_none()));
    let mut items = it.items.values();
    shares.count("unreachable item", items.any(|it| it.some.is_none()));
    let mut pages = it.pages.values();
    shares.count("unreachable page", pages.any(|it| it.some.is_none()));
    let mut items = it.items.iter().filter(|(_, it)| it.some.is_none());
    let slotless = |id: &String| !it.slots.keys().any(|key| key.contains(id.as_str()));
    shares.count(
        "unreachable statement",
        items.any(|(id, _)| slotless(id) && !it.computed.contains_key(id)),
    );
    let filters = || it.filters.iter();
    shares.count(
        "filtered item always shown",
        filters().any(|(at, _)| matches!(at, Filter::Item(id) if it.items[id].always)),
    );
    let both = |holds: bool, hides: bool| {
        filters().any(|(_, it)| it.holds.is_some() == holds && it.hides.is_some() == hides)
    };
    shares.count("filter sometimes true", both(true, true));
    shares.count("filter never true", both(false, true));
    shares.count("filter always true", both(true, false));
    shares.count("filter inside what is off path", both(false, false));
    let sometimes = |of: &dyn Fn(&Filter) -> bool| {
        filters().any(|(at, it)| of(at) && it.holds.is_some() && it.hides.is_some())
    };
    shares.count(
        "row's filter sometimes true",
        sometimes(&|it| matches!(it, Filter::Row(..))),
    );
    shares.count(
        "choice's filter sometimes true",
        sometimes(&|it| matches!(it, Filter::Choice(..))),
    );
    let mut picked = it.picked.values();
    shares.count("choice never picked", picked.any(Option::is_none));
    let checks = || it.checks.values();
    let (fails, holds) = (
        |it: &&testkit::Rule| it.fails.is_some(),
        |it: &&testkit::Rule| it.holds.is_some(),
    );
    shares.count(
        "check fails and holds",
        checks().any(|it| fails(&it) && holds(&it)),
    );
    shares.count(
        "check always holds",
        checks().any(|it| !fails(&it) && holds(&it)),
    );
    shares.count(
        "check always fails",
        checks().any(|it| fails(&it) && !holds(&it)),
    );
    shares.count("check never known", checks().any(|it| !it.is_ever_known()));
    let computed = || it.computed.values().filter(|it| it.missing.is_some());
    shares.count(
        "computed always missing",
        computed().any(|it| it.valued.is_none()),
    );
    shares.count(
        "computed sometimes missing",
        computed().any(|it| it.valued.is_some()),
    );
    shares.count("several routes", it.routes.len() > 1);
    shares.count("four routes", it.routes.len() > 3);
    shares.count(
        "one complete sheet in a hundred",
        it.n_complete * 100 <= it.n_sheets,
    );
}

#[test]
fn a_tape_that_has_run_out_makes_the_plainest_questionnaire() {
    let engine = small(&mut Tape::of_list(Vec::new())).engine();
    assert_eq!(engine.instrument.items.len(), 2);
    assert!(sources(&engine).is_empty());
}

#[test]
fn the_same_seed_gives_the_same_questionnaire() {
    for seed in 0..50 {
        let once = format!("{:?}", small_case(seed));
        assert_eq!(once, format!("{:?}", small_case(seed)));
    }
}

proptest! {
    #[test]
    fn every_tape_makes_a_questionnaire_that_can_be_gone_through(it in small_cases()) {
        prop_assert!(enumerate(&it.engine(), BOUND).is_some());
    }
}

/// Laws that hold for small questionnaires hold for what the sample gives, too.
#[test]
fn some_have_variables_of_the_sampling_frame() {
    let given = |seed: &u64| {
        let small = small_case(*seed);
        !small.questionnaire.frame.is_empty()
    };
    let n = (0..400).filter(given).count();
    assert!(n > 30, "{n}");
}
