//! A file of answers: what kind it is, its sheets, and what of it is no sheet.

use interchange::xlsx::{self, Fault, FaultKind, Limits};
use interchange::{Loss, Read, csv, ndjson};
use questionnaire::{Engine, Sheet};

/// The code of a column that the questionnaire does not have; other losses are of lines.
pub(super) const LOST_COLUMN: &str = "IX0002";

/// Lines of a file that somebody sends. What stands in them weighs in memory many times what it does in the
/// file, if it is little.
const MOST_LINES: usize = 200_000;

/// The kinds of files of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswersKind {
    /// A sheet a line.
    Ndjson,
    /// A row a sheet.
    Csv,
    /// The same in a workbook.
    Workbook,
}

impl AnswersKind {
    /// The kind of a file, by what stands at its beginning and not by its name.
    ///
    /// ```
    /// use service::AnswersKind;
    /// assert_eq!(AnswersKind::of(b"PK\x03\x04\x14"), AnswersKind::Workbook);
    /// assert_eq!(AnswersKind::of("\u{feff}\n {\"answers\":{}}".as_bytes()), AnswersKind::Ndjson);
    /// assert_eq!(AnswersKind::of(b"meta.id;nb_qpv\n"), AnswersKind::Csv);
    /// ```
    #[must_use]
    pub fn of(file: &[u8]) -> Self {
        if xlsx::is_workbook(file) {
            return Self::Workbook;
        }
        let text = file.strip_prefix("\u{feff}".as_bytes()).unwrap_or(file);
        match text.trim_ascii_start().first() {
            Some(b'{') => Self::Ndjson,
            _ => Self::Csv,
        }
    }
}

/// Why a file of answers cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnreadableAnswers {
    /// It is no text in UTF-8.
    Encoding,
    /// No column of it is one of the questionnaire: every row would be an empty response.
    NoColumn,
    /// It has more lines than are taken at once.
    TooLarge,
    /// It is a workbook with a fault.
    Workbook(Fault),
}

impl UnreadableAnswers {
    /// The stable code, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Encoding => "encoding",
            Self::NoColumn => "no_known_column",
            Self::TooLarge => FaultKind::TooLarge.code(),
            Self::Workbook(fault) => fault.kind.code(),
        }
    }
}

/// What a file of answers holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AnswersFile {
    /// Its sheets, each with its line number.
    pub sheets: Vec<(usize, Sheet)>,
    /// Columns that the questionnaire does not have, and lines that are no sheets.
    pub losses: Vec<Loss>,
}

impl AnswersFile {
    /// Reads a file.
    ///
    /// # Errors
    /// [`UnreadableAnswers`]
    pub fn read(
        engine: &Engine,
        kind: AnswersKind,
        file: &[u8],
    ) -> Result<Self, UnreadableAnswers> {
        Self::within(engine, kind, file, &xlsx::answers::LIMITS)
    }

    /// Reads a file that somebody has sent, and none that is larger than one person has to send.
    pub(super) fn sent(
        engine: &Engine,
        kind: AnswersKind,
        file: &[u8],
    ) -> Result<Self, UnreadableAnswers> {
        let is_text = kind != AnswersKind::Workbook;
        if is_text && file.iter().filter(|it| **it == b'\n').count() > MOST_LINES {
            return Err(UnreadableAnswers::TooLarge);
        }
        let limits = Limits {
            rows: MOST_LINES,
            ..xlsx::answers::LIMITS
        };
        Self::within(engine, kind, file, &limits)
    }

    fn within(
        engine: &Engine,
        kind: AnswersKind,
        file: &[u8],
        limits: &Limits,
    ) -> Result<Self, UnreadableAnswers> {
        let text = || std::str::from_utf8(file).map_err(|_| UnreadableAnswers::Encoding);
        let read = match kind {
            AnswersKind::Ndjson => return Ok(Self::of_lines(text()?)),
            AnswersKind::Csv => csv::read(engine, text()?),
            AnswersKind::Workbook => xlsx::answers::read_within(engine, file, limits)
                .map_err(UnreadableAnswers::Workbook)?,
        };
        let Read {
            sheets,
            losses,
            n_columns,
        } = read;
        if n_columns == 0 && losses.iter().any(|it| it.code == LOST_COLUMN) {
            return Err(UnreadableAnswers::NoColumn);
        }
        Ok(Self { sheets, losses })
    }

    /// How many lines of it are no sheets.
    #[must_use]
    pub fn n_broken(&self) -> usize {
        let lines = self.losses.iter();
        lines.filter(|it| it.code != LOST_COLUMN).count()
    }

    fn of_lines(text: &str) -> Self {
        let mut it = Self::default();
        for line in ndjson::sheets(text) {
            match line {
                Ok(sheet) => it.sheets.push(sheet),
                Err(loss) => it.losses.push(loss),
            }
        }
        it
    }
}
