//! What the sheet's cells refer to: which part the sheet is, shared strings, formats.

use super::archive::Archive;
use super::number::Shape;
use super::xml::{Next, Stream, Tag};
use super::{Fault, FaultKind};

/// Bytes that lists of parts, and formats, unpack to at most.
const SMALL: u64 = 8 * 1024 * 1024;
/// Bytes that the shared strings unpack to at most.
const STRINGS: u64 = 64 * 1024 * 1024;
/// Shared strings at most: one that is empty takes a few bytes packed and some dozens in memory.
const MOST_STRINGS: usize = 1_000_000;
const MOST_FORMATS: usize = 65_536;

/// A workbook without its sheets.
#[derive(Debug, Default)]
pub(super) struct Workbook {
    /// The name of the sheet.
    pub(super) sheet: String,
    /// The part it is.
    pub(super) part: String,
    /// Whether days are counted from 1904.
    pub(super) is_1904: bool,
    pub(super) strings: Vec<String>,
    /// How numbers are shown, by the number of the cell's format.
    pub(super) shapes: Vec<Shape>,
}

pub(super) fn read(archive: &mut Archive<'_>) -> Result<Workbook, Fault> {
    let main = relations(archive, "_rels/.rels", "")?
        .into_iter()
        .find(|it| it.kind.ends_with("/officeDocument"))
        .map_or_else(|| "xl/workbook.xml".to_owned(), |it| it.part);
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
    let related = relations(archive, &format!("{folder}/_rels/{file}.rels"), folder)?;
    let mut book = Workbook::default();
    let mut sheet = None;
    let Some(part) = archive.part(&main, SMALL)? else {
        return Err(FaultKind::Damaged.into());
    };
    each(Stream::new(part), |tag| {
        match tag.name.as_str() {
            "workbookPr" => book.is_1904 = tag.is_on("date1904"),
            "sheet" if sheet.is_none() && !is_hidden(tag) => {
                book.sheet = tag.get("name").unwrap_or_default().to_owned();
                sheet = tag.get("id").map(str::to_owned);
            }
            _ => {}
        }
        Ok(())
    })?;
    let part = |is: &dyn Fn(&Relation) -> bool| related.iter().find(|it| is(it));
    let found = part(&|it| Some(&it.id) == sheet.as_ref() && it.kind.ends_with("/worksheet"));
    let Some(found) = found else {
        return Err(FaultKind::NoSheet.into());
    };
    book.part.clone_from(&found.part);
    if let Some(it) = part(&|it| it.kind.ends_with("/sharedStrings")) {
        book.strings = strings(archive, &it.part)?;
    }
    if let Some(it) = part(&|it| it.kind.ends_with("/styles")) {
        book.shapes = shapes(archive, &it.part)?;
    }
    Ok(book)
}

fn is_hidden(tag: &Tag) -> bool {
    matches!(tag.get("state"), Some("hidden" | "veryHidden"))
}

/// What a part is to another.
struct Relation {
    id: String,
    kind: String,
    part: String,
}

fn relations(archive: &mut Archive<'_>, name: &str, folder: &str) -> Result<Vec<Relation>, Fault> {
    let mut relations = Vec::new();
    let name = name.trim_start_matches('/');
    let Some(part) = archive.part(name, SMALL)? else {
        return Ok(relations);
    };
    each(Stream::new(part), |tag| {
        if tag.name != "Relationship" {
            return Ok(());
        }
        let of = |name| tag.get(name).unwrap_or_default().to_owned();
        let target = of("Target");
        relations.push(Relation {
            id: of("Id"),
            kind: of("Type"),
            part: match target.strip_prefix('/') {
                Some(absolute) => absolute.to_owned(),
                None if folder.is_empty() => target,
                None => format!("{folder}/{target}"),
            },
        });
        Ok(())
    })?;
    Ok(relations)
}

/// Looks at each element that begins.
fn each(
    mut stream: Stream<'_>,
    mut look: impl FnMut(&Tag) -> Result<(), Fault>,
) -> Result<(), Fault> {
    loop {
        match stream.next()? {
            Next::Start(tag) => look(&tag)?,
            Next::Eof => return Ok(()),
            Next::End(_) | Next::Text(_) => {}
        }
    }
}

fn strings(archive: &mut Archive<'_>, name: &str) -> Result<Vec<String>, Fault> {
    let mut strings = Vec::new();
    let Some(part) = archive.part(name, STRINGS)? else {
        return Ok(strings);
    };
    let mut stream = Stream::new(part);
    loop {
        match stream.next()? {
            Next::Start(tag) if tag.name == "si" => {
                if strings.len() == MOST_STRINGS {
                    return Err(FaultKind::TooLarge.into());
                }
                strings.push(text(&mut stream, "si")?);
            }
            Next::Eof => return Ok(strings),
            Next::Start(_) | Next::End(_) | Next::Text(_) => {}
        }
    }
}

/// The text up to the end of an element: of its `t`, without the readings of Japanese names.
pub(super) fn text(stream: &mut Stream<'_>, until: &str) -> Result<String, Fault> {
    let mut text = String::new();
    let (mut is_text, mut is_reading) = (false, false);
    loop {
        match stream.next()? {
            Next::Start(tag) if tag.name == "t" => is_text = true,
            Next::Start(tag) if tag.name == "rPh" => is_reading = true,
            Next::End(name) if name == until => return Ok(unescaped(text)),
            Next::End(name) if name == "t" => is_text = false,
            Next::End(name) if name == "rPh" => is_reading = false,
            Next::Text(it) if is_text && !is_reading => text.push_str(&it),
            Next::Start(_) | Next::End(_) | Next::Text(_) => {}
            Next::Eof => return Err(FaultKind::Damaged.into()),
        }
    }
}

/// `_x000D_` is how a workbook writes a character that XML cannot hold.
fn unescaped(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let code = from.get(2..6).filter(|_| from.get(6..7) == Some("_"));
        let code = code.filter(|it| it.bytes().all(|it| it.is_ascii_hexdigit()));
        let character = code
            .and_then(|it| u32::from_str_radix(it, 16).ok())
            .and_then(char::from_u32);
        match character {
            Some(character) => {
                out.push(character);
                rest = from.get(7..).unwrap_or_default();
            }
            None => {
                out.push_str("_x");
                rest = from.get(2..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

fn shapes(archive: &mut Archive<'_>, name: &str) -> Result<Vec<Shape>, Fault> {
    let mut own: Vec<(usize, Shape)> = Vec::new();
    let mut shapes = Vec::new();
    let Some(part) = archive.part(name, SMALL)? else {
        return Ok(shapes);
    };
    let mut is_cells = false;
    let mut stream = Stream::new(part);
    loop {
        match stream.next()? {
            Next::Start(tag) if tag.name == "numFmt" => {
                let code = tag.get("formatCode").unwrap_or_default();
                own.extend(tag.number("numFmtId").map(|it| (it, Shape::of(code))));
            }
            Next::Start(tag) if tag.name == "cellXfs" => is_cells = true,
            Next::End(name) if name == "cellXfs" => is_cells = false,
            Next::Start(tag) if tag.name == "xf" && is_cells => {
                let id = tag.number("numFmtId").unwrap_or_default();
                let found = own.iter().find(|(it, _)| *it == id);
                shapes.push(found.map_or_else(|| Shape::built_in(id), |(_, it)| *it));
            }
            Next::Eof => return Ok(shapes),
            Next::Start(_) | Next::End(_) | Next::Text(_) => {}
        }
        if own.len().max(shapes.len()) > MOST_FORMATS {
            return Err(FaultKind::TooLarge.into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::unescaped;

    #[test]
    fn characters_that_xml_cannot_hold() {
        let check = |text: &str, expect: &str| assert_eq!(unescaped(text.to_owned()), expect);
        check("a_x000D_b", "a\rb");
        check("a_x005F_x000D_b", "a_x000D_b");
        check("_x12_ _xZZZZ_ _x", "_x12_ _xZZZZ_ _x");
        check("_x00é_ _x", "_x00é_ _x");
    }
}
