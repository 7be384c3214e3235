//! What each page shows: everything a handler has to load before it draws.

use questionnaire::Sheet;
use questionnaire::view::{PageView, ReviewPage, ReviewView};

use super::together::{PageTogether, ReviewTogether};

/// The study a page belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct Study {
    /// The wave's slug, in addresses.
    pub wave: String,
    /// The questionnaire's title, in `language`.
    pub title: String,
    /// Language of the questionnaire's texts as shown: the interface's if it has it.
    pub language: String,
}

/// `/`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HomeScreen {
    /// Open waves, in the order in which they are listed.
    pub waves: Vec<OpenWave>,
}

/// A wave that takes answers.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenWave {
    /// Its slug.
    pub wave: String,
    /// Its questionnaire's title.
    pub title: String,
    /// Language of the title.
    pub language: String,
    /// Last day, ISO.
    pub closes_on: Option<String>,
}

/// `/r/{wave}`
#[derive(Clone, Debug, PartialEq)]
pub struct StartScreen {
    /// The study.
    pub study: Study,
    /// Who asks and why, Markdown.
    pub introduction: Option<String>,
    /// How long it takes, if known.
    pub minutes: Option<u32>,
    /// Last day, ISO.
    pub closes_on: Option<String>,
    /// Page where answers begun on this device go on.
    pub resume: Option<String>,
    /// Whether a response has been sent from this device, and nothing begun since.
    pub is_sent: bool,
    /// Makes a repeated « Commencer » harmless.
    pub idempotency_key: String,
}

/// `/r/{wave}/p/{page}`
#[derive(Clone, Debug, PartialEq)]
pub struct PageScreen {
    /// The study.
    pub study: Study,
    /// The page.
    pub page: PageView,
    /// Makes a repeated post harmless.
    pub idempotency_key: String,
    /// Time of the last explicit save (« 14:02 »), right after it.
    pub saved_at: Option<String>,
    /// What the island starts from; without it the page loads no script.
    pub live: Option<Live>,
    /// Where several people prepare the response.
    pub together: Option<PageTogether>,
}

/// What the island of a question page starts from.
#[derive(Clone, Debug, PartialEq)]
pub struct Live {
    /// Address of the compiled questionnaire ([`paths::instrument`](crate::paths::instrument)).
    pub instrument: String,
    /// The answers so far.
    pub sheet: Sheet,
}

/// `/r/{wave}/review`
#[derive(Clone, Debug, PartialEq)]
pub struct ReviewScreen {
    /// The study.
    pub study: Study,
    /// Everything answered so far.
    pub review: ReviewView,
    /// Whether failures are listed: after the respondent tried to submit, or always.
    pub show_failures: bool,
    /// The last page on the route, for the way back.
    pub previous: Option<String>,
    /// Whether a response is being corrected, which counts as it was until this is sent.
    pub is_correction: bool,
    /// Whether pages of it may be handed over to others.
    pub may_hand_over: bool,
    /// Makes a repeated submission harmless.
    pub idempotency_key: String,
    /// Where several people prepare the response.
    pub together: Option<ReviewTogether>,
}

/// `/r/{wave}/receipt`
#[derive(Clone, Debug, PartialEq)]
pub struct ReceiptScreen {
    /// The study.
    pub study: Study,
    /// The code of the response; older ones have none.
    pub code: Option<String>,
    /// The whole address where the code is given, where it is known.
    pub resume: Option<String>,
    /// How the response stands.
    pub standing: Standing,
    /// Whether a correction is under way.
    pub is_being_corrected: bool,
    /// Whether it can be corrected: the wave is open.
    pub may_correct: bool,
    /// The questionnaire's closing text, Markdown.
    pub closing: Option<String>,
    /// The answers as they are stored.
    pub answers: Vec<ReviewPage>,
}

/// How a stored response stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is stored and counted.
    Counted,
    /// It is stored, and the team does not count it.
    SetAside,
}

/// A moment by the clocks of a zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The day, ISO.
    pub day: String,
    /// The hour, as `08:00`.
    pub time: String,
    /// IANA name of the zone.
    pub zone: String,
}

/// Why a page cannot be shown, said kindly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The form cannot be read at all.
    BadRequest,
    /// The form was sent from another site.
    Forbidden,
    /// Nothing is at this address.
    NotFound,
    /// The wave has not opened.
    NotYetOpen {
        /// From when on it does.
        opens: Option<Moment>,
    },
    /// The wave takes no answers any more.
    Closed {
        /// Since when.
        closed: Option<Moment>,
        /// What its organisers say instead of the stock words.
        message: Option<Message>,
    },
    /// The wave has all the responses it takes.
    Full,
    /// The wave takes answers of invited people only.
    NotInvited,
    /// No invitation has this link, or it has served.
    LinkUnknown,
    /// The invitation has been answered.
    Answered,
    /// This device has no response under way in this wave.
    NoResponse {
        /// The wave's slug.
        wave: String,
    },
    /// The response was submitted before.
    AlreadySent {
        /// The wave's slug.
        wave: String,
    },
    /// The same idempotency key came with another body.
    Conflict {
        /// Address to open again.
        page: String,
    },
    /// A link into another's draft leads nowhere, or was taken back.
    PartGone,
    /// The response that a part belongs to was sent.
    PartSent,
    /// A one-time link was used, revoked, or is too old.
    LinkGone,
    /// They see it, and their role does not allow what they asked for.
    NotAllowed,
    /// Too many attempts.
    TooMany,
    /// Too many codes were tried that lead nowhere.
    TooManyTries,
    /// The body is larger than any honest answer.
    TooLarge,
    /// Overloaded or stopping; worth another try.
    Unavailable,
    /// Our fault.
    Internal {
        /// Finds the cause in the logs.
        reference: Option<String>,
    },
}

/// A text of organisers: plain, in paragraphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its lines; empty ones part paragraphs.
    pub text: String,
    /// The language it is in.
    pub language: String,
}

impl Problem {
    /// The HTTP status of its page.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::Forbidden | Self::NotAllowed | Self::NotYetOpen { .. } | Self::NotInvited => 403,
            Self::NotFound | Self::LinkUnknown | Self::PartGone => 404,
            Self::Conflict { .. }
            | Self::NoResponse { .. }
            | Self::AlreadySent { .. }
            | Self::Answered => 409,
            Self::Closed { .. } | Self::Full | Self::LinkGone | Self::PartSent => 410,
            Self::TooMany => 429,
            Self::TooLarge => 413,
            Self::TooManyTries => 429,
            Self::Unavailable => 503,
            Self::Internal { .. } => 500,
        }
    }

    /// Its stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::BadRequest => "bad-request",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not-found",
            Self::NotYetOpen { .. } => "not-open",
            Self::Closed { .. } => "closed",
            Self::Full => "full",
            Self::NotInvited => "not-invited",
            Self::LinkUnknown => "link-unknown",
            Self::Answered => "answered",
            Self::NoResponse { .. } => "no-response",
            Self::AlreadySent { .. } => "already-sent",
            Self::Conflict { .. } => "conflict",
            Self::PartGone => "part-gone",
            Self::PartSent => "part-sent",
            Self::LinkGone => "link-gone",
            Self::NotAllowed => "not-allowed",
            Self::TooMany => "too-many",
            Self::TooLarge => "too-large",
            Self::TooManyTries => "too-many-tries",
            Self::Unavailable => "unavailable",
            Self::Internal { .. } => "internal",
        }
    }
}
