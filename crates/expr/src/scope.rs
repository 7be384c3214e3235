//! What names mean: the border between the language and a questionnaire.

use serde::{Deserialize, Serialize};

use crate::value::Missing;
use crate::{wire_enum, wire_struct};

/// A variable an environment can be asked for: an item, a grid row, a computed value, an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct VarId(pub u32);

/// A roster: the same items for several units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RosterId(pub u32);

/// A code list, as the checker looks it up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ListId(pub u32);

/// The type of an expression or a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Type {
    /// Three-valued truth.
    Bool,
    /// Exact decimal.
    Number,
    /// Text.
    Text,
    /// Civil date.
    Date,
    /// One code of a list (single, scale, territory, a roster's key).
    Code(ListId),
    /// Several codes of a list (multiple, rank).
    Codes(ListId),
}

wire_struct!(VarId { 0 });
wire_struct!(RosterId { 0 });
wire_struct!(ListId { 0 });
wire_enum!(Type { 0 Bool, 1 Number, 2 Text, 3 Date, 4 Code(list), 5 Codes(list) } else Self::Bool);

/// One code of a list, as far as conditions care.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// The stable code.
    pub code: String,
    /// Set when choosing it means a missing reason; such a code is never compared with.
    pub missing: Option<Missing>,
}

/// What a name resolves to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol {
    /// A variable of the respondent.
    Var {
        /// Which one.
        id: VarId,
        /// Its type.
        ty: Type,
    },
    /// A variable that each unit of a roster has.
    UnitVar {
        /// Which one.
        id: VarId,
        /// Its roster.
        roster: RosterId,
        /// Its type.
        ty: Type,
    },
    /// A roster itself: only inside `count`, `any`, `all`, `sum`, `min`, `max`.
    Roster(RosterId),
}

/// Resolves the names of one place in a questionnaire.
///
/// Names are written as in slot keys: `presence_cls`, `grid[row]` (a grid's row), `territoire.has_qpv`
/// (an attribute of the chosen territory). Inside a roster its key (`scheme`) and its items
/// (`etp`, also `scheme.etp`) resolve to [`Symbol::UnitVar`].
pub trait Scope {
    /// What a plain name means here.
    fn resolve(&self, name: &str) -> Option<Symbol>;
    /// What `base[row]` means, where `base` is a grid.
    fn resolve_row(&self, base: &str, row: &str) -> Option<Symbol>;
    /// What `base.field` means: an attribute of a territory, an item of the roster or of the
    /// roster's key named `base`.
    fn resolve_field(&self, base: &str, field: &str) -> Option<Symbol>;
    /// What a plain name means inside an aggregate over `roster`, before [`Scope::resolve`].
    fn resolve_in(&self, roster: RosterId, name: &str) -> Option<Symbol>;
    /// The position of the unit with this key in `roster` (`schemes[cls].etp`).
    fn unit(&self, roster: RosterId, key: &str) -> Option<u32>;
    /// The roster whose items the place belongs to, if any.
    fn current_roster(&self) -> Option<RosterId>;
    /// The codes of a list.
    fn codes(&self, list: ListId) -> &[Code];
    /// Every name that could have been meant here, for suggestions; dotted and bracketed ones too
    /// (`schemes.etp`, `grid[row]`), as the printer writes them.
    fn names(&self) -> Vec<String>;
}
