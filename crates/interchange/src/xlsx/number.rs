//! Numbers, as people see them.

/// How a cell shows a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Plain,
    /// Zeros before it up to a number of digits: postal codes.
    Padded(usize),
    Date,
    Time,
    DateTime,
}

impl Shape {
    /// A format that every workbook has.
    pub(super) fn built_in(id: usize) -> Self {
        match id {
            14..=17 | 27..=31 | 36 | 50..=54 | 57..=58 => Self::Date,
            18..=21 | 32..=35 | 45..=47 | 55..=56 => Self::Time,
            22 => Self::DateTime,
            _ => Self::Plain,
        }
    }

    /// A format by its code: `dd/mm/yyyy`, `00000`, `0.00`.
    pub(super) fn of(code: &str) -> Self {
        // What negative numbers look like comes after the semicolon.
        let mut letters = String::new();
        let (mut is_quoted, mut is_bracketed) = (false, false);
        let mut characters = code.split(';').next().unwrap_or_default().chars();
        while let Some(character) = characters.next() {
            match character {
                '"' => is_quoted = !is_quoted,
                _ if is_quoted => {}
                '\\' | '_' | '*' => {
                    characters.next();
                }
                '[' => is_bracketed = true,
                ']' => is_bracketed = false,
                // `[h]:mm` is a duration; `[Red]` a colour.
                'h' | 'H' if is_bracketed => letters.push('h'),
                _ if is_bracketed => {}
                other => letters.extend(other.to_lowercase()),
            }
        }
        let letters = letters.replace("am/pm", "").replace("general", "");
        let has = |any: &[char]| letters.contains(any);
        let is_time = has(&['h', 's']);
        // French and German write years and days with other letters.
        let is_date = has(&['y', 'd', 'a', 'j', 't']) || (has(&['m']) && !is_time);
        match (is_date, is_time) {
            (true, true) => Self::DateTime,
            (true, false) => Self::Date,
            (false, true) => Self::Time,
            (false, false) => {
                let zeros = letters.trim();
                let is_padding = zeros.len() > 1 && zeros.bytes().all(|it| it == b'0');
                if is_padding {
                    Self::Padded(zeros.len().min(40))
                } else {
                    Self::Plain
                }
            }
        }
    }

    /// A number in this shape. Days are written as in ISO 8601, whatever the order of the format.
    pub(super) fn show(self, number: f64, is_1904: bool) -> String {
        let dated = match self {
            Self::Plain => None,
            Self::Padded(width) => {
                let plain = plain(number);
                let is_whole = plain.bytes().all(|it| it.is_ascii_digit());
                return if is_whole {
                    format!("{plain:0>width$}")
                } else {
                    plain
                };
            }
            Self::Date => date(number, is_1904),
            Self::Time => Some(time(number)),
            Self::DateTime => date(number, is_1904).map(|it| format!("{it} {}", time(number))),
        };
        dated.unwrap_or_else(|| plain(number))
    }
}

/// A number with the 15 digits that spreadsheet programs keep, without exponent.
fn plain(number: f64) -> String {
    if number == 0.0 || !number.is_finite() {
        return "0".to_owned();
    }
    let fifteen: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    fifteen.to_string()
}

/// The day of a number, unless the calendar of workbooks does not have it.
fn date(number: f64, is_1904: bool) -> Option<String> {
    let days = number.floor();
    if !(0.0..=2_958_465.0).contains(&days) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "in range, and whole")]
    let mut days = days as i64;
    if is_1904 {
        days += 1_462;
    } else if days < 60 {
        // They believe that 1900 had a 29 February, number 60.
        days += 1;
    }
    // 1970-01-01 is number 25,569.
    Some(civil(days - 25_569))
}

/// The date of a number of days since 1970, by the calendar's 400-year periods.
fn civil(days: i64) -> String {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

fn time(number: f64) -> String {
    let seconds = ((number - number.floor()) * 86_400.0).round();
    #[expect(clippy::cast_possible_truncation, reason = "at most 86,400")]
    let seconds = (seconds as i64).min(86_399);
    let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
    match seconds % 60 {
        0 => format!("{hours:02}:{minutes:02}"),
        rest => format!("{hours:02}:{minutes:02}:{rest:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::Shape;

    #[test]
    fn numbers_are_what_people_see() {
        let check = |code: &str, number: f64, expect: &str| {
            assert_eq!(Shape::of(code).show(number, false), expect, "{code}");
        };
        check("General", 12.0, "12");
        check("General", 0.1 + 0.2, "0.3");
        check("General", -1.5e-7, "-0.00000015");
        check("General", 1e15, "1000000000000000");
        check("#,##0.00\\ \"€\"", 1234.5, "1234.5");
        check("00000", 1004.0, "01004");
        check("00000", 1004.5, "1004.5");
        check("00", 123.0, "123");
        check("dd/mm/yyyy", 46_352.0, "2026-11-26");
        check("jj/mm/aaaa", 46_352.0, "2026-11-26");
        check("[$-40C]d mmmm yyyy;@", 46_352.25, "2026-11-26");
        check("d/m/yy h:mm", 46_352.25, "2026-11-26 06:00");
        check("h:mm:ss AM/PM", 0.5, "12:00");
        check("[h]:mm", 0.51, "12:14:24");
        check("[Red]0.0", 2.5, "2.5");
        check("\"day \"0", 3.0, "3");
        check("dd/mm/yyyy", -1.0, "-1");
        check("dd/mm/yyyy", f64::INFINITY, "0");
    }

    #[test]
    fn days_are_counted_as_workbooks_do() {
        let check = |number: f64, is_1904: bool, expect: &str| {
            assert_eq!(Shape::Date.show(number, is_1904), expect);
        };
        check(1.0, false, "1900-01-01");
        check(59.0, false, "1900-02-28");
        check(61.0, false, "1900-03-01");
        check(0.0, true, "1904-01-01");
        check(44_890.0, true, "2026-11-26");
        check(2_958_465.0, false, "9999-12-31");
        assert_eq!(Shape::built_in(14), Shape::Date);
        assert_eq!(Shape::built_in(0), Shape::Plain);
    }
}
