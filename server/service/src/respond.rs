//! Answering: a draft is opened, changed page by page, submitted once.

use crate::chance::digest_hex;
use crate::code::Code;
use crate::contacts::{consent, given_contacts};
use crate::invitations::InvitationToken;
use crate::secrets::Token;
use crate::sheets::response_of;
use crate::team::{Enter, May};
use crate::together::{Together, seal};
use crate::{Result, ServiceError, Services, WaveInfo};
use questionnaire::instrument::ContactField;
use questionnaire::session::{self, Submission};
use questionnaire::{Engine, Sheet};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{
    DraftAt, DraftId, DraftSave, DraftState, IdempotencyKey, NewContact, NewDraft, ResponseId,
    StoreError, VersionId,
};

/// How often a change is tried again when another tab was faster.
pub(crate) const ATTEMPTS: usize = 8;

/// Answering, reached through [`Services::respond`]; and entering what somebody answered another way,
/// reached through [`Services::enter`].
#[derive(Debug)]
pub struct Respond<'a> {
    pub(crate) services: &'a Services,
    /// The right to enter responses, of whoever has it. Without it, entries do not exist.
    pub(crate) entering: Option<May<Enter>>,
}

/// What a respondent typed into a contact item, by field.
pub type ContactDetails = BTreeMap<ContactField, String>;

/// A respondent's answers so far.
#[derive(Clone)]
pub struct Draft {
    /// The compiled questionnaire version that it answers.
    pub engine: Arc<Engine>,
    /// The answers, off-path ones included.
    pub sheet: Sheet,
    /// Contact details by item: they never stand in a sheet.
    pub contacts: BTreeMap<String, ContactDetails>,
    /// The language it is answered in.
    pub language: String,
    /// Whether it was submitted; it is empty then.
    pub is_submitted: bool,
    /// Whether the team types it in for somebody who gave the answers another way.
    pub is_entry: bool,
    /// How many corrections of the submitted response were begun.
    pub(crate) correction: i64,
    pub(crate) sealed_code: Option<String>,
    pub(crate) at: DraftAt,
    /// What is kept besides the answers once others write them too.
    pub(crate) together: Option<Together>,
    pub(crate) contributors: Vec<store::Contributor>,
    /// The key of what its pages say of themselves.
    pub(crate) seal: [u8; 32],
    version: VersionId,
}

impl Draft {
    /// Whether it corrects a response, which counts as it was until the correction is submitted.
    #[must_use]
    pub fn is_correction(&self) -> bool {
        !self.is_submitted && self.correction > 0
    }
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Draft")
            .field("is_submitted", &self.is_submitted)
            .finish_non_exhaustive()
    }
}

/// What a respondent gets for a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// The response's identifier. Only the respondent's token leads to it.
    pub response: ResponseId,
    /// Whether it had been submitted before: nothing was added now.
    pub is_repetition: bool,
}

/// How a draft lies in the store.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Stored {
    #[serde(default)]
    pub(crate) sheet: Sheet,
    #[serde(default)]
    pub(crate) contacts: BTreeMap<String, ContactDetails>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) together: Option<Together>,
}

impl Respond<'_> {
    /// Opens an empty draft. The token is to be kept by the respondent.
    ///
    /// # Errors
    /// [`ServiceError::NotYetOpen`] or [`ServiceError::Closed`].
    pub async fn open(&self, wave: &WaveInfo, language: &str) -> Result<(Token, Draft)> {
        self.open_invited(wave, language, None).await
    }

    /// Opens an empty draft for whoever holds an invitation. Nothing in the draft says so.
    ///
    /// # Errors
    /// As of [`Respond::open`]; [`ServiceError::NotInvited`], [`ServiceError::InvitationUsed`] or
    /// [`ServiceError::Full`].
    pub async fn open_invited(
        &self,
        wave: &WaveInfo,
        language: &str,
        invitation: Option<&InvitationToken>,
    ) -> Result<(Token, Draft)> {
        wave.must_be_open()?;
        let mut begun = Stored::default();
        if let Some(invitation) = invitation
            && !wave.engine.instrument.frame.is_empty()
        {
            begun.sheet.answers = self.services.invitations().frame(invitation).await?;
        }
        let (token, draft) = self.new_draft(wave, language, &begun)?;
        let invitation = invitation.map(InvitationToken::hash);
        let drafts = self.services.store().drafts();
        let stored = drafts.open_invited(draft, invitation).await?;
        self.services.inner.hub.look_at_drafts(wave.id);
        Ok((token, self.draft(stored).await?))
    }

    pub(crate) fn new_draft(
        &self,
        wave: &WaveInfo,
        language: &str,
        begun: &Stored,
    ) -> Result<(Token, NewDraft)> {
        let token = Token::new(self.services.chance().bytes()?);
        let code = Code::new(self.services.chance().bytes()?);
        let draft = NewDraft {
            code: Some(code.seal(wave.id, &token)),
            id: DraftId(self.services.chance().uuid_v4()?),
            wave: wave.id,
            version: wave.version,
            token_hash: token.hash(),
            language: language.to_owned(),
            sheet: write(begun)?,
            day: self.services.today(),
        };
        Ok((token, draft))
    }

    /// Finds a respondent's draft in a wave, submitted or not. An entry is found by whoever may enter
    /// responses of the wave, and by nobody else.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn find(&self, wave: &WaveInfo, token: &Token) -> Result<Option<Draft>> {
        match self
            .services
            .store()
            .drafts()
            .by_token(&token.hash())
            .await?
        {
            Some(stored) if stored.is_entry && !self.enters(wave) => Ok(None),
            Some(stored) if stored.wave == wave.id => Ok(Some(self.draft(stored).await?)),
            _ => Ok(None),
        }
    }

    /// Changes a draft and stores it. If another tab stored a change first, `change` is called
    /// again on what is stored then, so nothing that was saved is lost. What `change` returned
    /// last is returned.
    ///
    /// # Errors
    /// [`ServiceError::UnknownDraft`], [`ServiceError::AlreadySubmitted`],
    /// [`ServiceError::NotYetOpen`] or [`ServiceError::Closed`]; [`ServiceError::Busy`] if others
    /// were faster again and again.
    pub async fn change<T>(
        &self,
        wave: &WaveInfo,
        token: &Token,
        mut change: impl FnMut(&mut Draft) -> T,
    ) -> Result<(Draft, T)> {
        if !self.enters(wave) {
            wave.must_be_open()?;
        }
        for _ in 0..ATTEMPTS {
            let mut draft = self.unsubmitted(wave, token).await?;
            self.must_take(wave, &draft)?;
            let before = draft.clone();
            let result = change(&mut draft);
            if self.save(wave, &before, &mut draft).await? {
                return Ok((draft, result));
            }
        }
        Err(ServiceError::Busy)
    }

    /// Stores a changed draft; `false` if somebody else was faster.
    pub(crate) async fn save(
        &self,
        wave: &WaveInfo,
        before: &Draft,
        draft: &mut Draft,
    ) -> Result<bool> {
        let sheet = write_draft(draft)?;
        let page = draft.sheet.meta.reached.clone();
        let has_moved = page != before.sheet.meta.reached;
        if sheet == write_draft(before)? && draft.language == before.language && !has_moved {
            return Ok(true);
        }
        let save = DraftSave {
            draft: draft.at,
            sheet,
            page,
            language: draft.language.clone(),
            day: self.services.today(),
        };
        match self.services.store().drafts().save(save).await {
            Ok(revision) => {
                draft.at.revision = revision;
                if has_moved && !draft.is_entry {
                    self.services.inner.hub.look_at_drafts(wave.id);
                }
                Ok(true)
            }
            Err(StoreError::Stale) => Ok(false),
            Err(StoreError::NotFound(_)) => Err(ServiceError::UnknownDraft),
            Err(error) => Err(error.into()),
        }
    }

    /// The key that the submission of a draft carries, the same however often it is asked for.
    #[must_use]
    pub fn idempotency_key(&self, wave: &WaveInfo, token: &Token, draft: &Draft) -> String {
        token.idempotency_key(wave.id, draft.correction)
    }

    /// Submits a draft: evaluates it on the server, stores its on-path answers as one response,
    /// stores contact details apart, empties the draft. A correction replaces the response.
    ///
    /// Submitting again is answered with the same receipt. `body` is what was sent along; the
    /// same key with another body or from another respondent is refused.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] with what must be corrected, [`ServiceError::Disagreement`] while
    /// there are several proposals for an answer, [`ServiceError::KeyReused`],
    /// [`ServiceError::UnknownDraft`], [`ServiceError::NotYetOpen`] or [`ServiceError::Closed`].
    pub async fn submit(
        &self,
        wave: &WaveInfo,
        token: &Token,
        key: &str,
        body: &[u8],
    ) -> Result<Receipt> {
        self.submit_invited(wave, token, None, key, body).await
    }

    /// Submits a draft as [`Respond::submit`] does, and in the same transaction turns the invitation to
    /// answered.
    ///
    /// # Errors
    /// As of [`Respond::submit`]; [`ServiceError::NotInvited`], [`ServiceError::InvitationUsed`] or
    /// [`ServiceError::Full`].
    pub async fn submit_invited(
        &self,
        wave: &WaveInfo,
        token: &Token,
        invitation: Option<&InvitationToken>,
        key: &str,
        body: &[u8],
    ) -> Result<Receipt> {
        let invitation = invitation.map(InvitationToken::hash);
        let key = IdempotencyKey {
            key_hash: digest_hex("submission key", &[key.as_bytes()]),
            body_hash: digest_hex("submission body", &[token.hash().as_bytes(), body]),
        };
        if let Some((response, body_hash)) = self
            .services
            .store()
            .responses()
            .by_key(wave.id, &key.key_hash)
            .await?
        {
            return if body_hash == key.body_hash {
                Ok(Receipt {
                    response,
                    is_repetition: true,
                })
            } else {
                Err(ServiceError::KeyReused)
            };
        }
        for _ in 0..ATTEMPTS {
            let draft = self
                .find(wave, token)
                .await?
                .ok_or(ServiceError::UnknownDraft)?;
            if draft.is_submitted {
                // Submitted under another key, as from a second tab.
                let response = token.response_id(wave.id);
                return Ok(Receipt {
                    response,
                    is_repetition: true,
                });
            }
            self.must_take(wave, &draft)?;
            let open = draft.disagreements();
            if !open.is_empty() {
                return Err(ServiceError::Disagreement(
                    open.into_iter().map(|it| it.key).collect(),
                ));
            }
            let submission = self.submission(wave, token, &draft, key.clone())?;
            let store = self.services.store();
            let stored = match draft.is_correction() {
                true => store.rights().correct(submission).await,
                false => {
                    // Whoever enters may have been invited themselves.
                    let invitation = invitation.clone().filter(|_| !draft.is_entry);
                    let responses = store.responses();
                    responses.submit_invited(submission, invitation).await
                }
            };
            if draft.is_shared() && stored.is_ok() {
                // Names of those who wrote it must not stay in the log.
                store.finish_erasing().await;
            }
            match stored {
                Ok(store::Submitted::Added(response, _)) => {
                    return Ok(Receipt {
                        response,
                        is_repetition: false,
                    });
                }
                Ok(store::Submitted::Unchanged(response)) => {
                    return Ok(Receipt {
                        response,
                        is_repetition: true,
                    });
                }
                // The draft was saved or submitted while it was being evaluated: look again.
                Err(
                    StoreError::Stale
                    | StoreError::Conflict(
                        store::Conflict::DraftSubmitted | store::Conflict::ResponseExists(_),
                    ),
                ) => {}
                Err(StoreError::NotFound(_)) => return Err(ServiceError::UnknownDraft),
                Err(error) => return Err(error.into()),
            }
        }
        Err(ServiceError::Busy)
    }

    /// The receipt of a submitted draft, for showing it again.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn receipt(&self, wave: &WaveInfo, token: &Token) -> Result<Option<Receipt>> {
        let draft = self.find(wave, token).await?;
        Ok(draft.filter(|draft| draft.is_submitted).map(|_| Receipt {
            response: token.response_id(wave.id),
            is_repetition: true,
        }))
    }

    fn submission(
        &self,
        wave: &WaveInfo,
        token: &Token,
        draft: &Draft,
        key: IdempotencyKey,
    ) -> Result<store::Submission> {
        let sheet = match session::submission(&draft.engine, &draft.sheet) {
            Submission::Refused(failures) => return Err(ServiceError::Invalid(failures)),
            Submission::Ready { sheet, .. } => sheet,
        };
        let evaluation = draft.engine.load(&sheet).evaluation;
        let mut contacts = Vec::new();
        for contact in given_contacts(&evaluation, draft) {
            contacts.push(NewContact {
                id: store::ContactId(self.services.chance().uuid_v4()?),
                details: json!({ "item": contact.item.id, "fields": contact.details }).to_string(),
                consent: consent(&evaluation, contact.item, &draft.language).to_string(),
                linked: contact.linked,
            });
        }
        let response = response_of(token.response_id(wave.id), draft.version, sheet)?;
        Ok(store::Submission {
            wave: wave.id,
            response,
            idempotency: Some(key),
            draft: Some(draft.at),
            contacts,
            only_if_open: !draft.is_entry,
            day: self.services.today(),
        })
    }

    async fn unsubmitted(&self, wave: &WaveInfo, token: &Token) -> Result<Draft> {
        match self.find(wave, token).await? {
            None => Err(ServiceError::UnknownDraft),
            Some(draft) if draft.is_submitted => Err(ServiceError::AlreadySubmitted),
            Some(draft) => Ok(draft),
        }
    }

    pub(crate) async fn draft(&self, stored: store::Draft) -> Result<Draft> {
        let engine = self
            .services
            .inner
            .instruments
            .of(self.services.store(), stored.version)
            .await?;
        let mut content: Stored = serde_json::from_str(&stored.sheet)
            .map_err(|error| ServiceError::unreadable("draft", error.to_string()))?;
        // A correction keeps the day on which the response was given.
        let is_new = stored.state == DraftState::Open && stored.correction == 0;
        if is_new && engine.reads_today() {
            // Both write days as ISO 8601 does.
            content.sheet.meta.today = self.services.today().to_string().parse().ok();
        }
        let contributors = match content.together {
            Some(_) => {
                self.services
                    .store()
                    .contributors()
                    .of_draft(stored.id)
                    .await?
            }
            None => Vec::new(),
        };
        Ok(Draft {
            engine,
            together: content.together,
            contributors,
            seal: seal(&self.services.inner.server_key, stored.id),
            sheet: content.sheet,
            contacts: content.contacts,
            language: stored.language,
            is_submitted: stored.state == DraftState::Submitted,
            is_entry: stored.is_entry,
            correction: stored.correction,
            sealed_code: stored.sealed_code,
            version: stored.version,
            at: DraftAt {
                id: stored.id,
                revision: stored.revision,
            },
        })
    }
}

pub(crate) fn write(stored: &Stored) -> Result<String> {
    serde_json::to_string(stored)
        .map_err(|error| ServiceError::unreadable("draft", error.to_string()))
}

fn write_draft(draft: &Draft) -> Result<String> {
    write(&Stored {
        sheet: draft.sheet.clone(),
        contacts: draft.contacts.clone(),
        together: draft.together.clone(),
    })
}
