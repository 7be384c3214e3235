//! What the pages about whom a wave asks show: its sample, its mails, its call-back list.

use super::field_screen::WaveHead;

/// `/studio/s/{study}/waves/{wave}/invitations`
#[derive(Clone, Debug, PartialEq)]
pub struct InvitationsScreen {
    /// The head.
    pub head: WaveHead,
    /// How far the sample is.
    pub figures: SampleFigures,
    /// What may be sent now.
    pub sendings: Vec<Sending>,
    /// Whether this server sends mails at all.
    pub can_send: bool,
    /// Whether only invited people may answer; else the sample is one way in among others, or none.
    pub access: &'static str,
    /// Columns that the questionnaire wants, if it has a sampling frame.
    pub frame_columns: Vec<String>,
    /// Whether few people alike are blanked: the wave is anonymous, and the questionnaire has a frame.
    pub is_grouped: bool,
    /// How many people must be alike, as it was typed.
    pub least: String,
    /// What became of a file that was just given.
    pub outcome: Option<SampleOutcome>,
}

/// `/studio/s/{study}/waves/{wave}/invitations/figures`: how far a sample is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SampleFigures {
    /// People in the sample.
    pub n_sample: u64,
    /// What became of them, by code, in the order of the fieldwork; they add up to the sample.
    pub dispositions: Vec<(&'static str, u64)>,
    /// `100 complete / sample`, in percent.
    pub pct_response: Option<f64>,
    /// Mails by what they are for and how far they have come.
    pub mails: Vec<MailCounts>,
}

/// Mails of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailCounts {
    /// Their code.
    pub kind: &'static str,
    /// Waiting to be sent, taken by a mail server, given up, sent back as the address does not exist.
    pub counts: [u64; 4],
}

/// Mails of one kind that may be sent now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sending {
    /// Their code.
    pub kind: &'static str,
    /// To how many people.
    pub n: usize,
    /// How many of their kind were made before: a second press of the button finds more.
    pub n_before: u64,
    /// How they will look, in each language.
    pub shown: Vec<MailShown>,
}

/// A mail as somebody would get it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailShown {
    /// Its language.
    pub language: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub body: String,
}

/// What became of a file of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SampleOutcome {
    /// It could be taken in; nothing was.
    Checked {
        /// Its columns.
        columns: Vec<ColumnLine>,
        /// What would become of its people.
        people: SampleCounts,
        /// The file, in Base64, to be sent again without choosing it again; nothing if it is too large.
        table: Option<String>,
    },
    /// It was taken in.
    Imported(SampleCounts),
    /// It cannot be, and nothing was.
    Refused {
        /// Why, line by line; the first ones.
        faults: Vec<SampleFaultLine>,
        /// How many more there are.
        n_more: usize,
    },
}

/// People of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SampleCounts {
    /// New ones.
    pub n_added: usize,
    /// Lines of people who are in the sample already.
    pub known_lines: Vec<u64>,
    /// Lines of people of whom nothing goes into the response.
    pub blanked_lines: Vec<u64>,
}

/// A column of a file of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnLine {
    /// As the file calls it.
    pub name: String,
    /// What it is taken for: `email`, `language`, `territory`, `variable`.
    pub meaning: &'static str,
    /// Items of the questionnaire that take their value from it.
    pub items: Vec<String>,
    /// What stands there for the first person.
    pub example: String,
}

/// Why a line of a file cannot be taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleFaultLine {
    /// The line.
    pub line: u64,
    /// The column, if it is one cell.
    pub column: Option<String>,
    /// The code.
    pub code: &'static str,
    /// Where the same address stood before.
    pub first: Option<u64>,
    /// What was probably meant.
    pub suggestion: Option<String>,
    /// What could stand there.
    pub allowed: Vec<String>,
}

/// `/studio/s/{study}/waves/{wave}/messages/{kind}`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessagesScreen {
    /// The head.
    pub head: WaveHead,
    /// Which mail.
    pub kind: &'static str,
    /// Its text in each language.
    pub texts: Vec<MessageText>,
}

/// The text of a mail in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageText {
    /// The language.
    pub language: String,
    /// The subject, with fills, as it stands in the form.
    pub subject: String,
    /// The text, with fills, as it stands in the form.
    pub body: String,
    /// Whether the wave has a text of its own.
    pub is_own: bool,
    /// What is wrong: whether in the subject, the code, and the fill that it is about.
    pub faults: Vec<(bool, &'static str, String)>,
    /// How it looks; nothing if something is wrong.
    pub shown: Option<MailShown>,
    /// Whether what is shown is not kept yet.
    pub is_draft: bool,
}

/// `/studio/s/{study}/waves/{wave}/contacts`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactsScreen {
    /// The head.
    pub head: WaveHead,
    /// Who may be called back.
    pub people: Vec<ContactLine>,
}

/// Somebody who may be called back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactLine {
    /// First and last name, or nothing.
    pub name: String,
    /// E-mail address, or nothing.
    pub email: String,
    /// Telephone number, or nothing.
    pub telephone: String,
    /// The language in which they answered.
    pub language: String,
    /// What they agreed to, in the words that were shown.
    pub agreed: Vec<String>,
}
