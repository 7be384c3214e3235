//! Answers as the engine holds them, read from and written to answer sheets.

use expr::Datum;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::failure::FailureCode;
use crate::instrument::{Cells, Instrument, Item, Kind, List, MissingOffer, Quantity};
use crate::number;

/// The answer to one slot.
///
/// Codes are positions in the item's list. A choice that means a missing reason stays a code here:
/// which of two such choices was made is not lost.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Answer {
    /// Nothing.
    #[default]
    Empty,
    /// A missing reason given as such.
    Missing(MissingOffer),
    /// Consent.
    Bool(bool),
    /// Quantity or money.
    Number(Decimal),
    /// Text.
    Text(Box<str>),
    /// Date.
    Date(Date),
    /// One choice.
    Code(u16),
    /// Several choices, ascending; in rank order for a rank.
    Codes(Box<[u16]>),
    /// Something that cannot be read as an answer, kept as given so that nothing typed is lost.
    Unreadable(Box<Unreadable>),
}

/// A value that is not an answer to its item.
#[derive(Clone, Debug, PartialEq)]
pub struct Unreadable {
    /// Why not.
    pub code: FailureCode,
    /// The value as given.
    pub given: Value,
}

impl Answer {
    fn unreadable(code: FailureCode, given: &Value) -> Self {
        Self::Unreadable(Box::new(Unreadable {
            code,
            given: given.clone(),
        }))
    }

    /// Whether nothing was given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// The missing reason it amounts to: given as such, or meant by the choices made.
    pub(crate) fn missing(&self, list: Option<&List>) -> Option<MissingOffer> {
        let meaning = |it: u16| {
            list.and_then(|list| list.choice(it))
                .and_then(|it| it.missing)
        };
        match self {
            Self::Missing(reason) => Some(*reason),
            Self::Code(code) => meaning(*code),
            Self::Codes(codes) => match **codes {
                [code] => meaning(code),
                _ => None,
            },
            _ => None,
        }
    }

    /// As conditions read it; callers have looked at [`Answer::missing`] first.
    pub(crate) fn datum(&self) -> Option<Datum<'_>> {
        Some(match self {
            Self::Bool(it) => Datum::Bool(*it),
            Self::Number(it) => Datum::Number(*it),
            Self::Text(it) => Datum::Text(it),
            Self::Date(it) => Datum::Date(*it),
            Self::Code(it) => Datum::Code(*it),
            Self::Codes(it) => Datum::Codes(it),
            Self::Empty | Self::Missing(_) | Self::Unreadable(_) => return None,
        })
    }

    /// Reads a value of a sheet for an item; for a grid, the value of one row.
    pub(crate) fn read(instrument: &Instrument, item: &Item, value: &Value) -> Self {
        if is_blank(value) {
            return Self::Empty;
        }
        let list = item.list().and_then(|it| instrument.lists.get(it as usize));
        if let Some(reason) = value.as_object().and_then(|it| it.get("$missing")) {
            let offer = reason.as_str().and_then(MissingOffer::from_code);
            return match offer {
                None => Self::unreadable(FailureCode::Type, value),
                Some(offer) => Self::of_missing(offer, item, list),
            };
        }
        match (&item.kind, list) {
            (
                Kind::Single { .. }
                | Kind::Scale { .. }
                | Kind::Territory { .. }
                | Kind::Grid {
                    cells: Cells::Single { .. },
                    ..
                },
                Some(list),
            ) => read_code(list, value),
            (
                Kind::Multiple { .. }
                | Kind::Grid {
                    cells: Cells::Multiple { .. },
                    ..
                },
                Some(list),
            ) => read_codes(list, value, Order::Ascending),
            (Kind::Rank { .. }, Some(list)) => read_codes(list, value, Order::AsGiven),
            (
                Kind::Quantity(it)
                | Kind::Money(it)
                | Kind::Grid {
                    cells: Cells::Quantity(it),
                    ..
                },
                _,
            ) => read_number(it, value),
            (Kind::Text { .. }, _) => value.as_str().map_or_else(
                || Self::unreadable(FailureCode::Type, value),
                |it| Self::Text(it.into()),
            ),
            (Kind::Date { .. }, _) => value
                .as_str()
                .filter(|it| it.len() == 10)
                .and_then(expr::iso::parse)
                .map_or_else(|| Self::unreadable(FailureCode::Type, value), Self::Date),
            (Kind::Consent, _) => value
                .as_bool()
                .map_or_else(|| Self::unreadable(FailureCode::Type, value), Self::Bool),
            _ => Self::unreadable(FailureCode::Type, value),
        }
    }

    /// A missing reason, stored as the code where exactly one choice has that meaning.
    fn of_missing(offer: MissingOffer, item: &Item, list: Option<&List>) -> Self {
        match list.and_then(|it| it.meaning(offer)) {
            None => Self::Missing(offer),
            Some(code) => match item.kind {
                Kind::Multiple { .. }
                | Kind::Grid {
                    cells: Cells::Multiple { .. },
                    ..
                } => Self::Codes([code].into()),
                _ => Self::Code(code),
            },
        }
    }

    /// As it stands in a sheet; `None` when empty.
    #[must_use]
    pub fn to_json(&self, list: Option<&List>) -> Option<Value> {
        let code = |it: u16| {
            list.and_then(|list| list.choice(it))
                .map_or("", |it| it.code.as_str())
        };
        Some(match self {
            Self::Empty => return None,
            Self::Missing(reason) => json!({ "$missing": reason.code() }),
            Self::Bool(it) => Value::Bool(*it),
            Self::Number(it) => number::to_json(*it),
            Self::Text(it) => Value::from(&**it),
            Self::Date(it) => Value::from(expr::iso::text(*it)),
            Self::Code(it) => Value::from(code(*it)),
            Self::Codes(it) => it.iter().map(|it| Value::from(code(*it))).collect(),
            Self::Unreadable(it) => it.given.clone(),
        })
    }
}

/// `[]`, `""`, `null` and `{}` say nothing.
pub(crate) fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(it) => it.is_empty(),
        Value::Array(it) => it.is_empty(),
        Value::Object(it) => it.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

fn read_code(list: &List, value: &Value) -> Answer {
    match value.as_str() {
        None => Answer::unreadable(FailureCode::Type, value),
        Some(code) => list.position(code).map_or_else(
            || Answer::unreadable(FailureCode::UnknownCode, value),
            Answer::Code,
        ),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Order {
    Ascending,
    AsGiven,
}

fn read_codes(list: &List, value: &Value, order: Order) -> Answer {
    let Some(values) = value.as_array() else {
        return Answer::unreadable(FailureCode::Type, value);
    };
    let mut codes = Vec::with_capacity(values.len());
    for code in values {
        let Some(code) = code.as_str() else {
            return Answer::unreadable(FailureCode::Type, value);
        };
        let Some(code) = list.position(code) else {
            return Answer::unreadable(FailureCode::UnknownCode, value);
        };
        match order {
            Order::Ascending => expr::sorted::insert(&mut codes, code),
            Order::AsGiven if !codes.contains(&code) => codes.push(code),
            // The same choice at two ranks has no order.
            Order::AsGiven => return Answer::unreadable(FailureCode::Type, value),
        }
    }
    Answer::Codes(codes.into())
}

fn read_number(quantity: &Quantity, value: &Value) -> Answer {
    let number = value.as_number().and_then(number::from_json);
    match number {
        Some(it) if it.scale() <= u32::from(quantity.decimals) => Answer::Number(it),
        _ => Answer::unreadable(FailureCode::Type, value),
    }
}
