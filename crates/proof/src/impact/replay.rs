//! What responses that are stored would become in a new version: read again by both engines.
//!
//! Counts, and ids of a few responses of each kind: nothing of what somebody answered.

use std::collections::{BTreeMap, BTreeSet};

use questionnaire::instrument::Kind;
use questionnaire::layout::Slot;
use questionnaire::{Engine, FailureCode, Loaded, Sheet, SlotState};
use serde::Serialize;

use super::pairing::Pairing;
use super::refused::new_failures;
use super::search::is_slot_on_path;

/// Most ids that are named of each kind.
const MAX_EXAMPLES: usize = 10;

/// What stored responses would become.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Replay {
    /// How many were read.
    pub responses: u64,
    /// Those for whom a question that both versions have is asked in one only.
    pub routed_differently: Examples,
    /// Answers that would fall off path, by slot.
    pub off_path: Vec<Count>,
    /// Answers for which the new version has no place, by key.
    pub without_place: Vec<Count>,
    /// Answers that the new version finds wrong and the old one did not, by slot and reason.
    pub refused: Vec<FailureCount>,
    /// Questions that the new version asks them and needs, and that they have not answered.
    pub unanswered: Vec<Count>,
    /// Those that were complete, and that the new version finds incomplete.
    pub no_longer_complete: Examples,
    /// Those that stopped on a page which the new version does not have: read as if they had seen
    /// everything.
    pub reached_unknown: u64,
    /// For each question, how many it concerns; inside a roster, of its units.
    pub bases: Vec<BaseBefore>,
}

/// How many, and the ids of the first of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Examples {
    /// How many.
    pub n: u64,
    /// Ids of at most ten.
    pub ids: Vec<String>,
}

impl Examples {
    fn add(&mut self, sheet: &Sheet) {
        self.n += 1;
        if let Some(id) = sheet
            .meta
            .id
            .as_ref()
            .filter(|_| self.ids.len() < MAX_EXAMPLES)
        {
            self.ids.push(id.clone());
        }
    }
}

/// How many responses have something at a key.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Count {
    /// The slot key, or that of a text beside a choice.
    pub key: String,
    /// How many.
    pub n: u64,
}

/// How many responses fail at a key.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FailureCount {
    /// The slot or item.
    pub key: String,
    /// Why.
    pub code: FailureCode,
    /// How many.
    pub n: u64,
}

/// A base in both versions; none where a version does not have the question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BaseBefore {
    /// `item`, `grid[row]`, `roster.item`, as tables are named.
    pub id: String,
    /// In the old version.
    pub old: Option<Counts>,
    /// In the new version.
    pub new: Option<Counts>,
}

/// A base chain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// On their path, reached or not.
    pub eligible: u64,
    /// Of these, reached.
    pub asked: u64,
    /// Of these, with an answer.
    pub answered: u64,
}

impl Counts {
    fn add(&mut self, state: SlotState) {
        self.eligible += u64::from(state != SlotState::NotAsked);
        self.asked += u64::from(state.is_asked());
        self.answered += u64::from(state == SlotState::Answered);
    }
}

/// Reads stored responses again, with both versions.
///
/// ```
/// # let version = |filter: &str| {
/// #     let source = format!("
/// # id: e
/// # title: E
/// # blocks:
/// # - id: b
/// #   pages:
/// #   - id: p
/// #     items:
/// #     - {{id: age, kind: quantity, label: Â, min: 0, max: 120}}
/// #     - {{id: metier, kind: text, label: M, filter: {filter}}}
/// # ");
/// #     questionnaire::check(&source).engine.unwrap()
/// # };
/// let (old, new) = (version("age >= 18"), version("age >= 21"));
/// let sheet = serde_json::from_str(r#"{"answers": {"age": 19, "metier": "Pâtissière"}}"#)?;
/// let replay = proof::replay(&old, &new, [&sheet]);
/// assert_eq!(replay.routed_differently.n, 1);
/// assert_eq!(replay.off_path[0].key, "metier");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[must_use]
pub fn replay<'s>(
    old: &Engine,
    new: &Engine,
    sheets: impl IntoIterator<Item = &'s Sheet>,
) -> Replay {
    let pairing = Pairing::of(old, new);
    let slots = 0..old.layout.slots().len() as u32;
    let common: Vec<(u32, u32)> = slots
        .filter_map(|it| Some((it, pairing.slot(it)?)))
        .collect();
    let mut replay = Replay::default();
    let mut bases = [Tables::of(old), Tables::of(new)];
    let mut keys: [BTreeMap<String, u64>; 3] = Default::default();
    let [off_path, without_place, unanswered] = &mut keys;
    let mut refused: BTreeMap<(String, FailureCode), u64> = BTreeMap::new();
    for sheet in sheets {
        let (was, is) = (old.load(sheet), new.load(sheet));
        replay.responses += 1;
        let differs = |(a, b): &(u32, u32)| {
            is_slot_on_path(&was.evaluation, *a) != is_slot_on_path(&is.evaluation, *b)
        };
        if common.iter().any(differs) {
            replay.routed_differently.add(sheet);
        }
        if was.verdict(None).complete && !super::search::is_complete(&is) {
            replay.no_longer_complete.add(sheet);
        }
        let lost = sheet
            .meta
            .reached
            .as_deref()
            .filter(|it| new.instrument.page(it).is_none());
        replay.reached_unknown += u64::from(lost.is_some());
        let before: BTreeSet<String> = was.evaluation.off_path().into_iter().collect();
        for key in is.evaluation.off_path() {
            if !before.contains(&key) {
                *off_path.entry(key).or_default() += 1;
            }
        }
        for key in unknown(&is).difference(&unknown(&was)) {
            if lost != Some(key) {
                *without_place.entry(key.clone()).or_default() += 1;
            }
        }
        for it in new_failures(&was, &is) {
            if it.code == FailureCode::Required {
                *unanswered.entry(it.item).or_default() += 1;
            } else {
                *refused.entry((it.item, it.code)).or_default() += 1;
            }
        }
        for (tables, it) in bases.iter_mut().zip([&was, &is]) {
            for (slot, state) in it.evaluation.slots() {
                tables.counts[tables.of_slot[slot as usize]].add(state);
            }
        }
    }
    let counts = |it: BTreeMap<String, u64>| -> Vec<Count> {
        it.into_iter().map(|(key, n)| Count { key, n }).collect()
    };
    let [off_path, without_place, unanswered] = keys.map(counts);
    (replay.off_path, replay.without_place) = (off_path, without_place);
    replay.unanswered = unanswered;
    let refused = refused.into_iter();
    replay.refused = refused
        .map(|((key, code), n)| FailureCount { key, code, n })
        .collect();
    replay.bases = joined(&bases);
    replay
}

/// Keys that name nothing.
fn unknown(it: &Loaded<'_>) -> BTreeSet<String> {
    let misfits = it.misfits.iter();
    let misfits = misfits.filter(|it| it.code == FailureCode::UnknownItem);
    misfits.map(|it| it.item.clone()).collect()
}

/// The questions of a version as tables name them, and the one that each slot is of.
struct Tables {
    ids: Vec<String>,
    of_slot: Vec<usize>,
    counts: Vec<Counts>,
}

impl Tables {
    fn of(engine: &Engine) -> Self {
        let mut ids: Vec<String> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let slots = engine.layout.slots().iter();
        let of_slot = slots
            .map(|it| {
                let id = table(engine, it);
                *places.entry(id.clone()).or_insert_with(|| {
                    ids.push(id);
                    ids.len() - 1
                })
            })
            .collect();
        Self {
            counts: vec![Counts::default(); ids.len()],
            ids,
            of_slot,
        }
    }

    fn find(&self, id: &str) -> Option<Counts> {
        let at = self.ids.iter().position(|it| it == id)?;
        self.counts.get(at).copied()
    }
}

/// Those of the new version in its order, then those that are gone.
fn joined([old, new]: &[Tables; 2]) -> Vec<BaseBefore> {
    let base = |id: &String| BaseBefore {
        id: id.clone(),
        old: old.find(id),
        new: new.find(id),
    };
    let gone = old.ids.iter().filter(|it| new.find(it).is_none());
    new.ids.iter().chain(gone).map(base).collect()
}

fn table(engine: &Engine, slot: &Slot) -> String {
    let instrument = &engine.instrument;
    let item = &instrument.items[slot.item as usize];
    let row = match (&item.kind, slot.row) {
        (Kind::Grid { rows, .. }, Some(row)) => rows.get(usize::from(row)),
        _ => None,
    };
    let roster = item
        .roster
        .and_then(|it| instrument.rosters.get(it as usize));
    let roster = roster.map(|it| &instrument.items[it.item as usize].id);
    let mut id = roster.map_or_else(String::new, |it| format!("{it}."));
    id.push_str(&item.id);
    if let Some(row) = row {
        id.push_str(&format!("[{}]", row.code));
    }
    id
}
