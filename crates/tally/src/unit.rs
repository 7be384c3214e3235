//! The unit of analysis: what a table counts.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What one count in a table stands for. Tables of different units never share a base.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Unit {
    /// A response, that is a respondent.
    Respondent,
    /// A unit of the roster with this id: a scheme, a territory, an axis.
    Roster(String),
}

/// How the respondent is written where units are named.
const RESPONDENT: &str = "respondent";

impl From<String> for Unit {
    fn from(name: String) -> Self {
        if name == RESPONDENT {
            Self::Respondent
        } else {
            Self::Roster(name)
        }
    }
}

impl From<Unit> for String {
    fn from(unit: Unit) -> Self {
        unit.to_string()
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Respondent => RESPONDENT,
            Self::Roster(roster) => roster,
        })
    }
}
