//! What an expression reads: answers, and the reasons why there is none.

use std::fmt;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::wire::{Reader, Wire};

/// Why a slot holds no usable answer.
///
/// The five reasons are never merged: « not asked » is not « no answer ».
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// On path, reached, and left empty (item nonresponse).
    NoAnswer,
    /// The respondent said they do not know.
    DontKnow,
    /// The respondent said they would rather not answer.
    Refused,
    /// Off path: the filter does not hold.
    NotAsked,
    /// The respondent stopped before it.
    NotReached,
}

impl Missing {
    /// Every reason, in the order of the codebook.
    pub const ALL: [Self; 5] = [
        Self::NoAnswer,
        Self::DontKnow,
        Self::Refused,
        Self::NotAsked,
        Self::NotReached,
    ];

    /// The code used in conditions, sheets and codebooks.
    ///
    /// ```
    /// assert_eq!(expr::Missing::DontKnow.code(), "dont_know");
    /// ```
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoAnswer => "no_answer",
            Self::DontKnow => "dont_know",
            Self::Refused => "refused",
            Self::NotAsked => "not_asked",
            Self::NotReached => "not_reached",
        }
    }

    /// The reason with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A set of missing reasons: what an unknown result is unknown because of.
///
/// Empty for results that are unknown although every answer is there (a division by zero).
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "u8", into = "u8")]
pub struct Reasons(u8);

impl From<u8> for Reasons {
    /// Bits that stand for no reason are dropped.
    fn from(bits: u8) -> Self {
        Self(bits & 0b1_1111)
    }
}

impl From<Reasons> for u8 {
    fn from(it: Reasons) -> Self {
        it.0
    }
}

impl Wire for Reasons {
    fn write(&self, to: &mut Vec<u8>) {
        to.push(self.0);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        from.byte().into()
    }
}

impl Reasons {
    /// No reason.
    pub const NONE: Self = Self(0);

    /// The set with this one reason.
    #[must_use]
    pub const fn only(missing: Missing) -> Self {
        Self(1 << missing as u8)
    }

    /// Every reason in either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the set has this reason.
    #[must_use]
    pub const fn has(self, missing: Missing) -> bool {
        self.0 & (1 << missing as u8) != 0
    }

    /// Whether the sets have a reason in common.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The reasons in the set, in the order of [`Missing::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Missing> {
        Missing::ALL.into_iter().filter(move |it| self.has(*it))
    }
}

impl fmt::Debug for Reasons {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// A truth value of the three-valued logic, with the reasons of an unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Truth {
    /// The condition does not hold.
    False,
    /// It cannot be told, because of these missing answers.
    Unknown(Reasons),
    /// The condition holds.
    True,
}

impl Truth {
    /// Whether the condition holds; unknown does not.
    #[must_use]
    pub const fn is_true(self) -> bool {
        matches!(self, Self::True)
    }

    /// Whether the condition fails; unknown does not.
    #[must_use]
    pub const fn is_false(self) -> bool {
        matches!(self, Self::False)
    }

    /// Kleene conjunction; two unknowns keep the reasons of both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::False, _) | (_, Self::False) => Self::False,
            (Self::True, it) | (it, Self::True) => it,
            (Self::Unknown(a), Self::Unknown(b)) => Self::Unknown(a.union(b)),
        }
    }

    /// Kleene disjunction; two unknowns keep the reasons of both.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::True, _) | (_, Self::True) => Self::True,
            (Self::False, it) | (it, Self::False) => it,
            (Self::Unknown(a), Self::Unknown(b)) => Self::Unknown(a.union(b)),
        }
    }

    /// Kleene negation.
    #[must_use]
    pub const fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::True => Self::False,
            it @ Self::Unknown(_) => it,
        }
    }
}

impl From<bool> for Truth {
    fn from(it: bool) -> Self {
        if it { Self::True } else { Self::False }
    }
}

/// What an environment hands to the evaluator for one variable.
///
/// Codes are positions in the variable's code list: comparing answers compares integers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Datum<'a> {
    /// A consent, or a computed truth value.
    Bool(bool),
    /// A quantity or an amount.
    Number(Decimal),
    /// A text.
    Text(&'a str),
    /// A date.
    Date(Date),
    /// The position of the chosen code in its list.
    Code(u16),
    /// The positions of the chosen codes: ascending for a multiple, in rank order for a rank.
    Codes(&'a [u16]),
    /// Unknown, because of these reasons (several for a computed variable).
    Missing(Reasons),
}

/// An owned [`Datum`]: the result of evaluating a program.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A truth value.
    Bool(bool),
    /// A number.
    Number(Decimal),
    /// A text.
    Text(String),
    /// A date.
    Date(Date),
    /// The position of a code in its list.
    Code(u16),
    /// Positions of codes in their list.
    Codes(Vec<u16>),
    /// Unknown, because of these reasons.
    Missing(Reasons),
}

impl Value {
    /// The same value, borrowed.
    #[must_use]
    pub fn as_datum(&self) -> Datum<'_> {
        match self {
            Self::Bool(it) => Datum::Bool(*it),
            Self::Number(it) => Datum::Number(*it),
            Self::Text(it) => Datum::Text(it),
            Self::Date(it) => Datum::Date(*it),
            Self::Code(it) => Datum::Code(*it),
            Self::Codes(it) => Datum::Codes(it),
            Self::Missing(it) => Datum::Missing(*it),
        }
    }
}

impl From<Datum<'_>> for Value {
    fn from(it: Datum<'_>) -> Self {
        match it {
            Datum::Bool(it) => Self::Bool(it),
            Datum::Number(it) => Self::Number(it),
            Datum::Text(it) => Self::Text(it.to_owned()),
            Datum::Date(it) => Self::Date(it),
            Datum::Code(it) => Self::Code(it),
            Datum::Codes(it) => Self::Codes(it.to_vec()),
            Datum::Missing(it) => Self::Missing(it),
        }
    }
}

impl From<Truth> for Datum<'_> {
    fn from(it: Truth) -> Self {
        match it {
            Truth::False => Self::Bool(false),
            Truth::True => Self::Bool(true),
            Truth::Unknown(reasons) => Self::Missing(reasons),
        }
    }
}

impl From<Datum<'_>> for Truth {
    /// Data of another type than truth are unknown without a reason; checked programs have none.
    fn from(it: Datum<'_>) -> Self {
        match it {
            Datum::Bool(it) => it.into(),
            Datum::Missing(reasons) => Self::Unknown(reasons),
            _ => Self::Unknown(Reasons::NONE),
        }
    }
}
