//! Sets of rows.

use std::borrow::Cow;
use std::sync::Arc;

use super::popcount::shared;

/// A set of rows of a chunk, as words of 64 bits. Words at the end that would hold nothing are not there, so a
/// set that nothing is in costs nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Bits {
    own: Vec<u64>,
    /// Where the set is instead, once it has been laid.
    laid: Option<Laid>,
}

/// One of many sets that lie behind each other.
#[derive(Clone, Debug)]
enum Laid {
    Words(Part<u64>),
    /// The rows themselves, ascending, where there are few.
    Rows(Part<u16>),
}

#[derive(Clone, Debug)]
struct Part<T> {
    all: Arc<[T]>,
    from: u32,
    to: u32,
}

impl<T> Part<T> {
    fn of(all: &Arc<[T]>, from: usize, n: usize) -> Self {
        Self {
            all: Arc::clone(all),
            from: from as u32,
            to: (from + n) as u32,
        }
    }

    fn get(&self) -> &[T] {
        &self.all[self.from as usize..self.to as usize]
    }
}

/// Lays sets behind each other in memory, in their order. Whoever reads them in that order reads forwards, which memory is
/// several times faster at; and their copies are this same memory.
pub(super) fn lay<'b>(sets: impl IntoIterator<Item = &'b mut Bits>) {
    let mut sets: Vec<&mut Bits> = sets.into_iter().collect();
    let (mut words, mut rows) = (Vec::new(), Vec::new());
    let places = sets.iter().map(|it| {
        let place = (words.len(), rows.len());
        match it.few() {
            Some(few) => rows.extend(few),
            None => words.extend_from_slice(&it.words()),
        }
        place
    });
    let mut places: Vec<(usize, usize)> = places.collect();
    places.push((words.len(), rows.len()));
    let (words, rows): (Arc<[u64]>, Arc<[u16]>) = (words.into(), rows.into());
    for (it, place) in sets.iter_mut().zip(places.windows(2)) {
        let ((word, row), (next_word, next_row)) = (place[0], place[1]);
        it.own = Vec::new();
        it.laid = Some(match next_row > row {
            true => Laid::Rows(Part::of(&rows, row, next_row - row)),
            false => Laid::Words(Part::of(&words, word, next_word - word)),
        });
    }
}

impl Bits {
    /// The rows, where a list of them takes an eighth of their words at most and is not slower to go through: of the many
    /// codes of a long list most are such.
    fn few(&self) -> Option<Vec<u16>> {
        let (n, words) = (self.len(), self.words().len() as u64);
        if n == 0 || 2 * n > words {
            return None;
        }
        self.rows().map(|it| u16::try_from(it).ok()).collect()
    }

    /// The words or the rows: the others are not there.
    fn parts(&self) -> (&[u64], &[u16]) {
        match &self.laid {
            None => (&self.own, &[]),
            Some(Laid::Words(it)) => (it.get(), &[]),
            Some(Laid::Rows(it)) => (&[], it.get()),
        }
    }

    fn words(&self) -> Cow<'_, [u64]> {
        match self.parts() {
            (words, []) => Cow::Borrowed(words),
            (_, rows) => Cow::Owned(rows.iter().map(|it| u32::from(*it)).collect::<Self>().own),
        }
    }

    /// The words, to be changed.
    fn own(&mut self) -> &mut Vec<u64> {
        if self.laid.is_some() {
            self.own = self.words().into_owned();
            self.laid = None;
        }
        &mut self.own
    }

    pub(super) fn insert(&mut self, row: u32) {
        let (word, bit) = place(row);
        let words = self.own();
        if words.len() <= word {
            words.resize(word + 1, 0);
        }
        words[word] |= bit;
    }

    pub(super) fn remove(&mut self, row: u32) {
        let (word, bit) = place(row);
        if let Some(it) = self.own().get_mut(word) {
            *it &= !bit;
        }
    }

    pub(super) fn has(&self, row: u32) -> bool {
        match self.parts() {
            (words, []) => bit(words, row) == 1,
            (_, rows) => rows.binary_search_by_key(&row, |it| (*it).into()).is_ok(),
        }
    }

    pub(super) fn len(&self) -> u64 {
        let (words, rows) = self.parts();
        shared(words, words) + rows.len() as u64
    }

    /// How many rows both have.
    pub(super) fn len_with(&self, other: &Self) -> u64 {
        match (self.parts(), other.parts()) {
            ((a, []), (b, [])) => shared(a, b),
            ((words, []), (_, rows)) | ((_, rows), (words, [])) => {
                rows.iter().map(|it| bit(words, (*it).into())).sum()
            }
            (_, (_, rows)) => rows.iter().filter(|it| self.has((**it).into())).count() as u64,
        }
    }

    pub(super) fn and(&self, other: &Self) -> Self {
        let (words, others) = (self.words(), other.words());
        Self::of_words(words.iter().zip(others.iter()).map(|(a, b)| a & b))
    }

    pub(super) fn without(&self, other: &Self) -> Self {
        let (words, others) = (self.words(), other.words());
        let others = others.iter().copied().chain(std::iter::repeat(0));
        Self::of_words(words.iter().zip(others).map(|(a, b)| a & !b))
    }

    pub(super) fn or(&self, other: &Self) -> Self {
        let mut both = self.clone();
        both.add(other);
        both
    }

    pub(super) fn add(&mut self, other: &Self) {
        let (others, rows) = other.parts();
        let words = self.own();
        if words.len() < others.len() {
            words.resize(others.len(), 0);
        }
        words.iter_mut().zip(others).for_each(|(a, b)| *a |= b);
        rows.iter().for_each(|it| self.insert((*it).into()));
    }

    /// The rows, in order.
    pub(super) fn rows(&self) -> impl Iterator<Item = u32> + '_ {
        let (words, rows) = self.parts();
        let words = (0_u32..).step_by(64).zip(words);
        let of_words = words.flat_map(|(first, word)| Ones(*word).map(move |bit| first + bit));
        of_words.chain(rows.iter().map(|it| u32::from(*it)))
    }

    /// The first word has rows 0 to 63, and so on.
    pub(super) fn of_words(words: impl Iterator<Item = u64>) -> Self {
        Self {
            own: words.collect(),
            laid: None,
        }
    }

    /// Bytes on the heap.
    pub(super) fn size(&self) -> usize {
        let laid = match &self.laid {
            None => 0,
            Some(Laid::Words(it)) => size_of_val(it.get()),
            Some(Laid::Rows(it)) => size_of_val(it.get()),
        };
        self.own.capacity() * size_of::<u64>() + laid
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

/// 1 for a row that is there, else 0.
fn bit(words: &[u64], row: u32) -> u64 {
    let word = words.get(row as usize / 64).copied().unwrap_or_default();
    word >> (row % 64) & 1
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
    use super::{Bits, lay};
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn rows() -> impl Strategy<Value = BTreeSet<u32>> {
        // More than the words that are added at once, and a rest; few rows, and many.
        prop_oneof![
            proptest::collection::btree_set(0_u32..5_000, 0..40),
            proptest::collection::btree_set(0_u32..5_000, 0..2_000),
            proptest::collection::btree_set(65_000_u32..70_000, 0..3),
        ]
    }

    fn set(it: &Bits) -> BTreeSet<u32> {
        it.rows().collect()
    }

    fn are_sets(x: &Bits, y: &Bits, a: &BTreeSet<u32>, b: &BTreeSet<u32>, row: u32) {
        assert_eq!(&set(x), a);
        assert_eq!(x.len(), a.len() as u64);
        assert_eq!(x.has(row), a.contains(&row));
        assert_eq!(set(&x.and(y)), a.intersection(b).copied().collect());
        assert_eq!(set(&x.without(y)), a.difference(b).copied().collect());
        assert_eq!(x.len_with(y), a.intersection(b).count() as u64);
        let mut both = x.or(y);
        assert_eq!(set(&both), a.union(b).copied().collect());
        both.remove(row);
        assert!(!both.has(row));
        both.insert(row);
        assert!(both.has(row));
    }

    proptest! {
        #[test]
        fn they_are_sets(a in rows(), b in rows(), row in 0_u32..5_000) {
            let [x, y] = [&a, &b].map(|it| it.iter().copied().collect::<Bits>());
            are_sets(&x, &y, &a, &b, row);
            // So they are when they have been laid, with each other and with others.
            let mut laid = [x.clone(), Bits::default(), y.clone()];
            lay(&mut laid);
            prop_assert!(laid[1].rows().next().is_none());
            are_sets(&laid[0], &laid[2], &a, &b, row);
            are_sets(&laid[0], &y, &a, &b, row);
            are_sets(&x, &laid[2], &a, &b, row);
            prop_assert!(laid.iter().map(Bits::size).sum::<usize>() <= x.size() + y.size());
            let mut changed = laid[0].clone();
            changed.insert(row);
            prop_assert!(changed.has(row));
            prop_assert_eq!(&set(&laid[0]), &a, "a copy is another set");
        }
    }
}
