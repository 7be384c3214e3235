//! Diagnostics in English.

use super::reasons;
use crate::diagnostic::{Kind, Problem};

pub(super) fn message(problem: &Problem) -> String {
    match problem {
        Problem::TooLong { bytes } => format!(
            "The condition has {bytes} bytes, the most is 4096. Spread it over computed variables."
        ),
        Problem::TooDeep => "The condition has more than 64 levels, or too many parts. Spread it over computed variables.".to_owned(),
        Problem::Empty => "The condition is empty. Write for example: presence_cls = 'oui'.".to_owned(),
        Problem::UnexpectedCharacter { found } => {
            format!("“{found}” has no meaning in a condition: remove it.")
        }
        Problem::UnclosedText => {
            "The quote that closes the text is missing. A quote inside is written twice: 'l''été'.".to_owned()
        }
        Problem::BadNumber { found } => {
            format!("“{found}” is not a number: digits, and a point before the decimals.")
        }
        Problem::ForeignOperator { found } => format!("“{found}” is not written this way here."),
        Problem::ForeignQuotes => "A text stands between straight single quotes.".to_owned(),
        Problem::ExpectedValue { found } => {
            format!("A question, a number or a text is needed here, not {}.", shown(found))
        }
        Problem::Expected { wanted, found } => {
            format!("“{wanted}” is missing before {}.", shown(found))
        }
        Problem::MissingOperator { found } => {
            format!("An operator is missing before “{found}”: a comparison, “and”, “or”.")
        }
        Problem::ChainedComparison => {
            "Two comparisons cannot be chained: join them with “and”.".to_owned()
        }
        Problem::EmptyList => "The list after “in” is empty: write at least one value.".to_owned(),
        Problem::UnknownFunction { name } => format!("There is no function “{name}”."),
        Problem::WrongArguments { function } => format!(
            "“{}” is not used this way. Write: {}.",
            function.name(),
            function.usage()
        ),
        Problem::UnknownName { name } => format!("“{name}” is not the name of anything here."),
        Problem::UnknownCode { code, codes } => {
            format!("“{code}” is not a code of this list. Possible codes: {}.", codes.join(", "))
        }
        Problem::MissingCode { code, reason } => format!(
            "“{code}” means that there is no answer ({reason}): it is never compared with, ask for the reason."
        ),
        Problem::UnknownReason { reason } => {
            format!("“{reason}” is not a missing reason. Possible reasons: {}.", reasons())
        }
        Problem::AnsweredIsNoReason => {
            "“answered” is not a missing reason: ask whether there is an answer.".to_owned()
        }
        Problem::CodeWithoutQuotes { code } => {
            format!("“{code}” is a code: write it between quotes.")
        }
        Problem::RosterAsValue { name } => format!(
            "“{name}” is a roster: count its units, or go through them with any, all, sum, min, max."
        ),
        Problem::NotARoster { function } => format!(
            "“{}” needs a roster first. Write: {}.",
            function.name(),
            function.usage()
        ),
        Problem::UnknownUnit { roster, unit } => format!("“{roster}” has no unit “{unit}”."),
        Problem::NeedsUnit { name } => format!(
            "“{name}” is asked for several units: say for which one (roster[key].question), or use any, all, sum, min, max."
        ),
        Problem::NestedFunctions => {
            "No more than two roster functions inside each other: use a computed variable.".to_owned()
        }
        Problem::NotACondition { found } => {
            format!("A condition is needed here, and this is {}.", kind(*found))
        }
        Problem::WrongType { wanted, found } => format!(
            "This place needs {}, and this is {}.",
            kind(*wanted),
            kind(*found)
        ),
        Problem::CannotCompare { left, right } => {
            format!("This mixes {} and {}.", kind(*left), kind(*right))
        }
        Problem::NotOrdered { found } => format!(
            "“<”, “<=”, “>” and “>=” compare numbers or dates, and this is {}.",
            kind(*found)
        ),
        Problem::SeveralCodes => {
            "A question with several answers is not compared: ask what it contains with “has”.".to_owned()
        }
        Problem::NotSeveral { found } => format!(
            "“has” needs a question with several answers, and this is {}.",
            kind(*found)
        ),
        Problem::OtherList => {
            "These codes belong to two different lists: they cannot be compared.".to_owned()
        }
        Problem::NotADate { text } => {
            format!("“{text}” is not a date: write year-month-day, like '2026-03-12'.")
        }
        Problem::ReasonNotCompared => format!(
            "“missing_reason” is compared with a reason between quotes: {}.",
            reasons()
        ),
        Problem::NotAQuestion { function } => format!(
            "“{}” applies to a question, by its name. Write: {}.",
            function.name(),
            function.usage()
        ),
        Problem::NotAWholeNumber { function } => format!(
            "“{}” needs a whole number written in digits. Write: {}.",
            function.name(),
            function.usage()
        ),
        Problem::NotALiteral => "A code between quotes is needed here.".to_owned(),
        Problem::Repeated { text } => format!("“{text}” stands twice in the list."),
        Problem::AlwaysTrue => "This condition is always true: remove it.".to_owned(),
        Problem::AlwaysFalse => {
            "This condition is never true: check how many are needed.".to_owned()
        }
        Problem::DivisionByZero => "A division by zero never has a result.".to_owned(),
    }
}
const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Condition => "a condition (true or false)",
        Kind::Number => "a number",
        Kind::Text => "a text",
        Kind::Date => "a date",
        Kind::Code => "a code of a list",
        Kind::Codes => "several codes of a list",
        Kind::Reason => "a missing reason",
    }
}

fn shown(found: &str) -> String {
    if found.is_empty() {
        "the end".to_owned()
    } else {
        format!("“{found}”")
    }
}
