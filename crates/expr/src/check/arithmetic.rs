//! `+`, `-`, `*`, `/` on numbers and dates.

use rust_decimal::Decimal;

use super::{Checker, Tree, Typed};
use crate::ast::{BinaryOp, Expr, ExprKind};
use crate::diagnostic::Problem;
use crate::program::Op;
use crate::scope::Type;

impl Checker<'_> {
    /// `-x`; a negative literal is one operation.
    pub(super) fn negated(&mut self, operand: &Expr) -> Option<Typed> {
        let tree = match self.number(operand)? {
            Tree {
                op: Op::Number(it), ..
            } => Tree::leaf(Op::Number(-it)),
            it => Tree::unary(Op::Neg, it),
        };
        Some(Typed::Value(Type::Number, tree))
    }

    pub(super) fn arithmetic(
        &mut self,
        expr: &Expr,
        op: BinaryOp,
        left: &Expr,
        right: &Expr,
    ) -> Option<Typed> {
        let left_typed = self.typed(left);
        let right_typed = self.typed(right);
        let (left_typed, right_typed) = (left_typed?, right_typed?);
        let is_date = |it: &Typed| matches!(it, Typed::Value(Type::Date, _));
        let dates = (is_date(&left_typed), is_date(&right_typed));
        // A text beside a date is a date where only a date makes sense.
        let (wanted_left, wanted_right, ty) = match (op, dates) {
            (BinaryOp::Add, (true, _)) => (Type::Date, Type::Number, Type::Date),
            (BinaryOp::Add, (_, true)) => (Type::Number, Type::Date, Type::Date),
            (BinaryOp::Sub, (_, true)) => (Type::Date, Type::Date, Type::Number),
            (BinaryOp::Sub, (true, _))
                if matches!(right_typed, Typed::Literal(_) | Typed::Literals(_)) =>
            {
                (Type::Date, Type::Date, Type::Number)
            }
            (BinaryOp::Sub, (true, _)) => (Type::Date, Type::Number, Type::Date),
            _ => (Type::Number, Type::Number, Type::Number),
        };
        let left = self.coerce(left, left_typed, wanted_left);
        let divisor = right;
        let right = self.coerce(right, right_typed, wanted_right);
        let op = match op {
            BinaryOp::Add => Op::Add,
            BinaryOp::Sub => Op::Sub,
            BinaryOp::Mul => Op::Mul,
            _ => {
                if divisor.kind == ExprKind::Number(Decimal::ZERO) {
                    self.error(expr.span, Problem::DivisionByZero);
                }
                Op::Div
            }
        };
        Some(Typed::Value(ty, Tree::binary(op, left?, right?)))
    }
}
