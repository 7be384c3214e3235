//! The same property in two groups, which may have units in common.

use super::difference::{Difference, Method, around, two_sided};
use super::error::InferenceError;
use super::interval::{Level, Reach};
use super::share::Share;

/// One property in two groups of the same unit of analysis.
///
/// A unit may be in both: somebody who has a CLS and an ASV is. It answered once, so what it has it has in
/// both groups. A part and the whole are two groups too, with `both` equal to the part.
///
/// ```
/// use tally::{Groups, Level, Share};
///
/// // 40 respondents in rural places against all 130, themselves among these.
/// let rural = Share::new(26, 40);
/// let groups = Groups { a: rural, b: Share::new(65, 130), both: rural };
/// assert_eq!(groups.difference(Level::default())?.points, 15.0);
/// # Ok::<(), tally::InferenceError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Groups {
    /// Those of the first group with the property, and the first group.
    pub a: Share,
    /// Those of the second group with the property, and the second group.
    pub b: Share,
    /// Those in both groups with the property, and those in both groups; `0` of `0` when there are none.
    pub both: Share,
}

impl Groups {
    /// Two groups without common units.
    ///
    /// ```
    /// use tally::{Groups, Share};
    /// let groups = Groups::disjoint(Share::new(1, 2), Share::new(3, 4));
    /// assert_eq!(groups.both, Share::new(0, 0));
    /// ```
    #[must_use]
    pub const fn disjoint(a: Share, b: Share) -> Self {
        let both = Share::new(0, 0);
        Self { a, b, both }
    }

    /// The percentage in the first group less that in the second.
    ///
    /// # The test
    /// Let unit `i` have the property with probability `p`, whatever group it is in and whatever the others
    /// have; this is the hypothesis. With `y = 1` for those that have it, `p_a = Σ y / n_a` over the first
    /// group, and likewise `p_b`. The covariance of the two is a sum over pairs of a unit of the one and a
    /// unit of the other. Different units have none; a unit with itself has `p (1 − p)`, and there are
    /// `n_ab` of these. So
    ///
    /// ```text
    /// Cov(p_a, p_b)   = n_ab p (1 − p) / (n_a n_b)
    /// Var(p_a − p_b)  = p (1 − p) (1/n_a + 1/n_b − 2 n_ab / (n_a n_b))
    ///                 = p (1 − p) (n_a + n_b − 2 n_ab) / (n_a n_b)
    /// ```
    ///
    /// and `z` is the difference divided by the root of that, with `p` estimated from the union, each unit
    /// once. Without common units this is the pooled test. With the first group inside the second it is the
    /// pooled test of the part against the rest. With the same units in both, the difference is 0 and so is
    /// `z`; the same holds where nobody or everybody has the property.
    ///
    /// Taking common units for different ones makes the variance too large: true differences are missed.
    ///
    /// `z` is approximate. Where fewer than five units would be expected to have the property, or not to have
    /// it, among those only in the first group, only in the second or in both, the p-value can be rough.
    ///
    /// # The interval
    /// The difference is a sum over three groups without common units: those only in the first, with weight
    /// `n_only / n_a`, those only in the second, with weight `−n_only / n_b`, and those in both, with weight
    /// `n_ab (1/n_a − 1/n_b)`. The distances of the three score intervals, times the weights, are squared
    /// and added. Without common units this is Newcombe's hybrid score interval; of a part and the whole it
    /// is the one of the part and the rest, times the size of the rest in the whole.
    ///
    /// No frame is taken into account.
    ///
    /// Sources: Newcombe, “Interval estimation for the difference between independent proportions”,
    /// Statistics in Medicine 17 (1998), 873–890, method 10; Zou, Huang and Zhang, “A note on confidence
    /// interval estimation for a linear function of binomial proportions”, Computational Statistics & Data
    /// Analysis 53 (2009), 1080–1085.
    ///
    /// # Errors
    /// [`NobodyInBase`](InferenceError::NobodyInBase) and [`MoreThanBase`](InferenceError::MoreThanBase) of
    /// either group; [`OverlapBeyondGroup`](InferenceError::OverlapBeyondGroup), also when `both` has more
    /// with the property than units.
    ///
    /// ```
    /// use tally::{Groups, Level, Method, Share};
    ///
    /// // 50 with a CLS and 45 with an ASV, 35 of them with both.
    /// let mut groups = Groups {
    ///     a: Share::new(35, 50),
    ///     b: Share::new(27, 45),
    ///     both: Share::new(23, 35),
    /// };
    /// let difference = groups.difference(Level::NinetyFive)?;
    /// assert_eq!(difference.method, Method::OverlapZ);
    /// assert_eq!(format!("{:.1} points, p = {:.3}", difference.points, difference.p_value), "10.0 points, p = 0.047");
    ///
    /// // As if they were 95 people:
    /// groups.both = Share::new(0, 0);
    /// assert_eq!(format!("p = {:.3}", groups.difference(Level::NinetyFive)?.p_value), "p = 0.307");
    /// # Ok::<(), tally::InferenceError>(())
    /// ```
    pub fn difference(&self, level: Level) -> Result<Difference, InferenceError> {
        let parts = self.parts()?;
        let (n_a, n_b) = (self.a.base as f64, self.b.base as f64);
        // The difference times `n_a n_b`, exact until it becomes a double.
        let scaled = gap(
            u128::from(self.a.n) * u128::from(self.b.base),
            u128::from(self.b.n) * u128::from(self.a.base),
        );
        let points = 100.0 * (scaled / (n_a * n_b));
        let statistic = if scaled == 0.0 {
            0.0
        } else {
            scaled / parts.variance(n_a * n_b).sqrt()
        };
        let (below, above) = parts.reach(n_a, n_b, level);
        Ok(Difference {
            points,
            interval: around(points, 100.0 * below, 100.0 * above),
            statistic,
            p_value: two_sided(statistic),
            method: if self.both.base == 0 {
                Method::PooledZ
            } else {
                Method::OverlapZ
            },
        })
    }

    fn parts(&self) -> Result<Parts, InferenceError> {
        if self.a.base == 0 || self.b.base == 0 {
            return Err(InferenceError::NobodyInBase);
        }
        self.a.without()?;
        self.b.without()?;
        let out = InferenceError::OverlapBeyondGroup;
        self.both.without().map_err(|_| out)?;
        Ok(Parts {
            only_a: self.a.less(self.both).ok_or(out)?,
            only_b: self.b.less(self.both).ok_or(out)?,
            both: self.both,
            wider: gap(self.b.base.into(), self.a.base.into()),
        })
    }
}

/// The union of both groups, in three parts without common units.
struct Parts {
    only_a: Share,
    only_b: Share,
    both: Share,
    /// `n_b − n_a`.
    wider: f64,
}

impl Parts {
    /// The variance of the difference under the hypothesis, times `(n_a n_b)²`.
    fn variance(&self, product: f64) -> f64 {
        let all = [self.only_a, self.only_b, self.both];
        let with: u128 = all.iter().map(|it| u128::from(it.n)).sum();
        let units: u128 = all.iter().map(|it| u128::from(it.base)).sum();
        let in_one = u128::from(self.only_a.base) + u128::from(self.only_b.base);
        let p = with as f64 / units as f64;
        let q = (units - with) as f64 / units as f64;
        p * q * in_one as f64 * product
    }

    /// How far the interval reaches below and above the difference, as fractions of one.
    fn reach(&self, n_a: f64, n_b: f64, level: Level) -> (f64, f64) {
        let weighted = [
            (self.only_a, self.only_a.base as f64 / n_a),
            (self.only_b, -(self.only_b.base as f64) / n_b),
            (self.both, self.both.base as f64 / n_a * (self.wider / n_b)),
        ];
        let (mut below, mut above) = (0.0, 0.0);
        for (part, weight) in weighted.into_iter().filter(|(part, _)| part.base > 0) {
            let without = part.base.saturating_sub(part.n) as f64;
            let reach = Reach::new(part.n as f64, without, 1.0, level);
            let (down, up) = if weight < 0.0 {
                (reach.above, reach.below)
            } else {
                (reach.below, reach.above)
            };
            below += (weight * down).powi(2);
            above += (weight * up).powi(2);
        }
        (below.sqrt(), above.sqrt())
    }
}

/// `a − b`, rounded once.
pub(super) fn gap(a: u128, b: u128) -> f64 {
    if a < b {
        -((b - a) as f64)
    } else {
        (a - b) as f64
    }
}
