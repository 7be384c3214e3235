//! What became of a file of answers, without any answer in it.

use super::Outcome;
use super::file::LOST_COLUMN;
use interchange::Loss;

/// The longest id or key that is told; what is longer was never meant to be one.
const MOST_SHOWN: usize = 200;

/// What became of a file of answers, or would become of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Sheets that the file held.
    pub n_sheets: usize,
    /// Stored now.
    pub n_added: usize,
    /// Stored before, with the same content.
    pub n_unchanged: usize,
    /// Their id is stored with other content.
    pub n_conflict: usize,
    /// No valid responses to this questionnaire, or of a rehearsal.
    pub n_refused: usize,
    /// Left out of a rehearsal because they are meant to fail.
    pub n_skipped: usize,
    /// Off-path answers that were dropped.
    pub n_dropped: usize,
    /// Lines that are no sheets.
    pub n_broken: usize,
    /// Columns that the questionnaire does not have.
    pub n_lost_columns: usize,
    /// What there is to say of single columns and sheets, columns first; as many as were asked for.
    pub remarks: Vec<ImportRemark>,
    /// How many more remarks there are.
    pub n_more: usize,
}

/// Something to say of one column, line or sheet of a file of answers: never what was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRemark {
    /// The line, if it is about one.
    pub line: Option<usize>,
    /// The sheet's id, as given.
    pub id: Option<String>,
    /// The key of an answer, or the name of a column.
    pub item: Option<String>,
    /// The stable code: `IX….`, `conflict`, `rehearsal`, `off_path`, or that of a failure.
    pub code: String,
}

impl ImportRemark {
    fn of_loss(loss: &Loss) -> Self {
        let is_column = loss.code == LOST_COLUMN;
        let line = loss.place.strip_prefix("line ");
        Self {
            line: line.filter(|_| !is_column).and_then(|it| it.parse().ok()),
            id: None,
            item: is_column.then(|| shortened(&loss.place)),
            code: loss.code.to_owned(),
        }
    }
}

/// What a remark is about: none of the three takes the place of the others.
#[derive(Clone, Copy)]
enum About {
    Column,
    Refusal,
    Notice,
}

/// What became of a file, as it is being found out.
pub(super) struct Telling {
    told: Imported,
    /// How many remarks about each are still kept.
    room: [usize; 3],
}

impl Telling {
    /// Keeps so many remarks.
    pub(super) fn new(most: usize, losses: &[Loss]) -> Self {
        let (half, quarter) = (most / 2, most / 4);
        let mut it = Self {
            told: Imported::default(),
            room: [quarter, half, quarter],
        };
        for loss in losses {
            let (n, about) = match loss.code {
                LOST_COLUMN => (&mut it.told.n_lost_columns, About::Column),
                _ => (&mut it.told.n_broken, About::Refusal),
            };
            *n += 1;
            it.remark(about, || ImportRemark::of_loss(loss));
        }
        it
    }

    /// Takes in what became of the sheet on a line.
    pub(super) fn note(&mut self, line: usize, outcome: &Outcome) {
        self.told.n_sheets += 1;
        let told = &mut self.told;
        let (id, about): (&Option<String>, Vec<(Option<&str>, String)>) = match outcome {
            Outcome::Added { id, dropped } => {
                told.n_added += 1;
                told.n_dropped += dropped.len();
                (id, off_path(dropped))
            }
            Outcome::Unchanged { id, dropped } => {
                told.n_unchanged += 1;
                told.n_dropped += dropped.len();
                (id, off_path(dropped))
            }
            Outcome::Conflict { id } => {
                told.n_conflict += 1;
                (id, vec![(None, "conflict".to_owned())])
            }
            Outcome::Refused { id, failures } => {
                told.n_refused += 1;
                let failures = failures.iter();
                let about = failures.map(|it| (Some(it.item.as_str()), it.code.code()));
                (id, about.collect())
            }
            Outcome::Rehearsal { id } => {
                told.n_refused += 1;
                (id, vec![(None, "rehearsal".to_owned())])
            }
            Outcome::Skipped { id } => {
                told.n_skipped += 1;
                (id, Vec::new())
            }
        };
        let kind = match outcome {
            Outcome::Added { .. } | Outcome::Unchanged { .. } => About::Notice,
            _ => About::Refusal,
        };
        for (item, code) in about {
            self.remark(kind, || ImportRemark {
                line: Some(line),
                id: id.as_deref().map(shortened),
                item: item.map(shortened),
                code,
            });
        }
    }

    fn remark(&mut self, about: About, remark: impl FnOnce() -> ImportRemark) {
        let room = &mut self.room[about as usize];
        if *room > 0 {
            *room -= 1;
            self.told.remarks.push(remark());
        } else {
            self.told.n_more += 1;
        }
    }

    pub(super) fn told(self) -> Imported {
        self.told
    }
}

fn off_path(dropped: &[String]) -> Vec<(Option<&str>, String)> {
    let keys = dropped.iter();
    keys.map(|it| (Some(it.as_str()), "off_path".to_owned()))
        .collect()
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(MOST_SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
