//! Every answer to both versions, read by both engines.

use std::collections::{BTreeMap, BTreeSet};

use questionnaire::instrument::{Kind, Units};
use questionnaire::{Engine, Evaluation, Severity};
use serde_json::{Value, json};

/// Joint sheets of one pair of versions at most.
const BOUND: usize = 30_000;

/// What all joint sheets show.
#[derive(Default)]
pub(super) struct Shown {
    pub(super) gained: BTreeSet<String>,
    pub(super) lost: BTreeSet<String>,
    pub(super) refused: BTreeMap<String, BTreeSet<String>>,
    pub(super) no_longer: bool,
    pub(super) newly: bool,
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
pub(super) enum Spot {
    Item(u32, Option<u32>),
    Slot(u32),
}

impl Spot {
    pub(super) fn is_on_path(self, it: &Evaluation<'_>) -> bool {
        match self {
            Self::Item(item, unit) => it.is_on_path(item, unit),
            Self::Slot(slot) => {
                let gate = it.engine().layout.slots()[slot as usize].gate;
                it.gate_truth(gate).is_true()
            }
        }
    }
}

pub(super) fn spots(
    engine: &Engine,
    id: &str,
    keys: &BTreeSet<String>,
) -> Option<BTreeMap<String, Spot>> {
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

pub(super) fn walk(old: &Engine, new: &Engine) -> Option<Shown> {
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
