//! Counting bits.

/// Words that are added at once: as many as two registers of the oldest x86-64 hold.
const LANES: usize = 4;
/// Words that are added before bits are counted.
const BLOCK: usize = 8 * LANES;

type Lanes = [u64; LANES];

/// How many bits two sets share.
///
/// Counting the bits of a word takes a dozen operations where the processor has none for it, and programs that run
/// everywhere may not use the one that it has. So words are added first, bit by bit (Harley and Seal): `ones`, `twos` and
/// `fours` are the digits of 64 sums at once, and only what carries out of eight words is counted.
pub(super) fn shared(a: &[u64], b: &[u64]) -> u64 {
    let n = a.len().min(b.len());
    let (a, a_rest) = a[..n].as_chunks::<BLOCK>();
    let (b, b_rest) = b[..n].as_chunks::<BLOCK>();
    let [mut ones, mut twos, mut fours, mut eights] = [[0; LANES]; 4];
    for (a, b) in a.iter().zip(b) {
        let at = |nth: usize| -> Lanes {
            std::array::from_fn(|lane| a[nth * LANES + lane] & b[nth * LANES + lane])
        };
        let (two_a, sum) = added(ones, at(0), at(1));
        let (two_b, sum) = added(sum, at(2), at(3));
        let (four_a, sum_of_twos) = added(twos, two_a, two_b);
        let (two_a, sum) = added(sum, at(4), at(5));
        let (two_b, sum) = added(sum, at(6), at(7));
        let (four_b, sum_of_twos) = added(sum_of_twos, two_a, two_b);
        let (eight, sum_of_fours) = added(fours, four_a, four_b);
        (ones, twos, fours) = (sum, sum_of_twos, sum_of_fours);
        let counts = eights.iter_mut().zip(eight);
        counts.for_each(|(n, word)| *n += u64::from(word.count_ones()));
    }
    let rest = a_rest.iter().zip(b_rest);
    let rest: u64 = rest.map(|(a, b)| u64::from((a & b).count_ones())).sum();
    8 * eights.iter().sum::<u64>() + 4 * counted(fours) + 2 * counted(twos) + counted(ones) + rest
}

/// Three numbers of one digit are one of two digits: carry and sum of each bit.
fn added(a: Lanes, b: Lanes, c: Lanes) -> (Lanes, Lanes) {
    let carry = std::array::from_fn(|it| (a[it] & b[it]) | ((a[it] ^ b[it]) & c[it]));
    let sum = std::array::from_fn(|it| a[it] ^ b[it] ^ c[it]);
    (carry, sum)
}

fn counted(words: Lanes) -> u64 {
    words.iter().map(|it| u64::from(it.count_ones())).sum()
}
