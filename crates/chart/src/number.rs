//! Numbers as people read them: `1 720 865 €`, `43,8 %`, and their English forms.
//!
//! A number is rounded from the shortest decimal text that means it, half away from zero, so
//! that 12.15 becomes 12,2 although the nearest binary fraction lies just below the half.

use serde::{Deserialize, Serialize};

/// Narrow no-break space: between thousands, and before `%` and `€` in French.
const NARROW_SPACE: char = '\u{202f}';
/// The typographic minus sign, as wide as a digit.
const MINUS: char = '\u{2212}';
/// What stands for a number that does not exist, such as a percentage of nobody.
pub(crate) const NO_NUMBER: &str = "–";

/// The language numbers and the few built-in words are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// French, the language of the product.
    #[default]
    #[serde(rename = "fr")]
    French,
    /// English.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// The language of a BCP 47 tag: English for `en` and its variants, French for the rest.
    ///
    /// ```
    /// assert_eq!(chart::Language::from_tag("en-GB"), chart::Language::English);
    /// assert_eq!(chart::Language::from_tag("fr"), chart::Language::French);
    /// ```
    #[must_use]
    pub fn from_tag(tag: &str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("en") {
            Self::English
        } else {
            Self::French
        }
    }

    /// The tag for a `lang` attribute.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
        }
    }
}

/// A count: `1 720 865` in French, `1,720,865` in English.
#[must_use]
pub fn integer(n: u64, language: Language) -> String {
    group(&n.to_string(), language)
}

/// A number with exactly `decimals` decimals.
///
/// ```
/// use chart::{Language::*, decimal};
/// assert_eq!(decimal(12.15, 1, French), "12,2");
/// assert_eq!(decimal(-1234.5, 0, English), "−1,235");
/// ```
#[must_use]
pub fn decimal(value: f64, decimals: usize, language: Language) -> String {
    if !value.is_finite() {
        return NO_NUMBER.to_owned();
    }
    let rounded = round_half_away(&value.abs().to_string(), decimals);
    let (whole, fraction) = rounded.split_once('.').unwrap_or((rounded.as_str(), ""));
    let mut text = String::new();
    if value < 0.0 && rounded.bytes().any(|b| b.is_ascii_digit() && b != b'0') {
        text.push(MINUS);
    }
    text.push_str(&group(whole, language));
    if !fraction.is_empty() {
        text.push(match language {
            Language::French => ',',
            Language::English => '.',
        });
        text.push_str(fraction);
    }
    text
}

/// A number with at most `max_decimals` decimals and no trailing zeros.
///
/// ```
/// use chart::{Language::French, number};
/// assert_eq!(number(4.50, 2, French), "4,5");
/// assert_eq!(number(4.0, 2, French), "4");
/// ```
#[must_use]
pub fn number(value: f64, max_decimals: usize, language: Language) -> String {
    let text = decimal(value, max_decimals, language);
    if max_decimals == 0 || !value.is_finite() {
        return text;
    }
    text.trim_end_matches('0')
        .trim_end_matches([',', '.'])
        .to_owned()
}

/// A percentage that is already times one hundred: `43,8 %` in French, `43.8%` in English.
#[must_use]
pub fn percent(value: f64, decimals: usize, language: Language) -> String {
    if !value.is_finite() {
        return NO_NUMBER.to_owned();
    }
    percent_sign(&decimal(value, decimals, language), language)
}

/// A share of people. Rounding never turns somebody into nobody or most into all:
/// `< 1 %` and `> 99 %` say so.
///
/// ```
/// use chart::{Language::*, share};
/// assert_eq!(share(0.2, 0, English), "<\u{a0}1%");
/// assert_eq!(share(99.9, 0, English), ">\u{a0}99%");
/// assert_eq!(share(100.0, 0, French), "100\u{202f}%");
/// ```
#[must_use]
pub fn share(value: f64, decimals: usize, language: Language) -> String {
    // Nobody and everybody need no decimals.
    if value == 0.0 || value == 100.0 {
        return percent(value, 0, language);
    }
    let step = 10f64.powi(-i32::try_from(decimals).unwrap_or(i32::MAX));
    let text = percent(value, decimals, language);
    if value > 0.0 && text == percent(0.0, decimals, language) {
        format!("<\u{a0}{}", percent(step, decimals, language))
    } else if value < 100.0 && text == percent(100.0, decimals, language) {
        format!(">\u{a0}{}", percent(100.0 - step, decimals, language))
    } else {
        text
    }
}

/// An amount of euros: `1 720 865 €` in French, `€1,720,865` in English.
#[must_use]
pub fn money(value: f64, max_decimals: usize, language: Language) -> String {
    if !value.is_finite() {
        return NO_NUMBER.to_owned();
    }
    // An amount is whole or has all its cents: `4,50 €`, never `4,5 €`.
    let cents = round_half_away(&value.abs().to_string(), max_decimals);
    let whole = cents
        .split_once('.')
        .is_none_or(|(_, cents)| cents.bytes().all(|b| b == b'0'));
    let digits = decimal(value, if whole { 0 } else { max_decimals }, language);
    match language {
        Language::French => format!("{digits}{NARROW_SPACE}€"),
        Language::English => match digits.strip_prefix(MINUS) {
            Some(amount) => format!("{MINUS}€{amount}"),
            None => format!("€{digits}"),
        },
    }
}

/// A number followed by the name of its unit, kept on one line.
///
/// ```
/// assert_eq!(chart::with_unit("4,5", "ETP"), "4,5\u{a0}ETP");
/// assert_eq!(chart::with_unit("4,5", ""), "4,5");
/// ```
#[must_use]
pub fn with_unit(number: &str, unit: &str) -> String {
    if unit.is_empty() {
        number.to_owned()
    } else {
        format!("{number}\u{a0}{unit}")
    }
}

/// `digits` and the sign, with the space French has before it.
pub(crate) fn percent_sign(digits: &str, language: Language) -> String {
    match language {
        Language::French => format!("{digits}{NARROW_SPACE}%"),
        Language::English => format!("{digits}%"),
    }
}

/// Separates the thousands of a run of digits.
fn group(digits: &str, language: Language) -> String {
    let separator = match language {
        Language::French => NARROW_SPACE,
        Language::English => ',',
    };
    let mut text = String::with_capacity(digits.len() + digits.len());
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// Rounds the decimal text of a non-negative number to `decimals` places.
fn round_half_away(text: &str, decimals: usize) -> String {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut digits: Vec<u8> = whole.bytes().collect();
    digits.extend(
        fraction
            .bytes()
            .chain(std::iter::repeat(b'0'))
            .take(decimals),
    );
    if fraction
        .as_bytes()
        .get(decimals)
        .is_some_and(|next| *next >= b'5')
    {
        round_up(&mut digits);
    }
    let point = digits.len() - decimals;
    let mut rounded = String::with_capacity(digits.len() + 1);
    for (index, digit) in digits.iter().enumerate() {
        if index == point {
            rounded.push('.');
        }
        rounded.push(char::from(*digit));
    }
    rounded
}

/// Adds one to the last place of a decimal number written as ASCII digits.
fn round_up(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit == b'9' {
            *digit = b'0';
        } else {
            *digit += 1;
            return;
        }
    }
    digits.insert(0, b'1');
}
