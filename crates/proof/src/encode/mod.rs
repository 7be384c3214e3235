//! A questionnaire as formulas: when each gate is open, each condition true, each sheet complete.
//!
//! Inputs of the formulas are answers, class by class. The routing is that of the engine's own
//! [`Layout`](questionnaire::layout::Layout), read in its own order; operations on values are the
//! evaluator's ([`expr::Node::apply`]). What a range of numbers leaves open becomes an input of its
//! own, an [`Open`] one: formulas then allow more than answers do, never less. So « cannot be » is a
//! proof, and « can be » is one once a sheet has been found and replayed.

mod condition;
mod known;
mod over;
mod readings;
mod term;
mod variable;

use expr::{RosterId, VarId};
use questionnaire::Engine;
use questionnaire::instrument::{Kind, Units};
use questionnaire::layout::{Node, Source};

use crate::cuts::{Cuts, TODAY};
use crate::domain::{Class, Domain, Given};
use crate::formula::{Formulas, Lit};
use crate::grid::Grid;
use term::Term;

pub(crate) use condition::Context;

/// A three-valued truth: when true, when false, and when each missing reason is part of why it is
/// neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tri {
    pub(crate) yes: Lit,
    pub(crate) no: Lit,
    pub(crate) why: [Lit; 5],
}

impl Tri {
    pub(crate) const TRUE: Self = Self {
        yes: Lit::TRUE,
        no: Lit::FALSE,
        why: [Lit::FALSE; 5],
    };
    pub(crate) const FALSE: Self = Self {
        yes: Lit::FALSE,
        no: Lit::TRUE,
        why: [Lit::FALSE; 5],
    };
}

/// An input that stands for what ranges of numbers leave open.
#[derive(Clone, Debug)]
pub(crate) struct Open {
    /// The operation whose value is open.
    pub(crate) source: Source,
    pub(crate) place: u32,
    pub(crate) context: Context,
    /// When it is open at all.
    pub(crate) when: Lit,
    /// Whether it is true, if it is not missing.
    pub(crate) value: Lit,
    /// Whether it is missing.
    pub(crate) missing: Lit,
}

/// What a complete sheet must satisfy.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    pub(crate) kind: RuleKind,
    pub(crate) page: u32,
    pub(crate) holds: Lit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RuleKind {
    /// What is wrong with an answer by itself.
    Answer { slot: u32 },
    /// A choice that is not offered.
    Offer { slot: u32 },
    /// A hard check of an item.
    Check {
        item: u32,
        nth: u16,
        unit: Option<u32>,
    },
    /// Too few units that respondents add.
    Units { roster: u32 },
}

/// Where a filter stands and what it does there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Filter {
    /// Whether everything that encloses it is on path.
    pub(crate) enclosing: Lit,
    pub(crate) truth: Tri,
}

/// What can be answered to a questionnaire, and when it is.
pub(crate) struct Answers {
    pub(crate) domains: Vec<Domain>,
    /// As in [`Encoding`].
    pub(crate) n_units: Vec<Vec<Lit>>,
    pub(crate) today: Option<Domain>,
}

/// Operations whose open value is known by another name: that which another version gives them.
#[derive(Default)]
pub(crate) struct Known {
    /// Names of what both versions read alike, by variable; only what is named is known.
    pub(crate) names: std::collections::HashMap<VarId, String>,
    /// The same for rosters.
    pub(crate) rosters: std::collections::HashMap<RosterId, String>,
    /// Their inputs, by what is computed and where.
    pub(crate) opens: std::collections::HashMap<(String, Context), Lit>,
}

/// See the [module](self).
pub(crate) struct Encoding<'e> {
    pub(crate) engine: &'e Engine,
    pub(crate) formulas: Formulas,
    /// What can be answered in each slot.
    pub(crate) domains: Vec<Domain>,
    /// When each gate is open.
    pub(crate) gates: Vec<Lit>,
    /// The filters of gates that have one.
    pub(crate) filters: Vec<Option<Filter>>,
    /// When each unit of each roster exists.
    pub(crate) units: Vec<Vec<Lit>>,
    /// How many units each roster of free units has: a literal for each number.
    pub(crate) n_units: Vec<Vec<Lit>>,
    /// Conditions that are evaluated by themselves.
    pub(crate) watched: Vec<Tri>,
    /// Days on which a sheet is answered, if conditions read it.
    pub(crate) today: Option<Domain>,
    pub(crate) opens: Vec<Open>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) known: Known,
    /// Positions of the first watched condition of items and units, as the engine counts them.
    first_watched: std::collections::HashMap<(u32, Option<u32>), u32>,
    computed: Vec<Term>,
    read: Vec<Option<Term>>,
    /// The source whose program is being read.
    here: Source,
}

impl<'e> Encoding<'e> {
    /// Reads a questionnaire. `max_points` as in [`Domain::of`].
    pub(crate) fn new(engine: &'e Engine, max_points: i128) -> Self {
        let cuts = Cuts::of(engine);
        let layout = &engine.layout;
        let mut formulas = Formulas::new();
        let firsts = first_slots(engine);
        let slots = layout.slots().iter();
        let domains = slots.map(|slot| {
            let first = firsts.get(&slot.item).copied().unwrap_or(0);
            Domain::of(engine, slot.item, first, &cuts, max_points, &mut formulas)
        });
        let domains = domains.collect();
        let today = cuts
            .reads_today
            .then(|| days_of_answering(&cuts, &mut formulas));
        let n_units = engine.instrument.rosters.iter().map(|it| match it.units {
            Units::Free { max, .. } => formulas.cases(usize::from(max) + 1),
            Units::Chosen { .. } => Vec::new(),
        });
        let answers = Answers {
            n_units: n_units.collect(),
            domains,
            today,
        };
        Self::of_answers(engine, formulas, answers, Known::default())
    }

    /// Reads a questionnaire given what can be answered to it.
    pub(crate) fn of_answers(
        engine: &'e Engine,
        formulas: Formulas,
        answers: Answers,
        known: Known,
    ) -> Self {
        let layout = &engine.layout;
        let rosters = engine.instrument.rosters.len() as u32;
        let mut first_watched = std::collections::HashMap::new();
        for (at, it) in (0u32..).zip(layout.watched()) {
            if let Source::Choice(item, _) | Source::Check(item, _) = it.source {
                first_watched.entry((item, it.unit)).or_insert(at);
            }
        }
        let mut it = Self {
            engine,
            formulas,
            domains: answers.domains,
            gates: vec![Lit::TRUE; layout.gates().len()],
            filters: vec![None; layout.gates().len()],
            units: (0..rosters)
                .map(|it| vec![Lit::FALSE; engine.instrument.unit_bound(it) as usize])
                .collect(),
            n_units: answers.n_units,
            watched: vec![Tri::FALSE; layout.watched().len()],
            today: answers.today,
            opens: Vec::new(),
            rules: Vec::new(),
            known,
            first_watched,
            computed: vec![Vec::new(); layout.computed_cells().len()],
            read: vec![None; layout.slots().len()],
            here: Source::Block(0),
        };
        for node in layout.order() {
            it.node(*node);
        }
        it.make_rules();
        it
    }

    fn node(&mut self, node: Node) {
        match node {
            Node::Gate(it) => self.gate(it),
            Node::Units(roster) => self.roster(roster),
            Node::Slot(_) => {}
            Node::Computed(cell) => {
                let at = self.engine.layout.computed_cells()[cell as usize];
                let open = self.gates[at.gate as usize];
                self.here = Source::Value(at.item);
                let value = match &self.engine.instrument.items[at.item as usize].kind {
                    Kind::Computed { value } => {
                        self.term(value.program.root(), Context::new(at.unit))
                    }
                    _ => Vec::new(),
                };
                self.computed[cell as usize] = self.only_if(open, value);
            }
            Node::Watched(it) => {
                let watched = self.engine.layout.watched()[it as usize];
                self.here = watched.source;
                let condition = watched.source.condition(&self.engine.instrument);
                self.watched[it as usize] = match condition {
                    Some(it) => self.truth(it.program.root(), Context::new(watched.unit)),
                    None => Tri::FALSE,
                };
            }
        }
    }

    fn gate(&mut self, at: u32) {
        let gate = &self.engine.layout.gates()[at as usize];
        let mut open = gate.parent.map_or(Lit::TRUE, |it| self.gates[it as usize]);
        if let Some((roster, unit)) = gate.exists {
            open = self
                .formulas
                .and(open, self.units[roster as usize][unit as usize]);
        }
        if let Some(source) = gate.filter
            && let Some(filter) = source.condition(&self.engine.instrument)
        {
            self.here = source;
            let truth = self.truth(filter.program.root(), Context::new(gate.unit));
            self.filters[at as usize] = Some(Filter {
                enclosing: open,
                truth,
            });
            open = self.formulas.and(open, truth.yes);
        }
        self.gates[at as usize] = open;
    }

    fn roster(&mut self, roster: u32) {
        let it = &self.engine.instrument.rosters[roster as usize];
        let exist: Vec<Lit> = match it.units {
            Units::Free { .. } => {
                let asked = self.item_gate(it.item, None);
                let cases = self.n_units[roster as usize].clone();
                (0..self.units[roster as usize].len())
                    .map(|unit| {
                        let more = self.formulas.any(cases.iter().skip(unit + 1).copied());
                        self.formulas.and(asked, more)
                    })
                    .collect()
            }
            Units::Chosen { item, list } => {
                let slot = self.engine.layout.slots_of(item, None).next();
                let choices = &self.engine.instrument.lists[list as usize].choices;
                (0..self.units[roster as usize].len())
                    .map(|unit| {
                        let counts = choices
                            .get(unit)
                            .is_some_and(|it| it.missing.is_none() && !it.exclusive);
                        match slot {
                            Some(slot) if counts => self.chooses(slot, unit as u16),
                            _ => Lit::FALSE,
                        }
                    })
                    .collect()
            }
        };
        self.units[roster as usize] = exist;
    }

    /// Whether a slot is on path and this is among its choices.
    pub(crate) fn chooses(&mut self, slot: u32, code: u16) -> Lit {
        let on_path = self.on_path(slot);
        let picks = self.domains[slot as usize].picks(code, &mut self.formulas);
        self.formulas.and(on_path, picks)
    }

    /// When a slot is on path.
    pub(crate) fn on_path(&self, slot: u32) -> Lit {
        self.gates[self.engine.layout.slots()[slot as usize].gate as usize]
    }

    /// When an item is on path, in one unit if it stands inside a roster.
    pub(crate) fn item_gate(&self, item: u32, unit: Option<u32>) -> Lit {
        let gate = self.engine.layout.item_gate(item, unit);
        gate.map_or(Lit::FALSE, |it| self.gates[it as usize])
    }

    /// The units an item can stand in: none outside rosters.
    pub(crate) fn units_of(&self, item: u32) -> Vec<Option<u32>> {
        units_of(self.engine, item)
    }

    /// The position of an item's nth choice filter, or of its nth check after those.
    pub(crate) fn watched_at(&self, item: u32, unit: Option<u32>, nth: usize) -> Option<u32> {
        let first = self.first_watched.get(&(item, unit))?;
        Some(first + nth as u32)
    }

    /// The truth of an item's nth choice filter.
    pub(crate) fn offered(&self, item: u32, unit: Option<u32>, nth: usize) -> Tri {
        let at = self.watched_at(item, unit, nth);
        at.map_or(Tri::FALSE, |it| self.watched[it as usize])
    }

    /// The truth of an item's nth check.
    pub(crate) fn check(&self, item: u32, unit: Option<u32>, nth: usize) -> Tri {
        let before = self.engine.instrument.items[item as usize]
            .choice_filters
            .len();
        self.offered(item, unit, before + nth)
    }

    fn make_rules(&mut self) {
        for slot in 0..self.domains.len() as u32 {
            self.rules_of_slot(slot);
        }
        for (ix, item) in (0u32..).zip(&self.engine.instrument.items) {
            for unit in self.units_of(ix) {
                for (nth, check) in (0u16..).zip(&item.checks) {
                    if check.severity != questionnaire::Severity::Hard {
                        continue;
                    }
                    let truth = self.check(ix, unit, usize::from(nth));
                    let on_path = self.item_gate(ix, unit);
                    let holds = self.formulas.implies(on_path, !truth.no);
                    let kind = RuleKind::Check {
                        item: ix,
                        nth,
                        unit,
                    };
                    self.rule(kind, item.page, holds);
                }
            }
        }
        for (ix, roster) in (0u32..).zip(&self.engine.instrument.rosters) {
            if let Units::Free { min, .. } = roster.units
                && min > 0
            {
                let asked = self.item_gate(roster.item, None);
                let enough = self.n_units[ix as usize]
                    .iter()
                    .skip(usize::from(min))
                    .copied()
                    .collect::<Vec<_>>();
                let enough = self.formulas.any(enough);
                let holds = self.formulas.implies(asked, enough);
                let page = self.engine.instrument.items[roster.item as usize].page;
                self.rule(RuleKind::Units { roster: ix }, page, holds);
            }
        }
    }

    fn rule(&mut self, kind: RuleKind, page: u32, holds: Lit) {
        if holds != Lit::TRUE {
            self.rules.push(Rule { kind, page, holds });
        }
    }

    fn rules_of_slot(&mut self, slot: u32) {
        let at = &self.engine.layout.slots()[slot as usize];
        let (item_ix, unit, page) = (at.item, at.unit, at.page);
        let on_path = self.on_path(slot);
        let domain = &self.domains[slot as usize];
        let can_be_read = if domain.classes.is_empty() {
            Lit::FALSE
        } else {
            match &domain.set {
                Some(set) => {
                    let is_set = domain.when(&Given::Set);
                    self.formulas.implies(is_set, set.valid)
                }
                None => Lit::TRUE,
            }
        };
        let can_be_given = self.formulas.and(can_be_read, domain.valid);
        let holds = self.formulas.implies(on_path, can_be_given);
        self.rule(RuleKind::Answer { slot }, page, holds);
        let item = &self.engine.instrument.items[item_ix as usize];
        let list = item
            .list()
            .and_then(|it| self.engine.instrument.lists.get(it as usize));
        for (nth, (code, _)) in item.choice_filters.iter().enumerate() {
            // A missing reason can be given whether or not the choice that means it is offered.
            if list.is_some_and(|it| it.choice(*code).is_some_and(|it| it.missing.is_some())) {
                continue;
            }
            let picks = self.chooses(slot, *code);
            let offered = self.offered(item_ix, unit, nth).yes;
            let holds = self.formulas.implies(picks, offered);
            self.rule(RuleKind::Offer { slot }, page, holds);
        }
    }
}

/// The units an item can stand in: none outside rosters.
pub(crate) fn units_of(engine: &Engine, item: u32) -> Vec<Option<u32>> {
    match engine.instrument.items[item as usize].roster {
        None => vec![None],
        Some(roster) => (0..engine.instrument.unit_bound(roster))
            .map(Some)
            .collect(),
    }
}

/// The first slot of each item that has one.
pub(crate) fn first_slots(engine: &Engine) -> std::collections::HashMap<u32, u32> {
    let mut firsts = std::collections::HashMap::new();
    for (at, slot) in (0u32..).zip(engine.layout.slots()) {
        firsts.entry(slot.item).or_insert(at);
    }
    firsts
}

fn days_of_answering(cuts: &Cuts, formulas: &mut Formulas) -> Domain {
    days_from(cuts.pieces(TODAY), formulas)
}

/// The days on which a sheet may be answered, cut where conditions change.
pub(crate) fn days_from(pieces: impl Iterator<Item = i128>, formulas: &mut Formulas) -> Domain {
    let grid = Grid::today();
    let mut starts: Vec<i128> = vec![grid.first];
    starts.extend(pieces);
    starts.retain(|it| (grid.first..=grid.last).contains(it));
    starts.sort_unstable();
    starts.dedup();
    let ends = starts.iter().skip(1).map(|it| it - 1).chain([grid.last]);
    let givens: Vec<_> = starts
        .iter()
        .zip(ends)
        .map(|(from, to)| Given::Range(*from, to))
        .collect();
    let cases = formulas.cases(givens.len());
    let classes = givens.into_iter().zip(cases);
    Domain {
        classes: classes.map(|(given, lit)| Class { given, lit }).collect(),
        set: None,
        grid: Some(grid),
        valid: Lit::TRUE,
    }
}
