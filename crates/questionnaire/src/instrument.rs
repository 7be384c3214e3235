//! A questionnaire version compiled for collection: names resolved, conditions checked.
//!
//! An [`Instrument`] is plain data that travels as JSON from the server to the browser, where the
//! same [`Evaluation`](crate::Evaluation) runs on it. Only [`compile`](crate::compile) makes one.

use expr::{Missing, Program, Type};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

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
}

/// Position in [`Instrument::items`].
pub type ItemIx = u32;

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
        self.choices.iter().position(|it| it.code == code).and_then(|it| u16::try_from(it).ok())
    }

    /// The choice at this position.
    #[must_use]
    pub fn choice(&self, position: u16) -> Option<&Choice> {
        self.choices.get(usize::from(position))
    }

    /// The only choice that means this reason, if there is exactly one.
    #[must_use]
    pub fn meaning(&self, reason: MissingOffer) -> Option<u16> {
        let mut found = (0u16..).zip(&self.choices).filter(|(_, it)| it.missing == Some(reason));
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
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub exclusive: bool,
    /// Asks for a text beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub specify: Option<Specify>,
    /// Choosing it means this missing reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<MissingOffer>,
    /// Values of the item's attributes, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
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
        [Self::DontKnow, Self::Refused].into_iter().find(|it| it.code() == code)
    }
}

/// The value a territory has for one attribute.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum AttributeValue {
    /// Not given.
    None,
    /// A truth value.
    Bool(bool),
    /// A number.
    #[serde(with = "bare_number")]
    Number(Decimal),
    /// A text.
    Text(String),
}

mod bare_number {
    use rust_decimal::Decimal;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde's `with` asks for")]
    pub(super) fn serialize<S: Serializer>(it: &Decimal, s: S) -> Result<S::Ok, S::Error> {
        crate::number::to_json(*it).serialize(s)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Decimal, D::Error> {
        crate::number::from_json(&serde_json::Number::deserialize(d)?)
            .ok_or_else(|| serde::de::Error::custom("a number of at most 28 digits"))
    }
}

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

/// A question, statement, computed value or roster.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Stable identifier.
    pub id: String,
    /// Question or text.
    pub label: Text,
    /// Help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Text>,
    /// Title in tables.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short: Option<Text>,
    /// Who is asked, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub universe: Option<Text>,
    /// Condition under which it is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<Condition>,
    /// Whether an answer or a missing reason is needed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// Missing reasons offered beside the choices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offers: Vec<MissingOffer>,
    /// Rules between answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
    /// Conditions of single choices, by their position in the item's list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choice_filters: Vec<(u16, Condition)>,
    /// Position of its page.
    pub page: u32,
    /// Position of the roster it stands in, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roster: Option<u32>,
    /// What it is.
    pub kind: Kind,
}

impl Item {
    /// The code list of its choices, if it has one.
    #[must_use]
    pub fn list(&self) -> Option<u32> {
        match &self.kind {
            Kind::Single { list }
            | Kind::Scale { list }
            | Kind::Multiple { list, .. }
            | Kind::Rank { list, .. }
            | Kind::Territory { list, .. } => Some(*list),
            Kind::Grid { cells: Cells::Single { list } | Cells::Multiple { list }, .. } => Some(*list),
            Kind::Grid { cells: Cells::Quantity(_), .. }
            | Kind::Quantity(_)
            | Kind::Money(_)
            | Kind::Text { .. }
            | Kind::Date { .. }
            | Kind::Consent
            | Kind::Contact { .. }
            | Kind::Statement
            | Kind::Computed { .. }
            | Kind::Roster { .. } => None,
        }
    }

    /// Its title in tables: the short title, else the label.
    #[must_use]
    pub fn title(&self) -> &Text {
        self.short.as_ref().unwrap_or(&self.label)
    }
}

/// What an item is. Adding a kind makes `match` fail in exactly the places that must know it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    /// One choice.
    Single {
        /// Its code list.
        list: u32,
    },
    /// Several choices.
    Multiple {
        /// Its code list.
        list: u32,
        /// Least number of choices.
        min: Option<u16>,
        /// Greatest number of choices.
        max: Option<u16>,
    },
    /// A number.
    Quantity(Quantity),
    /// An amount of money; its unit is the currency's ISO code.
    Money(Quantity),
    /// Free text.
    Text {
        /// Greatest number of characters.
        max_length: u32,
        /// Several lines.
        multiline: bool,
    },
    /// A date.
    Date {
        /// Earliest.
        earliest: Option<Date>,
        /// Latest.
        latest: Option<Date>,
    },
    /// One choice on an ordered scale.
    Scale {
        /// Its code list.
        list: u32,
    },
    /// The same question for several rows.
    Grid {
        /// Its rows.
        rows: Vec<Row>,
        /// What each row asks for.
        cells: Cells,
    },
    /// Choices put in order.
    Rank {
        /// Its code list.
        list: u32,
        /// Least number of ranks.
        min: Option<u16>,
        /// Greatest number of ranks.
        max: Option<u16>,
    },
    /// One territory.
    Territory {
        /// Its code list.
        list: u32,
        /// Attributes of its choices.
        attributes: Vec<Attribute>,
    },
    /// Yes or no to a declared use.
    Consent,
    /// Contact details, stored apart.
    Contact {
        /// What is asked for.
        fields: Vec<ContactField>,
        /// Whether the contact may be linked to the answers.
        linked: bool,
    },
    /// Text without answer.
    Statement,
    /// A value worked out from answers.
    Computed {
        /// Its expression.
        value: Condition,
    },
    /// The same items for several units.
    Roster {
        /// Position in [`Instrument::rosters`].
        roster: u32,
    },
}

impl Kind {
    /// The kind's name in files and tables.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Single { .. } => "single",
            Self::Multiple { .. } => "multiple",
            Self::Quantity(_) => "quantity",
            Self::Money(_) => "money",
            Self::Text { .. } => "text",
            Self::Date { .. } => "date",
            Self::Scale { .. } => "scale",
            Self::Grid { .. } => "grid",
            Self::Rank { .. } => "rank",
            Self::Territory { .. } => "territory",
            Self::Consent => "consent",
            Self::Contact { .. } => "contact",
            Self::Statement => "statement",
            Self::Computed { .. } => "computed",
            Self::Roster { .. } => "roster",
        }
    }
}

/// Bounds and unit of a number.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// Least value.
    #[serde(default, with = "crate::number::optional", skip_serializing_if = "Option::is_none")]
    pub min: Option<Decimal>,
    /// Greatest value.
    #[serde(default, with = "crate::number::optional", skip_serializing_if = "Option::is_none")]
    pub max: Option<Decimal>,
    /// Decimals that may be given.
    pub decimals: u8,
    /// What is counted; for money, the currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Text>,
}

/// What each row of a grid asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "cells", rename_all = "snake_case")]
pub enum Cells {
    /// One choice a row.
    Single {
        /// Its code list.
        list: u32,
    },
    /// Several choices a row.
    Multiple {
        /// Its code list.
        list: u32,
    },
    /// A number a row.
    Quantity(Quantity),
}

/// A row of a grid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Stable code.
    pub code: String,
    /// What the respondent reads.
    pub label: Text,
    /// Condition under which it is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<Condition>,
}

/// A typed attribute of a territory.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attribute {
    /// Name in conditions.
    pub id: String,
    /// Type of its values.
    pub ty: Type,
}

/// What a contact item asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ContactField {
    /// First and last name.
    Name,
    /// E-mail address.
    Email,
    /// Telephone number.
    Telephone,
}

impl ContactField {
    /// Last part of its field name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Telephone => "telephone",
        }
    }
}

/// A rule between answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// Stable identifier.
    pub id: String,
    /// What must hold.
    pub require: Condition,
    /// Whether it blocks.
    pub severity: crate::failure::Severity,
    /// What the respondent reads when it fails.
    pub message: Text,
}

/// A roster: units, and the items asked for each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Roster {
    /// Position of the roster item.
    pub item: ItemIx,
    /// Name of a unit's key.
    pub key: String,
    /// Where its units come from.
    pub units: Units,
    /// Positions of its items.
    pub items: Vec<ItemIx>,
}

/// Where a roster's units come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Units {
    /// The chosen codes of a several-answers item; a unit's position is its code's in the list.
    Chosen {
        /// The several-answers item.
        item: ItemIx,
        /// Its code list.
        list: u32,
    },
    /// Units that the respondent adds, keyed "1", "2"…
    Free {
        /// Least number.
        min: u16,
        /// Greatest number.
        max: u16,
        /// What a unit is called.
        label: Text,
    },
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
        self.pages.iter().position(|it| it.id == id).and_then(|it| u32::try_from(it).ok())
    }

    /// How many units a roster can have at most.
    #[must_use]
    pub fn unit_bound(&self, roster: u32) -> u32 {
        match self.rosters.get(roster as usize).map(|it| &it.units) {
            Some(Units::Chosen { list, .. }) => {
                self.lists.get(*list as usize).map_or(0, |it| it.choices.len() as u32)
            }
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
        (0..self.unit_bound(roster)).find(|unit| self.unit_key(roster, *unit) == key)
    }
}
