//! Sheets from a file, and remarks on lines that are none.

use std::path::Path;

use anyhow::Context;
use interchange::xlsx::{self, FaultKind};
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
pub(super) fn read(engine: &Engine, file: &File) -> anyhow::Result<Answers> {
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
                let cell = fault.cell.map(|it| format!("{} : ", xlsx::name_of(it)));
                let sheet = fault.sheet.map(|it| format!("feuille « {it} » : "));
                anyhow::bail!(
                    "{}{}{}",
                    sheet.unwrap_or_default(),
                    cell.unwrap_or_default(),
                    what_to_do(fault.kind)
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

/// What is wrong with a workbook, and what to do about it.
fn what_to_do(kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::Encrypted => {
            "le classeur est protégé par un mot de passe ; l’enregistrer sans / the workbook has a password; save it without one"
        }
        FaultKind::OldWorkbook => {
            "c’est un ancien classeur (.xls) ; l’enregistrer en .xlsx ou .csv / an old workbook (.xls); save it as .xlsx or .csv"
        }
        FaultKind::Damaged => {
            "le classeur est abîmé ou d’un autre format ; l’ouvrir et l’enregistrer de nouveau en .xlsx / the workbook is damaged or of another format; open it and save it as .xlsx again"
        }
        FaultKind::Dtd => {
            "le classeur déclare des entités XML, ce qu’aucun tableur ne fait ; l’ouvrir et l’enregistrer de nouveau / the workbook declares XML entities, which no spreadsheet program does; open it and save it again"
        }
        FaultKind::NoSheet => {
            "le classeur n’a pas de feuille visible ; mettre les réponses dans la première / the workbook has no visible sheet; put the responses on the first"
        }
        FaultKind::TooLarge => {
            "le classeur est trop grand : un million de réponses au plus, sans rien à l’écart du tableau / the workbook is too large: at most a million responses, with nothing apart from the table"
        }
        FaultKind::ErrorCell => {
            "la case montre une erreur ou une formule qui n’a pas été calculée ; y mettre la valeur / the cell shows an error, or a formula that was not worked out; put the value there"
        }
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
