//! From a text to a sentence.

use expr::{BinaryOp, Expr, ExprKind, Function, Severity};
use rust_decimal::prelude::ToPrimitive;

use super::normal::tidied;
use super::{Clause, Group, How, Join, Operand, Operator, Part, Units};

/// A condition as a sentence. What is no condition stays a text; an empty one is an empty group.
#[must_use]
pub fn read(text: &str) -> Group {
    if text.trim().is_empty() {
        return Group::default();
    }
    let part = parsed(text).map_or_else(|| Part::Text(text.trim().to_owned()), |it| part(&it));
    tidied(Group::all(vec![part]))
}

/// The tree of a text without errors of syntax.
pub(super) fn parsed(text: &str) -> Option<Expr> {
    let parsed = expr::parse(text);
    let mut found = parsed.diagnostics.iter();
    let is_wrong = found.any(|it| it.severity == Severity::Error);
    parsed.expr.filter(|_| !is_wrong)
}

/// An expression as a part; a text where it is no line.
pub(super) fn part(it: &Expr) -> Part {
    let group = |join, list: &[Expr]| {
        let parts = list.iter().map(part).collect();
        Part::Group(Group { join, parts })
    };
    match &it.kind {
        ExprKind::And(list) => group(Join::All, list),
        ExprKind::Or(list) => group(Join::Any, list),
        ExprKind::Not(inner) => negated(inner),
        ExprKind::Call {
            function: Function::AtLeast,
            args,
        } => match args.split_first() {
            Some((n, list)) if !list.is_empty() => match whole(n) {
                Some(n) => group(Join::AtLeast(n), list),
                None => as_text(it),
            },
            _ => as_text(it),
        },
        _ => {
            let units = units(it).map(Part::Units);
            let clause = || clause(it).map(Part::Clause);
            units.or_else(clause).unwrap_or_else(|| as_text(it))
        }
    }
}

fn as_text(it: &Expr) -> Part {
    Part::Text(expr::print(it))
}

fn whole(it: &Expr) -> Option<u16> {
    match &it.kind {
        ExprKind::Number(it) if it.is_integer() => it.to_u16(),
        _ => None,
    }
}

fn negated(inner: &Expr) -> Part {
    let part = match &inner.kind {
        ExprKind::Or(_) => part(inner),
        _ => Part::Group(Group {
            join: Join::Any,
            parts: vec![part(inner)],
        }),
    };
    let Part::Group(Group { mut parts, .. }) = part else {
        return part;
    };
    if let [Part::Clause(it)] = &mut parts[..]
        && let Some(opposite) = opposite(it.operator)
    {
        it.operator = opposite;
        return Part::Clause(it.clone());
    }
    let join = Join::None;
    Part::Group(Group { join, parts })
}

/// What a line says that is written with a `not` before it.
pub(super) const fn opposite(it: Operator) -> Option<Operator> {
    match it {
        Operator::Has => Some(Operator::HasNot),
        Operator::Holds => Some(Operator::HoldsNot),
        Operator::Answered => Some(Operator::NotAnswered),
        _ => None,
    }
}

/// `any(roster, …)`, `all(roster, …)`, `count(roster, …) > 2`
fn units(it: &Expr) -> Option<Units> {
    let over = |it: &Expr, wanted: &[Function]| match &it.kind {
        ExprKind::Call { function, args } if wanted.contains(function) => match &args[..] {
            [roster, condition] => match &roster.kind {
                ExprKind::Name(roster) => Some((*function, roster.clone(), condition.clone())),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    };
    let made = |(_, roster, condition): (Function, String, Expr), how| Units {
        roster,
        how,
        group: tidied(Group::all(vec![part(&condition)])),
    };
    if let Some(found) = over(it, &[Function::Any, Function::All]) {
        let how = match found.0 {
            Function::Any => How::Some,
            _ => How::Every,
        };
        return Some(made(found, how));
    }
    let ExprKind::Binary { op, left, right } = &it.kind else {
        return None;
    };
    let found = over(left, &[Function::Count])?;
    let how = How::Count(comparing(*op)?, operand(right)?);
    Some(made(found, how))
}

const fn comparing(op: BinaryOp) -> Option<Operator> {
    Some(match op {
        BinaryOp::Eq => Operator::Is,
        BinaryOp::Ne => Operator::IsNot,
        BinaryOp::Lt => Operator::Less,
        BinaryOp::Le => Operator::LessOrEqual,
        BinaryOp::Gt => Operator::Greater,
        BinaryOp::Ge => Operator::GreaterOrEqual,
        BinaryOp::Has | BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul | BinaryOp::Div => {
            return None;
        }
    })
}

fn clause(it: &Expr) -> Option<Clause> {
    let line = |subject: &Expr, operator, values| Clause {
        subject: subject.clone(),
        operator,
        values,
    };
    match &it.kind {
        ExprKind::Call { function, args } => match (function, &args[..]) {
            (Function::Answered, [subject]) if is_reference(subject) => {
                Some(line(subject, Operator::Answered, Vec::new()))
            }
            _ => None,
        },
        ExprKind::Binary { op, left, right } => match (op, reason(left), &right.kind) {
            (BinaryOp::Has, _, ExprKind::Text(code)) if is_subject(left) => {
                let values = vec![Operand::Text(code.clone())];
                Some(line(left, Operator::Has, values))
            }
            (BinaryOp::Eq | BinaryOp::Ne, Some(subject), ExprKind::Text(code)) => {
                let operator = match op {
                    BinaryOp::Eq => Operator::Reason,
                    _ => Operator::NotReason,
                };
                Some(line(subject, operator, vec![Operand::Text(code.clone())]))
            }
            _ if is_subject(left) => Some(line(left, comparing(*op)?, vec![operand(right)?])),
            _ => None,
        },
        ExprKind::In {
            operand: subject,
            list,
            negated,
        } => {
            let values: Option<Vec<_>> = list.iter().map(literal).collect();
            let (subject, operator) = match (reason(subject), negated) {
                (Some(it), false) => (it, Operator::ReasonAmong),
                (Some(it), true) => (it, Operator::ReasonNotAmong),
                (None, false) => (&**subject, Operator::Among),
                (None, true) => (&**subject, Operator::NotAmong),
            };
            is_subject(subject).then_some(line(subject, operator, values?))
        }
        _ if is_reference(it) => Some(line(it, Operator::Holds, Vec::new())),
        _ => None,
    }
}

/// What `missing_reason(x)` asks about.
fn reason(it: &Expr) -> Option<&Expr> {
    match &it.kind {
        ExprKind::Call {
            function: Function::MissingReason,
            args,
        } => match &args[..] {
            [it] if is_reference(it) => Some(it),
            _ => None,
        },
        _ => None,
    }
}

pub(super) const fn is_reference(it: &Expr) -> bool {
    matches!(
        it.kind,
        ExprKind::Name(_) | ExprKind::Field { .. } | ExprKind::Row { .. } | ExprKind::Unit { .. }
    )
}

/// A reference, or how many, how much of it there is.
fn is_subject(it: &Expr) -> bool {
    match &it.kind {
        ExprKind::Call {
            function: Function::Count | Function::Sum | Function::Min | Function::Max,
            args,
        } => matches!(&args[..], [it] if is_reference(it)),
        _ => is_reference(it),
    }
}

fn literal(it: &Expr) -> Option<Operand> {
    match &it.kind {
        ExprKind::Text(it) => Some(Operand::Text(it.clone())),
        ExprKind::Number(it) => Some(Operand::Number(*it)),
        ExprKind::Neg(it) => match it.kind {
            ExprKind::Number(it) if !it.is_zero() => Some(Operand::Number(-it)),
            _ => None,
        },
        ExprKind::Today => Some(Operand::Today),
        _ => None,
    }
}

fn operand(it: &Expr) -> Option<Operand> {
    let subject = || is_subject(it).then(|| Operand::Subject(it.clone()));
    literal(it).or_else(subject)
}
