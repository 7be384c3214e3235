//! What respondents may do with what they gave: see it, correct it, take it back.

use crate::code::Code;
use crate::contacts::StoredContact;
use crate::invitations::InvitationToken;
use crate::respond::{ContactDetails, Respond, Stored, write};
use crate::secrets::Token;
use crate::sheets::sheet_of;
use crate::{Result, ServiceError, WaveInfo};
use questionnaire::{Engine, Sheet};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{ResponseId, StoreError};

/// A respondent's own response, as it is stored.
#[derive(Clone)]
pub struct Own {
    /// Its identifier.
    pub response: ResponseId,
    /// The compiled questionnaire version that it answers.
    pub engine: Arc<Engine>,
    /// The answers, with the response's identifier.
    pub sheet: Sheet,
    /// Contact details that are linked to it, by item. Others cannot be found by anybody.
    pub contacts: BTreeMap<String, ContactDetails>,
    /// Whether the team has set it aside: it is kept and not counted.
    pub is_set_aside: bool,
    /// Whether a correction is under way; it counts as it was until then.
    pub is_being_corrected: bool,
    /// Its code; older responses have none.
    pub code: Option<Code>,
    /// Whether the team typed it in: the team may correct it, whether the wave takes responses or not.
    pub is_entry: bool,
}

impl std::fmt::Debug for Own {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Own")
            .field("is_set_aside", &self.is_set_aside)
            .finish_non_exhaustive()
    }
}

impl Own {
    /// Everything that is stored of it, as JSON: the response as an answer sheet, contact details
    /// linked to it, the questionnaire version that it answers.
    #[must_use]
    pub fn to_json(&self) -> String {
        let instrument = &self.engine.instrument;
        let value = json!({
            "questionnaire": {
                "id": instrument.id,
                "title": instrument.title,
                "version": instrument.hash,
            },
            "response": self.sheet,
            "contacts": self.contacts,
        });
        format!("{value:#}\n")
    }
}

impl Respond<'_> {
    /// The response that the holder of a token has submitted, looked up in the store; `None` if
    /// none is stored.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn own(&self, wave: &WaveInfo, token: &Token) -> Result<Option<Own>> {
        let Some(draft) = self.find(wave, token).await? else {
            return Ok(None);
        };
        let id = token.response_id(wave.id);
        let store = self.services.store();
        let found = store.responses().by_ids(wave.id, &[id]).await?;
        let Some(response) = found.first() else {
            return Ok(None);
        };
        let mut contacts = BTreeMap::new();
        for contact in store.contacts().of_response(wave.id, id).await? {
            let contact: StoredContact = serde_json::from_str(&contact.details)
                .map_err(|error| ServiceError::unreadable("contact", error.to_string()))?;
            contacts.insert(contact.item, contact.fields);
        }
        Ok(Some(Own {
            response: id,
            engine: self
                .services
                .inner
                .instruments
                .of(store, response.version)
                .await?,
            sheet: sheet_of(response)?,
            contacts,
            is_set_aside: store.admissibility().reason(wave.id, id).await?.is_some(),
            is_being_corrected: draft.is_correction(),
            code: self.code(wave, token, &draft),
            is_entry: draft.is_entry,
        }))
    }

    /// Opens a submitted response for correction: the draft holds its answers again. It stays
    /// stored and counted as it is until the draft is submitted. Doing it again changes nothing.
    ///
    /// # Errors
    /// [`ServiceError::UnknownDraft`] if nothing was submitted, [`ServiceError::NotYetOpen`] or
    /// [`ServiceError::Closed`].
    pub async fn begin_correction(&self, wave: &WaveInfo, token: &Token) -> Result<()> {
        if !self.enters(wave) {
            wave.must_be_open()?;
        }
        let draft = self.find(wave, token).await?;
        let (Some(draft), Some(own)) = (draft, self.own(wave, token).await?) else {
            return Err(ServiceError::UnknownDraft);
        };
        self.must_take(wave, &draft)?;
        if draft.is_correction() {
            return Ok(());
        }
        let mut sheet = own.sheet;
        sheet.meta.id = None;
        // Every page has been shown and may be opened.
        let last = own.engine.instrument.pages.last();
        sheet.meta.reached = last.map(|it| it.id.clone());
        let content = write(&Stored {
            sheet,
            contacts: own.contacts,
            together: None,
        })?;
        let rights = self.services.store().rights();
        let note = self.note_of(wave, &draft, "data.correct");
        match rights
            .begin_correction(draft.at.id, content, self.services.today(), note)
            .await
        {
            Err(StoreError::NotFound(_)) => Err(ServiceError::UnknownDraft),
            done => Ok(done?),
        }
    }

    /// Gives a correction up: the response stays as it is. Doing it again changes nothing.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn drop_correction(&self, wave: &WaveInfo, token: &Token) -> Result<()> {
        if let Some(draft) = self.find(wave, token).await? {
            self.services
                .store()
                .rights()
                .drop_correction(draft.at.id)
                .await?;
        }
        Ok(())
    }

    /// Withdraws a response, whether the wave is open or not: it leaves every tally and export,
    /// and with it go the contact details linked to it, the draft and the code. What stays is
    /// the wave's number of withdrawals. `false` if there is nothing to withdraw.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn withdraw(&self, wave: &WaveInfo, token: &Token) -> Result<bool> {
        self.withdraw_invited(wave, token, None).await
    }

    /// The same for somebody who was invited: the invitation may be answered again.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn withdraw_invited(
        &self,
        wave: &WaveInfo,
        token: &Token,
        invitation: Option<&InvitationToken>,
    ) -> Result<bool> {
        let Some(draft) = self.find(wave, token).await? else {
            return Ok(false);
        };
        if !draft.is_submitted && !draft.is_correction() {
            return Ok(false);
        }
        let response = token.response_id(wave.id);
        let rights = self.services.store().rights();
        let today = self.services.today();
        if let Some(entry) = self.note_of(wave, &draft, "data.withdraw") {
            let withdrawn = rights.withdraw_entry(wave.id, response, draft.at.id, today, entry);
            return Ok(withdrawn.await?);
        }
        let invitation = invitation.map(InvitationToken::hash);
        Ok(rights
            .withdraw_invited(wave.id, response, Some(draft.at.id), today, invitation)
            .await?)
    }

    /// How many responses of a wave their respondents have withdrawn.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn n_withdrawn(&self, wave: &WaveInfo) -> Result<i64> {
        Ok(self.services.store().rights().n_withdrawn(wave.id).await?)
    }
}
