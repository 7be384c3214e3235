//! Who is writing in a study now: remembered by this process only, and for a moment only.
//!
//! It is said so that nobody is surprised by a merge. Nothing depends on it.

use super::Writing;
use crate::team::{Design, May};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use store::{AccountId, StudyId};
use time::{Duration, OffsetDateTime};

/// For how long somebody counts as here who has said nothing.
const HERE: Duration = Duration::seconds(30);
/// How many people of one study are remembered.
const MOST: usize = 100;

/// Somebody who is writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writer {
    /// Their name.
    pub name: String,
    /// The node they have open, as `questionnaire::document::edit::Node` writes it.
    pub node: Option<String>,
}

#[derive(Debug)]
struct Seen {
    who: AccountId,
    writer: Writer,
    at: OffsetDateTime,
}

/// Who is writing, by study.
#[derive(Debug, Default)]
pub(crate) struct Here(Mutex<HashMap<StudyId, Vec<Seen>>>);

impl Here {
    /// Writes down that somebody is here, and says who else is.
    fn come(&self, study: StudyId, new: Seen) -> Vec<Writer> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = new.at;
        all.retain(|_, people| {
            people.retain(|it| now - it.at < HERE);
            !people.is_empty()
        });
        let people = all.entry(study).or_default();
        people.retain(|it| it.who != new.who);
        let others = people.iter().map(|it| it.writer.clone()).collect();
        if people.len() < MOST {
            people.push(new);
        }
        others
    }
}

impl Writing<'_> {
    /// Says that somebody has a node open, and answers who else is in this study now. Whoever has no account of
    /// their own is not seen.
    #[must_use]
    pub fn come(&self, may: &May<Design>, name: &str, node: Option<String>) -> Vec<Writer> {
        let Some(who) = may.account() else {
            return Vec::new();
        };
        let name = name.to_owned();
        let seen = Seen {
            who,
            writer: Writer { name, node },
            at: self.0.now(),
        };
        self.0.inner.here.come(may.id(), seen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;
    use uuid::Uuid;

    #[test]
    fn somebody_is_here_until_they_are_silent() {
        let here = Here::default();
        let study = StudyId(Uuid::from_u128(1));
        let come = |who: u128, name: &str, seconds: i64| {
            let seen = Seen {
                who: AccountId(Uuid::from_u128(who)),
                writer: Writer {
                    name: name.to_owned(),
                    node: None,
                },
                at: datetime!(2026-03-02 08:00 UTC) + Duration::seconds(seconds),
            };
            let others = here.come(study, seen).into_iter();
            others.map(|it| it.name).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(come(1, "Ada", 0), "");
        assert_eq!(come(2, "Bo", 5), "Ada");
        assert_eq!(come(1, "Ada", 10), "Bo");
        assert_eq!(come(2, "Bo", 20), "Ada");
        assert_eq!(come(2, "Bo", 45), "");
    }
}
