//! The form in which programs, instruments and sheets travel to browsers: bytes without names.
//!
//! Every respondent downloads the code that reads it, so it is written for the size of that code.
//! A [`Reader`] that meets something impossible remembers so and goes on giving zeros; whoever
//! reads asks it once, at the end. ADR 0007 has what JSON and a serde format without names
//! weighed in its place.
//!
//! Both ends are builds of one commit: the form has no version. Structs and enums say what they
//! are made of with [`wire_struct!`](crate::wire_struct) and [`wire_enum!`](crate::wire_enum).

mod json;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use rust_decimal::Decimal;

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
