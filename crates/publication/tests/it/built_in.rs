//! The questionnaires that the program brings along.

use std::path::Path;

use questionnaire::Engine;

/// The engine of a questionnaire without errors.
#[track_caller]
pub(crate) fn engine(source: &str) -> Engine {
    let checked = questionnaire::check(source);
    let found = format!("{:#?}", checked.diagnostics);
    assert!(checked.engine.is_some(), "{found}");
    checked.engine.unwrap()
}

/// Each with its name.
pub(crate) fn engines() -> Vec<(String, Engine)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../questionnaires");
    let folders = std::fs::read_dir(root).unwrap();
    let folders = folders
        .map(|it| it.unwrap().path())
        .filter(|it| it.is_dir());
    let files = folders.flat_map(|it| std::fs::read_dir(it).unwrap());
    let mut files: Vec<_> = files.map(|it| it.unwrap().path()).collect();
    files.retain(|it| it.extension().is_some_and(|it| it == "yaml"));
    files.sort();
    assert!(files.len() >= 11, "{files:?}");
    let named = files.iter().map(|it| {
        let source = std::fs::read_to_string(it).unwrap();
        (it.display().to_string(), engine(&source))
    });
    named.collect()
}
