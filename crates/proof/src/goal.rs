//! What is to be shown of a questionnaire: each goal as a formula, and as a look at a sheet.
//!
//! The two are written apart on purpose: the formula finds a sheet, the engine's evaluation of that
//! sheet decides whether the goal is met.

use expr::Value;
use questionnaire::Evaluation;
use questionnaire::instrument::Kind;
use questionnaire::layout::Source;

use crate::encode::{Encoding, units_of};
use crate::formula::Lit;

/// Something that some complete sheet shall show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Goal {
    /// A block is on path.
    Block(u32),
    /// A page is on path.
    Page(u32),
    /// An item is on path (inside a roster: in some unit).
    Item(u32),
    /// An item is off path (inside a roster: in every unit).
    ItemHidden(u32),
    /// A grid's row is on path.
    Row(u32, u16),
    /// A filter holds where what encloses it is on path.
    Holds(Source),
    /// A filter does not hold where what encloses it is on path.
    Hides(Source),
    /// A choice is made where its question is asked.
    Picks(u32, u16),
    /// A check holds.
    CheckHolds(u32, u16),
    /// A check fails: the sheet is complete only if it is a soft one.
    CheckFails(u32, u16),
    /// A computed value is there.
    Value(u32),
    /// A fill's case is the one used.
    Case(u32, u16),
}

impl Goal {
    /// Every goal of a questionnaire, in its order.
    pub(crate) fn all(encoding: &Encoding<'_>) -> Vec<Self> {
        let instrument = &encoding.engine.instrument;
        let mut goals = Vec::new();
        goals.extend((0..instrument.blocks.len() as u32).map(Self::Block));
        goals.extend((0..instrument.pages.len() as u32).map(Self::Page));
        for (ix, item) in (0u32..).zip(&instrument.items) {
            goals.extend([Self::Item(ix), Self::ItemHidden(ix)]);
            if let Kind::Grid { rows, .. } = &item.kind {
                goals.extend((0..rows.len() as u16).map(|it| Self::Row(ix, it)));
            }
            if matches!(item.kind, Kind::Computed { .. }) {
                goals.push(Self::Value(ix));
            }
            let choices = item
                .list()
                .and_then(|it| instrument.lists.get(it as usize))
                .map_or(0, |it| it.choices.len());
            let kept = (0..choices as u16).filter(|it| encoding.tells_apart(ix, *it));
            goals.extend(kept.map(|it| Self::Picks(ix, it)));
            for nth in 0..item.checks.len() as u16 {
                goals.extend([Self::CheckHolds(ix, nth), Self::CheckFails(ix, nth)]);
            }
        }
        let layout = &encoding.engine.layout;
        let of_gates = layout.gates().iter().filter_map(|it| it.filter);
        let of_choices = layout
            .watched()
            .iter()
            .map(|it| it.source)
            .filter(|it| matches!(it, Source::Choice(..)));
        let filters: std::collections::BTreeSet<_> = of_gates.chain(of_choices).collect();
        goals.extend(
            filters
                .into_iter()
                .flat_map(|it| [Self::Holds(it), Self::Hides(it)]),
        );
        for (ix, fill) in (0u32..).zip(&instrument.fills) {
            goals.extend((0..fill.cases.len() as u16).map(|it| Self::Case(ix, it)));
        }
        goals
    }

    /// What it is about, in words that stay the same: `item:cls_etp`, `choice:cls_etp.moins_05`.
    #[must_use]
    pub fn name(self, engine: &questionnaire::Engine) -> String {
        let instrument = &engine.instrument;
        let item = |it: u32| &instrument.items[it as usize];
        let id = |it: u32| item(it).id.as_str();
        let row = |it: u32, row: u16| match &item(it).kind {
            Kind::Grid { rows, .. } => rows.get(usize::from(row)).map_or("", |it| &it.code),
            _ => "",
        };
        let code = |it: u32, code: u16| {
            let list = item(it)
                .list()
                .and_then(|it| instrument.lists.get(it as usize));
            let choice = list.and_then(|it| it.choice(code));
            choice.map_or("", |it| &it.code)
        };
        let check = |it: u32, nth: u16| {
            let check = item(it).checks.get(usize::from(nth));
            check.map_or("", |it| &it.id)
        };
        let place = |source: Source| match source {
            Source::Block(it) => format!("block:{}", instrument.blocks[it as usize].id),
            Source::Page(it) => format!("page:{}", instrument.pages[it as usize].id),
            Source::Item(it) | Source::Value(it) => format!("item:{}", id(it)),
            Source::Row(it, at) => format!("row:{}[{}]", id(it), row(it, at)),
            Source::Check(it, nth) => format!("check:{}.{}", id(it), check(it, nth)),
            Source::Choice(it, nth) => {
                let at = item(it).choice_filters.get(usize::from(nth));
                format!("choice:{}.{}", id(it), code(it, at.map_or(0, |it| it.0)))
            }
            Source::Fill(it, case) => format!("fill:{}.{case}", instrument.fills[it as usize].id),
        };
        match self {
            Self::Block(it) => place(Source::Block(it)),
            Self::Page(it) => place(Source::Page(it)),
            Self::Item(it) => place(Source::Item(it)),
            Self::ItemHidden(it) => format!("{}:hidden", place(Source::Item(it))),
            Self::Row(it, at) => place(Source::Row(it, at)),
            Self::Holds(source) => format!("filter:{}:holds", place(source)),
            Self::Hides(source) => format!("filter:{}:hides", place(source)),
            Self::Picks(it, at) => format!("choice:{}.{}", id(it), code(it, at)),
            Self::CheckHolds(it, nth) => format!("{}:holds", place(Source::Check(it, nth))),
            Self::CheckFails(it, nth) => format!("{}:fails", place(Source::Check(it, nth))),
            Self::Value(it) => format!("value:{}", id(it)),
            Self::Case(it, case) => place(Source::Fill(it, case)),
        }
    }

    /// When it is met, rules that a complete sheet keeps apart.
    pub(crate) fn when(self, encoding: &mut Encoding<'_>) -> Lit {
        let engine = encoding.engine;
        let layout = &engine.layout;
        let them: Vec<Lit> = match self {
            Self::Block(block) => {
                let source = Source::Block(block);
                let gate = layout
                    .gates()
                    .iter()
                    .position(|it| it.filter == Some(source));
                vec![gate.map_or(Lit::TRUE, |it| encoding.gates[it])]
            }
            Self::Page(page) => {
                let gate = layout.page_gate(page);
                vec![gate.map_or(Lit::TRUE, |it| encoding.gates[it as usize])]
            }
            Self::Item(item) => encoding.gates_of(item),
            Self::ItemHidden(item) => {
                let gates = encoding.gates_of(item);
                return !encoding.formulas.any(gates);
            }
            Self::Row(item, row) => {
                let slots = layout.slots().iter().zip(0u32..);
                let rows = slots.filter(|(it, _)| it.item == item && it.row == Some(row));
                rows.map(|(_, slot)| encoding.on_path(slot)).collect()
            }
            Self::Holds(source) | Self::Hides(source) => {
                let wanted = matches!(self, Self::Holds(_));
                let mut them = Vec::new();
                for (enclosing, yes) in encoding.filters_at(source) {
                    let it = if wanted { yes } else { !yes };
                    them.push(encoding.formulas.and(enclosing, it));
                }
                them
            }
            Self::Picks(item, code) => {
                let slots: Vec<u32> = encoding.slots_of(item);
                slots
                    .into_iter()
                    .map(|slot| encoding.chooses(slot, code))
                    .collect()
            }
            Self::CheckHolds(item, nth) | Self::CheckFails(item, nth) => {
                let wanted = matches!(self, Self::CheckHolds(..));
                let mut them = Vec::new();
                for unit in encoding.units_of(item) {
                    let truth = encoding.check(item, unit, usize::from(nth));
                    let it = if wanted { truth.yes } else { truth.no };
                    let on_path = encoding.item_gate(item, unit);
                    them.push(encoding.formulas.and(on_path, it));
                }
                them
            }
            Self::Value(item) => encoding.values_of(item),
            Self::Case(fill, case) => return encoding.fill_case(fill, case),
        };
        encoding.formulas.any(them)
    }

    /// Whether a sheet shows it.
    pub(crate) fn is_met(self, evaluation: &Evaluation<'_>) -> bool {
        let engine = evaluation.engine();
        let layout = &engine.layout;
        let gates = || (0u32..).zip(layout.gates());
        match self {
            Self::Block(block) => {
                let source = Source::Block(block);
                let gate = gates().find(|(_, it)| it.filter == Some(source));
                gate.is_none_or(|(it, _)| evaluation.gate_truth(it).is_true())
            }
            Self::Page(page) => layout
                .page_gate(page)
                .is_some_and(|it| evaluation.gate_truth(it).is_true()),
            Self::Item(item) => is_on_path(evaluation, item),
            Self::ItemHidden(item) => !is_on_path(evaluation, item),
            Self::Row(item, row) => (0u32..).zip(layout.slots()).any(|(slot, it)| {
                it.item == item && it.row == Some(row) && evaluation.state(slot).is_asked()
            }),
            Self::Holds(Source::Choice(item, nth)) | Self::Hides(Source::Choice(item, nth)) => {
                let wanted = matches!(self, Self::Holds(_));
                let watched = (0u32..).zip(layout.watched());
                let mut here = watched.filter(|(_, it)| it.source == Source::Choice(item, nth));
                here.any(|(at, it)| {
                    evaluation.is_on_path(item, it.unit)
                        && evaluation.watched_truth(at).is_true() == wanted
                })
            }
            Self::Holds(source) | Self::Hides(source) => {
                let wanted = matches!(self, Self::Holds(_));
                let mut here = gates().filter(|(_, it)| it.filter == Some(source));
                here.any(|(at, it)| {
                    let parent = it
                        .parent
                        .is_none_or(|it| evaluation.gate_truth(it).is_true());
                    let exists = it
                        .exists
                        .is_none_or(|(roster, unit)| evaluation.exists(roster, unit));
                    parent && exists && evaluation.gate_truth(at).is_true() == wanted
                })
            }
            Self::Picks(item, code) => (0u32..).zip(layout.slots()).any(|(slot, it)| {
                it.item == item
                    && evaluation.state(slot).is_asked()
                    && evaluation.is_chosen(slot, code)
            }),
            Self::CheckHolds(item, nth) | Self::CheckFails(item, nth) => {
                let source = Source::Check(item, nth);
                let watched = (0u32..).zip(layout.watched());
                let mut here = watched.filter(|(_, it)| it.source == source);
                here.any(|(at, it)| {
                    let truth = evaluation.watched_truth(at);
                    let wanted = match self {
                        Self::CheckHolds(..) => truth.is_true(),
                        _ => truth.is_false(),
                    };
                    evaluation.is_on_path(item, it.unit) && wanted
                })
            }
            Self::Value(item) => units_of(engine, item).into_iter().any(|unit| {
                let value = evaluation.computed_of(item, unit);
                value.is_some_and(|it| !matches!(it, Value::Missing(_)))
            }),
            Self::Case(fill, case) => {
                let cases = (0u32..).zip(layout.watched());
                let mut cases = cases.filter_map(|(at, it)| match it.source {
                    Source::Fill(of, case) if of == fill => Some((at, case)),
                    _ => None,
                });
                let used = cases.find(|(at, _)| evaluation.watched_truth(*at).is_true());
                used.is_some_and(|(_, it)| it == case)
            }
        }
    }
}

fn is_on_path(evaluation: &Evaluation<'_>, item: u32) -> bool {
    let units = units_of(evaluation.engine(), item);
    units
        .into_iter()
        .any(|unit| evaluation.is_on_path(item, unit))
}

impl Encoding<'_> {
    fn gates_of(&self, item: u32) -> Vec<Lit> {
        let units = self.units_of(item).into_iter();
        units.map(|unit| self.item_gate(item, unit)).collect()
    }

    /// Every slot of an item, in all units and rows.
    pub(crate) fn slots_of(&self, item: u32) -> Vec<u32> {
        let units = self.units_of(item).into_iter();
        units
            .flat_map(|unit| self.engine.layout.slots_of(item, unit))
            .collect()
    }

    /// Whether a choice is followed by itself: in a long list only those that conditions mention.
    pub(crate) fn tells_apart(&self, item: u32, code: u16) -> bool {
        use crate::domain::Given;
        let slots = self.slots_of(item);
        let Some(domain) = slots.first().map(|it| &self.domains[*it as usize]) else {
            return false;
        };
        let in_set = |it: &crate::domain::Set| it.chosen.iter().any(|it| it.0 == code);
        domain.set.as_ref().is_some_and(in_set)
            || domain
                .classes
                .iter()
                .any(|it| matches!(it.given, Given::Code(it) | Given::Alone(it) if it == code))
    }

    /// Where a filter stands: when it is evaluated, and when it holds.
    pub(crate) fn filters_at(&self, source: Source) -> Vec<(Lit, Lit)> {
        let layout = &self.engine.layout;
        if let Source::Choice(item, _) = source {
            let watched = layout.watched().iter().zip(&self.watched);
            let here = watched.filter(|(it, _)| it.source == source);
            return here
                .map(|(at, it)| (self.item_gate(item, at.unit), it.yes))
                .collect();
        }
        let gates = layout.gates().iter().zip(&self.filters);
        gates
            .filter(|(it, _)| it.filter == Some(source))
            .filter_map(|(_, it)| it.map(|it| (it.enclosing, it.truth.yes)))
            .collect()
    }

    fn fill_case(&mut self, fill: u32, case: u16) -> Lit {
        let watched = self.engine.layout.watched().iter().zip(&self.watched);
        let cases: Vec<(u16, Lit)> = watched
            .filter_map(|(at, it)| match at.source {
                Source::Fill(of, case) if of == fill => Some((case, it.yes)),
                _ => None,
            })
            .collect();
        let them = cases.into_iter().filter(|(it, _)| *it <= case);
        let them: Vec<Lit> = them
            .map(|(it, yes)| if it == case { yes } else { !yes })
            .collect();
        self.formulas.all(them)
    }

    fn values_of(&mut self, item: u32) -> Vec<Lit> {
        let cells = self.engine.layout.computed_cells().iter().zip(0usize..);
        let cells: Vec<usize> = cells
            .filter(|(it, _)| it.item == item)
            .map(|(_, at)| at)
            .collect();
        cells.into_iter().map(|at| self.has_value(at)).collect()
    }
}
