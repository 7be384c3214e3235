//! Importing answer sheets, one by one: each is added, known already, in conflict, or refused
//! with reasons; none prevents another.
//!
//! Reading order: [`file`] (bytes → sheets) → [`judge`] (a sheet → fit, or not) → here (what is stored already;
//! storing) → [`told`] (what became of all of them). A check goes the same way and stores nothing.

mod file;
mod judge;
mod told;

pub use file::{AnswersFile, AnswersKind, UnreadableAnswers};
pub(crate) use judge::fit;
pub use told::{ImportRemark, Imported};

use crate::team::{Enter, May};
use crate::{Result, ServiceError, Services, WaveInfo};
use interchange::joined::version_of;
use judge::{Fit, Judge, Judged};
use questionnaire::{Engine, Failure, Sheet};
use serde_json::json;
use std::collections::{HashMap, HashSet};
use std::mem;
use std::sync::Arc;
use store::{ResponseId, Store, StoreError, Submission, Submitted, VersionId, WaveId};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use told::Telling;

/// How many sheets are under way at once; they share commits.
const AT_ONCE: usize = 100;

/// Remarks that whoever has sent a file gets at most.
const MOST_REMARKS: usize = 1_000;

/// Files that are read at the same time: each may take some hundred megabytes of memory.
static READING: Semaphore = Semaphore::const_new(2);

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
    may: May<Enter>,
    wave: WaveInfo,
    n_without_id: HashMap<String, u64>,
    /// Versions of the study that sheets have named, by number.
    versions: HashMap<i32, (VersionId, Arc<Engine>)>,
}

/// Whether sheets are stored, or only looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    Store,
    Check,
}

impl Services {
    /// Begins an import into a wave, open or not. A rehearsal leaves out sheets that are meant to
    /// fail (`meta.fails` of a generated cohort); any other wave refuses a rehearsal's sheets.
    ///
    /// # Errors
    /// [`ServiceError::UnknownWave`] if the wave is of another study.
    pub async fn import(&self, may: &May<Enter>, wave: &WaveInfo) -> Result<Import<'_>> {
        may.must_hold(wave)?;
        Ok(Import {
            services: self,
            may: may.clone(),
            wave: wave.clone(),
            n_without_id: HashMap::new(),
            versions: HashMap::new(),
        })
    }

    /// Takes in a file of answers that somebody has sent: NDJSON, CSV or a workbook, by its content. Writes down who
    /// did, and how many sheets it held. Once begun it goes on to its end, also when whoever waits for it has gone.
    ///
    /// # Errors
    /// [`ServiceError::UnreadableAnswers`] if nothing of it can be read; as of [`Import::sheets`] otherwise.
    pub async fn import_file(
        &self,
        may: &May<Enter>,
        wave: &WaveInfo,
        file: Vec<u8>,
    ) -> Result<Imported> {
        let (services, may, wave) = (self.clone(), may.clone(), wave.clone());
        let work = tokio::spawn(async move { services.sent(&may, &wave, file, How::Store).await });
        work.await.map_err(|_| ServiceError::Stopping)?
    }

    /// What [`Services::import_file`] would do, doing nothing.
    ///
    /// # Errors
    /// As of [`Services::import_file`].
    pub async fn check_file(
        &self,
        may: &May<Enter>,
        wave: &WaveInfo,
        file: Vec<u8>,
    ) -> Result<Imported> {
        self.sent(may, wave, file, How::Check).await
    }

    async fn sent(
        &self,
        may: &May<Enter>,
        wave: &WaveInfo,
        file: Vec<u8>,
        how: How,
    ) -> Result<Imported> {
        let mut import = self.import(may, wave).await?;
        let turn = READING.acquire().await;
        let _turn = turn.map_err(|_| ServiceError::Stopping)?;
        let engine = wave.engine.clone();
        let read =
            spawn_blocking(move || AnswersFile::sent(&engine, AnswersKind::of(&file), &file));
        let read = read.await.map_err(|_| ServiceError::Stopping)?;
        let answers = read.map_err(ServiceError::UnreadableAnswers)?;
        import.told(answers, how, MOST_REMARKS).await
    }
}

impl Import<'_> {
    /// Imports sheets; the outcomes are in their order. Writes down who did, and how many sheets there were.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer. Sheets before the failure
    /// may have been stored; importing again continues. [`ServiceError::WaveGone`] if the rehearsal
    /// is removed meanwhile.
    pub async fn sheets(&mut self, sheets: Vec<Sheet>) -> Result<Vec<Outcome>> {
        let mut outcomes = Vec::with_capacity(sheets.len());
        let sink = |it| outcomes.push(it);
        self.each(sheets, How::Store, sink).await?;
        Ok(outcomes)
    }

    /// Imports what a file holds, as [`Import::sheets`] does, with every remark there is.
    ///
    /// # Errors
    /// As of [`Import::sheets`].
    pub async fn file(&mut self, answers: AnswersFile) -> Result<Imported> {
        self.told(answers, How::Store, usize::MAX).await
    }

    async fn told(&mut self, answers: AnswersFile, how: How, most: usize) -> Result<Imported> {
        let mut telling = Telling::new(most, &answers.losses);
        let (lines, sheets): (Vec<usize>, Vec<Sheet>) = answers.sheets.into_iter().unzip();
        let mut lines = lines.into_iter();
        let sink = |it: Outcome| telling.note(lines.next().unwrap_or_default(), &it);
        self.each(sheets, how, sink).await?;
        Ok(telling.told())
    }

    async fn each(
        &mut self,
        sheets: Vec<Sheet>,
        how: How,
        mut sink: impl FnMut(Outcome),
    ) -> Result<()> {
        let store = self.services.store();
        match how {
            How::Store => self.note(sheets.len()).await?,
            // An import would not find it either.
            How::Check => _ = store.responses().revision(self.wave.id).await?,
        }
        let mut known = HashMap::new();
        let mut sheets = sheets.into_iter();
        loop {
            let some: Vec<Sheet> = sheets.by_ref().take(AT_ONCE).collect();
            if some.is_empty() {
                return Ok(());
            }
            let judged = self.judged(some).await?;
            match how {
                How::Store => stored(store, judged, &mut sink).await?,
                How::Check => looked_up(store, self.wave.id, judged, &mut known, &mut sink).await?,
            }
        }
    }

    async fn note(&self, n_sheets: usize) -> Result<()> {
        let at = self.services.now();
        let mut entry = self.may.entry(at, "data.import", &self.wave.slug);
        entry.after = Some(json!({ "sheets": n_sheets }).to_string());
        self.services.store().audit().note(entry).await?;
        Ok(())
    }

    /// Finds the versions that sheets name: an export of a wave that has asked several says which one each answers.
    async fn look_up(&mut self, sheets: &[Sheet]) -> Result<()> {
        let named = sheets.iter().filter_map(|it| version_of(&it.meta));
        let is_new = |it: &i32| !self.versions.contains_key(it);
        let named: HashSet<i32> = named.filter(is_new).collect();
        if named.is_empty() {
            return Ok(());
        }
        let store = self.services.store();
        for version in store.versions().of_study(self.may.id()).await? {
            if named.contains(&version.number) {
                let instruments = &self.services.inner.instruments;
                let engine = instruments.of(store, version.id).await?;
                self.versions.insert(version.number, (version.id, engine));
            }
        }
        Ok(())
    }

    /// Judging is work: it keeps no request waiting.
    async fn judged(&mut self, sheets: Vec<Sheet>) -> Result<Vec<Judged>> {
        self.look_up(&sheets).await?;
        let mut judge = Judge {
            wave: self.wave.clone(),
            day: self.services.today(),
            n_without_id: mem::take(&mut self.n_without_id),
            versions: self.versions.clone(),
        };
        let work = spawn_blocking(move || {
            let judged: Result<Vec<_>> = sheets.into_iter().map(|it| judge.judge(it)).collect();
            (judged, judge.n_without_id)
        });
        let (judged, n_without_id) = work.await.map_err(|_| ServiceError::Stopping)?;
        self.n_without_id = n_without_id;
        judged
    }
}

async fn stored(store: &Store, judged: Vec<Judged>, sink: &mut impl FnMut(Outcome)) -> Result<()> {
    let mut judged = judged.into_iter().peekable();
    while judged.peek().is_some() {
        let mut under_way = Vec::new();
        // The second sheet of a response waits for the first, so that the order decides.
        let mut ids = HashSet::new();
        while let Some(it) = judged.next_if(|next| match next {
            Ok(fit) => ids.insert(fit.submission.response.id),
            Err(_) => true,
        }) {
            under_way.push(match it {
                Err(outcome) => UnderWay::Settled(outcome),
                Ok(Fit {
                    id,
                    dropped,
                    submission,
                }) => UnderWay::Storing {
                    id,
                    dropped,
                    stored: tokio::spawn(submit(store.clone(), submission)),
                },
            });
        }
        for it in under_way {
            sink(it.outcome().await?);
        }
    }
    Ok(())
}

/// What [`stored`] would do. `known` has the content hashes of what is stored, and of what would be.
async fn looked_up(
    store: &Store,
    wave: WaveId,
    judged: Vec<Judged>,
    known: &mut HashMap<ResponseId, String>,
    sink: &mut impl FnMut(Outcome),
) -> Result<()> {
    let fit = judged.iter().filter_map(|it| it.as_ref().ok());
    let ids: Vec<ResponseId> = fit
        .map(|it| it.submission.response.id)
        .filter(|it| !known.contains_key(it))
        .collect();
    known.extend(store.responses().content_hashes(wave, &ids).await?);
    for it in judged {
        sink(match it {
            Err(outcome) => outcome,
            Ok(Fit {
                id,
                dropped,
                submission,
            }) => {
                let response = submission.response;
                match known.get(&response.id) {
                    Some(hash) if *hash == response.content_hash => {
                        Outcome::Unchanged { id, dropped }
                    }
                    Some(_) => Outcome::Conflict { id },
                    None => {
                        known.insert(response.id, response.content_hash);
                        Outcome::Added { id, dropped }
                    }
                }
            }
        });
    }
    Ok(())
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
