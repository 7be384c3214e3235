//! How far a percentage may be from the one that everybody would have given.

use serde::{Deserialize, Serialize};

use super::error::InferenceError;
use super::share::Share;

/// How often intervals made this way hold the true percentage, about.
///
/// ```
/// use tally::Level;
/// assert_eq!(Level::default(), Level::NinetyFive);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// 90 %.
    Ninety,
    /// 95 %, the custom in published surveys.
    #[default]
    NinetyFive,
    /// 99 %.
    NinetyNine,
}

impl Level {
    /// The level of this many percent.
    ///
    /// ```
    /// use tally::Level;
    /// assert_eq!(Level::of_percent(99), Some(Level::NinetyNine));
    /// assert_eq!(Level::of_percent(80), None);
    /// ```
    #[must_use]
    pub fn of_percent(percent: u8) -> Option<Self> {
        let all = [Self::Ninety, Self::NinetyFive, Self::NinetyNine];
        all.into_iter().find(|it| it.percent() == percent)
    }

    /// The level in percent.
    ///
    /// ```
    /// assert_eq!(tally::Level::Ninety.percent(), 90);
    /// ```
    #[must_use]
    pub const fn percent(self) -> u8 {
        match self {
            Self::Ninety => 90,
            Self::NinetyFive => 95,
            Self::NinetyNine => 99,
        }
    }

    /// The quantile of the standard normal distribution that leaves `(1 − level) / 2` above it.
    ///
    /// ```
    /// assert_eq!(tally::Level::NinetyFive.z(), 1.959963984540054);
    /// ```
    #[must_use]
    pub const fn z(self) -> f64 {
        match self {
            Self::Ninety => 1.644_853_626_951_472_2,
            Self::NinetyFive => 1.959_963_984_540_054,
            Self::NinetyNine => 2.575_829_303_548_900_4,
        }
    }
}

/// Two ends, both included, unrounded: in percent, or in percentage points around a difference.
///
/// ```
/// let interval = tally::Interval { low: 40.0, high: 60.0 };
/// assert!(interval.holds(40.0) && !interval.holds(60.1));
/// assert_eq!(interval.width(), 20.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// Whether this value lies in it.
    #[must_use]
    pub fn holds(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// Upper end less lower end.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.high - self.low
    }
}

impl Share {
    /// Wilson's score interval of a proportion, in percent, without continuity correction.
    ///
    /// It holds every `P` with `|p − P| ≤ z √(P (1 − P) / n)`, where `n` is the base: those that a test
    /// at this level would not reject. It lies within 0 and 100, starts at exactly 0 when nobody has the
    /// property and ends at exactly 100 when everybody has it.
    ///
    /// `frame` is the number of units that could have been in the base, such as 62 CLS or 220 ASV. The
    /// variance of a sample drawn from so few without putting back is smaller by `(N − n) / (N − 1)`,
    /// which is that of an effective base `n (N − 1) / (N − n)`; this takes the place of `n`. When the whole
    /// frame answered, both ends are the percentage.
    ///
    /// With a frame it treats a proportion that moves in steps of `1 / N` as if it were continuous. When
    /// all but a few of the frame answered, what these few might say can lie outside: with 0 of 61 from a
    /// frame of 62 the interval ends at 0.1 %, while the one left would make 1.6 %.
    ///
    /// Source: Wilson, “Probable inference, the law of succession, and statistical inference”, JASA 22
    /// (1927), 209–212; why this one: Brown, Cai and DasGupta, Statistical Science 16 (2001), 101–133; the
    /// correction: Cochran, Sampling Techniques, 3rd ed. (1977), theorem 3.2.
    ///
    /// # Errors
    /// [`NobodyInBase`](InferenceError::NobodyInBase), [`MoreThanBase`](InferenceError::MoreThanBase),
    /// [`FrameBelowBase`](InferenceError::FrameBelowBase).
    ///
    /// ```
    /// use tally::{Level, Share};
    ///
    /// let ends = |frame| {
    ///     let interval = Share::new(26, 40).wilson(frame, Level::NinetyFive)?;
    ///     Ok::<_, tally::InferenceError>(format!("{:.1} to {:.1}", interval.low, interval.high))
    /// };
    /// assert_eq!(ends(None)?, "49.5 to 77.9");
    /// assert_eq!(ends(Some(62))?, "55.8 to 73.2");
    /// assert_eq!(ends(Some(40))?, "65.0 to 65.0");
    /// # Ok::<(), tally::InferenceError>(())
    /// ```
    pub fn wilson(self, frame: Option<u64>, level: Level) -> Result<Interval, InferenceError> {
        let point = self.percent().ok_or(InferenceError::NobodyInBase)?;
        let without = self.without()?;
        let left = match frame {
            None => 1.0,
            Some(frame) => {
                let outside = frame
                    .checked_sub(self.base)
                    .ok_or(InferenceError::FrameBelowBase)?;
                // A frame of one unit has nobody outside: 0 / 0 does not occur.
                outside as f64 / frame.saturating_sub(1).max(1) as f64
            }
        };
        let reach = Reach::new(self.n as f64, without as f64, left, level);
        let low = if self.n == 0 {
            0.0
        } else {
            point - 100.0 * reach.below
        };
        let high = if without == 0 {
            100.0
        } else {
            point + 100.0 * reach.above
        };
        Ok(Interval {
            low: low.max(0.0),
            high: high.min(100.0),
        })
    }
}

/// How far a score interval reaches from the proportion, as fractions of one. Never negative.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reach {
    pub(super) below: f64,
    pub(super) above: f64,
}

impl Reach {
    /// Of `with` units that have a property beside `without`; `left` is the part of the variance that the
    /// correction for a finite frame leaves.
    ///
    /// With `u = left · z² / n` the interval is `(p + u/2 ± √(u (p q + u/4))) / (1 + u)`. Its distances from
    /// `p` are computed, not its ends: at `p = 0` and at `u = 0` they are exactly 0.
    pub(super) fn new(with: f64, without: f64, left: f64, level: Level) -> Self {
        let n = with + without;
        let (p, q) = (with / n, without / n);
        let u = left * level.z() * level.z() / n;
        let half = (u * (p * q + u / 4.0)).sqrt();
        let distance = |towards: f64| ((half + u * (towards - 0.5)) / (1.0 + u)).max(0.0);
        Self {
            below: distance(p),
            above: distance(q),
        }
    }
}
