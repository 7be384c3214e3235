//! The numbers and days that a question can be answered with.

use jiff::civil::Date;
use questionnaire::instrument::Quantity;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::seen::Seen;

/// Numbers without bounds are followed up to this many digits before the comma. What conditions say
/// of larger ones is not looked at.
pub(crate) const MAX_DIGITS: u32 = 15;
/// Days without bounds are followed within these centuries: what conditions say of others is not
/// looked at.
const DAYS: (Date, Date) = (Date::constant(1800, 1, 1), Date::constant(2199, 12, 31));

/// Evenly spaced values, numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Grid {
    pub(crate) first: i128,
    pub(crate) last: i128,
    step: Step,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Numbers with so many decimals.
    Decimals(u32),
    /// Days.
    Day,
}

impl Grid {
    pub(crate) fn numbers(it: &Quantity) -> Self {
        let decimals = u32::from(it.decimals);
        let scale = Decimal::from(10_i64.saturating_pow(decimals.min(12)));
        let widest = 10_i128.pow(MAX_DIGITS + decimals.min(12));
        let number = |it: Option<Decimal>, round: fn(&Decimal) -> Decimal| {
            let scaled = it?.checked_mul(scale)?;
            round(&scaled).to_i128()
        };
        Self {
            first: number(it.min, Decimal::ceil).unwrap_or(-widest),
            last: number(it.max, Decimal::floor).unwrap_or(widest),
            step: Step::Decimals(decimals.min(12)),
        }
    }

    pub(crate) fn days(earliest: Option<Date>, latest: Option<Date>) -> Self {
        let day = |it: Date| i128::from(expr::days::number(it));
        Self {
            first: day(earliest.unwrap_or(DAYS.0)),
            last: day(latest.unwrap_or(DAYS.1)),
            step: Step::Day,
        }
    }

    /// The days on which a sheet may be answered, as far as proofs go: what is left of this century
    /// since this program exists. Nobody answers in the past.
    pub(crate) fn today() -> Self {
        Self::days(
            Some(Date::constant(2025, 1, 1)),
            Some(Date::constant(2099, 12, 31)),
        )
    }

    /// How many values there are.
    pub(crate) fn len(&self) -> i128 {
        (self.last - self.first + 1).max(0)
    }

    /// The values between two, as conditions see them.
    pub(crate) fn seen(&self, low: i128, high: i128) -> Seen {
        match self.step {
            Step::Decimals(decimals) => {
                Seen::numbers(decimal(low, decimals), decimal(high, decimals))
            }
            Step::Day => {
                let day = |it: i128| i64::try_from(it).unwrap_or_default();
                Seen::days(day(low), day(high))
            }
        }
    }

    /// How much one step is: a day counts as 1.
    pub(crate) fn step(&self) -> Decimal {
        match self.step {
            Step::Decimals(decimals) => decimal(1, decimals),
            Step::Day => Decimal::ONE,
        }
    }

    /// The number with this number.
    pub(crate) fn number(&self, at: i128) -> Option<Decimal> {
        match self.step {
            Step::Decimals(decimals) => Some(decimal(at, decimals)),
            Step::Day => None,
        }
    }

    /// The day with this number.
    pub(crate) fn day(&self, at: i128) -> Option<Date> {
        match self.step {
            Step::Decimals(_) => None,
            Step::Day => expr::days::date(i64::try_from(at).ok()?),
        }
    }

    /// The value of a range that a person would most likely give: the one nearest to zero, or to
    /// the beginning of this century.
    pub(crate) fn plain(&self, low: i128, high: i128) -> i128 {
        let wanted = match self.step {
            Step::Decimals(_) => 0,
            Step::Day => i128::from(expr::days::number(Date::constant(2025, 1, 1))),
        };
        wanted.clamp(low, high.max(low))
    }
}

fn decimal(it: i128, decimals: u32) -> Decimal {
    Decimal::try_from_i128_with_scale(it, decimals)
        .unwrap_or_default()
        .normalize()
}
