//! Dates as ISO 8601 writes them, `2026-03-12`, and nothing else.
//!
//! jiff reads every form there is, with offsets and time zones; in a browser that would weigh more than the rest of
//! the condition language. As a serde module: `#[serde(with = "expr::iso")]`.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serializer, de};

/// The date that `text` is: four digits, two, two. `None` for anything else and for days that do not exist.
///
/// ```
/// use jiff::civil::date;
/// assert_eq!(expr::iso::parse("2026-03-12"), Some(date(2026, 3, 12)));
/// assert_eq!(expr::iso::parse("2026-02-30"), None);
/// assert_eq!(expr::iso::parse("12/03/2026"), None);
/// ```
#[must_use]
pub fn parse(text: &str) -> Option<Date> {
    let &[y3, y2, y1, y0, b'-', m1, m0, b'-', d1, d0] = text.as_bytes() else {
        return None;
    };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0i16, |number, digit| {
            let digit = digit.checked_sub(b'0').filter(|it| *it <= 9)?;
            Some(number * 10 + i16::from(digit))
        })
    };
    let small = |digits: &[u8]| i8::try_from(number(digits)?).ok();
    Date::new(
        number(&[y3, y2, y1, y0])?,
        small(&[m1, m0])?,
        small(&[d1, d0])?,
    )
    .ok()
}

/// The date in that form.
///
/// ```
/// assert_eq!(expr::iso::text(jiff::civil::date(2026, 3, 2)), "2026-03-02");
/// ```
#[must_use]
pub fn text(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

/// Writes a date.
///
/// # Errors
/// Those of the serializer.
pub fn serialize<S: Serializer>(date: &Date, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&text(*date))
}

/// Reads a date.
///
/// # Errors
/// When there is anything but a date in this form.
pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
    parse(&String::deserialize(from)?).ok_or_else(|| de::Error::custom("not a date"))
}

/// The same for a date that may be missing.
pub mod optional {
    use super::{Date, Deserialize, Deserializer, Serializer, de, parse, text};

    /// Writes a date or nothing.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(date: &Option<Date>, to: S) -> Result<S::Ok, S::Error> {
        match date {
            Some(date) => to.serialize_some(&text(*date)),
            None => to.serialize_none(),
        }
    }

    /// Reads a date or nothing.
    ///
    /// # Errors
    /// When there is anything but a date in this form.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
        Option::<String>::deserialize(from)?
            .map(|it| parse(&it).ok_or_else(|| de::Error::custom("not a date")))
            .transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::{parse, text};
    use jiff::civil::Date;

    #[test]
    fn every_day_of_a_century_is_read_as_written() {
        let mut day = Date::new(1999, 1, 1).unwrap();
        while day.year() < 2101 {
            assert_eq!(text(day), day.to_string());
            assert_eq!(parse(&text(day)), Some(day));
            day = day.tomorrow().unwrap();
        }
    }

    #[test]
    fn nothing_else_is_a_date() {
        for text in [
            "",
            "2026-3-1",
            "20260301",
            "2026-03-01T00:00",
            "2026-13-01",
            "2026-02-29",
            "+026-01-01",
            "２026-01-0",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
