//! Numbers as they are read.

use chart::Language::{English, French};
use chart::{decimal, integer, money, number, percent, share};

#[track_caller]
fn check(written: &str, expect: &str) {
    // `_` stands for the narrow no-break space, which an editor would not show.
    assert_eq!(
        written.replace('\u{202f}', "_").replace('\u{a0}', "~"),
        expect
    );
}

#[test]
fn french_groups_by_narrow_spaces_and_has_a_decimal_comma() {
    check(&integer(1_720_865, French), "1_720_865");
    check(&integer(999, French), "999");
    check(&money(1_720_865.0, 2, French), "1_720_865_€");
    check(&money(4.5, 2, French), "4,50_€");
    check(&money(-1200.0, 2, French), "−1_200_€");
    check(&percent(43.8, 1, French), "43,8_%");
    check(&decimal(1234.5, 2, French), "1_234,50");
    check(&number(0.1 + 0.2, 2, French), "0,3");
}

#[test]
fn english_groups_by_commas_and_has_a_decimal_point() {
    check(&integer(1_720_865, English), "1,720,865");
    check(&money(1_720_865.0, 2, English), "€1,720,865");
    check(&money(-4.5, 2, English), "−€4.50");
    check(&percent(43.8, 1, English), "43.8%");
    check(&number(1234.5, 2, English), "1,234.5");
}

#[test]
fn halves_round_away_from_zero_as_they_are_written() {
    // 12.15 is stored below 12.15; 43.25 and 0.5 exactly: a reader sees a half in all of them.
    check(&decimal(12.15, 1, French), "12,2");
    check(&decimal(43.25, 1, French), "43,3");
    check(&decimal(0.5, 0, French), "1");
    check(&decimal(-2.5, 0, French), "−3");
    check(&decimal(99.999, 2, French), "100,00");
    check(&decimal(9.96, 1, French), "10,0");
}

#[test]
fn what_rounds_to_zero_has_no_sign() {
    check(&decimal(-0.2, 0, French), "0");
    check(&decimal(-0.0, 1, French), "0,0");
}

#[test]
fn somebody_is_never_nobody_and_most_are_never_all() {
    check(&share(0.0, 0, French), "0_%");
    check(&share(0.04, 0, French), "<~1_%");
    check(&share(0.04, 1, French), "<~0,1_%");
    check(&share(99.96, 0, French), ">~99_%");
    check(&share(99.96, 1, French), ">~99,9_%");
    check(&share(0.0, 1, French), "0_%");
    check(&share(100.0, 1, French), "100_%");
    check(&share(0.5, 0, French), "1_%");
}

#[test]
fn what_is_no_number_is_a_dash() {
    check(&decimal(f64::NAN, 0, French), "–");
    check(&percent(f64::INFINITY, 0, English), "–");
    check(&money(f64::NAN, 2, French), "–");
}

#[test]
fn very_large_and_very_small_numbers_are_written_out() {
    check(&decimal(1e21, 0, English), "1,000,000,000,000,000,000,000");
    check(&decimal(1e-9, 2, French), "0,00");
}
