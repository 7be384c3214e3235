//! The columns of several versions of a questionnaire: no answer of any of them is left out.

use questionnaire::{Engine, Meta, Sheet};

use crate::columns::Columns;

/// `meta.questionnaire_version`: which version a response answers, where a wave has asked several.
const VERSION: &str = "questionnaire_version";

/// The columns of the first version, then those that only others have; the version's number before them all.
#[derive(Clone, Debug, PartialEq)]
pub struct JoinedColumns {
    names: Vec<String>,
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq)]
struct Part {
    number: i32,
    columns: Columns,
    /// Where each of its columns stands.
    places: Vec<usize>,
}

impl JoinedColumns {
    /// The columns of versions, by number; marked for sheets of a rehearsal.
    #[must_use]
    pub fn of(versions: &[(i32, &Engine)], marks: bool) -> Self {
        let mut names = vec![format!("meta.{VERSION}")];
        let mut parts = Vec::new();
        for (number, engine) in versions {
            let columns = Columns::with(engine, marks);
            let places = columns.names().map(|name| {
                let known = names.iter().position(|it| it == name);
                known.unwrap_or_else(|| {
                    names.push(name.to_owned());
                    names.len() - 1
                })
            });
            let places = places.collect();
            parts.push(Part {
                number: *number,
                columns,
                places,
            });
        }
        Self { names, parts }
    }

    /// Their names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// A response as a row, read by the version that its sheet names; empty where that is none of these.
    #[must_use]
    pub fn row(&self, engines: &[(i32, &Engine)], sheet: &Sheet) -> Vec<String> {
        let mut row = vec![String::new(); self.names.len()];
        let Some(number) = version_of(&sheet.meta) else {
            return row;
        };
        let part = self.parts.iter().find(|it| it.number == number);
        let engine = engines.iter().find(|it| it.0 == number);
        if let (Some(part), Some((_, engine))) = (part, engine) {
            let cells = part
                .columns
                .row(&sheet.meta, &engine.load(sheet).evaluation);
            for (cell, at) in cells.into_iter().zip(&part.places) {
                row[*at] = cell;
            }
            row[0] = number.to_string();
        }
        row
    }
}

/// The number of the version that a sheet answers, where it says so.
#[must_use]
pub fn version_of(meta: &Meta) -> Option<i32> {
    let number = meta.other.get(VERSION)?.as_i64()?;
    i32::try_from(number).ok()
}

/// Says which version a sheet answers.
pub fn name_version(meta: &mut Meta, number: i32) {
    meta.other.insert(VERSION.to_owned(), number.into());
}

/// Takes that out again: it is what a response is stored with, not what was answered.
pub fn unname_version(meta: &mut Meta) {
    meta.other.remove(VERSION);
}
