//! What a part of a condition can be seen to be, without knowing every answer: a value, or a range
//! of values of which none is picked yet.

use std::cmp::Ordering;

use expr::{Cmp, Datum, Node, Op, Reasons, Value};
use jiff::civil::Date;
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

/// See the [module](self).
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Seen {
    /// This value, or missing for these reasons.
    Exact(Value),
    /// Some number between two, both included.
    Number(Decimal, Decimal),
    /// Some day between two, both included, as day numbers.
    Day(i64, i64),
    /// Some text that no condition mentions: that of this slot.
    OtherText(u32),
    /// The codes chosen in this slot.
    Set(u32),
    /// True or false.
    Either,
    /// Cannot be told; perhaps missing.
    Vague,
}

impl Seen {
    pub(crate) const UNKNOWN: Self = Self::Exact(Value::Missing(Reasons::NONE));

    pub(crate) fn is_missing(&self) -> Option<Reasons> {
        match self {
            Self::Exact(Value::Missing(reasons)) => Some(*reasons),
            _ => None,
        }
    }

    pub(crate) fn number(it: Decimal) -> Self {
        Self::Exact(Value::Number(it))
    }

    /// A range of numbers; a value where it holds one only.
    pub(crate) fn numbers(low: Decimal, high: Decimal) -> Self {
        if low == high {
            Self::number(low)
        } else {
            Self::Number(low, high)
        }
    }

    pub(crate) fn days(low: i64, high: i64) -> Self {
        match (low == high).then(|| expr::days::date(low)).flatten() {
            Some(it) => Self::Exact(Value::Date(it)),
            None => Self::Day(low, high),
        }
    }

    /// Least and greatest, if it is a number.
    fn as_numbers(&self) -> Option<(Decimal, Decimal)> {
        match self {
            Self::Exact(Value::Number(it)) => Some((*it, *it)),
            Self::Number(low, high) => Some((*low, *high)),
            _ => None,
        }
    }

    fn as_days(&self) -> Option<(i64, i64)> {
        let number = |it: &Date| expr::days::number(*it);
        match self {
            Self::Exact(Value::Date(it)) => Some((number(it), number(it))),
            Self::Day(low, high) => Some((*low, *high)),
            _ => None,
        }
    }
}

/// What a comparison of ranges gives: true, false, or it depends.
fn compare<T: PartialOrd>(cmp: Cmp, (a, b): (T, T), (c, d): (T, T)) -> Option<bool> {
    let (below, above) = (b < c, a > d);
    let not_above = b <= c;
    let not_below = a >= d;
    let same = a == b && c == d && a == c;
    match cmp {
        Cmp::Lt => below.then_some(true).or(not_below.then_some(false)),
        Cmp::Le => not_above.then_some(true).or(above.then_some(false)),
        Cmp::Gt => above.then_some(true).or(not_above.then_some(false)),
        Cmp::Ge => not_below.then_some(true).or(below.then_some(false)),
        Cmp::Eq => same.then_some(true).or((below || above).then_some(false)),
        Cmp::Ne => same.then_some(false).or((below || above).then_some(true)),
    }
}

fn truth(it: Option<bool>) -> Seen {
    it.map_or(Seen::Either, |it| Seen::Exact(Value::Bool(it)))
}

/// What a comparison can be seen to be.
pub(crate) fn comparison(cmp: Cmp, left: &Seen, right: &Seen) -> Seen {
    if let (Some(a), Some(b)) = (left.as_numbers(), right.as_numbers()) {
        return truth(compare(cmp, a, b));
    }
    if let (Some(a), Some(b)) = (left.as_days(), right.as_days()) {
        return truth(compare(cmp, a, b));
    }
    let equal = match (left, right) {
        (Seen::OtherText(a), Seen::OtherText(b)) if a == b => true,
        // A text that no condition mentions is none of those that one does.
        (Seen::OtherText(_), Seen::Exact(Value::Text(_)))
        | (Seen::Exact(Value::Text(_)), Seen::OtherText(_)) => false,
        (Seen::OtherText(_), Seen::OtherText(_)) => return Seen::Either,
        _ => return Seen::Vague,
    };
    truth(match cmp {
        Cmp::Eq => Some(equal),
        Cmp::Ne => Some(!equal),
        _ => None,
    })
}

/// What an operation makes of what its operands can be seen to be. Operations over rosters, and
/// those that only look at truth, are not for here.
pub(crate) fn combine(node: Node<'_>, operands: &[Seen]) -> Seen {
    let exact: Option<Vec<Datum<'_>>> = operands
        .iter()
        .map(|it| match it {
            Seen::Exact(value) => Some(value.as_datum()),
            _ => None,
        })
        .collect();
    if let Some(data) = exact {
        return Seen::Exact(node.apply(&data));
    }
    let op = node.op();
    if let Op::Coalesce(_) = op {
        let found = operands.iter().find(|it| it.is_missing().is_none());
        return found.cloned().unwrap_or(Seen::UNKNOWN);
    }
    if let Op::Case(_) = op {
        return case(operands);
    }
    if operands.contains(&Seen::Vague) || operands.contains(&Seen::Either) {
        return Seen::Vague;
    }
    // Every other operation is unknown as soon as an operand is.
    let missing = operands.iter().filter_map(Seen::is_missing);
    let missing = missing.fold(None, |all: Option<Reasons>, it| {
        Some(all.map_or(it, |all| all.union(it)))
    });
    if let (Some(reasons), false) = (missing, matches!(op, Op::In(_))) {
        return Seen::Exact(Value::Missing(reasons));
    }
    match (op, operands) {
        (Op::Compare(cmp), [left, right]) => comparison(*cmp, left, right),
        (Op::In(_), [it, list @ ..]) => among(it, list),
        (Op::Neg, [it]) => numbers(it.as_numbers().map(|(low, high)| (-high, -low))),
        (Op::Round(places), [it]) => numbers(it.as_numbers().map(|(low, high)| {
            let round = |it: Decimal| {
                it.round_dp_with_strategy(
                    u32::from(*places),
                    RoundingStrategy::MidpointAwayFromZero,
                )
            };
            (round(low), round(high))
        })),
        (Op::Add | Op::Sub | Op::Mul | Op::Div, [left, right]) => arithmetic(op, left, right),
        (Op::Min(_), _) => extreme(operands, Ordering::Less),
        (Op::Max(_), _) => extreme(operands, Ordering::Greater),
        _ => Seen::Vague,
    }
}

/// The value after the first condition that does not fail.
fn case(operands: &[Seen]) -> Seen {
    match operands {
        [] => Seen::UNKNOWN,
        [otherwise] => otherwise.clone(),
        [condition, value, rest @ ..] => match condition {
            Seen::Exact(Value::Bool(true)) => value.clone(),
            Seen::Exact(Value::Bool(false)) => case(rest),
            Seen::Exact(Value::Missing(_)) => condition.clone(),
            Seen::Exact(_) => Seen::UNKNOWN,
            _ => Seen::Vague,
        },
    }
}

fn numbers(it: Option<(Decimal, Decimal)>) -> Seen {
    it.map_or(Seen::Vague, |(low, high)| Seen::numbers(low, high))
}

fn among(it: &Seen, list: &[Seen]) -> Seen {
    let mut open = false;
    let mut reasons = it.is_missing();
    for other in list {
        if let Some(more) = other.is_missing() {
            reasons = Some(reasons.map_or(more, |all| all.union(more)));
            continue;
        }
        match comparison(Cmp::Eq, it, other) {
            Seen::Exact(Value::Bool(true)) => return truth(Some(true)),
            Seen::Exact(Value::Bool(false)) => {}
            _ => open = true,
        }
    }
    match (open, reasons) {
        (true, None) => Seen::Either,
        (true, Some(_)) => Seen::Vague,
        (false, Some(reasons)) => Seen::Exact(Value::Missing(reasons)),
        (false, None) => truth(Some(false)),
    }
}

fn arithmetic(op: &Op, left: &Seen, right: &Seen) -> Seen {
    if let (Some(a), Some(b)) = (left.as_numbers(), right.as_numbers()) {
        if matches!(op, Op::Div) && b == (Decimal::ZERO, Decimal::ZERO) {
            return Seen::UNKNOWN;
        }
        return numbers(of_ranges(op, a, b));
    }
    let shift = |days: (i64, i64), by: (Decimal, Decimal), sign: i64| {
        // A part of a day cannot be added: only whole numbers are followed.
        let whole = by.0.is_integer() && by.1.is_integer() && by.0 == by.1;
        let by = whole.then(|| by.0.to_i64()).flatten()? * sign;
        Some((days.0.checked_add(by)?, days.1.checked_add(by)?))
    };
    let days = |it: Option<(i64, i64)>| match it {
        Some((low, high)) if [low, high].iter().all(|it| expr::days::date(*it).is_some()) => {
            Seen::days(low, high)
        }
        _ => Seen::Vague,
    };
    match (op, left.as_days(), right.as_days()) {
        (Op::Sub, Some(a), Some(b)) => {
            numbers(Some((Decimal::from(a.0 - b.1), Decimal::from(a.1 - b.0))))
        }
        (Op::Sub, Some(a), None) => days(right.as_numbers().and_then(|it| shift(a, it, -1))),
        (Op::Add, Some(a), None) => days(right.as_numbers().and_then(|it| shift(a, it, 1))),
        (Op::Add, None, Some(b)) => days(left.as_numbers().and_then(|it| shift(b, it, 1))),
        _ => Seen::Vague,
    }
}

/// Arithmetic of ranges: the least and greatest of what their ends give. `None` beyond 28 digits,
/// and for divisors that may be zero.
fn of_ranges(
    op: &Op,
    (a, b): (Decimal, Decimal),
    (c, d): (Decimal, Decimal),
) -> Option<(Decimal, Decimal)> {
    match op {
        Op::Add => Some((a.checked_add(c)?, b.checked_add(d)?)),
        Op::Sub => Some((a.checked_sub(d)?, b.checked_sub(c)?)),
        _ => {
            if matches!(op, Op::Div) && c <= Decimal::ZERO && d >= Decimal::ZERO {
                return None;
            }
            let apply = |x: Decimal, y: Decimal| match op {
                Op::Mul => x.checked_mul(y),
                _ => x.checked_div(y),
            };
            let ends = [apply(a, c)?, apply(a, d)?, apply(b, c)?, apply(b, d)?];
            Some((
                ends.iter().copied().min().unwrap_or_default(),
                ends.iter().copied().max().unwrap_or_default(),
            ))
        }
    }
}

/// The range of the least or the greatest of several.
fn extreme(operands: &[Seen], wanted: Ordering) -> Seen {
    fn of<T: Ord + Copy>(them: &[(T, T)], wanted: Ordering) -> Option<(T, T)> {
        let best = |ends: &mut dyn Iterator<Item = T>| match wanted {
            Ordering::Greater => ends.max(),
            _ => ends.min(),
        };
        Some((
            best(&mut them.iter().map(|it| it.0))?,
            best(&mut them.iter().map(|it| it.1))?,
        ))
    }
    let all: Option<Vec<_>> = operands.iter().map(Seen::as_numbers).collect();
    if let Some(all) = all {
        return numbers(of(&all, wanted));
    }
    let all: Option<Vec<_>> = operands.iter().map(Seen::as_days).collect();
    let range = all.and_then(|it| of(&it, wanted));
    range.map_or(Seen::Vague, |(low, high)| Seen::days(low, high))
}

/// The sum, least or greatest of two, one unit of a roster after the other.
pub(crate) fn fold(over: expr::Over, so_far: &Seen, it: &Seen) -> Seen {
    match over {
        expr::Over::Sum => match (so_far.as_numbers(), it.as_numbers()) {
            (Some(a), Some(b)) => numbers(of_ranges(&Op::Add, a, b)),
            _ => Seen::Vague,
        },
        expr::Over::Min => extreme(&[so_far.clone(), it.clone()], Ordering::Less),
        expr::Over::Max => extreme(&[so_far.clone(), it.clone()], Ordering::Greater),
        expr::Over::Any | expr::Over::All | expr::Over::Count => Seen::Vague,
    }
}
