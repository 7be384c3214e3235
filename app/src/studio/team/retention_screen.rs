//! What the page about retention shows.

use super::field_screen::WaveHead;

/// `/studio/s/{study}/waves/{wave}/retention`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetentionScreen {
    /// The head.
    pub head: WaveHead,
    /// The form.
    pub values: RetentionValues,
    /// For how many days drafts are kept where nothing is set.
    pub usual_drafts: u16,
    /// For how many days they are kept in this wave.
    pub drafts_days: u16,
    /// The day on which the wave ended or will, ISO, if it is known.
    pub ends_on: Option<String>,
    /// Whether it has ended.
    pub has_ended: bool,
    /// The day on which this is shown, ISO.
    pub today: String,
    /// The day on which contact details go, ISO, if it is known.
    pub contacts_on: Option<String>,
    /// The day on which responses go, ISO, if it is known.
    pub answers_on: Option<String>,
    /// What the days that were typed would erase at once, if it was not confirmed.
    pub at_once: Option<ErasedLine>,
    /// What is gone, the latest day first.
    pub erased: Vec<ErasedLine>,
}

/// Days as they were typed; empty where nothing is set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RetentionValues {
    /// Of contact details, after the end.
    pub contacts: String,
    /// Of drafts, after their last save.
    pub drafts: String,
    /// Of responses, after the end.
    pub answers: String,
}

/// How much goes, or went on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErasedLine {
    /// The day, ISO; empty for what would go now.
    pub day: String,
    /// Contact details, and addresses of the sample.
    pub n_contacts: u64,
    /// Drafts.
    pub n_drafts: u64,
    /// Responses.
    pub n_answers: u64,
}
