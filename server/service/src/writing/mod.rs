//! Writing a questionnaire: a working version that is saved as it stands, looked at while it grows, and
//! published once it is sound.
//!
//! Reading order: this file (a study, its saves) → `editing` (one edit after the other, taken back too) →
//! `merging` (two who write at once) → `looking` (what is found) → `condition` (one of them while it is put
//! together) → `mapping` (its branches) → `planning` (what is missing for the figures that are wanted) → `here` (who
//! else is writing) → `rehearsing` → `printing` → `publishing` → `moving` (waves and whoever is answering them).

mod condition;
pub(crate) mod editing;
pub(crate) mod here;
pub(crate) mod looking;
mod mapping;
mod merging;
mod moving;
mod planning;
mod printing;
mod publishing;
mod rehearsing;

pub use condition::{Composed, Composing};
pub use editing::{Edited, Steps};
pub use here::Writer;
pub use looking::{Facts, Looked, People};
pub use mapping::{Mapped, Trip, Whose};
pub use merging::Clash;
pub use moving::{Fate, WaveStands};
pub use planning::{FigureFacts, FigurePlan, UnusedQuestion};
pub use printing::{Printable, Printing};
pub use publishing::{Change, PublishedNow, PublishedVersion};
pub use rehearsing::{MadeUp, Rehearsed};

use crate::studies::StudyInfo;
use crate::team::{Design, May, SignedIn};
use crate::waves::is_slug;
use crate::{Result, ServiceError, Services};
use questionnaire::document::{self, Questionnaire};
use store::{Deed, NewWorkingVersion, Role, StoreError, Study, StudyId};
use time::OffsetDateTime;

/// Questionnaires as they are being written, reached through [`Services::writing`].
#[derive(Debug)]
pub struct Writing<'a>(pub(crate) &'a Services);

/// The questionnaire of a study as its organisers are writing it.
#[derive(Debug, Clone, PartialEq)]
pub struct Working {
    /// The text of its author: YAML or JSON.
    pub source: String,
    /// Counts the saves; 0 for what was published and nobody has saved since.
    pub revision: i64,
    /// When it was saved.
    pub saved_at: Option<OffsetDateTime>,
    /// Who saved it, by name; nobody whose account is gone.
    pub saved_by: Option<String>,
}

/// A text that was saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    /// The number of the save.
    pub revision: i64,
    /// Whether what somebody else had saved in between is merged into it.
    pub is_merged: bool,
}

impl Writing<'_> {
    /// Whether somebody may begin a study: administrators, and whoever designs one already. A token
    /// never does.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn may_begin(&self, who: &SignedIn) -> Result<bool> {
        if who.is_by_token() {
            return Ok(false);
        }
        if who.account.is_administrator {
            return Ok(true);
        }
        let roles = self.0.store().members().of_account(who.account.id).await?;
        let designs = |role| crate::team::allows(role, crate::team::Action::Design);
        Ok(roles
            .into_iter()
            .any(|(_, role): (StudyId, Role)| designs(role)))
    }

    /// Begins a study with a questionnaire that is not published yet; whoever does is its owner. Its name
    /// is the questionnaire's `id`.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`]; [`ServiceError::UnsoundQuestionnaire`] if the text is no
    /// questionnaire (it may well have errors); [`ServiceError::BadStudyName`];
    /// [`ServiceError::Taken`].
    pub async fn begin(&self, who: &SignedIn, source: &str) -> Result<StudyInfo> {
        if !self.may_begin(who).await? {
            return Err(ServiceError::Forbidden);
        }
        let document = read(source)?;
        if is_slug(&document.id).is_err() || document.id.len() > 64 {
            return Err(ServiceError::BadStudyName);
        }
        let now = self.0.now();
        let title = serde_json::to_string(&document.title)
            .map_err(|error| ServiceError::unreadable("title", error.to_string()))?;
        let study = Study {
            id: StudyId(self.0.chance().uuid_v7(now)?),
            slug: document.id,
            title,
            created_at: now,
        };
        let info = crate::studies::study_info(study.clone())?;
        let mut entry = crate::team::Actor::of(who).entry(now, "study.create", study.slug.as_str());
        entry.study = Some(study.id);
        let versions = self.0.store().working_versions();
        let owner = who.account.id;
        versions
            .create_study(study, owner, source.to_owned(), entry)
            .await?;
        Ok(info)
    }

    /// The working version: the latest save, or what was published last.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn open(&self, may: &May<Design>) -> Result<Working> {
        let store = self.0.store();
        if let Some(saved) = store.working_versions().latest(may.id()).await? {
            let saved_by = match saved.account {
                Some(id) => store.accounts().by_id(id).await?.map(|it| it.name),
                None => None,
            };
            return Ok(Working {
                source: saved.source,
                revision: saved.revision,
                saved_at: Some(saved.saved_at),
                saved_by,
            });
        }
        let published = store.versions().of_study(may.id()).await?;
        Ok(Working {
            source: published
                .into_iter()
                .last()
                .map_or_else(String::new, |it| it.source),
            revision: 0,
            saved_at: None,
            saved_by: None,
        })
    }

    /// Saves a text, sound or not, over the save that was read. What somebody else saved in between is
    /// merged into it, item by item, where nothing of it meets.
    ///
    /// # Errors
    /// [`ServiceError::SavedMeanwhile`] if it does, or cannot be merged: nothing is overwritten.
    pub async fn save(&self, may: &May<Design>, source: &str, after: i64) -> Result<Saved> {
        match self.save_over(may, source, after, Deed::Write).await {
            Err(ServiceError::SavedMeanwhile) => {
                let merged = self.merged(may, source, after).await?;
                let (merged, latest) = merged.ok_or(ServiceError::SavedMeanwhile)?;
                let revision = self.save_over(may, &merged, latest, Deed::Write).await?;
                Ok(Saved {
                    revision,
                    is_merged: true,
                })
            }
            saved => Ok(Saved {
                revision: saved?,
                is_merged: false,
            }),
        }
    }

    async fn save_over(
        &self,
        may: &May<Design>,
        source: &str,
        after: i64,
        deed: Deed,
    ) -> Result<i64> {
        let new = NewWorkingVersion {
            study: may.id(),
            source: source.to_owned(),
            after,
            account: may.account(),
            saved_at: self.0.now(),
            deed,
        };
        match self.0.store().working_versions().save(new).await {
            Err(StoreError::Stale) => Err(ServiceError::SavedMeanwhile),
            saved => Ok(saved?),
        }
    }
}

/// A text as the beginning of a study of another name: what is typed of `slug` and `title` takes the place of
/// what the text says. A text of which nothing changes stays as its author wrote it.
///
/// # Errors
/// [`ServiceError::UnsoundQuestionnaire`] if the text is no questionnaire.
pub fn renamed(source: &str, slug: &str, title: &str) -> Result<String> {
    let mut document = read(source)?;
    let is_same = |typed: &str, told: &str| typed.is_empty() || typed == told;
    if is_same(slug, &document.id) && is_same(title, document.title.get("fr")) {
        return Ok(source.to_owned());
    }
    if !slug.is_empty() {
        slug.clone_into(&mut document.id);
    }
    if !title.is_empty() {
        document.title = questionnaire::Text::fr(title);
    }
    Ok(document::to_yaml(&document))
}

/// The beginning of a questionnaire: one page, and nothing on it.
#[must_use]
pub fn empty(slug: &str, title: &str) -> String {
    let yaml = "id: essai\ntitle: {fr: Essai}\nblocks:\n- id: debut\n  pages:\n  - id: debut\n    title: {fr: Première page}\n    items: []\n";
    renamed(yaml, slug, title).unwrap_or_else(|_| yaml.to_owned())
}

fn read(source: &str) -> Result<Questionnaire> {
    let read = document::read(source);
    read.questionnaire
        .ok_or(ServiceError::UnsoundQuestionnaire(read.diagnostics))
}
