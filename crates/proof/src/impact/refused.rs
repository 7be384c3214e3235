//! Answers that were complete and that the new version refuses: what, and a sheet of each.

use std::collections::BTreeSet;

use questionnaire::instrument::{Choice, Item, ItemIx, List};
use questionnaire::layout::key_of;
use questionnaire::{Engine, Failure, FailureCode, Loaded, Severity};
use serde::Serialize;
use serde_json::Value;

use super::classes::Written;
use super::search::{Complete, Found, Pair, Seeker, Witness};
use crate::encode::RuleKind;
use crate::formula::Lit;
use crate::goal::Goal;

/// An answer that the new version refuses, in a sheet that is complete in the old one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Refused {
    /// The item of the new version.
    pub item: String,
    /// Why it is refused: `required`, `unknown_code`, `range`…
    pub code: FailureCode,
    /// The answer, unless there is none.
    pub answer: Option<Value>,
    /// The sheet.
    pub witness: Witness,
}

/// What the new version says is wrong and the old one does not.
pub(super) fn new_failures(old: &Loaded<'_>, new: &Loaded<'_>) -> Vec<Failure> {
    let all = |it: &Loaded<'_>| {
        let misfits = it.misfits.iter().cloned();
        let misfits = misfits.filter(|it| it.code != FailureCode::UnknownItem);
        let mut all = it.evaluation.failures();
        all.retain(|it| it.severity == Severity::Hard);
        all.extend(misfits);
        all
    };
    let before = all(old);
    let mut after = all(new);
    after.retain(|it| !before.contains(it));
    after
}

/// Something to look for: when it happens, whose it is, the key of what fails.
struct Wanted {
    when: Vec<Lit>,
    item: ItemIx,
    key: String,
    /// How it is told from others of the same item, of which one sheet is enough.
    sort: String,
}

/// Every answer that the new version refuses, once for each item, reason and code.
pub(super) fn find(seeker: &mut Seeker<'_>, unproven: &mut Vec<String>) -> Vec<Refused> {
    let mut wanted = answers(seeker);
    wanted.extend(rules(seeker));
    let mut found: Vec<Refused> = Vec::new();
    let mut done: BTreeSet<(ItemIx, String)> = BTreeSet::new();
    let engine = seeker.both.new.engine;
    for it in wanted {
        let sort = (it.item, it.sort.clone());
        if done.contains(&sort) {
            continue;
        }
        // A unit too many is reported by its own key: `roster[5]`.
        let unit = format!("{}[", it.key);
        let about = |failure: &Failure| {
            failure.item == it.key
                || (failure.item.starts_with(&unit) && failure.code == FailureCode::Range)
                    && failure.item.ends_with(']')
        };
        let shows = |pair: &Pair<'_, '_>| new_failures(pair.old, pair.new).iter().any(about);
        let id = &engine.instrument.items[it.item as usize].id;
        match seeker.find(&it.when, Complete::Old, &shows) {
            Found::Witness(witness) => {
                let (old, new) = (
                    seeker.both.old.engine.load(&witness.sheet),
                    engine.load(&witness.sheet),
                );
                for failure in new_failures(&old, &new).into_iter().filter(about) {
                    let answer = answer(&old, &failure.item);
                    let told = |it: &Refused| {
                        it.item == *id && it.code == failure.code && it.answer == answer
                    };
                    if !found.iter().any(told) {
                        found.push(Refused {
                            item: id.clone(),
                            code: failure.code,
                            answer,
                            witness: (*witness).clone(),
                        });
                    }
                }
                done.insert(sort);
            }
            Found::Never => {}
            Found::Open => {
                let what = format!("refused:{id}");
                if !unproven.contains(&what) {
                    unproven.push(what);
                }
            }
        }
    }
    found.extend(specified(seeker));
    found
}

/// The answer to a slot, as the old version has it.
fn answer(old: &Loaded<'_>, key: &str) -> Option<Value> {
    let engine = old.evaluation.engine();
    let slot = engine.layout.slot(key)?;
    let item = engine.layout.slots()[slot as usize].item;
    let list = list(engine, &engine.instrument.items[item as usize]);
    old.evaluation.answer(slot).to_json(list)
}

fn list<'e>(engine: &'e Engine, item: &Item) -> Option<&'e List> {
    let lists = &engine.instrument.lists;
    item.list().and_then(|it| lists.get(it as usize))
}

/// What can be written that the new version does not take.
fn answers(seeker: &Seeker<'_>) -> Vec<Wanted> {
    let both = &seeker.both;
    let new = both.new.engine;
    let mut wanted = Vec::new();
    for place in &both.places {
        let Some(slot) = place.new else {
            continue;
        };
        let on_path = both.new.on_path(slot);
        let domain = &both.new.domains[slot as usize];
        let item = new.layout.slots()[slot as usize].item;
        let mut push = |when: Vec<Lit>, sort: String| {
            if !when.contains(&Lit::FALSE) {
                wanted.push(Wanted {
                    when,
                    item,
                    key: place.key.clone(),
                    sort,
                });
            }
        };
        for it in &place.written {
            if it.what == Written::Set {
                let codes = domain.set.iter().flat_map(|it| &it.chosen);
                let n_known = codes.count();
                let list = list(new, &new.instrument.items[item as usize]);
                let known = |code: &str| list.is_some_and(|it| it.position(code).is_some());
                for (code, chosen) in place.chosen.iter().filter(|it| !known(&it.0)) {
                    push(vec![on_path, it.when, *chosen], format!("code {code}"));
                }
                if n_known > 0 {
                    push(vec![on_path, it.when, !domain.valid], "set".to_owned());
                }
            } else if !it.new_takes {
                push(vec![on_path, it.when], sort(&it.what));
            }
        }
    }
    wanted
}

fn sort(it: &Written) -> String {
    match it {
        Written::Code(code) | Written::Alone(code) => format!("code {code}"),
        Written::Range(..) => "range".to_owned(),
        Written::Text(_) | Written::OtherText | Written::LongText(_) => "text".to_owned(),
        it => format!("{it:?}"),
    }
}

/// Rules of the new version that the old one does not have.
fn rules(seeker: &Seeker<'_>) -> Vec<Wanted> {
    let both = &seeker.both;
    let engine = both.new.engine;
    let before: BTreeSet<Lit> = both.old.rules.iter().map(|it| it.holds).collect();
    let mut wanted = Vec::new();
    for rule in &both.new.rules {
        if before.contains(&rule.holds) {
            continue;
        }
        let slot = |it: u32| &engine.layout.slots()[it as usize];
        let (item, key, sort) = match rule.kind {
            // What is wrong with an answer by itself is looked for class by class.
            RuleKind::Answer { .. } => continue,
            RuleKind::Offer { slot: it } => (
                slot(it).item,
                slot(it).key.to_string(),
                format!("offer {:?}", rule.holds),
            ),
            RuleKind::Check { item, nth, unit } => (
                item,
                key_of(&engine.instrument, item, unit),
                format!("check {nth}"),
            ),
            RuleKind::Units { roster } => {
                let item = engine.instrument.rosters[roster as usize].item;
                let id = engine.instrument.items[item as usize].id.clone();
                (item, id, format!("units {:?}", rule.holds))
            }
        };
        wanted.push(Wanted {
            when: vec![!rule.holds],
            item,
            key,
            sort,
        });
    }
    wanted
}

/// Texts beside choices that are needed from now on.
fn specified(seeker: &Seeker<'_>) -> Vec<Refused> {
    let (old, new) = (seeker.both.old.engine, seeker.both.new.engine);
    let mut found = Vec::new();
    let mut proof = None;
    for (ix, item) in (0u32..).zip(&old.instrument.items) {
        let other = new.layout.item(&item.id);
        let other = other.and_then(|it| list(new, &new.instrument.items[it as usize]));
        let (Some(was), Some(is)) = (list(old, item), other) else {
            continue;
        };
        for (code, choice) in (0u16..).zip(&was.choices) {
            let now = is.position(&choice.code).and_then(|it| is.choice(it));
            let needed = |it: &Choice| it.specify.as_ref().is_some_and(|it| it.required);
            if needed(choice) || !now.is_some_and(needed) {
                continue;
            }
            let proof = proof.get_or_insert_with(|| crate::prove::prove(old, &seeker.budget));
            let Some(sheet) = proof.witness(Goal::Picks(ix, code)) else {
                continue;
            };
            // Beside the choice of a slot: `item.code`, `grid[row].code`, `roster[unit].item.code`.
            let slots = new.layout.slots().iter();
            let slots = slots.filter(|it| new.instrument.items[it.item as usize].id == item.id);
            let keys = slots.map(|it| format!("{}.{}", it.key, choice.code));
            let keys: Vec<String> = keys.collect();
            let about = |it: &Failure| it.code == FailureCode::Required && keys.contains(&it.item);
            let shows = |it: &Pair<'_, '_>| new_failures(it.old, it.new).iter().any(about);
            if let Some(witness) = seeker.both.shown(sheet.clone(), Complete::Old, &shows) {
                found.push(Refused {
                    item: item.id.clone(),
                    code: FailureCode::Required,
                    answer: Some(choice.code.as_str().into()),
                    witness,
                });
            }
        }
    }
    found
}
