//! Numbers of one variable, packed.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::bits::Bits;
use super::cells::Cells;
use super::seen::Seen;
use crate::stats::Values;

/// A number for each row; rows without one hold anything.
#[derive(Clone, Debug)]
pub(super) enum Numbers {
    /// Whole multiples of a power of ten: all that surveys ask for.
    Packed { decimals: u32, cells: Cells },
    /// What that cannot hold.
    Exact(Vec<Decimal>),
}

impl Default for Numbers {
    fn default() -> Self {
        Self::Packed {
            decimals: 0,
            cells: Cells::default(),
        }
    }
}

impl Numbers {
    pub(super) fn put(&mut self, row: u32, value: Decimal) {
        let value = value.normalize();
        if let Self::Packed { decimals, cells } = self {
            if let Some(value) = packed(value, decimals, cells) {
                cells.put(row, value);
                return;
            }
            let exact = cells.iter().map(|it| Decimal::new(it.into(), *decimals));
            *self = Self::Exact(exact.collect());
        }
        if let Self::Exact(values) = self {
            let at = row as usize;
            values.resize(values.len().max(at + 1), Decimal::ZERO);
            values[at] = value;
        }
    }

    pub(super) fn at(&self, row: u32) -> Decimal {
        match self {
            Self::Packed { decimals, cells } => Decimal::new(cells.at(row).into(), *decimals),
            Self::Exact(values) => values.get(row as usize).copied().unwrap_or_default(),
        }
    }

    /// The rows, among some, whose number is as wanted.
    pub(super) fn rows(
        &self,
        among: &Bits,
        wanted: impl Fn(Ordering) -> bool,
        of: Decimal,
    ) -> Bits {
        let [below, same, above] =
            [Ordering::Less, Ordering::Equal, Ordering::Greater].map(&wanted);
        match self {
            Self::Packed { decimals, cells } => {
                // The whole multiples on both sides of the number; it is one itself where these are the same.
                let (last, first) = around(of, *decimals);
                if below && above && !same {
                    return among.without(&cells.within(first, last));
                }
                let low = match (below, same) {
                    (true, _) => i64::MIN,
                    (false, true) => first,
                    (false, false) => last + 1,
                };
                let high = match (same, above) {
                    (_, true) => i64::MAX,
                    (true, false) => last,
                    (false, false) => first - 1,
                };
                among.and(&cells.within(low, high))
            }
            Self::Exact(_) => {
                let is_wanted = |it: &u32| wanted(self.at(*it).cmp(&of));
                among.rows().filter(is_wanted).collect()
            }
        }
    }

    /// Adds the numbers of some rows, of those to whom one was given.
    pub(super) fn add_to(&self, seen: &mut Seen, all: &mut Values, given: &Bits, rows: &Bits) {
        match self {
            Self::Packed { decimals, cells } => seen.add(*decimals, cells, given, rows),
            Self::Exact(_) => given.and(rows).rows().for_each(|it| all.add(self.at(it))),
        }
    }

    /// Gives back what more numbers would have needed.
    pub(super) fn settle(&mut self) {
        match self {
            Self::Packed { cells, .. } => cells.settle(),
            Self::Exact(values) => values.shrink_to_fit(),
        }
    }

    /// Bytes on the heap.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Packed { cells, .. } => cells.size(),
            Self::Exact(values) => values.capacity() * size_of::<Decimal>(),
        }
    }
}

/// The last whole multiple of a power of ten that is not above a number, and the first that is not below it.
fn around(number: Decimal, decimals: u32) -> (i64, i64) {
    let scale = number.scale();
    // Beyond these no packed number lies.
    let bounded = |it: i128| it.clamp(-(1 << 40), 1 << 40) as i64;
    let power = |of: u32| 10_i128.checked_pow(of).unwrap_or(i128::MAX);
    if scale <= decimals {
        let multiple = number.mantissa().saturating_mul(power(decimals - scale));
        return (bounded(multiple), bounded(multiple));
    }
    let by = power(scale - decimals);
    let last = number.mantissa().div_euclid(by);
    let is_whole = number.mantissa().rem_euclid(by) == 0;
    (
        bounded(last),
        bounded(if is_whole { last } else { last + 1 }),
    )
}

/// A number as those beside it are packed, which are packed finer if it needs that. `None` if some would not fit.
fn packed(value: Decimal, decimals: &mut u32, cells: &mut Cells) -> Option<i32> {
    let finer = value.scale().max(*decimals);
    let multiple = |from: u32| 10_i32.checked_pow(finer - from);
    let mantissa = i32::try_from(value.mantissa()).ok()?;
    let packed = mantissa.checked_mul(multiple(value.scale())?)?;
    if finer > *decimals {
        *cells = cells.times(multiple(*decimals)?)?;
        *decimals = finer;
    }
    Some(packed)
}

#[cfg(test)]
mod tests {
    use super::{Bits, Numbers, Ordering};
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    /// Of any size, but all within some.
    fn numbers(decimals: u32) -> impl Strategy<Value = Vec<Decimal>> {
        let number = (any::<i64>(), 0..decimals, 0_u8..63);
        (
            proptest::collection::vec(number, 0..40),
            0_u8..63,
            0..decimals,
        )
            .prop_map(|(numbers, size, most)| {
                let numbers = numbers.into_iter();
                let number = |(it, decimals, small): (i64, u32, u8)| {
                    Decimal::new(it >> small.max(size), decimals.min(most))
                };
                numbers.map(number).collect()
            })
    }

    proptest! {
        #[test]
        fn what_is_put_is_there(numbers in numbers(6), others in numbers(20)) {
            let mut column = Numbers::default();
            (0..).zip(&numbers).for_each(|(row, it)| column.put(row, *it));
            for (row, it) in (0..).zip(&numbers) {
                prop_assert_eq!(column.at(row), *it);
            }
            let rows: Bits = (0..numbers.len() as u32).collect();
            let wanted = [Ordering::is_lt, Ordering::is_le, Ordering::is_eq, Ordering::is_ne, Ordering::is_ge, Ordering::is_gt];
            for of in numbers.iter().chain(&others).copied() {
                for wanted in wanted {
                    let expected: Vec<u32> =
                        (0..).zip(&numbers).filter(|(_, it)| wanted(it.cmp(&&of))).map(|it| it.0).collect();
                    prop_assert_eq!(column.rows(&rows, wanted, of).rows().collect::<Vec<u32>>(), expected);
                }
            }
        }
    }
}
