//! Dates as day numbers, so that the browser needs no calendar library for adding days.

use jiff::civil::Date;

/// Days in 400 Gregorian years.
const ERA: i64 = 146_097;

/// The number of the day, counted from 0000-03-01.
///
/// The year is taken to begin in March: the leap day is then its last day, and months before it
/// have lengths that follow the line `(153 m + 2) / 5`.
#[must_use]
pub fn number(date: Date) -> i64 {
    let month = i64::from(date.month());
    let year = i64::from(date.year()) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(date.day()) - 1;
    era * ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year
}

/// The day with this number; `None` beyond the years −9999 to 9999.
#[must_use]
pub fn date(number: i64) -> Option<Date> {
    let era = number.div_euclid(ERA);
    let of_era = number.rem_euclid(ERA);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 {
        march_month + 3
    } else {
        march_month - 9
    };
    let year = era.checked_mul(400)?.checked_add(year_of_era)? + i64::from(month <= 2);
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use super::{date, number};
    use jiff::civil::Date;

    #[test]
    fn day_numbers_follow_the_calendar() {
        let mut day = Date::new(1580, 1, 1).unwrap();
        let mut expected = number(day);
        while day.year() < 2110 {
            assert_eq!(number(day), expected, "{day}");
            assert_eq!(date(expected), Some(day));
            day = day.tomorrow().unwrap();
            expected += 1;
        }
    }

    #[test]
    fn the_calendar_ends() {
        assert_eq!(date(number(Date::MAX)), Some(Date::MAX));
        assert_eq!(date(number(Date::MIN)), Some(Date::MIN));
        assert_eq!(date(number(Date::MAX) + 1), None);
        assert_eq!(date(number(Date::MIN) - 1), None);
        assert_eq!(date(i64::MAX), None);
        assert_eq!(date(i64::MIN), None);
    }
}
