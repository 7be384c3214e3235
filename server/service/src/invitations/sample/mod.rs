//! A sample as a table, read: no database, no clock.

mod table;

use super::address::is_address;
use interchange::xlsx::FaultKind;
use questionnaire::Engine;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap};

/// The largest table that is read.
const MOST_BYTES: usize = 32 * 1024 * 1024;
const MOST_PEOPLE: usize = 100_000;
const MOST_COLUMNS: usize = 100;
const LONGEST_CELL: usize = 2_000;

/// Somebody in a sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) line: u64,
    pub(super) email: String,
    pub(super) language: Option<String>,
    pub(super) territory: Option<String>,
    /// By the column's name; cells exactly as they stand.
    pub(super) variables: BTreeMap<String, String>,
    /// What the questionnaire takes of them, by item.
    pub(super) frame: Map<String, Value>,
}

/// Why a line of a sample cannot be taken in. Never says what stands there: it is somebody's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleFault {
    /// The line, from 1; the first is the one with the names of the columns.
    pub line: u64,
    /// The name of the column; its letters where a workbook cannot be read.
    pub column: Option<String>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// What is wrong.
    pub kind: SampleFaultKind,
    /// What could stand there instead, if that is a short list.
    pub allowed: Vec<String>,
    /// What was probably meant.
    pub suggestion: Option<String>,
}

impl SampleFault {
    fn new(line: u64, kind: SampleFaultKind) -> Self {
        Self {
            line,
            column: None,
            sheet: None,
            kind,
            allowed: Vec::new(),
            suggestion: None,
        }
    }

    /// What an anonymous wave cannot take in.
    pub(crate) fn few_alike() -> Self {
        Self::new(1, SampleFaultKind::FewAlike)
    }

    fn in_column(self, column: &str) -> Self {
        let column = Some(column.to_owned());
        Self { column, ..self }
    }
}

/// What is wrong with a line of a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SampleFaultKind {
    /// It is not UTF-8.
    Encoding,
    /// There is nobody in it.
    Empty,
    /// No column is called `email`, `e-mail`, `courriel`…
    NoEmailColumn,
    /// A column has no name.
    UnnamedColumn,
    /// Two columns have one name, or one meaning.
    ColumnTwice,
    /// It has fewer or more cells than there are columns.
    CellCount,
    /// The address is no e-mail address.
    Email,
    /// The address stands on an earlier line.
    EmailTwice {
        /// Which.
        first: u64,
    },
    /// The questionnaire does not have this language.
    Language,
    /// A cell is longer than any honest one.
    CellLength,
    /// There are more people, columns or bytes than can be taken in at once.
    TooLarge,
    /// It is a workbook, and cannot be read.
    Workbook(FaultKind),
    /// No column is called as a variable of the questionnaire's sampling frame.
    NoFrameColumn,
    /// The cell is no value of the questionnaire's variable.
    FrameValue,
    /// The wave is anonymous, and what would go into responses tells somebody apart.
    FewAlike,
}

impl SampleFaultKind {
    /// The stable code, for programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Encoding => "encoding",
            Self::Empty => "empty",
            Self::NoEmailColumn => "no_email_column",
            Self::UnnamedColumn => "unnamed_column",
            Self::ColumnTwice => "column_twice",
            Self::CellCount => "cell_count",
            Self::Email => "email",
            Self::EmailTwice { .. } => "email_twice",
            Self::Language => "language",
            Self::CellLength => "cell_length",
            Self::TooLarge => "too_large",
            Self::Workbook(kind) => kind.code(),
            Self::NoFrameColumn => "no_frame_column",
            Self::FrameValue => "frame_value",
            Self::FewAlike => "few_alike",
        }
    }
}

/// A column of a sample, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleColumn {
    /// As the file calls it.
    pub name: String,
    /// What it is taken for.
    pub meaning: ColumnMeaning,
    /// The items of the questionnaire's sampling frame that take their value from it.
    pub items: Vec<String>,
    /// What stands there for the first person.
    pub example: String,
}

/// What a column of a sample is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnMeaning {
    /// The address that is written to, and by which people are known.
    Email,
    /// The language they are written in.
    Language,
    /// Their territory.
    Territory,
    /// Anything else that is known of them.
    Variable,
}

use ColumnMeaning as Meaning;

/// A table of people, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sample {
    pub(super) columns: Vec<SampleColumn>,
    pub(super) people: Vec<Person>,
}

fn meaning(name: &str) -> Meaning {
    match name.trim().to_lowercase().as_str() {
        "email" | "e-mail" | "mail" | "courriel" | "adresse e-mail" | "adresse électronique" => {
            Meaning::Email
        }
        "language" | "langue" | "lang" => Meaning::Language,
        "territory" | "territoire" => Meaning::Territory,
        _ => Meaning::Variable,
    }
}

/// Reads a sample; all its faults if it has any.
pub(super) fn read(file: &[u8], engine: &Engine) -> Result<Sample, Vec<SampleFault>> {
    let table = table::read(file).map_err(|fault| vec![fault])?;
    people(table.rows, engine).map_err(|mut faults| {
        for fault in &mut faults {
            fault.sheet.clone_from(&table.sheet);
        }
        faults
    })
}

fn people(
    mut rows: impl Iterator<Item = table::Row>,
    engine: &Engine,
) -> Result<Sample, Vec<SampleFault>> {
    let fault = SampleFault::new;
    let languages = &engine.instrument.languages;
    let Some((names_line, names)) = rows.next() else {
        return Err(vec![fault(1, SampleFaultKind::Empty)]);
    };
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let columns = columns(names_line, &names)?;
    let frame = frame_columns(names_line, &names, engine)?;
    let mut told = told(&columns, &frame, engine);
    let mut people = Vec::new();
    let mut faults = Vec::new();
    let mut lines: HashMap<String, u64> = HashMap::new();
    for (line, cells) in rows {
        // A last line of nothing but separators is a spreadsheet's habit.
        if cells.iter().all(String::is_empty) {
            continue;
        }
        if cells.len() != columns.len() {
            faults.push(fault(line, SampleFaultKind::CellCount));
            continue;
        }
        if people.len() == MOST_PEOPLE {
            faults.push(fault(line, SampleFaultKind::TooLarge));
            break;
        }
        if people.is_empty() {
            for (column, cell) in told.iter_mut().zip(&cells) {
                column.example.clone_from(cell);
            }
        }
        let texts = cells.iter().map(String::as_str);
        let mut person = person(line, texts, &columns, languages, &mut faults);
        for (item, at) in &frame {
            let cell = cells.get(*at).map_or("", String::as_str);
            let name = names.get(*at).copied().unwrap_or_default();
            match value(engine, *item, cell) {
                Ok(None) => {}
                Ok(Some((id, value))) => {
                    person.frame.insert(id, value);
                }
                Err(why) => faults.push(SampleFault {
                    allowed: why.codes,
                    suggestion: why.suggestion,
                    ..fault(line, SampleFaultKind::FrameValue).in_column(name)
                }),
            }
        }
        if person.email.is_empty() {
            continue;
        }
        match lines.entry(person.email.to_lowercase()) {
            std::collections::hash_map::Entry::Vacant(entry) => {
                entry.insert(line);
            }
            std::collections::hash_map::Entry::Occupied(entry) => {
                let first = *entry.get();
                faults.push(fault(line, SampleFaultKind::EmailTwice { first }));
            }
        }
        people.push(person);
    }
    if people.is_empty() && faults.is_empty() {
        faults.push(fault(1, SampleFaultKind::Empty));
    }
    if faults.is_empty() {
        let columns = told;
        Ok(Sample { columns, people })
    } else {
        Err(faults)
    }
}

/// The columns as they are told to whoever gave the file.
fn told(columns: &[(&str, Meaning)], frame: &[(u32, usize)], engine: &Engine) -> Vec<SampleColumn> {
    let items = |column: usize| {
        let its = frame.iter().filter(move |it| it.1 == column);
        let items = its.filter_map(|it| engine.instrument.items.get(it.0 as usize));
        items.map(|it| it.id.clone()).collect()
    };
    let told = columns.iter().enumerate().map(|(at, it)| SampleColumn {
        name: it.0.to_owned(),
        meaning: it.1,
        items: items(at),
        example: String::new(),
    });
    told.collect()
}

/// Of each variable of the sampling frame, which column it is.
fn frame_columns(
    line: u64,
    names: &[&str],
    engine: &Engine,
) -> Result<Vec<(u32, usize)>, Vec<SampleFault>> {
    let mut found = Vec::new();
    let mut faults = Vec::new();
    for (item, column) in (0u32..).zip(&engine.instrument.frame) {
        let is_it = |it: &&str| it.trim().to_lowercase() == column.to_lowercase();
        match names.iter().position(is_it) {
            Some(at) => found.push((item, at)),
            None => {
                let fault = SampleFault::new(line, SampleFaultKind::NoFrameColumn);
                faults.push(fault.in_column(column));
            }
        }
    }
    if faults.is_empty() {
        Ok(found)
    } else {
        Err(faults)
    }
}

fn value(
    engine: &Engine,
    item: u32,
    cell: &str,
) -> Result<Option<(String, Value)>, questionnaire::FrameFault> {
    let value = questionnaire::frame_value(engine, item, cell)?;
    let id = engine.instrument.items.get(item as usize).map(|it| &it.id);
    Ok(id.cloned().zip(value))
}

fn columns<'a>(line: u64, names: &[&'a str]) -> Result<Vec<(&'a str, Meaning)>, Vec<SampleFault>> {
    let mut faults = Vec::new();
    let mut columns: Vec<(&str, Meaning)> = Vec::new();
    for name in names {
        let column = (*name, meaning(name));
        let same = |other: &(&str, Meaning)| match column.1 {
            Meaning::Variable => other.0.trim() == name.trim(),
            meaning => other.1 == meaning,
        };
        let kind = if name.trim().is_empty() {
            Some(SampleFaultKind::UnnamedColumn)
        } else if columns.iter().any(same) {
            Some(SampleFaultKind::ColumnTwice)
        } else {
            None
        };
        faults.extend(kind.map(|kind| SampleFault {
            column: (!name.trim().is_empty()).then(|| (*name).to_owned()),
            ..SampleFault::new(line, kind)
        }));
        columns.push(column);
    }
    let whole = |kind| SampleFault::new(line, kind);
    if columns.len() > MOST_COLUMNS {
        faults.push(whole(SampleFaultKind::TooLarge));
    }
    if !columns.iter().any(|(_, it)| *it == Meaning::Email) {
        faults.push(whole(SampleFaultKind::NoEmailColumn));
    }
    if faults.is_empty() {
        Ok(columns)
    } else {
        Err(faults)
    }
}

/// Reads one person; without an address if it is no good.
fn person<'a>(
    line: u64,
    cells: impl Iterator<Item = &'a str>,
    columns: &[(&str, Meaning)],
    languages: &[String],
    faults: &mut Vec<SampleFault>,
) -> Person {
    let mut person = Person {
        line,
        email: String::new(),
        language: None,
        territory: None,
        variables: BTreeMap::new(),
        frame: Map::new(),
    };
    for (cell, (name, meaning)) in cells.zip(columns) {
        let mut fault = |kind| {
            faults.push(SampleFault::new(line, kind).in_column(name));
        };
        if cell.chars().count() > LONGEST_CELL {
            fault(SampleFaultKind::CellLength);
            continue;
        }
        match meaning {
            Meaning::Email if is_address(cell.trim()) => cell.trim().clone_into(&mut person.email),
            Meaning::Email => fault(SampleFaultKind::Email),
            Meaning::Language => {
                let code = cell.trim().to_lowercase();
                if languages.contains(&code) {
                    person.language = Some(code);
                } else if !code.is_empty() {
                    fault(SampleFaultKind::Language);
                }
            }
            Meaning::Territory => {
                person.territory = (!cell.is_empty()).then(|| cell.to_owned());
            }
            Meaning::Variable => {
                person.variables.insert((*name).to_owned(), cell.to_owned());
            }
        }
    }
    person
}

#[cfg(test)]
mod tests {
    use super::{Person, SampleFault, read};

    fn engine() -> questionnaire::Engine {
        let yaml = "id: e\ntitle: E\nlanguages: [fr, en]\nblocks:\n- id: b\n  pages:\n  - {id: p, items: []}\n";
        questionnaire::check(yaml).engine.unwrap()
    }

    fn check(table: &str, expected: &[(u64, &str, &str)]) {
        let faults = read(table.as_bytes(), &engine()).err().unwrap_or_default();
        let line = |it: &SampleFault| (it.line, it.column.clone(), it.kind.code());
        let faults: Vec<_> = faults.iter().map(line).collect();
        let column = |name: &str| (!name.is_empty()).then(|| name.to_owned());
        let expected = expected.iter().map(|it| (it.0, column(it.1), it.2));
        assert_eq!(faults, expected.collect::<Vec<_>>(), "{table}");
    }

    fn people(table: &str) -> Vec<Person> {
        read(table.as_bytes(), &engine()).unwrap().people
    }

    #[test]
    fn faults_are_told_by_line() {
        check("", &[(1, "", "empty")]);
        check("email\n", &[(1, "", "empty")]);
        check("nom,âge\nA,3\n", &[(1, "", "no_email_column")]);
        check("email,,x\na@x.fr,1,2\n", &[(1, "", "unnamed_column")]);
        check("email,x,x\na@x.fr,1,2\n", &[(1, "x", "column_twice")]);
        check(
            "email,courriel\na@x.fr,a@x.fr\n",
            &[(1, "courriel", "column_twice")],
        );
        check(
            "email,x\na@x.fr\nb@x.fr,1,2\n",
            &[(2, "", "cell_count"), (3, "", "cell_count")],
        );
        check(
            "email\nnobody\n\na@x\n@x.fr\n",
            &[
                (2, "email", "email"),
                (4, "email", "email"),
                (5, "email", "email"),
            ],
        );
        check("email\na@x.fr\nA@X.fr\n", &[(3, "", "email_twice")]);
        check(
            "email,langue\na@x.fr,de\nb@x.fr,EN\nc@x.fr,\n",
            &[(2, "langue", "language")],
        );
        check(
            &format!("email,x\na@x.fr,{}\n", "é".repeat(2_001)),
            &[(2, "x", "cell_length")],
        );
        // Lines without a cell are none.
        check("e-mail;langue\na@x.fr;fr\nb@x.fr;en\n;;\n", &[]);
    }

    #[test]
    fn what_is_not_utf_8_is_told_where_it_is() {
        let faults = read(b"email,nom\na@x.fr,\xe9t\xe9\n", &engine()).unwrap_err();
        assert_eq!((faults[0].line, faults[0].kind.code()), (2, "encoding"));
    }

    #[test]
    fn cells_are_kept_exactly() {
        let table = "\u{feff}Courriel;Territoire;taille; =note \n\
                     Marie.Dupont@Example.org;  ;0012;\"=1+1; \"\"x\"\"\n \"\n";
        let all = people(table);
        assert_eq!(all.len(), 1);
        let marie = &all[0];
        assert_eq!(marie.email, "Marie.Dupont@Example.org");
        assert_eq!(marie.territory.as_deref(), Some("  "));
        let variables: Vec<_> = marie.variables.iter().collect();
        let (note, size) = (" =note ".to_owned(), "taille".to_owned());
        let cells = ["=1+1; \"x\"\n ".to_owned(), "0012".to_owned()];
        assert_eq!(variables, [(&note, &cells[0]), (&size, &cells[1])]);
    }
}
