//! Habits that a reader should be able to rely on.

use crate::tree::{files, read, root};
use std::path::Path;

/// Above this a file is more than one idea.
const LONGEST: usize = 500;

fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().display().to_string()
}

#[test]
fn files_are_short_enough_to_read() {
    let long: Vec<String> = files(&[".rs"])
        .iter()
        .filter_map(|path| {
            let lines = read(path).lines().count();
            (lines > LONGEST).then(|| format!("{}: {lines} lines", relative(path)))
        })
        .collect();
    assert!(long.is_empty(), "more than {LONGEST} lines: {long:#?}");
}

#[test]
fn names_say_something() {
    const EMPTY: [&str; 9] = [
        "utils", "util", "common", "helpers", "helper", "manager", "misc", "shared", "stuff",
    ];
    let vague: Vec<String> = files(&[".rs", ".toml", ".css", ".mjs"])
        .iter()
        .map(|path| relative(path))
        .filter(|path| path.split(['/', '.']).any(|part| EMPTY.contains(&part)))
        .collect();
    assert!(vague.is_empty(), "names that say nothing: {vague:#?}");
}

#[test]
fn nothing_is_left_unfinished() {
    // Spelt in two halves, or this file would find itself.
    let marks = [
        concat!("to", "do!("),
        concat!("unimple", "mented!("),
        concat!("db", "g!("),
        concat!("FIX", "ME"),
        concat!("XX", "X"),
        concat!("#[ign", "ore"),
        concat!("allow(", "clippy"),
    ];
    let mut found = Vec::new();
    for path in files(&[".rs"]) {
        for (number, line) in read(&path).lines().enumerate() {
            if let Some(mark) = marks.iter().find(|it| line.contains(**it)) {
                found.push(format!("{}:{}: {mark}", relative(&path), number + 1));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn versions_stand_in_one_place() {
    for path in files(&["Cargo.toml"])
        .iter()
        .filter(|it| it.parent() != Some(&root()))
    {
        for line in read(path).lines() {
            let versioned = line.contains("version = \"")
                || (line.contains(" = \"") && line.split('"').nth(1).is_some_and(is_version));
            assert!(
                !versioned,
                "{}: `{line}` belongs to the root Cargo.toml",
                relative(path)
            );
        }
    }
}

fn is_version(text: &str) -> bool {
    text.trim_start_matches(['=', '^', '~'])
        .starts_with(|c: char| c.is_ascii_digit())
}

#[test]
fn crates_with_code_have_a_readme() {
    for entry in std::fs::read_dir(root().join("crates")).unwrap() {
        let folder = entry.unwrap().path();
        let has_code = read(&folder.join("src/lib.rs")).trim() != "";
        assert!(
            !has_code || folder.join("README.md").is_file(),
            "{} has code and no README.md",
            relative(&folder)
        );
    }
}
