//! What a text in quotes stands for, given what is needed where it stands.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::call::is_condition;
use super::{Checker, Tree, Typed, kind};
use crate::ast::{Expr, ExprKind, Function};
use crate::diagnostic::{Kind, Problem};
use crate::print::quoted;
use crate::program::Op;
use crate::scope::{ListId, Type};
use crate::span::Span;
use crate::suggest;
use crate::value::Missing;

/// What a code in quotes means.
pub(super) enum CodeMeaning {
    /// A choice, at this position of its list.
    Choice(u16),
    /// That there is no answer, for this reason.
    Missing(Missing),
}

impl Checker<'_> {
    /// A value of exactly this type.
    pub(super) fn coerce(&mut self, expr: &Expr, typed: Typed, wanted: Type) -> Option<Tree> {
        match (typed, wanted) {
            (Typed::Value(ty, tree), _) if ty == wanted => Some(tree),
            (Typed::Value(Type::Code(_), _), Type::Code(_)) => {
                self.error(expr.span, Problem::OtherList);
                None
            }
            (Typed::Literal(it), Type::Text) => Some(Tree::leaf(Op::Text(it.into()))),
            (Typed::Literal(it), Type::Date) => {
                self.date(expr.span, &it).map(|it| Tree::leaf(Op::Date(it)))
            }
            (Typed::Literal(it), Type::Code(list)) => match self.code(expr.span, &it, list)? {
                CodeMeaning::Choice(code) => Some(Tree::leaf(Op::Code(code))),
                CodeMeaning::Missing(reason) => {
                    self.error(expr.span, Problem::MissingCode { code: it, reason });
                    None
                }
            },
            (Typed::Literals(tree), Type::Text) => Some(tree),
            (Typed::Literals(tree), _) => self.each_literal(expr, tree, wanted),
            (Typed::Reason(_), _) => {
                self.error(expr.span, Problem::ReasonNotCompared);
                None
            }
            (typed, _) => {
                let problem = Problem::WrongType {
                    wanted: kind(wanted),
                    found: typed.kind(),
                };
                self.report(expr.span, problem, |_| match typed {
                    Typed::Literal(it) if wanted == Type::Number => number(&it),
                    _ => None,
                });
                None
            }
        }
    }

    /// A call whose values are texts in quotes, each of them made what is needed.
    fn each_literal(&mut self, call: &Expr, tree: Tree, wanted: Type) -> Option<Tree> {
        let ExprKind::Call { function, args } = &call.kind else {
            return None;
        };
        let of = args.len();
        let operands: Vec<_> = (0..)
            .zip(args.iter().zip(tree.operands))
            .map(|(nth, (arg, it))| match it.op {
                _ if *function == Function::Case && is_condition(nth, of) => Some(it),
                Op::Text(it) => self.coerce(arg, Typed::Literal(it.into()), wanted),
                _ => self.coerce(arg, Typed::Literals(it), wanted),
            })
            .collect();
        Some(Tree {
            op: tree.op,
            operands: operands.into_iter().collect::<Option<_>>()?,
        })
    }

    /// A number.
    pub(super) fn number(&mut self, expr: &Expr) -> Option<Tree> {
        let typed = self.typed(expr)?;
        self.coerce(expr, typed, Type::Number)
    }

    /// The meaning of a code in quotes; unknown ones are reported with the code that is meant.
    pub(super) fn code(&mut self, span: Span, text: &str, list: ListId) -> Option<CodeMeaning> {
        let codes = self.scope.codes(list);
        if let Some(at) = codes.iter().position(|it| it.code == text) {
            return match codes[at].missing {
                Some(reason) => Some(CodeMeaning::Missing(reason)),
                None => u16::try_from(at).ok().map(CodeMeaning::Choice),
            };
        }
        // `= 'dont_know'` asks for the reason, whatever the list calls it.
        if let Some(reason) = Missing::from_code(text) {
            return Some(CodeMeaning::Missing(reason));
        }
        let choices = || codes.iter().filter(|it| it.missing.is_none());
        let problem = Problem::UnknownCode {
            code: text.to_owned(),
            codes: choices().map(|it| it.code.clone()).collect(),
        };
        let meant = suggest::closest(text, codes.iter().map(|it| it.code.as_str()));
        let meant = meant.filter(|it| choices().any(|choice| choice.code == **it));
        self.report(inside(span), problem, |_| meant.map(str::to_owned));
        None
    }

    /// The date in quotes.
    pub(super) fn date(&mut self, span: Span, text: &str) -> Option<Date> {
        let date = crate::iso::parse(text);
        if date.is_none() {
            let problem = Problem::NotADate {
                text: text.to_owned(),
            };
            self.report(span, problem, |_| {
                french_date(text).map(|it| quoted(&it.to_string()))
            });
        }
        date
    }

    /// Reports a mix of types, with the number that a text in quotes may stand for.
    pub(super) fn mixed(&mut self, expr: &Expr, left: (&Expr, &Typed), right: (&Expr, &Typed)) {
        let problem = Problem::CannotCompare {
            left: left.1.kind(),
            right: right.1.kind(),
        };
        for (it, other) in [(left, right), (right, left)] {
            if let (Typed::Literal(text), Kind::Number) = (it.1, other.1.kind())
                && let Some(number) = number(text)
            {
                self.report(it.0.span, problem, |_| Some(number));
                return;
            }
        }
        // `satisfaction = 2` where `'2'` is a code.
        for (it, other) in [(left, right), (right, left)] {
            if let (ExprKind::Number(number), Typed::Value(Type::Code(list), _)) =
                (&it.0.kind, other.1)
            {
                let text = number.to_string();
                if self.scope.codes(*list).iter().any(|it| it.code == text) {
                    self.report(
                        it.0.span,
                        Problem::CodeWithoutQuotes { code: text.clone() },
                        |_| Some(quoted(&text)),
                    );
                    return;
                }
            }
        }
        self.error(expr.span, problem);
    }
}

/// The text between the quotes.
pub(super) const fn inside(span: Span) -> Span {
    if span.end > span.start + 1 {
        Span::new(span.start + 1, span.end - 1)
    } else {
        span
    }
}

/// A number that was put between quotes.
fn number(text: &str) -> Option<String> {
    let text = text.trim().replace(',', ".");
    Decimal::from_str_exact(&text)
        .ok()
        .map(|it| it.normalize().to_string())
}

/// `12/03/2026`, as a French reader writes it.
fn french_date(text: &str) -> Option<Date> {
    let text = text.trim().replace(['.', '-', ' '], "/");
    let [day, month, year] = parts(&text, '/')?;
    if year.len() != 4 {
        // `2026/3/12`
        return Date::new(day.parse().ok()?, month.parse().ok()?, year.parse().ok()?)
            .ok()
            .filter(|_| day.len() == 4);
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Three groups of digits.
fn parts(text: &str, between: char) -> Option<[&str; 3]> {
    let mut groups = text.split(between);
    let res = [groups.next()?, groups.next()?, groups.next()?];
    let digits = |it: &&str| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit());
    (groups.next().is_none() && res.iter().all(digits)).then_some(res)
}
