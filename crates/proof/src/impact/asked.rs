//! Who is asked each item: the same people, more, fewer, others.

use std::collections::{BTreeMap, HashMap};

use questionnaire::Evaluation;
use questionnaire::instrument::ItemIx;
use serde::Serialize;

use super::pairing::Pairing;
use super::search::{Complete, Found, Pair, Seeker, Witness};
use crate::encode::{Encoding, units_of};
use crate::formula::Lit;

/// Who is asked an item in the new version, compared with the old one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Base {
    /// See [`Relation`].
    pub relation: Relation,
    /// A sheet of somebody whom only the new version asks.
    pub gained: Option<Witness>,
    /// A sheet of somebody whom only the old version asks.
    pub lost: Option<Witness>,
    /// Whether the old version asks it of anybody who completes it: yes, no, or not proven.
    pub reached_old: Option<bool>,
    /// The same of the new version.
    pub reached_new: Option<bool>,
}

/// How two bases lie to each other. Inside a roster, units are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// No sheet that is complete in either version is asked it in one only; numbers with more
    /// decimals than one version takes are left aside.
    Same,
    /// Some are asked it that were not, and all that were still are.
    Wider,
    /// Some are not asked it any more, and nobody else is.
    Narrower,
    /// Both: some are asked it that were not, and some are not that were.
    Different,
    /// One side at least is not proven; a sheet shows what is known of the other.
    Unproven,
}

impl Relation {
    /// The code in files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Wider => "wider",
            Self::Narrower => "narrower",
            Self::Different => "different",
            Self::Unproven => "unproven",
        }
    }
}

/// A place in both versions: gates, where there are any.
type Spot = (Option<u32>, Option<u32>);

/// What was found of one side of a base.
#[derive(Clone)]
enum Side {
    Shown(Box<Witness>),
    Never,
    Open,
}

/// The base of each item that both versions have, by its position in the old one.
pub(super) fn bases(
    pairing: &Pairing<'_>,
    seeker: &mut Seeker<'_>,
    unproven: &mut Vec<String>,
) -> BTreeMap<ItemIx, Base> {
    let mut known: HashMap<Vec<(Lit, Lit)>, [Side; 2]> = HashMap::new();
    let mut bases = BTreeMap::new();
    let mut items: Vec<ItemIx> = pairing.new_of.keys().copied().collect();
    items.sort_unstable();
    for item in items {
        let spots = spots(pairing, item);
        let lits: Vec<(Lit, Lit)> = spots.iter().map(|it| lits(seeker, *it)).collect();
        let alike = pairing.is_unchanged(item) || lits.iter().all(|(old, new)| old == new);
        let [gained, lost] = if alike {
            [Side::Never, Side::Never]
        } else {
            match known.get(&lits) {
                Some(it) => it.clone(),
                None => {
                    let both = [true, false].map(|gained| side(seeker, &spots, &lits, gained));
                    known.insert(lits, both.clone());
                    both
                }
            }
        };
        let relation = match (&gained, &lost) {
            (Side::Never, Side::Never) => Relation::Same,
            (Side::Shown(_), Side::Never) => Relation::Wider,
            (Side::Never, Side::Shown(_)) => Relation::Narrower,
            (Side::Shown(_), Side::Shown(_)) => Relation::Different,
            (Side::Open, _) | (_, Side::Open) => Relation::Unproven,
        };
        if relation == Relation::Unproven {
            let id = &pairing.old.instrument.items[item as usize].id;
            unproven.push(format!("base:{id}"));
        }
        let witness = |it: Side| match it {
            Side::Shown(it) => Some(*it),
            Side::Never | Side::Open => None,
        };
        let base = Base {
            relation,
            gained: witness(gained),
            lost: witness(lost),
            reached_old: None,
            reached_new: None,
        };
        bases.insert(item, base);
    }
    bases
}

fn lits(seeker: &Seeker<'_>, (old, new): Spot) -> (Lit, Lit) {
    let lit = |encoding: &Encoding<'_>, gate: Option<u32>| {
        gate.map_or(Lit::FALSE, |it| encoding.gates[it as usize])
    };
    (lit(&seeker.both.old, old), lit(&seeker.both.new, new))
}

fn is_open(it: &Evaluation<'_>, gate: Option<u32>) -> bool {
    gate.is_some_and(|gate| it.gate_truth(gate).is_true())
}

/// Looks for somebody whom only the new version asks, or only the old one: best a sheet that is
/// complete in both.
fn side(seeker: &mut Seeker<'_>, spots: &[Spot], lits: &[(Lit, Lit)], gained: bool) -> Side {
    let only: Vec<Lit> = lits
        .iter()
        .map(|(old, new)| {
            let (there, not_there) = if gained { (*new, *old) } else { (*old, *new) };
            seeker.both.formulas.and(there, !not_there)
        })
        .collect();
    let some = seeker.both.formulas.any(only);
    // Somebody who may say 18.5 would have said 18 or 19: that is no other person.
    let too_fine = seeker.both.too_fine.iter().map(|it| !*it);
    let them: Vec<Lit> = too_fine.chain([some]).collect();
    let shows = |it: &Pair<'_, '_>| {
        spots.iter().any(|(old, new)| {
            let old = is_open(&it.old.evaluation, *old);
            let new = is_open(&it.new.evaluation, *new);
            if gained { new && !old } else { old && !new }
        })
    };
    let mut found = Side::Never;
    for complete in [Complete::Both, Complete::Either] {
        match seeker.find(&them, complete, &shows) {
            Found::Witness(it) => return Side::Shown(it),
            Found::Never => {}
            Found::Open => found = Side::Open,
        }
    }
    found
}

/// The gates of an item in both versions: unit by unit, row by row. Where the item stands in another
/// roster, or in none any more, units cannot be compared: the gates of its pages are.
fn spots(pairing: &Pairing<'_>, old: ItemIx) -> Vec<Spot> {
    let (was, is) = (&pairing.old.layout, &pairing.new.layout);
    let new = pairing.new_of[&old];
    let rosters = (
        pairing.old.instrument.items[old as usize].roster,
        pairing.new.instrument.items[new as usize].roster,
    );
    let mut spots = Vec::new();
    match rosters {
        (None, None) => spots.push((was.item_gate(old, None), is.item_gate(new, None))),
        (Some(a), Some(b)) if pairing.roster(a) == Some(b) => {
            let units = units_of(pairing.old, old).into_iter().flatten();
            let paired: Vec<_> = units.map(|it| (it, pairing.unit((a, it)))).collect();
            for (unit, other) in &paired {
                let other = other.and_then(|it| is.item_gate(new, Some(it)));
                spots.push((was.item_gate(old, Some(*unit)), other));
            }
            for unit in units_of(pairing.new, new).into_iter().flatten() {
                if paired.iter().all(|it| it.1 != Some(unit)) {
                    spots.push((None, is.item_gate(new, Some(unit))));
                }
            }
        }
        _ => {
            let of = |engine: &questionnaire::Engine, item: ItemIx| {
                let page = engine.instrument.items[item as usize].page;
                engine.layout.page_gate(page)
            };
            spots.push((of(pairing.old, old), of(pairing.new, new)));
        }
    }
    // Rows of a grid that have a filter of their own.
    for (slot, at) in (0u32..).zip(was.slots()) {
        if at.item == old
            && let Some(other) = pairing.slot(slot)
        {
            let gates = (Some(at.gate), Some(is.slots()[other as usize].gate));
            if !spots.contains(&gates) {
                spots.push(gates);
            }
        }
    }
    spots
}
