//! What the store gives and takes for the rights of respondents: codes, responses set aside, days
//! of retention, erasures. Plain values, like those of `records.rs`.

use crate::{ResponseId, WaveId};
use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};
use std::ops::AddAssign;
use time::Date;

/// The code of a response as the database keeps it: found by it, and of no use without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedCode {
    /// The digest of the code.
    pub hash: String,
    /// The token, sealed with the code.
    pub token: String,
    /// The code, sealed with the token.
    pub code: String,
}

/// What a code leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundByCode {
    /// The hash of the token that the code unseals.
    pub token_hash: String,
    /// The token, sealed with the code.
    pub sealed_token: String,
}

/// A response that is kept and not counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// The response.
    pub response: ResponseId,
    /// Why, in the words of whoever set it aside.
    pub reason: String,
}

/// For how many days what belongs to a wave is kept; `None` is for as long as the wave, for drafts
/// as long as usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Retention {
    /// Contact details, after the wave has ended.
    pub contacts_days: Option<u16>,
    /// Unsubmitted answers, after their last save.
    pub drafts_days: Option<u16>,
    /// Responses, after the wave has ended.
    pub answers_days: Option<u16>,
    /// The first day on which the wave was seen closed.
    pub ended_on: Option<Date>,
}

/// What is due of a wave on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// Contact details, and who the people of the sample are.
    pub contacts: bool,
    /// Responses.
    pub answers: bool,
    /// Drafts, and corrections under way, that were last saved before this day.
    pub drafts_before: Date,
}

/// How much was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Erased {
    /// Contact details, and addresses of the sample.
    #[serde(rename = "contacts")]
    pub n_contacts: u64,
    /// Drafts, and corrections that were never sent.
    #[serde(rename = "drafts")]
    pub n_drafts: u64,
    /// Responses.
    #[serde(rename = "answers")]
    pub n_answers: u64,
}

impl AddAssign for Erased {
    fn add_assign(&mut self, more: Self) {
        self.n_contacts += more.n_contacts;
        self.n_drafts += more.n_drafts;
        self.n_answers += more.n_answers;
    }
}

/// What kind of row was erased.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum ErasureKind {
    /// A response that its respondent withdrew.
    #[sea_orm(string_value = "withdrawn")]
    Withdrawn,
    /// A response whose days were over.
    #[sea_orm(string_value = "answers")]
    Answers,
    /// A draft.
    #[sea_orm(string_value = "draft")]
    Draft,
    /// Contact details.
    #[sea_orm(string_value = "contact")]
    Contact,
    /// Who somebody in a sample is: the address, and what the file said beside it. The unit stays.
    #[sea_orm(string_value = "address")]
    Address,
}

/// One row of the ledger of erasures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    /// The digest of the erased row's random key.
    pub digest: String,
    /// What kind of row it was.
    pub kind: ErasureKind,
    /// The wave it belonged to.
    pub wave: WaveId,
    /// The day.
    pub day: Date,
}
