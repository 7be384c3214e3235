//! Why a use case did not succeed, in words that know neither HTTP nor SQL.

use crate::chance::NoRandomness;
use crate::import::UnreadableAnswers;
use crate::invitations::{SampleFault, TemplateFault};
use questionnaire::{Diagnostic, Failure};
use store::StoreError;
use thiserror::Error;
use time::OffsetDateTime;

/// The result of every use case.
pub type Result<T, E = ServiceError> = std::result::Result<T, E>;

/// Why a use case did not succeed. [`ServiceError::code`] is stable; messages may change.
#[derive(Debug, Clone, Error)]
#[non_exhaustive]
pub enum ServiceError {
    /// There is no study of this name.
    #[error("there is no study `{0}`")]
    UnknownStudy(String),
    /// There is no wave of this name.
    #[error("there is no wave `{0}`")]
    UnknownWave(String),
    /// The wave has no rehearsal.
    #[error("there is no rehearsal of `{0}`")]
    NoRehearsal(String),
    /// The wave fields another version of its questionnaire since it was rehearsed.
    #[error("the rehearsal is of an earlier version of the questionnaire; remove it first")]
    RehearsalOutdated,
    /// What was asked for makes no sense for a rehearsal.
    #[error("a rehearsal is never opened and has no rehearsal of its own")]
    IsRehearsal,
    /// The wave was removed while it was being worked on.
    #[error("the wave was removed in the meantime")]
    WaveGone,
    /// There is no draft for this respondent: it was purged, or the link is of another wave.
    #[error("there is no draft for this respondent; begin again")]
    UnknownDraft,
    /// The wave takes no responses before its opening.
    #[error("the wave is not open yet")]
    NotYetOpen {
        /// When it opens, by the clocks of its zone, if that is set.
        opens_at: Option<OffsetDateTime>,
        /// IANA name of the zone.
        zone: String,
    },
    /// The wave takes no more responses.
    #[error("the wave is closed")]
    Closed,
    /// The wave has all the responses it takes.
    #[error("the wave has all the responses it takes")]
    Full,
    /// The wave takes answers of invited people only.
    #[error("the wave takes answers of invited people only")]
    NotInvited,
    /// The invitation has been answered.
    #[error("this invitation has been answered")]
    InvitationUsed,
    /// A sample cannot be taken in as it is.
    #[error("the sample has errors")]
    UnsoundSample(Vec<SampleFault>),
    /// A file of answers cannot be read at all.
    #[error("the file of answers cannot be read: {}", .0.code())]
    UnreadableAnswers(UnreadableAnswers),
    /// The text of a mail cannot be used as it is.
    #[error("the text of the mail has errors")]
    UnsoundTemplate(Vec<TemplateFault>),
    /// What must be settled before anybody answers can no longer be changed.
    #[error("the wave has begun")]
    WaveBegun,
    /// The answers cannot be submitted as they are.
    #[error("some answers must be completed or corrected")]
    Invalid(Vec<Failure>),
    /// Several people answer differently, and nobody has chosen.
    #[error("there are several proposals for some answers")]
    Disagreement(Vec<String>),
    /// The draft was submitted; its answers can no longer be changed.
    #[error("these answers have been submitted")]
    AlreadySubmitted,
    /// The idempotency key was used before for something else.
    #[error("this submission key was used for other answers")]
    KeyReused,
    /// There is no response of this identifier in the wave.
    #[error("there is no such response in this wave")]
    UnknownResponse,
    /// A response is set aside for a reason.
    #[error("a response is set aside for a reason; give one")]
    ReasonNeeded,
    /// It cannot be done like this; the reason says what to do instead.
    #[error("{0}")]
    Refused(String),
    /// A questionnaire has errors.
    #[error("the questionnaire has errors")]
    UnsoundQuestionnaire(Vec<Diagnostic>),
    /// There is no time zone of this name.
    #[error("there is no such time zone; give an IANA name as Europe/Paris")]
    BadZone,
    /// It is no moment.
    #[error("this is no moment; give a day and an hour as 2026-03-02T08:00")]
    BadMoment,
    /// Clocks never show this moment: they are put forward over it.
    #[error("clocks are put forward over this moment; give one an hour later")]
    SkippedMoment,
    /// Request data are not as they must be.
    #[error("some fields are not as they must be: {0}")]
    BadRequest(validator::ValidationErrors),
    /// A study is named by the `id` of its questionnaire, which does not change.
    #[error("the questionnaire's `id` is the study's name: lower-case letters, digits, `-`, `_`")]
    BadStudyName,
    /// Somebody else saved in between; nothing was overwritten.
    #[error("somebody else saved in between; look at what they wrote")]
    SavedMeanwhile,
    /// A rehearsal is to have no people, or too many.
    #[error("a rehearsal has between 1 and 1000 people")]
    RehearsalSize,
    /// Nobody can come to the end of the questionnaire, so that there is nobody to make up.
    #[error("nobody can come to the end of this questionnaire; its check says why")]
    NobodyToRehearse,
    /// An edit does not fit the questionnaire.
    #[error("this cannot be changed like that: {0}")]
    EditRefused(questionnaire::document::edit::Refused),
    /// A name that must be unique is taken.
    #[error("this {0} exists already")]
    Taken(&'static str),
    /// Several waves could be meant.
    #[error("the study `{study}` has several waves; name one of {waves:?}")]
    WaveNeeded {
        /// The study.
        study: String,
        /// Its waves.
        waves: Vec<String>,
    },
    /// They see it and may not do that.
    #[error("you may not do this here")]
    Forbidden,
    /// The address or the password is wrong; which one is not told.
    #[error("the e-mail address or the password is wrong")]
    WrongCredentials,
    /// A proof of who somebody is was not accepted; why is not told.
    #[error("this proof is not accepted")]
    NotRecognised,
    /// What needs a fresh sign-in was asked for long after one.
    #[error("sign in again to do this")]
    SignInAgain,
    /// There were too many attempts.
    #[error("too many attempts; try again later")]
    TooMany {
        /// How long to wait.
        wait: time::Duration,
    },
    /// A one-time link was used, revoked, or is too old.
    #[error("this link no longer works")]
    LinkGone,
    /// There is no such account.
    #[error("there is no such account")]
    UnknownAccount,
    /// The e-mail address cannot be one.
    #[error("this is no e-mail address")]
    BadEmail,
    /// A name is empty, too long, or has characters that a name has not.
    #[error("a name has between 1 and 100 characters on one line")]
    BadName,
    /// A period is empty or too long.
    #[error("a token works for 1 to 366 days")]
    BadPeriod,
    /// The password is short or easy to guess.
    #[error("the password is too short or easy to guess")]
    WeakPassword,
    /// Somebody must be able to administer.
    #[error("the last administrator cannot be removed")]
    LastAdministrator,
    /// A study that has an owner keeps one.
    #[error("a study keeps at least one owner")]
    LastOwner,
    /// Results cannot be cut as asked.
    #[error("the results cannot be cut so: {0:?}")]
    BadCut(tally::CutError),
    /// Others were faster, several times in a row; trying again will help.
    #[error("the same answers are being changed elsewhere; try again")]
    Busy,
    /// The database does not answer; trying again later may help.
    #[error("the database is unavailable; try again later")]
    Unavailable(#[source] StoreError),
    /// The program is stopping and begins nothing new.
    #[error("the program is stopping")]
    Stopping,
    /// A fault of the program.
    #[error("internal error")]
    Internal(#[source] InternalError),
}

/// What went wrong inside, for the log.
#[derive(Debug, Clone, Error)]
#[non_exhaustive]
pub enum InternalError {
    /// In the store.
    #[error(transparent)]
    Store(StoreError),
    /// No randomness.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    /// Stored data that this program cannot read.
    #[error("stored {what} cannot be read: {why}")]
    Unreadable {
        /// What.
        what: &'static str,
        /// Why; never stored values.
        why: String,
    },
}

impl ServiceError {
    /// The stable code, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownStudy(_) => "unknown_study",
            Self::UnknownWave(_) => "unknown_wave",
            Self::NoRehearsal(_) => "no_rehearsal",
            Self::RehearsalOutdated => "rehearsal_outdated",
            Self::IsRehearsal => "is_rehearsal",
            Self::WaveGone => "wave_gone",
            Self::Disagreement(_) => "disagreement",
            Self::UnknownDraft => "unknown_draft",
            Self::NotYetOpen { .. } => "wave_not_open",
            Self::Closed => "wave_closed",
            Self::Full => "wave_full",
            Self::NotInvited => "not_invited",
            Self::InvitationUsed => "invitation_used",
            Self::UnsoundSample(_) => "unsound_sample",
            Self::UnreadableAnswers(it) => it.code(),
            Self::UnsoundTemplate(_) => "unsound_template",
            Self::WaveBegun => "wave_begun",
            Self::Invalid(_) => "invalid_answers",
            Self::AlreadySubmitted => "already_submitted",
            Self::KeyReused => "idempotency_key_reused",
            Self::UnknownResponse => "unknown_response",
            Self::ReasonNeeded => "reason_needed",
            Self::Refused(_) => "refused",
            Self::UnsoundQuestionnaire(_) => "unsound_questionnaire",
            Self::BadZone => "bad_zone",
            Self::BadMoment => "bad_moment",
            Self::SkippedMoment => "skipped_moment",
            Self::BadRequest(_) => "bad_request",
            Self::Taken(_) => "taken",
            Self::WaveNeeded { .. } => "wave_needed",
            Self::Forbidden => "forbidden",
            Self::BadStudyName => "bad_study_name",
            Self::SavedMeanwhile => "saved_meanwhile",
            Self::RehearsalSize => "rehearsal_size",
            Self::NobodyToRehearse => "nobody_to_rehearse",
            Self::EditRefused(it) => crate::writing::editing::code(it),
            Self::WrongCredentials => "wrong_credentials",
            Self::NotRecognised => "not_recognised",
            Self::SignInAgain => "sign_in_again",
            Self::TooMany { .. } => "too_many_attempts",
            Self::LinkGone => "link_gone",
            Self::UnknownAccount => "unknown_account",
            Self::BadEmail => "bad_email",
            Self::BadName => "bad_name",
            Self::BadPeriod => "bad_period",
            Self::WeakPassword => "weak_password",
            Self::LastAdministrator => "last_administrator",
            Self::LastOwner => "last_owner",
            Self::BadCut(_) => "bad_cut",
            Self::Busy => "busy",
            Self::Unavailable(_) => "unavailable",
            Self::Stopping => "stopping",
            Self::Internal(_) => "internal",
        }
    }

    pub(crate) fn unreadable(what: &'static str, why: impl Into<String>) -> Self {
        Self::Internal(InternalError::Unreadable {
            what,
            why: why.into(),
        })
    }
}

impl From<StoreError> for ServiceError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(_) => Self::Unavailable(error),
            StoreError::Stale => Self::Busy,
            StoreError::Refused(why) => Self::Refused(why),
            StoreError::NotFound("wave") => Self::WaveGone,
            StoreError::NotFound("account" | "member") => Self::UnknownAccount,
            StoreError::NotFound("link") => Self::LinkGone,
            StoreError::Conflict(conflict) => match conflict {
                store::Conflict::KeyReused => Self::KeyReused,
                store::Conflict::WaveNotOpen => Self::Closed,
                store::Conflict::DraftSubmitted => Self::AlreadySubmitted,
                store::Conflict::FewAlike => Self::UnsoundSample(vec![SampleFault::few_alike()]),
                store::Conflict::IsRehearsal => Self::IsRehearsal,
                store::Conflict::NotInvited => Self::NotInvited,
                store::Conflict::InvitationUsed => Self::InvitationUsed,
                store::Conflict::WaveFull => Self::Full,
                store::Conflict::WaveBegun => Self::WaveBegun,
                store::Conflict::Taken(what) => Self::Taken(what),
                store::Conflict::LastAdministrator => Self::LastAdministrator,
                store::Conflict::LastOwner => Self::LastOwner,
                other => Self::Internal(InternalError::Store(other.into())),
            },
            other => Self::Internal(InternalError::Store(other)),
        }
    }
}

impl From<NoRandomness> for ServiceError {
    fn from(error: NoRandomness) -> Self {
        Self::Internal(error.into())
    }
}

impl From<validator::ValidationErrors> for ServiceError {
    fn from(errors: validator::ValidationErrors) -> Self {
        Self::BadRequest(errors)
    }
}
