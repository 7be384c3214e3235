//! The words that fragments need, where there are no language files.

use serde::{Deserialize, Serialize};
use tally::Percent;

/// Texts of the dashboard that the browser needs as well; `{n}` and the like are filled there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Language of the interface.
    pub language: String,
    /// Language of the questionnaire's texts.
    pub texts_language: String,
    /// Names of the links of the base chain, in the order of [`super::fragments::chain`].
    pub chain: Vec<String>,
    /// What stands for the first link where the units of a roster are counted.
    pub units: String,
    /// Counters: responses stored, begun, share finished.
    pub counters: Vec<String>,
    /// How many of the people who were asked have a response that counts (`{n}`): one, several; nothing
    /// where whoever likes may answer.
    pub admitted: Vec<String>,
    /// Where respondents stop: title, what is counted, heading of the percentages, name of the
    /// table.
    pub stops: Vec<String>,
    /// Nobody was asked yet.
    pub nobody: String,
    /// One free text; several (`{n}`); beside a choice (`{label}`); those not shown (`{n}`);
    /// none.
    pub texts: Vec<String>,
    /// A range of dates: `{first}`, `{last}`; a single date.
    pub dates: Vec<String>,
    /// Names of the months.
    pub months: Vec<String>,
    /// State of the connection: waiting, live (`{time}`), lost, ended; the rehearsal was removed.
    pub live: Vec<String>,
    /// What a screen reader hears: one response, several (`{n}`).
    pub announce: Vec<String>,
    /// Combinations: title, of whom they are, name of the table.
    pub combinations: Vec<String>,
    /// What the sets are called that are combined.
    pub sets: Vec<String>,
    /// Of whom the percentages of columns are.
    pub percent: Percent,
    /// How many responses a filter keeps: `{kept}` of `{all}`.
    pub kept: String,
}

impl Words {
    /// The nth of some words; nothing when it is missing.
    pub(crate) fn nth(words: &[String], nth: usize) -> &str {
        words.get(nth).map_or("", String::as_str)
    }
}
