//! Code lists and what choosing means.

use expr::Missing;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::text::Text;

/// Choices that one or more items share.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct List {
    /// The choices, in order.
    pub choices: Vec<Choice>,
}

impl List {
    /// Position of the choice with this code.
    #[must_use]
    pub fn position(&self, code: &str) -> Option<u16> {
        self.choices
            .iter()
            .position(|it| it.code == code)
            .and_then(|it| u16::try_from(it).ok())
    }

    /// The choice at this position.
    #[must_use]
    pub fn choice(&self, position: u16) -> Option<&Choice> {
        self.choices.get(usize::from(position))
    }

    /// The only choice that means this reason, if there is exactly one.
    #[must_use]
    pub fn meaning(&self, reason: MissingOffer) -> Option<u16> {
        let mut found = (0u16..)
            .zip(&self.choices)
            .filter(|(_, it)| it.missing == Some(reason));
        match (found.next(), found.next()) {
            (Some((position, _)), None) => Some(position),
            _ => None,
        }
    }
}

/// An answer category.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// Stable code.
    pub code: String,
    /// What the respondent reads.
    pub label: Text,
    /// Cannot be combined with another.
    pub exclusive: bool,
    /// Asks for a text beside it.
    pub specify: Option<Specify>,
    /// Choosing it means this missing reason.
    pub missing: Option<MissingOffer>,
    /// Values of the item's attributes, in their order.
    pub attributes: Vec<AttributeValue>,
}

/// The text asked for beside a choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Specify {
    /// Its label.
    pub label: Option<Text>,
    /// Whether it is needed when the choice is made.
    pub required: bool,
}

/// A missing reason that a respondent can give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MissingOffer {
    /// « Je ne sais pas ».
    DontKnow,
    /// « Je préfère ne pas répondre ».
    Refused,
}

impl MissingOffer {
    /// As a missing reason.
    #[must_use]
    pub const fn reason(self) -> Missing {
        match self {
            Self::DontKnow => Missing::DontKnow,
            Self::Refused => Missing::Refused,
        }
    }

    /// The code in sheets and forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.reason().code()
    }

    /// The reason with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::DontKnow, Self::Refused]
            .into_iter()
            .find(|it| it.code() == code)
    }
}

/// The value a territory has for one attribute.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttributeValue {
    /// Not given.
    None,
    /// A truth value.
    Bool(bool),
    /// A number.
    #[serde(with = "crate::number::exact")]
    Number(Decimal),
    /// A text.
    Text(String),
}
