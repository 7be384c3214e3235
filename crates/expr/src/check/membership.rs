//! `has` and `in`.

use std::collections::HashSet;

use super::compare::ask_reason;
use super::literal::CodeMeaning;
use super::{Checker, Tree, Typed, kind};
use crate::ast::{Expr, ExprKind};
use crate::diagnostic::{Kind, Problem};
use crate::program::{Op, Slot};
use crate::scope::{ListId, Type};
use crate::value::{Missing, Reasons};

impl Checker<'_> {
    /// `themes has 'a'`
    pub(super) fn has(&mut self, expr: &Expr, left: &Expr, right: &Expr) -> Option<Tree> {
        let left_typed = self.typed(left)?;
        let (list, tree) = match left_typed {
            Typed::Value(Type::Codes(list), tree) => (list, tree),
            it => {
                let problem = Problem::NotSeveral { found: it.kind() };
                self.report(expr.span, problem, |_| match (&it, &right.kind) {
                    (Typed::Value(Type::Code(_), _), ExprKind::Text(_)) => {
                        Some(format!("{left} = {right}"))
                    }
                    _ => None,
                });
                return None;
            }
        };
        let operand = Typed::Value(Type::Codes(list), tree);
        if self.is_bare_code(right, &operand) {
            return None;
        }
        let (Typed::Value(_, tree), ExprKind::Text(text)) = (operand, &right.kind) else {
            self.error(right.span, Problem::NotALiteral);
            return None;
        };
        match self.code(right.span, text, list)? {
            CodeMeaning::Choice(code) => Some(Tree::unary(Op::Has(code), tree)),
            CodeMeaning::Missing(reason) => {
                let problem = Problem::MissingCode {
                    code: text.clone(),
                    reason,
                };
                self.report(expr.span, problem, |_| ask_reason(left, reason, false));
                None
            }
        }
    }

    /// `x in (a, b)`, without its negation.
    pub(super) fn membership(
        &mut self,
        expr: &Expr,
        operand: &Expr,
        list: &[Expr],
        negated: bool,
    ) -> Option<Tree> {
        let typed = self.typed(operand)?;
        self.warn_repeated(list);
        match typed {
            Typed::Reason(slot) => self.reason_in(expr, (operand, slot), list, negated),
            Typed::Value(Type::Codes(_), _) => {
                self.report(expr.span, Problem::SeveralCodes, |_| {
                    let has = |it: &Expr| format!("{operand} has {it}");
                    let any = list.iter().map(has).collect::<Vec<_>>().join(" or ");
                    Some(if negated {
                        format!("not ({any})")
                    } else {
                        format!("({any})")
                    })
                });
                None
            }
            Typed::Value(Type::Code(codes), tree) => {
                self.code_in(expr, (operand, codes, tree), list, negated)
            }
            typed => self.value_in(operand, typed, list),
        }
    }

    fn warn_repeated(&mut self, list: &[Expr]) {
        let mut seen = HashSet::new();
        for it in list {
            let text = it.to_string();
            if seen.insert(text.clone()) {
                continue;
            }
            let text = match &it.kind {
                ExprKind::Text(inside) => inside.clone(),
                _ => text,
            };
            self.error(it.span, Problem::Repeated { text });
        }
    }

    fn reason_in(
        &mut self,
        expr: &Expr,
        (call, slot): (&Expr, Slot),
        list: &[Expr],
        negated: bool,
    ) -> Option<Tree> {
        let mut wanted = Some(Reasons::NONE);
        for it in list {
            let reason = if let ExprKind::Text(text) = &it.kind {
                self.missing(expr, call, (it, text), negated)
            } else {
                if !self.is_bare_code(it, &Typed::Reason(slot)) {
                    self.error(it.span, Problem::ReasonNotCompared);
                }
                None
            };
            wanted = wanted
                .zip(reason)
                .map(|(all, it)| all.union(Reasons::only(it)));
        }
        Some(Tree::leaf(Op::Reason(slot, wanted?)))
    }

    fn code_in(
        &mut self,
        expr: &Expr,
        (operand, codes, tree): (&Expr, ListId, Tree),
        list: &[Expr],
        negated: bool,
    ) -> Option<Tree> {
        let ty = Type::Code(codes);
        let operand_typed = Typed::Value(ty, tree);
        let mut trees = Some(vec![]);
        for it in list {
            let tree = if let ExprKind::Text(text) = &it.kind {
                match self.code(it.span, text, codes) {
                    Some(CodeMeaning::Choice(code)) => Some(Tree::leaf(Op::Code(code))),
                    Some(CodeMeaning::Missing(reason)) => {
                        let problem = Problem::MissingCode {
                            code: text.clone(),
                            reason,
                        };
                        self.report(expr.span, problem, |_| {
                            without_reason(operand, list, it, reason, negated)
                        });
                        None
                    }
                    None => None,
                }
            } else if self.is_bare_code(it, &operand_typed) {
                None
            } else {
                self.typed(it).and_then(|typed| self.coerce(it, typed, ty))
            };
            trees = trees.zip(tree).map(|(mut all, it)| {
                all.push(it);
                all
            });
        }
        let Typed::Value(_, tree) = operand_typed else {
            return None;
        };
        let trees = trees?;
        let literals: Option<Box<[u16]>> = trees
            .iter()
            .map(|it| match it.op {
                Op::Code(code) => Some(code),
                _ => None,
            })
            .collect();
        Some(match literals {
            Some(codes) => Tree::unary(Op::Among(codes), tree),
            None => Tree::many(Op::In, std::iter::once(tree).chain(trees).collect()),
        })
    }

    fn value_in(&mut self, operand: &Expr, typed: Typed, list: &[Expr]) -> Option<Tree> {
        let items: Vec<_> = list.iter().map(|it| self.typed(it)).collect();
        let items = items.into_iter().collect::<Option<Vec<_>>>()?;
        let types = std::iter::once(&typed).chain(&items);
        let ty = types.into_iter().find_map(|it| match it {
            Typed::Value(ty, _) => Some(*ty),
            _ => None,
        });
        let ty = ty.unwrap_or(Type::Text);
        if kind(ty) == Kind::Codes {
            self.error(operand.span, Problem::SeveralCodes);
            return None;
        }
        let mut trees = vec![self.coerce(operand, typed, ty)];
        for (it, typed) in list.iter().zip(items) {
            trees.push(self.coerce(it, typed, ty));
        }
        Some(Tree::many(
            Op::In,
            trees.into_iter().collect::<Option<_>>()?,
        ))
    }
}

/// `x in ('a', 'nsp')` as two questions.
fn without_reason(
    operand: &Expr,
    list: &[Expr],
    code: &Expr,
    reason: Missing,
    negated: bool,
) -> Option<String> {
    let reason = ask_reason(operand, reason, negated)?;
    let rest: Vec<String> = list
        .iter()
        .filter(|it| *it != code)
        .map(ToString::to_string)
        .collect();
    if rest.is_empty() {
        return Some(reason);
    }
    let (op, join) = if negated {
        ("not in", "and")
    } else {
        ("in", "or")
    };
    Some(format!(
        "({operand} {op} ({}) {join} {reason})",
        rest.join(", ")
    ))
}
