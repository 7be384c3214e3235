//! What can be wrong with a condition, as data.

use crate::ast::Function;
use crate::lang::{Lang, Severity};
use crate::messages;
use crate::span::Span;
use crate::value::Missing;

pub use crate::messages::CODES;

/// One thing to say about a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its stable code, `EX0021`.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// The place in the source.
    pub span: Span,
    /// What is wrong.
    pub problem: Problem,
    /// What to write instead, exactly in the place of `span`.
    pub suggestion: Option<String>,
}

impl Diagnostic {
    pub(crate) fn new(span: Span, problem: Problem, suggestion: Option<String>) -> Self {
        let code = problem.code();
        Self {
            code,
            severity: problem.severity(),
            span,
            problem,
            suggestion,
        }
    }

    /// What is wrong and what to do, in one or two sentences.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let mut it = messages::message(&self.problem, lang);
        if let Some(suggestion) = self.suggestion.as_deref().filter(|it| !it.is_empty()) {
            it.push_str(&match lang {
                Lang::Fr => format!(" Essayez : {suggestion}"),
                Lang::En => format!(" Try: {suggestion}"),
            });
        }
        it
    }
}

/// What kind of thing an expression is, in messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something that holds or not.
    Condition,
    /// A number.
    Number,
    /// A text.
    Text,
    /// A date.
    Date,
    /// One code of a list.
    Code,
    /// Several codes of a list.
    Codes,
    /// The reason why there is no answer.
    Reason,
}

/// What is wrong.
///
/// Codes never change meaning; a new problem gets a new code.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the fields repeat what was written or is possible"
)]
pub enum Problem {
    /// The source is too long.
    TooLong { bytes: usize },
    /// It is nested too deeply, or has too many parts.
    TooDeep,
    /// There is nothing.
    Empty,
    /// Characters that the language does not use.
    UnexpectedCharacter { found: String },
    /// A text that does not end.
    UnclosedText,
    /// Something that begins like a number and is none.
    BadNumber { found: String },
    /// An operator of another language.
    ForeignOperator { found: String },
    /// Quotes other than `'`.
    ForeignQuotes,
    /// A value is missing.
    ExpectedValue { found: String },
    /// A certain sign is missing.
    Expected { wanted: &'static str, found: String },
    /// Two values without an operator between them.
    MissingOperator { found: String },
    /// `1 < a < 5`
    ChainedComparison,
    /// `a in ()`
    EmptyList,
    /// A function that does not exist.
    UnknownFunction { name: String },
    /// A function with too few, too many or unsuitable arguments.
    WrongArguments { function: Function },
    /// A name that means nothing here.
    UnknownName { name: String },
    /// A code that is not in the list.
    UnknownCode { code: String, codes: Vec<String> },
    /// A comparison with a code that means a missing reason.
    MissingCode { code: String, reason: Missing },
    /// A missing reason that does not exist.
    UnknownReason { reason: String },
    /// `missing_reason(x) = 'answered'`
    AnsweredIsNoReason,
    /// `presence = oui`
    CodeWithoutQuotes { code: String },
    /// A roster where a value is needed.
    RosterAsValue { name: String },
    /// Something else where a roster is needed.
    NotARoster { function: Function },
    /// A unit that the roster does not have.
    UnknownUnit { roster: String, unit: String },
    /// An item of a roster, outside of it.
    NeedsUnit { name: String },
    /// A roster function inside a roster function inside a roster function.
    NestedFunctions,
    /// Something else where a condition is needed.
    NotACondition { found: Kind },
    /// A value of another type than the place needs.
    WrongType { wanted: Kind, found: Kind },
    /// Two values that cannot be equal, or of which one cannot stand for the other.
    CannotCompare { left: Kind, right: Kind },
    /// `<` on something without an order.
    NotOrdered { found: Kind },
    /// `=` on several codes.
    SeveralCodes,
    /// `has` on something else than several codes.
    NotSeveral { found: Kind },
    /// Codes of two different lists.
    OtherList,
    /// A text where a date is needed.
    NotADate { text: String },
    /// `missing_reason(x)` somewhere else than in a comparison with a reason.
    ReasonNotCompared,
    /// A function of a question, applied to something else.
    NotAQuestion { function: Function },
    /// A function that needs a whole number written out.
    NotAWholeNumber { function: Function },
    /// A code must be written out.
    NotALiteral,
    /// The same thing twice in a list.
    Repeated { text: String },
    /// A condition that always holds.
    AlwaysTrue,
    /// A condition that never holds.
    AlwaysFalse,
    /// A division by a literal zero.
    DivisionByZero,
}

impl Problem {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "EX0001",
            Self::TooDeep => "EX0002",
            Self::Empty => "EX0003",
            Self::UnexpectedCharacter { .. } => "EX0004",
            Self::UnclosedText => "EX0005",
            Self::BadNumber { .. } => "EX0006",
            Self::ForeignOperator { .. } => "EX0007",
            Self::ForeignQuotes => "EX0008",
            Self::ExpectedValue { .. } => "EX0009",
            Self::Expected { .. } => "EX0010",
            Self::MissingOperator { .. } => "EX0011",
            Self::ChainedComparison => "EX0012",
            Self::EmptyList => "EX0013",
            Self::UnknownFunction { .. } => "EX0014",
            Self::WrongArguments { .. } => "EX0015",
            Self::UnknownName { .. } => "EX0020",
            Self::UnknownCode { .. } => "EX0021",
            Self::MissingCode { .. } => "EX0022",
            Self::UnknownReason { .. } => "EX0023",
            Self::AnsweredIsNoReason => "EX0024",
            Self::CodeWithoutQuotes { .. } => "EX0025",
            Self::RosterAsValue { .. } => "EX0026",
            Self::NotARoster { .. } => "EX0027",
            Self::UnknownUnit { .. } => "EX0028",
            Self::NeedsUnit { .. } => "EX0029",
            Self::NestedFunctions => "EX0030",
            Self::NotACondition { .. } => "EX0040",
            Self::WrongType { .. } => "EX0041",
            Self::CannotCompare { .. } => "EX0042",
            Self::NotOrdered { .. } => "EX0043",
            Self::SeveralCodes => "EX0044",
            Self::NotSeveral { .. } => "EX0045",
            Self::OtherList => "EX0046",
            Self::NotADate { .. } => "EX0047",
            Self::ReasonNotCompared => "EX0048",
            Self::NotAQuestion { .. } => "EX0049",
            Self::NotAWholeNumber { .. } => "EX0050",
            Self::NotALiteral => "EX0051",
            Self::Repeated { .. } => "EX0060",
            Self::AlwaysTrue => "EX0061",
            Self::AlwaysFalse => "EX0062",
            Self::DivisionByZero => "EX0063",
        }
    }

    /// How much it weighs.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self {
            Self::Repeated { .. } | Self::AlwaysTrue | Self::AlwaysFalse | Self::DivisionByZero => {
                Severity::Warning
            }
            _ => Severity::Error,
        }
    }
}
