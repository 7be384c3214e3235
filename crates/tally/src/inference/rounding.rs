//! Rounded percentages that add up.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use super::error::InferenceError;

/// As many decimals as a percentage can be rounded to.
///
/// ```
/// let finest = tally::largest_remainder(&[2, 1], tally::MOST_DECIMALS)?;
/// assert_eq!(finest[0].to_string(), "66.666666666666667");
/// # Ok::<(), tally::InferenceError>(())
/// ```
pub const MOST_DECIMALS: u32 = 15;

/// Percentages of a column, rounded to so many decimals so that they add up to exactly 100.
///
/// For columns whose counts are of different units and together are the base, as those of a single-answer
/// question: anywhere else the sum means nothing, and each percentage is better rounded by itself. One
/// rounded here can differ from the same percentage rounded by itself.
///
/// Each percentage is cut off after the last decimal. What is then missing from 100 is given out, one unit of
/// the last decimal each, to those of which most was cut off: the method of largest remainders, Hamilton's.
/// Where as much was cut off of two, the larger count comes first, and of equal counts the one that
/// stands first in the list; so equal counts can differ by that one unit.
///
/// Each is less than one unit of the last decimal from the exact percentage. A larger count never has the
/// smaller percentage, and a count of 0 has 0. All is done in whole numbers.
///
/// Source: Balinski and Young, Fair Representation, 2nd ed. (2001), on Hamilton's method.
///
/// # Errors
/// [`NobodyInBase`](InferenceError::NobodyInBase) when the counts are all 0, or there are none;
/// [`TooManyDecimals`](InferenceError::TooManyDecimals) above [`MOST_DECIMALS`].
///
/// ```
/// let percentages = tally::largest_remainder(&[1, 1, 1, 0], 1)?;
/// let texts: Vec<String> = percentages.iter().map(ToString::to_string).collect();
/// assert_eq!(texts, ["33.4", "33.3", "33.3", "0.0"]);
/// # Ok::<(), tally::InferenceError>(())
/// ```
pub fn largest_remainder(counts: &[u64], decimals: u32) -> Result<Vec<Decimal>, InferenceError> {
    let base: u128 = counts.iter().map(|it| u128::from(*it)).sum();
    if base == 0 {
        return Err(InferenceError::NobodyInBase);
    }
    if decimals > MOST_DECIMALS {
        return Err(InferenceError::TooManyDecimals);
    }
    // 100 % in units of the last decimal: at most 10¹⁷, so that no product below is beyond 2¹²¹.
    let whole = 10_i64.pow(decimals + 2);
    let exact = |count: u64| u128::from(count) * u128::from(whole.unsigned_abs());
    let mut units: Vec<i64> = counts.iter().map(|it| (exact(*it) / base) as i64).collect();
    let mut order: Vec<usize> = (0..counts.len()).collect();
    // The sort is stable: what is equal stays in the order of the list.
    order.sort_by_key(|at| Reverse((exact(counts[*at]) % base, counts[*at])));
    // Fewer than there are counts of which something was cut off.
    let missing = whole - units.iter().sum::<i64>();
    for at in order.into_iter().take(missing as usize) {
        units[at] += 1;
    }
    Ok(units
        .into_iter()
        .map(|it| Decimal::new(it, decimals))
        .collect())
}
