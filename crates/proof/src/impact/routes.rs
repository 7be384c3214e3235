//! Routes that only one version has, over the slots that both have.
//!
//! A route here is what of these slots is on path in a complete sheet. As in [`crate::routes`], parts
//! that read no answer in common are counted apart; here they must be apart in both versions. For
//! each part the patterns of each version are a set, and what both have is their intersection.

use std::collections::{BTreeMap, HashMap};

use num_bigint::BigUint;
use serde::{Serialize, Serializer};

use super::patterns::{Patterns, counts, patterns};
use super::search::{Complete, Found, Pair, Seeker, Witness, is_slot_on_path};
use crate::diagram::EMPTY;
use crate::formula::Lit;
use crate::prove::Proof;
use crate::routes::Routes;

/// The routes of two versions.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RoutesImpact {
    /// Those of the old version, over its own slots; none if they were not counted.
    #[serde(serialize_with = "counted")]
    pub old: Option<Routes>,
    /// Those of the new version.
    #[serde(serialize_with = "counted")]
    pub new: Option<Routes>,
    /// Those of the old version that the new one does not have.
    pub vanished: RouteSet,
    /// Those of the new version that the old one does not have.
    pub appeared: RouteSet,
}

/// Routes over the slots that both versions have, of one version only.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RouteSet {
    /// How many there are; none if that is not proven.
    #[serde(serialize_with = "digits")]
    pub count: Option<BigUint>,
    /// One of them.
    pub example: Option<RouteExample>,
}

/// A route, and a sheet that takes it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RouteExample {
    /// What of the slots that both versions have is on path.
    pub slots: Vec<String>,
    /// The sheet: complete in the version whose route it is.
    pub witness: Witness,
}

fn digits<S: Serializer>(it: &Option<BigUint>, s: S) -> Result<S::Ok, S::Error> {
    it.as_ref().map(ToString::to_string).serialize(s)
}

fn counted<S: Serializer>(it: &Option<Routes>, s: S) -> Result<S::Ok, S::Error> {
    let it = it.as_ref().map(|it| {
        serde_json::json!({
            "count": it.count.to_string(),
            "shortest": it.shortest,
            "longest": it.longest,
        })
    });
    it.serialize(s)
}

/// Compares the routes of two versions; `same` if it is known that they have the same ones.
pub(super) fn compare(
    seeker: &mut Seeker<'_>,
    [old, new]: &mut [&mut Proof<'_>; 2],
    same: bool,
    unproven: &mut Vec<String>,
) -> RoutesImpact {
    let mut it = RoutesImpact {
        old: old.routes(),
        new: new.routes(),
        ..RoutesImpact::default()
    };
    for (routes, version) in [(&it.old, "old"), (&it.new, "new")] {
        if routes.is_none() {
            unproven.push(format!("routes:{version}"));
        }
    }
    let can = [old.can_be_completed(), new.can_be_completed()];
    if same {
        for set in [&mut it.vanished, &mut it.appeared] {
            set.count = Some(BigUint::ZERO);
        }
        return it;
    }
    let patterns = match can {
        [Some(true), Some(true)] => patterns(seeker),
        _ => None,
    };
    if let Some(patterns) = patterns {
        let counts = counts(&patterns);
        for (set, is_new) in [(&mut it.vanished, false), (&mut it.appeared, true)] {
            let n = &counts[usize::from(is_new)];
            set.example = match *n == BigUint::ZERO {
                true => None,
                false => example(seeker, &patterns, is_new),
            };
            set.count = Some(n.clone());
        }
    }
    for (set, what) in [(&it.vanished, "vanished"), (&it.appeared, "appeared")] {
        let is_zero = set.count.as_ref().is_some_and(|it| *it == BigUint::ZERO);
        if !is_zero && (set.count.is_none() || set.example.is_none()) {
            unproven.push(format!("routes:{what}"));
        }
    }
    it
}

/// A route of one version that the other does not have.
fn example(seeker: &mut Seeker<'_>, patterns: &[Patterns], is_new: bool) -> Option<RouteExample> {
    let version = usize::from(is_new);
    let mut wanted: BTreeMap<Lit, bool> = BTreeMap::new();
    for it in patterns {
        let vars: Vec<u32> = it.vars.iter().map(|it| it.0).collect();
        if it.only[version] == EMPTY {
            continue;
        }
        // The first pattern of this version that the other does not have.
        let only = it.only[version];
        let case = it
            .diagrams
            .nth(only, &vars, BigUint::ZERO, &mut HashMap::new());
        for ((_, group), on_path) in it.vars.iter().zip(case) {
            wanted.insert(group.lit(is_new), on_path);
        }
        break;
    }
    if wanted.is_empty() {
        return None;
    }
    let lits = wanted
        .iter()
        .map(|(lit, on_path)| if *on_path { *lit } else { !*lit });
    let lits: Vec<Lit> = lits.collect();
    let slots: Vec<(u32, bool)> = seeker
        .both
        .places
        .iter()
        .filter_map(|it| {
            let (old, new) = (it.old?, it.new?);
            let (encoding, slot) = match is_new {
                true => (&seeker.both.new, new),
                false => (&seeker.both.old, old),
            };
            Some((slot, *wanted.get(&encoding.on_path(slot))?))
        })
        .collect();
    let complete = if is_new { Complete::New } else { Complete::Old };
    let shows = |it: &Pair<'_, '_>| {
        let it = if is_new { it.new } else { it.old };
        slots
            .iter()
            .all(|(slot, wanted)| is_slot_on_path(&it.evaluation, *slot) == *wanted)
    };
    let Found::Witness(witness) = seeker.find(&lits, complete, &shows) else {
        return None;
    };
    let engine = match is_new {
        true => seeker.both.new.engine,
        false => seeker.both.old.engine,
    };
    let loaded = engine.load(&witness.sheet);
    let places = seeker.both.places.iter();
    let on_path = places.filter(|it| match (it.old, it.new) {
        (Some(old), Some(new)) => {
            let slot = if is_new { new } else { old };
            is_slot_on_path(&loaded.evaluation, slot)
        }
        _ => false,
    });
    Some(RouteExample {
        slots: on_path.map(|it| it.key.clone()).collect(),
        witness: *witness,
    })
}
