//! A condition as people put it together: lines of “this question, is, that answer”, in groups.
//!
//! Text, sentence and tree say the same: [`read`] loses nothing, [`write`](fn@write) gives the canonical text,
//! [`normal`] is what reading gives of what was written. A part that is no line (a sum of two amounts,
//! a text that is no condition) stays as it was typed: [`Part::Text`].
//!
//! Reading order: this file → `read` → `write` → `normal` → [`sayable`](fn@sayable), what may be said at one place →
//! `draft`, a sentence while it is put together → `spot`, where conditions stand.

mod draft;
mod normal;
mod operator;
mod read;
mod sayable;
mod spot;
mod subjects;
mod write;

use expr::Expr;
use rust_decimal::Decimal;

pub use draft::{
    Built, Compares, Draft, DraftUnits, Fault, Given, Line, Path, Piece, Says, Todo, What, build,
    build_filter,
};
pub use normal::normal;
pub use operator::{Needs, Operator};
pub use read::read;
pub use sayable::{Counted, Level, Possible, Sayable, Subject, sayable, wrong};
pub use spot::Spot;
pub use subjects::{Name, Named};
pub use write::write;

/// Parts that are joined. A whole condition is one; without parts it is no condition.
///
/// ```
/// use questionnaire::sentence::{self, Join};
/// let group = sentence::read("presence = 'oui' and (age >= 18 or not themes has 'a')");
/// assert_eq!((group.join, group.parts.len()), (Join::All, 2));
/// let text = sentence::write(&group).unwrap();
/// assert_eq!(text, "presence = 'oui' and (age >= 18 or not themes has 'a')");
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// How.
    pub join: Join,
    /// What.
    pub parts: Vec<Part>,
}

/// How many parts of a group have to hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Join {
    /// All: `a and b`.
    #[default]
    All,
    /// One of them: `a or b`.
    Any,
    /// None: `not (a or b)`.
    None,
    /// At least so many: `at_least(2, a, b, c)`.
    AtLeast(u16),
}

/// A part of a group.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// A line.
    Clause(Clause),
    /// A group in the group.
    Group(Group),
    /// A group that is said of the units of a roster.
    Units(Units),
    /// What is no line, as it was typed.
    Text(String),
}

/// A line: what it is about, what is said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// A question, a row, an attribute, a count…: `age`, `grid[row]`, `territory.has_qpv`, `sum(axes.sheets)`.
    pub subject: Expr,
    /// What is said.
    pub operator: Operator,
    /// Of which values; as many as the operator [needs](Operator::needs).
    pub values: Vec<Operand>,
}

/// A value that something is compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// A code, a text, a date or a missing reason, as its subject needs.
    Text(String),
    /// A number.
    Number(Decimal),
    /// The day on which the condition is read.
    Today,
    /// Another subject.
    Subject(Expr),
}

/// A group that is said of the units of a roster.
#[derive(Clone, Debug, PartialEq)]
pub struct Units {
    /// Its id.
    pub roster: String,
    /// For how many of them it holds.
    pub how: How,
    /// What holds; in it, plain names are those of the unit.
    pub group: Group,
}

/// For how many units of a roster something holds.
#[derive(Clone, Debug, PartialEq)]
pub enum How {
    /// One of them: `any(roster, …)`.
    Some,
    /// Every one: `all(roster, …)`.
    Every,
    /// So many: `count(roster, …) >= 2`.
    Count(Operator, Operand),
}

impl Operand {
    /// A number as people type it: `1 200,5` in French.
    ///
    /// ```
    /// use questionnaire::sentence::Operand;
    /// assert_eq!(Operand::typed_number("1 200,5"), Operand::typed_number("1200.50"));
    /// assert_eq!(Operand::typed_number("douze"), None);
    /// ```
    #[must_use]
    pub fn typed_number(text: &str) -> Option<Self> {
        let text = text.replace([' ', '\u{a0}', '\u{202f}'], "");
        let number = Decimal::from_str_exact(&text.replace(',', ".")).ok()?;
        // Zero has no sign.
        let number = if number.is_zero() {
            Decimal::ZERO
        } else {
            number
        };
        Some(Self::Number(number))
    }
}

impl Group {
    /// Parts that all hold.
    #[must_use]
    pub const fn all(parts: Vec<Part>) -> Self {
        let join = Join::All;
        Self { join, parts }
    }

    /// Whether there is nothing in it: everybody is asked.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// How many of its parts, and of theirs, are lines; and how many stay a text.
    #[must_use]
    pub fn count(&self) -> (usize, usize) {
        let of = |it: &Part| match it {
            Part::Clause(_) => (1, 0),
            Part::Text(_) => (0, 1),
            Part::Group(it) => it.count(),
            Part::Units(it) => it.group.count(),
        };
        let add = |a: (usize, usize), b: (usize, usize)| (a.0 + b.0, a.1 + b.1);
        self.parts.iter().map(of).fold((0, 0), add)
    }

    fn depth(&self) -> usize {
        let of = |it: &Part| match it {
            Part::Clause(_) | Part::Text(_) => 0,
            Part::Group(it) => it.depth(),
            Part::Units(it) => it.group.depth(),
        };
        1 + self.parts.iter().map(of).max().unwrap_or(0)
    }
}
