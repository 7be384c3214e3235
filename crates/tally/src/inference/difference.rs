//! What is said of two percentages.

use super::interval::Interval;

/// The first percentage less the second, and whether chance explains it.
///
/// The test asks whether the two are the same and the interval where their difference lies. They are made
/// by different rules: close to the level, an interval can hold 0 where the p-value is just below, or
/// the other way round.
///
/// ```
/// use tally::{Groups, Level, Method, Share};
///
/// let groups = Groups::disjoint(Share::new(56, 70), Share::new(48, 80));
/// let found = groups.difference(Level::NinetyFive)?;
/// assert_eq!(found.method, Method::PooledZ);
/// let [low, high] = [found.interval.low, found.interval.high];
/// assert_eq!(format!("{:.1} points ({low:.1} to {high:.1})", found.points), "20.0 points (5.2 to 33.4)");
/// # Ok::<(), tally::InferenceError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// The difference in percentage points, unrounded.
    pub points: f64,
    /// Where the difference lies, in percentage points, at the level asked for.
    pub interval: Interval,
    /// What the test is of; [`Method`] says what it is. It has no unit.
    pub statistic: f64,
    /// How often chance makes a difference at least as large, up or down, where there is none: from 0 to 1.
    pub p_value: f64,
    /// Which test was used.
    pub method: Method,
}

/// The test behind a [`Difference`].
///
/// ```
/// use tally::{Level, Method, Pairs};
///
/// let pairs = Pairs { only_first: 15, only_second: 10, ..Pairs::default() };
/// assert_eq!(pairs.difference(Level::default())?.method, Method::McNemarChiSquare);
/// # Ok::<(), tally::InferenceError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// Two groups without common units: z with a pooled variance. The statistic is z; its square is
    /// Pearson's chi-square.
    PooledZ,
    /// Two groups with common units: z whose variance is less by what both have in common. The statistic
    /// is z.
    OverlapZ,
    /// Two properties of the same units, few of which have only one: McNemar's test by the binomial
    /// distribution. The statistic is the smaller of the two counts.
    McNemarExact,
    /// The same with many of them: McNemar's chi-square with one degree of freedom, without correction.
    /// The statistic is chi-square.
    McNemarChiSquare,
}

/// How often a standard normal variable is at least that far from 0.
pub(super) fn two_sided(z: f64) -> f64 {
    libm::erfc(z.abs() * std::f64::consts::FRAC_1_SQRT_2)
}

/// `points` less and plus these, within what a difference can be.
pub(super) fn around(points: f64, below: f64, above: f64) -> Interval {
    Interval {
        low: (points - below).max(-100.0),
        high: (points + above).min(100.0),
    }
}
