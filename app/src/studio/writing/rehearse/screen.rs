//! What the page of a rehearsal shows.

use crate::studio::team::field_screen::Wrong;
use crate::studio::team::screen::StudyHead;
use crate::studio::writing::screen::FindingLine;

/// `/studio/s/{study}/questionnaire/rehearsal`
#[derive(Clone, Debug, PartialEq)]
pub struct RehearseScreen {
    /// The head.
    pub head: StudyHead,
    /// The latest save; 0 for what was published and nobody has saved since.
    pub latest: i64,
    /// Whether it can be rehearsed: the compiler finds no error.
    pub may_rehearse: bool,
    /// What is wrong with it; each leads to its node.
    pub findings: Vec<FindingLine>,
    /// The rehearsal that there is.
    pub rehearsed: Option<RehearsedShown>,
    /// Who is made up: `cover`, `drawn`.
    pub who: String,
    /// How many, as typed.
    pub n: String,
    /// How many at most.
    pub most: u16,
    /// What was done just now; its words stand under `rehearse-done-` and this code.
    pub done: Option<&'static str>,
    /// Why the page comes back.
    pub wrong: Option<Wrong>,
}

/// A rehearsal of what is being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RehearsedShown {
    /// Of which save; 0 for what was published and nobody had saved since.
    pub save: i64,
    /// Day on which it was made, as `2026-03-02`.
    pub day: String,
    /// Hour, as `09:30`.
    pub time: String,
    /// How many made-up responses there are.
    pub n_responses: u64,
    /// Whether nobody has saved since.
    pub is_latest: bool,
}
