//! How one version reads what is written: a domain of its own, over the same inputs.

use super::classes::Reads;
use super::joint::{Maker, Version};
use crate::cuts::grid_of;
use crate::domain::{Class, Domain, Given, Set, is_several, set_from};
use crate::formula::Lit;

impl Maker<'_, '_> {
    /// What a version reads.
    pub(super) fn domain(
        &mut self,
        version: Version,
        slot: u32,
        reads: &[(Reads, Lit)],
        chosen: &[(String, Lit)],
    ) -> Domain {
        let (set, unknown) = self.set(version, slot, chosen);
        let grid = {
            let side = self.side(version, slot);
            grid_of(side.engine, side.item)
        };
        let mut classes: Vec<Class> = Vec::new();
        // One class is given: it is valid if it is none of these, which are few.
        let mut wrong = Vec::new();
        for (it, when) in reads {
            let (given, when) = match it {
                Reads::Answer(Given::Set) => {
                    let none = self.formulas.and(*when, unknown);
                    self.class(&mut classes, Given::Empty, none);
                    let when = self.formulas.and(*when, !unknown);
                    let fits = set.as_ref().map_or(Lit::FALSE, |it| it.valid);
                    wrong.extend([none, self.formulas.and(when, !fits)]);
                    (Given::Set, when)
                }
                Reads::Answer(given) => (given.clone(), *when),
                Reads::OutOfBounds(given) => {
                    wrong.push(*when);
                    (given.clone(), *when)
                }
                Reads::Nothing => {
                    wrong.push(*when);
                    (Given::Empty, *when)
                }
            };
            self.class(&mut classes, given, when);
        }
        Domain {
            classes,
            set,
            grid,
            valid: !self.formulas.any(wrong),
        }
    }

    fn class(&mut self, classes: &mut Vec<Class>, given: Given, when: Lit) {
        if when == Lit::FALSE {
            return;
        }
        match classes.iter_mut().find(|it| it.given == given) {
            Some(it) => it.lit = self.formulas.or(it.lit, when),
            None => classes.push(Class { given, lit: when }),
        }
    }

    /// The choices of several that a version knows, and whether one is made that it does not.
    fn set(&mut self, version: Version, slot: u32, chosen: &[(String, Lit)]) -> (Option<Set>, Lit) {
        let engine = match version {
            Version::Old => self.pairing.old,
            Version::New => self.pairing.new,
        };
        let item = engine.layout.slots()[slot as usize].item;
        let item = &engine.instrument.items[item as usize];
        let list = item.list();
        let list = list.and_then(|it| engine.instrument.lists.get(it as usize));
        let (Some(list), true) = (list, is_several(item)) else {
            return (None, Lit::FALSE);
        };
        let position = |code: &str| list.position(code);
        let known = chosen.iter();
        let known = known.filter_map(|(code, lit)| Some((position(code)?, *lit)));
        let mut known: Vec<(u16, Lit)> = known.collect();
        known.sort_unstable();
        let unknown = chosen.iter().filter(|it| position(&it.0).is_none());
        let unknown: Vec<Lit> = unknown.map(|it| it.1).collect();
        let unknown = self.formulas.any(unknown);
        let set = set_from(item, list, known, &mut self.formulas);
        (Some(set), unknown)
    }
}
