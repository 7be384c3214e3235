//! The cells of a sheet.

use super::archive::Archive;
use super::number::Shape;
use super::workbook::{Workbook, text};
use super::xml::{Next, Stream, Tag};
use super::{Fault, FaultKind, Limits, Row, Table};

pub(super) fn read(
    archive: &mut Archive<'_>,
    book: &Workbook,
    limits: &Limits,
) -> Result<Table, Fault> {
    let Some(part) = archive.part(&book.part, limits.unpacked)? else {
        return Err(FaultKind::NoSheet.into());
    };
    let mut stream = Stream::new(part);
    let mut rows = Rows {
        limits,
        rows: Vec::new(),
        cells: 0,
        text: 0,
    };
    // Where the next row, and the next cell of it, lies if it does not say.
    let (mut row, mut column) = (0u32, 0u32);
    loop {
        match stream.next()? {
            Next::Start(tag) if tag.name == "row" => {
                column = 0;
                if let Some(number) = tag.number("r") {
                    let number = u32::try_from(number).ok().and_then(|it| it.checked_sub(1));
                    row = number.ok_or(FaultKind::Damaged)?;
                }
            }
            Next::End(name) if name == "row" => {
                row = row.checked_add(1).ok_or(FaultKind::Damaged)?;
            }
            Next::Start(tag) if tag.name == "c" => {
                let at = match tag.get("r") {
                    Some(name) => place(name).ok_or(FaultKind::Damaged)?,
                    None => (row, column),
                };
                (row, column) = (at.0, at.1.saturating_add(1));
                let here = |kind: FaultKind| Fault {
                    cell: Some(at),
                    ..kind.into()
                };
                let shown = cell(&mut stream, &tag, book)?;
                let shown = shown.map_err(here)?;
                if !shown.is_empty() {
                    rows.put(at, shown).map_err(here)?;
                }
            }
            Next::Eof => break,
            Next::Start(_) | Next::End(_) | Next::Text(_) => {}
        }
    }
    Ok(Table {
        sheet: book.sheet.clone(),
        rows: rows.rows,
    })
}

struct Rows<'l> {
    limits: &'l Limits,
    rows: Vec<Row>,
    cells: usize,
    text: usize,
}

impl Rows<'_> {
    fn put(&mut self, (row, column): (u32, u32), shown: String) -> Result<(), FaultKind> {
        let line = u64::from(row) + 1;
        let column = column as usize;
        match self.rows.last() {
            // Rows follow each other in a workbook; the same one twice would be two people in one.
            Some(last) if last.line > line => return Err(FaultKind::Damaged),
            Some(last) if last.line == line => {}
            _ => {
                if self.rows.len() == self.limits.rows {
                    return Err(FaultKind::TooLarge);
                }
                self.rows.push(Row {
                    line,
                    cells: Vec::new(),
                });
            }
        }
        // Those before it in the row are there with it, empty or not.
        let there = self.rows.last().map_or(0, |it| it.cells.len());
        self.cells += (column + 1).saturating_sub(there);
        self.text += shown.len();
        let is_beyond = column >= self.limits.columns
            || self.cells > self.limits.cells
            || self.text > self.limits.text;
        if is_beyond {
            return Err(FaultKind::TooLarge);
        }
        if let Some(last) = self.rows.last_mut() {
            if last.cells.len() <= column {
                last.cells.resize(column + 1, String::new());
            }
            if let Some(cell) = last.cells.get_mut(column) {
                *cell = shown;
            }
        }
        Ok(())
    }
}

/// Where a cell is by its name: `C12` is in row 11 and column 2, counted from 0.
fn place(name: &str) -> Option<(u32, u32)> {
    let at = name.find(|it: char| !it.is_ascii_alphabetic())?;
    let (letters, digits) = name.split_at(at);
    let mut column = 0u32;
    for letter in letters.bytes() {
        let value = u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        column = column.checked_mul(26)?.checked_add(value)?;
    }
    let row: u32 = digits.parse().ok()?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

/// What a cell shows: nothing wrong with the file, perhaps with the cell.
fn cell(
    stream: &mut Stream<'_>,
    tag: &Tag,
    book: &Workbook,
) -> Result<Result<String, FaultKind>, Fault> {
    let kind = tag.get("t").unwrap_or("n");
    let mut value = None;
    let mut is_value = false;
    let mut has_formula = false;
    loop {
        match stream.next()? {
            Next::Start(it) if it.name == "v" => {
                is_value = true;
                value = Some(String::new());
            }
            Next::Start(it) if it.name == "f" => has_formula = true,
            Next::Start(it) if it.name == "is" => {
                value = Some(text(stream, "is")?);
            }
            Next::End(name) if name == "v" => is_value = false,
            Next::End(name) if name == "c" => break,
            Next::Text(it) if is_value => {
                if let Some(value) = &mut value {
                    value.push_str(&it);
                }
            }
            Next::Start(_) | Next::End(_) | Next::Text(_) => {}
            Next::Eof => return Err(FaultKind::Damaged.into()),
        }
    }
    let Some(value) = value else {
        let never_worked_out = has_formula.then_some(FaultKind::ErrorCell);
        return Ok(never_worked_out.map_or_else(|| Ok(String::new()), Err));
    };
    Ok(match kind {
        "s" => {
            let at: Option<usize> = value.trim().parse().ok();
            let found = at.and_then(|it| book.strings.get(it));
            found.cloned().ok_or(FaultKind::Damaged)
        }
        "b" => Ok(if value.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned()),
        "e" => Err(FaultKind::ErrorCell),
        "n" if value.trim().is_empty() => Ok(String::new()),
        "n" => match value.trim().parse::<f64>() {
            Ok(number) => {
                let style = tag.number("s").unwrap_or_default();
                let shape = book.shapes.get(style).copied().unwrap_or(Shape::Plain);
                Ok(shape.show(number, book.is_1904))
            }
            Err(_) => Err(FaultKind::Damaged),
        },
        _ => Ok(value),
    })
}
