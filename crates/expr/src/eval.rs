//! The evaluator: total, three-valued, without allocation until a text or a list is returned.

use std::cmp::Ordering;

use jiff::civil::Date;
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::days;
use crate::program::{At, Cmp, MAX_LEVELS, Op, Over, Program, Slot, Step};
use crate::scope::{RosterId, VarId};
use crate::value::{Datum, Reasons, Truth, Value};

/// The answers a program is evaluated against.
pub trait Env {
    /// The datum of a variable; `unit` is the position of the unit for a variable of a roster.
    /// A unit that does not exist reads as missing.
    fn read(&self, var: VarId, unit: Option<u32>) -> Datum<'_>;
    /// One more than the highest position a unit of this roster can have.
    fn unit_bound(&self, roster: RosterId) -> u32;
    /// Whether the roster has a unit at this position.
    fn unit_exists(&self, roster: RosterId, unit: u32) -> bool;
    /// Today's date, as far as this evaluation is concerned; `None` when it is not known.
    fn today(&self) -> Option<Date>;
}

impl Program {
    /// Whether the condition holds, in this unit if it stands inside a roster.
    ///
    /// A program of another type than truth is unknown without a reason.
    #[must_use]
    pub fn truth<E: Env + ?Sized>(&self, env: &E, unit: Option<u32>) -> Truth {
        Run {
            steps: self.steps(),
            env,
        }
        .truth(0, Units::new(unit))
    }

    /// The value, in this unit if the expression stands inside a roster.
    #[must_use]
    pub fn value<E: Env + ?Sized>(&self, env: &E, unit: Option<u32>) -> Value {
        Run {
            steps: self.steps(),
            env,
        }
        .datum(0, Units::new(unit))
        .into()
    }
}

/// Units in which variables are read.
#[derive(Clone, Copy)]
struct Units {
    current: Option<u32>,
    each: [u32; MAX_LEVELS as usize],
    level: u8,
}

impl Units {
    const fn new(current: Option<u32>) -> Self {
        Self {
            current,
            each: [0; MAX_LEVELS as usize],
            level: 0,
        }
    }

    /// The same, one roster function further inside.
    fn inside(self, unit: u32) -> Self {
        let mut it = self;
        if let Some(each) = it.each.get_mut(usize::from(it.level)) {
            *each = unit;
        }
        it.level = it.level.saturating_add(1);
        it
    }

    fn of(&self, at: At) -> Option<u32> {
        match at {
            At::Global => None,
            At::Current(_) => self.current,
            At::Each(_, level) => self.each.get(usize::from(level).wrapping_sub(1)).copied(),
            At::Unit(_, unit) => Some(unit),
        }
    }
}

const UNKNOWN: Datum<'static> = Datum::Missing(Reasons::NONE);

struct Run<'a, E: ?Sized> {
    steps: &'a [Step],
    env: &'a E,
}

impl<'a, E: Env + ?Sized> Run<'a, E> {
    fn read(&self, Slot(var, at): Slot, units: Units) -> Datum<'a> {
        self.env.read(var, units.of(at))
    }

    /// Positions of the operands of the operation at `at`.
    fn operands(&self, at: usize) -> impl Iterator<Item = usize> + use<'a, E> {
        let steps = self.steps;
        let end = steps[at].end as usize;
        let mut next = at + 1;
        std::iter::from_fn(move || {
            let it = next;
            (it < end).then(|| {
                next = steps[it].end as usize;
                it
            })
        })
    }

    /// Data of the first and the second operand.
    fn pair(&self, at: usize, units: Units) -> (Datum<'a>, Datum<'a>) {
        let second = self.steps[at + 1].end as usize;
        (self.datum(at + 1, units), self.datum(second, units))
    }

    fn truth(&self, at: usize, units: Units) -> Truth {
        match &self.steps[at].op {
            Op::Bool(it) => (*it).into(),
            Op::Is(slot, code) => match self.read(*slot, units) {
                Datum::Code(it) => (it == *code).into(),
                Datum::Missing(reasons) => Truth::Unknown(reasons),
                _ => Truth::Unknown(Reasons::NONE),
            },
            Op::Answered(slot) => (!matches!(self.read(*slot, units), Datum::Missing(_))).into(),
            Op::Reason(slot, wanted) => match self.read(*slot, units) {
                Datum::Missing(reasons) => reasons.meets(*wanted).into(),
                _ => Truth::False,
            },
            Op::Not => self.truth(at + 1, units).not(),
            Op::And(_) => {
                let mut res = Truth::True;
                for it in self.operands(at) {
                    res = res.and(self.truth(it, units));
                    if res.is_false() {
                        break;
                    }
                }
                res
            }
            Op::Or(_) => {
                let mut res = Truth::False;
                for it in self.operands(at) {
                    res = res.or(self.truth(it, units));
                    if res.is_true() {
                        break;
                    }
                }
                res
            }
            Op::AtLeast(wanted, n) => self.at_least(at, *wanted, *n, units),
            Op::Compare(cmp) => {
                let (left, right) = self.pair(at, units);
                compare(*cmp, left, right)
            }
            Op::Among(codes) => match self.datum(at + 1, units) {
                Datum::Code(it) => codes.contains(&it).into(),
                Datum::Missing(reasons) => Truth::Unknown(reasons),
                _ => Truth::Unknown(Reasons::NONE),
            },
            Op::In(_) => {
                let operand = self.datum(at + 1, units);
                let mut res = Truth::False;
                for it in self.operands(at).skip(1) {
                    res = res.or(compare(Cmp::Eq, operand, self.datum(it, units)));
                    if res.is_true() {
                        break;
                    }
                }
                res
            }
            Op::Has(code) => match self.datum(at + 1, units) {
                Datum::Codes(it) => it.contains(code).into(),
                Datum::Missing(reasons) => Truth::Unknown(reasons),
                _ => Truth::Unknown(Reasons::NONE),
            },
            Op::Over(Over::Any, roster) => self
                .units(*roster, units)
                .any(|it| self.truth(at + 1, it).is_true())
                .into(),
            Op::Over(Over::All, roster) => (!self
                .units(*roster, units)
                .any(|it| self.truth(at + 1, it).is_false()))
            .into(),
            _ => self.datum(at, units).into(),
        }
    }

    fn datum(&self, at: usize, units: Units) -> Datum<'a> {
        match &self.steps[at].op {
            Op::Read(slot) => self.read(*slot, units),
            Op::Number(it) => Datum::Number(*it),
            Op::Text(it) => Datum::Text(it),
            Op::Date(it) => Datum::Date(*it),
            Op::Code(it) => Datum::Code(*it),
            Op::Today => self.env.today().map_or(UNKNOWN, Datum::Date),
            Op::Units(roster) => count(self.units(*roster, units).count()),
            Op::Neg => match self.datum(at + 1, units) {
                Datum::Number(it) => Datum::Number(-it),
                it => unknown(it),
            },
            Op::Size => match self.datum(at + 1, units) {
                Datum::Codes(it) => count(it.len()),
                it => unknown(it),
            },
            op @ (Op::Add | Op::Sub | Op::Mul | Op::Div) => {
                let (left, right) = self.pair(at, units);
                arithmetic(op, left, right)
            }
            Op::Round(places) => match self.datum(at + 1, units) {
                Datum::Number(it) => Datum::Number(it.round_dp_with_strategy(
                    u32::from(*places),
                    RoundingStrategy::MidpointAwayFromZero,
                )),
                it => unknown(it),
            },
            Op::Min(_) => self.extreme(at, units, Cmp::Lt),
            Op::Max(_) => self.extreme(at, units, Cmp::Gt),
            Op::Coalesce(_) => {
                let mut reasons = Reasons::NONE;
                for it in self.operands(at) {
                    match self.datum(it, units) {
                        Datum::Missing(more) => reasons = reasons.union(more),
                        it => return it,
                    }
                }
                Datum::Missing(reasons)
            }
            Op::Case(_) => {
                let mut operands = self.operands(at);
                while let Some(it) = operands.next() {
                    let Some(value) = operands.next() else {
                        return self.datum(it, units);
                    };
                    match self.truth(it, units) {
                        Truth::True => return self.datum(value, units),
                        Truth::False => {}
                        // Which case it is cannot be told: not the next one for lack of an answer.
                        Truth::Unknown(reasons) => return Datum::Missing(reasons),
                    }
                }
                UNKNOWN
            }
            Op::Over(Over::Count, roster) => count(
                self.units(*roster, units)
                    .filter(|it| self.truth(at + 1, *it).is_true())
                    .count(),
            ),
            Op::Over(Over::Sum, roster) => {
                let mut sum = Decimal::ZERO;
                for inside in self.units(*roster, units) {
                    if let Datum::Number(it) = self.datum(at + 1, inside) {
                        match sum.checked_add(it) {
                            Some(it) => sum = it,
                            None => return UNKNOWN,
                        }
                    }
                }
                Datum::Number(sum)
            }
            Op::Over(Over::Min, roster) => self.extreme_over(at, *roster, units, Cmp::Lt),
            Op::Over(Over::Max, roster) => self.extreme_over(at, *roster, units, Cmp::Gt),
            Op::Bool(_)
            | Op::Is(..)
            | Op::Answered(_)
            | Op::Reason(..)
            | Op::Not
            | Op::And(_)
            | Op::Or(_)
            | Op::AtLeast(..)
            | Op::Compare(_)
            | Op::Among(_)
            | Op::In(_)
            | Op::Has(_)
            | Op::Over(Over::Any | Over::All, _) => self.truth(at, units).into(),
        }
    }

    /// The units of a roster, each as what the operand of a roster function is evaluated in.
    fn units(&self, roster: RosterId, units: Units) -> impl Iterator<Item = Units> + use<'a, E> {
        let env = self.env;
        (0..env.unit_bound(roster))
            .filter(move |it| env.unit_exists(roster, *it))
            .map(move |it| units.inside(it))
    }

    fn at_least(&self, at: usize, wanted: u16, n: u16, units: Units) -> Truth {
        let mut n_true = 0_u32;
        let mut n_open = u32::from(n);
        let mut reasons = Reasons::NONE;
        for it in self.operands(at) {
            match self.truth(it, units) {
                Truth::True => n_true += 1,
                Truth::False => n_open = n_open.saturating_sub(1),
                Truth::Unknown(more) => reasons = reasons.union(more),
            }
        }
        // `n_open` counts those that hold or still could.
        if n_true >= u32::from(wanted) {
            Truth::True
        } else if n_open < u32::from(wanted) {
            Truth::False
        } else {
            Truth::Unknown(reasons)
        }
    }

    /// The least or greatest operand; unknown as soon as one of them is.
    fn extreme(&self, at: usize, units: Units, better: Cmp) -> Datum<'a> {
        let mut best = None;
        let mut missing = None;
        for it in self.operands(at) {
            match self.datum(it, units) {
                Datum::Missing(more) => {
                    missing = Some(missing.unwrap_or(Reasons::NONE).union(more));
                }
                it => best = Some(pick(best, it, better)),
            }
        }
        missing.map_or(best.unwrap_or(UNKNOWN), Datum::Missing)
    }

    /// The least or greatest value over units that have one.
    fn extreme_over(&self, at: usize, roster: RosterId, units: Units, better: Cmp) -> Datum<'a> {
        self.units(roster, units)
            .map(|inside| self.datum(at + 1, inside))
            .filter(|it| !matches!(it, Datum::Missing(_)))
            .fold(None, |best, it| Some(pick(best, it, better)))
            .unwrap_or(UNKNOWN)
    }
}

fn pick<'a>(best: Option<Datum<'a>>, it: Datum<'a>, better: Cmp) -> Datum<'a> {
    match best {
        Some(best) if !compare(better, it, best).is_true() => best,
        _ => it,
    }
}

fn count(n: usize) -> Datum<'static> {
    Datum::Number(Decimal::from(n))
}

/// What an operation on something else than it works on gives.
fn unknown(it: Datum<'_>) -> Datum<'static> {
    match it {
        Datum::Missing(reasons) => Datum::Missing(reasons),
        _ => UNKNOWN,
    }
}

fn compare(cmp: Cmp, left: Datum<'_>, right: Datum<'_>) -> Truth {
    let order = match (left, right) {
        (Datum::Missing(a), Datum::Missing(b)) => return Truth::Unknown(a.union(b)),
        (Datum::Missing(it), _) | (_, Datum::Missing(it)) => return Truth::Unknown(it),
        (Datum::Number(a), Datum::Number(b)) => a.cmp(&b),
        (Datum::Date(a), Datum::Date(b)) => a.cmp(&b),
        (Datum::Code(a), Datum::Code(b)) => a.cmp(&b),
        (Datum::Bool(a), Datum::Bool(b)) => a.cmp(&b),
        (Datum::Text(a), Datum::Text(b)) => a.cmp(b),
        _ => return Truth::Unknown(Reasons::NONE),
    };
    match cmp {
        Cmp::Eq => order == Ordering::Equal,
        Cmp::Ne => order != Ordering::Equal,
        Cmp::Lt => order == Ordering::Less,
        Cmp::Le => order != Ordering::Greater,
        Cmp::Gt => order == Ordering::Greater,
        Cmp::Ge => order != Ordering::Less,
    }
    .into()
}

fn arithmetic(op: &Op, left: Datum<'_>, right: Datum<'_>) -> Datum<'static> {
    let res = match (left, right) {
        (Datum::Missing(a), Datum::Missing(b)) => return Datum::Missing(a.union(b)),
        (Datum::Missing(it), _) | (_, Datum::Missing(it)) => return Datum::Missing(it),
        (Datum::Number(a), Datum::Number(b)) => match op {
            Op::Add => a.checked_add(b),
            Op::Sub => a.checked_sub(b),
            Op::Mul => a.checked_mul(b),
            _ => a.checked_div(b),
        }
        .map(Datum::Number),
        (Datum::Date(a), Datum::Date(b)) if matches!(op, Op::Sub) => Some(Datum::Number(
            Decimal::from(days::number(a) - days::number(b)),
        )),
        (Datum::Date(date), Datum::Number(n)) if matches!(op, Op::Sub) => shift(date, -n),
        (Datum::Date(date), Datum::Number(n)) | (Datum::Number(n), Datum::Date(date))
            if matches!(op, Op::Add) =>
        {
            shift(date, n)
        }
        _ => None,
    };
    res.unwrap_or(UNKNOWN)
}

/// A date this many days later; there is no such date for a part of a day.
fn shift(date: Date, by: Decimal) -> Option<Datum<'static>> {
    let by = by.is_integer().then(|| by.to_i64())??;
    days::date(days::number(date).checked_add(by)?).map(Datum::Date)
}
