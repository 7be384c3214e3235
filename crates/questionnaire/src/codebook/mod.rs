//! The codebook: every variable of a questionnaire, with what its values mean and who has one.

mod variable;

use serde::Serialize;

use crate::evaluation::{Engine, SlotState};
use crate::failure::Severity;
use crate::instrument::{MissingOffer, Quantity};

use variable::Writer;

/// What is stored of a response, variable by variable, in one language.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Codebook {
    /// The questionnaire's id.
    pub questionnaire: String,
    /// Content hash of the version.
    pub version: String,
    /// Its title.
    pub title: String,
    /// The language of the texts.
    pub language: String,
    /// What one response speaks for, in the plural.
    pub unit: Option<String>,
    /// The states of a slot: why it may be empty.
    pub states: Vec<&'static str>,
    /// The variables, in the order of the questionnaire.
    pub variables: Vec<Variable>,
    /// Unions of choices that are counted as one.
    pub nets: Vec<Net>,
}

/// A variable: a column, but for several answers and rankings, which have one for each choice.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Variable {
    /// Its id, as in tallies: `item`, `grid[row]`, `roster.item`; `item.code` for the text beside a
    /// choice.
    pub id: String,
    /// The kind of item; of a grid, what its rows ask for.
    pub kind: &'static str,
    /// The question, or the name of the computed value.
    pub label: String,
    /// The row of a grid, or the choice that a text stands beside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// Title in tables, where it has one of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short: Option<String>,
    /// What has a value: the roster whose units have one each; responses when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roster: Option<Roster>,
    /// Who is asked.
    pub universe: Universe,
    /// Whether an answer or a missing reason is needed to submit.
    pub required: bool,
    /// Codes, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<Code>,
    /// Missing reasons that can be given beside the codes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub offers: Vec<MissingOffer>,
    /// What is counted, or the currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Bounds of its values.
    #[serde(skip_serializing_if = "Bounds::is_empty")]
    pub bounds: Bounds,
    /// The expression of a computed value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expression: Option<String>,
    /// Rules between answers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
}

/// The roster whose units have a value each.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Roster {
    /// Its id.
    pub id: String,
    /// The name of a unit's key.
    pub key: String,
    /// The item whose chosen codes are the units; absent for free units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub over: Option<String>,
}

/// Who is asked.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Universe {
    /// In words, where the author gave some.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// Every filter above it as one condition; everybody when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
}

/// A code and what it means.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Code {
    /// What is stored.
    pub code: String,
    /// What the respondent read.
    pub label: String,
    /// The missing reason it means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<MissingOffer>,
    /// Whether it stands alone.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub exclusive: bool,
    /// The condition under which it is offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
}

/// Bounds of a variable's values.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Bounds {
    /// Least value or number of choices, or earliest date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<String>,
    /// Greatest value, number of choices or of characters, or latest date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<String>,
    /// Decimals that may be given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimals: Option<u8>,
}

impl Bounds {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn of<T: ToString>(min: Option<T>, max: Option<T>) -> Self {
        Self {
            min: min.map(|it| it.to_string()),
            max: max.map(|it| it.to_string()),
            decimals: None,
        }
    }

    fn of_number(it: &Quantity) -> Self {
        let bounds = Self::of(
            it.min.map(|it| it.normalize()),
            it.max.map(|it| it.normalize()),
        );
        Self {
            decimals: Some(it.decimals),
            ..bounds
        }
    }
}

/// A rule between answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Check {
    /// A failure's code is `check:<id>`.
    pub id: String,
    /// Whether it blocks.
    pub severity: Severity,
    /// What must hold.
    pub require: String,
    /// What the respondent read.
    pub message: String,
}

/// A union of choices counted as one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Net {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// The variable.
    pub variable: String,
    /// The codes it joins.
    pub codes: Vec<String>,
}

/// The codebook of a questionnaire in one language. Contact details have no variable: they are not
/// stored with the answers.
///
/// ```
/// # let yaml = "id: e\ntitle: E\nblocks:\n- id: b\n  filter: today > '2026-01-01'\n  pages:\n  - id: p\n    items:\n    - {id: age, kind: quantity, label: Âge, min: 0, filter: 2 > 1}\n";
/// let engine = questionnaire::check(yaml).engine.unwrap();
/// let codebook = questionnaire::codebook(&engine, "fr");
/// let age = &codebook.variables[0];
/// assert_eq!((age.id.as_str(), age.kind, age.bounds.min.as_deref()), ("age", "quantity", Some("0")));
/// assert_eq!(age.universe.condition.as_deref(), Some("(today > '2026-01-01') and (2 > 1)"));
/// ```
#[must_use]
pub fn codebook(engine: &Engine, lang: &str) -> Codebook {
    let instrument = &engine.instrument;
    let it = Writer::new(instrument, lang);
    Codebook {
        questionnaire: instrument.id.clone(),
        version: instrument.hash.clone(),
        title: it.text(&instrument.title),
        language: lang.to_owned(),
        unit: instrument.unit.as_ref().map(|unit| it.text(unit)),
        states: SlotState::ALL.map(SlotState::code).to_vec(),
        variables: instrument
            .items
            .iter()
            .flat_map(|item| it.variables(item))
            .collect(),
        nets: instrument.nets.iter().map(|net| it.net(net)).collect(),
    }
}
