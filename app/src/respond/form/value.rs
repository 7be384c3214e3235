//! One field's text → the JSON value of an answer sheet.

use questionnaire::view::QuantityView;
use serde_json::{Map, Value};

/// Typed text without what only machines put there: other line ends, control characters, spaces
/// around.
pub(super) fn clean(typed: &str) -> String {
    let mut out = String::with_capacity(typed.len());
    for c in typed.replace("\r\n", "\n").chars() {
        if !c.is_control() || matches!(c, '\n' | '\t') {
            out.push(c);
        } else if c == '\r' {
            out.push('\n');
        }
    }
    out.trim().to_owned()
}

/// A text; nothing typed is `null`.
pub(super) fn text(typed: &str) -> Value {
    let text = clean(typed);
    if text.is_empty() {
        Value::Null
    } else {
        Value::String(text)
    }
}

/// A choice's code.
pub(super) fn code(posted: &str) -> Value {
    text(posted)
}

/// Codes in the order of the list, unknown ones last.
pub(super) fn codes<'a>(posted: &[String], list: impl Iterator<Item = &'a str>) -> Value {
    let mut posted: Vec<String> = posted
        .iter()
        .map(|it| clean(it))
        .filter(|it| !it.is_empty())
        .collect();
    let mut out: Vec<Value> = Vec::with_capacity(posted.len());
    for code in list {
        if posted.iter().any(|it| it == code) {
            out.push(Value::from(code));
            posted.retain(|it| it != code);
        }
    }
    out.extend(posted.into_iter().map(Value::String));
    if out.is_empty() {
        Value::Null
    } else {
        Value::Array(out)
    }
}

/// `true` or `false`; anything else is kept as it came.
pub(super) fn boolean(posted: &str) -> Value {
    match posted {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        other => text(other),
    }
}

/// A number as people write it: decimal comma or point, spaces between thousands, its unit after
/// it. What is not one stays the text that was typed.
pub(super) fn number(typed: &str, quantity: &QuantityView) -> Value {
    let typed = clean(typed);
    if typed.is_empty() {
        return Value::Null;
    }
    let bare = match &quantity.unit {
        Some(unit) => without_unit(&typed, unit),
        None => &typed,
    };
    parse_number(bare).unwrap_or(Value::String(typed))
}

fn without_unit<'a>(typed: &'a str, unit: &str) -> &'a str {
    let ends = typed
        .char_indices()
        .rev()
        .take(unit.chars().count())
        .map(|(at, _)| at);
    let cut = ends
        .filter(|&at| {
            typed
                .get(at..)
                .is_some_and(|end| end.eq_ignore_ascii_case(unit))
        })
        .last();
    cut.and_then(|at| typed.get(..at))
        .map_or(typed, str::trim_end)
}

fn parse_number(text: &str) -> Option<Value> {
    let mut plain = String::with_capacity(text.len());
    let mut digits = 0_usize;
    let mut decimals = None;
    // Digits since the last space between thousands.
    let mut group = None;
    for (at, c) in text.chars().enumerate() {
        match c {
            '0'..='9' => {
                plain.push(c);
                digits += 1;
                match &mut decimals {
                    Some(it) => *it += 1,
                    None => group = group.map(|it: usize| it + 1),
                }
            }
            // U+2212 is the minus sign that word processors type.
            '-' | '\u{2212}' if at == 0 => plain.push('-'),
            '+' if at == 0 => {}
            ',' | '.' if decimals.is_none() && digits > 0 => {
                plain.push('.');
                decimals = Some(0_usize);
            }
            ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}'
                if decimals.is_none() && (1..=3).contains(&group.unwrap_or(digits)) =>
            {
                if group.is_some_and(|it| it != 3) {
                    return None;
                }
                group = Some(0);
            }
            _ => return None,
        }
    }
    let grouped = group.is_none_or(|it| it == 3);
    // Beyond 15 digits a JSON number no longer says what was typed.
    if digits == 0 || digits > 15 || decimals == Some(0) || !grouped {
        return None;
    }
    match plain.split_once('.') {
        // `2,0` is the whole number 2.
        Some((_, fraction)) if fraction.bytes().any(|it| it != b'0') => {
            questionnaire::number::parse(&plain)
        }
        Some((whole, _)) => whole.parse::<i64>().ok().map(Value::from),
        None => plain.parse::<i64>().ok().map(Value::from),
    }
}

/// Three fields → an ISO date; if they do not make one, what was typed, as `year-month-day`.
pub(super) fn date(year: &str, month: &str, day: &str) -> Value {
    let [year, month, day] = [year, month, day].map(|it| clean(it).replace('-', " "));
    if year.is_empty() && month.is_empty() && day.is_empty() {
        return Value::Null;
    }
    let numeric = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    if year.len() == 4 && [&year, &month, &day].iter().all(|it| numeric(it)) {
        return Value::String(format!("{year}-{month:0>2}-{day:0>2}"));
    }
    Value::String(format!("{year}-{month}-{day}"))
}

/// Ranks given to choices → the choices in order. Where two have the same rank or a rank is not a
/// number there is no order, and what was typed is kept as ranks by code.
pub(super) fn ranks(given: Vec<(&str, &str)>) -> Value {
    let given: Vec<(&str, String)> = given
        .into_iter()
        .map(|(code, rank)| (code, clean(rank)))
        .filter(|(_, rank)| !rank.is_empty())
        .collect();
    if given.is_empty() {
        return Value::Null;
    }
    let mut order: Vec<(u16, &str)> = Vec::with_capacity(given.len());
    for (code, rank) in &given {
        match rank.parse::<u16>() {
            Ok(rank) if order.iter().all(|(it, _)| *it != rank) => order.push((rank, code)),
            _ => {
                return Value::Object(
                    given
                        .iter()
                        .map(|(code, rank)| {
                            let rank = rank
                                .parse::<u16>()
                                .map_or(Value::from(rank.as_str()), Value::from);
                            ((*code).to_owned(), rank)
                        })
                        .collect::<Map<_, _>>(),
                );
            }
        }
    }
    order.sort_unstable();
    order
        .into_iter()
        .map(|(_, code)| Value::from(code))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn quantity(unit: Option<&str>) -> QuantityView {
        QuantityView {
            value: String::new(),
            min: None,
            max: None,
            decimals: 2,
            unit: unit.map(str::to_owned),
        }
    }

    #[track_caller]
    fn check(typed: &str, expect: &Value) {
        assert_eq!(&number(typed, &quantity(Some("ETP"))), expect, "{typed:?}");
    }

    #[test]
    fn numbers_as_people_write_them() {
        check("3", &json!(3));
        check(" 1,5 ", &json!(1.5));
        check("1.5", &json!(1.5));
        check("0,10", &json!(0.1));
        check("2,0", &json!(2));
        check("1 720 865", &json!(1_720_865));
        check("1\u{202F}720,5", &json!(1720.5));
        check("-4", &json!(-4));
        check("\u{2212}4", &json!(-4));
        check("+4", &json!(4));
        check("0,5 ETP", &json!(0.5));
        check("0,5etp", &json!(0.5));
        check("007", &json!(7));
        check("", &Value::Null);
        check("   ", &Value::Null);
    }

    #[test]
    fn what_is_not_a_number_stays_as_typed() {
        for typed in [
            "abc",
            "1.720,5",
            "1,2,3",
            "1e5",
            "0x10",
            "--1",
            "1-",
            ",5",
            "5,",
            "deux",
            "ETP",
            "-",
            "123456789012345678",
            "1/2",
            "١",
            "NaN",
            "inf",
            "1,5 6",
            "1 5",
            "12 34",
            "1 720 86",
            "1720 865",
            "1  720",
        ] {
            check(typed, &json!(typed));
        }
    }

    #[test]
    fn dates_from_three_fields() {
        assert_eq!(date("2026", "3", "9"), json!("2026-03-09"));
        assert_eq!(date(" 2026 ", "03", "09"), json!("2026-03-09"));
        assert_eq!(date("", "", ""), Value::Null);
        assert_eq!(
            date("26", "3", "9"),
            json!("26-3-9"),
            "two digits are no year"
        );
        assert_eq!(date("2026", "", "31"), json!("2026--31"));
        assert_eq!(date("2026", "mars", "1-2"), json!("2026-mars-1 2"));
        assert_eq!(
            date("2026", "2", "31"),
            json!("2026-02-31"),
            "the engine knows the calendar"
        );
    }

    #[test]
    fn ranks_make_an_order() {
        assert_eq!(
            ranks(vec![("a", "2"), ("b", "1"), ("c", "")]),
            json!(["b", "a"])
        );
        assert_eq!(
            ranks(vec![("a", "5"), ("b", "2")]),
            json!(["b", "a"]),
            "gaps are an order too"
        );
        assert_eq!(ranks(vec![("a", ""), ("b", " ")]), Value::Null);
        assert_eq!(
            ranks(vec![("a", "1"), ("b", "1")]),
            json!({"a": 1, "b": 1}),
            "ties are none"
        );
        assert_eq!(
            ranks(vec![("a", "x"), ("b", "1")]),
            json!({"a": "x", "b": 1})
        );
    }

    #[test]
    fn texts_lose_only_what_nobody_typed() {
        assert_eq!(text("  a\r\nb\0\u{7}c "), json!("a\nbc"));
        assert_eq!(text(" \n "), Value::Null);
        assert_eq!(
            codes(
                &["z".into(), "b".into(), "a".into(), "b".into()],
                ["a", "b"].into_iter()
            ),
            json!(["a", "b", "z"])
        );
        assert_eq!(boolean("true"), json!(true));
        assert_eq!(boolean("oui"), json!("oui"));
    }
}
