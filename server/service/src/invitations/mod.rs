//! Invitations: who is asked to answer a wave, the mails that ask them, and who has answered.
//!
//! Reading order: `token.rs` (the secret in a link), `sample.rs` (a table of people, read), `template.rs`
//! (the text of a mail, with fills), `mails.rs` (which text goes to whom), `status.rs` (how far it is).

mod address;
mod mails;
mod sample;
mod status;
mod template;
mod token;

pub use mails::Preview;
pub use sample::{SampleFault, SampleFaultKind};
pub use status::SampleStatus;
pub use template::{TemplateFault, TemplateFaultKind};
pub use token::InvitationToken;

pub(crate) use template::with_links;

use crate::team::{Field, May};
use crate::{Result, ServiceError, Services, WaveInfo};
use serde_json::{Map, Value, json};
use store::{Access, AccessChange, NewUnit, SampleUnit, UnitId};

/// Invitations, reached through [`Services::invitations`].
#[derive(Debug)]
pub struct Invitations<'a>(pub(crate) &'a Services);

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

/// Somebody who came with an invitation.
#[derive(Debug, Clone)]
pub struct Invited {
    /// The wave they are asked to answer.
    pub wave: WaveInfo,
    /// The language they were written in, if it was known.
    pub language: Option<String>,
    /// Whether they have answered.
    pub has_answered: bool,
    /// Whether they do not want to be written to.
    pub has_opted_out: bool,
    unit: UnitId,
}

/// How somebody stands to a wave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// They may answer: they are invited, or whoever comes may.
    Welcome,
    /// The wave takes answers of invited people only, and they are not known to be one.
    NotInvited,
    /// They were invited and have answered.
    HasAnswered,
}

impl Invitations<'_> {
    /// Changes who may answer a wave.
    ///
    /// # Errors
    /// [`ServiceError::WaveBegun`] if its anonymity was to change although somebody has begun;
    /// [`ServiceError::IsRehearsal`]; [`ServiceError::WaveGone`]; [`ServiceError::UnknownWave`] if it
    /// is of another study.
    pub async fn set_access(
        &self,
        may: &May<Field>,
        wave: &WaveInfo,
        change: AccessChange,
    ) -> Result<()> {
        may.must_hold(wave)?;
        let mut entry = may.entry(self.0.now(), "wave.access", &wave.slug);
        let words = json!({
            "access": change.access,
            "max_responses": change.max_responses,
            "anonymous": change.anonymous,
        });
        entry.after = Some(words.to_string());
        self.0.store().samples().set_access(wave.id, change).await?;
        Ok(self.0.store().audit().note(entry).await?)
    }

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

    /// Takes a sample in: a table (CSV, or the first sheet of a workbook) with a column of e-mail addresses, perhaps of languages and
    /// territories; every other column is a frame variable. All or nothing; people known by their
    /// address stay as they were.
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
        let people = sample::read(table, &wave.engine).map_err(ServiceError::UnsoundSample)?;
        let mut units = Vec::with_capacity(people.len());
        let mut lines = Vec::with_capacity(people.len());
        for person in people {
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
        let samples = self.0.store().samples();
        let added = samples.add_in_groups(wave.id, units, least).await?;
        let mut entry = may.entry(self.0.now(), "sample.import", &wave.slug);
        let words = json!({
            "people": added.n_added,
            "least_group": least,
            "blanked": added.blanked.len(),
        });
        entry.after = Some(words.to_string());
        self.0.store().audit().note(entry).await?;
        let at = |places: &[usize]| {
            let lines = places.iter().filter_map(|at| lines.get(*at).copied());
            lines.collect()
        };
        Ok(ImportedSample {
            n_added: added.n_added,
            known_lines: at(&added.known),
            blanked_lines: at(&added.blanked),
        })
    }

    /// Who holds an invitation, if it is one.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn find(&self, token: &InvitationToken) -> Result<Option<Invited>> {
        let Some(unit) = self.unit(token).await? else {
            return Ok(None);
        };
        let wave = self.0.waves().by_id(unit.wave).await?;
        Ok(wave.map(|wave| Invited {
            wave,
            language: unit.language,
            has_answered: unit.answered,
            has_opted_out: unit.opted_out,
            unit: unit.id,
        }))
    }

    /// Notes that the link was followed. Programs that look at mails follow links too, so this says
    /// less than it seems to.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn note_opened(&self, invited: &Invited) -> Result<()> {
        Ok(self.0.store().samples().note_opened(invited.unit).await?)
    }

    /// Writes to somebody no more, about this wave. Their invitation stays good.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn opt_out(&self, invited: &Invited) -> Result<()> {
        let samples = self.0.store().samples();
        Ok(samples.note_opted_out(invited.unit).await?)
    }

    /// How the holder of an invitation, or of none, stands to a wave.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn standing(
        &self,
        wave: &WaveInfo,
        token: Option<&InvitationToken>,
    ) -> Result<Standing> {
        let unit = match token {
            Some(token) => self.unit(token).await?.filter(|it| it.wave == wave.id),
            None => None,
        };
        Ok(match (unit, wave.access) {
            (Some(unit), _) if unit.answered => Standing::HasAnswered,
            (None, Access::Invitation) => Standing::NotInvited,
            (Some(_), _) | (None, Access::Open | Access::Both) => Standing::Welcome,
        })
    }

    /// Has the database forget in which order people answered and left their contact details, where its
    /// files remember: see `store::Samples::forget_order`. To be called every few minutes.
    ///
    /// # Errors
    /// [`ServiceError::Unavailable`] if the database does not answer.
    pub async fn forget_order(&self) -> Result<()> {
        Ok(self.0.store().samples().forget_order().await?)
    }

    /// What the sample says of whoever holds an invitation, as answers of a draft.
    pub(crate) async fn frame(&self, token: &InvitationToken) -> Result<Map<String, Value>> {
        let unit = self.unit(token).await?;
        let Some(frame) = unit.and_then(|it| it.frame) else {
            return Ok(Map::new());
        };
        serde_json::from_str(&frame)
            .map_err(|error| ServiceError::unreadable("sample unit", error.to_string()))
    }

    async fn unit(&self, token: &InvitationToken) -> Result<Option<SampleUnit>> {
        Ok(self.0.store().samples().by_token(&token.hash()).await?)
    }
}
