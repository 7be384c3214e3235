//! Entering: the team types in what people answered another way, on paper or by telephone, on the same
//! pages and by the same rules as respondents, whether the wave takes responses or not.

use crate::respond::{Draft, Respond, Stored};
use crate::secrets::Token;
use crate::{Result, ServiceError, WaveInfo};
use store::NewAudit;

impl Respond<'_> {
    /// Opens an empty entry: a draft in which a member of the team types what somebody answered another
    /// way, on paper or by telephone. Like an import it is the team's: it is opened, changed and submitted
    /// whether the wave takes responses or not, takes nobody's invitation and no respondent's room. Only
    /// whoever may enter finds it again. Writes down who did.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] without the right; [`ServiceError::UnknownWave`] if the wave is of
    /// another study; [`ServiceError::IsRehearsal`].
    pub async fn open_entry(&self, wave: &WaveInfo, language: &str) -> Result<(Token, Draft)> {
        let may = self.entering.as_ref().ok_or(ServiceError::Forbidden)?;
        may.must_hold(wave)?;
        if wave.is_rehearsal() {
            return Err(ServiceError::IsRehearsal);
        }
        let (token, draft) = self.new_draft(wave, language, &Stored::default())?;
        let entry = may.entry(self.services.now(), "data.enter", &wave.slug);
        let drafts = self.services.store().drafts();
        let stored = drafts.open_entry(draft, entry).await?;
        Ok((token, self.draft(stored).await?))
    }

    /// Whether somebody enters responses of this wave.
    pub(crate) fn enters(&self, wave: &WaveInfo) -> bool {
        let may = self.entering.as_ref();
        may.is_some_and(|it| it.must_hold(wave).is_ok())
    }

    /// Fails unless the draft may be answered now: respondents answer while the wave takes responses.
    pub(crate) fn must_take(&self, wave: &WaveInfo, draft: &Draft) -> Result<()> {
        match draft.is_entry {
            true => Ok(()),
            false => wave.must_be_open(),
        }
    }

    /// What the audit log says of something done to a response that was entered; nothing of what
    /// respondents do.
    pub(crate) fn note_of(
        &self,
        wave: &WaveInfo,
        draft: &Draft,
        action: &'static str,
    ) -> Option<NewAudit> {
        let may = self.entering.as_ref().filter(|_| draft.is_entry)?;
        Some(may.entry(self.services.now(), action, &wave.slug))
    }
}
