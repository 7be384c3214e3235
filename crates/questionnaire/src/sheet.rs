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
