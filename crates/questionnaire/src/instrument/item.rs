//! Items: what is asked, by kind.

use expr::Type;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Condition, ItemIx, MissingOffer};
use crate::text::Text;

/// How many units there are in all of those whom an item is about, answered or not: of a frame of 62 CLS, all 62.
/// Nothing where the questionnaire does not say so. Only figures need it: it does not travel to browsers, and takes no
/// room in what they load.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "authoring", serde(transparent))]
pub struct Population {
    #[cfg(feature = "authoring")]
    all: Option<u64>,
}

impl Population {
    /// So many.
    #[cfg(feature = "authoring")]
    #[must_use]
    pub(crate) const fn new(all: Option<u64>) -> Self {
        Self { all }
    }

    /// How many, where that is known.
    #[must_use]
    pub const fn get(self) -> Option<u64> {
        #[cfg(feature = "authoring")]
        return self.all;
        #[cfg(not(feature = "authoring"))]
        return None;
    }
}

/// A question, statement, computed value or roster.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Stable identifier.
    pub id: String,
    /// Question or text.
    pub label: Text,
    /// Help.
    pub help: Option<Text>,
    /// Title in tables.
    pub short: Option<Text>,
    /// Who is asked, in words.
    pub universe: Option<Text>,
    /// How many there are in all of those whom it is about.
    pub population: Population,
    /// Condition under which it is asked.
    pub filter: Option<Condition>,
    /// Whether an answer or a missing reason is needed.
    pub required: bool,
    /// Missing reasons offered beside the choices.
    pub offers: Vec<MissingOffer>,
    /// Rules between answers.
    pub checks: Vec<Check>,
    /// Conditions of single choices, by their position in the item's list.
    pub choice_filters: Vec<(u16, Condition)>,
    /// Position of its page.
    pub page: u32,
    /// Position of the roster it stands in, if any.
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
            Kind::Grid {
                cells: Cells::Single { list } | Cells::Multiple { list },
                ..
            } => Some(*list),
            Kind::Grid {
                cells: Cells::Quantity(_),
                ..
            }
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
#[serde(rename_all = "snake_case")]
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
        #[serde(with = "expr::iso::optional")]
        earliest: Option<Date>,
        /// Latest.
        #[serde(with = "expr::iso::optional")]
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
    #[serde(with = "crate::number::exact_optional")]
    pub min: Option<Decimal>,
    /// Greatest value.
    #[serde(with = "crate::number::exact_optional")]
    pub max: Option<Decimal>,
    /// Decimals that may be given.
    pub decimals: u8,
    /// What is counted; for money, the currency.
    pub unit: Option<Text>,
}

/// What each row of a grid asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
