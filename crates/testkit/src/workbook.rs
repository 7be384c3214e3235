//! Workbooks made part by part: honest ones that hold what we say, and those that attack their reader.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A part's content: texts, each as often as said.
type Content<'c> = &'c [(&'c str, usize)];

/// A workbook of one sheet, called « Personnes », after a hidden one: what stands in its `sheetData`, in its
/// shared strings, and in its style sheet.
#[must_use]
pub fn workbook(sheet_data: &str, strings: &str, styles: &str) -> Vec<u8> {
    Parts {
        sheet: &[(sheet_data, 1)],
        strings: &[(strings, 1)],
        styles: &[(styles, 1)],
        ..Parts::default()
    }
    .pack()
}

#[derive(Clone, Copy)]
struct Parts<'c> {
    /// What stands before the sheet's first element.
    before: &'c str,
    /// More attributes of the shared strings.
    counts: &'c str,
    sheet: Content<'c>,
    strings: Content<'c>,
    styles: Content<'c>,
    /// How many parts there are that nobody needs.
    n_more: usize,
}

impl Default for Parts<'_> {
    fn default() -> Self {
        Self {
            before: "",
            counts: "",
            sheet: &[(
                r#"<row r="1"><c r="A1" t="str"><v>email</v></c></row><row r="2"><c r="A2" t="str"><v>a@x.fr</v></c></row>"#,
                1,
            )],
            strings: &[],
            styles: &[],
            n_more: 0,
        }
    }
}

impl Parts<'_> {
    fn pack(&self) -> Vec<u8> {
        let mut zip = Zip(ZipWriter::new(Cursor::new(Vec::new())));
        let related = |of: &str, kind: &str, target: &str| {
            format!(r#"<Relationship Id="{of}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
        };
        let list = |of: String| format!(r#"<Relationships xmlns="{PACKAGE}">{of}</Relationships>"#);
        let root = list(related("r1", "officeDocument", "xl/workbook.xml"));
        zip.part("_rels/.rels", [root.as_str()], &[], "");
        let book = format!(
            r#"<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="Notes" sheetId="1" state="hidden" r:id="r9"/><sheet name="Personnes" sheetId="2" r:id="r1"/></sheets></workbook>"#
        );
        zip.part("xl/workbook.xml", [book.as_str()], &[], "");
        let parts = list(
            related("r1", "worksheet", "worksheets/sheet1.xml")
                + &related("r2", "sharedStrings", "/xl/sharedStrings.xml")
                + &related("r3", "styles", "styles.xml"),
        );
        zip.part("xl/_rels/workbook.xml.rels", [parts.as_str()], &[], "");
        let (name, end) = ("xl/worksheets/sheet1.xml", "</sheetData></worksheet>");
        let open = format!(r#"<worksheet xmlns="{MAIN}"><sheetData>"#);
        zip.part(name, [self.before, open.as_str()], self.sheet, end);
        let open = format!(r#"<sst xmlns="{MAIN}" {}>"#, self.counts);
        zip.part(
            "xl/sharedStrings.xml",
            [open.as_str()],
            self.strings,
            "</sst>",
        );
        let (name, end) = ("xl/styles.xml", "</styleSheet>");
        let open = format!(r#"<styleSheet xmlns="{MAIN}">"#);
        zip.part(name, [open.as_str()], self.styles, end);
        for at in 0..self.n_more {
            zip.part(&format!("xl/worksheets/more{at}.xml"), ["<x/>"], &[], "");
        }
        zip.0.finish().map(Cursor::into_inner).unwrap_or_default()
    }
}

struct Zip(ZipWriter<Cursor<Vec<u8>>>);

impl Zip {
    fn part<const N: usize>(
        &mut self,
        name: &str,
        open: [&str; N],
        content: Content<'_>,
        close: &str,
    ) {
        let deflated = SimpleFileOptions::default();
        let deflated = deflated.compression_method(CompressionMethod::Deflated);
        // Writing to memory does not fail.
        let _ = self.0.start_file(name, deflated);
        let _ = self.0.write_all(open.concat().as_bytes());
        for (text, times) in content {
            let a_block = (65_536 / text.len().max(1)).clamp(1, *times.max(&1));
            let block = text.repeat(a_block);
            for _ in 0..times / a_block {
                let _ = self.0.write_all(block.as_bytes());
            }
            let _ = self.0.write_all(text.repeat(times % a_block).as_bytes());
        }
        let _ = self.0.write_all(close.as_bytes());
    }
}

/// A file that attacks whoever reads it.
#[derive(Debug, Clone)]
pub struct Bomb {
    /// What it does.
    pub name: &'static str,
    /// What is wrong with it, as the product says it by its codes.
    pub code: &'static str,
    /// The file.
    pub file: Vec<u8>,
}

/// Workbooks that attack their reader, and files that are no workbooks although they are called so.
///
/// Each is made when it is asked for: some unpack to 300 MB.
pub fn bombs() -> impl Iterator<Item = Bomb> {
    let honest = || Parts::default().pack();
    type Maker = Box<dyn Fn() -> Vec<u8>>;
    let makers: [(&str, &str, Maker); 22] = [
        (
            "too_large",
            "two cells at opposite corners",
            Box::new(|| {
                sheet(&[(
                    r#"<row r="1"><c r="A1" t="str"><v>email</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#,
                    1,
                )])
            }),
        ),
        (
            "too_large",
            "a cell at the far right of 100,000 rows",
            Box::new(|| {
                let row = |n: u32| format!(r#"<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>"#);
                sheet(&[(&(1..=100_000).map(row).collect::<String>(), 1)])
            }),
        ),
        (
            "too_large",
            "a column beyond all columns",
            Box::new(|| sheet(&[(r#"<row><c r="ZZZZZZ1"><v>1</v></c></row>"#, 1)])),
        ),
        (
            "too_large",
            "a cell of 300 MB",
            Box::new(|| {
                sheet(&[
                    (r#"<row><c t="str"><v>"#, 1),
                    ("a", 300_000_000),
                    ("</v></c></row>", 1),
                ])
            }),
        ),
        (
            "too_large",
            "45 million empty rows",
            Box::new(|| sheet(&[("<row/>", 45_000_000)])),
        ),
        (
            "too_large",
            "ten million cells",
            Box::new(|| sheet(&[("<row><c><v>1</v></c></row>", 10_000_000)])),
        ),
        (
            "too_large",
            "an element of 80 MB of attributes",
            Box::new(|| sheet(&[("<row ", 1), (r#"a="b" "#, 13_000_000), ("/>", 1)])),
        ),
        (
            "too_large",
            "a formula of 300 MB",
            Box::new(|| {
                sheet(&[
                    ("<row><c><f>", 1),
                    ("1+", 150_000_000),
                    ("1</f></c></row>", 1),
                ])
            }),
        ),
        (
            "too_large",
            "18 million shared strings",
            Box::new(|| strings("", &[("<si><t>x</t></si>", 18_000_000)])),
        ),
        (
            "too_large",
            "shared strings of 300 MB",
            Box::new(|| {
                strings(
                    "",
                    &[(
                        "<si><t>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</t></si>",
                        3_600_000,
                    )],
                )
            }),
        ),
        (
            "too_large",
            "a long shared string in many cells",
            Box::new(|| {
                Parts {
                    strings: &[("<si><t>", 1), ("a", 1_000_000), ("</t></si>", 1)],
                    sheet: &[(r#"<row><c t="s"><v>0</v></c></row>"#, 100_000)],
                    ..Parts::default()
                }
                .pack()
            }),
        ),
        (
            "too_large",
            "a million formats",
            Box::new(|| {
                Parts {
                    styles: &[
                        ("<cellXfs>", 1),
                        (r#"<xf numFmtId="14"/>"#, 1_000_000),
                        ("</cellXfs>", 1),
                    ],
                    ..Parts::default()
                }
                .pack()
            }),
        ),
        (
            "too_large",
            "ten thousand parts",
            Box::new(|| {
                Parts {
                    n_more: 10_000,
                    ..Parts::default()
                }
                .pack()
            }),
        ),
        (
            "too_large",
            "a list of parts that says it is longer than memory",
            Box::new(move || with_long_list(honest())),
        ),
        (
            "workbook_dtd",
            "entities that grow",
            Box::new(|| {
                Parts {
            before: "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>",
            sheet: &[(r#"<row><c t="str"><v>&b;</v></c></row>"#, 1)],
            ..Parts::default()
        }.pack()
            }),
        ),
        (
            "workbook_dtd",
            "an entity that is a file",
            Box::new(|| {
                Parts {
                    before: "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>",
                    sheet: &[(r#"<row><c t="str"><v>&a;</v></c></row>"#, 1)],
                    ..Parts::default()
                }
                .pack()
            }),
        ),
        (
            "workbook_damaged",
            "one byte of a checksum is another",
            Box::new(move || with_wrong_checksum(honest())),
        ),
        (
            "workbook_damaged",
            "it ends in the middle",
            Box::new(move || honest().into_iter().take(600).collect()),
        ),
        (
            "workbook_damaged",
            "rows that go back",
            Box::new(|| {
                sheet(&[(
                    r#"<row r="5"><c><v>1</v></c></row><row r="2"><c><v>1</v></c></row>"#,
                    1,
                )])
            }),
        ),
        (
            "workbook_damaged",
            "a row before the first",
            Box::new(|| sheet(&[(r#"<row r="0"><c r="A0"><v>1</v></c></row>"#, 1)])),
        ),
        (
            "workbook_encrypted",
            "a password is asked for",
            Box::new(|| compound("EncryptedPackage")),
        ),
        (
            "workbook_old",
            "an old workbook under a new name",
            Box::new(|| compound("Workbook")),
        ),
    ];
    makers.into_iter().map(|(code, name, make)| Bomb {
        name,
        code,
        file: make(),
    })
}

/// An honest workbook that says it holds 2⁶² different shared strings: whoever makes room for them dies.
#[must_use]
pub fn boastful() -> Vec<u8> {
    strings(
        r#"count="4611686018427387904" uniqueCount="4611686018427387904""#,
        &[],
    )
}

fn sheet(data: Content<'_>) -> Vec<u8> {
    Parts {
        sheet: data,
        ..Parts::default()
    }
    .pack()
}

fn strings(counts: &str, strings: Content<'_>) -> Vec<u8> {
    Parts {
        counts,
        strings,
        ..Parts::default()
    }
    .pack()
}

/// Puts before the end the form of the end for files beyond 4 GB: a billion parts.
fn with_long_list(mut file: Vec<u8>) -> Vec<u8> {
    let at = file.len().saturating_sub(22);
    let end = file.split_off(at);
    let count = 1_000_000_000_u64.to_le_bytes();
    let here = (at as u64).to_le_bytes();
    file.extend(b"PK\x06\x06\x2c\0\0\0\0\0\0\0\x2d\0\x2d\0\0\0\0\0\0\0\0\0");
    file.extend(count.into_iter().chain(count).chain([0; 8]).chain([0; 8]));
    file.extend(b"PK\x06\x07\0\0\0\0");
    file.extend(here.into_iter().chain([1, 0, 0, 0]));
    file.extend(end);
    file
}

/// Changes the checksum of the sheet, in the list of parts and before the part.
fn with_wrong_checksum(mut file: Vec<u8>) -> Vec<u8> {
    let name = b"xl/worksheets/sheet1.xml";
    let places: Vec<usize> = (0..file.len())
        .filter(|at| file.get(*at..).is_some_and(|it| it.starts_with(name)))
        .collect();
    // Names stand 30 bytes after the beginning of a part and 46 after that of a line of the list, checksums 14 and 16.
    for (place, back) in places.into_iter().zip([30 - 14, 46 - 16]) {
        if let Some(byte) = file.get_mut(place - back) {
            *byte ^= 1;
        }
    }
    file
}

/// The container of locked and of old workbooks, with a stream of this name.
fn compound(stream: &str) -> Vec<u8> {
    let mut file = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    file.resize(1_024, 0);
    file.extend(stream.bytes().flat_map(|it| [it, 0]));
    file.resize(4_096, 0);
    file
}

/// A sheet of people, a row each, as text.
#[must_use]
pub fn people(rows: &[&[&str]]) -> Vec<u8> {
    let mut data = String::new();
    for row in rows {
        data.push_str("<row>");
        for cell in *row {
            let cell = cell.replace('&', "&amp;").replace('<', "&lt;");
            // Writing to a text does not fail.
            let _ = write!(data, r#"<c t="inlineStr"><is><t>{cell}</t></is></c>"#);
        }
        data.push_str("</row>");
    }
    workbook(&data, "", "")
}
