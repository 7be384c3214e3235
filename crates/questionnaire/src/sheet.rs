//! Answer sheets: what one response says, as it travels (see `contract.md`).

use expr::wire_struct;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One response's answers, as submitted or imported.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// About the sheet itself.
    #[serde(default)]
    pub meta: Meta,
    /// Answers by item id.
    #[serde(default)]
    pub answers: Map<String, Value>,
}

/// About a sheet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Meta {
    /// The response's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The last page shown; absent for a finished walk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reached: Option<String>,
    /// The day on which it was answered, for conditions that read `today`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub today: Option<Date>,
    /// Drafts: pages whose failures are shown because their respondent asked to go on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attempted: Vec<String>,
    /// Drafts: soft checks that the respondent confirmed, as `slot check:id`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub confirmed: Vec<String>,
    /// Drafts: keys that a later answer put on path on pages behind the respondent, and that they
    /// have not been shown yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unseen: Vec<String>,
    /// Everything else, kept as given.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// `meta.rehearsal`: the sheet comes from a rehearsal.
const REHEARSAL: &str = "rehearsal";
/// `meta.synthetic`: the sheet was made up.
const SYNTHETIC: &str = "synthetic";
/// `meta.fails`: what a sheet that was made up to fail fails at.
const FAILS: &str = "fails";

impl Meta {
    /// Whether the sheet comes from a rehearsal and must not be counted with real ones. Whatever
    /// stands there but `false` says so: in doubt it is left out.
    #[must_use]
    pub fn is_rehearsal(&self) -> bool {
        self.says(REHEARSAL)
    }

    /// Marks the sheet as a rehearsal's.
    pub fn mark_rehearsal(&mut self) {
        self.other.insert(REHEARSAL.to_owned(), Value::Bool(true));
    }

    /// Whether the sheet was made up.
    #[must_use]
    pub fn is_synthetic(&self) -> bool {
        self.says(SYNTHETIC)
    }

    /// Marks the sheet as made up.
    pub fn mark_synthetic(&mut self) {
        self.other.insert(SYNTHETIC.to_owned(), Value::Bool(true));
    }

    /// Whether the sheet was made up to fail.
    #[must_use]
    pub fn is_meant_to_fail(&self) -> bool {
        self.other.contains_key(FAILS)
    }

    fn says(&self, key: &str) -> bool {
        !matches!(
            self.other.get(key),
            None | Some(Value::Null | Value::Bool(false))
        )
    }
}

wire_struct!(Sheet { meta, answers });
wire_struct!(Meta {
    id,
    reached,
    today,
    attempted,
    confirmed,
    unseen,
    other,
});
