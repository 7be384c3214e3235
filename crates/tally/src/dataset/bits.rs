//! Sets of rows.

/// A set of rows of a chunk, as words of 64 bits. Words at the end that would hold nothing are not there, so a
/// set that nothing is in costs nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    pub(super) fn insert(&mut self, row: u32) {
        let (word, bit) = place(row);
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= bit;
    }

    pub(super) fn remove(&mut self, row: u32) {
        let (word, bit) = place(row);
        if let Some(it) = self.0.get_mut(word) {
            *it &= !bit;
        }
    }

    pub(super) fn has(&self, row: u32) -> bool {
        let (word, bit) = place(row);
        self.0.get(word).is_some_and(|it| it & bit != 0)
    }

    pub(super) fn len(&self) -> u64 {
        self.0.iter().map(|it| u64::from(it.count_ones())).sum()
    }

    /// How many rows both have.
    pub(super) fn len_with(&self, other: &Self) -> u64 {
        let words = self.0.iter().zip(&other.0);
        words.map(|(a, b)| u64::from((a & b).count_ones())).sum()
    }

    pub(super) fn and(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(a, b)| a & b).collect())
    }

    pub(super) fn without(&self, other: &Self) -> Self {
        let others = other.0.iter().copied().chain(std::iter::repeat(0));
        Self(self.0.iter().zip(others).map(|(a, b)| a & !b).collect())
    }

    pub(super) fn or(&self, other: &Self) -> Self {
        let mut both = self.clone();
        both.add(other);
        both
    }

    pub(super) fn add(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }

    /// The rows, in order.
    pub(super) fn rows(&self) -> impl Iterator<Item = u32> + '_ {
        let words = (0_u32..).step_by(64).zip(&self.0);
        words.flat_map(|(first, word)| Ones(*word).map(move |bit| first + bit))
    }

    /// Bytes on the heap.
    pub(super) fn size(&self) -> usize {
        self.0.capacity() * size_of::<u64>()
    }
}

impl FromIterator<u32> for Bits {
    fn from_iter<I: IntoIterator<Item = u32>>(rows: I) -> Self {
        let mut it = Self::default();
        rows.into_iter().for_each(|row| it.insert(row));
        it
    }
}

fn place(row: u32) -> (usize, u64) {
    (row as usize / 64, 1 << (row % 64))
}

/// The bits of a word.
struct Ones(u64);

impl Iterator for Ones {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let bit = self.0.trailing_zeros();
        self.0 &= self.0.wrapping_sub(1);
        (bit < u64::BITS).then_some(bit)
    }
}

#[cfg(test)]
mod tests {
    use super::Bits;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn rows() -> impl Strategy<Value = BTreeSet<u32>> {
        proptest::collection::btree_set(0_u32..400, 0..60)
    }

    proptest! {
        #[test]
        fn they_are_sets(a in rows(), b in rows(), gone in 0_u32..400) {
            let bits = |it: &BTreeSet<u32>| it.iter().copied().collect::<Bits>();
            let set = |it: &Bits| it.rows().collect::<BTreeSet<u32>>();
            let (x, y) = (bits(&a), bits(&b));
            prop_assert_eq!(&set(&x), &a);
            prop_assert_eq!(x.len(), a.len() as u64);
            prop_assert_eq!(x.has(gone), a.contains(&gone));
            prop_assert_eq!(set(&x.and(&y)), a.intersection(&b).copied().collect());
            prop_assert_eq!(set(&x.without(&y)), a.difference(&b).copied().collect());
            prop_assert_eq!(x.len_with(&y), a.intersection(&b).count() as u64);
            let mut both = x.or(&y);
            prop_assert_eq!(set(&both), a.union(&b).copied().collect());
            both.remove(gone);
            prop_assert!(!both.has(gone));
        }
    }
}
