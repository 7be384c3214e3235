//! What the store gives and takes about invitations: plain values, as in `records.rs`.

use crate::{MessageId, ResponseId, UnitId, WaveId};
use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

/// Who may answer a wave.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Default,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// Whoever has the address of the wave.
    #[default]
    #[sea_orm(string_value = "open")]
    Open,
    /// Invited people only, once each.
    #[sea_orm(string_value = "invitation")]
    Invitation,
    /// Whoever has the address of the wave; invited people once each.
    #[sea_orm(string_value = "both")]
    Both,
}

/// What changes about who may answer; `None` leaves it as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AccessChange {
    /// Who may answer.
    pub access: Option<Access>,
    /// After how many responses the wave is full; within, `None` for never.
    pub max_responses: Option<Option<i64>>,
    /// Whether responses must not be linked to anybody. Fixed once the wave has begun.
    pub anonymous: Option<bool>,
}

/// Somebody to be asked to answer a wave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUnit {
    /// The random key.
    pub id: UnitId,
    /// The address.
    pub email: String,
    /// The language to write in, if it is known.
    pub language: Option<String>,
    /// The territory, if it is known.
    pub territory: Option<String>,
    /// The frame variables, as JSON text.
    pub variables: String,
    /// What the questionnaire takes of them into the response, as JSON text.
    pub frame: Option<String>,
    /// The hash of the invitation's secret.
    pub token_hash: String,
}

/// What became of units that were to be added.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AddedUnits {
    /// How many were added.
    pub n_added: usize,
    /// The places, among those given, of units whose address was in the sample before.
    pub known: Vec<usize>,
    /// The places of units of whom nothing is taken into their response, in an anonymous wave: too few
    /// others are alike.
    pub blanked: Vec<usize>,
}

/// How many units have come equally far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitCounts {
    /// Whether they have followed their link.
    pub opened: bool,
    /// Whether they have begun to answer.
    pub began: bool,
    /// Whether they have submitted a response.
    pub answered: bool,
    /// Whether they do not want to be written to.
    pub opted_out: bool,
    /// Whether their address does not exist.
    pub bounced: bool,
    /// How many they are.
    pub n: i64,
    /// How many reminders they were sent together.
    pub n_reminders: i64,
}

/// Somebody who is asked to answer a wave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleUnit {
    /// The random key.
    pub id: UnitId,
    /// The wave.
    pub wave: WaveId,
    /// The address, unless it has been erased.
    pub email: Option<String>,
    /// The language to write in, if it is known.
    pub language: Option<String>,
    /// The territory, if it is known.
    pub territory: Option<String>,
    /// The frame variables, as JSON text.
    pub variables: String,
    /// What the questionnaire takes of them into the response, as JSON text.
    pub frame: Option<String>,
    /// Whether the link was followed.
    pub opened: bool,
    /// Whether a response was begun.
    pub began: bool,
    /// Whether a response was submitted.
    pub answered: bool,
    /// Whether they do not want to be written to.
    pub opted_out: bool,
    /// Whether their address does not exist.
    pub bounced: bool,
    /// How many reminders were sent.
    pub n_reminders: i32,
}

/// Whose response one is, in a wave that is not anonymous.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Participation {
    /// Who.
    pub unit: UnitId,
    /// Which response.
    pub response: ResponseId,
}

/// What a mail is for.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum MailKind {
    /// The first letter to a unit of a sample.
    #[sea_orm(string_value = "invitation")]
    Invitation,
    /// A later one, to who has not answered.
    #[sea_orm(string_value = "reminder")]
    Reminder,
    /// Anything else.
    #[sea_orm(string_value = "other")]
    Other,
}

/// How far a mail has come.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum MailState {
    /// To be sent.
    #[sea_orm(string_value = "queued")]
    Queued,
    /// A mail server has taken it.
    #[sea_orm(string_value = "sent")]
    Sent,
    /// Given up after many attempts.
    #[sea_orm(string_value = "failed")]
    Failed,
    /// The address does not exist.
    #[sea_orm(string_value = "bounced")]
    Bounced,
}

/// A mail to a unit of a sample, to be queued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMail {
    /// The random key.
    pub id: MessageId,
    /// To whom.
    pub unit: UnitId,
    /// The subject.
    pub subject: String,
    /// The text, without the secret.
    pub body: String,
}

/// A mail that has been taken from the queue to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The same at every attempt.
    pub id: MessageId,
    /// The unit it goes to, if it is about an invitation.
    pub unit: Option<UnitId>,
    /// The hash of that unit's secret.
    pub token_hash: Option<String>,
    /// What it is for.
    pub kind: MailKind,
    /// How often it was tried, this attempt included.
    pub attempts: i32,
    /// The address.
    pub recipient: String,
    /// The subject.
    pub subject: String,
    /// The text, without the secret.
    pub body: String,
}

/// A text of a wave's mails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailTemplate {
    /// The wave.
    pub wave: WaveId,
    /// For which mails.
    pub kind: MailKind,
    /// In which language.
    pub language: String,
    /// The subject, with fills.
    pub subject: String,
    /// The text, with fills.
    pub body: String,
}

/// How many mails of one kind are in one state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MailCounts {
    /// The kind.
    pub kind: MailKind,
    /// The state.
    pub state: MailState,
    /// How many.
    pub n: i64,
}
