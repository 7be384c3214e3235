//! What the page shows that somebody of the team sees first.

use super::screen::Person;

/// `/studio`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomeScreen {
    /// Who looks.
    pub who: Person,
    /// Whether they may begin a study.
    pub may_begin: bool,
    /// Where news of the list comes from.
    pub live: String,
    /// Their studies, by name.
    pub studies: Vec<HomeStudy>,
}

/// A study at a glance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomeStudy {
    /// Its name in addresses.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Language of the title.
    pub language: String,
    /// The code of their role.
    pub role: &'static str,
    /// How many versions of its questionnaire are published.
    pub n_versions: usize,
    /// Where its questionnaire is written, for those who may.
    pub questionnaire: Option<String>,
    /// Where a wave is made, for those who may, once something is published.
    pub new_wave: Option<String>,
    /// Its waves.
    pub waves: Vec<HomeWave>,
}

/// A wave at a glance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomeWave {
    /// Its name in addresses.
    pub slug: String,
    /// Whether it takes responses: `open`, `closed`, `full`, `not-yet`.
    pub state: &'static str,
    /// The day on which that changes, or has changed, as `2026-03-02`; the code of what is said of it.
    pub day: Option<(&'static str, String)>,
    /// How many responses count, for those who may see results.
    pub n_responses: Option<u64>,
    /// Where its results are, for those who may see them.
    pub results: Option<String>,
    /// Where respondents begin.
    pub respond: String,
}
