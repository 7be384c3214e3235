//! The team as the store gives and takes it: accounts, sessions, roles, links, access tokens.

use crate::{AccountId, LinkId, StudyId, TokenId};
use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

/// Somebody of the team.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// The key.
    pub id: AccountId,
    /// The e-mail address, in lower case; unique.
    pub email: String,
    /// What others call them.
    pub name: String,
    /// The password's hash as a PHC string; without one they sign in by other means.
    pub password: Option<String>,
    /// Whether they may do everything, in every study.
    pub is_administrator: bool,
    /// When it was created.
    pub created_at: OffsetDateTime,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// What a member may do in a study. What each role allows is decided in the service.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything, members included.
    #[sea_orm(string_value = "owner")]
    Owner,
    /// Designs, publishes, fields.
    #[sea_orm(string_value = "organiser")]
    Organiser,
    /// Reads tallies, takes data out, sets responses aside.
    #[sea_orm(string_value = "analyst")]
    Analyst,
    /// Enters data.
    #[sea_orm(string_value = "correspondent")]
    Correspondent,
    /// Looks at results.
    #[sea_orm(string_value = "viewer")]
    Viewer,
}

impl Role {
    /// All of them, the most powerful first.
    pub const ALL: [Self; 5] = [
        Self::Owner,
        Self::Organiser,
        Self::Analyst,
        Self::Correspondent,
        Self::Viewer,
    ];

    /// The code in files, forms and addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Organiser => "organiser",
            Self::Analyst => "analyst",
            Self::Correspondent => "correspondent",
            Self::Viewer => "viewer",
        }
    }

    /// The role of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// How somebody proved who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Means {
    /// With a password.
    #[sea_orm(string_value = "password")]
    Password,
    /// With a passkey.
    #[sea_orm(string_value = "passkey")]
    Passkey,
    /// Through an OpenID provider.
    #[sea_orm(string_value = "openid")]
    OpenId,
    /// With a one-time link.
    #[sea_orm(string_value = "link")]
    Link,
}

/// A signed-in browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The digest of the secret in its cookie: its key.
    pub secret_hash: String,
    /// Whose it is.
    pub account: AccountId,
    /// How they signed in.
    pub means: Means,
    /// What the browser calls itself, for recognising it in a list; no address is kept.
    pub agent: String,
    /// When it was opened.
    pub opened_at: OffsetDateTime,
    /// When it was last used, to a few minutes.
    pub seen_at: OffsetDateTime,
    /// When it ends, however much it is used.
    pub ends_at: OffsetDateTime,
}

/// What a one-time link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Purpose {
    /// Creates the first account.
    #[sea_orm(string_value = "administrator")]
    Administrator,
    /// Joins a study, with a new account or one that exists.
    #[sea_orm(string_value = "join")]
    Join,
    /// Sets a new password.
    #[sea_orm(string_value = "recover")]
    Recover,
}

/// A link that works once and for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountLink {
    /// The digest of its secret: its key.
    pub secret_hash: String,
    /// Its name, for revoking it.
    pub id: LinkId,
    /// What it is for.
    pub purpose: Purpose,
    /// Whom it was made for.
    pub email: Option<String>,
    /// The account that it is about.
    pub account: Option<AccountId>,
    /// The study that it leads to, and in which role.
    pub study: Option<(StudyId, Role)>,
    /// Until when it works.
    pub ends_at: OffsetDateTime,
}

/// A personal access token for programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessToken {
    /// The key.
    pub id: TokenId,
    /// The digest of its secret.
    pub secret_hash: String,
    /// Whose it is.
    pub account: AccountId,
    /// The one study that it opens.
    pub study: StudyId,
    /// What it may do there at most: never more than its owner's role allows at that moment.
    pub scope: Role,
    /// What its owner calls it.
    pub name: String,
    /// When it was created.
    pub created_at: OffsetDateTime,
    /// The last day on which it works.
    pub ends_on: Date,
    /// The last day on which it was used.
    pub used_on: Option<Date>,
}

/// Something that was done, to be written down with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAudit {
    /// When.
    pub at: OffsetDateTime,
    /// Who, if it was an account.
    pub account: Option<AccountId>,
    /// Who, in words that outlive the account.
    pub actor: String,
    /// What: a stable code such as `member.add`.
    pub action: &'static str,
    /// In which study.
    pub study: Option<StudyId>,
    /// To what or whom; never an answer, never a secret.
    pub subject: String,
    /// What was, as JSON text.
    pub before: Option<String>,
    /// What is, as JSON text.
    pub after: Option<String>,
}

/// An entry of the audit log. Each holds a hash over itself and the one before it: an entry that
/// is changed or taken out afterwards breaks the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuditEntry {
    /// 1, 2, 3…
    pub number: i64,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// Who, if it was an account.
    pub account: Option<AccountId>,
    /// Who, in words.
    pub actor: String,
    /// What.
    pub action: String,
    /// In which study.
    pub study: Option<StudyId>,
    /// To what or whom.
    pub subject: String,
    /// What was, as JSON text.
    pub before: Option<String>,
    /// What is, as JSON text.
    pub after: Option<String>,
    /// The hash over all this and the hash of the entry before.
    pub hash: String,
}

impl AuditEntry {
    /// The hash that the entry must have after one with the hash `previous` (empty for the first).
    #[must_use]
    pub fn expected_hash(&self, previous: &str) -> String {
        use sha2::{Digest, Sha256};
        let moment = self.at.unix_timestamp_nanos() / 1_000;
        let id = |id: Option<uuid::Uuid>| id.map(|it| it.simple().to_string());
        let parts = [
            Some(previous.to_owned()),
            Some(self.number.to_string()),
            // Microseconds: what both databases keep.
            Some(moment.to_string()),
            id(self.account.map(|it| it.0)),
            Some(self.actor.clone()),
            Some(self.action.clone()),
            id(self.study.map(|it| it.0)),
            Some(self.subject.clone()),
            self.before.clone(),
            self.after.clone(),
        ];
        let mut hasher = Sha256::new();
        for part in parts {
            // The length before each part, and one more than any for none: boundaries count.
            let length = part.as_ref().map_or(u64::MAX, |it| it.len() as u64);
            hasher.update(length.to_be_bytes());
            hasher.update(part.unwrap_or_default());
        }
        use std::fmt::Write;
        hasher
            .finalize()
            .iter()
            .fold(String::with_capacity(64), |mut text, byte| {
                // Writing to a String cannot fail.
                let _ = write!(text, "{byte:02x}");
                text
            })
    }
}
