//! Every verdict agrees with going through every answer sheet, and every witness does what it
//! claims.

use proof::{Budget, Goal, Options, Proof, Status, prove_with};
use proptest::prelude::*;
use questionnaire::Engine;
use questionnaire::layout::Source;
use testkit::{Enumeration, Filter, Small};

/// Sheets of one questionnaire at most.
const BOUND: usize = 60_000;

/// How often each thing that agreement should mean something for came up.
#[derive(Debug, Default)]
struct Seen {
    compared: usize,
    no_complete: usize,
    met: usize,
    never: usize,
    open: usize,
    uncounted: usize,
}

/// Compares the proof of a questionnaire with what all its sheets show.
#[track_caller]
fn compare(small: &Small, options: Options, seen: &mut Seen) {
    let engine = small.engine();
    let Some(all) = testkit::enumerate(&engine, BOUND) else {
        return;
    };
    seen.compared += 1;
    let budget = Budget::default();
    let mut proof = prove_with(&engine, &budget, options);
    let context = || format!("{small:?}");
    if let Some(can) = proof.can_be_completed() {
        assert_eq!(can, all.n_complete > 0, "completable\n{}", context());
    }
    if all.n_complete == 0 {
        seen.no_complete += 1;
        return;
    }
    for (goal, status) in proof.goals() {
        match status {
            Status::Met(_) => seen.met += 1,
            Status::Never => seen.never += 1,
            Status::Open => seen.open += 1,
        }
        let Some(shown) = shown(&engine, &all, goal) else {
            continue;
        };
        match status {
            Status::Met(_) if is_alone(goal) => {}
            Status::Met(_) => assert!(shown, "{goal:?} is said to be met\n{}", context()),
            Status::Never => assert!(!shown, "{goal:?} is said to be impossible\n{}", context()),
            Status::Open => {}
        }
        if let Some(sheet) = proof.witness(goal) {
            let verdict = engine.load(sheet).verdict(None);
            let hard_check = matches!(goal, Goal::CheckFails(..));
            assert!(verdict.complete || hard_check, "{goal:?}\n{}", context());
        }
    }
    routes(&mut proof, &all, seen, small);
}

fn routes(proof: &mut Proof<'_>, all: &Enumeration, seen: &mut Seen, small: &Small) {
    let Some(routes) = proof.routes() else {
        seen.uncounted += 1;
        return;
    };
    let count = u64::try_from(&routes.count).unwrap();
    let said = (count, routes.shortest, routes.longest);
    let n = |it: Option<usize>| it.unwrap() as u64;
    let shown = (all.routes.len() as u64, n(all.shortest()), n(all.longest()));
    assert_eq!(said, shown, "routes (count, shortest, longest)\n{small:?}");
}

/// A hard check may fail only together with others, which the oracle does not look at.
fn is_alone(goal: Goal) -> bool {
    matches!(goal, Goal::CheckFails(..))
}

/// What going through all sheets has shown of a goal.
fn shown(engine: &Engine, all: &Enumeration, goal: Goal) -> Option<bool> {
    let instrument = &engine.instrument;
    let id = |it: u32| instrument.items[it as usize].id.clone();
    Some(match goal {
        Goal::Block(it) => all.blocks[&instrument.blocks[it as usize].id]
            .some
            .is_some(),
        Goal::Page(it) => all.pages[&instrument.pages[it as usize].id].some.is_some(),
        Goal::Item(it) => all.items[&id(it)].some.is_some(),
        Goal::ItemHidden(it) => !all.items[&id(it)].always,
        Goal::Holds(source) => all.filters.get(&filter(engine, source)?)?.holds.is_some(),
        Goal::Hides(source) => all.filters.get(&filter(engine, source)?)?.hides.is_some(),
        Goal::Picks(it, code) => {
            let list = instrument.items[it as usize].list()?;
            let code = instrument.lists[list as usize].choice(code)?.code.clone();
            all.picked.get(&(id(it), code))?.is_some()
        }
        Goal::CheckFails(it, nth) => {
            let check = &instrument.items[it as usize].checks[usize::from(nth)];
            all.checks.get(&(id(it), check.id.clone()))?.fails.is_some()
        }
        Goal::Value(it) => all.computed.get(&id(it))?.valued.is_some(),
        Goal::CheckHolds(..) | Goal::Row(..) | Goal::Case(..) => return None,
    })
}

fn filter(engine: &Engine, source: Source) -> Option<Filter> {
    use questionnaire::instrument::Kind;
    let instrument = &engine.instrument;
    let item = |it: u32| &instrument.items[it as usize];
    Some(match source {
        Source::Block(it) => Filter::Block(instrument.blocks[it as usize].id.clone()),
        Source::Page(it) => Filter::Page(instrument.pages[it as usize].id.clone()),
        Source::Item(it) => Filter::Item(item(it).id.clone()),
        Source::Row(it, row) => match &item(it).kind {
            Kind::Grid { rows, .. } => {
                Filter::Row(item(it).id.clone(), rows[usize::from(row)].code.clone())
            }
            _ => return None,
        },
        Source::Choice(it, nth) => {
            let (code, _) = item(it).choice_filters[usize::from(nth)];
            let list = item(it).list()?;
            let code = instrument.lists[list as usize].choice(code)?.code.clone();
            Filter::Choice(item(it).id.clone(), code)
        }
        _ => return None,
    })
}

/// Few are left open, so that agreement means something.
#[test]
fn a_series_of_questionnaires_agrees_with_brute_force() {
    let mut seen = Seen::default();
    for seed in 0..400 {
        compare(&testkit::small_case(seed), Options::default(), &mut seen);
    }
    println!("{seen:?}");
    assert!(seen.compared > 300, "{seen:?}");
    assert!(seen.never * 20 > seen.met, "{seen:?}");
    assert!(seen.open * 200 < seen.met, "{seen:?}");
}

/// The same where numbers stay ranges, and are searched for.
#[test]
fn ranges_agree_with_brute_force() {
    let mut seen = Seen::default();
    for seed in 1_000..1_400 {
        let options = Options { max_points: 1 };
        compare(&testkit::small_case(seed), options, &mut seen);
    }
    println!("{seen:?}");
    assert!(seen.open * 50 < seen.met, "{seen:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_small_questionnaire_agrees_with_brute_force(
        small in testkit::small_cases(),
        max_points in prop_oneof![Just(1), Just(4), Just(24)],
    ) {
        compare(&small, Options { max_points }, &mut Seen::default());
    }
}
