//! A draft that several people write: who wrote what, and where they disagree.

use super::law::{Author, Post, Slot, is_blank};
use crate::chance::{digest, digest_hex, hex};
use crate::respond::Draft;
use questionnaire::view::ReviewLine;
use questionnaire::{Keep, Sheet, review_view};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use store::{Contributor, DraftId};

/// What such a draft keeps besides its answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Together {
    /// What the holder calls themselves.
    #[serde(default)]
    pub(super) holder: String,
    /// By slot key.
    #[serde(default)]
    slots: BTreeMap<String, Slot>,
}

/// An answer for which there are several proposals. It is settled by whoever may answer it.
#[derive(Clone, Debug, PartialEq)]
pub struct Disagreement {
    /// The slot's key.
    pub key: String,
    /// Stands for all that is to be chosen from: a choice among other things is refused.
    pub shown: String,
    /// Who wrote the stored answer.
    pub stored: Author,
    /// What others would have instead.
    pub proposals: Vec<(Author, Value)>,
}

/// The key by which a draft's pages say what was drawn: nobody can make up a digest.
pub(crate) fn seal(server_key: &str, draft: DraftId) -> [u8; 32] {
    digest("drawn page", &[server_key.as_bytes(), draft.0.as_bytes()])
}

impl Draft {
    /// Whether its holder has handed some of it over.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.together.is_some()
    }

    /// Those who hold a link into it, withdrawn ones too.
    #[must_use]
    pub fn contributors(&self) -> &[Contributor] {
        &self.contributors
    }

    /// Whether it has as many links as a draft may have.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.contributors.len() as u64 >= super::MOST
    }

    /// What its holder calls themselves; empty if they have not said.
    #[must_use]
    pub fn holder_name(&self) -> &str {
        self.together.as_ref().map_or("", |it| it.holder.as_str())
    }

    /// The name of an author; empty for a holder who has not said.
    #[must_use]
    pub fn name_of(&self, author: Author) -> &str {
        match author {
            Author::Holder => self.holder_name(),
            Author::Contributor(id) => {
                let found = self.contributors.iter().find(|it| it.id == id);
                found.map_or("", |it| it.name.as_deref().unwrap_or(&it.label))
            }
        }
    }

    /// Who wrote the answer of a slot.
    #[must_use]
    pub fn author_of(&self, key: &str) -> Author {
        let together = self.together.as_ref();
        let slot = together.and_then(|it| it.slots.get(key));
        slot.and_then(|it| it.by).unwrap_or(Author::Holder)
    }

    /// What a page says of the values that it was drawn with, to be posted along with it.
    #[must_use]
    pub fn drawn(&self, answers: &[(String, Value)]) -> String {
        let mut text = self.at.revision.to_string();
        for (key, value) in answers {
            text.push_str(&format!(" {key}={}", self.digest(key, value)));
        }
        text
    }

    /// Takes what somebody posted into a shared draft, as far as it may become the stored answer;
    /// the rest stands beside. `drawn` came with it, `current` are the answers as they are now;
    /// both name answers as the page does. Gives what is to be stored.
    pub fn merge(
        &mut self,
        by: Author,
        drawn: &str,
        posted: Vec<(String, Value)>,
        current: &[(String, Value)],
    ) -> Vec<(String, Value)> {
        let Some(mut together) = self.together.take() else {
            return posted;
        };
        let (at, base) = read(drawn);
        let current: BTreeMap<&str, &Value> =
            current.iter().map(|(key, it)| (key.as_str(), it)).collect();
        let mut taken = Vec::new();
        for (key, value) in posted {
            let slot = together.slots.entry(key.clone()).or_default();
            let post = Post {
                by,
                drawn: at,
                base: base.get(key.as_str()).copied(),
                value: &value,
                current: current.get(key.as_str()).copied().unwrap_or(&Value::Null),
                digest: &|it| self.digest(&key, it),
            };
            if slot.takes(post) {
                taken.push((key, value));
            }
        }
        together.slots.retain(|_, it| *it != Slot::default());
        self.together = Some(together);
        taken
    }

    /// Whether a value that a page posted is the one that it was drawn with.
    #[must_use]
    pub fn is_drawn(&self, drawn: &str, key: &str, value: &Value) -> bool {
        read(drawn).1.get(key).copied() == Some(self.digest(key, value).as_str())
    }

    /// Slots under a prefix for which somebody proposes something.
    #[must_use]
    pub fn is_disputed(&self, prefix: &str) -> bool {
        let of = |it: &Slot| it.proposals.iter().any(|it| !is_blank(&it.value));
        self.together.as_ref().is_some_and(|it| {
            let mut slots = it.slots.iter();
            slots.any(|(key, slot)| key.starts_with(prefix) && of(slot))
        })
    }

    /// The answers on path for which there are several proposals, in the order of the questionnaire.
    #[must_use]
    pub fn disagreements(&self) -> Vec<Disagreement> {
        let Some(together) = &self.together else {
            return Vec::new();
        };
        if together.slots.values().all(|it| it.proposals.is_empty()) {
            return Vec::new();
        }
        let lines = self.lines(&self.sheet);
        let at = |key: &str| lines.iter().position(|it| it.key == key);
        let mut found = Vec::new();
        for (key, slot) in &together.slots {
            let beside = key.rsplit_once('.').and_then(|it| at(it.0));
            let Some(place) = at(key).or(beside) else {
                continue;
            };
            let Some(open) = self.disagreement(key, slot) else {
                continue;
            };
            // A text beside a choice that nobody has made is no answer.
            let differs =
                |value: &Value| self.lines(&self.with(key, value)).get(place) != lines.get(place);
            if at(key).is_some() || open.proposals.iter().any(|(_, it)| differs(it)) {
                found.push((place, open));
            }
        }
        found.sort_by_key(|it| it.0);
        found.into_iter().map(|it| it.1).collect()
    }

    fn lines(&self, sheet: &Sheet) -> Vec<ReviewLine> {
        let review = review_view(&self.engine, sheet, &self.language);
        review.pages.into_iter().flat_map(|it| it.lines).collect()
    }

    /// The sheet with another answer in one slot.
    fn with(&self, key: &str, value: &Value) -> Sheet {
        let mut evaluation = self.engine.load(&self.sheet).evaluation;
        evaluation.set_by_key(key, value);
        let mut sheet = self.sheet.clone();
        sheet.answers = evaluation.to_answers(Keep::Everything);
        sheet
    }

    /// Settles a disagreement as a button said it: the key, what was shown, and which of it: 0 for
    /// the stored answer, n for the nth proposal. `false` if that is not what there is to choose.
    pub fn settle(&mut self, choice: &str) -> bool {
        let mut parts = choice.split(' ');
        let (Some(key), Some(shown), Some(nth), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return false;
        };
        let Ok(nth) = nth.parse::<usize>() else {
            return false;
        };
        let slot = self.together.as_ref().and_then(|it| it.slots.get(key));
        let Some(open) = slot.and_then(|it| self.disagreement(key, it)) else {
            return false;
        };
        let of = match nth.checked_sub(1) {
            None => None,
            Some(nth) => match open.proposals.get(nth) {
                Some((by, _)) => Some(*by),
                None => return false,
            },
        };
        if open.shown != shown {
            return false;
        }
        let slot = self.together.as_mut().and_then(|it| it.slots.get_mut(key));
        if let Some(value) = slot.and_then(|it| it.choose(of)) {
            self.sheet = self.with(key, &value);
        }
        true
    }

    fn disagreement(&self, key: &str, slot: &Slot) -> Option<Disagreement> {
        if slot.proposals.is_empty() {
            return None;
        }
        let evaluation = self.engine.load(&self.sheet).evaluation;
        let now = evaluation.to_answers(Keep::Everything);
        let proposals: Vec<(Author, Value)> = slot
            .proposals
            .iter()
            .filter(|it| self.with(key, &it.value).answers != now)
            .map(|it| (it.by, it.value.clone()))
            .collect();
        if proposals.is_empty() {
            return None;
        }
        let item = key.split(['.', '[']).next().unwrap_or(key);
        let stored = now.get(item).map(Value::to_string).unwrap_or_default();
        let others = serde_json::to_string(&proposals).unwrap_or_default();
        let parts: [&[u8]; 4] = [
            &self.seal,
            key.as_bytes(),
            stored.as_bytes(),
            others.as_bytes(),
        ];
        Some(Disagreement {
            key: key.to_owned(),
            shown: digest_hex("shown disagreement", &parts)[..32].to_owned(),
            stored: slot.by.unwrap_or(Author::Holder),
            proposals,
        })
    }

    fn digest(&self, key: &str, value: &Value) -> String {
        let value = value.to_string();
        let parts: [&[u8]; 3] = [&self.seal, key.as_bytes(), value.as_bytes()];
        hex(&digest("drawn value", &parts)[..8])
    }
}

/// The drawing, and the digest of each value in it.
fn read(drawn: &str) -> (i64, BTreeMap<&str, &str>) {
    let mut words = drawn.split(' ');
    // A page from before the draft was shared says nothing: it is no drawing of another's.
    let at = words.next().and_then(|it| it.parse().ok()).unwrap_or(-1);
    (at, words.filter_map(|it| it.split_once('=')).collect())
}
