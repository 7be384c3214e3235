//! What of the slots that both versions have can be on path together, in each version.

use std::collections::{BTreeSet, HashMap};

use num_bigint::BigUint;

use questionnaire::Engine;

use super::joint::Place;
use super::search::Seeker;
use crate::diagram::{ALL, Diagram, Diagrams, TooLarge};
use crate::formula::{Formulas, Lit};
use crate::routes::{Key, MAX_BRANCHES, build};
use crate::solver::Budget;

/// Most open comparisons of one rule: each may double what is said of it.
const MAX_OPEN: usize = 10;

/// Slots that are on path together in both versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Group {
    pub(super) old: Lit,
    pub(super) new: Lit,
}

impl Group {
    pub(super) const fn lit(self, is_new: bool) -> Lit {
        if is_new { self.new } else { self.old }
    }
}

/// Groups and rules that share no answer with others in either version.
#[derive(Default)]
struct Part {
    groups: Vec<Group>,
    rules: [Vec<Lit>; 2],
}

impl Part {
    /// Whether both versions say the same of it.
    fn is_same(&self) -> bool {
        let [old, new] = [0, 1].map(|it: usize| self.rules[it].iter().collect::<BTreeSet<_>>());
        old == new && self.groups.iter().all(|it| it.old == it.new)
    }
}

/// The patterns of a part.
pub(super) struct Patterns {
    pub(super) diagrams: Diagrams,
    /// Of the old version, of the new one.
    pub(super) sets: [Diagram; 2],
    pub(super) both: Diagram,
    /// Of the old version only, of the new one only.
    pub(super) only: [Diagram; 2],
    /// The variable of each group.
    pub(super) vars: Vec<(u32, Group)>,
}

/// How many routes only the old version has, and only the new one.
pub(super) fn counts(patterns: &[Patterns]) -> [BigUint; 2] {
    let product = |set: &dyn Fn(&Patterns) -> Diagram| {
        let counts = patterns.iter().map(|it| {
            let vars: Vec<u32> = it.vars.iter().map(|it| it.0).collect();
            it.diagrams.count(set(it), &vars)
        });
        counts.fold(BigUint::from(1_u8), |all, it| all * it)
    };
    let both = product(&|it| it.both);
    [0, 1].map(|version: usize| product(&|it| it.sets[version]) - &both)
}

/// The patterns part by part; `None` where that takes too much, or where which slots are on path
/// depends on numbers that could only be bounded.
pub(super) fn patterns(seeker: &mut Seeker<'_>) -> Option<Vec<Patterns>> {
    let opens = open_inputs(seeker);
    let groups = groups(seeker);
    let reads_open =
        |formulas: &Formulas, it: Lit| formulas.inputs([it]).iter().any(|it| opens.contains(it));
    let formulas = &seeker.both.formulas;
    let mut lits = groups.iter().flat_map(|it| [it.old, it.new]);
    if lits.any(|it| reads_open(formulas, it)) {
        return None;
    }
    let rules = [&seeker.both.old, &seeker.both.new].map(|it| {
        let rules = it.rules.iter().map(|it| it.holds);
        rules.collect::<Vec<Lit>>()
    });
    let most = of_rules(seeker, &groups, &rules)?;
    let bounded = rules
        .iter()
        .flatten()
        .any(|it| reads_open(&seeker.both.formulas, *it));
    if bounded {
        // What holds whatever open comparisons give, and what holds if they give what is wanted,
        // must be the same.
        let mut least = [Vec::new(), Vec::new()];
        for (least, rules) in least.iter_mut().zip(&rules) {
            for rule in rules {
                let rule = whatever(&mut seeker.both.formulas, *rule, &opens)?;
                if rule == Lit::FALSE {
                    return None;
                }
                least.push(rule);
            }
        }
        let least = of_rules(seeker, &groups, &least)?;
        let total = |them: &[Patterns]| {
            let counts = counts(them);
            let own = them.iter().map(|it| {
                let vars: Vec<u32> = it.vars.iter().map(|it| it.0).collect();
                it.sets.map(|set| it.diagrams.count(set, &vars))
            });
            let own = own.fold([1_u8, 1].map(BigUint::from), |[a, b], [c, d]| {
                [a * c, b * d]
            });
            (counts, own)
        };
        // Each version's least patterns lie within its most: equal numbers are equal sets.
        if total(&least) != total(&most) {
            return None;
        }
    }
    Some(most)
}

/// A rule, whatever open comparisons give; `None` where there are too many of these.
fn whatever(formulas: &mut Formulas, rule: Lit, opens: &BTreeSet<u32>) -> Option<Lit> {
    let read = formulas.inputs([rule]).into_iter();
    let read: Vec<u32> = read.filter(|it| opens.contains(it)).collect();
    if read.len() > MAX_OPEN {
        return None;
    }
    let mut rule = rule;
    for open in read {
        let cases = [true, false].map(|it| formulas.with(&[rule], &HashMap::from([(open, it)]))[0]);
        rule = formulas.and(cases[0], cases[1]);
    }
    Some(rule)
}

fn open_inputs(seeker: &Seeker<'_>) -> BTreeSet<u32> {
    let opens = seeker.both.old.opens.iter().chain(&seeker.both.new.opens);
    let lits = opens.flat_map(|it| [it.value, it.missing]);
    lits.filter(|it| !it.is_constant()).map(Lit::node).collect()
}

fn groups(seeker: &Seeker<'_>) -> Vec<Group> {
    let both = &seeker.both;
    let groups = both.places.iter().filter_map(|it| {
        Some(Group {
            old: both.old.on_path(it.old?),
            new: both.new.on_path(it.new?),
        })
    });
    let mut groups: Vec<Group> = groups.collect();
    groups.sort_unstable();
    groups.dedup();
    groups.retain(|it| !(it.old.is_constant() && it.old == it.new));
    groups
}

fn of_rules(seeker: &Seeker<'_>, groups: &[Group], rules: &[Vec<Lit>; 2]) -> Option<Vec<Patterns>> {
    let formulas = &seeker.both.formulas;
    let asked = order_of_asking(seeker);
    let parts = parts(formulas, groups, rules).into_iter();
    let parts = parts.filter(|it| !it.groups.is_empty());
    let patterns = parts.map(|it| of_part(formulas, &it, &asked, &seeker.budget).ok());
    patterns.collect()
}

/// When each input is asked about: as the places follow each other.
fn order_of_asking(seeker: &Seeker<'_>) -> HashMap<u32, u32> {
    let both = &seeker.both;
    let mut lits: Vec<Lit> = Vec::new();
    let days = both.old.today.iter().flat_map(|it| &it.classes);
    lits.extend(days.map(|it| it.lit));
    // Places that only one version has go by its order; a roster's stand where the roster does, one
    // unit after the other.
    let stands = |it: &Place| {
        let of = |engine: &Engine, slot: u32| {
            let slot = &engine.layout.slots()[slot as usize];
            let roster = engine.instrument.items[slot.item as usize].roster;
            let item = roster.and_then(|it| engine.instrument.rosters.get(it as usize));
            (item.map_or(slot.item, |it| it.item), slot.unit, roster)
        };
        match (it.new, it.old) {
            (Some(it), _) => of(both.new.engine, it),
            (None, Some(it)) => of(both.old.engine, it),
            (None, None) => (0, None, None),
        }
    };
    let mut places: Vec<_> = both.places.iter().map(|it| (stands(it), it)).collect();
    places.sort_by_key(|it| it.0);
    let mut begun = BTreeSet::new();
    for ((_, _, roster), place) in places {
        if let Some(roster) = roster
            && begun.insert((place.new.is_some(), roster))
        {
            let count = both.counts.iter();
            let mut count = count.filter(|it| match place.new {
                Some(_) => it.new == Some(roster),
                None => it.old == Some(roster),
            });
            lits.extend(count.next().iter().flat_map(|it| it.cases.iter().copied()));
        }
        lits.extend(place.written.iter().map(|it| it.when));
        lits.extend(place.chosen.iter().map(|it| it.1));
    }
    let mut order = HashMap::new();
    for lit in lits {
        for input in both.formulas.inputs([lit]) {
            let next = order.len() as u32;
            order.entry(input).or_insert(next);
        }
    }
    order
}

fn parts(formulas: &Formulas, groups: &[Group], rules: &[Vec<Lit>; 2]) -> Vec<Part> {
    let mut pieces: Vec<(Part, Vec<u32>)> = Vec::new();
    for group in groups {
        let part = Part {
            groups: vec![*group],
            ..Part::default()
        };
        pieces.push((part, formulas.inputs([group.old, group.new])));
    }
    for (version, rules) in rules.iter().enumerate() {
        for rule in rules.iter().filter(|it| **it != Lit::TRUE) {
            let mut part = Part::default();
            part.rules[version].push(*rule);
            pieces.push((part, formulas.inputs([*rule])));
        }
    }
    let mut part_of: HashMap<u32, usize> = HashMap::new();
    let mut parts: Vec<Option<(Part, Vec<u32>)>> = Vec::new();
    for mut joined in pieces {
        let inputs = joined.1.iter();
        let old: BTreeSet<usize> = inputs.filter_map(|it| part_of.get(it).copied()).collect();
        for at in old {
            if let Some((more, inputs)) = parts[at].take() {
                joined.0.groups.extend(more.groups);
                for (rules, more) in joined.0.rules.iter_mut().zip(more.rules) {
                    rules.extend(more);
                }
                joined.1.extend(inputs);
            }
        }
        for input in &joined.1 {
            part_of.insert(*input, parts.len());
        }
        parts.push(Some(joined));
    }
    parts.into_iter().flatten().map(|it| it.0).collect()
}

fn of_part(
    formulas: &Formulas,
    part: &Part,
    asked: &HashMap<u32, u32>,
    budget: &Budget,
) -> Result<Patterns, TooLarge> {
    // Inputs that stand for open comparisons come last.
    let when = |input: u32| asked.get(&input).copied().unwrap_or(u32::MAX - 1);
    let last = |lits: &[Lit]| {
        let inputs = formulas.inputs(lits.iter().copied()).into_iter();
        inputs.map(when).max().unwrap_or(0)
    };
    let rules = part.rules.iter().flatten().copied();
    let lits = part.groups.iter().flat_map(|it| [it.old, it.new]);
    let inputs = formulas.inputs(rules.chain(lits)).into_iter();
    let inputs = inputs.map(|it| (when(it), 0, Key::Input(it)));
    let names = part.groups.iter().enumerate();
    let names = names.map(|(at, it)| (last(&[it.old, it.new]), 1, Key::Piece(at)));
    let mut keys: Vec<_> = inputs.chain(names).collect();
    keys.sort_unstable();
    let keys = keys.into_iter().map(|it| it.2);
    let rank: HashMap<Key, u32> = keys.zip(0u32..).collect();
    let mut diagrams = Diagrams::new(budget, MAX_BRANCHES);
    let mut made: HashMap<u32, Diagram> = HashMap::new();
    let mut sets = [ALL; 2];
    for version in 0..2 {
        if version == 1 && part.is_same() {
            sets[1] = sets[0];
            break;
        }
        let mut set = ALL;
        let groups = part.groups.iter().enumerate();
        let groups = groups.map(|(at, it)| (it.lit(version == 1), Some(at)));
        let rules = part.rules[version].iter().map(|it| (*it, None));
        let mut pieces: Vec<(Lit, Option<usize>)> = groups.chain(rules).collect();
        pieces.sort_by_key(|(lit, at)| (last(&[*lit]), *lit, *at));
        let mut last_read: HashMap<u32, usize> = HashMap::new();
        for (place, (lit, _)) in pieces.iter().enumerate() {
            for input in formulas.inputs([*lit]) {
                last_read.insert(input, place);
            }
        }
        for (place, (lit, group)) in pieces.iter().enumerate() {
            let mut said = build(formulas, *lit, &rank, &mut made, &mut diagrams)?;
            if let Some(at) = group {
                let var = diagrams.var(rank[&Key::Piece(*at)])?;
                said = diagrams.same(var, said)?;
            }
            let over: BTreeSet<u32> = last_read
                .iter()
                .filter(|(_, at)| **at == place)
                .map(|(input, _)| rank[&Key::Input(*input)])
                .collect();
            set = diagrams.and_forget(set, said, &|var| over.contains(&var))?;
        }
        sets[version] = set;
    }
    let both = diagrams.and(sets[0], sets[1])?;
    let not_both = diagrams.not(both)?;
    let only = [
        diagrams.and(sets[0], not_both)?,
        diagrams.and(sets[1], not_both)?,
    ];
    let groups = part.groups.iter().enumerate();
    let mut vars: Vec<(u32, Group)> = groups
        .map(|(at, it)| (rank[&Key::Piece(at)], *it))
        .collect();
    vars.sort_unstable();
    Ok(Patterns {
        diagrams,
        sets,
        both,
        only,
        vars,
    })
}
