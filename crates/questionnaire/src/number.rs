//! Decimals as bare JSON numbers.
//!
//! A number keeps the digits it is written with: `0.1` is one tenth, not its nearest binary
//! fraction. JSON numbers carry up to 17 significant digits; quantities beyond that are refused by
//! their bounds long before.

use rust_decimal::Decimal;
use serde_json::{Number, Value};

/// The decimal a JSON number is written as; `None` beyond 28 digits.
#[must_use]
pub fn from_json(number: &Number) -> Option<Decimal> {
    let text = number.to_string();
    let (digits, exponent) = match text.split_once('e') {
        Some((digits, exponent)) => (digits, exponent.parse().ok()?),
        None => (text.as_str(), 0),
    };
    let it = Decimal::from_str_exact(digits).ok()?;
    let scale = i32::try_from(it.scale()).ok()?.checked_sub(exponent)?;
    let (mantissa, scale) = match u32::try_from(scale) {
        Ok(scale) => (it.mantissa(), scale),
        Err(_) => {
            let zeros = 10_i128.checked_pow(scale.unsigned_abs())?;
            (it.mantissa().checked_mul(zeros)?, 0)
        }
    };
    let it = Decimal::try_from_i128_with_scale(mantissa, scale).ok()?;
    Some(it.normalize())
}

/// The JSON number with the same digits.
#[must_use]
pub fn to_json(number: Decimal) -> Value {
    let number = number.normalize();
    if number.is_integer() {
        if let Ok(whole) = i64::try_from(number) {
            return Value::from(whole);
        }
        if let Ok(whole) = u64::try_from(number) {
            return Value::from(whole);
        }
    }
    Value::from(nearest(number))
}

/// The JSON number with the digits of a text such as `-12.50`; `None` if it is none.
///
/// ```
/// assert_eq!(questionnaire::number::parse("12.50"), Some(serde_json::json!(12.5)));
/// assert_eq!(questionnaire::number::parse("12,5"), None);
/// ```
#[must_use]
pub fn parse(text: &str) -> Option<Value> {
    Decimal::from_str_exact(text).ok().map(to_json)
}

/// The binary fraction nearest to a decimal, ties to the even one: what `str::parse` gives.
///
/// That function carries ten kilobytes of tables, which every respondent would download; a decimal
/// of 96 bits needs only a long division.
fn nearest(number: Decimal) -> f64 {
    /// Bits of a fraction.
    const KEPT: u32 = f64::MANTISSA_DIGITS;

    let divisor = 10_u128.pow(number.scale());
    let mantissa = number.mantissa().unsigned_abs();
    let (mut quotient, mut rest) = (mantissa / divisor, mantissa % divisor);
    if mantissa == 0 {
        return 0.0;
    }
    let mut exponent = 0_i32;
    // One bit more than is kept decides how to round; what is left in `rest` decides ties.
    while quotient >> KEPT == 0 {
        quotient <<= 1;
        rest <<= 1;
        if rest >= divisor {
            rest -= divisor;
            quotient |= 1;
        }
        exponent -= 1;
    }
    let excess = u128::BITS - quotient.leading_zeros() - KEPT;
    let (kept, dropped) = (quotient >> excess, quotient & ((1 << excess) - 1));
    let half = 1 << (excess - 1);
    let up = dropped > half || (dropped == half && (rest > 0 || kept & 1 == 1));
    // A power of two is its exponent alone; none here is near the ends of the range.
    let power =
        f64::from_bits(u64::from((1023 + exponent + excess.cast_signed()).unsigned_abs()) << 52);
    let size = (kept + u128::from(up)) as f64 * power;
    if number.is_sign_negative() {
        -size
    } else {
        size
    }
}

/// Serde form of an optional decimal in a questionnaire: a bare number.
#[cfg(feature = "authoring")]
pub mod optional {
    use rust_decimal::Decimal;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// Writes a bare number, or null.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(it: &Option<Decimal>, s: S) -> Result<S::Ok, S::Error> {
        it.map(super::to_json).serialize(s)
    }

    /// Reads a bare number, or null.
    ///
    /// # Errors
    /// When there is something else, or more than 28 digits.
    pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Decimal>, D::Error> {
        let Some(number) = Option::<serde_json::Number>::deserialize(d)? else {
            return Ok(None);
        };
        super::from_json(&number)
            .map(Some)
            .ok_or_else(|| serde::de::Error::custom("a number of at most 28 digits"))
    }
}

/// Serde form of a decimal inside an instrument: its digits as text, so that none is lost.
pub mod exact {
    use rust_decimal::Decimal;
    use serde::{Deserialize, Deserializer, Serializer, de};

    /// Writes the digits.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(it: &Decimal, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(it)
    }

    /// Reads the digits.
    ///
    /// # Errors
    /// When there is something else, or more than 28 digits.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Decimal, D::Error> {
        Decimal::from_str_exact(&String::deserialize(from)?).map_err(de::Error::custom)
    }
}

/// The same for a decimal that may be missing.
pub mod exact_optional {
    use rust_decimal::Decimal;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

    /// Writes the digits, or nothing.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(it: &Option<Decimal>, to: S) -> Result<S::Ok, S::Error> {
        it.map(|it| it.to_string()).serialize(to)
    }

    /// Reads the digits, or nothing.
    ///
    /// # Errors
    /// When there is something else, or more than 28 digits.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Decimal>, D::Error> {
        Option::<String>::deserialize(from)?
            .map(|it| Decimal::from_str_exact(&it).map_err(de::Error::custom))
            .transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::{from_json, nearest, to_json};
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    proptest! {
        #[test]
        fn the_nearest_fraction_is_the_one_that_parsing_finds(
            high in any::<u32>(), middle in any::<u32>(), low in any::<u32>(),
            negative in any::<bool>(), scale in 0..=28_u32, small in any::<bool>(),
        ) {
            let (high, middle) = if small { (0, middle & 0x1f) } else { (high, middle) };
            let decimal = Decimal::from_parts(low, middle, high, negative, scale);
            let parsed: f64 = decimal.to_string().parse().unwrap();
            prop_assert_eq!(nearest(decimal).to_bits(), (parsed + 0.0).to_bits(), "{}", decimal);
        }
    }

    #[test]
    fn ties_go_to_the_even_fraction() {
        // 2^53 + 1 and 2^53 + 3 lie between two fractions each; a trifle more decides upwards.
        for text in [
            "9007199254740993",
            "9007199254740995",
            "9007199254740993.0000000001",
        ] {
            let decimal: Decimal = text.parse().unwrap();
            assert_eq!(nearest(decimal), text.parse::<f64>().unwrap(), "{text}");
        }
    }

    #[test]
    fn exponents_are_read() {
        for (json, digits) in [
            ("1e21", Some("1000000000000000000000")),
            ("-1.5e-7", Some("-0.00000015")),
            ("12e-28", Some("0.0000000000000000000000000012")),
            ("1e29", None),
            ("1e-29", None),
            ("1e300", None),
            ("0e-300", Some("0")),
        ] {
            let read = from_json(&json.parse().unwrap());
            assert_eq!(read.map(|it| it.to_string()).as_deref(), digits, "{json}");
        }
    }

    #[test]
    fn digits_stay_as_written() {
        for text in ["0.1", "-0.3", "1.0000001", "123456789.12345", "0"] {
            assert_eq!(to_json(text.parse().unwrap()).to_string(), text);
        }
    }
}
