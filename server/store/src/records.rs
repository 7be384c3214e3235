//! What the store gives and takes: plain values without any of the database in them.

use crate::{
    Access, AccountId, ContactId, DraftId, ResponseId, Revision, SealedCode, StudyId, VersionId,
    WaveId,
};
use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

/// A project: it owns questionnaires and waves.
#[derive(Debug, Clone, PartialEq)]
pub struct Study {
    /// The key.
    pub id: StudyId,
    /// The name in addresses and on the command line.
    pub slug: String,
    /// The title in each language, as JSON text.
    pub title: String,
    /// When it was created.
    pub created_at: OffsetDateTime,
}

/// One save of the questionnaire that a study's organisers are writing.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkingVersion {
    /// The study.
    pub study: StudyId,
    /// Counts the saves of the study, from 1 on.
    pub revision: i64,
    /// The text of its author.
    pub source: String,
    /// When.
    pub saved_at: OffsetDateTime,
    /// Who; nobody where the program did.
    pub account: Option<AccountId>,
}

/// A save to be made.
#[derive(Debug, Clone)]
pub struct NewWorkingVersion {
    /// The study.
    pub study: StudyId,
    /// The text of its author.
    pub source: String,
    /// The save that was read; 0 if there was none.
    pub after: i64,
    /// Who saves.
    pub account: Option<AccountId>,
    /// When.
    pub saved_at: OffsetDateTime,
    /// What it does with an earlier save.
    pub deed: Deed,
}

/// What a save does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Writes something new.
    Write,
    /// Takes the save of this number back.
    Undo(i64),
    /// Makes the save of this number again.
    Redo(i64),
}

/// A save without its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Its number.
    pub revision: i64,
    /// Who; nobody where the program did.
    pub account: Option<AccountId>,
    /// What it does.
    pub deed: Deed,
}

/// A questionnaire as it was published; it never changes.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionnaireVersion {
    /// The key.
    pub id: VersionId,
    /// The study it belongs to.
    pub study: StudyId,
    /// 1, 2, 3… within the study.
    pub number: i32,
    /// The hash of its content; unique within the study.
    pub content_hash: String,
    /// The file as it was written.
    pub source: String,
    /// When it was published.
    pub created_at: OffsetDateTime,
}

/// A questionnaire to be published.
#[derive(Debug, Clone)]
pub struct NewVersion {
    /// The key, if it turns out to be new.
    pub id: VersionId,
    /// The study it belongs to.
    pub study: StudyId,
    /// The hash of its content.
    pub content_hash: String,
    /// The file as it was written.
    pub source: String,
    /// Its title in each language, as JSON text: the study's from now on.
    pub title: String,
    /// The present moment.
    pub created_at: OffsetDateTime,
}

/// Whether a wave takes responses.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum WaveState {
    /// Being prepared.
    #[sea_orm(string_value = "draft")]
    Draft,
    /// Takes responses, within its dates if it has any.
    #[sea_orm(string_value = "open")]
    Open,
    /// Takes no more responses.
    #[sea_orm(string_value = "closed")]
    Closed,
}

/// One fielding of a questionnaire version.
#[derive(Debug, Clone, PartialEq)]
pub struct Wave {
    /// The key.
    pub id: WaveId,
    /// The name in addresses.
    pub slug: String,
    /// The study it belongs to.
    pub study: StudyId,
    /// The questionnaire version that is fielded.
    pub version: VersionId,
    /// Whether it takes responses.
    pub state: WaveState,
    /// From when on it takes responses.
    pub opens_at: Option<OffsetDateTime>,
    /// Until when it takes responses.
    pub closes_at: Option<OffsetDateTime>,
    /// Whether responses must not be linked to anybody.
    pub anonymous: bool,
    /// When it was created.
    pub created_at: OffsetDateTime,
    /// The wave that it is a rehearsal of: its responses are made up, and it is always closed.
    pub rehearsal_of: Option<WaveId>,
    /// Who may answer.
    pub access: Access,
    /// After how many responses it takes no more.
    pub max_responses: Option<i64>,
    /// IANA name of the time zone in which its moments were said.
    pub zone: String,
    /// Spoken to people whose language is not known; `None` for the questionnaire's first.
    pub language: Option<String>,
    /// The save of the study's working version that it is a rehearsal of, where it is of no wave; it is its own
    /// [`rehearsal_of`](Self::rehearsal_of) then.
    pub rehearses_save: Option<i64>,
    /// What people read who come when it takes no more responses, by language, as JSON text.
    pub closing_message: Option<String>,
}

/// A rehearsal of a study's working version, with all its responses.
#[derive(Debug, Clone)]
pub struct NewRehearsal {
    /// The wave: closed, pointing to itself, with the save that it rehearses.
    pub wave: Wave,
    /// The text that was saved; it is kept as long as the rehearsal is, and never among the published versions.
    pub source: String,
    /// The hash of its content.
    pub content_hash: String,
    /// The made-up responses.
    pub responses: Vec<Response>,
}

/// From when to when a wave takes responses, and how it says so.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WaveDates {
    /// From when on it takes responses.
    pub opens_at: Option<OffsetDateTime>,
    /// Until when it takes responses.
    pub closes_at: Option<OffsetDateTime>,
    /// IANA name of the time zone in which these moments were said; `None` leaves it as it is.
    pub zone: Option<String>,
    /// Spoken to people whose language is not known; `None` leaves it as it is.
    pub language: Option<String>,
}

/// What becomes different about when a wave takes responses, and about what it says then and after.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WaveChange {
    /// Its state; `None` leaves it as it is.
    pub state: Option<WaveState>,
    /// Its dates; `None` leaves them as they are.
    pub dates: Option<WaveDates>,
    /// Its closing message; `None` leaves it as it is, `Some(None)` takes it away.
    pub closing_message: Option<Option<String>>,
}

/// A stored response: what was submitted, and the version it answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// The random key within the wave.
    pub id: ResponseId,
    /// The questionnaire version that was answered.
    pub version: VersionId,
    /// The answer sheet as JSON text.
    pub sheet: String,
    /// The hash of the sheet.
    pub content_hash: String,
}

/// A response to be stored.
#[derive(Debug, Clone)]
pub struct Submission {
    /// The wave it answers.
    pub wave: WaveId,
    /// The response.
    pub response: Response,
    /// Recognises a repeated submission.
    pub idempotency: Option<IdempotencyKey>,
    /// The draft it comes from, at the save that was evaluated.
    pub draft: Option<DraftAt>,
    /// Contact details given along with it.
    pub contacts: Vec<NewContact>,
    /// Whether the wave must be open. An import may add to a closed wave.
    pub only_if_open: bool,
    /// Today; counted, not stored with the response.
    pub day: Date,
}

/// Names one submission, whatever number of times it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// The hash of the key the client chose.
    pub key_hash: String,
    /// The hash of what was sent under it.
    pub body_hash: String,
}

/// A draft at one of its saves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DraftAt {
    /// The draft.
    pub id: DraftId,
    /// The save.
    pub revision: i64,
}

/// What became of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Submitted {
    /// It is stored now, and the wave is at this revision.
    Added(ResponseId, Revision),
    /// It was stored before, with the same content.
    Unchanged(ResponseId),
}

impl Submitted {
    /// The response, stored now or before.
    #[must_use]
    pub fn response(self) -> ResponseId {
        match self {
            Self::Added(id, _) | Self::Unchanged(id) => id,
        }
    }
}

/// How a response changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum ChangeKind {
    /// It was added.
    #[sea_orm(string_value = "submit")]
    Submit,
    /// Its sheet was replaced, or it began or ceased to count.
    #[sea_orm(string_value = "correct")]
    Correct,
    /// It was removed.
    #[sea_orm(string_value = "withdraw")]
    Withdraw,
}

/// One stored change of a wave's responses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The revision it led to.
    pub revision: Revision,
    /// What happened.
    pub kind: ChangeKind,
    /// To which response.
    pub response: ResponseId,
}

/// The changes after a revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changes {
    /// All of them, in order; empty when there are none.
    Since(Vec<Change>),
    /// Some were purged: read all responses again. The wave is at this revision.
    Purged(Revision),
}

/// How many responses arrived on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival {
    /// The day.
    pub day: Date,
    /// How many.
    pub n_responses: i64,
}

/// Whether a draft can still be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum DraftState {
    /// Being answered.
    #[sea_orm(string_value = "open")]
    Open,
    /// Submitted, and emptied by it.
    #[sea_orm(string_value = "submitted")]
    Submitted,
}

/// The answers of a respondent who has not submitted yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The key.
    pub id: DraftId,
    /// The wave it answers.
    pub wave: WaveId,
    /// The questionnaire version it answers.
    pub version: VersionId,
    /// Whether it can still be answered.
    pub state: DraftState,
    /// The answers so far, off-path ones included, as JSON text; `{}` once submitted.
    pub sheet: String,
    /// The furthest page shown.
    pub page: Option<String>,
    /// The language it is answered in.
    pub language: String,
    /// Counts the saves.
    pub revision: i64,
    /// The response's code, sealed with the draft's secret; older drafts have none.
    pub sealed_code: Option<String>,
    /// How many corrections of the submitted response were begun; an open draft with any holds
    /// one of them.
    pub correction: i64,
    /// Whether the team types it in for somebody who gave the answers another way.
    pub is_entry: bool,
}

/// A draft to be opened.
#[derive(Debug, Clone)]
pub struct NewDraft {
    /// The key.
    pub id: DraftId,
    /// The wave it answers.
    pub wave: WaveId,
    /// The questionnaire version it answers.
    pub version: VersionId,
    /// The hash of the secret that finds it again.
    pub token_hash: String,
    /// The language it is answered in.
    pub language: String,
    /// The answers to begin with, as JSON text.
    pub sheet: String,
    /// Today.
    pub day: Date,
    /// The code of the response to come.
    pub code: Option<SealedCode>,
}

/// One save of a draft.
#[derive(Debug, Clone)]
pub struct DraftSave {
    /// The draft, at the save that was read before.
    pub draft: DraftAt,
    /// The answers, as JSON text.
    pub sheet: String,
    /// The furthest page shown.
    pub page: Option<String>,
    /// The language it is answered in.
    pub language: String,
    /// Today.
    pub day: Date,
}

/// How far the respondents of a wave have come. Entries are not theirs and are not among them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Progress {
    /// Drafts opened and not purged, submitted ones included.
    pub n_opened: i64,
    /// Drafts submitted.
    pub n_submitted: i64,
    /// Unsubmitted drafts by the furthest page shown; `None` where no page was shown yet.
    pub reached: Vec<(Option<String>, i64)>,
}

/// Contact details to be stored, apart from the answers.
#[derive(Debug, Clone)]
pub struct NewContact {
    /// The random key.
    pub id: ContactId,
    /// What was given, as JSON text.
    pub details: String,
    /// The wording that was agreed to, as JSON text.
    pub consent: String,
    /// Whether the respondent agreed that their answers may be linked to them.
    pub linked: bool,
}

/// Stored contact details.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The random key.
    pub id: ContactId,
    /// The questionnaire version that asked for it.
    pub version: VersionId,
    /// What was given, as JSON text.
    pub details: String,
    /// The wording that was agreed to, as JSON text.
    pub consent: String,
    /// The response, only where the respondent agreed to the link.
    pub response: Option<ResponseId>,
}
