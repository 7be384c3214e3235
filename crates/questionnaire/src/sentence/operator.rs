//! What can be said of a subject.

use expr::Type;

/// What is said of a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `x = v`
    Is,
    /// `x != v`
    IsNot,
    /// `x < v`
    Less,
    /// `x <= v`
    LessOrEqual,
    /// `x > v`
    Greater,
    /// `x >= v`
    GreaterOrEqual,
    /// `x in (v, w)`
    Among,
    /// `x not in (v, w)`
    NotAmong,
    /// `x has v`
    Has,
    /// `not x has v`
    HasNot,
    /// `x`
    Holds,
    /// `not x`
    HoldsNot,
    /// `answered(x)`
    Answered,
    /// `not answered(x)`
    NotAnswered,
    /// `missing_reason(x) = v`
    Reason,
    /// `missing_reason(x) != v`
    NotReason,
    /// `missing_reason(x) in (v, w)`
    ReasonAmong,
    /// `missing_reason(x) not in (v, w)`
    ReasonNotAmong,
}

/// How many values an operator needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// None.
    Nothing,
    /// One.
    One,
    /// One or several.
    Several,
}

impl Operator {
    /// Every operator.
    pub const ALL: [Self; 18] = [
        Self::Is,
        Self::IsNot,
        Self::Less,
        Self::LessOrEqual,
        Self::Greater,
        Self::GreaterOrEqual,
        Self::Among,
        Self::NotAmong,
        Self::Has,
        Self::HasNot,
        Self::Holds,
        Self::HoldsNot,
        Self::Answered,
        Self::NotAnswered,
        Self::Reason,
        Self::NotReason,
        Self::ReasonAmong,
        Self::ReasonNotAmong,
    ];

    /// Its name in forms and texts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Is => "is",
            Self::IsNot => "is-not",
            Self::Less => "less",
            Self::LessOrEqual => "less-or-equal",
            Self::Greater => "greater",
            Self::GreaterOrEqual => "greater-or-equal",
            Self::Among => "among",
            Self::NotAmong => "not-among",
            Self::Has => "has",
            Self::HasNot => "has-not",
            Self::Holds => "holds",
            Self::HoldsNot => "holds-not",
            Self::Answered => "answered",
            Self::NotAnswered => "not-answered",
            Self::Reason => "reason",
            Self::NotReason => "not-reason",
            Self::ReasonAmong => "reason-among",
            Self::ReasonNotAmong => "reason-not-among",
        }
    }

    /// The operator of this name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// How many values it needs.
    #[must_use]
    pub const fn needs(self) -> Needs {
        match self {
            Self::Holds | Self::HoldsNot | Self::Answered | Self::NotAnswered => Needs::Nothing,
            Self::Among | Self::NotAmong | Self::ReasonAmong | Self::ReasonNotAmong => {
                Needs::Several
            }
            _ => Needs::One,
        }
    }

    /// Whether its values are missing reasons, not answers.
    #[must_use]
    pub const fn is_of_reasons(self) -> bool {
        matches!(
            self,
            Self::Reason | Self::NotReason | Self::ReasonAmong | Self::ReasonNotAmong
        )
    }

    /// Whether it compares: its value may be another subject.
    #[must_use]
    pub const fn compares(self) -> bool {
        matches!(
            self,
            Self::Is
                | Self::IsNot
                | Self::Less
                | Self::LessOrEqual
                | Self::Greater
                | Self::GreaterOrEqual
        )
    }

    /// What can be said of a value of this type.
    #[must_use]
    pub const fn of(ty: Type) -> &'static [Self] {
        match ty {
            Type::Bool => &[Self::Holds, Self::HoldsNot],
            Type::Number | Type::Date => &[
                Self::Is,
                Self::IsNot,
                Self::Less,
                Self::LessOrEqual,
                Self::Greater,
                Self::GreaterOrEqual,
            ],
            Type::Text => &[Self::Is, Self::IsNot],
            Type::Code(_) => &[Self::Is, Self::IsNot, Self::Among, Self::NotAmong],
            Type::Codes(_) => &[Self::Has, Self::HasNot],
        }
    }

    /// What can be said of an answer besides: whether there is one, and why not.
    pub(super) const OF_ANSWERS: [Self; 4] = [
        Self::Answered,
        Self::NotAnswered,
        Self::Reason,
        Self::NotReason,
    ];
}
