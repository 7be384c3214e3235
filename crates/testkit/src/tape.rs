//! Random choices, from a seed or from proptest.
//!
//! A generator asks a [`Tape`] for one number after the other. Proptest hands it a list of numbers
//! and makes that list shorter and its numbers smaller when a law fails; a tape that has run out
//! gives zeros, and zero is always the plainest choice. So cases shrink without a second generator.

/// A source of choices.
#[derive(Clone, Debug)]
pub struct Tape {
    from: From,
}

#[derive(Clone, Debug)]
enum From {
    /// SplitMix64: the state is enough to say what comes next.
    Seed(u64),
    List(std::vec::IntoIter<u32>),
}

impl Tape {
    /// An endless tape: the same seed gives the same choices, everywhere.
    #[must_use]
    pub const fn of_seed(seed: u64) -> Self {
        Self {
            from: From::Seed(seed),
        }
    }

    /// These numbers, then zeros.
    #[must_use]
    pub fn of_list(numbers: Vec<u32>) -> Self {
        Self {
            from: From::List(numbers.into_iter()),
        }
    }

    fn next(&mut self) -> u32 {
        match &mut self.from {
            From::List(numbers) => numbers.next().unwrap_or(0),
            From::Seed(state) => {
                *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
                let mut it = *state;
                it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
                it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
                ((it ^ (it >> 31)) >> 32) as u32
            }
        }
    }

    /// A number below `n`; 0 when `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        let it = self.next() as usize;
        if n == 0 { 0 } else { it % n }
    }

    /// True in so many of 100 cases, and never on a tape that has run out.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent.min(100)
    }

    /// One of these, the first one being the plainest.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let at = self.below(from.len());
        from.get(at)
    }

    /// The numbers below `n` in any order.
    pub fn shuffled(&mut self, n: usize) -> Vec<usize> {
        let mut all: Vec<usize> = (0..n).collect();
        for at in (1..n).rev() {
            // A tape that has run out leaves everything in its place.
            let other = at - self.below(at + 1);
            all.swap(at, other);
        }
        all
    }
}
