//! Sheets from a file, and remarks on lines that are none.

use std::path::Path;

use anyhow::Context;
use expr::Lang;
use interchange::xlsx;
use interchange::{Loss, Read, csv, ndjson};
use questionnaire::{Engine, Sheet};

use super::output::{self, Remark};

/// The kind of an answers file, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Ndjson,
    Csv,
    Xlsx,
}

impl Kind {
    pub(super) fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()? {
            "ndjson" | "jsonl" | "json" => Some(Self::Ndjson),
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
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

/// A file of answers, not looked into yet.
pub(super) enum File {
    /// A sheet a line.
    Ndjson(String),
    /// A row a sheet.
    Csv(String),
    /// The same in a workbook.
    Xlsx(Vec<u8>),
}

/// Opens a file, or standard input; of a kind that its name does not tell, it is sheets, one a line.
pub(super) fn open(path: Option<&Path>) -> anyhow::Result<File> {
    let kind = path.and_then(Kind::of).unwrap_or(Kind::Ndjson);
    Ok(match (kind, path) {
        (Kind::Xlsx, Some(path)) => {
            File::Xlsx(std::fs::read(path).with_context(|| path.display().to_string())?)
        }
        (Kind::Csv, _) => File::Csv(output::read(path)?),
        _ => File::Ndjson(output::read(path)?),
    })
}

/// Reads sheets; what is no sheet is remarked on.
///
/// # Errors
/// A workbook that cannot be read at all.
pub(super) fn read(engine: &Engine, file: &File, lang: Lang) -> anyhow::Result<Answers> {
    let mut answers = Answers {
        sheets: Vec::new(),
        n_broken: 0,
        n_losses: 0,
    };
    match file {
        File::Ndjson(text) => {
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
        File::Csv(text) => answers.take(csv::read(engine, text)),
        File::Xlsx(bytes) => match xlsx::answers::read(engine, bytes) {
            Ok(read) => answers.take(read),
            Err(fault) => {
                // What a sheet is called, whoever made the file has chosen.
                let sheet = fault.sheet.map(|it| format!("{} : ", output::shown(&it)));
                let cell = fault.cell.map(|it| format!("{} : ", xlsx::name_of(it)));
                anyhow::bail!(
                    "{}{}{}",
                    sheet.unwrap_or_default(),
                    cell.unwrap_or_default(),
                    output::of_workbook(fault.kind, lang)
                );
            }
        },
    }
    Ok(answers)
}

impl Answers {
    fn take(&mut self, read: Read) {
        for loss in &read.losses {
            remark(loss);
            match loss.code {
                "IX0003" => self.n_broken += 1,
                _ => self.n_losses += 1,
            }
        }
        self.sheets = read.sheets.into_iter().map(|(_, sheet)| sheet).collect();
    }
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
