//! Edits of the working version, one by one, and taking them back: what the outline does.
//!
//! An edit is made on what its author saw, and merged with what others saved since. What is taken back is one's
//! own saves, the last one first, whatever others have written beside them meanwhile; taking back is a save too.

use super::merging::clash;
use super::{Clash, Saved, Writing, read};
use crate::team::{Design, May};
use crate::{Result, ServiceError};
use questionnaire::document::edit::{Edit, Merged, Refused, apply, diff, merge};
use questionnaire::document::{Questionnaire, to_yaml};
use store::{AccountId, Deed, Step};

/// How often an edit is merged anew when others save at the same moment.
const TRIES: usize = 4;

/// What became of edits.
#[derive(Debug, Clone, PartialEq)]
pub struct Edited {
    /// The save that has them.
    pub saved: Saved,
    /// Edits that were not made, as others have written there since.
    pub refused: Vec<(Edit, Clash)>,
}

/// What of one's own can be taken back or made again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Steps {
    /// The save that would be taken back next.
    pub undo: Option<i64>,
    /// The save that would be made again next.
    pub redo: Option<i64>,
}

impl Writing<'_> {
    /// Makes edits of somebody who read the save `after`, and merges them with what was saved since. An edit
    /// that would take back something of others is not made; the others are.
    ///
    /// # Errors
    /// [`ServiceError::EditRefused`] if an edit does not fit what its author read: none is made.
    /// [`ServiceError::UnsoundQuestionnaire`] if the working version, or what was read, is no questionnaire: it
    /// can be written as text only. [`ServiceError::SavedMeanwhile`] if what was read is no longer kept.
    pub async fn edit(&self, may: &May<Design>, edits: &[Edit], after: i64) -> Result<Edited> {
        self.make(may, edits, after, Deed::Write).await
    }

    async fn make(
        &self,
        may: &May<Design>,
        edits: &[Edit],
        after: i64,
        deed: Deed,
    ) -> Result<Edited> {
        for _ in 0..TRIES {
            let latest = self.open(may).await?;
            let is_merged = latest.revision != after;
            let now = read(&latest.source)?;
            let merged = if is_merged {
                let base = self.saved(may, after).await?;
                let base = read(&base.ok_or(ServiceError::SavedMeanwhile)?)?;
                let theirs = diff(&base, &now).map_err(ServiceError::EditRefused)?;
                fits(&base, edits)?;
                merge(&base, &theirs, edits).map_err(ServiceError::EditRefused)?
            } else {
                alone(&now, edits)?
            };
            let revision = if merged.document == now {
                latest.revision
            } else {
                match self
                    .save_over(may, &to_yaml(&merged.document), latest.revision, deed)
                    .await
                {
                    Err(ServiceError::SavedMeanwhile) => continue,
                    saved => saved?,
                }
            };
            let refused = merged.conflicts.into_iter();
            let refused = refused.map(|it| (it.edit.clone(), clash(it))).collect();
            return Ok(Edited {
                saved: Saved {
                    revision,
                    is_merged,
                },
                refused,
            });
        }
        Err(ServiceError::SavedMeanwhile)
    }

    /// The text of a save that is still kept, or of what was published before the first one.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn at(&self, may: &May<Design>, revision: i64) -> Result<Option<String>> {
        let latest = self.open(may).await?;
        if latest.revision == revision {
            return Ok(Some(latest.source));
        }
        self.saved(may, revision).await
    }

    /// What of their own somebody may take back, and make again.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn steps(&self, may: &May<Design>) -> Result<Steps> {
        let all = self.0.store().working_versions().steps(may.id()).await?;
        let mut steps = steps(&all, may.account());
        // Before the first save there is what was published, or nothing.
        if steps.undo == Some(1) && self.saved(may, 0).await?.is_none() {
            steps.undo = None;
        }
        Ok(steps)
    }

    /// Takes one's last save back: what it changed is as it was before, what others changed since stays.
    /// `None`: there is nothing to take back.
    ///
    /// # Errors
    /// As [`edit`](Self::edit).
    pub async fn undo(&self, may: &May<Design>) -> Result<Option<Edited>> {
        let Some(revision) = self.steps(may).await?.undo else {
            return Ok(None);
        };
        let made = self.turn(may, revision, revision - 1, Deed::Undo(revision));
        Ok(Some(made.await?))
    }

    /// Makes again what was taken back last. `None`: there is nothing.
    ///
    /// # Errors
    /// As [`edit`](Self::edit).
    pub async fn redo(&self, may: &May<Design>) -> Result<Option<Edited>> {
        let Some(revision) = self.steps(may).await?.redo else {
            return Ok(None);
        };
        let made = self.turn(may, revision - 1, revision, Deed::Redo(revision));
        Ok(Some(made.await?))
    }

    /// Makes what leads from one save to another, now.
    async fn turn(&self, may: &May<Design>, from: i64, to: i64, deed: Deed) -> Result<Edited> {
        let latest = self.open(may).await?;
        let gone = || ServiceError::SavedMeanwhile;
        let from = self.saved(may, from).await?.ok_or_else(gone)?;
        let to = self.saved(may, to).await?.ok_or_else(gone)?;
        if latest.source == from {
            // Nobody has written since: the text comes back as it was, comments and all.
            let revision = self.save_over(may, &to, latest.revision, deed).await?;
            return Ok(Edited {
                saved: Saved {
                    revision,
                    is_merged: false,
                },
                refused: Vec::new(),
            });
        }
        let (from, to) = (read(&from)?, read(&to)?);
        let now = read(&latest.source)?;
        let refused = ServiceError::EditRefused;
        let edits = diff(&from, &to).map_err(refused)?;
        let theirs = diff(&from, &now).map_err(refused)?;
        let merged = merge(&from, &theirs, &edits).map_err(refused)?;
        let yaml = to_yaml(&merged.document);
        let revision = self.save_over(may, &yaml, latest.revision, deed).await?;
        let conflicts = merged.conflicts.into_iter();
        Ok(Edited {
            saved: Saved {
                revision,
                is_merged: true,
            },
            refused: conflicts.map(|it| (it.edit.clone(), clash(it))).collect(),
        })
    }
}

/// Whether edits fit what their author saw.
fn fits(base: &Questionnaire, edits: &[Edit]) -> Result<()> {
    alone(base, edits).map(|_| ())
}

/// Makes edits where nobody else has written.
fn alone(base: &Questionnaire, edits: &[Edit]) -> Result<Merged> {
    let mut document = base.clone();
    for edit in edits {
        apply(&mut document, edit).map_err(ServiceError::EditRefused)?;
    }
    Ok(Merged {
        document,
        applied: edits.to_vec(),
        conflicts: Vec::new(),
    })
}

/// What somebody may take back, and make again, after these saves.
fn steps(all: &[Step], who: Option<AccountId>) -> Steps {
    let (mut undo, mut redo) = (Vec::new(), Vec::new());
    for step in all.iter().filter(|it| it.account == who) {
        match step.deed {
            Deed::Write => {
                undo.push(step.revision);
                redo.clear();
            }
            Deed::Undo(it) => {
                undo.retain(|other| *other != it);
                redo.push(it);
            }
            Deed::Redo(it) => {
                redo.retain(|other| *other != it);
                undo.push(it);
            }
        }
    }
    // What it was written over must still be kept.
    let first = all.first().map_or(0, |it| it.revision);
    let kept = |it: Option<&i64>| it.copied().filter(|it| *it > first || *it == 1);
    Steps {
        undo: kept(undo.last()),
        redo: kept(redo.last()),
    }
}

/// Why an edit was refused, for people: the code of [`Refused`].
pub(crate) const fn code(refused: &Refused) -> &'static str {
    match refused {
        Refused::UnknownNode { .. } | Refused::UnknownSibling { .. } => "edit_gone",
        Refused::Taken { .. } => "edit_taken",
        Refused::WrongParent { .. } | Refused::Stays { .. } => "edit_misplaced",
        Refused::NestsItself | Refused::TooDeep => "edit_too_deep",
        Refused::NoSuchField { .. } | Refused::NotAValue { .. } => "edit_not_a_value",
        Refused::Ambiguous { .. } => "edit_ambiguous",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(deeds: &[Deed], expected: (Option<i64>, Option<i64>)) {
        let step = |(at, deed): (usize, &Deed)| Step {
            revision: at as i64 + 1,
            account: None,
            deed: *deed,
        };
        let all: Vec<_> = deeds.iter().enumerate().map(step).collect();
        let found = steps(&all, None);
        assert_eq!((found.undo, found.redo), expected, "{deeds:?}");
    }

    #[test]
    fn what_is_taken_back_is_the_last_that_stands() {
        use Deed::{Redo, Undo, Write};
        check(&[], (None, None));
        check(&[Write], (Some(1), None));
        check(&[Write, Write], (Some(2), None));
        check(&[Write, Write, Write, Undo(3)], (Some(2), Some(3)));
        check(&[Write, Write, Write, Undo(3), Undo(2)], (Some(1), Some(2)));
        check(
            &[Write, Write, Write, Undo(3), Undo(2), Redo(2)],
            (Some(2), Some(3)),
        );
        check(&[Write, Write, Undo(2), Write], (Some(4), None));
    }
}
