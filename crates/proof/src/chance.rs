//! Chance from a seed: the same numbers everywhere, for ever.
//!
//! The stream is that of `ChaCha8` with the seed as its key (little-endian, the rest zero) and the
//! number of the draw as its nonce, read as 64-bit words. Both are fixed by the cipher, so neither a
//! platform nor a new version of a crate changes a cohort; streams of different draws have nothing
//! to do with each other. Only whole numbers are used: no logarithm that a platform rounds its way.

use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Rng as _, SeedableRng as _};

/// See the [module](self).
#[derive(Debug)]
pub(crate) struct Chance(ChaCha8Rng);

impl Chance {
    pub(crate) fn new(seed: u64, nth: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        let mut stream = ChaCha8Rng::from_seed(key);
        stream.set_stream(nth);
        Self(stream)
    }

    pub(crate) fn word(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number below `n`, each as likely as the others; 0 if there is none.
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        if n < 2 {
            return 0;
        }
        // Words of the last, incomplete round would favour small numbers.
        let excess = (u64::MAX % n + 1) % n;
        loop {
            let word = self.word();
            if word <= u64::MAX - excess {
                return word % n;
            }
        }
    }

    /// A whole number between two, both included.
    pub(crate) fn between(&mut self, low: i128, high: i128) -> i128 {
        let n = u64::try_from((high - low).max(0)).unwrap_or(u64::MAX - 1) + 1;
        low + i128::from(self.below(n))
    }

    /// Whether something happens that happens so many times in a thousand.
    pub(crate) fn happens(&mut self, in_a_thousand: u64) -> bool {
        self.below(1_000) < in_a_thousand
    }

    /// One of these.
    pub(crate) fn pick<'t, T>(&mut self, them: &'t [T]) -> Option<&'t T> {
        them.get(self.below(them.len() as u64) as usize)
    }

    /// The same in another order.
    pub(crate) fn shuffle<T>(&mut self, them: &mut [T]) {
        for last in (1..them.len()).rev() {
            them.swap(last, self.below(last as u64 + 1) as usize);
        }
    }

    /// An identifier in the form of a UUID of version 8, whose bits are the maker's own: nothing
    /// claims that they came from a system's randomness.
    pub(crate) fn identifier(&mut self) -> String {
        let (high, low) = (self.word(), self.word());
        format!(
            "{:08x}-{:04x}-8{:03x}-{:x}{:03x}-{:012x}",
            high >> 32,
            high >> 16 & 0xffff,
            high & 0xfff,
            8 | low >> 62,
            low >> 48 & 0xfff,
            low & 0xffff_ffff_ffff,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Chance;

    /// Fixed for ever: a cohort is known by its seed.
    #[test]
    fn the_stream_of_a_seed_is_always_the_same() {
        let mut it = Chance::new(7, 3);
        let words: Vec<u64> = (0..3).map(|_| it.below(1_000_000)).collect();
        assert_eq!(words, [190_366, 893_962, 556_749]);
        assert_eq!(it.identifier(), "0b10ff77-16bc-8ece-8061-fd7bc071349d");
    }

    /// The first block of `ChaCha8` for a key and a nonce of zeros, as published with the cipher.
    #[test]
    fn the_stream_is_that_of_the_cipher() {
        let first = Chance::new(0, 0).word().to_le_bytes();
        assert_eq!(first, [0x3e, 0x00, 0xef, 0x2f, 0x89, 0x5f, 0x40, 0xd6]);
    }

    #[test]
    fn every_number_below_is_as_likely() {
        let mut it = Chance::new(1, 0);
        let mut seen = [0; 5];
        for _ in 0..5_000 {
            seen[it.below(5) as usize] += 1;
        }
        assert!(seen.iter().all(|it| (900..1_100).contains(it)), "{seen:?}");
        assert_eq!((it.below(0), it.below(1), it.between(4, 2)), (0, 0, 4));
    }
}
