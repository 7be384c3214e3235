//! Routes: how many there are, the shortest and the longest, any one of them.
//!
//! A route is the set of slots on path in a complete sheet. Parts of a questionnaire that read no
//! answer in common are counted apart and multiplied.

use std::collections::{BTreeMap, HashMap};

use num_bigint::BigUint;

use crate::diagram::{ALL, Diagram, Diagrams, TooLarge};
use crate::formula::{Formulas, Lit, Shape};
use crate::prove::Proof;
use crate::solver::Budget;

/// Most branches of the diagram of one part.
pub(crate) const MAX_BRANCHES: usize = 4_000_000;

/// The routes of a questionnaire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Routes {
    /// How many there are.
    pub count: BigUint,
    /// Slots on the shortest one.
    pub shortest: u64,
    /// Slots on the longest one.
    pub longest: u64,
}

/// Slots that are on path together, or a rule.
struct Piece {
    lit: Lit,
    /// Slots that are on path where it holds; 0 for a rule.
    weight: u64,
}

/// A part that shares no answer with others.
pub(crate) struct Part {
    diagrams: Diagrams,
    set: Diagram,
    /// The literal of each variable, ascending by variable.
    lits: Vec<(u32, Lit)>,
    weights: Vec<(u32, u64)>,
    /// Cases of parts of the diagram, as far as they were counted.
    counted: HashMap<Diagram, BigUint>,
}

impl Part {
    fn vars(&self) -> Vec<u32> {
        self.lits.iter().map(|it| it.0).collect()
    }

    /// How many cases it has.
    pub(crate) fn count(&self) -> BigUint {
        self.diagrams.count(self.set, &self.vars())
    }

    /// What holds in its nth case.
    pub(crate) fn nth(&mut self, n: BigUint) -> Vec<Lit> {
        let vars = self.vars();
        let case = self.diagrams.nth(self.set, &vars, n, &mut self.counted);
        let lits = self.lits.iter().zip(case);
        lits.map(|((_, lit), holds)| if holds { *lit } else { !*lit })
            .collect()
    }
}

impl Proof<'_> {
    /// Counts the routes; `None` where the budget does not suffice, or where which questions are
    /// asked depends on arithmetic between answers that could only be bounded.
    pub fn routes(&mut self) -> Option<Routes> {
        match self.can_be_completed {
            Some(true) => {}
            Some(false) => {
                return Some(Routes {
                    count: BigUint::ZERO,
                    shortest: 0,
                    longest: 0,
                });
            }
            None => return None,
        }
        let least = self.parts(Bound::Least)?;
        let res = total(&least, self.always_on_path());
        let bounded = !self.encoding.opens.is_empty();
        if bounded {
            // Comparisons of large numbers are open: what holds whatever they give, and what holds
            // if they give what is wanted, must be the same.
            let most = self.parts(Bound::Most)?;
            if total(&most, self.always_on_path()) != res {
                return None;
            }
        }
        Some(res)
    }

    fn always_on_path(&self) -> u64 {
        let slots = 0..self.encoding.domains.len() as u32;
        let always = slots.filter(|it| self.encoding.on_path(*it) == Lit::TRUE);
        always.count() as u64
    }

    /// The routes, part by part.
    pub(crate) fn parts(&mut self, bound: Bound) -> Option<Vec<Part>> {
        let mut together: BTreeMap<Lit, u64> = BTreeMap::new();
        for slot in 0..self.encoding.domains.len() as u32 {
            *together.entry(self.encoding.on_path(slot)).or_default() += 1;
        }
        together.retain(|it, _| !it.is_constant());
        let opens = self.open_inputs();
        let formulas = &self.encoding.formulas;
        let is_open = |it: &Lit| formulas.inputs([*it]).iter().any(|it| opens.contains(it));
        if together.keys().any(is_open) {
            return None;
        }
        let mut pieces: Vec<Piece> = together
            .into_iter()
            .map(|(lit, weight)| Piece { lit, weight })
            .collect();
        let rules: Vec<Lit> = self.encoding.rules.iter().map(|it| it.holds).collect();
        for rule in rules {
            let lit = match bound {
                Bound::Least => self.whatever(std::iter::once(rule), &opens)?,
                Bound::Most => rule,
            };
            if lit == Lit::FALSE {
                return None;
            }
            if lit != Lit::TRUE {
                pieces.push(Piece { lit, weight: 0 });
            }
        }
        let asked = self.order_of_asking();
        let formulas = &self.encoding.formulas;
        let parts = split(formulas, pieces).into_iter();
        parts
            .filter(|it| it.iter().any(|it| it.weight > 0))
            .map(|it| part_of(formulas, &it, &asked, &self.budget).ok())
            .collect()
    }

    /// When each input is asked about: as the questionnaire goes, one unit of a roster after the
    /// other, since what is asked of a unit depends on that unit.
    fn order_of_asking(&self) -> HashMap<u32, u32> {
        let encoding = &self.encoding;
        let layout = &encoding.engine.layout;
        let instrument = &encoding.engine.instrument;
        let mut slots: Vec<_> = (0u32..).zip(layout.slots()).collect();
        slots.sort_by_key(|(at, slot)| {
            let roster = instrument.items[slot.item as usize].roster;
            let item = roster.map_or(slot.item, |it| instrument.rosters[it as usize].item);
            (item, slot.unit, *at)
        });
        let mut lits: Vec<Lit> = Vec::new();
        lits.extend(
            encoding
                .today
                .iter()
                .flat_map(|it| it.classes.iter().map(|it| it.lit)),
        );
        let mut begun = std::collections::BTreeSet::new();
        for (at, slot) in slots {
            if let Some(roster) = instrument.items[slot.item as usize].roster
                && begun.insert(roster)
            {
                lits.extend(&encoding.n_units[roster as usize]);
            }
            let domain = &encoding.domains[at as usize];
            lits.extend(domain.classes.iter().map(|it| it.lit));
            lits.extend(
                domain
                    .set
                    .iter()
                    .flat_map(|it| it.chosen.iter().map(|it| it.1)),
            );
        }
        let mut order = HashMap::new();
        for lit in lits {
            for input in encoding.formulas.inputs([lit]) {
                let next = order.len() as u32;
                order.entry(input).or_insert(next);
            }
        }
        order
    }
}

/// What is said where comparisons of numbers are open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    /// Rules hold whatever they give.
    Least,
    /// They give what rules want.
    Most,
}

fn total(parts: &[Part], always: u64) -> Routes {
    let mut routes = Routes {
        count: BigUint::from(1_u8),
        shortest: always,
        longest: always,
    };
    for part in parts {
        routes.count *= part.count();
        let extreme = |greatest| part.diagrams.extreme(part.set, &part.weights, greatest);
        routes.shortest += extreme(false).unwrap_or(0);
        routes.longest += extreme(true).unwrap_or(0);
    }
    routes
}

/// Pieces that share inputs, directly or through others.
fn split(formulas: &Formulas, pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut part_of: HashMap<u32, usize> = HashMap::new();
    let mut parts: Vec<Option<(Vec<Piece>, Vec<u32>)>> = Vec::new();
    for piece in pieces {
        let inputs = formulas.inputs([piece.lit]);
        let mut joined = (vec![piece], inputs.clone());
        let mut old: Vec<usize> = inputs
            .iter()
            .filter_map(|it| part_of.get(it).copied())
            .collect();
        old.sort_unstable();
        old.dedup();
        for at in old {
            if let Some((more, inputs)) = parts[at].take() {
                joined.0.extend(more);
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

/// What a variable of a diagram stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Key {
    Input(u32),
    Piece(usize),
}

/// The cases of a part: one variable for each piece with a weight, answers forgotten as soon as
/// nothing that follows reads them.
fn part_of(
    formulas: &Formulas,
    pieces: &[Piece],
    asked: &HashMap<u32, u32>,
    budget: &Budget,
) -> Result<Part, TooLarge> {
    // Inputs that stand for open comparisons come last.
    let when = |input: u32| asked.get(&input).copied().unwrap_or(u32::MAX - 1);
    // A piece stands before the answers given where it is on path, after those that decide it.
    let mut order: Vec<(u32, &Piece)> = pieces
        .iter()
        .map(|it| {
            let inputs = formulas.inputs([it.lit]);
            (inputs.into_iter().map(when).max().unwrap_or(0), it)
        })
        .collect();
    order.sort_by_key(|(last, it)| (*last, it.lit));
    let mut last_read: HashMap<u32, usize> = HashMap::new();
    for (place, (_, piece)) in order.iter().enumerate() {
        for input in formulas.inputs([piece.lit]) {
            last_read.insert(input, place);
        }
    }
    // Inputs and pieces in one order, a piece after the last input it reads.
    let inputs = last_read.keys().map(|it| (when(*it), 0, Key::Input(*it)));
    let names = (0..).zip(&order);
    let names = names.map(|(place, it)| (it.0, 1, Key::Piece(place)));
    let mut keys: Vec<_> = inputs.chain(names).collect();
    keys.sort_unstable();
    let keys = keys.into_iter().map(|(_, _, key)| key);
    let rank: HashMap<Key, u32> = keys.zip(0u32..).collect();
    let mut diagrams = Diagrams::new(budget, MAX_BRANCHES);
    let mut made: HashMap<u32, Diagram> = HashMap::new();
    let mut set = ALL;
    let (mut lits, mut weights) = (Vec::new(), Vec::new());
    for (place, (_, piece)) in order.iter().enumerate() {
        let diagram = build(formulas, piece.lit, &rank, &mut made, &mut diagrams)?;
        let said = if piece.weight > 0 {
            let var = rank[&Key::Piece(place)];
            lits.push((var, piece.lit));
            weights.push((var, piece.weight));
            let var = diagrams.var(var)?;
            diagrams.same(var, diagram)?
        } else {
            diagram
        };
        let over: std::collections::HashSet<u32> = last_read
            .iter()
            .filter(|(_, at)| **at == place)
            .map(|(input, _)| rank[&Key::Input(*input)])
            .collect();
        set = diagrams.and_forget(set, said, &|var| over.contains(&var))?;
    }
    lits.sort_unstable();
    weights.sort_unstable();
    Ok(Part {
        diagrams,
        set,
        lits,
        weights,
        counted: HashMap::new(),
    })
}

pub(crate) fn build(
    formulas: &Formulas,
    lit: Lit,
    rank: &HashMap<Key, u32>,
    made: &mut HashMap<u32, Diagram>,
    diagrams: &mut Diagrams,
) -> Result<Diagram, TooLarge> {
    for node in formulas.cone([lit]) {
        if made.contains_key(&node) {
            continue;
        }
        let it = match formulas.shape(node) {
            Shape::Constant => ALL,
            Shape::Input => diagrams.var(rank[&Key::Input(node)])?,
            Shape::And(a, b) => {
                let mut sides = [ALL; 2];
                for (side, it) in sides.iter_mut().zip([a, b]) {
                    let positive = made.get(&it.node()).copied().unwrap_or(ALL);
                    *side = if it.is_negated() {
                        diagrams.not(positive)?
                    } else {
                        positive
                    };
                }
                diagrams.and(sides[0], sides[1])?
            }
        };
        made.insert(node, it);
    }
    let positive = made.get(&lit.node()).copied().unwrap_or(ALL);
    if lit.is_negated() {
        diagrams.not(positive)
    } else {
        Ok(positive)
    }
}
