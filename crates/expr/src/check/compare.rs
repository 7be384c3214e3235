//! `=`, `<`, `in`, `has`.

use super::literal::{CodeMeaning, inside};
use super::{Checker, Tree, Typed, kind};
use crate::ast::{BinaryOp, Expr, ExprKind};
use crate::diagnostic::{Kind, Problem};
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

    fn missing(
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
        // Comparing each with all before it: lists are short, sources are bounded.
        for (i, it) in list.iter().enumerate() {
            if list[..i].contains(it) {
                self.error(
                    it.span,
                    Problem::Repeated {
                        text: it.to_string(),
                    },
                );
            }
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

fn equals(tree: Tree, code: u16) -> Tree {
    match tree.op {
        Op::Read(slot) => Tree::leaf(Op::Is(slot, code)),
        _ => Tree::binary(Op::Compare(Cmp::Eq), tree, Tree::leaf(Op::Code(code))),
    }
}

/// `missing_reason(x) = 'dont_know'`, if `x` is something that has a reason.
fn ask_reason(operand: &Expr, reason: Missing, negated: bool) -> Option<String> {
    let op = if negated { "!=" } else { "=" };
    matches!(
        operand.kind,
        ExprKind::Name(_) | ExprKind::Field { .. } | ExprKind::Row { .. } | ExprKind::Unit { .. }
    )
    .then(|| format!("missing_reason({operand}) {op} {}", quoted(reason.code())))
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
