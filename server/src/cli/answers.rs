//! Sheets from a file, and remarks on lines that are none.

use std::path::Path;

use app::studio::team::entry_unreadable;
use expr::Lang;
use interchange::{Loss, xlsx};
use questionnaire::{Engine, Sheet};
use service::{AnswersFile, AnswersKind, UnreadableAnswers};

use super::output::{self, Remark};

/// The kind of an answers file, by its name.
pub(super) fn kind_of(path: &Path) -> Option<AnswersKind> {
    match path.extension()?.to_str()? {
        "ndjson" | "jsonl" | "json" => Some(AnswersKind::Ndjson),
        "csv" => Some(AnswersKind::Csv),
        "xlsx" => Some(AnswersKind::Workbook),
        _ => None,
    }
}

/// What a file of answers gave.
pub(super) struct Answers {
    pub(super) sheets: Vec<Sheet>,
    /// Lines that are no sheets.
    pub(super) n_broken: usize,
}

/// A file of answers, not looked into yet.
pub(super) struct File {
    kind: AnswersKind,
    bytes: Vec<u8>,
}

/// Opens a file, or standard input; of a kind that its name does not tell, it is sheets, one a line.
pub(super) fn open(path: Option<&Path>) -> anyhow::Result<File> {
    let kind = path.and_then(kind_of).unwrap_or(AnswersKind::Ndjson);
    let bytes = output::bytes(path)?;
    Ok(File { kind, bytes })
}

/// Reads sheets; what is no sheet is remarked on.
///
/// # Errors
/// A file that cannot be read at all.
pub(super) fn read(engine: &Engine, file: &File, lang: Lang) -> anyhow::Result<Answers> {
    let read = read_file(engine, file, lang)?;
    Ok(Answers {
        n_broken: read.n_broken(),
        sheets: read.sheets.into_iter().map(|(_, sheet)| sheet).collect(),
    })
}

/// The same with the line of each sheet, for an import.
pub(super) fn read_file(engine: &Engine, file: &File, lang: Lang) -> anyhow::Result<AnswersFile> {
    let read = AnswersFile::read(engine, file.kind, &file.bytes);
    let read = read.map_err(|it| anyhow::anyhow!(why(&it, lang)))?;
    read.losses.iter().for_each(remark);
    Ok(read)
}

fn why(it: &UnreadableAnswers, lang: Lang) -> String {
    let words = entry_unreadable(output::texts(lang), it.code());
    let UnreadableAnswers::Workbook(fault) = it else {
        return words;
    };
    // What a sheet is called, whoever made the file has chosen.
    let sheet = fault.sheet.as_deref();
    let sheet = sheet.map(|it| format!("{} : ", output::shown(it)));
    let cell = fault.cell.map(|it| format!("{} : ", xlsx::name_of(it)));
    let (sheet, cell) = (sheet.unwrap_or_default(), cell.unwrap_or_default());
    format!("{sheet}{cell}{words}")
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
