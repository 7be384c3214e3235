//! Controls: what the corrections are for, shown where they are left out.

use tally::{Groups, Level, Share};

/// SplitMix64 (Steele, Lea and Flood, 2014): the same stream everywhere.
struct Stream(u64);

impl Stream {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// How many of `units` have a property that each has with this probability.
    fn share(&mut self, units: u64, p: f64) -> Share {
        let bound = (p * u64::MAX as f64) as u64;
        let n = (0..units).filter(|_| self.next() < bound).count() as u64;
        Share::new(n, units)
    }
}

fn sum(a: Share, b: Share) -> Share {
    Share::new(a.n + b.n, a.base + b.base)
}

/// How many of so many studies reject at 5 %, with the overlap in the variance and without; and how many
/// intervals hold the true difference.
fn rejected(studies: u32, seed: u64, p: [f64; 3]) -> [f64; 3] {
    let mut stream = Stream(seed);
    let (mut aware, mut naive, mut held) = (0, 0, 0);
    let truth =
        100.0 * ((90.0 * p[0] + 210.0 * p[2]) / 300.0 - (40.0 * p[1] + 210.0 * p[2]) / 250.0);
    for _ in 0..studies {
        let [only_a, only_b, both] =
            [(90, p[0]), (40, p[1]), (210, p[2])].map(|(units, p)| stream.share(units, p));
        let (a, b) = (sum(only_a, both), sum(only_b, both));
        let found = Groups { a, b, both }.difference(Level::NinetyFive).unwrap();
        let apart = Groups::disjoint(a, b)
            .difference(Level::NinetyFive)
            .unwrap();
        aware += u32::from(found.p_value < 0.05);
        naive += u32::from(apart.p_value < 0.05);
        held += u32::from(found.interval.holds(truth));
    }
    [aware, naive, held].map(|it| f64::from(it) / f64::from(studies))
}

/// 300 and 250 people, 210 of them in both groups; all have the property with probability 0.4. A test at
/// 5 % has to reject one study in twenty. The one that takes 340 people for 550 hardly ever does: it would
/// hardly ever find a true difference either. This is why the overlap has to be known.
#[test]
fn a_test_that_overlooks_the_overlap_does_not_keep_its_level() {
    let [aware, naive, held] = rejected(4000, 7, [0.4; 3]);
    assert!((0.04..0.06).contains(&aware), "{aware}");
    assert!(naive < 0.01, "{naive}");
    assert!((0.94..0.97).contains(&held), "{held}");
}

#[test]
fn a_test_that_overlooks_the_overlap_misses_true_differences() {
    let [aware, naive, held] = rejected(4000, 11, [0.55, 0.3, 0.4]);
    assert!(aware > 0.75, "{aware}");
    assert!(naive < 0.35, "{naive}");
    assert!((0.94..0.97).contains(&held), "{held}");
}

/// Binomial coefficients: `rows[n][k]`.
fn pascal(most: usize) -> Vec<Vec<u128>> {
    let mut rows = vec![vec![1]];
    for _ in 0..most {
        let last: &Vec<u128> = rows.last().unwrap();
        let mut row = vec![1];
        row.extend(last.windows(2).map(|it| it[0] + it[1]));
        row.push(1);
        rows.push(row);
    }
    rows
}

/// How often the interval holds the true percentage when `base` of 62 CLS answer, whichever they are: the
/// mean over every number of CLS that can have the property, exactly.
fn coverage(base: u64, frame: Option<u64>) -> f64 {
    const CLS: u64 = 62;
    let ways = pascal(CLS as usize);
    let choose = |n: u64, k: u64| ways[n as usize].get(k as usize).copied().unwrap_or(0) as f64;
    let mut held = 0.0;
    for having in 0..=CLS {
        let truth = 100.0 * having as f64 / CLS as f64;
        for n in (base + having).saturating_sub(CLS)..=base.min(having) {
            let interval = Share::new(n, base)
                .wilson(frame, Level::NinetyFive)
                .unwrap();
            if interval.holds(truth) {
                held += choose(having, n) * choose(CLS - having, base - n) / choose(CLS, base);
            }
        }
    }
    held / (CLS + 1) as f64
}

#[test]
fn an_interval_that_overlooks_the_frame_is_too_wide() {
    for base in [20, 30, 40, 50] {
        let (with, without) = (coverage(base, Some(62)), coverage(base, None));
        assert!((0.93..0.97).contains(&with), "{base}: {with}");
        assert!(without > with + 0.01, "{base}: {without}");
    }
    assert!(coverage(50, None) > 0.999);
}
