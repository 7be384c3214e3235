//! What is counted: the tables of an instrument, restricted and split as asked.

use std::fmt;

use expr::{Lang, Program};
use questionnaire::Engine;
use serde::{Deserialize, Serialize};

use crate::breakdown::{Breakdown, Columns};
use crate::inference::Level;
use crate::spec::{self, Spec};

/// What to count. The default is every table, over everybody, without columns and texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Only this item's tables: an item, `grid[row]`, a roster or `roster.item`.
    pub item: Option<String>,
    /// Columns for each answer to this table's question: a [`Breakdown`].
    pub by: Option<String>,
    /// Only tables that count this unit: `respondent`, or a roster's id.
    pub unit: Option<String>,
    /// Only what this condition holds for.
    pub filter: Option<Filter>,
    /// With fewer asked than this, a table says that its base is small.
    pub small_base: u64,
    /// How many free texts a table lists; 0 for none at all.
    pub max_texts: usize,
    /// With intervals of this level, and what differs between columns at it.
    pub level: Option<Level>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            item: None,
            by: None,
            unit: None,
            filter: None,
            small_base: 30,
            max_texts: 0,
            level: None,
        }
    }
}

/// A condition that must hold for what is counted; where it is unknown, it does not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Filter {
    /// The checked condition.
    pub program: Program,
    /// The roster whose units it is about, by position; `None` for the respondent.
    pub roster: Option<u32>,
}

/// Why a tally cannot be planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanError {
    /// No table has this id.
    UnknownItem(String),
    /// No table counts this unit; the units that are counted follow.
    UnknownUnit(String, Vec<String>),
    /// This question has no choices that could make columns.
    NoColumns(String),
    /// Item, columns, filter and unit leave no table: they count different units.
    NothingLeft,
    /// This is no way to ask for columns.
    BadBreakdown(String),
    /// A rule makes columns of the units of rosters, and sums of numbers only.
    NoRule(String),
    /// This question would make more columns than [`MOST_COLUMNS`].
    ManyColumns(String),
}

/// More columns than these are no table: a list of all communes has tens of thousands of choices.
pub(crate) const MOST_COLUMNS: usize = 1_000;

impl PlanError {
    /// Every code with what it means, French and English; `{…}` stands for what was given.
    pub const CODES: &'static [(&'static str, &'static str, &'static str)] = &[
        (
            "TA0001",
            "« {item} » n’est ni une question, ni une ligne de grille, ni un groupe répété de ce \
             questionnaire ; vérifiez l’identifiant",
            "`{item}` is no question, grid row or roster of this questionnaire; check the id",
        ),
        (
            "TA0002",
            "rien n’est compté par « {unit} » ; unités possibles : {known}",
            "nothing is counted by `{unit}`; possible units: {known}",
        ),
        (
            "TA0003",
            "« {item} » n’a pas de choix qui feraient des colonnes ; prenez une question à choix, ou un \
             nombre avec les bornes de ses tranches : `{item}:10,20`",
            "`{item}` has no choices to make columns of; take a question with choices, or a number with the \
             bounds of its bands: `{item}:10,20`",
        ),
        (
            "TA0004",
            "aucun tableau ne reste : la question, les colonnes, la condition et l’unité ne comptent \
             pas la même chose",
            "no table is left: item, columns, condition and unit do not count the same thing",
        ),
        (
            "TA0005",
            "« {item} » ne dit pas de colonnes ; écrivez `question`, `question:10,20` (bornes croissantes, \
             24 au plus) ou `groupe.question:any` (any, all, first, sum)",
            "`{item}` does not say columns; write `question`, `question:10,20` (rising bounds, at most 24) or \
             `roster.question:any` (any, all, first, sum)",
        ),
        (
            "TA0006",
            "« {item} » : une règle (any, all, first, sum) passe des unités d’un groupe répété aux \
             personnes, et sum additionne des nombres mis en tranches ; ôtez la règle ou changez de question",
            "`{item}`: a rule (any, all, first, sum) leads from the units of a roster to respondents, and sum adds \
             up numbers put in bands; leave the rule out or take another question",
        ),
        (
            "TA0007",
            "« {item} » ferait plus de 1 000 colonnes ; prenez une question qui a moins de choix, ou une condition",
            "`{item}` would make more than 1,000 columns; take a question with fewer choices, or a condition",
        ),
    ];

    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        Self::CODES[self.place()].0
    }

    /// What happened and what to do.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let (_, french, english) = Self::CODES[self.place()];
        let pattern = match lang {
            Lang::Fr => french,
            Lang::En => english,
        };
        match self {
            Self::UnknownItem(item)
            | Self::NoColumns(item)
            | Self::BadBreakdown(item)
            | Self::NoRule(item)
            | Self::ManyColumns(item) => pattern.replace("{item}", item),
            Self::UnknownUnit(unit, known) => pattern
                .replace("{unit}", unit)
                .replace("{known}", &known.join(", ")),
            Self::NothingLeft => pattern.to_owned(),
        }
    }

    const fn place(&self) -> usize {
        match self {
            Self::UnknownItem(_) => 0,
            Self::UnknownUnit(..) => 1,
            Self::NoColumns(_) => 2,
            Self::NothingLeft => 3,
            Self::BadBreakdown(_) => 4,
            Self::NoRule(_) => 5,
            Self::ManyColumns(_) => 6,
        }
    }
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::Fr))
    }
}

impl std::error::Error for PlanError {}

/// The tables of one instrument that are to be counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub(crate) specs: Vec<Spec>,
    pub(crate) by: Option<Columns>,
    pub(crate) filter: Option<Filter>,
    pub(crate) small_base: u64,
    pub(crate) max_texts: usize,
    pub(crate) level: Option<Level>,
}

impl Plan {
    /// Plans the tables of an instrument.
    ///
    /// # Errors
    /// When the options name something that the instrument does not have, or leave no table.
    pub fn new(engine: &Engine, options: Options) -> Result<Self, PlanError> {
        let mut specs = spec::all(engine);
        let by = options.by.map(|by| columns(&specs, &by)).transpose()?;
        if let Some(item) = options.item {
            let names = |spec: &Spec| spec.id == item || spec.names.contains(&item);
            if !specs.iter().any(names) {
                return Err(PlanError::UnknownItem(item));
            }
            specs.retain(names);
        }
        if let Some(unit) = options.unit {
            if !specs.iter().any(|spec| spec.unit.to_string() == unit) {
                let mut known: Vec<_> = specs.iter().map(|spec| spec.unit.to_string()).collect();
                known.dedup();
                return Err(PlanError::UnknownUnit(unit, known));
            }
            specs.retain(|spec| spec.unit.to_string() == unit);
        }
        // What is about the units of a roster says nothing about respondents or other units.
        for roster in [
            by.as_ref().and_then(|by| by.roster),
            options.filter.as_ref().and_then(|filter| filter.roster),
        ]
        .into_iter()
        .flatten()
        {
            specs.retain(|spec| spec.roster == Some(roster));
        }
        if specs.is_empty() {
            return Err(PlanError::NothingLeft);
        }
        let (small_base, max_texts) = (options.small_base, options.max_texts);
        Ok(Self {
            specs,
            by,
            filter: options.filter,
            small_base,
            max_texts,
            level: options.level,
        })
    }

    /// The ids of the tables, in order.
    pub fn items(&self) -> impl Iterator<Item = &str> {
        self.specs.iter().map(|spec| spec.id.as_str())
    }

    /// How many sets of figures a table has: one for all, one for each column.
    pub(crate) fn width(&self) -> usize {
        1 + self.by.as_ref().map_or(0, |by| by.choices.len())
    }
}

fn columns(specs: &[Spec], by: &str) -> Result<Columns, PlanError> {
    let by: Breakdown = by.parse()?;
    match specs.iter().find(|spec| spec.id == by.table) {
        Some(spec) => Columns::new(spec, &by),
        None => Err(PlanError::UnknownItem(by.table)),
    }
}
