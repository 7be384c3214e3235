//! The numbers and days at which conditions change.

use std::cmp::Ordering;

use expr::{Node, Op, Value};
use jiff::civil::Date;
use questionnaire::instrument::{Cells, Kind};
use rust_decimal::{Decimal, RoundingStrategy};

/// What a condition compares an answer with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Bound {
    /// A number.
    Number(Decimal),
    /// A day.
    Date(Date),
}

/// A number or a day that is written out, perhaps as a small calculation.
pub(super) fn bound(node: Node<'_>) -> Option<Bound> {
    fn value(node: Node<'_>) -> Option<Value> {
        if matches!(
            node.op(),
            Op::Read(_) | Op::Today | Op::Units(_) | Op::Over(..)
        ) {
            return None;
        }
        let operands: Option<Vec<Value>> = node.operands().map(value).collect();
        let operands = operands?;
        let data: Vec<_> = operands.iter().map(Value::as_datum).collect();
        Some(node.apply(&data))
    }
    match value(node)? {
        Value::Number(it) => Some(Bound::Number(it.normalize())),
        Value::Date(it) => Some(Bound::Date(it)),
        _ => None,
    }
}

/// Whether the question's own limits leave an answer there.
pub(super) fn can_be(kind: &Kind, bound: Bound, side: Ordering) -> bool {
    match (kind, bound) {
        (
            Kind::Quantity(it)
            | Kind::Money(it)
            | Kind::Grid {
                cells: Cells::Quantity(it),
                ..
            },
            Bound::Number(bound),
        ) => {
            let round =
                |it: Decimal, how| it.round_dp_with_strategy(u32::from(decimals(kind)), how);
            let least = it
                .min
                .map(|it| round(it, RoundingStrategy::ToPositiveInfinity));
            let greatest = it
                .max
                .map(|it| round(it, RoundingStrategy::ToNegativeInfinity));
            let fits = bound.normalize().scale() <= u32::from(it.decimals);
            leaves(least, greatest, &bound, side, fits)
        }
        (Kind::Date { earliest, latest }, Bound::Date(bound)) => {
            leaves(*earliest, *latest, &bound, side, true)
        }
        _ => false,
    }
}

fn decimals(kind: &Kind) -> u8 {
    match kind {
        Kind::Quantity(it)
        | Kind::Money(it)
        | Kind::Grid {
            cells: Cells::Quantity(it),
            ..
        } => it.decimals,
        _ => 0,
    }
}

fn leaves<T: Ord>(
    least: Option<T>,
    greatest: Option<T>,
    at: &T,
    side: Ordering,
    fits: bool,
) -> bool {
    match side {
        Ordering::Less => least.is_none_or(|it| it < *at),
        Ordering::Greater => greatest.is_none_or(|it| it > *at),
        Ordering::Equal => {
            fits && least.is_none_or(|it| it <= *at) && greatest.is_none_or(|it| it >= *at)
        }
    }
}
