//! What can be gone through, and what a sheet goes through.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use expr::{Node, Op, Truth};
use questionnaire::instrument::{Instrument, Item, ItemIx, Kind};
use questionnaire::layout::{Source, Var};
use questionnaire::{Answer, Engine, Evaluation, SlotState};

use super::bound::{Bound, bound, can_be};
use crate::reads::sources;

/// In a longer list only the choices that something tells apart are targets of their own.
const LONG_LIST: usize = 64;

/// Something to go through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// A filter of a block, page, item, row or choice is true, or is not, where what encloses it is
    /// on path (inside a roster: in some unit).
    Filter(Source, bool),
    /// A choice is made where its question is asked; `None`: one of those that nothing tells apart
    /// in a long list.
    Choice(ItemIx, Option<u16>),
    /// An answer on one side of a number or a day that a condition compares it with, or on it.
    Boundary(ItemIx, Option<u16>, Bound, Ordering),
    /// An item's nth check holds, or fails.
    Check(ItemIx, u16, bool),
    /// A fill's nth case is the one used.
    Case(u32, u16),
}

impl Target {
    /// Its name in reports:
    ///
    /// | | |
    /// |---|---|
    /// | filter | `block:cls=true`, `page:cls=false`, `item:cls_etp=true`, `row:grille[a]=true`, `offer:themes.sante=false` |
    /// | choice | `choice:themes.sante`, `choice:commune.*` (any other of a long list) |
    /// | boundary | `boundary:nb_qpv<5`, `boundary:nb_qpv=5`, `boundary:grille[a]>2.5`, `boundary:signature<2026-01-01` |
    /// | check | `check:derniere.ordre=true`, `check:derniere.ordre=false` |
    /// | fill | `fill:demarche[1]`: cases are counted from 1 |
    #[must_use]
    pub fn key(self, instrument: &Instrument) -> String {
        let item = |it: ItemIx| instrument.items.get(it as usize);
        let id = |it: ItemIx| item(it).map_or("", |it| &it.id);
        let row = |it: ItemIx, row: u16| match item(it).map(|it| &it.kind) {
            Some(Kind::Grid { rows, .. }) => {
                let code = rows.get(usize::from(row)).map_or("", |it| it.code.as_str());
                format!("{}[{code}]", id(it))
            }
            _ => id(it).to_owned(),
        };
        let choice = |it: ItemIx, code: u16| {
            let list = item(it).and_then(Item::list);
            let list = list.and_then(|it| instrument.lists.get(it as usize));
            list.and_then(|it| it.choice(code))
                .map_or("", |it| it.code.as_str())
        };
        match self {
            Self::Filter(source, truth) => match source {
                Source::Block(it) => {
                    let id = instrument.blocks.get(it as usize).map_or("", |it| &it.id);
                    format!("block:{id}={truth}")
                }
                Source::Page(it) => {
                    let id = instrument.pages.get(it as usize).map_or("", |it| &it.id);
                    format!("page:{id}={truth}")
                }
                Source::Row(it, at) => format!("row:{}={truth}", row(it, at)),
                Source::Choice(it, nth) => {
                    let filters = item(it).map_or(&[][..], |it| &it.choice_filters);
                    let code = filters.get(usize::from(nth)).map_or(u16::MAX, |it| it.0);
                    format!("offer:{}.{}={truth}", id(it), choice(it, code))
                }
                Source::Item(it) | Source::Value(it) | Source::Check(it, _) => {
                    format!("item:{}={truth}", id(it))
                }
                Source::Fill(it, case) => Self::Case(it, case).key(instrument),
            },
            Self::Choice(it, Some(code)) => format!("choice:{}.{}", id(it), choice(it, code)),
            Self::Choice(it, None) => format!("choice:{}.*", id(it)),
            Self::Boundary(it, at, bound, side) => {
                let place = at.map_or_else(|| id(it).to_owned(), |at| row(it, at));
                let sign = match side {
                    Ordering::Less => '<',
                    Ordering::Equal => '=',
                    Ordering::Greater => '>',
                };
                match bound {
                    Bound::Number(it) => format!("boundary:{place}{sign}{}", it.normalize()),
                    Bound::Date(it) => format!("boundary:{place}{sign}{}", expr::iso::text(it)),
                }
            }
            Self::Check(it, nth, truth) => {
                let checks = item(it).map_or(&[][..], |it| &it.checks);
                let check = checks.get(usize::from(nth)).map_or("", |it| &it.id);
                format!("check:{}.{check}={truth}", id(it))
            }
            Self::Case(it, case) => {
                let id = instrument.fills.get(it as usize).map_or("", |it| &it.id);
                format!("fill:{id}[{}]", case + 1)
            }
        }
    }
}

/// Everything to go through in one questionnaire.
#[derive(Clone, Debug)]
pub struct Targets<'e> {
    engine: &'e Engine,
    all: BTreeSet<Target>,
    bounds: BTreeMap<(ItemIx, Option<u16>), BTreeSet<Bound>>,
    /// For items with a long list, the choices that something tells apart.
    apart: BTreeMap<ItemIx, BTreeSet<u16>>,
}

impl<'e> Targets<'e> {
    /// Lists them.
    #[must_use]
    pub fn of(engine: &'e Engine) -> Self {
        let mut it = Self {
            engine,
            all: BTreeSet::new(),
            bounds: BTreeMap::new(),
            apart: BTreeMap::new(),
        };
        it.long_lists();
        let sources = sources(engine);
        for source in &sources {
            if let Some(condition) = source.condition(&engine.instrument) {
                it.read(condition.program.root());
            }
            it.all.extend(
                match *source {
                    Source::Check(item, nth) => {
                        [true, false].map(|it| Some(Target::Check(item, nth, it)))
                    }
                    Source::Fill(fill, case) => [Some(Target::Case(fill, case)), None],
                    Source::Value(_) => [None, None],
                    source => [true, false].map(|it| Some(Target::Filter(source, it))),
                }
                .into_iter()
                .flatten(),
            );
        }
        it.choices();
        it.boundaries();
        it
    }

    /// All of them, in order.
    #[must_use]
    pub const fn all(&self) -> &BTreeSet<Target> {
        &self.all
    }

    fn long_lists(&mut self) {
        let instrument = &self.engine.instrument;
        for (ix, item) in (0u32..).zip(&instrument.items) {
            let list = item.list().and_then(|it| instrument.lists.get(it as usize));
            let Some(list) = list.filter(|it| it.choices.len() > LONG_LIST) else {
                continue;
            };
            let special = (0u16..)
                .zip(&list.choices)
                .filter(|(_, it)| it.exclusive || it.missing.is_some() || it.specify.is_some());
            let filtered = item.choice_filters.iter().map(|it| it.0);
            let apart = special.map(|(code, _)| code).chain(filtered).collect();
            self.apart.insert(ix, apart);
        }
    }

    fn choices(&mut self) {
        let instrument = &self.engine.instrument;
        for (ix, item) in (0u32..).zip(&instrument.items) {
            let list = item.list().and_then(|it| instrument.lists.get(it as usize));
            let codes = 0..list.map_or(0, |it| it.choices.len() as u16);
            let targets: Vec<Target> = codes.map(|it| self.choice(ix, it)).collect();
            self.all.extend(targets);
        }
    }

    fn choice(&self, item: ItemIx, code: u16) -> Target {
        let own = self.apart.get(&item).is_none_or(|it| it.contains(&code));
        Target::Choice(item, own.then_some(code))
    }

    /// Notes what a condition compares answers with.
    fn read(&mut self, node: Node<'_>) {
        let operands: Vec<Node<'_>> = node.operands().collect();
        let read = |it: &Node<'_>| match it.op() {
            Op::Read(slot) => match self.engine.layout.var(slot.0) {
                Some(Var::Slot(it)) => self.engine.layout.slots().get(it as usize),
                _ => None,
            },
            _ => None,
        };
        let mut found = Vec::new();
        let mut codes: Vec<(ItemIx, u16)> = Vec::new();
        match node.op() {
            Op::Compare(_) | Op::In(_) | Op::Has(_) | Op::Among(_) => {
                let slots: Vec<_> = operands.iter().filter_map(read).collect();
                let bounds = operands.iter().filter_map(|it| bound(*it));
                for slot in &slots {
                    found.extend(bounds.clone().map(|it| ((slot.item, slot.row), it)));
                    let literal = operands.iter().filter_map(|it| match it.op() {
                        Op::Code(it) => Some(*it),
                        _ => None,
                    });
                    codes.extend(literal.map(|it| (slot.item, it)));
                    match node.op() {
                        Op::Has(it) => codes.push((slot.item, *it)),
                        Op::Among(them) => codes.extend(them.iter().map(|it| (slot.item, *it))),
                        _ => {}
                    }
                }
            }
            Op::Is(slot, code) => {
                if let Some(Var::Slot(it)) = self.engine.layout.var(slot.0) {
                    let slot = self.engine.layout.slots().get(it as usize);
                    codes.extend(slot.map(|it| (it.item, *code)));
                }
            }
            _ => {}
        }
        for (place, bound) in found {
            self.bounds.entry(place).or_default().insert(bound);
        }
        for (item, code) in codes {
            if let Some(it) = self.apart.get_mut(&item) {
                it.insert(code);
            }
        }
        for operand in operands {
            self.read(operand);
        }
    }

    fn boundaries(&mut self) {
        for (&(item, row), bounds) in &self.bounds {
            let kind = &self.engine.instrument.items[item as usize].kind;
            for &bound in bounds {
                let sides = [Ordering::Less, Ordering::Equal, Ordering::Greater];
                let there = sides.into_iter().filter(|it| can_be(kind, bound, *it));
                let targets = there.map(|it| Target::Boundary(item, row, bound, it));
                self.all.extend(targets);
            }
        }
    }

    /// What an evaluated sheet goes through, whether or not it is complete.
    #[must_use]
    pub fn met(&self, evaluation: &Evaluation<'_>) -> BTreeSet<Target> {
        let mut met = BTreeSet::new();
        self.met_filters(evaluation, &mut met);
        self.met_conditions(evaluation, &mut met);
        self.met_answers(evaluation, &mut met);
        met
    }

    fn met_filters(&self, evaluation: &Evaluation<'_>, met: &mut BTreeSet<Target>) {
        for (at, gate) in (0u32..).zip(self.engine.layout.gates()) {
            let Some(filter) = gate.filter else { continue };
            let parent = gate
                .parent
                .is_none_or(|it| evaluation.gate_truth(it).is_true());
            let exists = gate
                .exists
                .is_none_or(|(roster, unit)| evaluation.exists(roster, unit));
            let truth = evaluation.gate_truth(at);
            if parent && exists && is_told(truth) {
                met.insert(Target::Filter(filter, truth.is_true()));
            }
        }
    }

    fn met_conditions(&self, evaluation: &Evaluation<'_>, met: &mut BTreeSet<Target>) {
        let mut used = BTreeSet::new();
        for (at, it) in (0u32..).zip(self.engine.layout.watched()) {
            let truth = evaluation.watched_truth(at);
            match it.source {
                Source::Choice(item, _) => {
                    if evaluation.is_on_path(item, it.unit) && is_told(truth) {
                        met.insert(Target::Filter(it.source, truth.is_true()));
                    }
                }
                Source::Check(item, nth) => {
                    let told = matches!(truth, Truth::True | Truth::False);
                    if told && evaluation.is_on_path(item, it.unit) {
                        met.insert(Target::Check(item, nth, truth.is_true()));
                    }
                }
                // Cases stand in order: the first that holds is used.
                Source::Fill(fill, case) => {
                    if truth.is_true() && used.insert(fill) {
                        met.insert(Target::Case(fill, case));
                    }
                }
                Source::Block(_)
                | Source::Page(_)
                | Source::Item(_)
                | Source::Row(..)
                | Source::Value(_) => {}
            }
        }
    }

    fn met_answers(&self, evaluation: &Evaluation<'_>, met: &mut BTreeSet<Target>) {
        for (slot, at) in (0u32..).zip(self.engine.layout.slots()) {
            let state = evaluation.state(slot);
            if !state.is_asked() {
                continue;
            }
            let answer = evaluation.answer(slot);
            let given = match answer {
                Answer::Number(it) => Some(Bound::Number(*it)),
                Answer::Date(it) => Some(Bound::Date(*it)),
                _ => None,
            };
            let codes: &[u16] = match answer {
                Answer::Code(it) => std::slice::from_ref(it),
                Answer::Codes(it) => it,
                _ => &[],
            };
            met.extend(codes.iter().map(|it| self.choice(at.item, *it)));
            let bounds = self.bounds.get(&(at.item, at.row));
            if let (Some(given), Some(bounds), SlotState::Answered) = (given, bounds, state) {
                // Numbers and days are never compared with each other: conditions have types.
                let sides = bounds.iter().map(|it| (*it, given.cmp(it)));
                met.extend(sides.map(|(it, side)| Target::Boundary(at.item, at.row, it, side)));
            }
        }
    }
}

/// Whether it is known, or unknown for another reason than that the respondent stopped before.
fn is_told(truth: Truth) -> bool {
    !matches!(truth, Truth::Unknown(reasons) if reasons.has(expr::Missing::NotReached))
}
