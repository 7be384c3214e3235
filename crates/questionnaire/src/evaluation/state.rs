//! The six states of a slot.

use expr::{Missing, wire_enum};
use serde::{Deserialize, Serialize};

/// What an answer slot holds: an answer, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlotState {
    /// On path, with a usable answer.
    Answered,
    /// On path and reached, without one.
    NoAnswer,
    /// « Ne sait pas ».
    DontKnow,
    /// « Ne souhaite pas répondre ».
    Refused,
    /// Off path.
    NotAsked,
    /// The respondent stopped before it.
    NotReached,
}

wire_enum!(SlotState {
    0 Answered, 1 NoAnswer, 2 DontKnow, 3 Refused, 4 NotAsked, 5 NotReached,
} else Self::NotAsked);

impl SlotState {
    /// Every state, in the order of the codebook.
    pub const ALL: [Self; 6] = [
        Self::Answered,
        Self::NoAnswer,
        Self::DontKnow,
        Self::Refused,
        Self::NotAsked,
        Self::NotReached,
    ];

    /// The code in sheets, tallies and codebooks.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self.missing() {
            None => "answered",
            Some(reason) => reason.code(),
        }
    }

    /// The missing reason, unless there is an answer.
    #[must_use]
    pub const fn missing(self) -> Option<Missing> {
        match self {
            Self::Answered => None,
            Self::NoAnswer => Some(Missing::NoAnswer),
            Self::DontKnow => Some(Missing::DontKnow),
            Self::Refused => Some(Missing::Refused),
            Self::NotAsked => Some(Missing::NotAsked),
            Self::NotReached => Some(Missing::NotReached),
        }
    }

    /// Whether the question was put: answered, refused, not known or left empty.
    #[must_use]
    pub const fn is_asked(self) -> bool {
        !matches!(self, Self::NotAsked | Self::NotReached)
    }
}
