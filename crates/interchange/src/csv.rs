//! Answer sheets as CSV: a row a response, a column a slot.

use questionnaire::{Engine, Sheet};

use crate::cells;
use crate::columns::Columns;
use crate::joined::JoinedColumns;
use crate::rows::Header;
use crate::{Loss, Read};

/// A text as a cell that no spreadsheet runs: behind an apostrophe if it begins as a formula would.
///
/// ```
/// assert_eq!(interchange::csv::cell("=1+1"), "'=1+1");
/// assert_eq!(interchange::csv::cell("Lille"), "Lille");
/// ```
#[must_use]
pub fn cell(text: &str) -> String {
    cells::text(text)
}

/// A header row and a row for each response; marked, if any is of a rehearsal.
///
/// ```
/// # let yaml = "id: e\ntitle: E\nblocks:\n- id: b\n  pages:\n  - id: p\n    items:\n    - {id: age, kind: quantity, label: Âge}\n";
/// let engine = questionnaire::check(yaml).engine.unwrap();
/// let sheet = serde_json::from_str(r#"{"meta":{"id":"a"},"answers":{"age":30}}"#)?;
/// let text = interchange::csv::write(&engine, [&sheet]);
/// assert_eq!(text, "meta.id,meta.reached,age\r\na,,30\r\n");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[must_use]
pub fn write<'s>(engine: &Engine, sheets: impl IntoIterator<Item = &'s Sheet>) -> String {
    let sheets: Vec<&Sheet> = sheets.into_iter().collect();
    let columns = Columns::with(engine, sheets.iter().any(|it| it.meta.is_rehearsal()));
    let mut out = header(&columns);
    for sheet in sheets {
        out.push_str(&line(&columns, engine, sheet));
    }
    out
}

/// The header row.
#[must_use]
pub fn header(columns: &Columns) -> String {
    record(columns.names())
}

/// The row of one response.
#[must_use]
pub fn line(columns: &Columns, engine: &Engine, sheet: &Sheet) -> String {
    let loaded = engine.load(sheet);
    record(
        columns
            .row(&sheet.meta, &loaded.evaluation)
            .iter()
            .map(String::as_str),
    )
}

/// The header row of several versions.
#[must_use]
pub fn joined_header(columns: &JoinedColumns) -> String {
    record(columns.names())
}

/// The row of one response, read by the version that its sheet names.
#[must_use]
pub fn joined_line(columns: &JoinedColumns, engines: &[(i32, &Engine)], sheet: &Sheet) -> String {
    record(columns.row(engines, sheet).iter().map(String::as_str))
}

/// A line of cells, each as it is: texts of people go through [`cell`] first.
///
/// ```
/// assert_eq!(interchange::csv::record(["a", "b, c"]), "a,\"b, c\"\r\n");
/// ```
#[must_use]
pub fn record<'f>(fields: impl IntoIterator<Item = &'f str>) -> String {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    // Writing to memory does not fail, and what goes in is UTF-8.
    let written = writer.write_record(fields).is_ok();
    let bytes = if written {
        writer.into_inner().unwrap_or_default()
    } else {
        Vec::new()
    };
    String::from_utf8(bytes).unwrap_or_default()
}

/// Reads sheets from CSV; a comma or a semicolon separates, as the header shows.
#[must_use]
pub fn read(engine: &Engine, source: &str) -> Read {
    let source = source.trim_start_matches('\u{feff}');
    let head = source.lines().next().unwrap_or("");
    let delimiter = if head.matches(';').count() > head.matches(',').count() {
        b';'
    } else {
        b','
    };
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(source.as_bytes());
    let mut read = Read::default();
    let names = reader.headers().cloned().unwrap_or_default();
    let header = Header::new(engine, &names, &mut read.losses);
    read.n_columns = header.n_known();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, |it| it.line() as usize);
                let beyond = record.iter().skip(header.len());
                if beyond.into_iter().any(|it| !it.trim().is_empty()) {
                    // Which cell is too many cannot be known: read anyway, every answer after it would be another's.
                    let (n, expected) = (record.len(), header.len());
                    read.losses.push(unreadable(
                        line as u64,
                        &format!("{n} cellules pour {expected} colonnes"),
                    ));
                } else if record.iter().any(|it| !it.trim().is_empty()) {
                    read.sheets.push((line, header.sheet(record.iter())));
                }
            }
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                read.losses.push(unreadable(line, &error.to_string()));
            }
        }
    }
    if let Some(line) = unclosed_quote(source, delimiter) {
        // The last row is what the quote made of everything after it.
        read.sheets.pop_if(|(at, _)| *at <= line);
        read.losses.push(unreadable(
            line as u64,
            "un guillemet y est ouvert et jamais fermé ; ni elle ni les suivantes ne sont lues",
        ));
    }
    read
}

fn unreadable(line: u64, why: &str) -> Loss {
    Loss {
        code: "IX0003",
        place: format!("line {line}"),
        message: format!("cette ligne n’est pas du CSV lisible : {why}"),
    }
}

/// The line on which a quote is opened that nothing closes. The reader takes the rest of the text for one cell then,
/// and says nothing.
fn unclosed_quote(source: &str, delimiter: u8) -> Option<usize> {
    let mut opened = None;
    let mut line = 1;
    let mut at_start = true;
    let mut bytes = source.bytes().peekable();
    while let Some(byte) = bytes.next() {
        if byte == b'"' {
            if opened.is_none() {
                opened = at_start.then_some(line);
            } else if bytes.next_if_eq(&b'"').is_none() {
                // Two in a row stand for one; this one closes.
                opened = None;
            }
        }
        line += usize::from(byte == b'\n');
        at_start = byte == delimiter || byte == b'\n' || byte == b'\r';
    }
    opened
}
