//! Answer sheets as a workbook: a row a response, a column a slot, the cells of the CSV form.
//!
//! No cell is a formula. Texts that a spreadsheet would run keep the apostrophe that CSV gives them: whoever
//! saves the workbook as CSV is as safe, and what means something to Recueil itself (`$refused`) stays apart from
//! a text that says the same. `interchange::xlsx::answers` reads it back. Writing stands here and not beside it
//! because the library that packs workbooks draws random numbers, which the pure crates do not.

use interchange::columns::Columns;
use interchange::joined::JoinedColumns;
use questionnaire::{Engine, Sheet};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

/// Letters that a cell holds at most.
const LONGEST: usize = 32_767;

/// A workbook that is being written, response by response.
pub struct Book<'e> {
    names: Vec<String>,
    rows: Rows<'e>,
    sheet: Worksheet,
    next: u32,
}

/// How responses become rows.
enum Rows<'e> {
    One(&'e Engine, Columns),
    Several(Vec<(i32, &'e Engine)>, JoinedColumns),
}

impl std::fmt::Debug for Book<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Book")
            .field("next", &self.next)
            .finish_non_exhaustive()
    }
}

/// Why a workbook cannot hold the responses.
#[derive(Debug, thiserror::Error)]
pub enum Unwritable {
    /// There are more responses or slots than a sheet has rows or columns.
    #[error(
        "une feuille de classeur a 1 048 576 lignes et 16 384 colonnes au plus ; exporter en CSV"
    )]
    Full,
    /// A text is longer than a cell takes.
    #[error(
        "un classeur ne contient pas de texte de plus de 32 767 signes ({column}, réponse {id}) ; exporter en CSV"
    )]
    LongText {
        /// The column.
        column: String,
        /// The response.
        id: String,
    },
    /// It could not be packed.
    #[error("le classeur ne peut pas être fait : {0}")]
    Packing(XlsxError),
}

impl From<XlsxError> for Unwritable {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::RowColumnLimitError => Self::Full,
            other => Self::Packing(other),
        }
    }
}

impl<'e> Book<'e> {
    /// A workbook with a header.
    ///
    /// # Errors
    /// [`Unwritable::Full`] if the questionnaire has more slots than a sheet has columns.
    pub fn new(engine: &'e Engine, columns: Columns) -> Result<Self, Unwritable> {
        let names: Vec<String> = columns.names().map(str::to_owned).collect();
        Self::of(names, Rows::One(engine, columns))
    }

    /// A workbook of responses to several versions, with a header.
    ///
    /// # Errors
    /// As of [`Book::new`].
    pub fn joined(
        versions: Vec<(i32, &'e Engine)>,
        columns: JoinedColumns,
    ) -> Result<Self, Unwritable> {
        let names: Vec<String> = columns.names().map(str::to_owned).collect();
        Self::of(names, Rows::Several(versions, columns))
    }

    fn of(names: Vec<String>, rows: Rows<'e>) -> Result<Self, Unwritable> {
        let mut sheet = Worksheet::new();
        sheet.set_freeze_panes(1, 0)?;
        let bold = Format::new().set_bold();
        for (at, name) in (0u32..).zip(&names) {
            sheet.write_string_with_format(0, column(at)?, name, &bold)?;
        }
        Ok(Self {
            names,
            rows,
            sheet,
            next: 1,
        })
    }

    /// Adds a response.
    ///
    /// # Errors
    /// [`Unwritable::Full`], [`Unwritable::LongText`].
    pub fn add(&mut self, sheet: &Sheet) -> Result<(), Unwritable> {
        let cells = match &self.rows {
            Rows::One(engine, columns) => columns.row(&sheet.meta, &engine.load(sheet).evaluation),
            Rows::Several(versions, columns) => columns.row(versions, sheet),
        };
        for (at, cell) in (0u32..).zip(&cells) {
            if cell.is_empty() {
                continue;
            }
            let to = column(at)?;
            if let Some(number) = number(cell) {
                self.sheet.write_number(self.next, to, number)?;
            } else if cell.encode_utf16().count() > LONGEST {
                let name = self.names.get(at as usize);
                return Err(Unwritable::LongText {
                    column: name.cloned().unwrap_or_default(),
                    id: sheet.meta.id.clone().unwrap_or_default(),
                });
            } else {
                self.sheet.write_string(self.next, to, cell)?;
            }
        }
        self.next += 1;
        Ok(())
    }

    /// The file.
    ///
    /// # Errors
    /// [`Unwritable::Packing`].
    pub fn finish(self) -> Result<Vec<u8>, Unwritable> {
        let mut book = Workbook::new();
        // The same responses are the same file, whenever it is made.
        let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&made));
        book.push_worksheet(self.sheet);
        Ok(book.save_to_buffer()?)
    }
}

fn column(at: u32) -> Result<u16, Unwritable> {
    u16::try_from(at).map_err(|_| Unwritable::Full)
}

/// The number of a cell that would be shown just as it is written; all else is text.
fn number(cell: &str) -> Option<f64> {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let number: f64 = cell.parse().ok().filter(|it: &f64| it.is_finite())?;
    (digits <= 15 && number.to_string() == cell && cell != "-0").then_some(number)
}
