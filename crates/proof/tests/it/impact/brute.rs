//! Small questionnaires with one random edit: what is said of both versions agrees with going
//! through every answer to both.

use std::collections::{BTreeMap, BTreeSet};

use proof::impact::{Impact, Relation, Witness, impact_with};
use proof::{Budget, Options};
use proptest::prelude::*;
use questionnaire::document::Questionnaire;
use questionnaire::instrument::{Kind, Units};
use questionnaire::{Engine, Evaluation, Severity, Sheet};
use serde_json::{Value, json};
use testkit::Tape;

use super::edit::edit;

/// Joint sheets of one pair of versions at most.
const BOUND: usize = 30_000;

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

/// What all joint sheets show.
#[derive(Default)]
struct Shown {
    gained: BTreeSet<String>,
    lost: BTreeSet<String>,
    refused: BTreeMap<String, BTreeSet<String>>,
    no_longer: bool,
    newly: bool,
}

struct Walk<'e> {
    old: Evaluation<'e>,
    new: Evaluation<'e>,
    places: Vec<(String, Vec<Value>)>,
    /// For each item of both, what of it can be on path, by name and version.
    spots: Vec<(String, [BTreeMap<String, Spot>; 2])>,
    left: usize,
    shown: Shown,
}

#[derive(Clone, Copy)]
enum Spot {
    Item(u32, Option<u32>),
    Slot(u32),
}

impl Spot {
    fn is_on_path(self, it: &Evaluation<'_>) -> bool {
        match self {
            Self::Item(item, unit) => it.is_on_path(item, unit),
            Self::Slot(slot) => {
                let gate = it.engine().layout.slots()[slot as usize].gate;
                it.gate_truth(gate).is_true()
            }
        }
    }
}

fn spots(engine: &Engine, id: &str, keys: &BTreeSet<String>) -> Option<BTreeMap<String, Spot>> {
    let item = engine.layout.item(id)?;
    let mut spots = BTreeMap::new();
    match engine.instrument.items[item as usize].roster {
        None => {
            spots.insert(String::new(), Spot::Item(item, None));
        }
        Some(roster) => {
            for unit in 0..engine.instrument.unit_bound(roster) {
                let key = engine.instrument.unit_key(roster, unit);
                spots.insert(key, Spot::Item(item, Some(unit)));
            }
        }
    }
    for (slot, at) in (0u32..).zip(engine.layout.slots()) {
        if at.item == item && keys.contains(&*at.key) {
            spots.insert(format!("slot {}", at.key), Spot::Slot(slot));
        }
    }
    Some(spots)
}

fn hard(it: &Evaluation<'_>) -> BTreeSet<(String, String)> {
    let failures = it.failures().into_iter();
    let failures = failures.filter(|it| it.severity == Severity::Hard);
    failures.map(|it| (it.item, it.code.code())).collect()
}

impl Walk<'_> {
    fn units(&mut self, at: usize) -> Option<()> {
        let free = |engine: &Engine| -> Vec<(u32, String, u32)> {
            let rosters = (0u32..).zip(&engine.instrument.rosters);
            let free = rosters.filter_map(|(at, it)| match it.units {
                Units::Free { max, .. } => {
                    let id = engine.instrument.items[it.item as usize].id.clone();
                    Some((at, id, u32::from(max)))
                }
                Units::Chosen { .. } => None,
            });
            free.collect()
        };
        let (old, new) = (free(self.old.engine()), free(self.new.engine()));
        let ids: BTreeSet<&String> = old.iter().chain(&new).map(|it| &it.1).collect();
        let Some(id) = ids.iter().nth(at) else {
            return self.place(0);
        };
        let most = old.iter().chain(&new).filter(|it| it.1 == **id);
        let most = most.map(|it| it.2).max().unwrap_or(0);
        // A sheet with too many units does not fit: bounds of rosters are not edited.
        for n in 0..=most {
            for (roster, of, _) in &old {
                if of == *id {
                    self.old.set_units(*roster, n);
                }
            }
            for (roster, of, _) in &new {
                if of == *id {
                    self.new.set_units(*roster, n);
                }
            }
            self.units(at + 1)?;
        }
        Some(())
    }

    fn place(&mut self, nth: usize) -> Option<()> {
        let Some((key, values)) = self.places.get(nth).cloned() else {
            return self.sheet();
        };
        for value in values {
            self.old.set_by_key(&key, &value);
            self.new.set_by_key(&key, &value);
            self.place(nth + 1)?;
        }
        Some(())
    }

    fn sheet(&mut self) -> Option<()> {
        self.left = self.left.checked_sub(1)?;
        let [was, is] = [hard(&self.old), hard(&self.new)];
        let (fits_old, fits_new) = (was.is_empty(), is.is_empty());
        self.shown.no_longer |= fits_old && !fits_new;
        self.shown.newly |= !fits_old && fits_new;
        if fits_old {
            for (key, code) in is.difference(&was) {
                let engine = self.new.engine();
                let item = (0u32..)
                    .zip(&engine.instrument.items)
                    .find(|(at, _)| owns(engine, *at, key));
                let id = item.map_or(String::new(), |it| it.1.id.clone());
                self.shown
                    .refused
                    .entry(id)
                    .or_default()
                    .insert(code.clone());
            }
        }
        let too_fine = was.iter().chain(&is).any(|it| it.1 == "type");
        if (fits_old || fits_new) && !too_fine {
            for (id, [old, new]) in &self.spots {
                let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
                for name in names {
                    let on = |spot: Option<&Spot>, it: &Evaluation<'_>| {
                        spot.is_some_and(|spot| spot.is_on_path(it))
                    };
                    match (on(old.get(name), &self.old), on(new.get(name), &self.new)) {
                        (false, true) => _ = self.shown.gained.insert(id.clone()),
                        (true, false) => _ = self.shown.lost.insert(id.clone()),
                        _ => {}
                    }
                }
            }
        }
        Some(())
    }
}

/// Whether a failure's key is an item's.
fn owns(engine: &Engine, item: u32, key: &str) -> bool {
    let id = &engine.instrument.items[item as usize].id;
    if *id == key {
        return true;
    }
    let of_item = |it: &&questionnaire::layout::Slot| it.item == item;
    let mut slots = engine.layout.slots().iter().filter(of_item);
    slots.any(|it| *it.key == *key || key.starts_with(&format!("{}.", it.key)))
        || key.ends_with(&format!("].{id}"))
}

/// The same questionnaire with everything asked and nothing checked.
fn plain(engine: &Engine) -> Option<Engine> {
    let mut it = engine.instrument.clone();
    for block in &mut it.blocks {
        block.filter = None;
    }
    for page in &mut it.pages {
        page.filter = None;
    }
    for item in &mut it.items {
        item.filter = None;
        item.checks.clear();
        item.choice_filters.clear();
        if let Kind::Grid { rows, .. } = &mut item.kind {
            rows.iter_mut().for_each(|it| it.filter = None);
        }
    }
    Engine::new(it).ok()
}

/// Whether nothing is wrong with an answer by itself; what is not there takes none.
fn takes(plain: &Engine, key: &str, value: &Value) -> bool {
    if plain.layout.slot(key).is_none() {
        return false;
    }
    let mut it = plain.evaluation();
    for (at, roster) in (0u32..).zip(&plain.instrument.rosters) {
        match roster.units {
            Units::Free { max, .. } => it.set_units(at, max.into()),
            Units::Chosen { item, list } => {
                let choices = &plain.instrument.lists[list as usize].choices;
                let codes: Vec<&str> = choices.iter().map(|it| it.code.as_str()).collect();
                let id = &plain.instrument.items[item as usize].id;
                it.set_by_key(id, &json!(codes));
            }
        }
    }
    it.set_by_key(key, value);
    let mut failures = it.failures().into_iter();
    failures.all(|it| it.item != key || it.code.code() == "required")
}

fn walk(old: &Engine, new: &Engine) -> Option<Shown> {
    let (of_old, of_new) = (testkit::values(old)?, testkit::values(new)?);
    let keys = |them: &[(String, Vec<Value>)]| -> BTreeSet<String> {
        them.iter().map(|it| it.0.clone()).collect()
    };
    let common: BTreeSet<String> = keys(&of_old)
        .intersection(&keys(&of_new))
        .cloned()
        .collect();
    let mut places = of_old;
    for (key, values) in of_new {
        match places.iter_mut().find(|it| it.0 == key) {
            Some((_, known)) => {
                for value in values {
                    if !known.contains(&value) {
                        known.push(value);
                    }
                }
            }
            None => places.push((key, values)),
        }
    }
    // What no version takes is no answer to compare by.
    let plain = [plain(old)?, plain(new)?];
    for (key, values) in &mut places {
        values.retain(|value| plain.iter().any(|it| takes(it, key, value)));
    }
    let n: usize = places.iter().map(|it| it.1.len()).product();
    if n > BOUND {
        return None;
    }
    let ids = old.instrument.items.iter();
    let spots = ids.filter_map(|it| {
        let both = [spots(old, &it.id, &common)?, spots(new, &it.id, &common)?];
        Some((it.id.clone(), both))
    });
    let mut it = Walk {
        old: old.evaluation(),
        new: new.evaluation(),
        spots: spots.collect(),
        places,
        left: BOUND,
        shown: Shown::default(),
    };
    for engine in [old, new] {
        for slot in engine.layout.slots() {
            let list = engine.instrument.items[slot.item as usize].list();
            let list = list.and_then(|it| engine.instrument.lists.get(it as usize));
            for choice in list.map_or(&[][..], |it| &it.choices) {
                if choice.specify.as_ref().is_some_and(|it| it.required) {
                    let key = format!("{}.{}", slot.key, choice.code);
                    it.old.set_by_key(&key, &"précision".into());
                    it.new.set_by_key(&key, &"précision".into());
                }
            }
        }
    }
    it.units(0)?;
    Some(it.shown)
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
