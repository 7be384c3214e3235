//! What single cells say.

use questionnaire::MissingOffer;

pub(super) fn mark(holds: bool) -> String {
    if holds { "1" } else { "" }.to_owned()
}

/// Whether a mark stands there. Spreadsheets have their own words for what is not so; in doubt it does.
pub(super) fn is_marked(cell: &str) -> bool {
    !["", "0", "false", "faux"].contains(&cell.trim().to_lowercase().as_str())
}

pub(super) fn missing(reason: MissingOffer) -> String {
    format!("${}", reason.code())
}

/// Characters that make a spreadsheet run a cell, and those that have a meaning of their own here.
fn is_risky(text: &str) -> bool {
    text.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '$', '\'',
    ])
}

pub(super) fn text(given: &str) -> String {
    if is_risky(given) {
        format!("'{given}")
    } else {
        given.to_owned()
    }
}

pub(super) fn plain(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_risky(rest) => rest,
        _ => cell,
    }
}
