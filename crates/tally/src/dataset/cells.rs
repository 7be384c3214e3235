//! Whole numbers by row, in as few bytes as the largest of them needs.

use super::bits::Bits;

/// A whole number for each row. Rows that none was put in hold 0, and who counts relies on it.
#[derive(Clone, Debug)]
pub(super) enum Cells {
    One(Vec<u8>),
    Two(Vec<u16>),
    Four(Vec<i32>),
}

impl Default for Cells {
    fn default() -> Self {
        Self::One(Vec::new())
    }
}

impl Cells {
    pub(super) fn put(&mut self, row: u32, value: i32) {
        match self {
            Self::One(cells) => match u8::try_from(value) {
                Ok(value) => put(cells, row, value),
                Err(_) => self.widened().put(row, value),
            },
            Self::Two(cells) => match u16::try_from(value) {
                Ok(value) => put(cells, row, value),
                Err(_) => self.widened().put(row, value),
            },
            Self::Four(cells) => put(cells, row, value),
        }
    }

    /// The same numbers with more bytes each.
    fn widened(&mut self) -> &mut Self {
        *self = match self {
            Self::One(cells) => Self::Two(cells.iter().map(|it| (*it).into()).collect()),
            Self::Two(cells) => Self::Four(cells.iter().map(|it| (*it).into()).collect()),
            Self::Four(cells) => Self::Four(std::mem::take(cells)),
        };
        self
    }

    /// Every number so many times; `None` if one would not fit.
    pub(super) fn times(&self, factor: i32) -> Option<Self> {
        let mut cells = Self::default();
        for (row, it) in (0..).zip(self.iter()) {
            cells.put(row, it.checked_mul(factor)?);
        }
        Some(cells)
    }

    pub(super) fn at(&self, row: u32) -> i32 {
        let at = row as usize;
        match self {
            Self::One(cells) => cells.get(at).copied().unwrap_or_default().into(),
            Self::Two(cells) => cells.get(at).copied().unwrap_or_default().into(),
            Self::Four(cells) => cells.get(at).copied().unwrap_or_default(),
        }
    }

    /// The cells that there are, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = i32> + '_ {
        (0..self.len() as u32).map(|row| self.at(row))
    }

    fn len(&self) -> usize {
        match self {
            Self::One(cells) => cells.len(),
            Self::Two(cells) => cells.len(),
            Self::Four(cells) => cells.len(),
        }
    }

    /// The rows whose number is from `low` to `high`, both included. What rows without a number hold counts too.
    pub(super) fn within(&self, low: i64, high: i64) -> Bits {
        let range = (low, high);
        match self {
            Self::One(cells) => words(cells, range, (u8::MIN.into(), u8::MAX.into())),
            Self::Two(cells) => words(cells, range, (u16::MIN.into(), u16::MAX.into())),
            Self::Four(cells) => words(cells, range, (i32::MIN.into(), i32::MAX.into())),
        }
    }

    /// Gives back what more cells would have needed.
    pub(super) fn settle(&mut self) {
        match self {
            Self::One(cells) => cells.shrink_to_fit(),
            Self::Two(cells) => cells.shrink_to_fit(),
            Self::Four(cells) => cells.shrink_to_fit(),
        }
    }

    /// Bytes on the heap.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::One(cells) => cells.capacity(),
            Self::Two(cells) => cells.capacity() * size_of::<u16>(),
            Self::Four(cells) => cells.capacity() * size_of::<i32>(),
        }
    }
}

fn put<T: Copy + Default>(cells: &mut Vec<T>, row: u32, value: T) {
    let at = row as usize;
    if cells.len() <= at {
        cells.resize(at + 1, T::default());
    }
    cells[at] = value;
}

/// The rows of the cells in a range, of all that such a cell can hold.
fn words<T>(cells: &[T], (low, high): (i64, i64), (least, most): (i64, i64)) -> Bits
where
    T: Copy + PartialOrd + TryFrom<i64>,
{
    let (low, high) = (low.max(least), high.min(most));
    let bounds = (low <= high).then(|| (T::try_from(low).ok(), T::try_from(high).ok()));
    let Some((Some(low), Some(high))) = bounds else {
        return Bits::default();
    };
    let words = cells.chunks(64).map(|cells| {
        let mut are = [0_u8; 64];
        for (is, cell) in are.iter_mut().zip(cells) {
            *is = u8::from(low <= *cell) & u8::from(*cell <= high);
        }
        let (eights, _) = are.as_chunks::<8>();
        let bytes = eights.iter().map(|it| packed(u64::from_le_bytes(*it)));
        bytes.rev().fold(0, |word, byte| word << 8 | byte)
    });
    Bits::of_words(words)
}

/// Eight bytes that are 0 or 1 as eight bits. The factor moves each of them to its place in the highest byte, and no two
/// to the same place anywhere.
const fn packed(bytes: u64) -> u64 {
    bytes.wrapping_mul(0x0102_0408_1020_4080) >> 56
}

#[cfg(test)]
mod tests {
    use super::Cells;
    use proptest::prelude::*;

    fn numbers() -> impl Strategy<Value = Vec<i32>> {
        let number = prop_oneof![0..300, 0..100_000, -70_000..70_000, any::<i32>()];
        let widest = prop_oneof![Just(255), Just(65_535), Just(i32::MAX)];
        (proptest::collection::vec(number, 0..300), widest).prop_map(|(numbers, widest)| {
            let narrow = |it: i32| if widest == i32::MAX { it } else { it & widest };
            numbers.into_iter().map(narrow).collect()
        })
    }

    proptest! {
        #[test]
        fn what_is_put_is_there(numbers in numbers(), low in -300_i64..70_000, span in -10_i64..70_000) {
            let mut cells = Cells::default();
            (0..).zip(&numbers).for_each(|(row, it)| cells.put(row, *it));
            prop_assert!(cells.iter().eq(numbers.iter().copied()));
            let high = low + span;
            let expected = (0..).zip(&numbers).filter(|it| (low..=high).contains(&i64::from(*it.1)));
            let expected: Vec<u32> = expected.map(|it| it.0).collect();
            prop_assert_eq!(cells.within(low, high).rows().collect::<Vec<u32>>(), expected);
            let all: Vec<u32> = (0..numbers.len() as u32).collect();
            prop_assert_eq!(cells.within(i64::MIN, i64::MAX).rows().collect::<Vec<u32>>(), all);
        }
    }
}
