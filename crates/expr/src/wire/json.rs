//! JSON on its way to browsers and back.

use serde_json::{Map, Number, Value};

use super::{Reader, Wire, write_number};

/// How deep lists and objects may be nested inside a JSON value.
const MAX_DEPTH: u8 = 64;

impl Reader<'_> {
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
