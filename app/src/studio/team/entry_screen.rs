//! What the page shows where responses are entered.

use super::field_screen::WaveHead;
use super::one_entry::OneEntry;

/// `/studio/s/{study}/waves/{wave}/entry`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryScreen {
    /// The head.
    pub head: WaveHead,
    /// One that is typed in.
    pub one: OneEntry,
    /// The columns that a table of answers may have.
    pub columns: Vec<String>,
    /// What became of a file that was just given.
    pub outcome: Option<EntryOutcome>,
}

/// What became of a file of responses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryOutcome {
    /// It was looked at; nothing was done.
    Checked {
        /// What would become of it.
        report: EntryReport,
        /// The file, in Base64, to be sent again without choosing it again; nothing if it is too large.
        file: Option<String>,
    },
    /// It was taken in.
    Imported(EntryReport),
    /// It cannot be read at all.
    Unreadable {
        /// Why.
        code: &'static str,
        /// Sheet and cell of a workbook, if it is one cell.
        place: Option<String>,
    },
}

/// Responses of a file, by what became of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryReport {
    /// Responses that it held.
    pub n_sheets: usize,
    /// New ones.
    pub n_added: usize,
    /// Stored before, with the same answers.
    pub n_unchanged: usize,
    /// Their id is stored with other answers.
    pub n_conflict: usize,
    /// Not as the questionnaire wants them.
    pub n_refused: usize,
    /// Lines that cannot be read.
    pub n_broken: usize,
    /// Answers that were off path.
    pub n_dropped: usize,
    /// Columns that the questionnaire does not have; the first ones.
    pub lost_columns: Vec<String>,
    /// How many more of them there are.
    pub n_more_columns: usize,
    /// What there is to say of single responses; the first ones.
    pub lines: Vec<EntryLine>,
    /// How much more there is.
    pub n_more: usize,
}

/// Something to say of one response of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryLine {
    /// The line.
    pub line: Option<usize>,
    /// Its id, as the file gives it.
    pub id: Option<String>,
    /// The key of the answer, if it is about one.
    pub item: Option<String>,
    /// The question's title, if the questionnaire has it.
    pub question: Option<String>,
    /// The code.
    pub code: String,
}
