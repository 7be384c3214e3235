//! Importing answer sheets, one by one: each is added, known already, in conflict, or refused
//! with reasons; none prevents another.

use crate::chance::digest;
use crate::sheets::{content_hash, response_of};
use crate::team::{Enter, May};
use crate::{Result, ServiceError, Services, WaveInfo};
use questionnaire::{Failure, Keep, Severity, Sheet};
use std::collections::{HashMap, HashSet};
use store::{ResponseId, Store, StoreError, Submission, Submitted};
use uuid::Uuid;

/// How many sheets are under way at once; they share commits.
const AT_ONCE: usize = 100;

/// What became of one sheet.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It is stored now.
    Added {
        /// The sheet's id, as given.
        id: Option<String>,
        /// Keys of the off-path answers that were dropped.
        dropped: Vec<String>,
    },
    /// It was stored before, with the same content.
    Unchanged {
        /// The sheet's id, as given.
        id: Option<String>,
        /// Keys of the off-path answers that were dropped.
        dropped: Vec<String>,
    },
    /// A response with its id is stored, with other content. Nothing was changed.
    Conflict {
        /// The sheet's id, as given.
        id: Option<String>,
    },
    /// It is not a valid response to this questionnaire.
    Refused {
        /// The sheet's id, as given.
        id: Option<String>,
        /// What is wrong; only what blocks.
        failures: Vec<Failure>,
    },
    /// It is marked as a rehearsal's and would have been counted with real responses.
    Rehearsal {
        /// The sheet's id, as given.
        id: Option<String>,
    },
    /// It was left out of a rehearsal because it is meant to fail.
    Skipped {
        /// The sheet's id, as given.
        id: Option<String>,
    },
}

/// An import under way.
#[derive(Debug)]
pub struct Import<'a> {
    services: &'a Services,
    wave: WaveInfo,
    /// How often each content came without an id, to tell two people who answered alike apart.
    n_without_id: HashMap<String, u64>,
}

impl Services {
    /// Begins an import into a wave, open or not. A rehearsal leaves out sheets that are meant to
    /// fail (`meta.fails` of a generated cohort); any other wave refuses a rehearsal's sheets.
    /// Writes down who did.
    ///
    /// # Errors
    /// [`ServiceError::UnknownWave`] if the wave is of another study.
    pub async fn import(&self, may: &May<Enter>, wave: &WaveInfo) -> Result<Import<'_>> {
        may.must_hold(wave)?;
        let entry = may.entry(self.now(), "data.import", &wave.slug);
        self.store().audit().note(entry).await?;
        Ok(Import {
            services: self,
            wave: wave.clone(),
            n_without_id: HashMap::new(),
        })
    }
}

/// A sheet that was found fit to be stored.
struct Fit {
    id: Option<String>,
    dropped: Vec<String>,
    submission: Submission,
}

impl Import<'_> {
    /// Imports sheets; the outcomes are in their order.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer. Sheets before the failure
    /// may have been stored; importing again continues. [`ServiceError::WaveGone`] if the rehearsal
    /// is removed meanwhile.
    pub async fn sheets(&mut self, sheets: Vec<Sheet>) -> Result<Vec<Outcome>> {
        let mut outcomes = Vec::with_capacity(sheets.len());
        let mut sheets = sheets.into_iter().peekable();
        while sheets.peek().is_some() {
            let mut under_way = Vec::new();
            // The second sheet of an id waits for the first, so that the order decides.
            let mut ids = HashSet::new();
            while under_way.len() < AT_ONCE
                && let Some(sheet) = sheets.next_if(|next| {
                    next.meta
                        .id
                        .as_ref()
                        .is_none_or(|id| ids.insert(id.clone()))
                })
            {
                let judged = self.judge(sheet)?;
                let store = self.services.store().clone();
                under_way.push(match judged {
                    Err(outcome) => UnderWay::Settled(outcome),
                    Ok(Fit {
                        id,
                        dropped,
                        submission,
                    }) => UnderWay::Storing {
                        id,
                        dropped,
                        stored: tokio::spawn(submit(store, submission)),
                    },
                });
            }
            for sheet in under_way {
                outcomes.push(sheet.outcome().await?);
            }
        }
        Ok(outcomes)
    }

    fn judge(&mut self, mut sheet: Sheet) -> Result<Result<Fit, Outcome>> {
        let id = sheet.meta.id.clone();
        match self.wave.is_rehearsal() {
            true if sheet.meta.is_meant_to_fail() => return Ok(Err(Outcome::Skipped { id })),
            false if sheet.meta.is_rehearsal() => return Ok(Err(Outcome::Rehearsal { id })),
            _ => {}
        }
        let loaded = self.wave.engine.load(&sheet);
        let verdict = loaded.verdict(None);
        let mut failures = verdict.failures;
        failures.retain(|failure| failure.severity == Severity::Hard);
        if !failures.is_empty() {
            return Ok(Err(Outcome::Refused { id, failures }));
        }
        sheet.answers = loaded.evaluation.to_answers(Keep::OnPath);
        let response_id = self.response_id(&sheet);
        let response = response_of(response_id, self.wave.version, sheet)?;
        let submission = Submission {
            wave: self.wave.id,
            response,
            idempotency: None,
            draft: None,
            contacts: Vec::new(),
            only_if_open: false,
            day: self.services.today(),
        };
        Ok(Ok(Fit {
            id,
            dropped: verdict.off_path,
            submission,
        }))
    }

    /// The sheet's own UUID; else one that the same sheet gets at every import.
    fn response_id(&mut self, sheet: &Sheet) -> ResponseId {
        let digest = match sheet.meta.id.as_deref() {
            Some(text) => match Uuid::try_parse(text) {
                Ok(id) => return ResponseId(id),
                Err(_) => digest("sheet id", &[text.as_bytes()]),
            },
            None => {
                let content = content_hash(sheet);
                let nth = self.n_without_id.entry(content.clone()).or_insert(0);
                *nth += 1;
                digest(
                    "sheet without id",
                    &[content.as_bytes(), &nth.to_be_bytes()],
                )
            }
        };
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        ResponseId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }
}

enum UnderWay {
    Settled(Outcome),
    Storing {
        id: Option<String>,
        dropped: Vec<String>,
        stored: tokio::task::JoinHandle<store::Result<Submitted>>,
    },
}

impl UnderWay {
    async fn outcome(self) -> Result<Outcome> {
        let (id, dropped, stored) = match self {
            Self::Settled(outcome) => return Ok(outcome),
            Self::Storing {
                id,
                dropped,
                stored,
            } => (id, dropped, stored),
        };
        let stored = stored.await.map_err(|_| ServiceError::Busy)?;
        match stored {
            Ok(Submitted::Added(..)) => Ok(Outcome::Added { id, dropped }),
            Ok(Submitted::Unchanged(_)) => Ok(Outcome::Unchanged { id, dropped }),
            Err(StoreError::Conflict(store::Conflict::ResponseExists(_))) => {
                Ok(Outcome::Conflict { id })
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// Submits; a sheet that another process is storing at this moment is looked at again.
async fn submit(store: Store, submission: Submission) -> store::Result<Submitted> {
    const ATTEMPTS: usize = 5;
    for _ in 1..ATTEMPTS {
        match store.responses().submit(submission.clone()).await {
            Err(StoreError::Stale) => {}
            answer => return answer,
        }
    }
    store.responses().submit(submission).await
}
