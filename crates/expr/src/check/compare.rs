//! `=`, `!=`, `<` and the like.

use super::literal::{CodeMeaning, inside};
use super::{Checker, Tree, Typed, kind};
use crate::ast::{BinaryOp, Expr, ExprKind};
use crate::diagnostic::Problem;
use crate::print::quoted;
use crate::program::{Cmp, Op, Slot};
use crate::scope::{ListId, Type};
use crate::suggest;
use crate::value::{Missing, Reasons};

impl Checker<'_> {
    /// Both sides of an operator. A code written without quotes is told from an unknown name by
    /// what the other side is, so the side that is no unknown name is looked at first.
    fn sides(&mut self, left: &Expr, right: &Expr) -> Option<(Typed, Typed)> {
        if self.is_unknown(left) && !self.is_unknown(right) {
            let right_typed = self.typed(right)?;
            if self.is_bare_code(left, &right_typed) {
                return None;
            }
            return Some((self.typed(left)?, right_typed));
        }
        let left_typed = self.typed(left);
        if let Some(it) = &left_typed
            && self.is_bare_code(right, it)
        {
            return None;
        }
        let right_typed = self.typed(right);
        Some((left_typed?, right_typed?))
    }

    fn is_unknown(&self, expr: &Expr) -> bool {
        matches!(&expr.kind, ExprKind::Name(name) if self.symbol(name).is_none())
    }

    pub(super) fn comparison(
        &mut self,
        expr: &Expr,
        op: BinaryOp,
        left: &Expr,
        right: &Expr,
    ) -> Option<Tree> {
        let cmp = match op {
            BinaryOp::Ne => Cmp::Ne,
            BinaryOp::Lt => Cmp::Lt,
            BinaryOp::Le => Cmp::Le,
            BinaryOp::Gt => Cmp::Gt,
            BinaryOp::Ge => Cmp::Ge,
            _ => Cmp::Eq,
        };
        let is_equality = matches!(cmp, Cmp::Eq | Cmp::Ne);
        let (left_typed, right_typed) = self.sides(left, right)?;
        match (left_typed, right_typed) {
            (Typed::Reason(slot), Typed::Literal(text)) if is_equality => {
                self.reason(expr, (left, slot), (right, &text), cmp == Cmp::Ne)
            }
            (Typed::Literal(text), Typed::Reason(slot)) if is_equality => {
                self.reason(expr, (right, slot), (left, &text), cmp == Cmp::Ne)
            }
            (Typed::Reason(_), _) | (_, Typed::Reason(_)) => {
                self.error(expr.span, Problem::ReasonNotCompared);
                None
            }
            (Typed::Value(Type::Code(list), tree), Typed::Literal(text)) if is_equality => {
                self.code_equality(expr, (left, list, tree), (right, &text), cmp == Cmp::Ne)
            }
            (Typed::Literal(text), Typed::Value(Type::Code(list), tree)) if is_equality => {
                self.code_equality(expr, (right, list, tree), (left, &text), cmp == Cmp::Ne)
            }
            (Typed::Value(Type::Codes(_), _), other) => {
                self.several(expr, left, (right, &other), cmp);
                None
            }
            (other, Typed::Value(Type::Codes(_), _)) => {
                self.several(expr, right, (left, &other), cmp);
                None
            }
            (a, b) => {
                let ty = match (&a, &b) {
                    (Typed::Value(ty, _), _) | (_, Typed::Value(ty, _)) => *ty,
                    _ => Type::Text,
                };
                if !is_equality && !matches!(ty, Type::Number | Type::Date) {
                    self.error(expr.span, Problem::NotOrdered { found: kind(ty) });
                    return None;
                }
                let fits = |it: &Typed| match it {
                    Typed::Value(Type::Code(_), _) => matches!(ty, Type::Code(_)),
                    Typed::Value(it, _) => *it == ty,
                    Typed::Literals(_) if matches!(ty, Type::Code(_)) => true,
                    _ => matches!(ty, Type::Text | Type::Date),
                };
                if !fits(&a) || !fits(&b) {
                    if !self.is_truth_as_text(expr, (left, &a), (right, &b), cmp) {
                        self.mixed(expr, (left, &a), (right, &b));
                    }
                    return None;
                }
                let a = self.coerce(left, a, ty);
                let b = self.coerce(right, b, ty);
                Some(Tree::binary(Op::Compare(cmp), a?, b?))
            }
        }
    }

    /// `x = 'oui'`
    fn code_equality(
        &mut self,
        expr: &Expr,
        (operand, list, tree): (&Expr, ListId, Tree),
        (literal, text): (&Expr, &str),
        negated: bool,
    ) -> Option<Tree> {
        match self.code(literal.span, text, list)? {
            CodeMeaning::Choice(code) => Some(equals(tree, code).negated_if(negated)),
            CodeMeaning::Missing(reason) => {
                let problem = Problem::MissingCode {
                    code: text.to_owned(),
                    reason,
                };
                self.report(expr.span, problem, |_| ask_reason(operand, reason, negated));
                None
            }
        }
    }

    /// `missing_reason(x) = 'refused'`
    fn reason(
        &mut self,
        expr: &Expr,
        (call, slot): (&Expr, Slot),
        (literal, text): (&Expr, &str),
        negated: bool,
    ) -> Option<Tree> {
        let reason = self.missing(expr, call, (literal, text), negated)?;
        Some(Tree::leaf(Op::Reason(slot, Reasons::only(reason))).negated_if(negated))
    }

    pub(super) fn missing(
        &mut self,
        expr: &Expr,
        call: &Expr,
        (literal, text): (&Expr, &str),
        negated: bool,
    ) -> Option<Missing> {
        if let Some(it) = Missing::from_code(text) {
            return Some(it);
        }
        if text == "answered" {
            self.report(expr.span, Problem::AnsweredIsNoReason, |_| {
                match &call.kind {
                    ExprKind::Call { args, .. } => {
                        let not = if negated { "not " } else { "" };
                        args.first().map(|it| format!("{not}answered({it})"))
                    }
                    _ => None,
                }
            });
        } else {
            let problem = Problem::UnknownReason {
                reason: text.to_owned(),
            };
            self.report(inside(literal.span), problem, |_| {
                suggest::closest(text, Missing::ALL.map(Missing::code)).map(str::to_owned)
            });
        }
        None
    }

    /// `themes = 'a'`
    fn several(&mut self, expr: &Expr, codes: &Expr, other: (&Expr, &Typed), cmp: Cmp) {
        self.report(expr.span, Problem::SeveralCodes, |_| match (other, cmp) {
            ((it, Typed::Literal(_)), Cmp::Eq) => Some(format!("{codes} has {it}")),
            ((it, Typed::Literal(_)), Cmp::Ne) => Some(format!("not {codes} has {it}")),
            ((it, Typed::Value(Type::Number, _)), _) => {
                let n = format!("count({codes})");
                Some(expr.to_string().replacen(&codes.to_string(), &n, 1)).filter(|_| it != codes)
            }
            _ => None,
        });
    }

    /// `rappel = 'oui'` where `rappel` holds or not. Reports it.
    fn is_truth_as_text(
        &mut self,
        expr: &Expr,
        left: (&Expr, &Typed),
        right: (&Expr, &Typed),
        cmp: Cmp,
    ) -> bool {
        let (truth, text) = match (left, right) {
            ((it, Typed::Value(Type::Bool, _)), (_, Typed::Literal(text)))
            | ((_, Typed::Literal(text)), (it, Typed::Value(Type::Bool, _))) => (it, text),
            _ => return false,
        };
        let holds = match suggest::closest(text, ["oui", "non"]) {
            Some("oui") => cmp == Cmp::Eq,
            Some(_) => cmp != Cmp::Eq,
            None => return false,
        };
        let problem = Problem::CannotCompare {
            left: left.1.kind(),
            right: right.1.kind(),
        };
        self.report(expr.span, problem, |_| {
            Some(if holds {
                truth.to_string()
            } else {
                Expr::from(ExprKind::Not(Box::new(truth.clone()))).to_string()
            })
        });
        true
    }
}

fn equals(tree: Tree, code: u16) -> Tree {
    match tree.op {
        Op::Read(slot) => Tree::leaf(Op::Is(slot, code)),
        _ => Tree::binary(Op::Compare(Cmp::Eq), tree, Tree::leaf(Op::Code(code))),
    }
}

/// `missing_reason(x) = 'dont_know'`, if `x` is something that has a reason.
pub(super) fn ask_reason(operand: &Expr, reason: Missing, negated: bool) -> Option<String> {
    let op = if negated { "!=" } else { "=" };
    matches!(
        operand.kind,
        ExprKind::Name(_) | ExprKind::Field { .. } | ExprKind::Row { .. } | ExprKind::Unit { .. }
    )
    .then(|| format!("missing_reason({operand}) {op} {}", quoted(reason.code())))
}
