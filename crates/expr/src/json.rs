//! The JSON form of expressions: one key per node that says what it is.
//!
//! Written by hand for two reasons: positions stay out of it, and the depth limit holds while
//! reading, whatever the format underneath allows.

use std::borrow::Cow;
use std::fmt;

use rust_decimal::Decimal;
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::ast::{BinaryOp, Expr, ExprKind, Function, is_name, is_word};
use crate::parser::MAX_DEPTH;

impl Serialize for Expr {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if let ExprKind::Today = self.kind {
            return to.serialize_str("today");
        }
        let mut map = to.serialize_map(Some(1))?;
        match &self.kind {
            ExprKind::Today => {}
            ExprKind::Number(it) => map.serialize_entry("number", &it.normalize().to_string())?,
            ExprKind::Text(it) => map.serialize_entry("text", it)?,
            ExprKind::Bool(it) => map.serialize_entry("bool", it)?,
            ExprKind::Name(it) => map.serialize_entry("name", it)?,
            ExprKind::Field { base, field } => map.serialize_entry("field", &[base, field])?,
            ExprKind::Row { base, row } => map.serialize_entry("row", &[base, row])?,
            ExprKind::Unit { roster, unit, item } => {
                map.serialize_entry("unit", &[roster, unit, item])?;
            }
            ExprKind::Not(it) => map.serialize_entry("not", it)?,
            ExprKind::Neg(it) => map.serialize_entry("neg", it)?,
            ExprKind::And(it) => map.serialize_entry("and", it)?,
            ExprKind::Or(it) => map.serialize_entry("or", it)?,
            ExprKind::Binary { op, left, right } => {
                map.serialize_entry(op.symbol(), &[left, right])?;
            }
            ExprKind::In {
                operand,
                list,
                negated,
            } => {
                let all: Vec<&Expr> = std::iter::once(&**operand).chain(list).collect();
                map.serialize_entry(if *negated { "not in" } else { "in" }, &all)?;
            }
            ExprKind::Call { function, args } => map.serialize_entry(function.name(), args)?,
        }
        map.end()
    }
}

impl<'de> serde::Deserialize<'de> for Expr {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        One { depth: 1 }.deserialize(from)
    }
}

/// Reads one expression that is `depth` levels inside.
#[derive(Clone, Copy)]
struct One {
    depth: usize,
}

/// Reads a list of expressions that are `depth` levels inside.
struct Many {
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for One {
    type Value = Expr;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Expr, D::Error> {
        if self.depth > MAX_DEPTH {
            return Err(too_deep());
        }
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for One {
    type Value = Expr;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an expression: \"today\" or an object with one key, like {\"name\": \"x\"}")
    }

    fn visit_str<E: de::Error>(self, it: &str) -> Result<Expr, E> {
        match it {
            "today" => Ok(ExprKind::Today.into()),
            _ => Err(E::invalid_value(de::Unexpected::Str(it), &self)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Expr, A::Error> {
        let Some(key) = map.next_key::<Cow<'de, str>>()? else {
            return Err(de::Error::invalid_length(0, &self));
        };
        let one = One {
            depth: self.depth + 1,
        };
        let many = Many {
            depth: self.depth + 1,
        };
        let kind = match &*key {
            "number" => match number(map.next_value::<Decimal>()?) {
                // The sign is a level of its own.
                ExprKind::Neg(_) if self.depth == MAX_DEPTH => return Err(too_deep()),
                it => it,
            },
            "text" => ExprKind::Text(map.next_value()?),
            "bool" => ExprKind::Bool(map.next_value()?),
            "name" => ExprKind::Name(name(map.next_value()?)?),
            "field" => {
                let [base, field] = map.next_value::<[String; 2]>()?;
                ExprKind::Field {
                    base: name(base)?,
                    field: word(field)?,
                }
            }
            "row" => {
                let [base, row] = map.next_value::<[String; 2]>()?;
                ExprKind::Row {
                    base: name(base)?,
                    row,
                }
            }
            "unit" => {
                let [roster, unit, item] = map.next_value::<[String; 3]>()?;
                ExprKind::Unit {
                    roster: name(roster)?,
                    unit,
                    item: word(item)?,
                }
            }
            "not" => ExprKind::Not(Box::new(map.next_value_seed(one)?)),
            "neg" => ExprKind::Neg(Box::new(map.next_value_seed(one)?)),
            "and" => ExprKind::And(at_least_two(map.next_value_seed(many)?)?),
            "or" => ExprKind::Or(at_least_two(map.next_value_seed(many)?)?),
            "in" | "not in" => {
                let mut list = at_least_two(map.next_value_seed(many)?)?;
                let operand = Box::new(list.remove(0));
                ExprKind::In {
                    operand,
                    list,
                    negated: &*key == "not in",
                }
            }
            other => composite(other, map.next_value_seed(many)?)?,
        };
        if map.next_key::<de::IgnoredAny>()?.is_some() {
            return Err(de::Error::custom("an expression has one key only"));
        }
        Ok(kind.into())
    }
}

impl<'de> DeserializeSeed<'de> for Many {
    type Value = Vec<Expr>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Vec<Expr>, D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Many {
    type Value = Vec<Expr>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of expressions")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<Expr>, A::Error> {
        let mut res = vec![];
        while let Some(it) = list.next_element_seed(One { depth: self.depth })? {
            res.push(it);
        }
        Ok(res)
    }
}

fn too_deep<E: de::Error>() -> E {
    E::custom(format_args!("an expression has at most {MAX_DEPTH} levels"))
}

/// Operators with two operands, and functions.
fn composite<E: de::Error>(key: &str, list: Vec<Expr>) -> Result<ExprKind, E> {
    if let Some(function) = Function::from_name(key) {
        return Ok(ExprKind::Call {
            function,
            args: list,
        });
    }
    let Some(op) = BinaryOp::ALL.into_iter().find(|it| it.symbol() == key) else {
        return Err(E::custom(format_args!(
            "there is no kind of expression {key:?}"
        )));
    };
    let n = list.len();
    let [left, right] = <[Expr; 2]>::try_from(list)
        .map_err(|_| E::custom(format_args!("{key:?} has two operands, not {n}")))?;
    Ok(ExprKind::Binary {
        op,
        left: Box::new(left),
        right: Box::new(right),
    })
}

/// A number; the source has no negative ones, only `-` in front of a number.
fn number(it: Decimal) -> ExprKind {
    let literal = ExprKind::Number(it.abs().normalize());
    if it.is_sign_negative() && !it.is_zero() {
        ExprKind::Neg(Box::new(literal.into()))
    } else {
        literal
    }
}

fn name<E: de::Error>(it: String) -> Result<String, E> {
    if is_name(&it) {
        Ok(it)
    } else {
        Err(E::custom(format_args!("{it:?} cannot be a name")))
    }
}

fn word<E: de::Error>(it: String) -> Result<String, E> {
    if is_word(&it) {
        Ok(it)
    } else {
        Err(E::custom(format_args!("{it:?} cannot be a name")))
    }
}

fn at_least_two<E: de::Error>(list: Vec<Expr>) -> Result<Vec<Expr>, E> {
    if list.len() < 2 {
        return Err(E::custom("at least two expressions are needed here"));
    }
    Ok(list)
}
