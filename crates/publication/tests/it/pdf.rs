//! The file, read back.

use lopdf::{Document, Object};
use publication::{Options, paper, pdf};

use crate::built_in::{engine, engines};
use crate::read::{pdf_text, squeezed};

const QPV: &str = include_str!("../../../../questionnaires/qpv-cls/questionnaire.yaml");

#[test]
fn every_text_is_read_back() {
    for (name, engine) in engines() {
        let it = paper(&engine, "fr", &Options::default());
        let said = pdf_text(&pdf::document(&it).unwrap());
        for entry in it.entries() {
            if let publication::paper::Entry::Question(it) = entry {
                let label = squeezed(&it.label);
                assert!(said.contains(&label), "{name}: {label} in {said}");
            }
        }
    }
}

#[test]
fn it_is_tagged_titled_and_bookmarked() {
    let it = paper(&engine(QPV), "fr", &Options::default());
    let file = Document::load_mem(&pdf::document(&it).unwrap()).unwrap();
    let catalog = file.catalog().unwrap();
    let language = catalog.get(b"Lang").and_then(Object::as_str).unwrap();
    assert_eq!(language, b"fr");
    assert!(catalog.has(b"StructTreeRoot"));
    assert!(catalog.has(b"Outlines"));
    let marked = catalog.get(b"MarkInfo").and_then(Object::as_dict).unwrap();
    assert!(marked.get(b"Marked").and_then(Object::as_bool).unwrap());
    let tags: Vec<&[u8]> = file
        .objects
        .values()
        .filter_map(|it| it.as_dict().ok())
        .filter(|it| it.has(b"P") && it.has(b"K"))
        .filter_map(|it| it.get(b"S").and_then(Object::as_name).ok())
        .collect();
    for wanted in [&b"H1"[..], b"H2", b"P", b"L", b"LI", b"Lbl", b"LBody"] {
        assert!(
            tags.contains(&wanted),
            "{}",
            String::from_utf8_lossy(wanted)
        );
    }
    for (_, page) in file.get_pages() {
        let page = file.get_dictionary(page).unwrap();
        let size = page.get(b"MediaBox").and_then(Object::as_array).unwrap();
        let size: Vec<f32> = size.iter().map(|it| it.as_float().unwrap()).collect();
        assert_eq!(size, [0.0, 0.0, 595.28, 841.89]);
    }
}
