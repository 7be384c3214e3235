//! A file as rows of cells: CSV, or the first sheet of a workbook.

use super::{MOST_BYTES, MOST_COLUMNS, MOST_PEOPLE, SampleFault, SampleFaultKind};
use interchange::xlsx::{self, FaultKind, Limits};

/// A line, and its cells.
pub(super) type Row = (u64, Vec<String>);

/// Rows, and the sheet on which they stand.
pub(super) struct Table<'f> {
    pub(super) sheet: Option<String>,
    pub(super) rows: Box<dyn Iterator<Item = Row> + 'f>,
}

/// What is read of a workbook. A file of 100,000 people with ten columns is within all of it.
const LIMITS: Limits = Limits {
    bytes: MOST_BYTES / 2,
    // One more than people, for the names of the columns; and one, for the sample to say what is too much.
    rows: MOST_PEOPLE + 2,
    columns: MOST_COLUMNS,
    cells: 2_000_000,
    text: MOST_BYTES,
    unpacked: 128 * 1024 * 1024,
};

/// Tells workbook and CSV apart by their first bytes.
pub(super) fn read(file: &[u8]) -> Result<Table<'_>, SampleFault> {
    let fault = SampleFault::new;
    if file.len() > MOST_BYTES {
        return Err(fault(1, SampleFaultKind::TooLarge));
    }
    if xlsx::is_workbook(file) {
        return workbook(file);
    }
    let text = match std::str::from_utf8(file) {
        Ok(text) => text.trim_start_matches('\u{feff}'),
        Err(error) => {
            let before = file.get(..error.valid_up_to()).unwrap_or_default();
            let line = 1 + before.iter().filter(|byte| **byte == b'\n').count() as u64;
            return Err(fault(line, SampleFaultKind::Encoding));
        }
    };
    let reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    // Of text that is UTF-8, read without regard to the number of cells, every record can be read.
    let records = reader.into_records().filter_map(Result::ok);
    Ok(Table {
        sheet: None,
        rows: Box::new(records.map(|record| {
            let line = record.position().map_or(0, |it| line_of(text, it));
            (line, record.iter().map(str::to_owned).collect())
        })),
    })
}

fn workbook(file: &[u8]) -> Result<Table<'_>, SampleFault> {
    let table = xlsx::read(file, &LIMITS).map_err(|fault| SampleFault {
        line: fault.cell.map_or(1, |(row, _)| u64::from(row) + 1),
        // What the column is called may not have been read; its letters always are right.
        column: fault.cell.map(|it| {
            let name = xlsx::name_of(it);
            name.trim_end_matches(|it: char| it.is_ascii_digit())
                .to_owned()
        }),
        sheet: fault.sheet,
        allowed: Vec::new(),
        suggestion: None,
        kind: match fault.kind {
            FaultKind::TooLarge => SampleFaultKind::TooLarge,
            kind => SampleFaultKind::Workbook(kind),
        },
    })?;
    let width = table.rows.first().map_or(0, |it| it.cells.len());
    Ok(Table {
        sheet: Some(table.sheet),
        rows: Box::new(table.rows.into_iter().map(move |mut row| {
            // A sheet ends where its last cell is; empty ones after it are cells all the same.
            if row.cells.len() < width {
                row.cells.resize(width, String::new());
            }
            (row.line, row.cells)
        })),
    })
}

/// The line on which a record begins: the reader places it before the empty lines that it skips.
fn line_of(text: &str, position: &csv::Position) -> u64 {
    let at = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let from = text.as_bytes().get(at..).unwrap_or_default();
    let skipped = from.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    position.line() + skipped.filter(|byte| **byte == b'\n').count() as u64
}

/// French spreadsheets separate by `;`, others by `,` or a tab.
fn delimiter(text: &str) -> u8 {
    let names = text.lines().next().unwrap_or_default();
    let count = |delimiter: u8| names.bytes().filter(|byte| *byte == delimiter).count();
    let candidates = [b',', b';', b'\t'];
    let most = candidates.into_iter().rev().max_by_key(|it| count(*it));
    most.unwrap_or(b',')
}
