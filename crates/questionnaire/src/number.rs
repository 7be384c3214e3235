//! Decimals as bare JSON numbers.
//!
//! A number keeps the digits it is written with: `0.1` is one tenth, not its nearest binary
//! fraction. JSON numbers carry up to 17 significant digits; quantities beyond that are refused by
//! their bounds long before.

use std::str::FromStr;

use rust_decimal::Decimal;
use serde_json::{Number, Value};

/// The decimal a JSON number is written as; `None` beyond 28 digits.
#[must_use]
pub fn from_json(number: &Number) -> Option<Decimal> {
    let text = number.to_string();
    Decimal::from_str(&text)
        .or_else(|_| Decimal::from_scientific(&text))
        .ok()
        .map(|it| it.normalize())
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
    number
        .to_string()
        .parse::<f64>()
        .map_or(Value::Null, Value::from)
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
