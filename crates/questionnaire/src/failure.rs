//! What can be wrong with an answer, with stable codes.

use expr::{wire_enum, wire_struct};
use serde::{Deserialize, Serialize};

/// Whether a failure blocks submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Blocks.
    Hard,
    /// Asks to confirm.
    Soft,
}

/// The engine's reason for refusing or questioning an answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FailureCode {
    /// An answer or a missing reason is needed.
    Required,
    /// The value is not of the item's kind (a text for a number, 1.5 for a whole number).
    Type,
    /// The key names no item that takes answers.
    UnknownItem,
    /// The code is not in the item's list.
    UnknownCode,
    /// Outside the bounds (value, number of choices, length, date).
    Range,
    /// A choice that excludes the others is combined with another.
    Exclusive,
    /// The choice is not offered: its own filter does not hold.
    ChoiceFilter,
    /// A rule of the questionnaire fails.
    Check(String),
}

wire_enum!(Severity { 0 Hard, 1 Soft } else Self::Hard);
wire_enum!(FailureCode {
    0 Required, 1 Type, 2 UnknownItem, 3 UnknownCode, 4 Range, 5 Exclusive, 6 ChoiceFilter, 7 Check(id),
} else Self::Type);
wire_struct!(Failure {
    item,
    code,
    severity
});

impl FailureCode {
    /// The stable code: `required`, `type`…, `check:<id>`.
    ///
    /// ```
    /// use questionnaire::FailureCode;
    /// assert_eq!(FailureCode::Check("etp".to_owned()).code(), "check:etp");
    /// ```
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Required => "required".to_owned(),
            Self::Type => "type".to_owned(),
            Self::UnknownItem => "unknown_item".to_owned(),
            Self::UnknownCode => "unknown_code".to_owned(),
            Self::Range => "range".to_owned(),
            Self::Exclusive => "exclusive".to_owned(),
            Self::ChoiceFilter => "choice_filter".to_owned(),
            Self::Check(id) => format!("check:{id}"),
        }
    }
}

impl Serialize for FailureCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.code())
    }
}

/// Something wrong with one slot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// The slot key; for `unknown_item` the key as given.
    pub item: String,
    /// Why.
    pub code: FailureCode,
    /// Whether it blocks.
    pub severity: Severity,
}

impl Failure {
    pub(crate) fn hard(item: impl Into<String>, code: FailureCode) -> Self {
        Self {
            item: item.into(),
            code,
            severity: Severity::Hard,
        }
    }
}
