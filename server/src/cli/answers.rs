//! Sheets from a file, and remarks on lines that are none.

use std::path::Path;

use interchange::{Loss, csv, ndjson};
use questionnaire::{Engine, Sheet};

use super::output::Remark;

/// The kind of an answers file, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Ndjson,
    Csv,
}

impl Kind {
    pub(super) fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()? {
            "ndjson" | "jsonl" | "json" => Some(Self::Ndjson),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }
}

/// What a file of answers gave.
pub(super) struct Answers {
    pub(super) sheets: Vec<Sheet>,
    /// Lines that are no sheets.
    pub(super) n_broken: usize,
    /// Columns that the questionnaire does not have.
    pub(super) n_losses: usize,
}

/// Reads sheets; what is no sheet is remarked on.
pub(super) fn read(engine: &Engine, text: &str, kind: Kind) -> Answers {
    let mut answers = Answers {
        sheets: Vec::new(),
        n_broken: 0,
        n_losses: 0,
    };
    match kind {
        Kind::Ndjson => {
            for it in ndjson::sheets(text) {
                match it {
                    Ok((_, sheet)) => answers.sheets.push(sheet),
                    Err(loss) => {
                        remark(&loss);
                        answers.n_broken += 1;
                    }
                }
            }
        }
        Kind::Csv => {
            let read = csv::read(engine, text);
            for loss in &read.losses {
                remark(loss);
                match loss.code {
                    "IX0003" => answers.n_broken += 1,
                    _ => answers.n_losses += 1,
                }
            }
            answers.sheets = read.sheets.into_iter().map(|(_, sheet)| sheet).collect();
        }
    }
    answers
}

fn remark(loss: &Loss) {
    let message = format!("{} : {}", loss.place, loss.message);
    Remark {
        id: None,
        item: Some(&loss.place),
        code: loss.code,
        message,
    }
    .print();
}
