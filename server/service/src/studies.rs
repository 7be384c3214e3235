//! Studies and their questionnaires.

use crate::team::{Actor, Operator};
use crate::{NewWave, Result, ServiceError, Services, WaveInfo};
use questionnaire::{Engine, Text};
use serde_json::json;
use store::{NewAudit, NewVersion, Study, StudyId, VersionId};

/// Studies, reached through [`Services::studies`].
#[derive(Debug)]
pub struct Studies<'a>(pub(crate) &'a Services);

/// A study, as shown in lists.
#[derive(Debug, Clone, PartialEq)]
pub struct StudyInfo {
    /// Its key.
    pub id: StudyId,
    /// Its name in addresses and on the command line.
    pub slug: String,
    /// Its title.
    pub title: Text,
}

/// What installing a built-in questionnaire led to.
#[derive(Debug, Clone)]
pub struct Installed {
    /// The study's wave.
    pub wave: WaveInfo,
    /// Whether this content was not known before.
    pub is_new_version: bool,
}

impl Studies<'_> {
    /// All studies, by slug. Whoever is signed in sees theirs: [`crate::team::Team::studies`].
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn all(&self, _: &Operator) -> Result<Vec<StudyInfo>> {
        self.every().await
    }

    pub(crate) async fn every(&self) -> Result<Vec<StudyInfo>> {
        self.0
            .store()
            .studies()
            .all()
            .await?
            .into_iter()
            .map(study_info)
            .collect()
    }

    /// Finds a study by its slug.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn by_slug(&self, slug: &str) -> Result<Option<StudyInfo>> {
        self.0
            .store()
            .studies()
            .by_slug(slug)
            .await?
            .map(study_info)
            .transpose()
    }

    /// Publishes a questionnaire: creates its study if there is none, and a version unless its
    /// content is that of an existing one. Says which version it is and whether it is new; a new
    /// one is noted in the audit log.
    ///
    /// Only whoever runs the program makes studies: nobody has a role in one that there is not yet.
    ///
    /// # Errors
    /// [`ServiceError::UnsoundQuestionnaire`] with everything that was found.
    pub async fn publish(
        &self,
        _: &Operator,
        source: &str,
    ) -> Result<(StudyInfo, VersionId, bool)> {
        let (study, version, is_new, _) = self.publish_compiled(source).await?;
        Ok((study, version, is_new))
    }

    /// Installs a built-in questionnaire: publishes it and opens the wave that carries the
    /// study's name. Doing it again changes nothing. A newer content replaces the wave's version
    /// only as long as nobody has begun to answer; and none touches a study whose organisers write its
    /// questionnaire themselves.
    ///
    /// # Errors
    /// [`ServiceError::UnsoundQuestionnaire`] with everything that was found.
    pub async fn install(&self, _: &Operator, source: &str) -> Result<Installed> {
        if let Some(wave) = self.written_by_others(source).await? {
            return Ok(Installed {
                wave,
                is_new_version: false,
            });
        }
        let (study, version, is_new_version, engine) = self.publish_compiled(source).await?;
        let waves = self.0.waves();
        let wave = match waves.by_slug(&study.slug).await? {
            Some(wave) => wave,
            None => {
                let wave = NewWave::open(&study.slug);
                match waves.create_with(&study, version, wave).await {
                    // Another process that started with this one has just created it.
                    Ok(()) | Err(ServiceError::Taken(_)) => {}
                    Err(error) => return Err(error),
                }
                waves.known(&study.slug).await?
            }
        };
        if wave.version != version && engine.instrument.hash != wave.engine.instrument.hash {
            let entry = NewAudit {
                study: Some(study.id),
                ..Actor::operator().entry(self.0.now(), "wave.version", wave.slug.as_str())
            };
            let store = self.0.store();
            match store
                .waves()
                .set_version(wave.id, version, Some(entry))
                .await
            {
                Ok(()) => {
                    let wave = waves.known(&study.slug).await?;
                    return Ok(Installed {
                        wave,
                        is_new_version,
                    });
                }
                Err(store::StoreError::Conflict(store::Conflict::WaveBegun)) => {
                    tracing::info!(
                        wave = wave.slug,
                        "people have begun to answer: the wave keeps its questionnaire version"
                    );
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(Installed {
            wave,
            is_new_version,
        })
    }

    /// The wave of a built-in questionnaire, if organisers have saved a questionnaire of their own for its
    /// study.
    async fn written_by_others(&self, source: &str) -> Result<Option<WaveInfo>> {
        let Some(document) = questionnaire::document::read(source).questionnaire else {
            return Ok(None);
        };
        let store = self.0.store();
        let Some(study) = store.studies().by_slug(&document.id).await? else {
            return Ok(None);
        };
        match store.working_versions().latest(study.id).await? {
            Some(_) => self.0.waves().by_slug(&study.slug).await,
            None => Ok(None),
        }
    }

    async fn publish_compiled(
        &self,
        source: &str,
    ) -> Result<(StudyInfo, VersionId, bool, std::sync::Arc<Engine>)> {
        let checked = questionnaire::check(source);
        let Some(engine) = checked.engine else {
            return Err(ServiceError::UnsoundQuestionnaire(checked.diagnostics));
        };
        let (store, chance, now) = (self.0.store(), self.0.chance(), self.0.now());
        let title = serde_json::to_string(&engine.instrument.title)
            .map_err(|error| ServiceError::unreadable("title", error.to_string()))?;
        let study = Study {
            id: StudyId(chance.uuid_v7(now)?),
            slug: engine.instrument.id.clone(),
            title,
            created_at: now,
        };
        let title = study.title.clone();
        let study = study_info(store.studies().ensure(study).await?)?;
        let hash = json!({ "hash": engine.instrument.hash });
        let entry = NewAudit {
            study: Some(study.id),
            after: Some(hash.to_string()),
            ..Actor::operator().entry(now, "study.publish", study.slug.as_str())
        };
        let version = NewVersion {
            id: VersionId(chance.uuid_v7(now)?),
            study: study.id,
            content_hash: engine.instrument.hash.clone(),
            source: source.to_owned(),
            title,
            created_at: now,
        };
        let publication = store.versions().publish(version, entry).await?;
        let is_new = matches!(publication, store::Publication::New(_));
        let version = publication.version().id;
        let engine = self.0.inner.instruments.keep(version, engine);
        Ok((study, version, is_new, engine))
    }
}

pub(crate) fn study_info(study: Study) -> Result<StudyInfo> {
    let title = serde_json::from_str(&study.title)
        .map_err(|error| ServiceError::unreadable("study title", error.to_string()))?;
    Ok(StudyInfo {
        id: study.id,
        slug: study.slug,
        title,
    })
}
