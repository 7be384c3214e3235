//! Waves: which exist, which take responses now; `schedule.rs`: when they do; `closing.rs`: what they say when
//! they no longer do.

use crate::studies::StudyInfo;
use crate::team::{Deed, Field, May, See, ViewResults};
use crate::{Result, ServiceError, Services, Zone};
use questionnaire::{Engine, Text};
use std::sync::Arc;
use store::{Access, VersionId, Wave, WaveId, WaveState};
use time::OffsetDateTime;
use validator::{Validate, ValidationError};

mod closing;
mod schedule;

pub use closing::{ClosingMessage, LONGEST_MESSAGE};
pub use schedule::Schedule;

/// Waves, reached through [`Services::waves`].
#[derive(Debug)]
pub struct Waves<'a>(pub(crate) &'a Services);

/// Whether a wave takes responses, at the moment it was looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fielding {
    /// Not yet: it is being prepared, or opens later.
    NotYetOpen,
    /// Now.
    Open,
    /// No more.
    Closed,
    /// No more: it has all the responses it takes.
    Full,
}

/// A wave with everything needed to field it.
#[derive(Clone)]
pub struct WaveInfo {
    /// Its key.
    pub id: WaveId,
    /// Its name in addresses.
    pub slug: String,
    /// Slug of the study it belongs to.
    pub study: String,
    /// The questionnaire version that is fielded.
    pub version: VersionId,
    /// Whether it takes responses.
    pub fielding: Fielding,
    /// From when on, by the clocks of its zone, if that is set.
    pub opens_at: Option<OffsetDateTime>,
    /// Until when, by the clocks of its zone, if that is set.
    pub closes_at: Option<OffsetDateTime>,
    /// Since when it is closed, if its date has closed it.
    pub closed_at: Option<OffsetDateTime>,
    /// The zone by whose clocks its moments are said.
    pub zone: Zone,
    /// What it speaks to people whose language is not known: one of its questionnaire's languages.
    pub language: String,
    /// What people read who come when it takes no more responses, by language; the program's own words where it
    /// says nothing.
    pub closing_message: Option<Text>,
    /// Whether responses must not be linked to anybody.
    pub anonymous: bool,
    /// Who may answer.
    pub access: Access,
    /// After how many responses it takes no more.
    pub max_responses: Option<i64>,
    /// The wave that it is a rehearsal of, if it is one.
    pub rehearsal_of: Option<WaveId>,
    /// The compiled questionnaire.
    pub engine: Arc<Engine>,
}

impl std::fmt::Debug for WaveInfo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WaveInfo")
            .field("slug", &self.slug)
            .field("version", &self.version)
            .field("fielding", &self.fielding)
            .finish_non_exhaustive()
    }
}

impl WaveInfo {
    /// Whether it is a rehearsal: its responses are made up, and nobody can answer it.
    #[must_use]
    pub fn is_rehearsal(&self) -> bool {
        self.rehearsal_of.is_some()
    }

    /// Fails unless the wave takes responses.
    pub(crate) fn must_be_open(&self) -> Result<()> {
        match self.fielding {
            Fielding::Open => Ok(()),
            Fielding::NotYetOpen => Err(ServiceError::NotYetOpen {
                opens_at: self.opens_at,
                zone: self.zone.name().to_owned(),
            }),
            Fielding::Closed => Err(ServiceError::Closed),
            Fielding::Full => Err(ServiceError::Full),
        }
    }
}

/// A wave to be created.
#[derive(Debug, Clone, Validate)]
#[validate(schema(function = opens_before_it_closes))]
pub struct NewWave {
    /// Its name in addresses: lower-case letters without accents, digits, `-` and `_`.
    #[validate(length(min = 1, max = 64), custom(function = is_slug))]
    pub slug: String,
    /// Whether it opens at once (within its dates).
    pub open: bool,
    /// From when on it takes responses.
    pub opens_at: Option<OffsetDateTime>,
    /// Until when it takes responses.
    pub closes_at: Option<OffsetDateTime>,
    /// The zone by whose clocks its moments are said.
    pub zone: Zone,
    /// What it speaks to people whose language is not known.
    pub language: Option<String>,
    /// Whether responses must not be linked to anybody.
    pub anonymous: bool,
    /// Who may answer.
    pub access: Access,
    /// After how many responses it takes no more.
    #[validate(range(min = 1))]
    pub max_responses: Option<i64>,
}

impl NewWave {
    /// An open wave without dates.
    #[must_use]
    pub fn open(slug: &str) -> Self {
        Self {
            slug: slug.to_owned(),
            open: true,
            opens_at: None,
            closes_at: None,
            zone: Zone::default(),
            language: None,
            anonymous: true,
            access: Access::Open,
            max_responses: None,
        }
    }
}

pub(crate) fn is_slug(slug: &str) -> Result<(), ValidationError> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    let begins_well = slug.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
    if slug.chars().all(fits) && begins_well {
        Ok(())
    } else {
        Err(ValidationError::new("slug"))
    }
}

fn opens_before_it_closes(wave: &NewWave) -> Result<(), ValidationError> {
    in_order(wave.opens_at, wave.closes_at)
}

/// Fails for a wave that would close before it opens.
fn in_order(
    opens: Option<OffsetDateTime>,
    closes: Option<OffsetDateTime>,
) -> Result<(), ValidationError> {
    match (opens, closes) {
        (Some(opens), Some(closes)) if opens >= closes => Err(ValidationError::new("closes_first")),
        _ => Ok(()),
    }
}

impl Waves<'_> {
    /// Finds a wave by its slug; never a rehearsal.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn by_slug(&self, slug: &str) -> Result<Option<WaveInfo>> {
        match self.0.store().waves().by_slug(slug).await? {
            Some(wave) => Ok(Some(self.info(wave).await?)),
            None => Ok(None),
        }
    }

    /// Finds a wave or a rehearsal by its key.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn by_id(&self, id: WaveId) -> Result<Option<WaveInfo>> {
        match self.0.store().waves().by_id(id).await? {
            Some(wave) => Ok(Some(self.info(wave).await?)),
            None => Ok(None),
        }
    }

    /// Finds the wave that is meant by `STUDY` or `STUDY/WAVE` on the command line. A study
    /// alone means the wave of its name, else its only one. Rehearsals are never meant.
    ///
    /// # Errors
    /// [`ServiceError::UnknownStudy`], [`ServiceError::UnknownWave`], or
    /// [`ServiceError::WaveNeeded`] if several could be meant.
    pub async fn by_address(&self, address: &str) -> Result<WaveInfo> {
        let (study_slug, wave_slug) = match address.split_once('/') {
            Some((study, wave)) => (study, Some(wave)),
            None => (address, None),
        };
        let store = self.0.store();
        let study = store
            .studies()
            .by_slug(study_slug)
            .await?
            .ok_or_else(|| ServiceError::UnknownStudy(study_slug.to_owned()))?;
        let mut waves = store.waves().of_study(study.id).await?;
        let wanted = wave_slug.unwrap_or(study_slug);
        if let Some(at) = waves.iter().position(|wave| wave.slug == wanted) {
            return self.info(waves.swap_remove(at)).await;
        }
        match (wave_slug, waves.len()) {
            (None, 1) => self.info(waves.swap_remove(0)).await,
            (None, 2..) => Err(ServiceError::WaveNeeded {
                study: study_slug.to_owned(),
                waves: waves.into_iter().map(|wave| wave.slug).collect(),
            }),
            _ => Err(ServiceError::UnknownWave(wanted.to_owned())),
        }
    }

    /// The waves of a study, by slug; rehearsals are none of them.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn of_study(&self, may: &May<See>) -> Result<Vec<WaveInfo>> {
        let mut waves = Vec::new();
        for wave in self.0.store().waves().of_study(may.id()).await? {
            waves.push(self.info(wave).await?);
        }
        Ok(waves)
    }

    /// A wave of a study, loaded through the study: a wave of another one is not found.
    ///
    /// # Errors
    /// [`ServiceError::UnknownWave`]
    pub async fn within<D: Deed>(&self, may: &May<D>, slug: &str) -> Result<WaveInfo> {
        let wave = self.by_slug(slug).await?;
        wave.filter(|it| it.study == may.study().slug)
            .ok_or_else(|| ServiceError::UnknownWave(slug.to_owned()))
    }

    /// How many responses of a wave count, for those who may see results.
    ///
    /// # Errors
    /// [`ServiceError::UnknownWave`] if it is of another study.
    pub async fn n_responses(&self, may: &May<ViewResults>, wave: &WaveInfo) -> Result<u64> {
        let wave = self.within(may, &wave.slug).await?;
        Ok(self.0.store().admissibility().n_counted(wave.id).await?)
    }

    /// The waves that take responses now, by slug.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn open(&self) -> Result<Vec<WaveInfo>> {
        let mut open = Vec::new();
        for wave in self.0.store().waves().in_state(WaveState::Open).await? {
            let wave = self.info(wave).await?;
            if wave.fielding == Fielding::Open {
                open.push(wave);
            }
        }
        Ok(open)
    }

    /// Creates a wave of a published questionnaire version.
    ///
    /// # Errors
    /// [`ServiceError::BadRequest`], [`ServiceError::Taken`].
    pub async fn create(
        &self,
        may: &May<Field>,
        version: VersionId,
        wave: NewWave,
    ) -> Result<WaveInfo> {
        let slug = wave.slug.clone();
        let engine = self.0.inner.instruments.of(self.0.store(), version).await?;
        must_speak(&engine, wave.language.as_deref())?;
        let entry = may.entry(self.0.now(), "wave.create", &slug);
        let wave = self.made(may.study(), version, wave)?;
        self.0.store().waves().create_noted(wave, entry).await?;
        self.known(&slug).await
    }

    /// Creates a wave of the newest version of the study's questionnaire.
    ///
    /// # Errors
    /// [`ServiceError::BadRequest`], [`ServiceError::Taken`]; [`ServiceError::UnknownStudy`] if
    /// nothing of it was published.
    pub async fn create_newest(&self, may: &May<Field>, wave: NewWave) -> Result<WaveInfo> {
        let versions = self.0.store().versions().of_study(may.id()).await?;
        let unknown = || ServiceError::UnknownStudy(may.study().slug.clone());
        let newest = versions.last().ok_or_else(unknown)?;
        self.create(may, newest.id, wave).await
    }

    /// The languages of the newest version of the study's questionnaire.
    ///
    /// # Errors
    /// [`ServiceError::UnknownStudy`] if nothing of it was published.
    pub async fn languages(&self, may: &May<Field>) -> Result<Vec<String>> {
        let store = self.0.store();
        let versions = store.versions().of_study(may.id()).await?;
        let unknown = || ServiceError::UnknownStudy(may.study().slug.clone());
        let newest = versions.last().ok_or_else(unknown)?;
        let engine = self.0.inner.instruments.of(store, newest.id).await?;
        Ok(engine.instrument.languages.clone())
    }

    pub(crate) async fn create_with(
        &self,
        study: &StudyInfo,
        version: VersionId,
        wave: NewWave,
    ) -> Result<()> {
        let wave = self.made(study, version, wave)?;
        Ok(self.0.store().waves().create(wave).await?)
    }

    /// A new wave as it will be stored.
    fn made(&self, study: &StudyInfo, version: VersionId, wave: NewWave) -> Result<Wave> {
        wave.validate()?;
        let now = self.0.now();
        Ok(Wave {
            id: WaveId(self.0.chance().uuid_v7(now)?),
            slug: wave.slug,
            study: study.id,
            version,
            state: if wave.open {
                WaveState::Open
            } else {
                WaveState::Draft
            },
            opens_at: wave.opens_at,
            closes_at: wave.closes_at,
            anonymous: wave.anonymous,
            created_at: now,
            rehearsal_of: None,
            access: wave.access,
            max_responses: wave.max_responses,
            zone: wave.zone.name().to_owned(),
            language: wave.language,
            rehearses_save: None,
            closing_message: None,
        })
    }

    /// A wave that must exist.
    pub(crate) async fn known(&self, slug: &str) -> Result<WaveInfo> {
        self.by_slug(slug)
            .await?
            .ok_or_else(|| ServiceError::UnknownWave(slug.to_owned()))
    }

    pub(crate) async fn info(&self, wave: Wave) -> Result<WaveInfo> {
        let store = self.0.store();
        let study = store
            .studies()
            .by_id(wave.study)
            .await?
            .ok_or_else(|| ServiceError::unreadable("wave", "its study is missing"))?;
        let engine = self.0.inner.instruments.of(store, wave.version).await?;
        let mut fielding = fielding(&wave, self.0.now());
        if let (Fielding::Open, Some(most)) = (fielding, wave.max_responses) {
            let n_responses = store.samples().n_responses(wave.id).await?;
            if i64::try_from(n_responses).is_ok_and(|n| n >= most) {
                fielding = Fielding::Full;
            }
        }
        // A zone that this program's tables no longer know is said by the usual one.
        let zone = Zone::named(&wave.zone).unwrap_or_default();
        let closes_at = wave.closes_at.map(|it| zone.here(it));
        let languages = &engine.instrument.languages;
        let language = wave.language.filter(|it| languages.contains(it));
        let language = language.or_else(|| languages.first().cloned());
        let message = wave.closing_message.as_deref();
        let message = message.map(closing::read).transpose()?;
        Ok(WaveInfo {
            id: wave.id,
            slug: wave.slug,
            study: study.slug,
            version: wave.version,
            fielding,
            opens_at: wave.opens_at.map(|it| zone.here(it)),
            closes_at,
            closed_at: closes_at.filter(|it| *it <= self.0.now()),
            zone,
            language: language.unwrap_or_default(),
            closing_message: message,
            anonymous: wave.anonymous,
            access: wave.access,
            max_responses: wave.max_responses,
            rehearsal_of: wave.rehearsal_of,
            engine,
        })
    }
}

/// Fails for a language that the questionnaire does not speak.
fn must_speak(engine: &Engine, language: Option<&str>) -> Result<()> {
    let spoken = &engine.instrument.languages;
    if language.is_none_or(|it| spoken.iter().any(|own| own == it)) {
        return Ok(());
    }
    let mut errors = validator::ValidationErrors::new();
    errors.add("language", ValidationError::new("language"));
    Err(errors.into())
}

fn fielding(wave: &Wave, now: OffsetDateTime) -> Fielding {
    match wave.state {
        WaveState::Draft => Fielding::NotYetOpen,
        WaveState::Closed => Fielding::Closed,
        WaveState::Open if wave.opens_at.is_some_and(|opens| now < opens) => Fielding::NotYetOpen,
        WaveState::Open if wave.closes_at.is_some_and(|closes| now >= closes) => Fielding::Closed,
        WaveState::Open => Fielding::Open,
    }
}
