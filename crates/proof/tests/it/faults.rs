//! Seeded faults: each found with its own code at its own line, its repaired twin clean.

use std::path::{Path, PathBuf};

use expr::Lang;
use proof::{Budget, findings::Finding, prove};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults")
}

fn files(wanted: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder()).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|it| it.unwrap().path()).collect();
    files.retain(|it| it.to_str().is_some_and(&wanted));
    files.sort();
    files
}

/// Code and line of everything found, by the compiler and by the proof.
fn found(path: &Path) -> (Vec<(String, u32)>, Vec<Finding>) {
    let source = std::fs::read_to_string(path).unwrap();
    let checked = questionnaire::check(&source);
    let mut all: Vec<(String, u32)> = checked
        .diagnostics
        .iter()
        .map(|it| (it.code().to_owned(), it.position.line))
        .collect();
    let mut findings = Vec::new();
    if let (Some(engine), Some(document)) = (&checked.engine, &checked.questionnaire) {
        findings = prove(engine, &Budget::default()).findings(document, &checked.map);
    }
    all.extend(
        findings
            .iter()
            .map(|it| (it.rule.code.to_owned(), it.position.line)),
    );
    all.sort();
    (all, findings)
}

#[test]
fn each_fault_is_found_with_its_own_code_at_its_own_line() {
    let faults = files(|it| it.ends_with(".yaml") && !it.ends_with(".fixed.yaml"));
    assert!(faults.len() >= 25);
    let mut wrong = Vec::new();
    for path in faults {
        let source = std::fs::read_to_string(&path).unwrap();
        let expected = source
            .lines()
            .filter_map(|it| it.strip_prefix("# expect: "));
        let mut expected: Vec<(String, u32)> = expected
            .map(|it| {
                let (code, line) = it.trim().split_once(' ').unwrap();
                (code.to_owned(), line.parse().unwrap())
            })
            .collect();
        expected.sort();
        let (all, findings) = found(&path);
        if all != expected {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            wrong.push(format!("{name}: expected {expected:?}, found {all:?}"));
        }
        for it in findings {
            for lang in [Lang::Fr, Lang::En] {
                assert!(!it.message(lang).is_empty() && !it.suggestion(lang).is_empty());
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_repaired_twin_gives_no_diagnostic() {
    let mut wrong = Vec::new();
    for path in files(|it| it.ends_with(".fixed.yaml")) {
        let (all, _) = found(&path);
        if !all.is_empty() {
            wrong.push(format!("{}: {all:?}", path.file_name().unwrap().display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
