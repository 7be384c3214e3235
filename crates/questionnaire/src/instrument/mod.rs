//! A questionnaire version compiled for collection: names resolved, conditions checked.
//!
//! An [`Instrument`] is plain data that travels as bytes from the server to the browser, where the
//! same [`Evaluation`](crate::Evaluation) runs on it. Only [`compile`](crate::compile) makes one.

mod bytes;
mod choices;
mod item;

use expr::{ListId, Program, Type};
use serde::{Deserialize, Serialize};

pub use bytes::NotAnInstrument;
pub use choices::{AttributeValue, Choice, List, MissingOffer, Specify};
pub use item::{
    Attribute, Cells, Check, ContactField, Item, Kind, Population, Quantity, Roster, Row, Units,
};

use crate::text::Text;

/// A compiled questionnaire version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Instrument {
    /// The questionnaire's id.
    pub id: String,
    /// Content hash of the questionnaire (SHA-256, hexadecimal): two versions differ in it.
    pub hash: String,
    /// Languages of the texts, the default first.
    pub languages: Vec<String>,
    /// Title.
    pub title: Text,
    /// Shown before the first question.
    pub introduction: Option<Text>,
    /// Shown with the receipt.
    pub closing: Option<Text>,
    /// What one response speaks for, in the plural.
    pub unit: Option<Text>,
    /// For each variable of the sampling frame, the sample's column. They are the first items, on a page
    /// of their own that lists none: nothing of it is ever shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub frame: Vec<String>,
    /// Code lists; items name them by position.
    pub lists: Vec<List>,
    /// Blocks, in order.
    pub blocks: Vec<Block>,
    /// Pages, in order.
    pub pages: Vec<Page>,
    /// All items in the order of the questionnaire; a roster is followed by its items.
    pub items: Vec<Item>,
    /// Rosters; programs name them by position.
    pub rosters: Vec<Roster>,
    /// Texts that depend on the answers.
    pub fills: Vec<Fill>,
    /// Declared nets.
    pub nets: Vec<Net>,
    /// What parts of it were called in earlier versions.
    #[serde(default)]
    pub former: Former,
}

/// Names that parts of a questionnaire had in earlier versions, as the author declares them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Former {
    /// Of items, by their position.
    pub items: Vec<Was>,
    /// Of choices, by their list and their position in it.
    pub choices: Vec<Was>,
    /// Of rows, by their grid and their position in it.
    pub rows: Vec<Was>,
}

/// The names that something had.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Was {
    /// Position of the item, or of the list.
    pub of: u32,
    /// Position within it, of a choice or a row.
    pub at: u16,
    /// Its former ids or codes.
    pub names: Vec<String>,
}

/// Position in [`Instrument::items`].
pub type ItemIx = u32;

/// Pages that belong together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// Stable identifier.
    pub id: String,
    /// Heading.
    pub title: Option<Text>,
    /// Condition under which it is asked.
    pub filter: Option<Condition>,
}

/// One screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Stable identifier.
    pub id: String,
    /// Position of its block.
    pub block: u32,
    /// Title.
    pub title: Option<Text>,
    /// Condition under which it is asked.
    pub filter: Option<Condition>,
    /// Its items, without those inside rosters.
    pub items: Vec<ItemIx>,
}

/// A checked condition with its source, which the codebook quotes as a universe.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// As printed by the language's canonical printer.
    pub source: String,
    /// What is evaluated.
    pub program: Program,
}

/// A text that depends on the answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fill {
    /// Name used as `{id}`.
    pub id: String,
    /// The first case that holds gives the text.
    pub cases: Vec<(Condition, Text)>,
    /// The text when none holds.
    pub fallback: Text,
}

/// A union of choices counted as one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Net {
    /// Stable identifier.
    pub id: String,
    /// Name in tables.
    pub label: Text,
    /// The item.
    pub item: ItemIx,
    /// Positions of the joined choices.
    pub choices: Vec<u16>,
}

impl Instrument {
    /// The item with this id.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.items.iter().find(|it| it.id == id)
    }

    /// The position of the page with this id.
    #[must_use]
    pub fn page(&self, id: &str) -> Option<u32> {
        self.pages
            .iter()
            .position(|it| it.id == id)
            .and_then(|it| u32::try_from(it).ok())
    }

    /// The pages on which something may be asked: all but that of the sampling frame.
    #[must_use]
    pub fn asked_pages(&self) -> &[Page] {
        let n_hidden = usize::from(!self.frame.is_empty());
        self.pages.get(n_hidden..).unwrap_or_default()
    }

    /// Whether an item is a variable of the sampling frame: given by the sample, never asked.
    #[must_use]
    pub fn is_frame(&self, item: ItemIx) -> bool {
        (item as usize) < self.frame.len()
    }

    /// The codes that an item's answer or computed value is one or several of.
    pub(crate) fn list_of(&self, item: &Item) -> Option<&List> {
        self.lists.get(self.list_at(item)? as usize)
    }

    /// The position of that list.
    pub(crate) fn list_at(&self, item: &Item) -> Option<u32> {
        match &item.kind {
            Kind::Computed { value } => match value.program.ty() {
                Type::Code(ListId(list)) | Type::Codes(ListId(list)) => Some(list),
                Type::Bool | Type::Number | Type::Text | Type::Date => None,
            },
            _ => item.list(),
        }
    }

    /// The choice that a computed value of this type is.
    pub(crate) fn choice_of(&self, ty: Type, code: u16) -> Option<&Choice> {
        match ty {
            Type::Code(ListId(list)) | Type::Codes(ListId(list)) => {
                self.lists.get(list as usize)?.choice(code)
            }
            Type::Bool | Type::Number | Type::Text | Type::Date => None,
        }
    }

    /// How many units a roster can have at most.
    #[must_use]
    pub fn unit_bound(&self, roster: u32) -> u32 {
        match self.rosters.get(roster as usize).map(|it| &it.units) {
            Some(Units::Chosen { list, .. }) => self
                .lists
                .get(*list as usize)
                .map_or(0, |it| it.choices.len() as u32),
            Some(Units::Free { max, .. }) => u32::from(*max),
            None => 0,
        }
    }

    /// The key of a unit in sheets.
    #[must_use]
    pub fn unit_key(&self, roster: u32, unit: u32) -> String {
        match self.rosters.get(roster as usize).map(|it| &it.units) {
            Some(Units::Chosen { list, .. }) => self
                .lists
                .get(*list as usize)
                .and_then(|it| it.choices.get(unit as usize))
                .map_or_else(String::new, |it| it.code.clone()),
            Some(Units::Free { .. }) => (unit + 1).to_string(),
            None => String::new(),
        }
    }

    /// The position of the unit with this key.
    #[must_use]
    pub fn unit_position(&self, roster: u32, key: &str) -> Option<u32> {
        match &self.rosters.get(roster as usize)?.units {
            Units::Chosen { list, .. } => {
                self.lists.get(*list as usize)?.position(key).map(u32::from)
            }
            Units::Free { max, .. } => {
                // One key for one unit: « 01 » and « +1 » are none.
                let number: u32 = key.parse().ok()?;
                let unit = number.checked_sub(1).filter(|it| *it < u32::from(*max))?;
                (number.to_string() == key).then_some(unit)
            }
        }
    }
}
