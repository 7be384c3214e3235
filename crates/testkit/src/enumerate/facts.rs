//! What going through every sheet has shown.

use std::collections::{BTreeMap, BTreeSet};

use questionnaire::Sheet;

/// What holds of all answer sheets of a questionnaire, with a sheet as witness of all that happens.
///
/// A *complete* sheet has no hard failure. A *route* is the set of the keys of slots that are on
/// path in a complete sheet; statements, contacts, computed values and rosters are no slots.
/// Witnesses hold answers on path only.
#[derive(Clone, Debug, PartialEq)]
pub struct Enumeration {
    /// How many sheets were judged.
    pub n_sheets: usize,
    /// How many of them are complete.
    pub n_complete: usize,
    /// Every distinct route.
    pub routes: BTreeSet<BTreeSet<String>>,
    /// By slot key. A slot of a roster's unit is off path where the unit does not exist.
    pub slots: BTreeMap<String, OnPath>,
    /// By item id, whatever its kind. An item of a roster is on path if it is so in some unit.
    pub items: BTreeMap<String, OnPath>,
    /// By block id.
    pub blocks: BTreeMap<String, OnPath>,
    /// By page id.
    pub pages: BTreeMap<String, OnPath>,
    /// Filters of blocks, pages, items, rows and choices, in complete sheets in which what
    /// encloses them is on path; those of a roster's items in any of its units.
    pub filters: BTreeMap<Filter, Held>,
    /// By item id and code: a complete sheet in which the choice is made while its slot is on path.
    pub picked: BTreeMap<(String, String), Option<Sheet>>,
    /// By item id and check id, in sheets in which the item is on path and nothing fails hard but
    /// (in whatever unit) this check.
    pub checks: BTreeMap<(String, String), Rule>,
    /// By id of the computed item, in complete sheets.
    pub computed: BTreeMap<String, Computed>,
}

impl Enumeration {
    /// How many questions the shortest route asks.
    #[must_use]
    pub fn shortest(&self) -> Option<usize> {
        self.routes.iter().map(BTreeSet::len).min()
    }

    /// How many questions the longest route asks.
    #[must_use]
    pub fn longest(&self) -> Option<usize> {
        self.routes.iter().map(BTreeSet::len).max()
    }
}

/// Whether something is on path.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OnPath {
    /// A complete sheet in which it is.
    pub some: Option<Sheet>,
    /// Whether it is in all complete sheets, of which there is at least one.
    pub always: bool,
}

/// Where a filter stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Filter {
    /// That of a block.
    Block(String),
    /// That of a page; its block encloses it.
    Page(String),
    /// That of an item; its page, or its roster's unit, encloses it.
    Item(String),
    /// That of a grid's row (item, row); the item encloses it.
    Row(String, String),
    /// That of a choice (item, code); the item encloses it.
    Choice(String, String),
}

/// What a filter has been.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Held {
    /// A sheet in which it is true.
    pub holds: Option<Sheet>,
    /// A sheet in which it is not: false or unknown.
    pub hides: Option<Sheet>,
}

/// What a check has been.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rule {
    /// A sheet in which it is false: it fails, and nothing else does.
    pub fails: Option<Sheet>,
    /// A sheet in which it is true.
    pub holds: Option<Sheet>,
    /// A sheet in which it cannot be told.
    pub unknown: Option<Sheet>,
}

impl Rule {
    /// Whether it can ever be told.
    #[must_use]
    pub fn is_ever_known(&self) -> bool {
        self.fails.is_some() || self.holds.is_some()
    }
}

/// What a computed item has been; in some unit, inside a roster.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Computed {
    /// A sheet in which it has a value.
    pub valued: Option<Sheet>,
    /// A sheet in which it is on path and has none.
    pub missing: Option<Sheet>,
}
