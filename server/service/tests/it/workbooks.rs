//! Answers as workbooks: what comes back, and what a spreadsheet program would make of the cells.

use std::io::Read as _;

use interchange::columns::Columns;
use interchange::xlsx::answers::read;
use questionnaire::{Engine, Keep, Sheet};
use serde_json::{Value, json};
use service::workbook::{Book, Unwritable};

fn engine() -> Engine {
    questionnaire::check(testkit::EVERY_KIND).engine.unwrap()
}

fn sheet(answers: &Value) -> Sheet {
    Sheet {
        answers: answers.as_object().unwrap().clone(),
        ..Sheet::default()
    }
}

/// What the engine makes of a sheet, in its one stored form.
fn canonical(engine: &Engine, sheet: &Sheet) -> Value {
    Value::Object(engine.load(sheet).evaluation.to_answers(Keep::Everything))
}

fn workbook(engine: &Engine, sheets: &[Sheet]) -> Vec<u8> {
    let mut book = Book::new(engine, Columns::of(engine)).unwrap();
    for sheet in sheets {
        book.add(sheet).unwrap();
    }
    book.finish().unwrap()
}

fn round_trips(answers: &Value) {
    let engine = engine();
    let given = sheet(answers);
    let file = workbook(&engine, std::slice::from_ref(&given));
    let read = read(&engine, &file).unwrap();
    assert_eq!(read.losses, []);
    let lines: Vec<usize> = read.sheets.iter().map(|it| it.0).collect();
    assert_eq!(lines, [2], "{answers}");
    let back = &read.sheets[0].1;
    assert_eq!(
        canonical(&engine, back),
        canonical(&engine, &given),
        "{answers}"
    );
}

#[test]
fn every_kind_comes_back() {
    round_trips(&json!({
        "un": "autre", "un.autre": "GIP, « santé »", "plusieurs": ["z", "x"], "nombre": 1234.5, "somme": 0,
        "texte": "deux\nlignes", "jour": "2026-03-12", "accord": true, "rang": ["q", "p"],
        "grille": {"l1": "oui"}, "coches": {"l1": ["oui", "non"]},
        "par_choix": [{"qui": "x", "etp": 0.5}], "libres": [{"nom": "A", "ouverte": false}, {"nom": "B"}],
    }));
    round_trips(
        &json!({ "nombre": {"$missing": "refused"}, "plusieurs": {"$missing": "dont_know"}, "accord": false }),
    );
}

/// Texts that look like numbers, days, formulas, escapes or our own marks.
const TEXTS: &[&str] = &[
    "=1+1",
    "=HYPERLINK(\"http://x\")",
    "+33 1 02",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    "'",
    "'=1",
    "$refused",
    "007",
    "1e5",
    "1E5",
    "0.10",
    "1234567890123456789",
    "0.1",
    "12",
    "1/2",
    "2026-03-12",
    "TRUE",
    "#N/A",
    "NaN",
    "inf",
    " blancs ",
    "a\r\nb",
    "a\rb",
    "_x000D_",
    "_x0041_",
    "<b>&amp;</b>",
    "\u{1}\u{7}",
    "é\u{301}🧪",
    "\u{202e}abc",
    "\u{feff}x",
    "]]>",
    "a\u{b}b",
    "\u{fffe}",
];

#[test]
fn texts_come_back_to_the_last_letter() {
    for text in TEXTS {
        round_trips(&json!({ "texte": text }));
    }
    let long: String = "é".repeat(32_767);
    round_trips(&json!({ "texte": long }));
    let engine = engine();
    let mut book = Book::new(&engine, Columns::of(&engine)).unwrap();
    let refused = book.add(&sheet(&json!({ "texte": format!("{long}e") })));
    assert!(
        matches!(&refused, Err(Unwritable::LongText { column, .. }) if column == "texte"),
        "{refused:?}"
    );
}

#[test]
fn no_cell_is_a_formula_and_numbers_are_numbers() {
    let engine = engine();
    let mut sheets: Vec<Sheet> = TEXTS
        .iter()
        .map(|it| sheet(&json!({ "texte": it })))
        .collect();
    sheets.push(sheet(&json!({ "nombre": 1234.5, "plusieurs": ["x"] })));
    let file = workbook(&engine, &sheets);
    assert_eq!(
        file,
        workbook(&engine, &sheets),
        "the same answers, the same file"
    );
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(file)).unwrap();
    let mut xml = String::new();
    let mut part = archive.by_name("xl/worksheets/sheet1.xml").unwrap();
    part.read_to_string(&mut xml).unwrap();
    assert!(!xml.contains("<f"), "{xml}");
    assert!(xml.contains("<v>1234.5</v>"), "{xml}");
}
