//! Numbers of one variable, packed.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::bits::Bits;
use crate::stats::Values;

/// A number for each row; rows without one hold anything.
#[derive(Clone, Debug)]
pub(super) enum Numbers {
    /// Whole multiples of a power of ten: all that surveys ask for.
    Packed { decimals: u32, values: Vec<i32> },
    /// What that cannot hold.
    Exact(Vec<Decimal>),
}

impl Default for Numbers {
    fn default() -> Self {
        Self::Packed {
            decimals: 0,
            values: Vec::new(),
        }
    }
}

impl Numbers {
    pub(super) fn put(&mut self, row: u32, value: Decimal) {
        let value = value.normalize();
        let at = row as usize;
        if let Self::Packed { decimals, values } = self {
            if let Some(value) = packed(value, decimals, values) {
                values.resize(values.len().max(at + 1), 0);
                values[at] = value;
                return;
            }
            let exact = values
                .iter()
                .map(|it| Decimal::new((*it).into(), *decimals));
            *self = Self::Exact(exact.collect());
        }
        if let Self::Exact(values) = self {
            values.resize(values.len().max(at + 1), Decimal::ZERO);
            values[at] = value;
        }
    }

    pub(super) fn at(&self, row: u32) -> Decimal {
        let at = row as usize;
        match self {
            Self::Packed { decimals, values } => {
                let value = values.get(at).copied().unwrap_or_default();
                Decimal::new(value.into(), *decimals)
            }
            Self::Exact(values) => values.get(at).copied().unwrap_or_default(),
        }
    }

    /// The rows, among some, whose number is as wanted.
    pub(super) fn rows(
        &self,
        among: &Bits,
        wanted: impl Fn(Ordering) -> bool,
        of: Decimal,
    ) -> Bits {
        match self {
            Self::Packed { decimals, values } => {
                // Both sides as multiples of the finer of the two powers of ten.
                let finer = of.scale().max(*decimals);
                let times = |from: u32| 10_i128.checked_pow(finer - from);
                let (Some(ours), Some(theirs)) = (times(*decimals), times(of.scale())) else {
                    return among
                        .rows()
                        .filter(|it| wanted(self.at(*it).cmp(&of)))
                        .collect();
                };
                let of = of.mantissa().saturating_mul(theirs);
                let is_it = |row: &u32| {
                    let value = values.get(*row as usize).copied().unwrap_or_default();
                    wanted((i128::from(value) * ours).cmp(&of))
                };
                among.rows().filter(is_it).collect()
            }
            Self::Exact(_) => among
                .rows()
                .filter(|it| wanted(self.at(*it).cmp(&of)))
                .collect(),
        }
    }

    /// Adds the numbers of some rows.
    pub(super) fn add_to(&self, all: &mut Values, rows: &Bits) {
        match self {
            Self::Packed { decimals, values } => {
                let given = rows
                    .rows()
                    .filter_map(|it| values.get(it as usize).copied());
                for (value, n) in counts(given) {
                    all.add_many(Decimal::new(value.into(), *decimals), n);
                }
            }
            Self::Exact(_) => rows.rows().for_each(|it| all.add(self.at(it))),
        }
    }

    /// Bytes on the heap.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Packed { values, .. } => values.capacity() * size_of::<i32>(),
            Self::Exact(values) => values.capacity() * size_of::<Decimal>(),
        }
    }
}

/// How many times each value is there. What people answer is mostly small: such numbers are counted in place.
fn counts(values: impl Iterator<Item = i32>) -> impl Iterator<Item = (i32, u64)> {
    const SMALL: usize = 4096;
    let mut small = vec![0_u64; SMALL];
    let mut others: BTreeMap<i32, u64> = BTreeMap::new();
    for value in values {
        match usize::try_from(value).ok().and_then(|it| small.get_mut(it)) {
            Some(n) => *n += 1,
            None => *others.entry(value).or_default() += 1,
        }
    }
    let small = (0_i32..).zip(small).filter(|(_, n)| *n > 0);
    small.chain(others)
}

/// A number as those beside it are packed, which are packed finer if it needs that. `None` if some would not fit.
fn packed(value: Decimal, decimals: &mut u32, values: &mut [i32]) -> Option<i32> {
    let finer = value.scale().max(*decimals);
    let multiple = |from: u32| 10_i32.checked_pow(finer - from);
    let mantissa = i32::try_from(value.mantissa()).ok()?;
    let packed = mantissa.checked_mul(multiple(value.scale())?)?;
    if finer > *decimals {
        let times = multiple(*decimals)?;
        if values.iter().any(|it| it.checked_mul(times).is_none()) {
            return None;
        }
        values.iter_mut().for_each(|it| *it *= times);
        *decimals = finer;
    }
    Some(packed)
}

#[cfg(test)]
mod tests {
    use super::Numbers;
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    proptest! {
        #[test]
        fn what_is_put_is_there(numbers in proptest::collection::vec((any::<i64>(), 0_u32..6, 0_u8..63), 0..40)) {
            let numbers: Vec<Decimal> =
                numbers.into_iter().map(|(it, decimals, small)| Decimal::new(it >> small, decimals)).collect();
            let mut column = Numbers::default();
            (0..).zip(&numbers).for_each(|(row, it)| column.put(row, *it));
            for (row, it) in (0..).zip(&numbers) {
                prop_assert_eq!(column.at(row), *it);
            }
            let mut expected = crate::Values::default();
            numbers.iter().for_each(|it| expected.add(*it));
            let mut all = crate::Values::default();
            column.add_to(&mut all, &(0..numbers.len() as u32).collect());
            prop_assert_eq!(all, expected);
        }
    }
}
