//! What becomes of an answer that one of several people posts: pure, one slot at a time.
//!
//! The law: what somebody typed last is the stored answer, or stands beside it as a proposal, until
//! they type something else, somebody who has seen it replaces it, or somebody who has seen both
//! chooses. Nothing else makes it go.
//!
//! A page says of each slot what its value was when it was drawn, so a post tells what somebody
//! typed from what merely stood there. « The same drawing » is how autosave and the button after it
//! are known to be one person going on.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::ContributorId;

/// Who wrote an answer of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// Whoever began the response and will sign it off.
    Holder,
    /// Somebody who was handed a part of it.
    Contributor(ContributorId),
}

/// What one person would have instead of the stored answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Proposal {
    pub(super) by: Author,
    pub(super) value: Value,
}

/// What one person posted last, and from which drawing of the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Posted {
    by: Author,
    drawn: i64,
    /// A digest: the value itself is stored or a proposal, or gone for a reason.
    value: String,
}

/// What is known of a slot besides its value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Slot {
    /// Who wrote the stored answer; nobody has since the draft is shared: its holder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) by: Option<Author>,
    /// At most one a person. One that equals the stored answer waits for that to change unseen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) proposals: Vec<Proposal>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    posted: Vec<Posted>,
}

/// A value that somebody posted for a slot.
#[derive(Clone, Copy)]
pub(super) struct Post<'a> {
    pub(super) by: Author,
    /// Which drawing of the page it comes from.
    pub(super) drawn: i64,
    /// The digest of the value that was drawn; `None` if the page did not have the slot.
    pub(super) base: Option<&'a str>,
    pub(super) value: &'a Value,
    /// What is stored now.
    pub(super) current: &'a Value,
    /// Tells values apart as `base` does.
    pub(super) digest: &'a dyn Fn(&Value) -> String,
}

impl Slot {
    /// Whether a posted value becomes the stored one. If not, and somebody typed it, it stands beside.
    pub(super) fn takes(&mut self, post: Post<'_>) -> bool {
        let value = (post.digest)(post.value);
        let current = (post.digest)(post.current);
        let before = self.posted.iter().find(|it| it.by == post.by);
        let before = before.filter(|it| it.drawn == post.drawn);
        let is_same_drawing = before.is_some();
        let is_repeated = before.is_some_and(|it| it.value == value);
        let is_drawn = post.base == Some(value.as_str());
        let is_seen = post.base == Some(current.as_str());
        let is_own = self.by.unwrap_or(Author::Holder) == post.by;
        if is_repeated {
            // Nothing was typed since: whatever became of it was done by people who saw it.
            return false;
        }
        if is_drawn && !is_same_drawing {
            // It merely stood there.
            return false;
        }
        if post.base.is_none() && is_blank(post.value) && !is_same_drawing {
            return false;
        }
        self.note(&post, value.clone());
        self.proposals.retain(|it| it.by != post.by);
        if value == current {
            // They agree; should the other go on typing, this one still says so.
            if !is_own && !is_drawn {
                self.propose(&post);
            }
            return false;
        }
        if is_own && (is_same_drawing || !is_drawn) {
            if is_seen {
                self.release(&current, post.digest);
            }
            self.by = Some(post.by);
            return true;
        }
        if is_drawn {
            // Typed, then taken back.
            return false;
        }
        let is_free = post.base.is_none() && is_blank(post.current);
        if is_seen || is_free {
            self.release(&current, post.digest);
            self.by = Some(post.by);
            return true;
        }
        self.propose(&post);
        false
    }

    /// Somebody who has seen all has chosen: the stored answer (`None`) or a person's proposal, whose
    /// value it gives. The others go.
    pub(super) fn choose(&mut self, of: Option<Author>) -> Option<Value> {
        let chosen = of.and_then(|of| self.proposals.iter().find(|it| it.by == of).cloned());
        self.proposals.clear();
        let chosen = chosen?;
        self.by = Some(chosen.by);
        Some(chosen.value)
    }

    /// Who has seen a value and replaces it replaces it for those who said the same.
    fn release(&mut self, seen: &str, digest: &dyn Fn(&Value) -> String) {
        self.proposals.retain(|it| digest(&it.value) != seen);
    }

    fn propose(&mut self, post: &Post<'_>) {
        self.proposals.push(Proposal {
            by: post.by,
            value: post.value.clone(),
        });
    }

    fn note(&mut self, post: &Post<'_>, value: String) {
        self.posted.retain(|it| it.by != post.by);
        self.posted.push(Posted {
            by: post.by,
            drawn: post.drawn,
            value,
        });
    }
}

/// Whether a value is no answer at all.
pub(super) fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(it) => it.is_empty(),
        Value::Array(it) => it.is_empty(),
        Value::Object(it) => it.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}
