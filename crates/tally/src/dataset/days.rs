//! Dates as whole numbers.

use jiff::civil::{Date, date};
use jiff::{Span, Unit};

/// Counted from here, the days of two hundred years around us fit into two bytes.
const FIRST: Date = date(1900, 1, 1);

/// The days from the first to a date.
pub(super) fn number(of: Date) -> i32 {
    FIRST.until((Unit::Day, of)).map_or(0, |it| it.get_days())
}

/// The date that a number is of.
pub(super) fn date_of(number: i32) -> Date {
    let days = Span::new().try_days(number);
    days.and_then(|it| FIRST.checked_add(it)).unwrap_or(FIRST)
}

#[cfg(test)]
mod tests {
    use super::{date_of, number};
    use jiff::civil::Date;

    #[test]
    fn a_number_is_of_one_date() {
        for it in [
            Date::MIN,
            Date::ZERO,
            super::FIRST,
            jiff::civil::date(2026, 11, 27),
            Date::MAX,
        ] {
            assert_eq!(date_of(number(it)), it);
        }
        assert!(u16::try_from(number(jiff::civil::date(2079, 1, 1))).is_ok());
    }
}
