//! People taken into a wave's sample.

use super::Invitations;
use super::sample::{self, SampleColumn};
use crate::team::{Field, May};
use crate::{Result, ServiceError, WaveInfo};
use serde_json::{Value, json};
use store::{AddedUnits, NewUnit, UnitId};

/// What became of a sample that was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedSample {
    /// How many people were added.
    pub n_added: usize,
    /// The lines of people who were in the sample before; they stay as they were.
    pub known_lines: Vec<u64>,
    /// The lines of people of whom nothing goes into their response: the wave is anonymous, and too few
    /// others are alike.
    pub blanked_lines: Vec<u64>,
}

/// A sample that could be taken in, as whoever gives it may look at it before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedSample {
    /// Its columns, and what becomes of them.
    pub columns: Vec<SampleColumn>,
    /// What would become of its people.
    pub would: ImportedSample,
}

/// Units to be added, and the line of each.
struct Units {
    columns: Vec<SampleColumn>,
    units: Vec<NewUnit>,
    lines: Vec<u64>,
}

impl Invitations<'_> {
    /// Takes a sample in as [`Invitations::import_in_groups`] does, with groups of
    /// [`LEAST_GROUP`](store::LEAST_GROUP).
    ///
    /// # Errors
    /// As of [`Invitations::import_in_groups`].
    pub async fn import(
        &self,
        may: &May<Field>,
        wave: &WaveInfo,
        table: &[u8],
    ) -> Result<ImportedSample> {
        self.import_in_groups(may, wave, table, store::LEAST_GROUP)
            .await
    }

    /// Takes a sample in: a table (CSV, or the first sheet of a workbook) with a column of e-mail
    /// addresses, perhaps of languages and territories; every other column is a frame variable. All or
    /// nothing; people known by their address stay as they were.
    ///
    /// What the questionnaire takes of it goes into the responses of whoever answers. In an anonymous wave,
    /// only what at least `least` people share.
    ///
    /// # Errors
    /// [`ServiceError::UnsoundSample`] with each line that cannot be taken in;
    /// [`ServiceError::IsRehearsal`]; [`ServiceError::UnknownWave`] if it is of another study.
    pub async fn import_in_groups(
        &self,
        may: &May<Field>,
        wave: &WaveInfo,
        table: &[u8],
        least: usize,
    ) -> Result<ImportedSample> {
        may.must_hold(wave)?;
        let Units { units, lines, .. } = self.units(wave, table)?;
        let entry = may.entry(self.0.now(), "sample.import", &wave.slug);
        let words = move |added: &AddedUnits| {
            let mut entry = entry.clone();
            let words = json!({
                "people": added.n_added,
                "least_group": least,
                "blanked": added.blanked.len(),
            });
            entry.after = Some(words.to_string());
            Some(entry)
        };
        let samples = self.0.store().samples();
        let added = samples.add_in_groups(wave.id, units, least, words).await?;
        Ok(told(&added, &lines))
    }

    /// What [`Invitations::import_in_groups`] would do, doing nothing.
    ///
    /// # Errors
    /// As of [`Invitations::import_in_groups`].
    pub async fn check_sample(
        &self,
        may: &May<Field>,
        wave: &WaveInfo,
        table: &[u8],
        least: usize,
    ) -> Result<CheckedSample> {
        may.must_hold(wave)?;
        let read = self.units(wave, table)?;
        let samples = self.0.store().samples();
        let added = samples.try_in_groups(wave.id, read.units, least).await?;
        Ok(CheckedSample {
            columns: read.columns,
            would: told(&added, &read.lines),
        })
    }

    fn units(&self, wave: &WaveInfo, table: &[u8]) -> Result<Units> {
        let sample = sample::read(table, &wave.engine).map_err(ServiceError::UnsoundSample)?;
        let mut units = Vec::with_capacity(sample.people.len());
        let mut lines = Vec::with_capacity(sample.people.len());
        for person in sample.people {
            let id = UnitId(self.0.chance().uuid_v4()?);
            lines.push(person.line);
            units.push(NewUnit {
                id,
                token_hash: self.0.invitation_of(id).hash(),
                email: person.email,
                language: person.language,
                territory: person.territory,
                variables: serde_json::to_string(&person.variables)
                    .map_err(|error| ServiceError::unreadable("sample", error.to_string()))?,
                // Who has none of it is like all others who have none.
                frame: match person.frame.is_empty() {
                    true => None,
                    false => Some(Value::Object(person.frame).to_string()),
                },
            });
        }
        Ok(Units {
            columns: sample.columns,
            units,
            lines,
        })
    }
}

fn told(added: &AddedUnits, lines: &[u64]) -> ImportedSample {
    let at = |places: &[usize]| {
        let lines = places.iter().filter_map(|at| lines.get(*at).copied());
        lines.collect()
    };
    ImportedSample {
        n_added: added.n_added,
        known_lines: at(&added.known),
        blanked_lines: at(&added.blanked),
    }
}
