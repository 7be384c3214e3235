//! What the team's own pages show: everything a handler has to load before it draws.

/// Somebody who is signed in, as the head of every page names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// What others call them.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
}

/// Why a form comes back. Each has its words in the catalogue, under `team-error-` and this code.
pub type ErrorCode = &'static str;

/// `/studio/sign-in`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignInScreen {
    /// Where to go after it.
    pub next: String,
    /// What was typed.
    pub email: String,
    /// Whether whoever is signed in is to prove it again.
    pub is_again: bool,
    /// Whether passkeys sign in here.
    pub passkeys: bool,
    /// What the OpenID provider is called, where there is one.
    pub provider: Option<String>,
    /// Why it comes back.
    pub error: Option<ErrorCode>,
}

/// `/studio/recover`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecoverScreen {
    /// Whether mails can be sent from here.
    pub can_mail: bool,
    /// Whether the form was sent: the same is said whoever asked.
    pub is_sent: bool,
    /// Why it comes back.
    pub error: Option<ErrorCode>,
}

/// What a one-time link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkScreen {
    /// Creates the administrator.
    Administrator {
        /// Where the form posts.
        action: String,
        /// What was typed.
        email: String,
        /// What was typed.
        name: String,
        /// Why it comes back.
        error: Option<ErrorCode>,
    },
    /// Joins a study with a new account.
    Join {
        /// Where the form posts.
        action: String,
        /// The study's title.
        study: String,
        /// The role's code.
        role: &'static str,
        /// The address that was invited.
        email: String,
        /// What was typed.
        name: String,
        /// What the OpenID provider is called through which one may join, if there is one.
        provider: Option<String>,
        /// The link's secret.
        link: String,
        /// Why it comes back.
        error: Option<ErrorCode>,
    },
    /// Joins a study with the account that the address has.
    Accept {
        /// Where the form posts.
        action: String,
        /// The study's title.
        study: String,
        /// The role's code.
        role: &'static str,
        /// The address that was invited.
        email: String,
        /// Where to sign in first, for whoever is not signed in with this address.
        sign_in: Option<String>,
    },
    /// Sets a new password.
    Recover {
        /// Where the form posts.
        action: String,
        /// Of which account.
        email: String,
        /// Why it comes back.
        error: Option<ErrorCode>,
    },
}

/// A study in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudyLine {
    /// Its name in addresses.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Language of the title.
    pub language: String,
    /// The code of their role.
    pub role: &'static str,
}

/// A study's pages have this in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudyHead {
    /// Who looks.
    pub who: Person,
    /// Its name in addresses.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Language of the title.
    pub language: String,
    /// Whether they may read the audit log.
    pub may_audit: bool,
    /// Whether they may write the questionnaire.
    pub may_design: bool,
}

/// `/studio/{study}`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudyScreen {
    /// The head.
    pub head: StudyHead,
    /// The code of their role.
    pub role: &'static str,
    /// Its waves.
    pub waves: Vec<WaveLine>,
    /// Whether they may make one.
    pub may_field: bool,
}

/// A wave in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaveLine {
    /// Its name in addresses.
    pub slug: String,
    /// Whether it takes responses: `open`, `closed`, `not-yet`.
    pub state: &'static str,
    /// How many responses it has, for those who may see results.
    pub n_responses: Option<u64>,
    /// Where its results are, for those who may see them.
    pub results: Option<String>,
    /// Where it is settled, for those who may.
    pub settings: Option<String>,
    /// Where responses are entered, for those who may.
    pub entry: Option<String>,
    /// Where responses are set aside, for those who may.
    pub admissibility: Option<String>,
    /// Where respondents begin.
    pub respond: String,
}

/// `/studio/{study}/members`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MembersScreen {
    /// The head.
    pub head: StudyHead,
    /// The members.
    pub members: Vec<MemberLine>,
    /// Those who were invited, for whoever manages members.
    pub invited: Option<Vec<InvitedLine>>,
    /// The link just made, shown once: for whom, and what.
    pub new_link: Option<(String, String)>,
    /// What was typed.
    pub email: String,
    /// Why the form comes back.
    pub error: Option<ErrorCode>,
}

/// A member in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberLine {
    /// Their key.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The code of their role.
    pub role: &'static str,
}

/// Somebody invited, in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitedLine {
    /// The link's key.
    pub id: String,
    /// Their address.
    pub email: String,
    /// The code of the role.
    pub role: &'static str,
    /// The last day, ISO.
    pub until: String,
}

/// `/studio/{study}/audit`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditScreen {
    /// The head.
    pub head: StudyHead,
    /// The latest entries, latest first.
    pub entries: Vec<AuditLine>,
}

/// An entry of the audit log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditLine {
    /// Its number.
    pub number: i64,
    /// When: day, ISO.
    pub day: String,
    /// When: hours and minutes, UTC.
    pub time: String,
    /// Who.
    pub actor: String,
    /// What: the code, which has words in the catalogue under `team-did-` with `.` as `-`.
    pub action: String,
    /// To what or whom.
    pub subject: String,
    /// What was, if that is told.
    pub before: Option<String>,
    /// What is, if that is told.
    pub after: Option<String>,
}

/// `/studio/account`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountScreen {
    /// Who looks.
    pub who: Person,
    /// Whether they have a password: whoever joined through a provider has none.
    pub has_password: bool,
    /// Their passkeys, where there can be some.
    pub passkeys: Option<PasskeysBox>,
    /// Whom an OpenID provider knows them as, where there is one.
    pub identity: Option<IdentityBox>,
    /// Their open sessions.
    pub sessions: Vec<SessionLine>,
    /// Their tokens.
    pub tokens: Vec<TokenLine>,
    /// The studies that a token can be made for, with the roles that it can have.
    pub scopes: Vec<(StudyLine, Vec<&'static str>)>,
    /// The token just made, shown once.
    pub new_token: Option<String>,
    /// Which form comes back, and why.
    pub error: Option<(AccountForm, ErrorCode)>,
    /// What was done just now; its words stand under `team-done-` and this code.
    pub done: Option<&'static str>,
}

/// The forms of the account page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountForm {
    /// The name.
    Name,
    /// The password.
    Password,
    /// A new token.
    Token,
}

/// The passkeys of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasskeysBox {
    /// Those there are.
    pub lines: Vec<PasskeyLine>,
    /// Whether the last sign-in is fresh enough to change them.
    pub is_fresh: bool,
}

/// Whom an OpenID provider knows an account as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityBox {
    /// What the provider is called.
    pub provider: String,
    /// The name of the binding in forms, and the day it was made, ISO; nothing if there is none.
    pub bound: Option<(String, String)>,
    /// Whether the last sign-in is fresh enough to change it.
    pub is_fresh: bool,
}

/// The page that leads to an OpenID provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwayScreen {
    /// What the provider is called.
    pub provider: String,
    /// Its address, with the question.
    pub to: String,
    /// Whether a session ends there; else one begins here.
    pub is_farewell: bool,
}

/// A passkey in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasskeyLine {
    /// Its name in forms.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// When it was added: day, ISO.
    pub added_on: String,
    /// When it last signed in: day, ISO.
    pub used_on: Option<String>,
}

/// A session in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionLine {
    /// Its name in forms.
    pub id: String,
    /// What the browser calls itself.
    pub agent: String,
    /// When it was last used: day, ISO.
    pub seen_on: String,
    /// Whether it is this one.
    pub is_this: bool,
}

/// A token in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenLine {
    /// Its key.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The study's name.
    pub study: String,
    /// The code of its role.
    pub scope: &'static str,
    /// The last day, ISO.
    pub ends_on: String,
    /// The last day it was used, ISO.
    pub used_on: Option<String>,
}
