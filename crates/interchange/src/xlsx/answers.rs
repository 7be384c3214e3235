//! Answer sheets from a workbook: a row a response, a column a slot, the cells of the CSV form.

use questionnaire::Engine;

use super::{Fault, Limits};
use crate::rows::Header;
use crate::{Loss, Read};

/// How large a workbook of answers may be: 200,000 responses to 100 questions, and no more than fits into memory.
pub const LIMITS: Limits = Limits {
    bytes: 64 * 1024 * 1024,
    rows: 1_000_000,
    columns: 16_384,
    cells: 20_000_000,
    text: 256 * 1024 * 1024,
    unpacked: 1024 * 1024 * 1024,
};

/// Reads sheets from a workbook.
///
/// # Errors
/// A [`Fault`] of the file. What the questionnaire has no place for is a loss, as in [`crate::csv::read`].
pub fn read(engine: &Engine, file: &[u8]) -> Result<Read, Fault> {
    read_within(engine, file, &LIMITS)
}

/// Reads sheets from a workbook that is no larger than this.
///
/// # Errors
/// As of [`read`].
pub fn read_within(engine: &Engine, file: &[u8], limits: &Limits) -> Result<Read, Fault> {
    let table = super::read(file, limits)?;
    let mut rows = table.rows.iter();
    let mut read = Read::default();
    let names = rows.next().map_or(&[][..], |it| &it.cells);
    let header = Header::new(engine, names.iter().map(String::as_str), &mut read.losses);
    read.n_columns = header.n_known();
    for row in rows {
        let line = usize::try_from(row.line).unwrap_or(usize::MAX);
        let mut beyond = row.cells.iter().skip(header.len());
        if beyond.any(|it| !it.trim().is_empty()) {
            read.losses.push(Loss {
                code: "IX0003",
                place: format!("line {line}"),
                message: "cette ligne a des cellules au-delà des colonnes de l’en-tête ; elle n’est pas lue"
                    .to_owned(),
            });
        } else if row.cells.iter().any(|it| !it.trim().is_empty()) {
            let sheet = header.sheet(row.cells.iter().map(String::as_str));
            read.sheets.push((line, sheet));
        }
    }
    Ok(read)
}
