//! Conditions that read what is asked later, never, or not on some route.

use std::collections::BTreeSet;

use expr::{Missing, Node, Op, Program};
use questionnaire::instrument::Kind;
use questionnaire::layout::{Source, Var};

use super::{Findings, rule};
use crate::cuts::item_of;
use crate::encode::Context;
use crate::formula::Lit;
use crate::goal::Goal;
use crate::prove::Found;
use crate::realize::sheet_of;

/// Where a condition is evaluated: when, and in which unit.
struct Here {
    enclosing: Lit,
    unit: Option<u32>,
}

impl Findings<'_, '_, '_> {
    pub(super) fn reads(&mut self) {
        let layout = &self.proof.engine().layout;
        let of_gates = layout.gates().iter().filter_map(|it| it.filter);
        let watched = layout.watched().iter().map(|it| it.source);
        let computed = layout
            .computed_cells()
            .iter()
            .map(|it| Source::Value(it.item));
        let sources: BTreeSet<Source> = of_gates.chain(watched).chain(computed).collect();
        for source in sources {
            let Some(condition) = source.condition(&self.proof.engine().instrument) else {
                continue;
            };
            let program = condition.program.clone();
            let direct = self.items_read(&program, false);
            let through = self.items_read(&program, true);
            self.later(source, &through);
            for item in &direct {
                self.never_asked(source, *item);
            }
            self.unknown_hides(source, &program, &direct);
        }
    }

    /// The items whose answers a program reads; computed values looked into, or not.
    fn items_read(&self, program: &Program, through: bool) -> BTreeSet<u32> {
        let engine = self.proof.engine();
        let mut read = BTreeSet::new();
        let mut waiting = vec![program.root()];
        let mut seen = BTreeSet::new();
        while let Some(node) = waiting.pop() {
            waiting.extend(node.operands());
            let (Op::Read(slot) | Op::Is(slot, _) | Op::Answered(slot) | Op::Reason(slot, _)) =
                node.op()
            else {
                continue;
            };
            read.extend(item_of(engine, slot.0));
            if let (Some(Var::Computed(first)), true) = (engine.layout.var(slot.0), through)
                && seen.insert(first)
            {
                let cell = engine.layout.computed_cells().get(first as usize);
                let item = cell.and_then(|it| engine.instrument.items.get(it.item as usize));
                if let Some(Kind::Computed { value }) = item.map(|it| &it.kind) {
                    waiting.push(value.program.root());
                }
            }
        }
        read
    }

    /// Reading what stands later in the questionnaire.
    fn later(&mut self, source: Source, read: &BTreeSet<u32>) {
        let engine = self.proof.engine();
        let items = &engine.instrument.items;
        let page_of = |item: u32| items[item as usize].page;
        let first_item_of = |page: u32| {
            let first = (0u32..).zip(items).find(|(_, it)| it.page >= page);
            first.map_or(u32::MAX, |it| it.0)
        };
        let is_later = |it: u32| match source {
            Source::Block(block) => {
                let pages = (0u32..).zip(&engine.instrument.pages);
                let mut pages = pages.filter(|(_, it)| it.block == block);
                pages
                    .next()
                    .is_some_and(|(page, _)| it >= first_item_of(page))
            }
            Source::Page(page) => it >= first_item_of(page),
            Source::Item(item) | Source::Row(item, _) | Source::Choice(item, _) => it > item,
            // Answers of the same page can be changed while its checks are read.
            Source::Check(item, _) => page_of(it) > page_of(item),
            Source::Value(_) | Source::Fill(..) => false,
        };
        if let Some(item) = read.iter().copied().find(|it| is_later(*it)) {
            let subject = self.id(item);
            let position = self.places.name(engine, source, &subject);
            self.push(&rule::READS_LATER, position, &subject);
        }
    }

    /// Where a source is evaluated.
    fn here(&self, source: Source) -> Vec<Here> {
        let encoding = &self.proof.encoding;
        let layout = &encoding.engine.layout;
        let of_item = |item: u32| {
            let units = encoding.units_of(item).into_iter();
            units
                .map(|unit| Here {
                    enclosing: encoding.item_gate(item, unit),
                    unit,
                })
                .collect()
        };
        match source {
            Source::Check(item, _) | Source::Choice(item, _) | Source::Value(item) => of_item(item),
            Source::Fill(..) => vec![Here {
                enclosing: Lit::TRUE,
                unit: None,
            }],
            _ => {
                let gates = layout.gates().iter().zip(&encoding.filters);
                gates
                    .filter(|(it, _)| it.filter == Some(source))
                    .filter_map(|(gate, filter)| {
                        filter.map(|it| Here {
                            enclosing: it.enclosing,
                            unit: gate.unit,
                        })
                    })
                    .collect()
            }
        }
    }

    /// Reading what is off path wherever the condition is evaluated.
    fn never_asked(&mut self, source: Source, item: u32) {
        let slots = self.proof.encoding.slots_of(item);
        if slots.is_empty() {
            return;
        }
        let on_path: Vec<Lit> = slots
            .iter()
            .map(|it| self.proof.encoding.on_path(*it))
            .collect();
        let formulas = &mut self.proof.encoding.formulas;
        let asked = formulas.any(on_path);
        if asked == Lit::TRUE {
            return;
        }
        let here = self.here(source);
        let enclosing: Vec<Lit> = here.iter().map(|it| it.enclosing).collect();
        let enclosing = self.proof.encoding.formulas.any(enclosing);
        let base = self.proof.base;
        let both = [base, enclosing, asked];
        if !matches!(self.proof.find(&both, |_| true), Found::None) {
            return;
        }
        if let Found::Sheet(evaluation) = self.proof.find(&[base, enclosing], |_| true) {
            let subject = self.id(item);
            let position = self.places.name(self.proof.engine(), source, &subject);
            let sheet = sheet_of(&evaluation);
            self.push(&rule::READS_UNASKED, position, &subject).witness = Some(Box::new(sheet));
        }
    }

    /// A condition that would hold if « not asked » were « is not so », and is unknown instead.
    fn unknown_hides(&mut self, source: Source, program: &Program, read: &BTreeSet<u32>) {
        if matches!(source, Source::Value(_) | Source::Check(..)) || !is_negative(program.root()) {
            return;
        }
        for here in self.here(source) {
            let context = Context::new(here.unit);
            let base = self.proof.base;
            let encoding = &mut self.proof.encoding;
            let (truth, expected) = encoding.both_readings(source, program, context);
            let unasked = truth.why[Missing::NotAsked as usize];
            let asked = [
                base,
                here.enclosing,
                expected,
                !truth.yes,
                !truth.no,
                unasked,
            ];
            if let Found::Sheet(evaluation) = self.proof.find(&asked, |_| true) {
                let layout = &self.proof.engine().layout;
                let is_off = |item: &&u32| {
                    let mut slots = layout.slots_of(**item, here.unit);
                    slots.any(|it| !evaluation.state(it).is_asked())
                };
                let Some(item) = read.iter().find(is_off) else {
                    continue;
                };
                let subject = self.id(*item);
                let position = self.places.name(self.proof.engine(), source, &subject);
                let sheet = sheet_of(&evaluation);
                if !self.is_never(Goal::Item(*item)) {
                    self.push(&rule::UNKNOWN_HIDES, position, &subject).witness =
                        Some(Box::new(sheet));
                }
                return;
            }
        }
    }
}

/// Whether a condition says « not » somewhere.
fn is_negative(node: Node<'_>) -> bool {
    matches!(node.op(), Op::Not | Op::Compare(expr::Cmp::Ne)) || node.operands().any(is_negative)
}
