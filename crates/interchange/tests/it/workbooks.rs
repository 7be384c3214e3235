//! Answers in workbooks that somebody else made.

use interchange::xlsx::answers::read;
use serde_json::json;

#[test]
fn what_has_no_place_is_a_loss() {
    let engine = questionnaire::check(testkit::EVERY_KIND).engine.unwrap();
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    for (at, name) in (0u16..).zip(["texte", "inconnue", "nombre", "texte"]) {
        page.write(0, at, name).unwrap();
    }
    page.write(1, 0, "un").unwrap();
    page.write(1, 2, 3).unwrap();
    page.write(2, 0, "deux").unwrap();
    page.write(2, 9, "au-delà").unwrap();
    let read = read(&engine, &book.save_to_buffer().unwrap()).unwrap();
    let losses: Vec<_> = read
        .losses
        .iter()
        .map(|it| (it.code, it.place.as_str()))
        .collect();
    assert_eq!(
        losses,
        [
            ("IX0002", "inconnue"),
            ("IX0002", "texte"),
            ("IX0003", "line 3")
        ]
    );
    assert_eq!(read.sheets.len(), 1);
    let only = &read.sheets[0].1;
    assert_eq!(json!(only.answers), json!({ "texte": "un", "nombre": 3 }));
}
