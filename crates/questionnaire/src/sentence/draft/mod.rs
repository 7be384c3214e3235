//! A sentence while somebody puts it together: what stands in the fields of its lines, finished or not.
//!
//! Reading order: this file (what there is) → `posted` (from the fields of a form) → `deeds` (what buttons do) →
//! `shown` (from a sentence) → `finish` (to a sentence, and what is still to do) → [`build`].

mod adding;
mod build;
mod deeds;
mod finish;
mod posted;
mod shown;

use std::fmt;

use super::{Group, How, Join, Operand, Operator, Part, Units};

pub use build::{Built, Fault, Given, Todo, What, build, build_filter};

/// A group while it is put together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// How its pieces are joined.
    pub join: Join,
    /// How many have to hold, as it is typed, where at least so many do.
    pub n: String,
    /// What is in it.
    pub pieces: Vec<Piece>,
}

/// A part of a group while it is put together.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// A line.
    Line(Line),
    /// A group.
    Group(Draft),
    /// A group that is said of the units of a roster.
    Units(DraftUnits),
    /// What is no line.
    Text(String),
}

/// A line while it is put together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The key of its subject; empty until one is chosen.
    pub subject: String,
    /// What is said.
    pub says: Says,
    /// What its choices are looked through for.
    pub find: String,
}

/// What is said of something, as it is chosen and typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Says {
    /// The operator's code, and with what it [`Compares`].
    pub operator: String,
    /// What is typed or chosen.
    pub values: Vec<String>,
    /// Of which subject and operator the page spoke when that was typed.
    pub was: String,
}

/// A group that is said of units while it is put together.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftUnits {
    /// The roster.
    pub roster: String,
    /// Of how many: `some`, `every`, `count`.
    pub how: String,
    /// How that is counted.
    pub says: Says,
    /// What is said.
    pub inside: Draft,
}

/// With what an operator compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compares {
    /// With a value.
    Value,
    /// With another subject.
    Other,
    /// With the day on which the condition is read.
    Today,
}

impl Compares {
    const OTHER: &'static str = ":other";
    const TODAY: &'static str = ":today";

    /// The code of an operator that compares with this.
    #[must_use]
    pub fn code(self, operator: Operator) -> String {
        let ending = match self {
            Self::Value => "",
            Self::Other => Self::OTHER,
            Self::Today => Self::TODAY,
        };
        format!("{}{ending}", operator.code())
    }

    /// What a code says.
    #[must_use]
    pub fn read(code: &str) -> Option<(Operator, Self)> {
        let (code, with) = match (
            code.strip_suffix(Self::OTHER),
            code.strip_suffix(Self::TODAY),
        ) {
            (Some(code), _) => (code, Self::Other),
            (_, Some(code)) => (code, Self::Today),
            (None, None) => (code, Self::Value),
        };
        let operator = Operator::from_code(code)?;
        (with == Self::Value || operator.compares()).then_some((operator, with))
    }

    const fn of(value: &Operand) -> Self {
        match value {
            Operand::Subject(_) => Self::Other,
            Operand::Today => Self::Today,
            Operand::Text(_) | Operand::Number(_) => Self::Value,
        }
    }
}

/// Where a piece stands: the position in each group, outermost first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Path(pub Vec<usize>);

impl fmt::Display for Path {
    /// `g` is the whole, `g-0` its first piece, `g-0-2` the third one of that.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("g")?;
        self.0.iter().try_for_each(|it| write!(out, "-{it}"))
    }
}

impl Path {
    /// The path of this name.
    #[must_use]
    pub fn read(name: &str) -> Option<Self> {
        let rest = name.strip_prefix('g')?;
        let steps = rest.split('-').skip(1);
        let steps: Option<Vec<usize>> = steps.map(|it| it.parse().ok()).collect();
        steps.map(Self)
    }

    /// A piece of this one.
    #[must_use]
    pub fn at(&self, nth: usize) -> Self {
        let mut it = self.clone();
        it.0.push(nth);
        it
    }

    /// The name of one of its fields.
    #[must_use]
    pub fn field(&self, field: &str) -> String {
        format!("{self}.{field}")
    }
}

impl Says {
    /// What a page speaks of when it shows these fields.
    #[must_use]
    pub fn spoken(subject: &str, operator: &str) -> String {
        format!("{subject} {operator}")
    }
}

impl Draft {
    /// The sentence as far as it is known: lines without a subject are left out, groups without lines stay. What may
    /// be said at a place is asked for it.
    #[must_use]
    pub fn outline(&self) -> Group {
        let parts = self.pieces.iter().filter_map(|it| match it {
            Piece::Line(it) => it.outline().map(Part::Clause),
            Piece::Group(it) => Some(Part::Group(it.outline())),
            Piece::Units(it) => Some(Part::Units(Units {
                roster: it.roster.clone(),
                how: How::Some,
                group: it.inside.outline(),
            })),
            Piece::Text(_) => None,
        });
        Group {
            join: self.join,
            parts: parts.collect(),
        }
    }

    /// Whether nothing is in it.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }
}

impl Line {
    fn outline(&self) -> Option<super::Clause> {
        let subject = super::read::parsed(&self.subject)?;
        let others = match Compares::read(&self.says.operator) {
            Some((_, Compares::Other)) => self.says.values.as_slice(),
            _ => &[],
        };
        let others = others.iter().filter_map(|it| super::read::parsed(it));
        Some(super::Clause {
            subject,
            operator: Operator::Is,
            values: others.map(Operand::Subject).collect(),
        })
    }
}
