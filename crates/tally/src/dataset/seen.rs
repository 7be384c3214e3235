//! How often each number is there, gathered over all chunks before it is written down: an exact decimal is found among
//! others once, not once in each chunk.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::bits::Bits;
use super::cells::Cells;
use super::days;
use crate::count::Counts;
use crate::spec::{Shape, Spec};

/// What is seen of one cell of a table: numbers by how many decimals they are packed with. Days have none.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen(BTreeMap<u32, Occurrences>);

impl Seen {
    /// Adds the numbers of some rows, of those to whom one was given.
    pub(super) fn add(&mut self, decimals: u32, cells: &Cells, given: &Bits, rows: &Bits) {
        let occurrences = self.0.entry(decimals).or_default();
        occurrences.add(cells, given, &given.and(rows));
    }

    /// Writes down what was seen, and what follows from how often each choice was given.
    pub(super) fn write_down(self, counts: &mut Counts, spec: &Spec) {
        for (decimals, occurrences) in self.0 {
            for (number, n) in occurrences.each() {
                match &spec.shape {
                    Shape::Date => *counts.dates.entry(days::date_of(number)).or_default() += n,
                    _ => counts
                        .values
                        .add_many(Decimal::new(number.into(), decimals), n),
                }
            }
        }
        if let Shape::Choices(choices) = &spec.shape
            && let Some(numbers) = &choices.numbers
        {
            for (number, n) in numbers.iter().zip(&counts.choices) {
                number.iter().for_each(|it| counts.values.add_many(*it, *n));
            }
        }
    }
}

/// How often each whole number is there. What people answer is mostly small: such numbers are counted in place.
#[derive(Clone, Debug, Default)]
struct Occurrences {
    /// Of the numbers from 0 on.
    small: Vec<u64>,
    others: BTreeMap<i32, u64>,
}

/// Rows that are not worth a table of small numbers.
const FEW: u64 = 64;

impl Occurrences {
    fn add(&mut self, cells: &Cells, given: &Bits, rows: &Bits) {
        let n = rows.len();
        if n < FEW {
            for row in rows.rows() {
                *self.others.entry(cells.at(row)).or_default() += 1;
            }
            return;
        }
        match cells {
            Cells::One(cells) => bytes(self.up_to(u8::MAX.into()), cells, given, rows),
            Cells::Two(cells) => {
                let most = cells.iter().copied().max().unwrap_or_default();
                let small = self.up_to(most.into());
                for row in rows.rows() {
                    small[usize::from(cells[row as usize])] += 1;
                }
            }
            Cells::Four(cells) => {
                let mut numbers: Vec<i32> = rows.rows().map(|it| cells[it as usize]).collect();
                numbers.sort_unstable();
                for same in numbers.chunk_by(|a, b| a == b) {
                    *self.others.entry(same[0]).or_default() += same.len() as u64;
                }
            }
        }
    }

    /// The table of small numbers, at least up to this one.
    fn up_to(&mut self, number: usize) -> &mut [u64] {
        if self.small.len() <= number {
            self.small.resize(number + 1, 0);
        }
        &mut self.small
    }

    fn each(self) -> impl Iterator<Item = (i32, u64)> {
        let small = (0..).zip(self.small).filter(|(_, n)| *n > 0);
        small.chain(self.others)
    }
}

/// Counts bytes. Where most rows are counted, all of them are, and the others taken back: those to whom nothing was given
/// hold 0.
fn bytes(table: &mut [u64], cells: &[u8], given: &Bits, rows: &Bits) {
    if 2 * rows.len() <= cells.len() as u64 {
        for row in rows.rows() {
            table[usize::from(cells[row as usize])] += 1;
        }
        return;
    }
    // Several tables in turn: a number that is the same as the one before it does not wait for that one to be counted.
    let mut tables = [[0_u32; 256]; 4];
    let (fours, rest) = cells.as_chunks::<4>();
    for four in fours {
        for (table, cell) in tables.iter_mut().zip(four) {
            table[usize::from(*cell)] += 1;
        }
    }
    for cell in rest {
        tables[0][usize::from(*cell)] += 1;
    }
    for part in &tables {
        table
            .iter_mut()
            .zip(part)
            .for_each(|(n, more)| *n += u64::from(*more));
    }
    table[0] -= cells.len() as u64 - given.len();
    for row in given.without(rows).rows() {
        table[usize::from(cells[row as usize])] -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::Occurrences;
    use crate::dataset::bits::Bits;
    use crate::dataset::cells::Cells;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn every_number_is_counted(
            numbers in proptest::collection::vec((any::<i32>(), 0..6), 0..900),
            largest in prop_oneof![Just(7), Just(255), Just(5_000), Just(i32::MAX)],
            counted in 2..6,
        ) {
            let mut cells = Cells::default();
            let (mut given, mut rows) = (Bits::default(), Bits::default());
            let mut expected: BTreeMap<i32, u64> = BTreeMap::new();
            for (row, (number, part)) in (0..).zip(numbers) {
                if part == 0 {
                    continue;
                }
                let number = if largest == i32::MAX { number } else { number & largest };
                cells.put(row, number);
                given.insert(row);
                if part < counted {
                    rows.insert(row);
                    *expected.entry(number).or_default() += 1;
                }
            }
            let mut seen = Occurrences::default();
            rows.insert(1_000);
            seen.add(&cells, &given, &given.and(&rows));
            let mut found: BTreeMap<i32, u64> = BTreeMap::new();
            seen.each().for_each(|(number, n)| *found.entry(number).or_default() += n);
            prop_assert_eq!(found, expected);
        }
    }
}
