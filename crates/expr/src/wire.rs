//! The form in which programs, instruments and sheets travel to browsers: bytes without names.
//!
//! Every respondent downloads the code that reads it, so it is written for the size of that code.
//! A [`Reader`] that meets something impossible remembers so and goes on giving zeros; whoever
//! reads asks it once, at the end. Reading JSON instead takes ten times the code, a serde format
//! without names three times.
//!
//! Both ends are builds of one commit: the form has no version. Structs and enums say what they
//! are made of with [`wire_struct!`](crate::wire_struct) and [`wire_enum!`](crate::wire_enum).

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Map, Number, Value};

/// How deep lists and objects may be nested inside a JSON value.
const MAX_DEPTH: u8 = 64;

/// What can be written as bytes and read back.
pub trait Wire: Sized {
    /// Appends it.
    fn write(&self, to: &mut Vec<u8>);

    /// Takes it from where the reader stands; anything, if the reader has failed.
    fn read(from: &mut Reader<'_>) -> Self;
}

/// Bytes being read, and whether they were what was expected so far.
#[derive(Debug)]
pub struct Reader<'b> {
    rest: &'b [u8],
    failed: bool,
    depth: u8,
}

impl<'b> Reader<'b> {
    /// Starts at the first byte.
    #[must_use]
    pub const fn new(bytes: &'b [u8]) -> Self {
        Self {
            rest: bytes,
            failed: false,
            depth: 0,
        }
    }

    /// Notes that this is not what was written.
    pub const fn fail(&mut self) {
        self.failed = true;
        self.rest = &[];
    }

    /// Whether everything was as expected and nothing is left.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        !self.failed && self.rest.is_empty()
    }

    /// The next byte.
    pub fn byte(&mut self) -> u8 {
        self.take(1).first().copied().unwrap_or_default()
    }

    /// The next whole number: seven bits a byte, the lowest first.
    pub fn number(&mut self) -> u64 {
        let mut number = 0;
        for shift in (0..u64::BITS).step_by(7) {
            let byte = self.byte();
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return number;
            }
        }
        self.fail();
        0
    }

    fn bits(&mut self) -> u64 {
        self.take(size_of::<u64>())
            .try_into()
            .map_or(0, u64::from_le_bytes)
    }

    /// Reads what is nested, unless it is nested so deep that reading it could end the program.
    fn deeper(&mut self, read: impl FnOnce(&mut Self) -> Value) -> Value {
        if self.depth == MAX_DEPTH {
            self.fail();
            return Value::Null;
        }
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn take(&mut self, n: usize) -> &'b [u8] {
        if let Some((taken, rest)) = self.rest.split_at_checked(n) {
            self.rest = rest;
            taken
        } else {
            self.fail();
            &[]
        }
    }
}

/// Bytes as text, for attributes and arguments: two digits a byte.
///
/// ```
/// use expr::wire::{from_text, to_text};
/// assert_eq!(to_text(&[1, 255]), "01ff");
/// assert_eq!(from_text("01ff"), Some(vec![1, 255]));
/// assert_eq!(from_text("0x"), None);
/// ```
#[must_use]
pub fn to_text(bytes: &[u8]) -> String {
    let digit = |it: u8| char::from_digit(u32::from(it), 16).unwrap_or('0');
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(digit(byte >> 4));
        text.push(digit(byte & 15));
    }
    text
}

/// The bytes of such a text; `None` for any other.
#[must_use]
pub fn from_text(text: &str) -> Option<Vec<u8>> {
    let digit = |it: u8| char::from(it).to_digit(16);
    let mut bytes = Vec::with_capacity(text.len() / 2);
    for pair in text.as_bytes().chunks(2) {
        let [high, low] = pair else { return None };
        bytes.push((digit(*high)? << 4 | digit(*low)?) as u8);
    }
    Some(bytes)
}

/// Appends a whole number, as [`Reader::number`] reads it.
pub fn write_number(mut number: u64, to: &mut Vec<u8>) {
    while number >= 0x80 {
        to.push(number as u8 | 0x80);
        number >>= 7;
    }
    to.push(number as u8);
}

macro_rules! whole_numbers {
    ($($number:ty),*) => {$(
        impl Wire for $number {
            fn write(&self, to: &mut Vec<u8>) {
                write_number(u64::from(*self), to);
            }

            fn read(from: &mut Reader<'_>) -> Self {
                Self::try_from(from.number()).unwrap_or_else(|_| {
                    from.fail();
                    0
                })
            }
        }
    )*};
}

whole_numbers!(u8, u16, u32);

impl Wire for bool {
    fn write(&self, to: &mut Vec<u8>) {
        to.push(u8::from(*self));
    }

    fn read(from: &mut Reader<'_>) -> Self {
        from.byte() != 0
    }
}

impl Wire for String {
    fn write(&self, to: &mut Vec<u8>) {
        write_number(self.len() as u64, to);
        to.extend_from_slice(self.as_bytes());
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let length = usize::try_from(from.number()).unwrap_or(usize::MAX);
        match std::str::from_utf8(from.take(length)) {
            Ok(text) => text.to_owned(),
            Err(_) => {
                from.fail();
                Self::new()
            }
        }
    }
}

impl Wire for Box<str> {
    fn write(&self, to: &mut Vec<u8>) {
        write_number(self.len() as u64, to);
        to.extend_from_slice(self.as_bytes());
    }

    fn read(from: &mut Reader<'_>) -> Self {
        String::read(from).into_boxed_str()
    }
}

impl<T: Wire> Wire for Option<T> {
    fn write(&self, to: &mut Vec<u8>) {
        to.push(u8::from(self.is_some()));
        if let Some(it) = self {
            it.write(to);
        }
    }

    fn read(from: &mut Reader<'_>) -> Self {
        (from.byte() != 0).then(|| T::read(from))
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn write(&self, to: &mut Vec<u8>) {
        write_number(self.len() as u64, to);
        for it in self {
            it.write(to);
        }
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let mut list = Self::new();
        // The length is not believed: a list ends where its bytes end.
        for _ in 0..from.number() {
            if from.failed {
                break;
            }
            list.push(T::read(from));
        }
        list
    }
}

impl<T: Wire> Wire for Box<[T]> {
    fn write(&self, to: &mut Vec<u8>) {
        write_number(self.len() as u64, to);
        for it in self {
            it.write(to);
        }
    }

    fn read(from: &mut Reader<'_>) -> Self {
        Vec::read(from).into_boxed_slice()
    }
}

impl<A: Wire, B: Wire> Wire for (A, B) {
    fn write(&self, to: &mut Vec<u8>) {
        self.0.write(to);
        self.1.write(to);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        (A::read(from), B::read(from))
    }
}

/// JSON travels inside sheets: answers keep whatever was given.
impl Wire for Value {
    fn write(&self, to: &mut Vec<u8>) {
        match self {
            Self::Null => to.push(0),
            Self::Bool(it) => to.extend([1, u8::from(*it)]),
            Self::Number(it) => {
                let (tag, bits) = match (it.as_u64(), it.as_i64()) {
                    (Some(it), _) => (2, it),
                    (None, Some(it)) => (3, it.cast_unsigned()),
                    (None, None) => (4, it.as_f64().unwrap_or_default().to_bits()),
                };
                to.push(tag);
                to.extend(bits.to_le_bytes());
            }
            Self::String(it) => {
                to.push(5);
                it.write(to);
            }
            Self::Array(it) => {
                to.push(6);
                it.write(to);
            }
            Self::Object(it) => {
                to.push(7);
                it.write(to);
            }
        }
    }

    fn read(from: &mut Reader<'_>) -> Self {
        match from.byte() {
            0 => Self::Null,
            1 => Self::Bool(from.byte() != 0),
            2 => Self::from(from.bits()),
            3 => Self::from(from.bits().cast_signed()),
            4 => Number::from_f64(f64::from_bits(from.bits())).map_or_else(
                || {
                    from.fail();
                    Self::Null
                },
                Self::Number,
            ),
            5 => Self::String(String::read(from)),
            6 => from.deeper(|it| Self::Array(Vec::read(it))),
            7 => from.deeper(|it| Self::Object(Map::read(it))),
            _ => {
                from.fail();
                Self::Null
            }
        }
    }
}

impl Wire for Map<String, Value> {
    fn write(&self, to: &mut Vec<u8>) {
        write_number(self.len() as u64, to);
        for (key, value) in self {
            key.write(to);
            value.write(to);
        }
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let mut map = Self::new();
        for _ in 0..from.number() {
            if from.failed {
                break;
            }
            map.insert(String::read(from), Value::read(from));
        }
        map
    }
}

impl Wire for Decimal {
    fn write(&self, to: &mut Vec<u8>) {
        self.scale().write(to);
        to.extend_from_slice(&self.mantissa().to_le_bytes());
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let scale = u32::read(from);
        let mantissa = from
            .take(size_of::<i128>())
            .try_into()
            .map(i128::from_le_bytes);
        let decimal = mantissa.map(|it| Self::try_from_i128_with_scale(it, scale));
        if let Ok(Ok(decimal)) = decimal {
            return decimal;
        }
        from.fail();
        Self::ZERO
    }
}

impl Wire for Date {
    fn write(&self, to: &mut Vec<u8>) {
        to.extend_from_slice(&self.year().to_le_bytes());
        to.extend([self.month().cast_unsigned(), self.day().cast_unsigned()]);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let year = i16::from_le_bytes([from.byte(), from.byte()]);
        let (month, day) = (from.byte().cast_signed(), from.byte().cast_signed());
        Self::new(year, month, day).unwrap_or_else(|_| {
            from.fail();
            Self::ZERO
        })
    }
}

/// Makes a struct travel: its fields, in this order.
///
/// ```
/// #[derive(Debug, PartialEq)]
/// struct Row { code: String, rank: u16 }
/// expr::wire_struct!(Row { code, rank });
///
/// use expr::wire::{Reader, Wire};
/// let mut bytes = Vec::new();
/// Row { code: "cls".to_owned(), rank: 3 }.write(&mut bytes);
/// let mut reader = Reader::new(&bytes);
/// assert_eq!(Row::read(&mut reader), Row { code: "cls".to_owned(), rank: 3 });
/// assert!(reader.is_done());
/// ```
#[macro_export]
macro_rules! wire_struct {
    ($name:ident { $($field:tt),* $(,)? }) => {
        impl $crate::wire::Wire for $name {
            fn write(&self, to: &mut Vec<u8>) {
                $( $crate::wire::Wire::write(&self.$field, to); )*
            }

            fn read(from: &mut $crate::wire::Reader<'_>) -> Self {
                Self { $( $field: $crate::wire::Wire::read(from) ),* }
            }
        }
    };
}

/// Makes an enum travel: a byte for the variant, then its fields.
///
/// After `else` stands what an unknown byte gives; the reader has failed then.
///
/// ```
/// #[derive(Debug, PartialEq)]
/// enum Bound { None, Least(u16), Between { least: u16, most: u16 } }
/// expr::wire_enum!(Bound { 0 None, 1 Least(it), 2 Between { least, most } } else Self::None);
///
/// use expr::wire::{Reader, Wire};
/// let mut bytes = Vec::new();
/// Bound::Between { least: 1, most: 300 }.write(&mut bytes);
/// assert_eq!(Bound::read(&mut Reader::new(&bytes)), Bound::Between { least: 1, most: 300 });
/// let mut reader = Reader::new(&[9]);
/// Bound::read(&mut reader);
/// assert!(!reader.is_done());
/// ```
#[macro_export]
macro_rules! wire_enum {
    ($name:ident { $(
        $tag:literal $variant:ident $( ( $($part:ident),* ) )? $( { $($field:ident),* } )?
    ),* $(,)? } else $other:expr) => {
        impl $crate::wire::Wire for $name {
            fn write(&self, to: &mut Vec<u8>) {
                match self { $(
                    Self::$variant $( ( $($part),* ) )? $( { $($field),* } )? => {
                        to.push($tag);
                        $( $( $crate::wire::Wire::write($part, to); )* )?
                        $( $( $crate::wire::Wire::write($field, to); )* )?
                    }
                )* }
            }

            fn read(from: &mut $crate::wire::Reader<'_>) -> Self {
                match from.byte() {
                    $( $tag => Self::$variant
                        $( ( $({
                            let $part = $crate::wire::Wire::read(from);
                            $part
                        }),* ) )?
                        $( { $( $field: $crate::wire::Wire::read(from) ),* } )?,
                    )*
                    _ => {
                        from.fail();
                        $other
                    }
                }
            }
        }
    };
}

#[cfg(test)]
mod tests {
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
}
