//! What is written is read, and nothing else is.

use super::{Reader, Wire};
use jiff::civil::date;
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::fmt::Debug;

#[track_caller]
fn check<T: Wire + Debug + PartialEq>(it: &T) {
    let mut bytes = Vec::new();
    it.write(&mut bytes);
    let mut reader = Reader::new(&bytes);
    assert_eq!(&T::read(&mut reader), it);
    assert!(reader.is_done());
    for short in 0..bytes.len() {
        let mut reader = Reader::new(&bytes[..short]);
        T::read(&mut reader);
        assert!(
            !reader.is_done(),
            "{short} of {} bytes passed for all",
            bytes.len()
        );
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read(
        numbers in proptest::collection::vec(any::<u32>(), 0..5),
        text in ".{0,20}",
        some in proptest::option::of((any::<u16>(), any::<bool>())),
        mantissa in -(1_i128 << 95)..(1_i128 << 95),
        scale in 0..=28_u32,
    ) {
        check(&numbers);
        check(&text);
        check(&some);
        check(&Decimal::from_i128_with_scale(mantissa, scale));
    }

    #[test]
    fn no_bytes_make_it_panic_or_go_on_for_ever(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        Vec::<Vec<String>>::read(&mut Reader::new(&bytes));
        Vec::<Option<Decimal>>::read(&mut Reader::new(&bytes));
        Vec::<jiff::civil::Date>::read(&mut Reader::new(&bytes));
        serde_json::Value::read(&mut Reader::new(&bytes));
    }
}

#[test]
fn json_is_read_as_written_but_not_deeper_than_the_stack() {
    let value = serde_json::json!({
        "a": [1, -1, 1.5, 1e300, u64::MAX, i64::MIN, null, true, "é", {"b": {}}], "": [],
    });
    check(&value);
    let mut deep = [6, 1].repeat(100_000);
    deep.push(0);
    let mut reader = Reader::new(&deep);
    serde_json::Value::read(&mut reader);
    assert!(!reader.is_done());
}

#[test]
fn dates_keep_their_year() {
    check(&date(-9999, 1, 1));
    check(&date(2026, 12, 31));
}
