//! From a sentence to a text.

use expr::{BinaryOp, Expr, ExprKind, Function, MAX_DEPTH};

use super::read::parsed;
use super::{Clause, Group, How, Join, Operand, Operator, Part, Units, normal};

/// The canonical text of a sentence; empty where there is nothing in it. `None` if it is nested more
/// deeply than a condition can be.
#[must_use]
pub fn write(group: &Group) -> Option<String> {
    if group.depth() > MAX_DEPTH {
        return None;
    }
    let group = normal(group);
    // What is no condition is not put into parentheses, or it could not be mended.
    if let [Part::Text(it)] = &group.parts[..] {
        return Some(it.clone());
    }
    Some(group_expr(&group).map_or_else(String::new, |it| expr::print(&it)))
}

/// The expression of a group; nothing of an empty one.
fn group_expr(group: &Group) -> Option<Expr> {
    let mut parts: Vec<Expr> = group.parts.iter().filter_map(part_expr).collect();
    let kind = match (group.join, parts.len()) {
        (_, 0) => return None,
        (Join::All | Join::Any, 1) => return parts.pop(),
        (Join::All, _) => ExprKind::And(parts),
        (Join::Any, _) => ExprKind::Or(parts),
        (Join::None, 1) => ExprKind::Not(Box::new(parts.pop()?)),
        (Join::None, _) => ExprKind::Not(Box::new(ExprKind::Or(parts).into())),
        (Join::AtLeast(n), _) => {
            parts.insert(0, ExprKind::Number(n.into()).into());
            call(Function::AtLeast, parts)
        }
    };
    Some(kind.into())
}

fn part_expr(part: &Part) -> Option<Expr> {
    match part {
        Part::Clause(it) => Some(clause_expr(it)),
        Part::Group(it) => group_expr(it),
        Part::Units(it) => units_expr(it),
        // A text that is no condition is printed where a name would be, as it stands.
        Part::Text(it) => {
            Some(parsed(it).unwrap_or_else(|| ExprKind::Name(format!("({it})")).into()))
        }
    }
}

fn units_expr(it: &Units) -> Option<Expr> {
    let roster = ExprKind::Name(it.roster.clone()).into();
    let args = vec![roster, group_expr(&it.group)?];
    let kind = match &it.how {
        How::Some => call(Function::Any, args),
        How::Every => call(Function::All, args),
        How::Count(operator, operand) => {
            let n = call(Function::Count, args).into();
            binary(comparison(*operator), n, operand_expr(operand))
        }
    };
    Some(kind.into())
}

/// The expression of a line.
pub(super) fn clause_expr(it: &Clause) -> Expr {
    let subject = it.subject.clone();
    let first = || {
        let nothing = || ExprKind::Text(String::new()).into();
        it.values.first().map_or_else(nothing, operand_expr)
    };
    let list = |operand: Expr, negated| {
        let list = it.values.iter().map(operand_expr).collect();
        let operand = Box::new(operand);
        ExprKind::In {
            operand,
            list,
            negated,
        }
    };
    let not = |it: ExprKind| ExprKind::Not(Box::new(it.into()));
    let of = |function, subject| call(function, vec![subject]);
    let reason = |subject| of(Function::MissingReason, subject).into();
    let kind = match it.operator {
        Operator::Holds => return subject,
        Operator::HoldsNot => ExprKind::Not(Box::new(subject)),
        Operator::Answered => of(Function::Answered, subject),
        Operator::NotAnswered => not(of(Function::Answered, subject)),
        Operator::Has => binary(BinaryOp::Has, subject, first()),
        Operator::HasNot => not(binary(BinaryOp::Has, subject, first())),
        Operator::Among => list(subject, false),
        Operator::NotAmong => list(subject, true),
        Operator::Reason => binary(BinaryOp::Eq, reason(subject), first()),
        Operator::NotReason => binary(BinaryOp::Ne, reason(subject), first()),
        Operator::ReasonAmong => list(reason(subject), false),
        Operator::ReasonNotAmong => list(reason(subject), true),
        Operator::Is
        | Operator::IsNot
        | Operator::Less
        | Operator::LessOrEqual
        | Operator::Greater
        | Operator::GreaterOrEqual => binary(comparison(it.operator), subject, first()),
    };
    kind.into()
}

const fn comparison(it: Operator) -> BinaryOp {
    match it {
        Operator::IsNot => BinaryOp::Ne,
        Operator::Less => BinaryOp::Lt,
        Operator::LessOrEqual => BinaryOp::Le,
        Operator::Greater => BinaryOp::Gt,
        Operator::GreaterOrEqual => BinaryOp::Ge,
        _ => BinaryOp::Eq,
    }
}

fn operand_expr(it: &Operand) -> Expr {
    match it {
        Operand::Text(it) => ExprKind::Text(it.clone()).into(),
        Operand::Number(it) if it.is_sign_negative() && !it.is_zero() => {
            ExprKind::Neg(Box::new(ExprKind::Number(-*it).into())).into()
        }
        Operand::Number(it) => ExprKind::Number(it.abs()).into(),
        Operand::Today => ExprKind::Today.into(),
        Operand::Subject(it) => it.clone(),
    }
}

const fn call(function: Function, args: Vec<Expr>) -> ExprKind {
    ExprKind::Call { function, args }
}

fn binary(op: BinaryOp, left: Expr, right: Expr) -> ExprKind {
    let (left, right) = (Box::new(left), Box::new(right));
    ExprKind::Binary { op, left, right }
}
