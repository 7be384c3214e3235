//! Compiled expressions: what is shipped to a browser and evaluated everywhere.

use std::fmt;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::scope::{RosterId, Type, VarId};
use crate::value::Reasons;
use crate::wire::{self, Reader};
use crate::{sorted, wire_enum, wire_struct};

/// Most operations a program may have.
pub(crate) const MAX_OPS: usize = 8192;
/// Deepest nesting of operations. A level of source text becomes at most two (`not in`).
const MAX_OP_DEPTH: usize = 136;
/// Roster functions inside roster functions multiply their costs; two levels are enough for
/// « a unit with more than half of the total ».
pub(crate) const MAX_LEVELS: u8 = 2;

/// Where a variable is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum At {
    /// The respondent's only one.
    #[serde(rename = "g")]
    Global,
    /// In the unit the program is evaluated for.
    #[serde(rename = "c")]
    Current(RosterId),
    /// In the unit which the roster function at this level has come to; the outermost is 1.
    #[serde(rename = "e")]
    Each(RosterId, u8),
    /// In one unit, named in the source.
    #[serde(rename = "u")]
    Unit(RosterId, u32),
}

/// A variable and where it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Slot(
    /// The variable.
    pub VarId,
    /// The unit it is read in.
    pub At,
);

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cmp {
    /// `=`
    #[serde(rename = "=")]
    Eq,
    /// `!=`
    #[serde(rename = "!=")]
    Ne,
    /// `<`
    #[serde(rename = "<")]
    Lt,
    /// `<=`
    #[serde(rename = "<=")]
    Le,
    /// `>`
    #[serde(rename = ">")]
    Gt,
    /// `>=`
    #[serde(rename = ">=")]
    Ge,
}

/// A function over the units of a roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Over {
    /// `any(roster, c)`
    Any,
    /// `all(roster, c)`
    All,
    /// `count(roster, c)`
    Count,
    /// `sum(roster, v)`
    Sum,
    /// `min(roster, v)`
    Min,
    /// `max(roster, v)`
    Max,
}

/// One operation; its operands follow it (prefix order).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Op {
    /// A truth value.
    Bool(bool),
    /// A number.
    Number(#[serde(with = "exact")] Decimal),
    /// A text.
    Text(Box<str>),
    /// A date.
    Date(#[serde(with = "crate::iso")] Date),
    /// A code, by its position.
    Code(u16),
    /// Today's date.
    Today,
    /// A variable's datum.
    Read(Slot),
    /// A variable's code is this one: by far the most frequent condition.
    Is(Slot, u16),
    /// The variable has an answer.
    Answered(Slot),
    /// The variable's missing reasons meet these.
    Reason(Slot, Reasons),
    /// The number of units of a roster.
    Units(RosterId),
    /// `not a`
    Not,
    /// `-a`
    Neg,
    /// `a and b and …`, of so many operands.
    And(u16),
    /// `a or b or …`, of so many operands.
    Or(u16),
    /// How many must hold, of how many.
    AtLeast(u16, u16),
    /// A comparison.
    Compare(Cmp),
    /// The operand is one of these codes.
    Among(Box<[u16]>),
    /// The first operand equals one of the others.
    In(u16),
    /// The codes have this one.
    Has(u16),
    /// The number of codes of a multiple.
    Size,
    /// `a + b`
    Add,
    /// `a - b`
    Sub,
    /// `a * b`
    Mul,
    /// `a / b`
    Div,
    /// Rounded to so many places.
    Round(u8),
    /// The least of so many operands.
    Min(u16),
    /// The greatest of so many operands.
    Max(u16),
    /// The first of so many operands that is not missing.
    Coalesce(u16),
    /// A function over the units of a roster.
    Over(Over, RosterId),
    /// The value after the first condition that holds: conditions and values by turns, and perhaps
    /// one more value, so many operands in all.
    Case(u16),
}

wire_enum!(At { 0 Global, 1 Current(roster), 2 Each(roster, level), 3 Unit(roster, unit) } else Self::Global);
wire_struct!(Slot { 0, 1 });
wire_enum!(Cmp { 0 Eq, 1 Ne, 2 Lt, 3 Le, 4 Gt, 5 Ge } else Self::Eq);
wire_enum!(Over { 0 Any, 1 All, 2 Count, 3 Sum, 4 Min, 5 Max } else Self::Any);
wire_enum!(Op {
    0 Bool(it), 1 Number(it), 2 Text(it), 3 Date(it), 4 Code(it), 5 Today,
    6 Read(slot), 7 Is(slot, code), 8 Answered(slot), 9 Reason(slot, reasons), 10 Units(roster),
    11 Not, 12 Neg, 13 And(n), 14 Or(n), 15 AtLeast(least, n),
    16 Compare(how), 17 Among(codes), 18 In(n), 19 Has(code), 20 Size,
    21 Add, 22 Sub, 23 Mul, 24 Div, 25 Round(decimals),
    26 Min(n), 27 Max(n), 28 Coalesce(n), 29 Over(how, roster),
    30 Case(n),
} else Self::Today);

impl Op {
    /// How many operands follow.
    fn arity(&self) -> usize {
        match self {
            Self::Bool(_)
            | Self::Number(_)
            | Self::Text(_)
            | Self::Date(_)
            | Self::Code(_)
            | Self::Today
            | Self::Read(_)
            | Self::Is(..)
            | Self::Answered(_)
            | Self::Reason(..)
            | Self::Units(_) => 0,
            Self::Not
            | Self::Neg
            | Self::Among(_)
            | Self::Has(_)
            | Self::Size
            | Self::Round(_)
            | Self::Over(..) => 1,
            Self::Compare(_) | Self::Add | Self::Sub | Self::Mul | Self::Div => 2,
            Self::And(n)
            | Self::Or(n)
            | Self::AtLeast(_, n)
            | Self::In(n)
            | Self::Min(n)
            | Self::Max(n)
            | Self::Coalesce(n)
            | Self::Case(n) => usize::from(*n),
        }
    }

    fn slot(&self) -> Option<Slot> {
        match self {
            Self::Read(it) | Self::Is(it, _) | Self::Answered(it) | Self::Reason(it, _) => {
                Some(*it)
            }
            _ => None,
        }
    }
}

/// An operation and where the one after its last operand stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Step {
    pub(crate) op: Op,
    pub(crate) end: u32,
}

/// A checked, resolved expression, ready to be evaluated.
///
/// It holds no names and no positions, only variable ids and code positions, so it is meaningful
/// only together with the instrument it was checked for. It survives a round trip through serde and
/// through [`wire`]; reading refuses programs that could not have come from the checker (operands
/// missing or left over, nested too deeply), so that evaluation always ends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct Program {
    ty: Type,
    steps: Vec<Step>,
}

/// A program as it is written.
#[derive(Serialize, Deserialize)]
struct Wire {
    ty: Type,
    ops: Vec<Op>,
}

impl From<Program> for Wire {
    fn from(it: Program) -> Self {
        Self {
            ty: it.ty,
            ops: it.steps.into_iter().map(|step| step.op).collect(),
        }
    }
}

impl TryFrom<Wire> for Program {
    type Error = ProgramError;

    fn try_from(it: Wire) -> Result<Self, ProgramError> {
        Self::new(it.ty, it.ops)
    }
}

impl wire::Wire for Program {
    fn write(&self, to: &mut Vec<u8>) {
        self.ty.write(to);
        wire::write_number(self.steps.len() as u64, to);
        for step in &self.steps {
            step.op.write(to);
        }
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let (ty, ops) = (Type::read(from), Vec::read(from));
        Self::new(ty, ops).unwrap_or_else(|_| {
            from.fail();
            Self::constant(false)
        })
    }
}

/// Why something is not a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProgramError {
    /// It is longer, or nested more deeply, than any checked expression.
    TooBig,
    /// An operand is missing, or there is one too many.
    Unbalanced,
    /// It reads the unit of a roster function that it is not inside of.
    UnboundUnit,
}

impl fmt::Display for ProgramError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooBig => "the program is too long or nested too deeply",
            Self::Unbalanced => "the program has an operand too few or too many",
            Self::UnboundUnit => "the program reads a unit outside its roster function",
        })
    }
}

impl std::error::Error for ProgramError {}

/// What the result of a program can change with.
///
/// Lists are sorted and without repetition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dependencies {
    /// Variables of the respondent.
    pub vars: Vec<VarId>,
    /// Variables of the unit the program is evaluated for.
    pub unit_vars: Vec<(RosterId, VarId)>,
    /// Variables of one named unit (`schemes[cls].etp`).
    pub fixed_unit_vars: Vec<(RosterId, u32, VarId)>,
    /// Variables read in every unit of a roster (`any(schemes, etp < 1)`).
    pub roster_vars: Vec<(RosterId, VarId)>,
    /// Rosters whose set of units matters.
    pub rosters: Vec<RosterId>,
    /// Whether it reads today's date.
    pub reads_today: bool,
}

impl Program {
    /// Checks that every operation finds its operands, and notes where each one ends.
    pub(crate) fn new(ty: Type, ops: Vec<Op>) -> Result<Self, ProgramError> {
        /// An operation still waiting for operands.
        struct Open {
            at: usize,
            wanted: usize,
            level: u8,
        }

        if ops.len() > MAX_OPS {
            return Err(ProgramError::TooBig);
        }
        let n_ops = ops.len();
        let mut steps: Vec<Step> = ops.into_iter().map(|op| Step { op, end: 0 }).collect();
        let mut open: Vec<Open> = Vec::new();
        for at in 0..n_ops {
            if at > 0 && open.is_empty() {
                return Err(ProgramError::Unbalanced);
            }
            let op = &steps[at].op;
            if *op == Op::In(0) {
                return Err(ProgramError::Unbalanced);
            }
            let mut level = open.last().map_or(0, |it| it.level);
            match op.slot() {
                Some(Slot(_, At::Each(_, wanted))) if wanted == 0 || wanted > level => {
                    return Err(ProgramError::UnboundUnit);
                }
                _ => {}
            }
            if matches!(op, Op::Over(..)) {
                level += 1;
            }
            if level > MAX_LEVELS || open.len() >= MAX_OP_DEPTH {
                return Err(ProgramError::TooBig);
            }
            open.push(Open {
                at,
                wanted: op.arity(),
                level,
            });
            while let Some(last) = open.last_mut() {
                if last.wanted > 0 {
                    break;
                }
                steps[last.at].end = u32::try_from(at + 1).map_err(|_| ProgramError::TooBig)?;
                open.pop();
                if let Some(parent) = open.last_mut() {
                    parent.wanted -= 1;
                }
            }
        }
        if n_ops == 0 || !open.is_empty() {
            return Err(ProgramError::Unbalanced);
        }
        Ok(Self { ty, steps })
    }

    /// A condition that always or never holds.
    #[must_use]
    pub fn constant(holds: bool) -> Self {
        Self {
            ty: Type::Bool,
            steps: vec![Step {
                op: Op::Bool(holds),
                end: 1,
            }],
        }
    }

    /// The type of its value.
    #[must_use]
    pub const fn ty(&self) -> Type {
        self.ty
    }

    pub(crate) fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// What its result can change with.
    #[must_use]
    pub fn dependencies(&self) -> Dependencies {
        let mut it = Dependencies::default();
        for step in &self.steps {
            match step.op {
                Op::Today => it.reads_today = true,
                Op::Units(roster) | Op::Over(_, roster) => sorted::insert(&mut it.rosters, roster),
                _ => {}
            }
            match step.op.slot() {
                Some(Slot(var, At::Global)) => sorted::insert(&mut it.vars, var),
                Some(Slot(var, At::Current(roster))) => {
                    sorted::insert(&mut it.unit_vars, (roster, var));
                }
                Some(Slot(var, At::Each(roster, _))) => {
                    sorted::insert(&mut it.roster_vars, (roster, var));
                }
                Some(Slot(var, At::Unit(roster, unit))) => {
                    sorted::insert(&mut it.fixed_unit_vars, (roster, unit, var));
                }
                None => {}
            }
        }
        it
    }
}

/// Decimals as text, in whatever format: no number type on the way may round them.
mod exact {
    use std::borrow::Cow;

    use rust_decimal::Decimal;
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub(super) fn serialize<S: Serializer>(it: &Decimal, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(it)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Decimal, D::Error> {
        let text = Cow::<'de, str>::deserialize(from)?;
        Decimal::from_str_exact(&text).map_err(de::Error::custom)
    }
}
