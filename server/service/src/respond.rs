//! Answering: a draft is opened, changed page by page, submitted once.

use crate::chance::digest_hex;
use crate::invitations::InvitationToken;
use crate::secrets::Token;
use crate::sheets::response_of;
use crate::{Result, ServiceError, Services, WaveInfo};
use questionnaire::instrument::{ContactField, Item, Kind};
use questionnaire::session::{self, Submission};
use questionnaire::{Answer, Engine, Evaluation, Sheet};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{
    DraftAt, DraftId, DraftSave, DraftState, IdempotencyKey, NewContact, NewDraft, ResponseId,
    StoreError, VersionId,
};

/// How often a change is tried again when another tab was faster.
const ATTEMPTS: usize = 8;

/// Answering, reached through [`Services::respond`].
#[derive(Debug)]
pub struct Respond<'a>(pub(crate) &'a Services);

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
    version: VersionId,
    at: DraftAt,
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
struct Stored {
    #[serde(default)]
    sheet: Sheet,
    #[serde(default)]
    contacts: BTreeMap<String, ContactDetails>,
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
        let token = Token::new(self.0.chance().bytes()?);
        let draft = NewDraft {
            id: DraftId(self.0.chance().uuid_v4()?),
            wave: wave.id,
            version: wave.version,
            token_hash: token.hash(),
            language: language.to_owned(),
            sheet: write(&Stored::default())?,
            day: self.0.today(),
        };
        let invitation = invitation.map(InvitationToken::hash);
        let drafts = self.0.store().drafts();
        let stored = drafts.open_invited(draft, invitation).await?;
        self.0.inner.hub.look_at_drafts(wave.id);
        Ok((token, self.draft(stored).await?))
    }

    /// Finds a respondent's draft in a wave, submitted or not.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn find(&self, wave: &WaveInfo, token: &Token) -> Result<Option<Draft>> {
        match self.0.store().drafts().by_token(&token.hash()).await? {
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
        wave.must_be_open()?;
        for _ in 0..ATTEMPTS {
            let mut draft = self.unsubmitted(wave, token).await?;
            let before = write_draft(&draft)?;
            let (language, page) = (draft.language.clone(), draft.sheet.meta.reached.clone());
            let result = change(&mut draft);
            let sheet = write_draft(&draft)?;
            if sheet == before && draft.language == language && draft.sheet.meta.reached == page {
                return Ok((draft, result));
            }
            let save = DraftSave {
                draft: draft.at,
                sheet,
                page: draft.sheet.meta.reached.clone(),
                language: draft.language.clone(),
                day: self.0.today(),
            };
            match self.0.store().drafts().save(save).await {
                Ok(revision) => {
                    draft.at.revision = revision;
                    if draft.sheet.meta.reached != page {
                        self.0.inner.hub.look_at_drafts(wave.id);
                    }
                    return Ok((draft, result));
                }
                Err(StoreError::Stale) => {}
                Err(StoreError::NotFound(_)) => return Err(ServiceError::UnknownDraft),
                Err(error) => return Err(error.into()),
            }
        }
        Err(ServiceError::Busy)
    }

    /// The key that a respondent's submission carries, the same however often it is asked for.
    #[must_use]
    pub fn idempotency_key(&self, wave: &WaveInfo, token: &Token) -> String {
        token.idempotency_key(wave.id)
    }

    /// Submits a draft: evaluates it on the server, stores its on-path answers as one response,
    /// stores contact details apart, empties the draft.
    ///
    /// Submitting again is answered with the same receipt. `body` is what was sent along; the
    /// same key with another body or from another respondent is refused.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] with what must be corrected, [`ServiceError::KeyReused`],
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
            .0
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
            wave.must_be_open()?;
            let submission = self.submission(wave, token, &draft, key.clone())?;
            let responses = self.0.store().responses();
            match responses
                .submit_invited(submission, invitation.clone())
                .await
            {
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
                id: store::ContactId(self.0.chance().uuid_v4()?),
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
            only_if_open: true,
            day: self.0.today(),
        })
    }

    async fn unsubmitted(&self, wave: &WaveInfo, token: &Token) -> Result<Draft> {
        match self.find(wave, token).await? {
            None => Err(ServiceError::UnknownDraft),
            Some(draft) if draft.is_submitted => Err(ServiceError::AlreadySubmitted),
            Some(draft) => Ok(draft),
        }
    }

    async fn draft(&self, stored: store::Draft) -> Result<Draft> {
        let engine = self
            .0
            .inner
            .instruments
            .of(self.0.store(), stored.version)
            .await?;
        let mut content: Stored = serde_json::from_str(&stored.sheet)
            .map_err(|error| ServiceError::unreadable("draft", error.to_string()))?;
        if stored.state == DraftState::Open && engine.reads_today() {
            // Both write days as ISO 8601 does.
            content.sheet.meta.today = self.0.today().to_string().parse().ok();
        }
        Ok(Draft {
            engine,
            sheet: content.sheet,
            contacts: content.contacts,
            language: stored.language,
            is_submitted: stored.state == DraftState::Submitted,
            version: stored.version,
            at: DraftAt {
                id: stored.id,
                revision: stored.revision,
            },
        })
    }
}

fn write(stored: &Stored) -> Result<String> {
    serde_json::to_string(stored)
        .map_err(|error| ServiceError::unreadable("draft", error.to_string()))
}

fn write_draft(draft: &Draft) -> Result<String> {
    write(&Stored {
        sheet: draft.sheet.clone(),
        contacts: draft.contacts.clone(),
    })
}

/// A contact item on path, with what was typed into it.
struct GivenContact<'a> {
    item: &'a Item,
    details: ContactDetails,
    linked: bool,
}

fn given_contacts<'a>(evaluation: &'a Evaluation<'_>, draft: &Draft) -> Vec<GivenContact<'a>> {
    let items = &evaluation.engine().instrument.items;
    let given = (0u32..).zip(items).filter_map(|(at, item)| {
        let Kind::Contact { fields, linked } = &item.kind else {
            return None;
        };
        if !evaluation.is_on_path(at, None) {
            return None;
        }
        let typed = draft.contacts.get(&item.id)?;
        let details: ContactDetails = fields
            .iter()
            .filter_map(|field| {
                let text = typed.get(field)?.trim();
                (!text.is_empty()).then(|| (*field, text.to_owned()))
            })
            .collect();
        (!details.is_empty()).then_some(GivenContact {
            item,
            details,
            linked: *linked,
        })
    });
    given.collect()
}

/// What was agreed to, in the words that were shown: the proof of consent.
fn consent(evaluation: &Evaluation<'_>, contact: &Item, language: &str) -> Value {
    let engine = evaluation.engine();
    let words = |item: &Item| {
        json!({
            "item": item.id,
            "label": item.label.get(language),
            "help": item.help.as_ref().map(|help| help.get(language)),
        })
    };
    let agreed: Vec<Value> = engine
        .instrument
        .items
        .iter()
        .filter(|item| matches!(item.kind, Kind::Consent))
        .filter(|item| {
            let slot = engine.layout.slot(&item.id);
            slot.is_some_and(|slot| *evaluation.answer(slot) == Answer::Bool(true))
        })
        .map(words)
        .collect();
    json!({
        "language": language,
        "questionnaire": engine.instrument.hash,
        "asked": words(contact),
        "agreed": agreed,
    })
}
