//! Several people prepare one response: its holder hands parts of the draft over by links, each
//! answer knows who wrote it, and the holder alone signs off.

mod draft;
mod law;
#[cfg(test)]
mod laws;
mod token;

pub use draft::Disagreement;
pub(crate) use draft::{Together, seal};
pub use law::Author;
pub use token::ContributorToken;

use crate::respond::{Draft, Respond};
use crate::secrets::Token;
use crate::{Result, ServiceError, WaveInfo};
use store::{Contributor, ContributorId, ContributorState, NewContributor, StoreError};

/// How many links a draft may have: more than any team, and few enough to be looked through.
pub(crate) const MOST: u64 = 20;
/// How long a name may be.
const LONGEST_NAME: usize = 80;

/// A name as people read it: one line, not too long; `None` if nothing is left.
fn name(text: &str) -> Option<String> {
    let text: String = text
        .chars()
        .map(|it| if it.is_control() { ' ' } else { it })
        .collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    let name: String = words.join(" ").chars().take(LONGEST_NAME).collect();
    (!name.is_empty()).then_some(name)
}

impl Respond<'_> {
    /// Hands some pages of a draft over, or all of it if none are named. `label` is what the holder
    /// calls whoever gets the link, `holder` what they call themselves. The token is shown once.
    ///
    /// # Errors
    /// [`ServiceError::BadName`] without a label; [`ServiceError::AlreadySubmitted`] also for a
    /// correction, which is its respondent's; [`ServiceError::Refused`] for too many;
    /// [`ServiceError::Forbidden`] for an entry, which only members write;
    /// [`ServiceError::UnknownDraft`], [`ServiceError::NotYetOpen`] or [`ServiceError::Closed`].
    pub async fn hand_over(
        &self,
        wave: &WaveInfo,
        token: &Token,
        label: &str,
        holder: &str,
        pages: &[String],
    ) -> Result<ContributorToken> {
        let label = name(label).ok_or(ServiceError::BadName)?;
        let holder = name(holder);
        if let Some(draft) = self.find(wave, token).await?
            && draft.is_entry
        {
            return Err(ServiceError::Forbidden);
        }
        let share = |draft: &mut Draft| {
            if draft.is_correction() {
                return;
            }
            let together = draft.together.get_or_insert_default();
            if let Some(holder) = &holder {
                together.holder.clone_from(holder);
            }
        };
        let (draft, ()) = self.change(wave, token, share).await?;
        if draft.is_correction() {
            return Err(ServiceError::AlreadySubmitted);
        }
        let known = &draft.engine.instrument.pages;
        let link = ContributorToken::new(self.services.chance().bytes()?);
        let new = NewContributor {
            id: ContributorId(self.services.chance().uuid_v4()?),
            draft: draft.at.id,
            secret_hash: link.hash(),
            label,
            pages: known
                .iter()
                .filter(|it| pages.contains(&it.id))
                .map(|it| it.id.clone())
                .collect(),
            at_most: MOST,
        };
        match self.services.store().contributors().add(new).await {
            Ok(()) => Ok(link),
            Err(StoreError::NotFound(_)) => Err(ServiceError::UnknownDraft),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes a link back: from then on nothing is saved through it. What its holder wrote stays.
    /// `false` if the draft has no such link.
    ///
    /// # Errors
    /// [`ServiceError::UnknownDraft`]; [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn take_back(
        &self,
        wave: &WaveInfo,
        token: &Token,
        contributor: ContributorId,
    ) -> Result<bool> {
        let draft = self
            .find(wave, token)
            .await?
            .ok_or(ServiceError::UnknownDraft)?;
        let contributors = self.services.store().contributors();
        Ok(contributors.withdraw(draft.at.id, contributor).await?)
    }

    /// The draft that a contributor's link leads to, and who they are in it.
    ///
    /// # Errors
    /// [`ServiceError::LinkGone`] for a link of another wave, that never was or was withdrawn;
    /// [`ServiceError::AlreadySubmitted`].
    pub async fn part(
        &self,
        wave: &WaveInfo,
        token: &ContributorToken,
    ) -> Result<(Draft, Contributor)> {
        let found = self
            .services
            .store()
            .contributors()
            .by_secret(&token.hash())
            .await?;
        let (contributor, draft) = found.ok_or(ServiceError::LinkGone)?;
        if draft.wave != wave.id || contributor.state == ContributorState::Withdrawn {
            return Err(ServiceError::LinkGone);
        }
        let draft = self.draft(draft).await?;
        if !contributor.state.is_active() || draft.is_submitted || draft.is_correction() {
            return Err(ServiceError::AlreadySubmitted);
        }
        Ok((draft, contributor))
    }

    /// Changes a draft through a contributor's link, as [`Respond::change`] does for its holder. The
    /// furthest page shown stays: it is the holder's walk.
    ///
    /// # Errors
    /// As of [`Respond::part`] and [`Respond::change`]. Whoever takes the link back while the change
    /// is being made wins.
    pub async fn change_part<T>(
        &self,
        wave: &WaveInfo,
        token: &ContributorToken,
        mut change: impl FnMut(&mut Draft, &Contributor) -> T,
    ) -> Result<T> {
        wave.must_be_open()?;
        for _ in 0..crate::respond::ATTEMPTS {
            let (mut draft, contributor) = self.part(wave, token).await?;
            let reached = draft.sheet.meta.reached.clone();
            let language = draft.language.clone();
            let before = draft.clone();
            let result = change(&mut draft, &contributor);
            draft.sheet.meta.reached = reached;
            draft.language = language;
            if self.save(wave, &before, &mut draft).await? {
                return Ok(result);
            }
        }
        Err(ServiceError::Busy)
    }

    /// A contributor says what they are called.
    ///
    /// # Errors
    /// [`ServiceError::BadName`] for nothing; as of [`Respond::part`].
    pub async fn join(&self, wave: &WaveInfo, token: &ContributorToken, text: &str) -> Result<()> {
        let name = name(text).ok_or(ServiceError::BadName)?;
        self.note(wave, token, Some(name), ContributorState::Joined)
            .await
    }

    /// A contributor says that their part is done, or that it is not yet.
    ///
    /// # Errors
    /// As of [`Respond::part`].
    pub async fn finish(
        &self,
        wave: &WaveInfo,
        token: &ContributorToken,
        is_finished: bool,
    ) -> Result<()> {
        let state = match is_finished {
            true => ContributorState::Finished,
            false => ContributorState::Joined,
        };
        self.note(wave, token, None, state).await
    }

    async fn note(
        &self,
        wave: &WaveInfo,
        token: &ContributorToken,
        name: Option<String>,
        state: ContributorState,
    ) -> Result<()> {
        let (_, contributor) = self.part(wave, token).await?;
        let contributors = self.services.store().contributors();
        match contributors.note(contributor.id, name, state).await? {
            true => Ok(()),
            false => Err(ServiceError::LinkGone),
        }
    }
}
