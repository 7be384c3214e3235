//! Functions.

use rust_decimal::prelude::ToPrimitive;

use super::{Checker, Tree, Typed};
use crate::ast::{BinaryOp, Expr, ExprKind, Function};
use crate::diagnostic::{Kind, Problem};
use crate::program::{At, MAX_LEVELS, Op, Over, Slot};
use crate::scope::{RosterId, Symbol, Type};

/// Decimal places a number can be rounded to.
const MAX_PLACES: u8 = 28;

impl Checker<'_> {
    pub(super) fn call(&mut self, expr: &Expr, function: Function, args: &[Expr]) -> Option<Typed> {
        match (function, args) {
            (Function::Answered, [arg]) => {
                if self.is_roster(arg) {
                    let problem = Problem::RosterAsValue {
                        name: arg.to_string(),
                    };
                    self.report(expr.span, problem, |_| Some(format!("count({arg}) > 0")));
                    return None;
                }
                let (slot, _) = self.question(function, arg)?;
                Some(Typed::Value(Type::Bool, Tree::leaf(Op::Answered(slot))))
            }
            (Function::MissingReason, [arg]) => {
                let (slot, _) = self.question(function, arg)?;
                Some(Typed::Reason(slot))
            }
            (Function::Count, [arg]) => self.count(arg),
            (Function::Count, [roster, condition]) => {
                let roster = self.roster_arg(expr, function, roster, args);
                self.over(expr, Over::Count, Type::Number, roster?, |it| {
                    it.condition(condition)
                })
            }
            (Function::Any | Function::All, [roster, condition]) => {
                let roster = self.roster_arg(expr, function, roster, args);
                let over = if function == Function::Any {
                    Over::Any
                } else {
                    Over::All
                };
                self.over(expr, over, Type::Bool, roster?, |it| {
                    it.condition(condition)
                })
            }
            (Function::Sum, [item]) => self.over_item(expr, function, item),
            (Function::Sum, [roster, value]) => {
                let roster = self.roster_arg(expr, function, roster, args);
                self.over(expr, Over::Sum, Type::Number, roster?, |it| {
                    it.number(value)
                })
            }
            (Function::Min | Function::Max, [item]) => self.over_item(expr, function, item),
            (Function::Min | Function::Max, [roster, value]) if self.is_roster(roster) => {
                let roster = self.roster_arg(expr, function, roster, args)?;
                self.extreme_over(expr, function, roster, value)
            }
            (Function::Min | Function::Max, [_, _, ..]) => self.extreme(function, args),
            (Function::Coalesce, [_, _, ..]) => {
                let (ty, trees) = self.unified(args)?;
                Some(one_of(ty, Tree::many(Op::Coalesce, trees)))
            }
            (Function::Case, [_, _, ..]) => self.case(args),
            (Function::Round, [value]) => {
                let value = self.number(value)?;
                Some(Typed::Value(Type::Number, Tree::unary(Op::Round(0), value)))
            }
            (Function::Round, [value, places]) => {
                let value = self.number(value);
                let places = self.whole_number(function, places, MAX_PLACES.into());
                let op = Op::Round(u8::try_from(places?).unwrap_or(MAX_PLACES));
                Some(Typed::Value(Type::Number, Tree::unary(op, value?)))
            }
            (Function::AtLeast, [wanted, conditions @ ..]) if !conditions.is_empty() => {
                self.at_least(expr, wanted, conditions)
            }
            (Function::Any | Function::All | Function::Sum, [first, _, ..])
                if !self.is_roster(first) =>
            {
                self.not_a_roster(expr, function, args);
                None
            }
            _ => {
                self.error(expr.span, Problem::WrongArguments { function });
                None
            }
        }
    }

    /// The variable that `answered` or `missing_reason` asks about.
    fn question(&mut self, function: Function, arg: &Expr) -> Option<(Slot, Type)> {
        if is_reference(arg) {
            self.slot(arg)
        } else {
            self.error(arg.span, Problem::NotAQuestion { function });
            None
        }
    }

    fn is_roster(&self, arg: &Expr) -> bool {
        matches!(&arg.kind, ExprKind::Name(name) if self.roster(name).is_some())
    }

    fn roster_arg(
        &mut self,
        expr: &Expr,
        function: Function,
        arg: &Expr,
        args: &[Expr],
    ) -> Option<RosterId> {
        match &arg.kind {
            ExprKind::Name(name) => match self.symbol(name) {
                Some(Symbol::Roster(it)) => return Some(it),
                Some(_) => self.not_a_roster(expr, function, args),
                None => self.unknown_name(arg),
            },
            _ => self.not_a_roster(expr, function, args),
        }
        None
    }

    /// `any(a, b)` where `a or b` is meant.
    fn not_a_roster(&mut self, expr: &Expr, function: Function, args: &[Expr]) {
        self.report(expr.span, Problem::NotARoster { function }, |_| {
            let list = args.to_vec();
            let meant: Expr = match function {
                Function::Any => ExprKind::Or(list).into(),
                Function::All => ExprKind::And(list).into(),
                Function::Sum => {
                    let add = |left: Expr, right: Expr| {
                        let (left, right) = (Box::new(left), Box::new(right));
                        ExprKind::Binary {
                            op: BinaryOp::Add,
                            left,
                            right,
                        }
                        .into()
                    };
                    list.into_iter().reduce(add)?
                }
                _ => return None,
            };
            Some(format!("({meant})"))
        });
    }

    /// `count(themes)`, `count(schemes)`
    fn count(&mut self, arg: &Expr) -> Option<Typed> {
        if let ExprKind::Name(name) = &arg.kind
            && let Some(roster) = self.roster(name)
        {
            return Some(Typed::Value(Type::Number, Tree::leaf(Op::Units(roster))));
        }
        match self.typed(arg)? {
            Typed::Value(Type::Codes(_), tree) => {
                Some(Typed::Value(Type::Number, Tree::unary(Op::Size, tree)))
            }
            it => {
                let problem = Problem::WrongType {
                    wanted: Kind::Codes,
                    found: it.kind(),
                };
                self.error(arg.span, problem);
                None
            }
        }
    }

    /// A function over the units of a roster, whose operand `read` checks.
    fn over(
        &mut self,
        expr: &Expr,
        over: Over,
        ty: Type,
        roster: RosterId,
        read: impl FnOnce(&mut Self) -> Option<Tree>,
    ) -> Option<Typed> {
        if self.frames.len() >= usize::from(MAX_LEVELS) {
            self.error(expr.span, Problem::NestedFunctions);
            return None;
        }
        self.frames.push(roster);
        let operand = read(self);
        self.frames.pop();
        Some(Typed::Value(
            ty,
            Tree::unary(Op::Over(over, roster), operand?),
        ))
    }

    /// `sum(axes.fiches)`: an item read in every unit of its roster.
    fn over_item(&mut self, expr: &Expr, function: Function, item: &Expr) -> Option<Typed> {
        let over = match function {
            Function::Min => Over::Min,
            Function::Max => Over::Max,
            _ => Over::Sum,
        };
        let names_roster =
            matches!(&item.kind, ExprKind::Field { base, .. } if self.roster(base).is_some());
        match self.meaning(item) {
            Some(Symbol::UnitVar { id, roster, ty })
                if names_roster || self.at(roster).is_none() =>
            {
                if !is_ordered(ty) || (over == Over::Sum && ty != Type::Number) {
                    let problem = Problem::WrongType {
                        wanted: Kind::Number,
                        found: super::kind(ty),
                    };
                    self.error(item.span, problem);
                    return None;
                }
                let level = u8::try_from(self.frames.len() + 1).unwrap_or(u8::MAX);
                let slot = Slot(id, At::Each(roster, level));
                self.over(expr, over, ty, roster, |_| Some(Tree::leaf(Op::Read(slot))))
            }
            None if is_reference(item) => {
                match self.qualified(item) {
                    Some(whole) => {
                        let problem = Problem::UnknownName {
                            name: item.to_string(),
                        };
                        self.report(item.span, problem, |_| Some(whole.to_string()));
                    }
                    None => self.unknown_name(item),
                }
                None
            }
            _ => {
                self.error(expr.span, Problem::WrongArguments { function });
                None
            }
        }
    }

    /// `min(axes, fiches * 2)`
    fn extreme_over(
        &mut self,
        expr: &Expr,
        function: Function,
        roster: RosterId,
        value: &Expr,
    ) -> Option<Typed> {
        let over = if function == Function::Min {
            Over::Min
        } else {
            Over::Max
        };
        let mut found = Type::Number;
        let typed = self.over(expr, over, Type::Number, roster, |it| {
            let typed = it.typed(value)?;
            if let Typed::Value(ty @ Type::Date, tree) = typed {
                found = ty;
                return Some(tree);
            }
            it.coerce(value, typed, Type::Number)
        })?;
        let Typed::Value(_, tree) = typed else {
            return None;
        };
        Some(Typed::Value(found, tree))
    }

    /// `min(a, b)`
    fn extreme(&mut self, function: Function, args: &[Expr]) -> Option<Typed> {
        let (ty, trees) = self.unified(args)?;
        let ty = ty.unwrap_or(Type::Text);
        if !is_ordered(ty) {
            let span = args.first().map(|it| it.span).unwrap_or_default();
            self.error(
                span,
                Problem::NotOrdered {
                    found: super::kind(ty),
                },
            );
            return None;
        }
        let op = if function == Function::Min {
            Op::Min
        } else {
            Op::Max
        };
        Some(Typed::Value(ty, Tree::many(op, trees)))
    }

    /// Values that all have one type: that of the first one that is no text in quotes. No type where
    /// all are texts in quotes.
    fn unified(&mut self, args: &[Expr]) -> Option<(Option<Type>, Vec<Tree>)> {
        let typed: Vec<_> = args.iter().map(|it| self.typed(it)).collect();
        self.unify(
            args.iter()
                .zip(typed.into_iter().collect::<Option<Vec<_>>>()?),
        )
    }

    fn unify<'e>(
        &mut self,
        values: impl IntoIterator<Item = (&'e Expr, Typed)>,
    ) -> Option<(Option<Type>, Vec<Tree>)> {
        let values: Vec<_> = values.into_iter().collect();
        let ty = values.iter().find_map(|(_, it)| match it {
            Typed::Value(ty, _) => Some(*ty),
            _ => None,
        });
        let wanted = ty.unwrap_or(Type::Text);
        let trees: Vec<_> = values
            .into_iter()
            .map(|(it, typed)| self.coerce(it, typed, wanted))
            .collect();
        Some((ty, trees.into_iter().collect::<Option<_>>()?))
    }

    /// `case(a, 'x', b, 'y', 'z')`
    fn case(&mut self, args: &[Expr]) -> Option<Typed> {
        let of = args.len();
        let (mut conditions, mut values) = (vec![], vec![]);
        for (nth, arg) in (0..).zip(args) {
            if is_condition(nth, of) {
                conditions.push(self.condition(arg));
            } else {
                values.push(self.typed(arg).map(|it| (arg, it)));
            }
        }
        // Only now, so that every mistake is reported.
        let conditions: Option<Vec<_>> = conditions.into_iter().collect();
        let values: Option<Vec<_>> = values.into_iter().collect();
        let (conditions, values) = (conditions?, values?);
        // A condition among values that are none: one of the values, or of the conditions, is
        // left out.
        let is_bool = |it: &&(&Expr, Typed)| matches!(it.1, Typed::Value(Type::Bool, _));
        if let Some((arg, _)) = values.iter().find(is_bool)
            && !values.iter().all(|it| is_bool(&it))
        {
            let function = Function::Case;
            self.error(arg.span, Problem::WrongArguments { function });
            return None;
        }
        let (ty, values) = self.unify(values)?;
        let mut operands = Vec::with_capacity(of);
        let mut values = values.into_iter();
        for condition in conditions {
            operands.push(condition);
            operands.extend(values.next());
        }
        operands.extend(values);
        Some(one_of(ty, Tree::many(Op::Case, operands)))
    }

    /// A whole number that is written out.
    fn whole_number(&mut self, function: Function, arg: &Expr, max: u16) -> Option<u16> {
        let number = match &arg.kind {
            ExprKind::Number(it) if it.is_integer() => it.to_u16(),
            _ => None,
        };
        let number = number.filter(|it| *it <= max);
        if number.is_none() {
            self.error(arg.span, Problem::NotAWholeNumber { function });
        }
        number
    }

    fn at_least(&mut self, expr: &Expr, wanted: &Expr, conditions: &[Expr]) -> Option<Typed> {
        let wanted = self.whole_number(Function::AtLeast, wanted, u16::MAX);
        let trees = self.conditions(conditions);
        let (wanted, trees) = (wanted?, trees?);
        if wanted == 0 {
            self.error(expr.span, Problem::AlwaysTrue);
        } else if usize::from(wanted) > trees.len() {
            self.error(expr.span, Problem::AlwaysFalse);
        }
        Some(Typed::Value(
            Type::Bool,
            Tree::many(|n| Op::AtLeast(wanted, n), trees),
        ))
    }
}

/// Whether the nth of so many arguments of `case` is a condition; the last one of an odd number is
/// the value when none holds.
pub(super) const fn is_condition(nth: usize, of: usize) -> bool {
    nth.is_multiple_of(2) && nth + 1 < of
}

/// A choice among values of one type, or among texts in quotes whose type is still open.
fn one_of(ty: Option<Type>, tree: Tree) -> Typed {
    match ty {
        Some(ty) => Typed::Value(ty, tree),
        None => Typed::Literals(tree),
    }
}

const fn is_reference(expr: &Expr) -> bool {
    matches!(
        expr.kind,
        ExprKind::Name(_) | ExprKind::Field { .. } | ExprKind::Row { .. } | ExprKind::Unit { .. }
    )
}

const fn is_ordered(ty: Type) -> bool {
    matches!(ty, Type::Number | Type::Date)
}
