//! Figures that are wanted: whether an item makes a table, and whether another can break it down.
//!
//! What can be said without knowing what people may answer is said here; whether anybody is asked is for the
//! proof. Tables themselves are made by `tally`, and a test there holds both to the same rule.

use expr::Type;

use crate::document::{Figure, ItemKind};
use crate::instrument::{Instrument, Item, Kind};

/// Why no question can feed a figure, whoever answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// There is no item of this name.
    UnknownItem,
    /// The item makes no table: it has no answers, or they are kept apart.
    NoTable,
    /// There is no item of the name by which it is broken down.
    UnknownBreakdown,
    /// What it is broken down by has no choices that could make columns.
    NoColumns,
    /// It is broken down by answers about other units.
    OtherUnits,
    /// It is broken down by itself.
    Itself,
}

impl ItemKind {
    /// Whether an item of this kind makes a table.
    #[must_use]
    pub const fn makes_table(self) -> bool {
        !matches!(self, Self::Contact | Self::Statement | Self::Roster)
    }

    /// Whether its answers can make columns; `None` for computed values, where their type decides.
    #[must_use]
    pub const fn makes_columns(self) -> Option<bool> {
        match self {
            Self::Single | Self::Multiple | Self::Scale | Self::Territory | Self::Consent => {
                Some(true)
            }
            Self::Computed => None,
            Self::Quantity
            | Self::Money
            | Self::Text
            | Self::Date
            | Self::Grid
            | Self::Rank
            | Self::Contact
            | Self::Statement
            | Self::Roster => Some(false),
        }
    }
}

/// Whether an item makes a table: somebody can count its answers.
#[must_use]
pub const fn makes_table(item: &Item) -> bool {
    !matches!(
        item.kind,
        Kind::Contact { .. } | Kind::Statement | Kind::Roster { .. }
    )
}

/// Whether an item's answers can make the columns of another's table.
#[must_use]
pub fn makes_columns(item: &Item) -> bool {
    match &item.kind {
        Kind::Single { .. }
        | Kind::Multiple { .. }
        | Kind::Scale { .. }
        | Kind::Territory { .. }
        | Kind::Consent => true,
        Kind::Computed { value } => match value.program.ty() {
            Type::Bool | Type::Code(_) | Type::Codes(_) => true,
            Type::Number | Type::Text | Type::Date => false,
        },
        // A grid makes a table a row: which of them would break it down?
        Kind::Grid { .. }
        | Kind::Rank { .. }
        | Kind::Quantity(_)
        | Kind::Money(_)
        | Kind::Text { .. }
        | Kind::Date { .. }
        | Kind::Contact { .. }
        | Kind::Statement
        | Kind::Roster { .. } => false,
    }
}

/// Why no question of an instrument can feed a figure, whoever answers; `None` if one can as far as names and kinds
/// go.
///
/// ```
/// use questionnaire::{check, document::Figure, figure::{Unfit, unfit}};
/// let engine = check("id: e\ntitle: E\nblocks: [{id: b, pages: [{id: p, items: [{id: age, kind: quantity, label: Âge}]}]}]\n").engine.unwrap();
/// let figure = |item: &str, by: Option<&str>| Figure { id: "f".into(), item: item.into(), by: by.map(str::to_owned), title: None };
/// assert_eq!(unfit(&engine.instrument, &figure("age", None)), None);
/// assert_eq!(unfit(&engine.instrument, &figure("taille", None)), Some(Unfit::UnknownItem));
/// assert_eq!(unfit(&engine.instrument, &figure("age", Some("age"))), Some(Unfit::Itself));
/// ```
#[must_use]
pub fn unfit(instrument: &Instrument, figure: &Figure) -> Option<Unfit> {
    let Some(item) = instrument.item(&figure.item) else {
        return Some(Unfit::UnknownItem);
    };
    if !makes_table(item) {
        return Some(Unfit::NoTable);
    }
    let by = figure.by.as_ref()?;
    let Some(by) = instrument.item(by) else {
        return Some(Unfit::UnknownBreakdown);
    };
    if by.id == item.id {
        return Some(Unfit::Itself);
    }
    if !makes_columns(by) {
        return Some(Unfit::NoColumns);
    }
    // What is said of a unit of a roster says nothing of respondents or of other units.
    if by.roster.is_some() && by.roster != item.roster {
        return Some(Unfit::OtherUnits);
    }
    None
}
