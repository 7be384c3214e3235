//! What a sheet amounts to, before anybody looks at what is stored: the same for an import and for a check.

use super::Outcome;
use crate::chance::digest;
use crate::sheets::{content_hash, response_of};
use crate::{Result, WaveInfo};
use interchange::joined::{unname_version, version_of};
use questionnaire::{Engine, Failure, Keep, Severity, Sheet};
use std::collections::HashMap;
use std::sync::Arc;
use store::{ResponseId, Submission, VersionId};
use time::Date;
use uuid::Uuid;

/// A sheet that was found fit to be stored.
pub(super) struct Fit {
    pub(super) id: Option<String>,
    pub(super) dropped: Vec<String>,
    pub(super) submission: Submission,
}

/// Fit, or what became of it instead.
pub(super) type Judged = Result<Fit, Outcome>;

/// A sheet as a questionnaire takes it, and the keys of the off-path answers that were dropped; or what blocks it.
pub(crate) fn fit(engine: &Engine, mut sheet: Sheet) -> Result<(Sheet, Vec<String>), Vec<Failure>> {
    let loaded = engine.load(&sheet);
    let verdict = loaded.verdict(None);
    let mut failures = verdict.failures;
    failures.retain(|failure| failure.severity == Severity::Hard);
    if !failures.is_empty() {
        return Err(failures);
    }
    sheet.answers = loaded.evaluation.to_answers(Keep::OnPath);
    Ok((sheet, verdict.off_path))
}

/// Judges the sheets of one file, in their order.
pub(super) struct Judge {
    pub(super) wave: WaveInfo,
    pub(super) day: Date,
    /// Other versions that sheets of an export name, by number.
    pub(super) versions: HashMap<i32, (VersionId, Arc<Engine>)>,
    /// How often each content came without an id, to tell two people who answered alike apart.
    pub(super) n_without_id: HashMap<String, u64>,
}

impl Judge {
    pub(super) fn judge(&mut self, mut sheet: Sheet) -> Result<Judged> {
        let id = sheet.meta.id.clone();
        match self.wave.is_rehearsal() {
            true if sheet.meta.is_meant_to_fail() => return Ok(Err(Outcome::Skipped { id })),
            false if sheet.meta.is_rehearsal() => return Ok(Err(Outcome::Rehearsal { id })),
            _ => {}
        }
        // A sheet is judged by the version that it answers: as stored, it does not name it.
        let named = version_of(&sheet.meta).and_then(|it| self.versions.get(&it));
        let (version, engine) = match named {
            Some((version, engine)) => (*version, Arc::clone(engine)),
            None => (self.wave.version, Arc::clone(&self.wave.engine)),
        };
        if named.is_some() {
            unname_version(&mut sheet.meta);
        }
        let (sheet, dropped) = match fit(&engine, sheet) {
            Ok(it) => it,
            Err(failures) => return Ok(Err(Outcome::Refused { id, failures })),
        };
        let response_id = self.response_id(&sheet);
        let response = response_of(response_id, version, sheet)?;
        let submission = Submission {
            wave: self.wave.id,
            response,
            idempotency: None,
            draft: None,
            contacts: Vec::new(),
            only_if_open: false,
            day: self.day,
        };
        Ok(Ok(Fit {
            id,
            dropped,
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
