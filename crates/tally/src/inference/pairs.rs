//! Two properties of the same units.

use super::difference::{Difference, Method, around, two_sided};
use super::error::InferenceError;
use super::groups::gap;
use super::interval::{Level, Reach};

/// Below this many units with only one of the two properties, McNemar's test is exact.
const FEW: u128 = 25;

/// Units by which of two properties they have, such as two choices of a several-answers question.
///
/// All counts are possible, but for four of nobody. The base of both percentages is their sum.
///
/// ```
/// use tally::{Level, Pairs};
///
/// let pairs = Pairs { both: 20, only_first: 30, only_second: 10, neither: 40 };
/// assert_eq!(pairs.difference(Level::default())?.points, 20.0);
/// # Ok::<(), tally::InferenceError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Pairs {
    /// Units with both.
    pub both: u64,
    /// Units with the first alone.
    pub only_first: u64,
    /// Units with the second alone.
    pub only_second: u64,
    /// Units with neither.
    pub neither: u64,
}

impl Pairs {
    /// The percentage with the first property less that with the second.
    ///
    /// # The test
    /// Units with both or neither say nothing of which is the more frequent. If chance decides, one with
    /// only one of the two has either as readily: McNemar's test. With fewer than 25 of these it adds up the
    /// binomial distribution, both tails; with more it is `(b − c)² / (b + c)` against chi-square with one
    /// degree of freedom, without continuity correction. When there are none, the p-value is 1.
    ///
    /// # The interval
    /// Newcombe's square-and-add interval of two score intervals, with the correlation of the two properties,
    /// whose numerator is less by half the number of units where it is positive, but not below 0. The
    /// correlation is 0 where all units have one of the properties or none has.
    ///
    /// No frame is taken into account.
    ///
    /// Sources: McNemar, “Note on the sampling error of the difference between correlated proportions or
    /// percentages”, Psychometrika 12 (1947), 153–157; Newcombe, “Improved confidence intervals for the
    /// difference between binomial proportions based on paired data”, Statistics in Medicine 17 (1998),
    /// 2635–2650, method 10.
    ///
    /// # Errors
    /// [`NobodyInBase`](InferenceError::NobodyInBase).
    ///
    /// ```
    /// use tally::{Level, Method, Pairs};
    ///
    /// let pairs = Pairs { both: 59, only_first: 6, only_second: 16, neither: 80 };
    /// let difference = pairs.difference(Level::NinetyFive)?;
    /// assert_eq!(difference.method, Method::McNemarExact);
    /// let interval = difference.interval;
    /// assert_eq!(format!("{:.2} ({:.2} to {:.2})", difference.points, interval.low, interval.high), "-6.21 (-11.86 to -0.46)");
    /// assert_eq!(format!("{:.4}", difference.p_value), "0.0525");
    /// # Ok::<(), tally::InferenceError>(())
    /// ```
    pub fn difference(&self, level: Level) -> Result<Difference, InferenceError> {
        let units = self.units();
        if units == 0 {
            return Err(InferenceError::NobodyInBase);
        }
        let (b, c) = (u128::from(self.only_first), u128::from(self.only_second));
        let points = 100.0 * (gap(b, c) / units as f64);
        let (below, above) = self.reach(level);
        let (statistic, p_value, method) = if b + c < FEW {
            let fewer = b.min(c);
            (fewer as f64, both_tails(fewer, b + c), Method::McNemarExact)
        } else {
            let z = gap(b, c) / ((b + c) as f64).sqrt();
            (z * z, two_sided(z), Method::McNemarChiSquare)
        };
        Ok(Difference {
            points,
            interval: around(points, 100.0 * below, 100.0 * above),
            statistic,
            p_value,
            method,
        })
    }

    fn units(&self) -> u128 {
        [self.both, self.only_first, self.only_second, self.neither]
            .into_iter()
            .map(u128::from)
            .sum()
    }

    /// How far the interval reaches below and above the difference, as fractions of one.
    fn reach(&self, level: Level) -> (f64, f64) {
        let reach_of = |with: u128| {
            let without = self.units() - with;
            Reach::new(with as f64, without as f64, 1.0, level)
        };
        let first = reach_of(u128::from(self.both) + u128::from(self.only_first));
        let second = reach_of(u128::from(self.both) + u128::from(self.only_second));
        let correlation = self.correlation();
        // At least `(x − y)²`, hence never below 0, but for rounding.
        let joined = |x: f64, y: f64| {
            let squared = x * x - 2.0 * correlation * x * y + y * y;
            squared.max(0.0).sqrt()
        };
        (
            joined(first.below, second.above),
            joined(first.above, second.below),
        )
    }

    /// Of the two properties, with the numerator drawn towards 0 from above.
    fn correlation(&self) -> f64 {
        let [a, b, c, d] = [self.both, self.only_first, self.only_second, self.neither];
        let product = |x: u64, y: u64| u128::from(x) * u128::from(y);
        let mut numerator = gap(product(a, d), product(b, c));
        if numerator > 0.0 {
            numerator = (numerator - self.units() as f64 / 2.0).max(0.0);
        }
        let margins: f64 = [(a, b), (c, d), (a, c), (b, d)]
            .into_iter()
            .map(|(x, y)| (u128::from(x) + u128::from(y)) as f64)
            .product();
        if margins > 0.0 {
            numerator / margins.sqrt()
        } else {
            0.0
        }
    }
}

/// How often at most `fewer`, or at least `of − fewer`, of `of` coins show heads; `of` is below [`FEW`].
fn both_tails(fewer: u128, of: u128) -> f64 {
    let (mut ways, mut sum) = (1, 0);
    for heads in 0..=fewer {
        sum += ways;
        ways = ways * (of - heads) / (heads + 1);
    }
    (2.0 * sum as f64 / (1_u128 << of) as f64).min(1.0)
}
