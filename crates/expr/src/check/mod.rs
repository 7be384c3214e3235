//! The typed checker: names become ids, codes become positions, and what cannot be meant becomes
//! an error with a place and a suggestion.
//!
//! Reading order: [`check`] → [`Checker::typed`] → `names` (what a name means) → `compare`
//! and `membership` (`=`, `in`, `has`) → `call` (functions) → `arithmetic`.

mod arithmetic;
mod call;
mod compare;
mod literal;
mod membership;
mod names;

use crate::ast::{BinaryOp, Expr, ExprKind};
use crate::diagnostic::{Diagnostic, Kind, Problem};
use crate::lang::Severity;
use crate::lexer::MAX_DIAGNOSTICS;
use crate::parser::MAX_DEPTH;
use crate::program::{Op, Program, Slot};
use crate::scope::{ListId, RosterId, Scope, Type};
use crate::span::Span;
use crate::suggest;

/// What the place of an expression needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A value of any type; a text in quotes is a text.
    Any,
    /// Something that holds or not.
    Condition,
    /// A number.
    Number,
    /// A text.
    Text,
    /// A date; a text in quotes is one.
    Date,
    /// A code of this list; a text in quotes is one.
    Code(ListId),
}

/// What checking gave.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The compiled expression, when there is no error.
    pub program: Option<Program>,
    /// Errors and warnings, in the order of the source.
    pub diagnostics: Vec<Diagnostic>,
}

/// Checks an expression where `scope` says what names mean.
///
/// Unknown names, codes that are not in their list and mixed types are errors: nothing is
/// silently false.
#[must_use]
pub fn check(expr: &Expr, scope: &dyn Scope, expected: Expected) -> Checked {
    let mut checker = Checker {
        scope,
        frames: vec![],
        depth: 0,
        names: None,
        diagnostics: vec![],
    };
    let tree = checker.whole(expr, expected);
    let mut diagnostics = checker.diagnostics;
    let is_error = |it: &Diagnostic| it.severity == Severity::Error;
    let program = tree
        .filter(|_| !diagnostics.iter().any(is_error))
        .and_then(|(ty, tree)| {
            let mut ops = vec![];
            tree.flatten(&mut ops);
            // Only trees that were not parsed can be too big for a program.
            let too_big = |_| diagnostics.push(Diagnostic::new(expr.span, Problem::TooDeep, None));
            Program::new(ty, ops).map_err(too_big).ok()
        });
    diagnostics.sort_by_key(|it| (it.span.start, it.span.end));
    Checked {
        program,
        diagnostics,
    }
}

/// An operation with its operands, on the way to a [`Program`].
#[derive(Debug)]
struct Tree {
    op: Op,
    operands: Vec<Tree>,
}

impl Tree {
    const fn leaf(op: Op) -> Self {
        Self {
            op,
            operands: vec![],
        }
    }

    fn unary(op: Op, operand: Self) -> Self {
        Self {
            op,
            operands: vec![operand],
        }
    }

    fn binary(op: Op, left: Self, right: Self) -> Self {
        Self {
            op,
            operands: vec![left, right],
        }
    }

    fn many(op: impl FnOnce(u16) -> Op, operands: Vec<Self>) -> Self {
        // Too many operands: refused as unbalanced when the program is put together.
        let n = u16::try_from(operands.len()).unwrap_or(u16::MAX);
        Self {
            op: op(n),
            operands,
        }
    }

    fn negated_if(self, negated: bool) -> Self {
        if negated {
            Self::unary(Op::Not, self)
        } else {
            self
        }
    }

    fn flatten(self, ops: &mut Vec<Op>) {
        ops.push(self.op);
        for it in self.operands {
            it.flatten(ops);
        }
    }
}

/// What an expression turned out to be.
enum Typed {
    /// A value of this type.
    Value(Type, Tree),
    /// A text in quotes: a text, a code or a date, as its neighbours need.
    Literal(String),
    /// One of several texts in quotes, whichever case it is; each as the neighbours need.
    Literals(Tree),
    /// `missing_reason(x)`, only good for comparing.
    Reason(Slot),
}

impl Typed {
    const fn kind(&self) -> Kind {
        match self {
            Self::Value(ty, _) => kind(*ty),
            Self::Literal(_) | Self::Literals(_) => Kind::Text,
            Self::Reason(_) => Kind::Reason,
        }
    }
}

const fn kind(ty: Type) -> Kind {
    match ty {
        Type::Bool => Kind::Condition,
        Type::Number => Kind::Number,
        Type::Text => Kind::Text,
        Type::Date => Kind::Date,
        Type::Code(_) => Kind::Code,
        Type::Codes(_) => Kind::Codes,
    }
}

struct Checker<'s> {
    scope: &'s dyn Scope,
    /// Rosters of the roster functions around the place, outermost first.
    frames: Vec<RosterId>,
    depth: usize,
    /// Asked from the scope for the first unknown name only.
    names: Option<Vec<String>>,
    diagnostics: Vec<Diagnostic>,
}

impl Checker<'_> {
    /// Reports an error; the suggestion is worked out only for diagnostics that are kept.
    fn report(
        &mut self,
        span: Span,
        problem: Problem,
        suggestion: impl FnOnce(&mut Self) -> Option<String>,
    ) {
        if self.diagnostics.len() < MAX_DIAGNOSTICS {
            let suggestion = suggestion(self);
            self.diagnostics
                .push(Diagnostic::new(span, problem, suggestion));
        }
    }

    fn error(&mut self, span: Span, problem: Problem) {
        self.report(span, problem, |_| None);
    }

    fn whole(&mut self, expr: &Expr, expected: Expected) -> Option<(Type, Tree)> {
        let wanted = match expected {
            Expected::Any => None,
            Expected::Condition => {
                return self.condition(expr).map(|it| (Type::Bool, it));
            }
            Expected::Number => Some(Type::Number),
            Expected::Text => Some(Type::Text),
            Expected::Date => Some(Type::Date),
            Expected::Code(list) => Some(Type::Code(list)),
        };
        let typed = self.typed(expr)?;
        match wanted {
            Some(ty) => self.coerce(expr, typed, ty).map(|it| (ty, it)),
            None => self.value(expr, typed),
        }
    }

    fn typed(&mut self, expr: &Expr) -> Option<Typed> {
        if self.depth >= MAX_DEPTH {
            // A parsed expression is never that deep; one that was put together can be.
            self.error(expr.span, Problem::TooDeep);
            return None;
        }
        self.depth += 1;
        let res = self.typed_inside(expr);
        self.depth -= 1;
        res
    }

    fn typed_inside(&mut self, expr: &Expr) -> Option<Typed> {
        let value = |ty, tree| Some(Typed::Value(ty, tree));
        match &expr.kind {
            ExprKind::Number(it) => value(Type::Number, Tree::leaf(Op::Number(*it))),
            ExprKind::Text(it) => Some(Typed::Literal(it.clone())),
            ExprKind::Bool(it) => value(Type::Bool, Tree::leaf(Op::Bool(*it))),
            ExprKind::Today => value(Type::Date, Tree::leaf(Op::Today)),
            ExprKind::Name(_)
            | ExprKind::Field { .. }
            | ExprKind::Row { .. }
            | ExprKind::Unit { .. } => {
                let (slot, ty) = self.slot(expr)?;
                value(ty, Tree::leaf(Op::Read(slot)))
            }
            ExprKind::Not(it) => {
                let it = self.condition(it)?;
                value(Type::Bool, Tree::unary(Op::Not, it))
            }
            ExprKind::Neg(it) => self.negated(it),
            ExprKind::And(list) => {
                let list = self.conditions(list)?;
                value(Type::Bool, Tree::many(Op::And, list))
            }
            ExprKind::Or(list) => {
                let list = self.conditions(list)?;
                value(Type::Bool, Tree::many(Op::Or, list))
            }
            ExprKind::In {
                operand,
                list,
                negated,
            } => {
                let it = self.membership(expr, operand, list, *negated)?;
                value(Type::Bool, it.negated_if(*negated))
            }
            ExprKind::Call { function, args } => self.call(expr, *function, args),
            ExprKind::Binary { op, left, right } => match op {
                BinaryOp::Has => {
                    let it = self.has(expr, left, right)?;
                    value(Type::Bool, it)
                }
                BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul | BinaryOp::Div => {
                    self.arithmetic(expr, *op, left, right)
                }
                _ => {
                    let it = self.comparison(expr, *op, left, right)?;
                    value(Type::Bool, it)
                }
            },
        }
    }

    /// Every one of them, also when one is wrong, so that all mistakes are reported.
    fn conditions(&mut self, list: &[Expr]) -> Option<Vec<Tree>> {
        let list: Vec<_> = list.iter().map(|it| self.condition(it)).collect();
        list.into_iter().collect()
    }

    /// An expression where something that holds or not is needed.
    fn condition(&mut self, expr: &Expr) -> Option<Tree> {
        match self.typed(expr)? {
            Typed::Value(Type::Bool, tree) => Some(tree),
            Typed::Reason(_) => {
                self.error(expr.span, Problem::ReasonNotCompared);
                None
            }
            it => {
                let problem = Problem::NotACondition { found: it.kind() };
                self.report(expr.span, problem, |this| this.as_condition(expr, &it));
                None
            }
        }
    }

    /// A condition that somebody who writes a mere name may mean.
    fn as_condition(&self, expr: &Expr, typed: &Typed) -> Option<String> {
        let Typed::Value(
            ty,
            Tree {
                op: Op::Read(_), ..
            },
        ) = typed
        else {
            return None;
        };
        Some(match ty {
            Type::Number => format!("{expr} > 0"),
            Type::Code(list) => {
                let codes = self.scope.codes(*list).iter().map(|it| it.code.as_str());
                match suggest::closest("oui", codes.filter(|it| suggest::same(it, "oui"))) {
                    Some(code) => format!("{expr} = '{code}'"),
                    None => format!("answered({expr})"),
                }
            }
            _ => format!("answered({expr})"),
        })
    }

    /// A value of whatever type.
    fn value(&mut self, expr: &Expr, typed: Typed) -> Option<(Type, Tree)> {
        match typed {
            Typed::Value(ty, tree) => Some((ty, tree)),
            Typed::Literal(it) => Some((Type::Text, Tree::leaf(Op::Text(it.into())))),
            Typed::Literals(tree) => Some((Type::Text, tree)),
            Typed::Reason(_) => {
                self.error(expr.span, Problem::ReasonNotCompared);
                None
            }
        }
    }
}
