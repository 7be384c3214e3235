//! Publishing a working version, and what it changes for those who have answered.

use super::Writing;
use crate::sheets::sheet_of;
use crate::team::{Design, May};
use crate::{Result, ServiceError};
use expr::Lang;
use proof::{Budget, Impact, Replay};
use questionnaire::{Engine, Sheet};
use serde_json::json;
use std::sync::Arc;
use store::{NewVersion, Publication, QuestionnaireVersion, VersionId, WaveId};
use time::OffsetDateTime;

/// A questionnaire version that was published: it never changes.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedVersion {
    /// Counts the versions of the study.
    pub number: i32,
    /// The text of its author.
    pub source: String,
    /// When.
    pub published_at: OffsetDateTime,
}

/// What publishing led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedNow {
    /// The version's number.
    pub number: i32,
    /// Whether this content was not published before.
    pub is_new: bool,
    /// Waves that ask it from now on: nobody had begun to answer them.
    pub moved: Vec<String>,
    /// Waves that keep the version with which people have begun.
    pub kept: Vec<String>,
    /// How many people who are answering go on with it: what they have seen is the same in both versions.
    pub n_carried: u64,
    /// How many people who are answering waves that moved go on with the version they began.
    pub n_stayed: u64,
}

/// What a text changes from what was published last.
#[derive(Debug, Clone)]
pub struct Change {
    /// By proof: for everybody who could answer.
    pub impact: Impact,
    /// By counting: for the responses that are stored, version by version that they answer.
    pub replays: Vec<Replay>,
}

impl Writing<'_> {
    /// What was published, oldest first.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn published(&self, may: &May<Design>) -> Result<Vec<PublishedVersion>> {
        let versions = self.0.store().versions().of_study(may.id()).await?;
        Ok(versions.into_iter().map(published).collect())
    }

    /// What a text changes from what was published last, for everybody who could answer and for all
    /// responses that are stored, whichever version they answer; `None` if nothing was published.
    ///
    /// # Errors
    /// [`ServiceError::UnsoundQuestionnaire`] if the text has errors.
    pub async fn change(&self, may: &May<Design>, source: &str) -> Result<Option<Change>> {
        let new = Arc::new(compiled(source)?);
        let store = self.0.store();
        let versions = store.versions().of_study(may.id()).await?;
        let Some(last) = versions.last() else {
            return Ok(None);
        };
        let mut answered = Vec::new();
        for wave in store.waves().of_study(may.id()).await? {
            if wave.rehearsal_of.is_none() {
                self.collect(wave.id, &mut answered).await?;
            }
        }
        let mut of_versions = Vec::new();
        for version in &versions {
            let sheets = answered.extract_if(.., |(of, _)| *of == version.id);
            let sheets: Vec<Sheet> = sheets.map(|(_, sheet)| sheet).collect();
            let engine = self.0.inner.instruments.of(store, version.id).await?;
            if !sheets.is_empty() {
                of_versions.push((engine, sheets));
            }
        }
        let old = self.0.inner.instruments.of(store, last.id).await?;
        let change = self.proving(move || {
            let renamed = old.renamed(&new);
            let old = renamed.as_ref().unwrap_or(&old);
            let replays = of_versions.iter();
            Change {
                impact: proof::impact(old, &new, &Budget::default()),
                replays: replays.map(|(old, them)| again(old, &new, them)).collect(),
            }
        });
        change.await.map(Some)
    }

    /// The responses of a wave with the version that each answers.
    async fn collect(&self, wave: WaveId, all: &mut Vec<(VersionId, Sheet)>) -> Result<()> {
        const PAGE: u64 = 500;
        let mut after = None;
        loop {
            let page = self.0.store().responses().page(wave, after, PAGE).await?;
            let Some(last) = page.last() else {
                return Ok(());
            };
            after = Some(last.id);
            for response in &page {
                all.push((response.version, sheet_of(response)?));
            }
        }
    }

    /// Publishes a save. Waves that nobody has begun to answer ask it from now on; others keep the
    /// version with which people have begun.
    ///
    /// # Errors
    /// As of [`Writing::publish_for`].
    pub async fn publish(&self, may: &May<Design>, revision: i64) -> Result<PublishedNow> {
        self.publish_for(may, revision, &[]).await
    }

    /// Publishes a save. Waves that nobody has begun to answer ask it from now on, and so do those that are named and not
    /// closed ([`Writing::waves`]); others keep the version with which people have begun. Whoever is answering goes on
    /// with the version they began, unless all that they have seen is the same in both.
    ///
    /// # Errors
    /// [`ServiceError::SavedMeanwhile`] if another save is the latest by now: what is published is what
    /// was looked at. [`ServiceError::UnsoundQuestionnaire`] for errors of the compiler or of the proof;
    /// [`ServiceError::BadStudyName`] if its `id`
    /// is not the study's name.
    pub async fn publish_for(
        &self,
        may: &May<Design>,
        revision: i64,
        moving: &[String],
    ) -> Result<PublishedNow> {
        let working = self.open(may).await?;
        if working.revision != revision {
            return Err(ServiceError::SavedMeanwhile);
        }
        let looked = self.look(&working.source, Lang::Fr).await?;
        if !looked.is_sound() {
            return Err(ServiceError::UnsoundQuestionnaire(
                looked.diagnostics.clone(),
            ));
        }
        let engine = compiled(&working.source)?;
        if engine.instrument.id != may.study().slug {
            return Err(ServiceError::BadStudyName);
        }
        let (publication, id) = self.publish_source(may, &working.source, engine).await?;
        let (is_new, number) = match publication {
            Publication::New(it) => (true, it.number),
            Publication::Existing(it) => (false, it.number),
        };
        let mut now = PublishedNow {
            number,
            is_new,
            moved: Vec::new(),
            kept: Vec::new(),
            n_carried: 0,
            n_stayed: 0,
        };
        for wave in self.0.store().waves().of_study(may.id()).await? {
            if wave.rehearsal_of.is_none() && wave.version != id {
                self.field(may, wave, id, moving, &mut now).await?;
            }
        }
        Ok(now)
    }

    async fn publish_source(
        &self,
        may: &May<Design>,
        source: &str,
        engine: Engine,
    ) -> Result<(Publication, VersionId)> {
        let now = self.0.now();
        let instrument = &engine.instrument;
        let title = serde_json::to_string(&instrument.title)
            .map_err(|error| ServiceError::unreadable("title", error.to_string()))?;
        let version = NewVersion {
            id: VersionId(self.0.chance().uuid_v7(now)?),
            study: may.id(),
            content_hash: instrument.hash.clone(),
            source: source.to_owned(),
            title,
            created_at: now,
        };
        let mut entry = may.entry(now, "study.publish", may.study().slug.as_str());
        entry.after = Some(json!({ "hash": instrument.hash }).to_string());
        let versions = self.0.store().versions();
        let publication = versions.publish(version, entry).await?;
        let id = publication.clone().version().id;
        self.0.inner.instruments.keep(id, engine);
        Ok((publication, id))
    }
}

/// Stored responses read by a new version, under the names that it gives to what they answer.
fn again(old: &Engine, new: &Engine, sheets: &[Sheet]) -> Replay {
    let Some(renamed) = old.renamed(new) else {
        return proof::replay(old, new, sheets);
    };
    let sheets = sheets.iter().map(|it| old.renamed_sheet(&renamed, it));
    let sheets: Vec<Sheet> = sheets.collect();
    proof::replay(&renamed, new, &sheets)
}

fn published(it: QuestionnaireVersion) -> PublishedVersion {
    PublishedVersion {
        number: it.number,
        source: it.source,
        published_at: it.created_at,
    }
}

pub(super) fn compiled(source: &str) -> Result<Engine> {
    let checked = questionnaire::check(source);
    checked
        .engine
        .ok_or(ServiceError::UnsoundQuestionnaire(checked.diagnostics))
}
