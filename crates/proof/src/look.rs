//! A condition looked at in one case of the formulas, numbers being in ranges.

use std::collections::{BTreeMap, BTreeSet};

use expr::{Cmp, Missing, Node, Op, Over, Reasons, RosterId, Slot, Value, VarId};
use questionnaire::instrument::{AttributeValue, Kind, Units};
use questionnaire::layout::Var;
use rust_decimal::Decimal;

use crate::cuts::TODAY;
use crate::domain::Given;
use crate::encode::{Context, Encoding, Open};
use crate::formula::{Lit, Values};
use crate::linear::{self, Linear, Relations};
use crate::seen::{Seen, combine, fold};

/// Ranges of numbers, by slot.
pub(crate) type Ranges = BTreeMap<u32, (i128, i128)>;

/// Looks at conditions in one case, numbers being in ranges.
pub(crate) struct Look<'l, 'e> {
    encoding: &'l Encoding<'e>,
    values: &'l Values,
    ranges: &'l Ranges,
    /// Slots whose numbers were read.
    pub(crate) slots: BTreeSet<u32>,
    /// Literals, true in this case, that what was seen depends on.
    pub(crate) because: BTreeSet<Lit>,
}

impl<'l, 'e> Look<'l, 'e> {
    pub(crate) fn new(encoding: &'l Encoding<'e>, values: &'l Values, ranges: &'l Ranges) -> Self {
        Self {
            encoding,
            values,
            ranges,
            slots: BTreeSet::new(),
            because: BTreeSet::new(),
        }
    }

    /// What an open operation can be seen to be.
    pub(crate) fn open(&mut self, open: &Open) -> Seen {
        match self.operation(open) {
            Some(node) => self.node(node, open.context),
            None => Seen::Vague,
        }
    }

    fn operation(&self, open: &Open) -> Option<Node<'e>> {
        let condition = open.source.condition(&self.encoding.engine.instrument)?;
        let mut node = condition.program.root();
        while node.place() != open.place {
            node = node
                .operands()
                .filter(|it| it.place() <= open.place)
                .last()?;
        }
        Some(node)
    }

    /// Adds what an open comparison says of numbers, if it is to be true or false.
    pub(crate) fn relate(&mut self, open: &Open, wanted: &Seen, relations: &mut Relations) {
        let (Some(node), Seen::Exact(Value::Bool(wanted))) = (self.operation(open), wanted) else {
            return;
        };
        let Op::Compare(cmp) = node.op() else {
            return;
        };
        let cmp = match (wanted, cmp) {
            (true, it) => *it,
            (false, Cmp::Eq) => Cmp::Ne,
            (false, Cmp::Ne) => Cmp::Eq,
            (false, Cmp::Lt) => Cmp::Ge,
            (false, Cmp::Le) => Cmp::Gt,
            (false, Cmp::Gt) => Cmp::Le,
            (false, Cmp::Ge) => Cmp::Lt,
        };
        let sides: Option<Vec<Linear>> = node
            .operands()
            .map(|it| self.linear(it, open.context))
            .collect();
        if let Some([left, right]) = sides.as_deref() {
            // What does not fit into whole numbers is left out: less is proven then.
            let _ = relations.compare(cmp, left, right);
        }
    }

    /// A number or day as a sum of what was answered; `None` if it is none.
    fn linear(&mut self, node: Node<'_>, context: Context) -> Option<Linear> {
        match self.node(node, context) {
            Seen::Exact(Value::Number(it)) => return Some(Linear::constant(it)),
            Seen::Exact(Value::Date(it)) => {
                let day = Decimal::from(expr::days::number(it));
                return Some(Linear::constant(day));
            }
            Seen::Exact(_) | Seen::OtherText(_) | Seen::Set(_) | Seen::Either => return None,
            Seen::Number(..) | Seen::Day(..) | Seen::Vague => {}
        }
        match node.op() {
            Op::Today => Some(self.multiple(TODAY)),
            Op::Read(slot) => self.linear_of(*slot, context),
            Op::Over(Over::Sum, roster) => {
                let operand = node.operands().next()?;
                let mut parts = Vec::new();
                for unit in self.existing(*roster) {
                    let inside = context.inside(unit);
                    if self.node(operand, inside).is_missing().is_none() {
                        parts.push(self.linear(operand, inside)?);
                    }
                }
                linear::combine(node, &parts)
            }
            _ => {
                let operands: Option<Vec<Linear>> =
                    node.operands().map(|it| self.linear(it, context)).collect();
                linear::combine(node, &operands?)
            }
        }
    }

    fn linear_of(&mut self, Slot(var, at): Slot, context: Context) -> Option<Linear> {
        let engine = self.encoding.engine;
        let unit = context.of(at);
        match engine.layout.var(var)? {
            Var::Slot(first) => Some(self.multiple(first.saturating_add(unit.unwrap_or(0)))),
            Var::Computed(first) => {
                let cells = engine.layout.computed_cells();
                let cell = cells.get(first.saturating_add(unit.unwrap_or(0)) as usize)?;
                match &engine.instrument.items[cell.item as usize].kind {
                    Kind::Computed { value } => {
                        self.linear(value.program.root(), Context::new(cell.unit))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The number answered in a slot: its place in the grid times the grid's step.
    fn multiple(&self, slot: u32) -> Linear {
        let domain = self.encoding.domain(slot);
        let step = domain
            .and_then(|it| it.grid)
            .map_or(Decimal::ONE, |it| it.step());
        Linear {
            terms: [(slot, step)].into(),
            constant: Decimal::ZERO,
        }
    }

    /// Whether something holds in this case; what is seen depends on it.
    fn holds(&mut self, it: Lit) -> bool {
        let holds = self.values.holds(it);
        if !it.is_constant() {
            self.because.insert(if holds { it } else { !it });
        }
        holds
    }

    fn node(&mut self, node: Node<'_>, context: Context) -> Seen {
        match node.op() {
            Op::Number(it) => Seen::number(*it),
            Op::Text(it) => Seen::Exact(Value::Text(it.to_string())),
            Op::Date(it) => Seen::Exact(Value::Date(*it)),
            Op::Code(it) => Seen::Exact(Value::Code(*it)),
            Op::Bool(it) => Seen::Exact(Value::Bool(*it)),
            Op::Today => self.slot(TODAY),
            Op::Read(slot) => self.read(*slot, context),
            Op::Is(slot, code) => match self.read(*slot, context) {
                Seen::Exact(Value::Code(it)) => Seen::Exact(Value::Bool(it == *code)),
                it if it.is_missing().is_some() => it,
                _ => Seen::Vague,
            },
            Op::Answered(slot) => match self.read(*slot, context) {
                Seen::Vague => Seen::Either,
                it => Seen::Exact(Value::Bool(it.is_missing().is_none())),
            },
            Op::Reason(slot, wanted) => match self.read(*slot, context) {
                Seen::Vague => Seen::Either,
                it => {
                    let meets = it.is_missing().is_some_and(|it| it.meets(*wanted));
                    Seen::Exact(Value::Bool(meets))
                }
            },
            Op::Units(roster) => {
                let n = self.existing(*roster).len();
                Seen::number(Decimal::from(n))
            }
            Op::Over(over, roster) => self.over(node, *over, *roster, context),
            Op::Min(_) | Op::Max(_) => {
                let operands = self.operands(node, context);
                combine(node, &operands)
            }
            Op::Case(_) => self.case(node, context),
            Op::And(_) | Op::Or(_) => {
                let operands = self.operands(node, context);
                let decided = Seen::Exact(Value::Bool(matches!(node.op(), Op::Or(_))));
                if operands.contains(&decided) {
                    return decided;
                }
                combine(node, &operands)
            }
            _ => {
                let operands = self.operands(node, context);
                combine(node, &operands)
            }
        }
    }

    /// The value of the first condition that holds; unknown as soon as one cannot be told.
    fn case(&mut self, node: Node<'_>, context: Context) -> Seen {
        let operands: Vec<Node<'_>> = node.operands().collect();
        for pair in operands.chunks(2) {
            match *pair {
                [condition, value] => match self.node(condition, context) {
                    Seen::Exact(Value::Bool(true)) => return self.node(value, context),
                    Seen::Exact(Value::Bool(false)) => {}
                    it if it.is_missing().is_some() => return it,
                    _ => return Seen::Vague,
                },
                [otherwise] => return self.node(otherwise, context),
                _ => {}
            }
        }
        Seen::UNKNOWN
    }

    fn operands(&mut self, node: Node<'_>, context: Context) -> Vec<Seen> {
        let operands = node.operands();
        operands.map(|it| self.node(it, context)).collect()
    }

    fn existing(&mut self, roster: RosterId) -> Vec<u32> {
        let encoding = self.encoding;
        let Some(it) = encoding.engine.instrument.rosters.get(roster.0 as usize) else {
            return Vec::new();
        };
        let asked = encoding.item_gate(it.item, None);
        if !self.holds(asked) {
            return Vec::new();
        }
        let units = (0u32..).zip(&encoding.units[roster.0 as usize]);
        units
            .filter(|(_, exists)| self.holds(**exists))
            .map(|(unit, _)| unit)
            .collect()
    }

    fn over(&mut self, node: Node<'_>, over: Over, roster: RosterId, context: Context) -> Seen {
        let Some(operand) = node.operands().next() else {
            return Seen::UNKNOWN;
        };
        let units = self.existing(roster);
        let seen: Vec<Seen> = units
            .into_iter()
            .map(|unit| self.node(operand, context.inside(unit)))
            .collect();
        let is = |wanted: bool| Seen::Exact(Value::Bool(wanted));
        let open = seen
            .iter()
            .filter(|it| matches!(it, Seen::Vague | Seen::Either))
            .count();
        let n = |wanted: bool| seen.iter().filter(|it| **it == is(wanted)).count();
        match over {
            Over::Any if n(true) > 0 => is(true),
            Over::Any if open == 0 => is(false),
            Over::All if n(false) > 0 => is(false),
            Over::All if open == 0 => is(true),
            Over::Any | Over::All => Seen::Either,
            Over::Count => Seen::numbers(Decimal::from(n(true)), Decimal::from(n(true) + open)),
            Over::Sum | Over::Min | Over::Max => {
                let none = match over {
                    Over::Sum => Seen::number(Decimal::ZERO),
                    _ => Seen::UNKNOWN,
                };
                seen.iter().fold(none, |so_far, it| {
                    if it.is_missing().is_some() {
                        so_far
                    } else if so_far.is_missing().is_some() {
                        it.clone()
                    } else {
                        fold(over, &so_far, it)
                    }
                })
            }
        }
    }

    fn read(&mut self, Slot(var, at): Slot, context: Context) -> Seen {
        self.variable(var, context.of(at))
    }

    fn variable(&mut self, var: VarId, unit: Option<u32>) -> Seen {
        let engine = self.encoding.engine;
        let at = unit.unwrap_or(0);
        match engine.layout.var(var) {
            Some(Var::Slot(first)) => self.slot(first.saturating_add(at)),
            Some(Var::Computed(first)) => {
                let cells = engine.layout.computed_cells();
                let Some(cell) = cells.get(first.saturating_add(at) as usize) else {
                    return Seen::UNKNOWN;
                };
                if !self.holds(self.encoding.gates[cell.gate as usize]) {
                    return Seen::Exact(Value::Missing(Reasons::only(Missing::NotAsked)));
                }
                match &engine.instrument.items[cell.item as usize].kind {
                    Kind::Computed { value } => {
                        self.node(value.program.root(), Context::new(cell.unit))
                    }
                    _ => Seen::UNKNOWN,
                }
            }
            Some(Var::UnitKey(roster)) => {
                let rosters = &engine.instrument.rosters;
                match rosters.get(roster as usize).map(|it| &it.units) {
                    Some(Units::Chosen { .. }) => Seen::Exact(Value::Code(at as u16)),
                    Some(Units::Free { .. }) => Seen::number(Decimal::from(at + 1)),
                    None => Seen::UNKNOWN,
                }
            }
            Some(Var::Attribute(first, part)) => {
                let slot = first.saturating_add(at);
                let item = engine.layout.slots()[slot as usize].item;
                let list = engine.instrument.items[item as usize].list();
                match self.slot(slot) {
                    Seen::Exact(Value::Code(code)) => {
                        let value = list
                            .and_then(|it| engine.instrument.lists.get(it as usize))
                            .and_then(|it| it.choice(code))
                            .and_then(|it| it.attributes.get(usize::from(part)));
                        match value {
                            Some(AttributeValue::Bool(it)) => Seen::Exact(Value::Bool(*it)),
                            Some(AttributeValue::Number(it)) => Seen::number(*it),
                            Some(AttributeValue::Text(it)) => Seen::Exact(Value::Text(it.clone())),
                            Some(AttributeValue::None) | None => Seen::UNKNOWN,
                        }
                    }
                    it => it,
                }
            }
            Some(Var::Nothing) | None => Seen::UNKNOWN,
        }
    }

    fn slot(&mut self, slot: u32) -> Seen {
        let encoding = self.encoding;
        if slot != TODAY && !self.holds(encoding.on_path(slot)) {
            return Seen::Exact(Value::Missing(Reasons::only(Missing::NotAsked)));
        }
        let Some(domain) = encoding.domain(slot) else {
            return Seen::UNKNOWN;
        };
        let Some(class) = Encoding::class(domain, self.values) else {
            return Seen::UNKNOWN;
        };
        self.holds(class.lit);
        let reason = |it: Missing| Seen::Exact(Value::Missing(Reasons::only(it)));
        match &class.given {
            Given::Range(low, high) => {
                self.slots.insert(slot);
                let (low, high) = self.ranges.get(&slot).copied().unwrap_or((*low, *high));
                domain.grid.map_or(Seen::Vague, |it| it.seen(low, high))
            }
            Given::Code(code) | Given::Alone(code) => {
                let engine = encoding.engine;
                let item = engine.layout.slots()[slot as usize].item;
                let list = engine.instrument.items[item as usize].list();
                let choice = list
                    .and_then(|it| engine.instrument.lists.get(it as usize))
                    .and_then(|it| it.choice(*code));
                match choice.and_then(|it| it.missing) {
                    Some(it) => reason(it.reason()),
                    None => Seen::Exact(Value::Code(*code)),
                }
            }
            Given::Bool(it) => Seen::Exact(Value::Bool(*it)),
            Given::Text(it) => Seen::Exact(Value::Text(it.clone())),
            Given::OtherText => Seen::OtherText(slot),
            Given::Set => {
                let chosen = domain.set.as_ref().map_or(&[][..], |it| &it.chosen);
                let chosen = chosen.iter().filter(|it| self.holds(it.1));
                Seen::Exact(Value::Codes(chosen.map(|it| it.0).collect()))
            }
            Given::Missing(it) => reason(it.reason()),
            Given::Empty => reason(Missing::NoAnswer),
        }
    }
}
