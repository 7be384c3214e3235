//! Which rows a condition holds for.
//!
//! What compares a variable with something fixed, and `not`, `and`, `or` of it, is worked out for all rows at once.
//! Whatever else a condition says is asked row by row, of the evaluator itself.
//!
//! INVARIANT: both ways say what the condition says of each response by itself.

use expr::{At, Cmp, Datum, Env, Node, Op, Program, Reasons, RosterId, Slot, Value, VarId};
use jiff::civil::Date;
use questionnaire::Engine;
use questionnaire::instrument::{AttributeValue, Units};
use questionnaire::layout::Var;

use super::bits::Bits;
use super::chunk::Chunk;
use crate::plan::Filter;
use crate::spec::Spec;

/// What a filter is worked out with.
#[derive(Clone, Copy)]
pub(super) struct Filtering<'a> {
    pub(super) engine: &'a Engine,
    pub(super) specs: &'a [Spec],
    pub(super) filter: &'a Filter,
}

/// Rows for which a condition holds, and for which it does not; of the others it cannot be told.
struct Known {
    yes: Bits,
    no: Bits,
}

impl Filtering<'_> {
    /// The units of the filter, among those that are counted, for which it holds.
    pub(super) fn rows(&self, chunk: &Chunk) -> Bits {
        match self.known(self.filter.program.root(), chunk) {
            Some(known) => known.yes,
            None => self.one_by_one(chunk),
        }
    }

    fn known(&self, node: Node<'_>, chunk: &Chunk) -> Option<Known> {
        let all = chunk.all(self.filter.roster)?;
        match node.op() {
            Op::Bool(holds) => Some(Known::of(
                holds.then(|| all.clone()).unwrap_or_default(),
                all,
            )),
            Op::Is(slot, code) => self.given(*slot, &[*code], all, chunk),
            Op::Answered(slot) => {
                let (at, _) = self.variable(*slot)?;
                Some(Known::of(chunk.variable(at)?.answered(all), all))
            }
            Op::Reason(slot, reasons) => {
                let (at, spec) = self.variable(*slot)?;
                // A computed value may be missing for several reasons.
                if spec.is_computed() {
                    return None;
                }
                let yes = chunk.variable(at)?.without(*reasons).and(all);
                Some(Known::of(yes, all))
            }
            Op::Among(codes) => self.given(read(node)?, codes, all, chunk),
            Op::Has(code) => self.given(read(node)?, &[*code], all, chunk),
            Op::Compare(how) => self.compared(*how, node, all, chunk),
            Op::Not => {
                let Known { yes, no } = self.known(node.operands().next()?, chunk)?;
                Some(Known { yes: no, no: yes })
            }
            Op::And(_) => self.joined(node, chunk, |a, b| Known {
                yes: a.yes.and(&b.yes),
                no: a.no.or(&b.no),
            }),
            Op::Or(_) => self.joined(node, chunk, |a, b| Known {
                yes: a.yes.or(&b.yes),
                no: a.no.and(&b.no),
            }),
            _ => None,
        }
    }

    fn joined(
        &self,
        node: Node<'_>,
        chunk: &Chunk,
        join: impl Fn(&Known, &Known) -> Known,
    ) -> Option<Known> {
        let mut operands = node.operands();
        let mut all = self.known(operands.next()?, chunk)?;
        for it in operands {
            all = join(&all, &self.known(it, chunk)?);
        }
        Some(all)
    }

    /// Whoever gave one of these choices, of those who answered.
    fn given(&self, slot: Slot, codes: &[u16], all: &Bits, chunk: &Chunk) -> Option<Known> {
        let (at, _) = self.variable(slot)?;
        let variable = chunk.variable(at)?;
        let answered = variable.answered(all);
        let mut yes = Bits::default();
        for code in codes {
            if let Some(it) = variable.columns().get(usize::from(*code)) {
                yes.add(it);
            }
        }
        Some(Known::of(yes.and(&answered), &answered))
    }

    fn compared(&self, how: Cmp, node: Node<'_>, all: &Bits, chunk: &Chunk) -> Option<Known> {
        let mut sides = node.operands();
        let (left, right) = (sides.next()?, sides.next()?);
        let (slot, number, how) = match (left.op(), right.op()) {
            (Op::Read(slot), Op::Number(it)) => (*slot, *it, how),
            (Op::Number(it), Op::Read(slot)) => (*slot, *it, turned(how)),
            _ => return None,
        };
        let (at, _) = self.variable(slot)?;
        let variable = chunk.variable(at)?;
        let answered = variable.answered(all);
        let yes = variable.compared(&answered, |it| holds(how, it), number)?;
        Some(Known::of(yes, &answered))
    }

    /// The variable that is read in the unit of the filter.
    fn variable(&self, Slot(var, at): Slot) -> Option<(usize, &Spec)> {
        let roster = match at {
            At::Global => None,
            At::Current(RosterId(it)) => Some(it),
            At::Each(..) | At::Unit(..) => return None,
        };
        let found = self.of(var)?;
        (roster == self.filter.roster && found.1.roster == roster).then_some(found)
    }

    /// The variable that is read, wherever.
    fn of(&self, var: VarId) -> Option<(usize, &Spec)> {
        let layout = &self.engine.layout;
        let (item, row) = match layout.var(var)? {
            Var::Slot(first) => {
                let slot = layout.slots().get(first as usize)?;
                (slot.item, slot.row)
            }
            Var::Computed(first) => (layout.computed_cells().get(first as usize)?.item, None),
            Var::UnitKey(_) | Var::Attribute(..) | Var::Nothing => return None,
        };
        let is_it = |it: &Spec| (it.item, it.row) == (item, row);
        let at = self.specs.iter().position(is_it)?;
        Some((at, self.specs.get(at)?))
    }
}

impl Known {
    /// Of all rows, some for which it holds; it does not for the others.
    fn of(yes: Bits, all: &Bits) -> Self {
        let no = all.without(&yes);
        Self { yes, no }
    }
}

/// The variable that the only operand reads.
fn read(node: Node<'_>) -> Option<Slot> {
    match node.operands().next()?.op() {
        Op::Read(slot) => Some(*slot),
        _ => None,
    }
}

const fn turned(how: Cmp) -> Cmp {
    match how {
        Cmp::Lt => Cmp::Gt,
        Cmp::Le => Cmp::Ge,
        Cmp::Gt => Cmp::Lt,
        Cmp::Ge => Cmp::Le,
        Cmp::Eq | Cmp::Ne => how,
    }
}

const fn holds(how: Cmp, order: std::cmp::Ordering) -> bool {
    match how {
        Cmp::Eq => order.is_eq(),
        Cmp::Ne => order.is_ne(),
        Cmp::Lt => order.is_lt(),
        Cmp::Le => order.is_le(),
        Cmp::Gt => order.is_gt(),
        Cmp::Ge => order.is_ge(),
    }
}

impl Filtering<'_> {
    fn one_by_one(&self, chunk: &Chunk) -> Bits {
        let Some(all) = chunk.all(self.filter.roster) else {
            return Bits::default();
        };
        let vars = read_by(&self.filter.program);
        let holds = |row: &u32| {
            let (respondent, unit) = chunk.whose(self.filter.roster, *row);
            let one = One {
                filtering: *self,
                chunk,
                respondent,
                values: vars
                    .iter()
                    .map(|it| (*it, self.values(*it, chunk, respondent)))
                    .collect(),
            };
            self.filter.program.truth(&one, unit).is_true()
        };
        all.rows().filter(holds).collect()
    }

    /// What a variable holds for a respondent: in a roster, in each unit that can exist.
    fn values(&self, var: VarId, chunk: &Chunk, respondent: u32) -> Vec<Value> {
        let unknown = || vec![Value::Missing(Reasons::NONE)];
        let layout = &self.engine.layout;
        let rosters = &self.engine.instrument.rosters;
        match layout.var(var) {
            Some(Var::UnitKey(roster)) => {
                let bound = self.engine.instrument.unit_bound(roster);
                let chosen = rosters.get(roster as usize);
                let chosen = chosen.is_some_and(|it| matches!(it.units, Units::Chosen { .. }));
                let key = |nth: u32| match chosen {
                    true => Value::Code(nth as u16),
                    false => Value::Number((nth + 1).into()),
                };
                (0..bound).map(key).collect()
            }
            Some(Var::Attribute(first, part)) => {
                let slot = layout.slots().get(first as usize);
                let place = slot.and_then(|slot| {
                    let is_it = |it: &Spec| (it.item, it.row) == (slot.item, slot.row);
                    self.specs.iter().position(is_it)
                });
                let Some(place) = place else { return unknown() };
                let values = self.in_units(place, chunk, respondent).into_iter();
                values.map(|it| self.attribute(place, &it, part)).collect()
            }
            Some(Var::Slot(_) | Var::Computed(_)) => match self.of(var) {
                Some((at, _)) => self.in_units(at, chunk, respondent),
                None => unknown(),
            },
            Some(Var::Nothing) | None => unknown(),
        }
    }

    fn in_units(&self, at: usize, chunk: &Chunk, respondent: u32) -> Vec<Value> {
        let (Some(spec), Some(variable)) = (self.specs.get(at), chunk.variable(at)) else {
            return Vec::new();
        };
        match spec.roster {
            None => vec![variable.value(spec, respondent)],
            Some(roster) => {
                let nowhere = Value::Missing(Reasons::only(expr::Missing::NotAsked));
                let mut values = vec![nowhere; self.engine.instrument.unit_bound(roster) as usize];
                for (nth, row) in chunk.units_of(roster, respondent) {
                    if let Some(it) = values.get_mut(nth as usize) {
                        *it = variable.value(spec, row);
                    }
                }
                values
            }
        }
    }

    fn attribute(&self, at: usize, value: &Value, part: u16) -> Value {
        let code = match value {
            Value::Code(code) => *code,
            Value::Missing(reasons) => return Value::Missing(*reasons),
            _ => return Value::Missing(Reasons::NONE),
        };
        let instrument = &self.engine.instrument;
        let item = self
            .specs
            .get(at)
            .and_then(|it| instrument.items.get(it.item as usize));
        let list = item.and_then(|it| instrument.lists.get(it.list()? as usize));
        let choice = list.and_then(|it| it.choices.get(usize::from(code)));
        match choice.and_then(|it| it.attributes.get(usize::from(part))) {
            Some(AttributeValue::Bool(it)) => Value::Bool(*it),
            Some(AttributeValue::Number(it)) => Value::Number(*it),
            Some(AttributeValue::Text(it)) => Value::Text(it.clone()),
            Some(AttributeValue::None) | None => Value::Missing(Reasons::NONE),
        }
    }
}

/// The variables that a program reads, each once.
fn read_by(program: &Program) -> Vec<VarId> {
    let all = program.dependencies();
    let units = all.unit_vars.iter().chain(&all.roster_vars).map(|it| it.1);
    let fixed = all.fixed_unit_vars.iter().map(|it| it.2);
    let mut vars: Vec<VarId> = all.vars.iter().copied().chain(units).chain(fixed).collect();
    vars.sort_unstable();
    vars.dedup();
    vars
}

/// One response, as conditions read it.
struct One<'a> {
    filtering: Filtering<'a>,
    chunk: &'a Chunk,
    respondent: u32,
    values: Vec<(VarId, Vec<Value>)>,
}

impl Env for One<'_> {
    fn read(&self, var: VarId, unit: Option<u32>) -> Datum<'_> {
        let values = self.values.iter().find(|it| it.0 == var);
        let value = values.and_then(|it| it.1.get(unit.unwrap_or(0) as usize));
        value.map_or(Datum::Missing(Reasons::NONE), Value::as_datum)
    }

    fn unit_bound(&self, roster: RosterId) -> u32 {
        self.filtering.engine.instrument.unit_bound(roster.0)
    }

    fn unit_exists(&self, roster: RosterId, unit: u32) -> bool {
        self.chunk.is_unit(roster.0, self.respondent, unit)
    }

    fn today(&self) -> Option<Date> {
        self.chunk.answered_on(self.respondent)
    }
}
