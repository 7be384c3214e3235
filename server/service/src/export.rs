//! Responses as answer sheets.

use crate::live::Answered;
use crate::sheets::sheet_of;
use crate::team::{ExportData, May};
use crate::{Result, Services, WaveInfo};
use interchange::joined::name_version;
use questionnaire::{Engine, Sheet};
use serde_json::Value;
use std::collections::HashMap;
use std::sync::Arc;
use store::{ResponseId, VersionId, WaveId};

/// `meta.set_aside`: why a response is not counted.
const SET_ASIDE: &str = "set_aside";

/// How many sheets are read at a time.
const PAGE: u64 = 500;

/// Reads a wave's responses page by page, in the order of their random identifiers.
#[derive(Debug)]
pub struct Export<'a> {
    services: &'a Services,
    wave: WaveId,
    is_rehearsal: bool,
    /// All responses, with the reasons for which some are set aside; else those that count.
    all: Option<HashMap<ResponseId, String>>,
    /// The versions that responses answer, with the one that the wave asks first.
    versions: Vec<ExportedVersion>,
    after: Option<ResponseId>,
    is_done: bool,
}

impl Services {
    /// Begins an export of the responses that count, and writes down who did. What is exported can be
    /// imported again and adds nothing then. Sheets of a rehearsal are marked, so that they are not
    /// taken for real ones elsewhere.
    ///
    /// # Errors
    /// [`crate::ServiceError::UnknownWave`] if the wave is of another study.
    pub async fn export(&self, may: &May<ExportData>, wave: &WaveInfo) -> Result<Export<'_>> {
        may.must_hold(wave)?;
        let entry = may.entry(self.now(), "data.export", &wave.slug);
        self.store().audit().note(entry).await?;
        Ok(Export {
            services: self,
            wave: wave.id,
            is_rehearsal: wave.is_rehearsal(),
            all: None,
            versions: self.exported_versions(wave).await?,
            after: None,
            is_done: false,
        })
    }

    /// Begins an export of all responses; those that are set aside say so, and why, in
    /// `meta.set_aside`.
    ///
    /// # Errors
    /// [`crate::ServiceError::UnknownWave`] if the wave is of another study.
    pub async fn export_all(&self, may: &May<ExportData>, wave: &WaveInfo) -> Result<Export<'_>> {
        let export = self.export(may, wave).await?;
        let aside = self.store().admissibility().of_wave(wave.id).await?;
        let aside = aside.into_iter().map(|it| (it.response, it.reason));
        Ok(Export {
            all: Some(aside.collect()),
            ..export
        })
    }
}

/// A version that exported responses answer.
#[derive(Clone)]
pub struct ExportedVersion {
    id: VersionId,
    /// Its number in the study; sheets name it where there are several.
    pub number: i32,
    /// The version.
    pub engine: Arc<Engine>,
}

impl std::fmt::Debug for ExportedVersion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ExportedVersion")
            .field("number", &self.number)
            .finish_non_exhaustive()
    }
}

impl Services {
    async fn exported_versions(&self, wave: &WaveInfo) -> Result<Vec<ExportedVersion>> {
        let all = self.live().answered(wave).await?.into_iter();
        let exported = |it: Answered| ExportedVersion {
            id: it.id,
            number: it.number,
            engine: it.engine,
        };
        Ok(all.map(exported).collect())
    }
}

impl Export<'_> {
    /// The versions that the wave's responses answer, with the one that it asks first.
    #[must_use]
    pub fn versions(&self) -> &[ExportedVersion] {
        &self.versions
    }

    /// The next sheets; `None` at the end.
    ///
    /// # Errors
    /// [`crate::ServiceError::Unavailable`] if the database does not answer.
    pub async fn next_page(&mut self) -> Result<Option<Vec<Sheet>>> {
        if self.is_done {
            return Ok(None);
        }
        let store = self.services.store();
        let page = match &self.all {
            Some(_) => store.responses().page(self.wave, self.after, PAGE).await?,
            None => {
                let counted = store.admissibility();
                counted.counted_page(self.wave, self.after, PAGE).await?
            }
        };
        let Some(last) = page.last() else {
            self.is_done = true;
            return Ok(None);
        };
        self.after = Some(last.id);
        let mut sheets = page.iter().map(sheet_of).collect::<Result<Vec<_>>>()?;
        if let Some(aside) = &self.all {
            for (sheet, response) in sheets.iter_mut().zip(&page) {
                if let Some(reason) = aside.get(&response.id) {
                    let reason = Value::String(reason.clone());
                    sheet.meta.other.insert(SET_ASIDE.to_owned(), reason);
                }
            }
        }
        if self.versions.len() > 1 {
            for (sheet, response) in sheets.iter_mut().zip(&page) {
                let version = self.versions.iter().find(|it| it.id == response.version);
                if let Some(version) = version {
                    name_version(&mut sheet.meta, version.number);
                }
            }
        }
        if self.is_rehearsal {
            sheets.iter_mut().for_each(|it| it.meta.mark_rehearsal());
        }
        Ok(Some(sheets))
    }
}
