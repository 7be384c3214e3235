//! Invitations: who is asked to answer a wave, the mails that ask them, and who has answered.
//!
//! Reading order: `token.rs` (the secret in a link), `sample.rs` (a table of people, read), `import.rs` (people
//! taken in), `template.rs`
//! (the text of a mail, with fills), `mails.rs` (which text goes to whom), `status.rs` (how far it is).

mod address;
mod import;
mod mails;
mod sample;
mod status;
mod template;
mod token;

pub use import::{CheckedSample, ImportedSample};
pub use mails::{MailText, Preview};
pub use sample::{ColumnMeaning, SampleColumn, SampleFault, SampleFaultKind};
pub use status::{MailLine, SampleStatus};
pub use template::{TemplateFault, TemplateFaultKind};
pub use token::InvitationToken;

pub(crate) use template::with_links;

use crate::team::{Field, May};
use crate::{Result, ServiceError, Services, WaveInfo};
use serde_json::{Map, Value, json};
use store::{Access, AccessChange, SampleUnit, UnitId};

/// Invitations, reached through [`Services::invitations`].
#[derive(Debug)]
pub struct Invitations<'a>(pub(crate) &'a Services);

/// Somebody who came with an invitation.
#[derive(Debug, Clone)]
pub struct Invited {
    /// The wave they are asked to answer.
    pub wave: WaveInfo,
    /// The language they were written in, if it was known.
    pub language: Option<String>,
    /// Whether they have answered.
    pub has_answered: bool,
    /// Whether they do not want to be written to.
    pub has_opted_out: bool,
    unit: UnitId,
}

/// How somebody stands to a wave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// They may answer: they are invited, or whoever comes may.
    Welcome,
    /// The wave takes answers of invited people only, and they are not known to be one.
    NotInvited,
    /// They were invited and have answered.
    HasAnswered,
}

impl Invitations<'_> {
    /// Changes who may answer a wave.
    ///
    /// # Errors
    /// [`ServiceError::WaveBegun`] if its anonymity was to change although somebody has begun;
    /// [`ServiceError::IsRehearsal`]; [`ServiceError::WaveGone`]; [`ServiceError::UnknownWave`] if it
    /// is of another study.
    pub async fn set_access(
        &self,
        may: &May<Field>,
        wave: &WaveInfo,
        change: AccessChange,
    ) -> Result<()> {
        may.must_hold(wave)?;
        let mut entry = may.entry(self.0.now(), "wave.access", &wave.slug);
        let words = json!({
            "access": change.access,
            "max_responses": change.max_responses,
            "anonymous": change.anonymous,
        });
        entry.after = Some(words.to_string());
        let samples = self.0.store().samples();
        Ok(samples.set_access(wave.id, change, entry).await?)
    }

    /// Who holds an invitation, if it is one.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn find(&self, token: &InvitationToken) -> Result<Option<Invited>> {
        let Some(unit) = self.unit(token).await? else {
            return Ok(None);
        };
        let wave = self.0.waves().by_id(unit.wave).await?;
        Ok(wave.map(|wave| Invited {
            wave,
            language: unit.language,
            has_answered: unit.answered,
            has_opted_out: unit.opted_out,
            unit: unit.id,
        }))
    }

    /// Notes that the link was followed. Programs that look at mails follow links too, so this says
    /// less than it seems to.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn note_opened(&self, invited: &Invited) -> Result<()> {
        Ok(self.0.store().samples().note_opened(invited.unit).await?)
    }

    /// Writes to somebody no more, about this wave. Their invitation stays good.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn opt_out(&self, invited: &Invited) -> Result<()> {
        let samples = self.0.store().samples();
        Ok(samples.note_opted_out(invited.unit).await?)
    }

    /// How the holder of an invitation, or of none, stands to a wave.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn standing(
        &self,
        wave: &WaveInfo,
        token: Option<&InvitationToken>,
    ) -> Result<Standing> {
        let unit = match token {
            Some(token) => self.unit(token).await?.filter(|it| it.wave == wave.id),
            None => None,
        };
        Ok(match (unit, wave.access) {
            (Some(unit), _) if unit.answered => Standing::HasAnswered,
            (None, Access::Invitation) => Standing::NotInvited,
            (Some(_), _) | (None, Access::Open | Access::Both) => Standing::Welcome,
        })
    }

    /// Has the database forget in which order people answered and left their contact details, where its
    /// files remember: see `store::Samples::forget_order`. To be called every few minutes.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn forget_order(&self) -> Result<()> {
        Ok(self.0.store().samples().forget_order().await?)
    }

    /// What the sample says of whoever holds an invitation, as answers of a draft.
    pub(crate) async fn frame(&self, token: &InvitationToken) -> Result<Map<String, Value>> {
        let unit = self.unit(token).await?;
        let Some(frame) = unit.and_then(|it| it.frame) else {
            return Ok(Map::new());
        };
        serde_json::from_str(&frame)
            .map_err(|error| ServiceError::unreadable("sample unit", error.to_string()))
    }

    async fn unit(&self, token: &InvitationToken) -> Result<Option<SampleUnit>> {
        Ok(self.0.store().samples().by_token(&token.hash()).await?)
    }
}
