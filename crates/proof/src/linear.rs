//! Whether sums of numbers can stand in given relations: Fourier and Motzkin's elimination, in
//! whole numbers.
//!
//! Halving ranges never shows that `a < b` and `b < a` exclude each other; adding the two does.

use std::collections::BTreeMap;

use expr::{Cmp, Node, Op, Over};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// More relations than this are not followed.
const MAX_ROWS: usize = 600;

/// A sum of multiples of numbers, and a constant.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Linear {
    pub(crate) terms: BTreeMap<u32, Decimal>,
    pub(crate) constant: Decimal,
}

impl Linear {
    pub(crate) fn constant(constant: Decimal) -> Self {
        Self {
            constant,
            ..Self::default()
        }
    }

    pub(crate) fn plus(mut self, other: &Self, factor: Decimal) -> Option<Self> {
        for (slot, it) in &other.terms {
            let more = it.checked_mul(factor)?;
            let sum = self.terms.entry(*slot).or_default();
            *sum = sum.checked_add(more)?;
        }
        let more = other.constant.checked_mul(factor)?;
        self.constant = self.constant.checked_add(more)?;
        self.terms.retain(|_, it| !it.is_zero());
        Some(self)
    }

    fn times(&self, factor: Decimal) -> Option<Self> {
        Self::default().plus(self, factor)
    }

    fn as_constant(&self) -> Option<Decimal> {
        self.terms.is_empty().then_some(self.constant)
    }
}

/// A sum that one operation makes of those of its operands; `None` if it is none.
pub(crate) fn combine(node: Node<'_>, operands: &[Linear]) -> Option<Linear> {
    match (node.op(), operands) {
        (Op::Add, [a, b]) => a.clone().plus(b, Decimal::ONE),
        (Op::Sub, [a, b]) => a.clone().plus(b, Decimal::NEGATIVE_ONE),
        (Op::Neg, [a]) => a.times(Decimal::NEGATIVE_ONE),
        (Op::Mul, [a, b]) => match (a.as_constant(), b.as_constant()) {
            (Some(factor), _) => b.times(factor),
            (_, Some(factor)) => a.times(factor),
            _ => None,
        },
        (Op::Div, [a, b]) => {
            let divisor = b.as_constant().filter(|it| !it.is_zero())?;
            let factor = Decimal::ONE.checked_div(divisor)?;
            // A factor that has been rounded would prove too much.
            (factor.checked_mul(divisor)? == Decimal::ONE).then(|| a.times(factor))?
        }
        (Op::Over(Over::Sum, _), them) => them
            .iter()
            .try_fold(Linear::default(), |sum, it| sum.plus(it, Decimal::ONE)),
        _ => None,
    }
}

/// A relation: the sum is at most 0, in whole numbers.
type Row = (BTreeMap<u32, i128>, i128);

/// Relations that must hold together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Relations {
    rows: Vec<Row>,
}

impl Relations {
    /// Left and right stand in this relation.
    pub(crate) fn compare(&mut self, cmp: Cmp, left: &Linear, right: &Linear) -> Option<()> {
        let difference = left.clone().plus(right, Decimal::NEGATIVE_ONE)?;
        let opposite = difference.times(Decimal::NEGATIVE_ONE)?;
        let (difference, opposite) = (row(&difference)?, row(&opposite)?);
        match cmp {
            Cmp::Le => self.push(difference),
            Cmp::Lt => self.push(strictly(difference)),
            Cmp::Ge => self.push(opposite),
            Cmp::Gt => self.push(strictly(opposite)),
            Cmp::Eq => {
                self.push(difference);
                self.push(opposite);
            }
            // Two ways out: nothing is said.
            Cmp::Ne => {}
        }
        Some(())
    }

    /// A number lies between two.
    pub(crate) fn between(&mut self, slot: u32, low: i128, high: i128) {
        self.push(([(slot, -1)].into(), low));
        self.push(([(slot, 1)].into(), -high));
    }

    fn push(&mut self, row: Row) {
        self.rows.push(tightened(row));
    }

    /// Whether no whole numbers do it. « No » when that was not found out.
    pub(crate) fn are_impossible(mut self) -> bool {
        loop {
            if self.rows.iter().any(|it| it.0.is_empty() && it.1 > 0) {
                return true;
            }
            self.rows.retain(|it| !it.0.is_empty());
            let Some(slot) = self.cheapest() else {
                return false;
            };
            let Some(rows) = self.eliminate(slot) else {
                return false;
            };
            self.rows = rows;
        }
    }

    /// The number whose elimination makes the fewest relations.
    fn cheapest(&self) -> Option<u32> {
        let mut signs: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
        for (terms, _) in &self.rows {
            for (slot, factor) in terms {
                let count = signs.entry(*slot).or_default();
                if *factor > 0 {
                    count.0 += 1;
                } else {
                    count.1 += 1;
                }
            }
        }
        let costs = signs.into_iter().map(|(slot, (a, b))| (a * b, slot));
        costs.min().map(|it| it.1)
    }

    fn eliminate(&self, slot: u32) -> Option<Vec<Row>> {
        let factor = |row: &Row| row.0.get(&slot).copied().unwrap_or(0);
        let mut rows: Vec<Row> = Vec::new();
        for row in &self.rows {
            match factor(row) {
                0 => rows.push(row.clone()),
                a if a > 0 => {
                    for other in self.rows.iter().filter(|it| factor(it) < 0) {
                        let sum = added(row, -factor(other), other, a)?;
                        let sum = tightened((without(sum.0), sum.1));
                        if !rows.contains(&sum) {
                            rows.push(sum);
                        }
                        if rows.len() > MAX_ROWS {
                            return None;
                        }
                    }
                }
                _ => {}
            }
        }
        Some(rows)
    }
}

fn without(mut terms: BTreeMap<u32, i128>) -> BTreeMap<u32, i128> {
    terms.retain(|_, it| *it != 0);
    terms
}

/// `a` times one relation and `b` times another.
fn added(one: &Row, a: i128, other: &Row, b: i128) -> Option<Row> {
    let mut terms = BTreeMap::new();
    for (row, factor) in [(one, a), (other, b)] {
        for (slot, it) in &row.0 {
            let more = it.checked_mul(factor)?;
            let sum: &mut i128 = terms.entry(*slot).or_default();
            *sum = sum.checked_add(more)?;
        }
    }
    let constant = one.1.checked_mul(a)?.checked_add(other.1.checked_mul(b)?)?;
    Some((terms, constant))
}

/// Below 0 is at most −1.
fn strictly((terms, constant): Row) -> Row {
    (terms, constant.saturating_add(1))
}

/// Divided by what all factors have in common; the constant goes up to the next whole number.
fn tightened((terms, constant): Row) -> Row {
    let common = terms.values().fold(0_i128, |a, b| gcd(a, b.abs()));
    if common <= 1 {
        return (terms, constant);
    }
    let terms = terms.into_iter().map(|(slot, it)| (slot, it / common));
    let up = constant.div_euclid(common) + i128::from(constant.rem_euclid(common) != 0);
    (terms.collect(), up)
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// The sum as a relation, all factors made whole.
fn row(it: &Linear) -> Option<Row> {
    let scale = it.terms.values().chain([&it.constant]);
    let scale = scale.map(|it| it.normalize().scale()).max().unwrap_or(0);
    let whole = |it: &Decimal| {
        let factor = Decimal::from(10_i128.checked_pow(scale)?.to_i64()?);
        it.checked_mul(factor)?.to_i128()
    };
    let terms = it.terms.iter().map(|(slot, it)| Some((*slot, whole(it)?)));
    Some((terms.collect::<Option<_>>()?, whole(&it.constant)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(terms: &[(u32, i64)], constant: i64) -> Linear {
        Linear {
            terms: terms.iter().map(|(a, b)| (*a, (*b).into())).collect(),
            constant: constant.into(),
        }
    }

    #[test]
    fn opposite_relations_exclude_each_other() {
        let (a, b) = (sum(&[(0, 1)], 0), sum(&[(1, 1)], 0));
        let mut it = Relations::default();
        it.compare(Cmp::Lt, &a, &b).unwrap();
        assert!(!it.clone().are_impossible());
        it.compare(Cmp::Lt, &b, &a).unwrap();
        assert!(it.are_impossible());
    }

    #[test]
    fn whole_numbers_leave_gaps() {
        // 2 a = 2 b + 1
        let (a, b) = (sum(&[(0, 2)], 0), sum(&[(1, 2)], 1));
        let mut it = Relations::default();
        it.compare(Cmp::Eq, &a, &b).unwrap();
        assert!(it.are_impossible());
    }

    #[test]
    fn bounds_take_part() {
        let both = sum(&[(0, 1), (1, 1)], 0);
        let mut it = Relations::default();
        it.between(0, 0, 5);
        it.between(1, 0, 5);
        it.compare(Cmp::Gt, &both, &sum(&[], 9)).unwrap();
        assert!(!it.clone().are_impossible());
        it.compare(Cmp::Gt, &both, &sum(&[], 10)).unwrap();
        assert!(it.are_impossible());
    }
}
