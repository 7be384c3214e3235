//! Programs taken apart: what analyses walk, without a second evaluator.

use jiff::civil::Date;

use crate::eval::Env;
use crate::program::{At, Op, Program, Slot};
use crate::scope::{RosterId, Type, VarId};
use crate::value::{Datum, Reasons, Value};

/// One operation of a program, with its operands.
#[derive(Clone, Copy, Debug)]
pub struct Node<'p> {
    program: &'p Program,
    at: u32,
}

impl Program {
    /// The outermost operation.
    #[must_use]
    pub const fn root(&self) -> Node<'_> {
        Node {
            program: self,
            at: 0,
        }
    }
}

impl<'p> Node<'p> {
    /// What it does.
    #[must_use]
    pub fn op(self) -> &'p Op {
        &self.program.steps()[self.at as usize].op
    }

    /// Its place among the program's operations, the outermost being 0.
    #[must_use]
    pub const fn place(self) -> u32 {
        self.at
    }

    /// What it works on, in order.
    pub fn operands(self) -> impl Iterator<Item = Self> + use<'p> {
        let steps = self.program.steps();
        let end = steps[self.at as usize].end;
        let mut next = self.at + 1;
        std::iter::from_fn(move || {
            let at = next;
            (at < end).then(|| {
                next = steps[at as usize].end;
                Self { at, ..self }
            })
        })
    }

    /// What this one operation makes of these data, by the evaluator itself: an analysis that goes
    /// through values cannot disagree with it. Roster functions and what reads variables have no
    /// value by themselves: missing, without a reason.
    #[must_use]
    pub fn apply(self, operands: &[Datum<'_>]) -> Value {
        let op = self.op();
        let reads = matches!(
            op,
            Op::Read(_) | Op::Is(..) | Op::Answered(_) | Op::Reason(..)
        );
        if reads || matches!(op, Op::Over(..) | Op::Units(_) | Op::Today) {
            return Value::Missing(Reasons::NONE);
        }
        let slots = (0u32..).zip(operands);
        let reads = slots.map(|(nth, _)| Op::Read(Slot(VarId(nth), At::Global)));
        let ops = std::iter::once(op.clone()).chain(reads).collect();
        Program::new(Type::Bool, ops).map_or(Value::Missing(Reasons::NONE), |it| {
            it.value(&Given(operands), None)
        })
    }
}

/// Data as variables, by position.
struct Given<'d>(&'d [Datum<'d>]);

impl Env for Given<'_> {
    fn read(&self, var: VarId, _: Option<u32>) -> Datum<'_> {
        let it = self.0.get(var.0 as usize);
        it.copied().unwrap_or(Datum::Missing(Reasons::NONE))
    }

    fn unit_bound(&self, _: RosterId) -> u32 {
        0
    }

    fn unit_exists(&self, _: RosterId, _: u32) -> bool {
        false
    }

    fn today(&self) -> Option<Date> {
        None
    }
}
