//! Both versions as formulas over the same answers.
//!
//! A joint sheet gives each slot of either version an answer that at least one of the two takes, or
//! none. Each version reads what it has a place for, as its engine would: a code that it does not
//! know is no answer, a number out of its bounds is that number. What is left open by ranges of
//! numbers is one input where both versions compute the same of the same answers, and an input of
//! each where they do not: formulas allow more than sheets do, never less.

use std::collections::HashMap;

use questionnaire::Engine;
use questionnaire::instrument::Units;

use super::classes::{self, Joint, Reads, Side, Written};
use super::numbers::Multiples;
use super::pairing::Pairing;
use crate::cuts::{Cuts, TODAY};
use crate::domain::{Domain, Given, is_several};
use crate::encode::{Answers, Encoding, Known, Rule, RuleKind, days_from, first_slots};
use crate::formula::{Formulas, Lit};

/// A place for an answer, in one version or in both.
pub(super) struct Place {
    pub(super) key: String,
    pub(super) old: Option<u32>,
    pub(super) new: Option<u32>,
    /// What can be written there.
    pub(super) written: Vec<Choice>,
    /// Codes that can be among several, and when they are.
    pub(super) chosen: Vec<(String, Lit)>,
}

/// What can be written in a place.
pub(super) struct Choice {
    pub(super) what: Written,
    pub(super) when: Lit,
    /// Whether the new version takes it; of several choices, the set says more.
    pub(super) new_takes: bool,
}

/// How many units a roster has that respondents add to.
pub(super) struct Count {
    pub(super) old: Option<u32>,
    pub(super) new: Option<u32>,
    pub(super) cases: Vec<Lit>,
}

/// See the [module](self).
pub(super) struct Both<'e> {
    pub(super) old: Encoding<'e>,
    pub(super) new: Encoding<'e>,
    pub(super) formulas: Formulas,
    pub(super) places: Vec<Place>,
    pub(super) counts: Vec<Count>,
    /// What holds of every joint sheet.
    pub(super) always: Vec<Lit>,
    /// Numbers with more decimals than one of the versions takes.
    pub(super) too_fine: Vec<Lit>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    Old,
    New,
}

/// What is being made of each version.
pub(super) struct Maker<'p, 'e> {
    pub(super) pairing: &'p Pairing<'e>,
    max_points: i128,
    cuts: [Cuts; 2],
    firsts: [HashMap<u32, u32>; 2],
    pub(super) formulas: Formulas,
    domains: [Vec<Option<Domain>>; 2],
    places: Vec<Place>,
    always: Vec<Lit>,
}

impl<'e> Both<'e> {
    pub(super) fn of(pairing: &Pairing<'e>, max_points: i128) -> Self {
        let engines = [pairing.old, pairing.new];
        let mut it = Maker {
            pairing,
            max_points,
            cuts: engines.map(Cuts::of),
            firsts: engines.map(first_slots),
            formulas: Formulas::new(),
            domains: engines.map(|it| vec![None; it.layout.slots().len()]),
            places: Vec::new(),
            always: Vec::new(),
        };
        it.slots();
        let (counts, n_units, too_many) = it.counts();
        let pieces = it.cuts.iter().flat_map(|it| it.pieces(TODAY));
        let pieces: Vec<i128> = pieces.collect();
        let today = it.cuts.iter().any(|it| it.reads_today);
        let today = today.then(|| days_from(pieces.into_iter(), &mut it.formulas));
        let [of_old, of_new] = it.domains.map(|it| it.into_iter().flatten().collect());
        let [units_old, units_new] = n_units;
        let answers = Answers {
            domains: of_old,
            n_units: units_old,
            today: today.clone(),
        };
        let known = pairing.names(pairing.old);
        let mut old = Encoding::of_answers(pairing.old, it.formulas, answers, known);
        let formulas = std::mem::replace(&mut old.formulas, Formulas::new());
        let answers = Answers {
            domains: of_new,
            n_units: units_new,
            today,
        };
        let known = Known {
            opens: std::mem::take(&mut old.known.opens),
            ..pairing.names(pairing.new)
        };
        let mut new = Encoding::of_answers(pairing.new, formulas, answers, known);
        let mut formulas = std::mem::replace(&mut new.formulas, Formulas::new());
        for (encoding, too_many) in [&mut old, &mut new].into_iter().zip(too_many) {
            for (roster, fits) in too_many {
                let item = encoding.engine.instrument.rosters[roster as usize].item;
                let asked = encoding.item_gate(item, None);
                let holds = formulas.implies(asked, fits);
                let page = encoding.engine.instrument.items[item as usize].page;
                let kind = RuleKind::Units { roster };
                encoding.rules.push(Rule { kind, page, holds });
            }
        }
        let written = it.places.iter().flat_map(|it| &it.written);
        let too_fine = written
            .filter(|it| matches!(it.what, Written::Range(.., Multiples::NotOf(_))))
            .map(|it| it.when)
            .collect();
        Self {
            old,
            new,
            formulas,
            too_fine,
            places: it.places,
            counts,
            always: it.always,
        }
    }
}

/// For each version, rosters with when they do not have too many units.
type TooMany = [Vec<(u32, Lit)>; 2];

impl Maker<'_, '_> {
    fn engine(&self, version: Version) -> &Engine {
        match version {
            Version::Old => self.pairing.old,
            Version::New => self.pairing.new,
        }
    }

    pub(super) fn side(&self, version: Version, slot: u32) -> Side<'_> {
        let engine = self.engine(version);
        let item = engine.layout.slots()[slot as usize].item;
        let at = version as usize;
        Side {
            engine,
            cuts: &self.cuts[at],
            item,
            first: self.firsts[at].get(&item).copied().unwrap_or(slot),
            max_points: self.max_points,
        }
    }

    fn slots(&mut self) {
        for slot in 0..self.domains[0].len() as u32 {
            let Some(other) = self.pairing.slot(slot) else {
                self.alone(Version::Old, slot);
                continue;
            };
            let (old, new) = (
                self.side(Version::Old, slot),
                self.side(Version::New, other),
            );
            match classes::shared(old, new) {
                Some(them) => self.shared(slot, other, &them),
                None => {
                    self.alone(Version::Old, slot);
                    self.alone(Version::New, other);
                }
            }
        }
        for slot in 0..self.domains[1].len() as u32 {
            if self.domains[1][slot as usize].is_none() {
                self.alone(Version::New, slot);
            }
        }
    }

    fn shared(&mut self, old: u32, new: u32, them: &[Joint]) {
        let cases = self.formulas.cases(them.len());
        let when: Vec<_> = them.iter().zip(cases).collect();
        let chosen = self.chosen(&[(Version::Old, old), (Version::New, new)]);
        let read = |of: fn(&Joint) -> &Reads| -> Vec<(Reads, Lit)> {
            when.iter()
                .map(|(it, lit)| (of(it).clone(), *lit))
                .collect()
        };
        let (of_old, of_new) = (read(|it| &it.old), read(|it| &it.new));
        let mut valid = Vec::new();
        for (version, slot, reads) in [(Version::Old, old, of_old), (Version::New, new, of_new)] {
            let domain = self.domain(version, slot, &reads, &chosen);
            valid.push(domain.valid);
            self.domains[version as usize][slot as usize] = Some(domain);
        }
        let is_set = when.iter().find(|it| it.0.written == Written::Set);
        if let Some((_, is_set)) = is_set {
            let valid = self.formulas.any(valid);
            let some = self.formulas.any(chosen.iter().map(|it| it.1));
            let fits = self.formulas.and(valid, some);
            let fits = self.formulas.implies(*is_set, fits);
            self.always.push(fits);
        }
        let written = when.iter().map(|(it, lit)| Choice {
            what: it.written.clone(),
            when: *lit,
            new_takes: matches!(it.new, Reads::Answer(_)),
        });
        let written = written.collect();
        self.place([Some(old), Some(new)], written, chosen);
    }

    fn alone(&mut self, version: Version, slot: u32) {
        let own = classes::own(self.side(version, slot));
        let cases = self.formulas.cases(own.len());
        let when: Vec<_> = own.into_iter().zip(cases).collect();
        let chosen = self.chosen(&[(version, slot)]);
        let reads: Vec<_> = when
            .iter()
            .map(|((_, it), lit)| (it.clone(), *lit))
            .collect();
        let domain = self.domain(version, slot, &reads, &chosen);
        if let Some(set) = &domain.set {
            let is_set = domain.when(&Given::Set);
            let fits = self.formulas.implies(is_set, set.valid);
            self.always.push(fits);
        }
        self.domains[version as usize][slot as usize] = Some(domain);
        let written = when.into_iter().map(|((what, reads), when)| Choice {
            what,
            when,
            new_takes: matches!(reads, Reads::Answer(_)),
        });
        let written = written.collect();
        let slots = match version {
            Version::Old => [Some(slot), None],
            Version::New => [None, Some(slot)],
        };
        self.place(slots, written, chosen);
    }

    fn place(
        &mut self,
        [old, new]: [Option<u32>; 2],
        written: Vec<Choice>,
        chosen: Vec<(String, Lit)>,
    ) {
        let slot = old.map(|it| (Version::Old, it));
        let slot = slot.or(new.map(|it| (Version::New, it)));
        let Some((version, slot)) = slot else {
            return;
        };
        let key = self.engine(version).layout.slots()[slot as usize]
            .key
            .to_string();
        self.places.push(Place {
            key,
            old,
            new,
            written,
            chosen,
        });
    }

    /// An input for each choice of several that means no missing reason.
    fn chosen(&mut self, slots: &[(Version, u32)]) -> Vec<(String, Lit)> {
        let mut codes: Vec<String> = Vec::new();
        for (version, slot) in slots {
            let side = self.side(*version, *slot);
            if is_several(side.it()) {
                let choices = side.list().into_iter().flat_map(|it| &it.choices);
                let ordinary = choices.filter(|it| it.missing.is_none());
                codes.extend(ordinary.map(|it| it.code.clone()));
            }
        }
        let mut chosen: Vec<(String, Lit)> = Vec::new();
        for code in codes {
            if chosen.iter().all(|it| it.0 != code) {
                let input = self.formulas.input();
                // The first choice is the default: an input that is false chooses it.
                let lit = if chosen.is_empty() { !input } else { input };
                chosen.push((code, lit));
            }
        }
        chosen
    }

    /// How many units there are of those that respondents add.
    fn counts(&mut self) -> (Vec<Count>, [Vec<Vec<Lit>>; 2], TooMany) {
        let engines = [self.pairing.old, self.pairing.new];
        let max = |version: usize, roster: u32| match engines[version].instrument.rosters
            [roster as usize]
            .units
        {
            Units::Free { max, .. } => Some(usize::from(max)),
            Units::Chosen { .. } => None,
        };
        let n = engines.map(|it| it.instrument.rosters.len());
        let mut n_units = n.map(|it| vec![Vec::new(); it]);
        let mut too_many: TooMany = [Vec::new(), Vec::new()];
        let mut counts = Vec::new();
        let olds = (0..n[0] as u32).map(|it| (Some(it), self.pairing.roster(it)));
        let olds: Vec<_> = olds.collect();
        let paired: Vec<Option<u32>> = olds.iter().map(|it| it.1).collect();
        let news = (0..n[1] as u32).filter(|it| !paired.contains(&Some(*it)));
        for (old, new) in olds.into_iter().chain(news.map(|it| (None, Some(it)))) {
            let maxima = [old.map(|it| max(0, it)), new.map(|it| max(1, it))];
            let Some(most) = maxima.iter().flatten().flatten().max() else {
                continue;
            };
            let cases = self.formulas.cases(most + 1);
            for (version, roster) in [old, new].into_iter().enumerate() {
                let (Some(roster), Some(Some(max))) = (roster, maxima[version]) else {
                    continue;
                };
                let mut own = cases[..max].to_vec();
                own.push(self.formulas.any(cases[max..].iter().copied()));
                n_units[version][roster as usize] = own;
                let fits = self.formulas.any(cases[..=max].iter().copied());
                if fits != Lit::TRUE {
                    too_many[version].push((roster, fits));
                }
            }
            counts.push(Count { old, new, cases });
        }
        (counts, n_units, too_many)
    }
}
