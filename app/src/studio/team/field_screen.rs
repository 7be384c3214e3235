//! What the pages about a wave show: everything a handler has to load before it draws.

use super::screen::StudyHead;
use crate::respond::screen::{Moment, Problem};

pub use super::wrong::Wrong;

/// Which of a wave's pages somebody may open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WaveRights {
    /// Its results.
    pub results: bool,
    /// Its settings, the call-back list, the days of retention.
    pub field: bool,
    /// Which of its responses count.
    pub set_aside: bool,
    /// Where responses are entered.
    pub enter: bool,
}

/// A wave's pages have this in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaveHead {
    /// That of its study.
    pub study: StudyHead,
    /// Its name in addresses; empty for one that is being made.
    pub slug: String,
    /// What of it may be opened.
    pub rights: WaveRights,
    /// What was done just now; its words stand under `field-done-` and this code.
    pub done: Option<&'static str>,
    /// Why the form comes back.
    pub wrong: Option<Wrong>,
}

/// What stands in the form about a wave, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WaveValues {
    /// Its name in addresses.
    pub slug: String,
    /// From when on: `2026-03-02T08:00`, or empty.
    pub opens: String,
    /// Until when, or empty.
    pub closes: String,
    /// IANA name of the zone.
    pub zone: String,
    /// Who may answer: `open`, `invitation`, `both`.
    pub access: String,
    /// `anonymous` or `named`.
    pub kept: String,
    /// After how many responses it is full, or empty.
    pub max: String,
    /// What it speaks where it does not know.
    pub language: String,
}

/// `/studio/s/{study}/waves` and `/studio/s/{study}/waves/{wave}/settings`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaveScreen {
    /// The head.
    pub head: WaveHead,
    /// The form.
    pub values: WaveValues,
    /// The languages of the questionnaire.
    pub languages: Vec<String>,
    /// How it stands now, for one that exists.
    pub now: Option<WaveNow>,
    /// What it says when it is closed, language by language, for one that exists.
    pub closing: Vec<ClosingText>,
}

/// What a wave says when it is closed, in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosingText {
    /// The language.
    pub language: String,
    /// What stands in the form.
    pub text: String,
    /// What somebody who reads this language is shown then.
    pub shown: Problem,
}

/// How a wave stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaveNow {
    /// `open`, `closed`, `full`, `not-yet`.
    pub state: &'static str,
    /// The whole address at which people answer.
    pub link: String,
    /// From when on it takes responses, if that is set.
    pub opens: Option<Moment>,
    /// Until when, if that is set.
    pub closes: Option<Moment>,
    /// Whether a date would keep it shut: opening it takes the date off.
    pub by_date: bool,
}

/// `/studio/s/{study}/waves/{wave}/admissibility`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdmissibilityScreen {
    /// The head.
    pub head: WaveHead,
    /// People who were asked, where only they may answer.
    pub n_invited: Option<u64>,
    /// Responses stored.
    pub n_received: u64,
    /// Responses set aside.
    pub n_set_aside: u64,
    /// Responses withdrawn by their respondents.
    pub n_withdrawn: u64,
    /// For which reasons, the most frequent first.
    pub reasons: Vec<(String, u64)>,
    /// Responses in the order of their random keys.
    pub responses: Vec<JudgedLine>,
    /// The key after which these begin, so that a form leads back to them.
    pub after: Option<String>,
    /// The address of the next ones, if there are more.
    pub next: Option<String>,
    /// Whether the wave still takes responses.
    pub is_open: bool,
}

/// A response as it is judged: how complete it is, not what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgedLine {
    /// Its random key.
    pub id: String,
    /// Questions it was asked.
    pub n_asked: u64,
    /// Of these, the answered ones; not knowing is an answer.
    pub n_answered: u64,
    /// Why it is set aside, if it is.
    pub reason: Option<String>,
}
