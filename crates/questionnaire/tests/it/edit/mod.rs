//! Edits of documents: what each does, what holds of all of them, two people at once.

mod cases;
mod laws;
mod merging;
mod together;

use questionnaire::document::edit::{Edit, Refused, apply};
use questionnaire::document::{self, Questionnaire};

fn read(source: &str) -> Questionnaire {
    let read = document::read(source);
    read.questionnaire
        .unwrap_or_else(|| panic!("{:#?}", read.diagnostics))
}

/// An edit from its JSON form.
fn edit(json: &str) -> Edit {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"))
}

fn apply_all(document: &Questionnaire, edits: &[Edit]) -> Result<Questionnaire, Refused> {
    let mut it = document.clone();
    for edit in edits {
        apply(&mut it, edit)?;
    }
    Ok(it)
}

/// Every questionnaire and guide that is built in.
fn built_in() -> Vec<Questionnaire> {
    let folder = std::path::Path::new("../../questionnaires");
    let mut all = Vec::new();
    for folder in std::fs::read_dir(folder).unwrap() {
        for file in std::fs::read_dir(folder.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|it| it == "yaml") {
                all.push(read(&std::fs::read_to_string(path).unwrap()));
            }
        }
    }
    assert!(all.len() >= 5, "the built-in questionnaires are gone");
    all
}
