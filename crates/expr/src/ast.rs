//! The syntax tree that text, JSON and the visual builder share.

use rust_decimal::Decimal;

use crate::span::Span;

/// An expression and where it stands. Two expressions are equal whatever their positions.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands in the source; empty for expressions that were not parsed.
    pub span: Span,
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl From<ExprKind> for Expr {
    fn from(kind: ExprKind) -> Self {
        Self {
            kind,
            span: Span::default(),
        }
    }
}

/// The forms of expressions.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// `2.5`, never negative.
    Number(Decimal),
    /// `'oui'`: a text, a code or a date, whichever is expected.
    Text(String),
    /// `true`, `false`.
    Bool(bool),
    /// `today`.
    Today,
    /// `presence_cls`
    Name(String),
    /// `territoire.has_qpv`, `scheme.etp`
    Field {
        /// Before the dot.
        base: String,
        /// After it.
        field: String,
    },
    /// `grid[row]`
    Row {
        /// The grid.
        base: String,
        /// Its row.
        row: String,
    },
    /// `schemes[cls].etp`
    Unit {
        /// The roster.
        roster: String,
        /// The key of one of its units.
        unit: String,
        /// The item of that unit.
        item: String,
    },
    /// `not a`
    Not(Box<Expr>),
    /// `-a`
    Neg(Box<Expr>),
    /// `a and b and …`, two or more.
    And(Vec<Expr>),
    /// `a or b or …`, two or more.
    Or(Vec<Expr>),
    /// `a = b`, `a + b`, `a has b`
    Binary {
        /// What stands between.
        op: BinaryOp,
        /// The left operand.
        left: Box<Expr>,
        /// The right operand.
        right: Box<Expr>,
    },
    /// `a in (b, …)`, `a not in (b, …)`
    In {
        /// What is looked for.
        operand: Box<Expr>,
        /// What it may be; at least one.
        list: Vec<Expr>,
        /// Whether it is `not in`.
        negated: bool,
    },
    /// `count(themes)`
    Call {
        /// Which function.
        function: Function,
        /// What stands in the parentheses.
        args: Vec<Expr>,
    },
}

/// An operator between two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BinaryOp {
    /// `=`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
    /// `has`
    Has,
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
}

impl BinaryOp {
    /// Every operator.
    pub const ALL: [Self; 11] = [
        Self::Eq,
        Self::Ne,
        Self::Lt,
        Self::Le,
        Self::Gt,
        Self::Ge,
        Self::Has,
        Self::Add,
        Self::Sub,
        Self::Mul,
        Self::Div,
    ];

    /// How it is written.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Eq => "=",
            Self::Ne => "!=",
            Self::Lt => "<",
            Self::Le => "<=",
            Self::Gt => ">",
            Self::Ge => ">=",
            Self::Has => "has",
            Self::Add => "+",
            Self::Sub => "-",
            Self::Mul => "*",
            Self::Div => "/",
        }
    }

    pub(crate) const fn binding(self) -> u8 {
        match self {
            Self::Add | Self::Sub => binding::SUM,
            Self::Mul | Self::Div => binding::PRODUCT,
            _ => binding::COMPARISON,
        }
    }
}

/// How tightly operators bind; the parser and the printer share these.
pub(crate) mod binding {
    pub(crate) const OR: u8 = 1;
    pub(crate) const AND: u8 = 2;
    pub(crate) const NOT: u8 = 3;
    pub(crate) const COMPARISON: u8 = 4;
    pub(crate) const SUM: u8 = 5;
    pub(crate) const PRODUCT: u8 = 6;
    pub(crate) const NEG: u8 = 7;
    pub(crate) const ATOM: u8 = 8;
}

/// A function of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Function {
    /// `answered(x)`
    Answered,
    /// `missing_reason(x) = 'refused'`
    MissingReason,
    /// `count(themes)`, `count(schemes)`, `count(schemes, etp < 1)`
    Count,
    /// `sum(axes.fiches)`, `sum(axes, fiches * 2)`
    Sum,
    /// `min(axes.fiches)`, `min(axes, fiches * 2)`, `min(a, b)`
    Min,
    /// `max(axes.fiches)`, `max(axes, fiches * 2)`, `max(a, b)`
    Max,
    /// `any(schemes, etp < 1)`
    Any,
    /// `all(schemes, etp < 1)`
    All,
    /// `coalesce(a, b, 0)`
    Coalesce,
    /// `round(x)`, `round(x, 2)`
    Round,
    /// `at_least(2, a = 'oui', b = 'oui', c = 'oui')`
    AtLeast,
    /// `case(a, 'x', b, 'y', 'z')`
    Case,
}

impl Function {
    /// Every function.
    pub const ALL: [Self; 12] = [
        Self::Answered,
        Self::MissingReason,
        Self::Count,
        Self::Sum,
        Self::Min,
        Self::Max,
        Self::Any,
        Self::All,
        Self::Coalesce,
        Self::Round,
        Self::AtLeast,
        Self::Case,
    ];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::MissingReason => "missing_reason",
            Self::Count => "count",
            Self::Sum => "sum",
            Self::Min => "min",
            Self::Max => "max",
            Self::Any => "any",
            Self::All => "all",
            Self::Coalesce => "coalesce",
            Self::Round => "round",
            Self::AtLeast => "at_least",
            Self::Case => "case",
        }
    }

    /// The function with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// How it is used, for messages.
    #[must_use]
    pub const fn usage(self) -> &'static str {
        match self {
            Self::Answered => "answered(x)",
            Self::MissingReason => "missing_reason(x) = 'refused'",
            Self::Count => "count(x), count(roster), count(roster, condition)",
            Self::Sum => "sum(roster.item), sum(roster, value)",
            Self::Min => "min(roster.item), min(roster, value), min(a, b)",
            Self::Max => "max(roster.item), max(roster, value), max(a, b)",
            Self::Any => "any(roster, condition)",
            Self::All => "all(roster, condition)",
            Self::Coalesce => "coalesce(a, b)",
            Self::Round => "round(x), round(x, 2)",
            Self::AtLeast => "at_least(2, condition, condition, condition)",
            Self::Case => "case(condition, value, condition, value, otherwise)",
        }
    }
}

/// Words that are operators or values and therefore no names.
pub(crate) const RESERVED: [&str; 8] = ["and", "or", "not", "in", "has", "true", "false", "today"];

/// Whether a word can be the first part of a name.
pub(crate) fn is_name(word: &str) -> bool {
    is_word(word) && !RESERVED.contains(&word)
}

/// Whether something is one word: a letter or `_`, then letters, digits, `_`.
pub(crate) fn is_word(word: &str) -> bool {
    word.starts_with(starts_word) && word.chars().all(continues_word)
}

/// Whether the key of a row or a unit can be written without quotes: a word, or one that begins
/// with a digit.
pub(crate) fn is_bare_key(key: &str) -> bool {
    key.starts_with(|it: char| starts_word(it) || it.is_ascii_digit())
        && key.chars().all(continues_word)
}

pub(crate) fn starts_word(it: char) -> bool {
    it.is_alphabetic() || it == '_'
}

pub(crate) fn continues_word(it: char) -> bool {
    it.is_alphanumeric() || it == '_'
}
