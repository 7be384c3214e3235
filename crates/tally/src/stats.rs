//! Summaries of quantities, on exact decimals.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A multiset of numbers: values can be taken back, and quartiles are exact.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    counts: BTreeMap<Decimal, u64>,
    n: u64,
}

impl Values {
    /// Adds a value.
    pub fn add(&mut self, value: Decimal) {
        *self.counts.entry(value.normalize()).or_default() += 1;
        self.n += 1;
    }

    /// Adds a value that is there so many times.
    pub(crate) fn add_many(&mut self, value: Decimal, n: u64) {
        if n > 0 {
            *self.counts.entry(value.normalize()).or_default() += n;
            self.n += n;
        }
    }

    /// Takes back all values of another multiset, which were added.
    pub fn take(&mut self, other: &Self) {
        for (value, by) in &other.counts {
            if let Some(count) = self.counts.get_mut(value) {
                *count = count.saturating_sub(*by);
                if *count == 0 {
                    self.counts.remove(value);
                }
            }
        }
        self.n = self.n.saturating_sub(other.n);
    }

    /// Adds all values of another multiset.
    pub fn merge(&mut self, other: &Self) {
        for (value, count) in &other.counts {
            *self.counts.entry(*value).or_default() += count;
        }
        self.n += other.n;
    }

    /// How many values there are.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.n
    }

    /// The summary.
    #[must_use]
    pub fn stats(&self) -> Stats {
        let sum = self.sum();
        Stats {
            n: self.n,
            mean: sum.and_then(|sum| sum.checked_div(self.n.into())),
            median: self.quantile(2),
            q1: self.quantile(1),
            q3: self.quantile(3),
            min: self.counts.first_key_value().map(|(value, _)| *value),
            max: self.counts.last_key_value().map(|(value, _)| *value),
            sum,
        }
    }

    /// Counts over at most `most` intervals of a round width; nothing where there is no spread.
    #[must_use]
    pub fn bins(&self, most: u32) -> Option<Bins> {
        let (min, _) = self.counts.first_key_value()?;
        let (max, _) = self.counts.last_key_value()?;
        let span = max.checked_sub(*min)?;
        if span.is_zero() || most == 0 {
            return None;
        }
        let whole = self.counts.keys().all(Decimal::is_integer);
        let width = round_width(span.checked_div(most.into())?, whole)?;
        let start = width.checked_mul((*min / width).floor())?;
        let place = |value: Decimal| u32::try_from(((value - start) / width).floor()).ok();
        let mut last = place(*max)?;
        // The last interval holds its upper bound, unless whole numbers name it « 10 à 19 ».
        if !whole && last > 0 && width * Decimal::from(last) + start == *max {
            last -= 1;
        }
        let mut counts = vec![0; last as usize + 1];
        for (value, n) in &self.counts {
            *counts.get_mut(place(*value)?.min(last) as usize)? += n;
        }
        Some(Bins {
            start,
            width,
            whole,
            counts,
        })
    }

    fn sum(&self) -> Option<Decimal> {
        if self.n == 0 {
            return None;
        }
        self.counts
            .iter()
            .try_fold(Decimal::ZERO, |sum, (value, count)| {
                sum.checked_add(value.checked_mul((*count).into())?)
            })
    }

    /// The `quarter`-th quartile by linear interpolation between closest ranks: with the values
    /// numbered from 0, the value at place `(n − 1) · quarter / 4` (type 7 of Hyndman and Fan, the
    /// default of R and NumPy and Excel's QUARTILE.INC).
    fn quantile(&self, quarter: u64) -> Option<Decimal> {
        let quarters = self.n.checked_sub(1)? * quarter;
        let (place, rest) = (quarters / 4, quarters % 4);
        let lower = self.at(place)?;
        if rest == 0 {
            return Some(lower);
        }
        let step = self.at(place + 1)?.checked_sub(lower)?;
        let part = step.checked_mul(Decimal::new(25 * i64::try_from(rest).ok()?, 2))?;
        Some(lower.checked_add(part)?.normalize())
    }

    /// The value at this place in ascending order, from 0.
    fn at(&self, place: u64) -> Option<Decimal> {
        let mut before = 0;
        self.counts.iter().find_map(|(value, count)| {
            before += count;
            (place < before).then_some(*value)
        })
    }
}

/// The smallest of 1, 2, 5, 10, 20… (or 0.1, 0.2, 0.5…) that is larger than `least`.
fn round_width(least: Decimal, whole: bool) -> Option<Decimal> {
    let mut power = Decimal::ONE;
    while power > least && !whole && power.scale() < 20 {
        power = power.checked_div(Decimal::TEN)?;
    }
    loop {
        for factor in [1, 2, 5] {
            let width = power.checked_mul(factor.into())?;
            if width > least {
                return Some(width.normalize());
            }
        }
        power = power.checked_mul(Decimal::TEN)?;
    }
}

/// Five-number summary, mean and sum of the values given.
///
/// Quartiles are of type 7 (linear interpolation, as in R, NumPy and Excel's `QUARTILE.INC`).
/// Numbers are exact decimals; a mean has up to 28 digits. They are null when there is no value,
/// and mean and sum also when the sum has more than 28 digits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stats {
    /// How many values there are.
    pub n: u64,
    /// Arithmetic mean.
    #[serde(with = "bare")]
    pub mean: Option<Decimal>,
    /// Median.
    #[serde(with = "bare")]
    pub median: Option<Decimal>,
    /// First quartile.
    #[serde(with = "bare")]
    pub q1: Option<Decimal>,
    /// Third quartile.
    #[serde(with = "bare")]
    pub q3: Option<Decimal>,
    /// Smallest value.
    #[serde(with = "bare")]
    pub min: Option<Decimal>,
    /// Largest value.
    #[serde(with = "bare")]
    pub max: Option<Decimal>,
    /// Sum.
    #[serde(with = "bare")]
    pub sum: Option<Decimal>,
}

/// Counts over intervals of equal, round width: `start ≤ x < start + width` and so on, the last one
/// with its upper bound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bins {
    /// Lower bound of the first interval.
    #[serde(with = "bare::always")]
    pub start: Decimal,
    /// Width of each.
    #[serde(with = "bare::always")]
    pub width: Decimal,
    /// Whether all values are whole numbers.
    pub whole: bool,
    /// How many values each holds.
    pub counts: Vec<u64>,
}

/// Decimals as bare JSON numbers, with the digits a double carries.
mod bare {
    use rust_decimal::Decimal;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[expect(clippy::ref_option, reason = "the signature serde's `with` asks for")]
    pub(super) fn serialize<S: Serializer>(it: &Option<Decimal>, s: S) -> Result<S::Ok, S::Error> {
        it.map(number).serialize(s)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        d: D,
    ) -> Result<Option<Decimal>, D::Error> {
        Option::<serde_json::Number>::deserialize(d)?
            .map(|it| decimal::<D>(&it))
            .transpose()
    }

    fn number(decimal: Decimal) -> serde_json::Value {
        let decimal = decimal.normalize();
        match i64::try_from(decimal) {
            Ok(whole) if decimal.is_integer() => whole.into(),
            _ => decimal
                .to_string()
                .parse::<f64>()
                .map_or(serde_json::Value::Null, Into::into),
        }
    }

    fn decimal<'de, D: Deserializer<'de>>(
        number: &serde_json::Number,
    ) -> Result<Decimal, D::Error> {
        let text = number.to_string();
        text.parse()
            .or_else(|_| Decimal::from_scientific(&text))
            .map_err(|_| serde::de::Error::custom("a number of at most 28 digits"))
    }

    /// For a number that is always there.
    pub(super) mod always {
        use rust_decimal::Decimal;
        use serde::{Deserialize, Deserializer, Serialize, Serializer};

        pub(in super::super) fn serialize<S: Serializer>(
            it: &Decimal,
            s: S,
        ) -> Result<S::Ok, S::Error> {
            super::number(*it).serialize(s)
        }

        pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
            d: D,
        ) -> Result<Decimal, D::Error> {
            super::decimal::<D>(&serde_json::Number::deserialize(d)?)
        }
    }
}
