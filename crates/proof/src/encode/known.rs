//! Open operations that two versions have in common.
//!
//! What a range of numbers leaves open is one input in both versions where both compute the same of
//! the same answers: else an unchanged comparison could be true in one and false in the other.

use std::fmt::Write as _;

use expr::{At, Node, Op, Slot};

use super::{Context, Encoding};
use crate::formula::Lit;

impl Encoding<'_> {
    /// The input that stands for the value of an open operation.
    pub(super) fn value_of(&mut self, node: Node<'_>, context: Context) -> Lit {
        let mut name = String::new();
        if self.known.names.is_empty() || self.name(node, &mut name).is_none() {
            return self.formulas.input();
        }
        let formulas = &mut self.formulas;
        let known = self.known.opens.entry((name, context));
        *known.or_insert_with(|| formulas.input())
    }

    /// What is computed, in names that both versions share; `None` where something read differs.
    fn name(&self, node: Node<'_>, name: &mut String) -> Option<()> {
        let known = &self.known;
        let place = |at: At| match at {
            At::Global => Some(String::new()),
            At::Current(it) => Some(format!("@{}", known.rosters.get(&it)?)),
            At::Each(it, level) => Some(format!("@{}:{level}", known.rosters.get(&it)?)),
            At::Unit(it, unit) => Some(format!("@{}[{unit}]", known.rosters.get(&it)?)),
        };
        let read = |Slot(var, at): Slot| Some(format!("{}{}", known.names.get(&var)?, place(at)?));
        // Writing to a text does not fail.
        let _ = match node.op() {
            Op::Read(it) => write!(name, "{}", read(*it)?),
            Op::Is(it, code) => write!(name, "{}={code}", read(*it)?),
            Op::Answered(it) => write!(name, "{}!", read(*it)?),
            Op::Reason(it, reasons) => write!(name, "{}?{reasons:?}", read(*it)?),
            Op::Units(it) => write!(name, "#{}", known.rosters.get(it)?),
            Op::Over(over, it) => write!(name, "{over:?} {}", known.rosters.get(it)?),
            it => write!(name, "{it:?}"),
        };
        name.push('(');
        for it in node.operands() {
            self.name(it, name)?;
            name.push(',');
        }
        name.push(')');
        Some(())
    }
}
