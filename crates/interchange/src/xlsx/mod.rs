//! The first sheet of an Excel workbook (`.xlsx`), as the text that people see in its cells.
//!
//! A workbook may come from anybody, so nothing is allocated from a number that stands in it, every part
//! is read as a stream with a limit on what it unpacks to, and cells are given one by one: a sheet whose
//! two cells lie at its opposite corners costs two cells.

pub mod answers;
mod archive;
mod number;
mod sheet;
mod workbook;
mod xml;

use std::fmt;

/// How large a table may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The file.
    pub bytes: usize,
    /// Rows with anything in them.
    pub rows: usize,
    /// The last column with anything in it, counted from 1.
    pub columns: usize,
    /// Cells, those included that are empty and lie before the last of their row.
    pub cells: usize,
    /// Bytes of text in all cells.
    pub text: usize,
    /// Bytes that the sheet unpacks to.
    pub unpacked: u64,
}

/// A sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What the sheet is called.
    pub sheet: String,
    /// Its rows that have anything in them, from top to bottom.
    pub rows: Vec<Row>,
}

/// A row of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number in the sheet, from 1.
    pub line: u64,
    /// Its cells from column A on, up to the last that has anything in it.
    pub cells: Vec<String>,
}

/// Why a workbook cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// The sheet, if it is one.
    pub sheet: Option<String>,
    /// The cell, from 0: row and column.
    pub cell: Option<(u32, u32)>,
}

/// What is wrong with a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// It asks for a password.
    Encrypted,
    /// It is a workbook of Excel 97 to 2003, whatever its name says.
    OldWorkbook,
    /// It is no workbook, or its parts cannot be unpacked or understood.
    Damaged,
    /// It declares entities of its own, which no spreadsheet program does.
    Dtd,
    /// It has no sheet with cells.
    NoSheet,
    /// There are more bytes, rows, columns, cells or text than are read.
    TooLarge,
    /// A cell shows an error (`#N/A`, `#REF!`) or holds a formula that was never worked out.
    ErrorCell,
}

impl FaultKind {
    /// The stable code, for programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Encrypted => "workbook_encrypted",
            Self::OldWorkbook => "workbook_old",
            Self::Damaged => "workbook_damaged",
            Self::Dtd => "workbook_dtd",
            Self::NoSheet => "workbook_empty",
            Self::TooLarge => "too_large",
            Self::ErrorCell => "error_cell",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.kind)?;
        if let Some(sheet) = &self.sheet {
            write!(f, " in {sheet:?}")?;
        }
        match self.cell {
            Some(cell) => write!(f, " at {}", name_of(cell)),
            None => Ok(()),
        }
    }
}

impl From<FaultKind> for Fault {
    fn from(kind: FaultKind) -> Self {
        Self {
            kind,
            sheet: None,
            cell: None,
        }
    }
}

/// What spreadsheet programs call a cell.
///
/// ```
/// assert_eq!(interchange::xlsx::name_of((0, 0)), "A1");
/// assert_eq!(interchange::xlsx::name_of((1_048_575, 16_383)), "XFD1048576");
/// ```
#[must_use]
pub fn name_of((row, column): (u32, u32)) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    let column: String = letters.into_iter().rev().collect();
    format!("{column}{}", u64::from(row) + 1)
}

/// Whether a file is a workbook, by its first bytes: of today's kind, of the old kind, or locked (both
/// lie in another container).
///
/// ```
/// assert!(interchange::xlsx::is_workbook(b"PK\x03\x04 and so on"));
/// assert!(!interchange::xlsx::is_workbook(b"email;langue\n"));
/// ```
#[must_use]
pub fn is_workbook(file: &[u8]) -> bool {
    file.starts_with(b"PK\x03\x04") || file.starts_with(b"PK\x05\x06") || is_compound(file)
}

/// The container of old workbooks, and of today's when they are locked.
fn is_compound(file: &[u8]) -> bool {
    file.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
}

/// Reads the first sheet that is not hidden.
///
/// # Errors
/// The first [`Fault`] met.
pub fn read(file: &[u8], limits: &Limits) -> Result<Table, Fault> {
    if file.len() > limits.bytes {
        return Err(FaultKind::TooLarge.into());
    }
    if is_compound(file) {
        // Names in that container are UTF-16.
        let locked: Vec<u8> = "EncryptedPackage".bytes().flat_map(|it| [it, 0]).collect();
        let is_locked = file.windows(locked.len()).any(|it| it == locked);
        return Err(if is_locked {
            FaultKind::Encrypted.into()
        } else {
            FaultKind::OldWorkbook.into()
        });
    }
    let mut archive = archive::Archive::open(file)?;
    let book = workbook::read(&mut archive)?;
    let table = sheet::read(&mut archive, &book, limits);
    table.map_err(|fault| Fault {
        sheet: Some(book.sheet),
        ..fault
    })
}
