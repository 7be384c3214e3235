//! Which package may name which: the arrows of ARCHITECTURE.md.

use crate::tree::{files, read, root};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
};

/// Package → the packages of this workspace it may depend on. A package may use fewer, never others.
///
/// A package that is not in this table fails the test: a new one is an arrow to think about.
const ARROWS: &[(&str, &[&str])] = &[
    // Pure. The condition language knows nothing of questionnaires; charts know numbers only.
    ("expr", &[]),
    ("chart", &[]),
    ("questionnaire", &["expr"]),
    ("tally", &["questionnaire", "expr", "chart"]),
    ("interchange", &["questionnaire", "expr", "tally"]),
    ("proof", &["questionnaire", "expr"]),
    (
        "publication",
        &["questionnaire", "expr", "proof", "tally", "chart"],
    ),
    ("testkit", &["questionnaire", "expr", "tally"]),
    // Impure.
    ("migrations", &[]),
    ("store", &["migrations"]),
    (
        "service",
        &[
            "store",
            "questionnaire",
            "expr",
            "tally",
            "publication",
            "interchange",
            "proof",
        ],
    ),
    (
        "app",
        &["questionnaire", "expr", "tally", "chart", "service"],
    ),
    // The program: HTTP goes through `app` and `service`; the commands that need no store use pure crates.
    (
        "recueil",
        &[
            "app",
            "service",
            "migrations",
            "questionnaire",
            "expr",
            "tally",
            "chart",
            "interchange",
            "proof",
            "publication",
        ],
    ),
    // Entries for browsers, a few lines each.
    ("respond", &["app"]),
    ("studio", &["app"]),
    // Tools. `e2e` sees the product from outside only.
    ("e2e", &[]),
    ("xtask", &[]),
    ("bundle", &[]),
];

/// Packages that compute and do nothing else. `testkit` is theirs in spirit, but draws random cases.
const PURE: [&str; 7] = [
    "expr",
    "questionnaire",
    "tally",
    "chart",
    "interchange",
    "proof",
    "publication",
];

/// What a pure package must not even reach through others: the network, the clock's neighbours, threads,
/// randomness, the frameworks.
const IMPURE: [&str; 18] = [
    "async-std",
    "axum",
    "futures-util",
    "getrandom",
    "hyper",
    "leptos",
    "leptos_axum",
    "leptos_router",
    "mio",
    "rand",
    "rayon",
    "reqwest",
    "sea-orm",
    "socket2",
    "sqlx",
    "sqlx-core",
    "tokio",
    "tower",
];

/// Names of HTTP that `service` must not depend on.
const HTTP: [&str; 8] = [
    "axum",
    "axum-extra",
    "http",
    "hyper",
    "hyper-util",
    "leptos",
    "tower",
    "tower-http",
];

struct Package {
    dependencies: BTreeSet<String>,
    dev_dependencies: BTreeSet<String>,
}

fn packages() -> BTreeMap<String, Package> {
    let output = Command::new("cargo")
        .args([
            "metadata",
            "--no-deps",
            "--format-version",
            "1",
            "--offline",
        ])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let list = metadata["packages"].as_array().unwrap();
    list.iter()
        .map(|package| {
            let named = |dev: bool| {
                package["dependencies"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .filter(|it| (it["kind"] == "dev") == dev)
                    .map(|it| it["name"].as_str().unwrap().to_owned())
                    .collect()
            };
            let name = package["name"].as_str().unwrap().to_owned();
            (
                name,
                Package {
                    dependencies: named(false),
                    dev_dependencies: named(true),
                },
            )
        })
        .collect()
}

#[test]
fn every_dependency_is_an_arrow_of_the_design() {
    let packages = packages();
    let ours: BTreeSet<&str> = packages.keys().map(String::as_str).collect();
    let arrows: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    let mut wrong = Vec::new();
    for (name, package) in &packages {
        let Some(allowed) = arrows.get(name.as_str()) else {
            wrong.push(format!("{name} has no line in ARROWS"));
            continue;
        };
        for dependency in &package.dependencies {
            if ours.contains(dependency.as_str()) && !allowed.contains(&dependency.as_str()) {
                wrong.push(format!("{name} → {dependency}"));
            }
        }
    }
    assert!(wrong.is_empty(), "arrows against the design: {wrong:#?}");
}

#[test]
fn only_tests_depend_on_the_test_kit() {
    for (name, package) in packages() {
        assert!(
            !package.dependencies.contains("testkit"),
            "{name} ships testkit"
        );
        // A cycle that cargo allows and readers do not.
        assert!(
            name != "testkit" || !package.dev_dependencies.contains("testkit"),
            "testkit depends on itself"
        );
    }
}

#[test]
fn only_the_store_knows_the_database() {
    for (name, package) in packages() {
        if ["store", "migrations"].contains(&name.as_str()) {
            continue;
        }
        for database in ["sea-orm", "sea-orm-migration", "sqlx"] {
            assert!(
                !package.dependencies.contains(database),
                "{name} depends on {database}"
            );
        }
    }
}

#[test]
fn services_do_not_know_http() {
    let packages = packages();
    for http in HTTP {
        assert!(
            !packages["service"].dependencies.contains(http),
            "service depends on {http}"
        );
    }
    let words = ["StatusCode", "HeaderMap", "http::", "axum::", "set-cookie"];
    no_source_says("server/service/src", &words);
}

#[test]
fn pages_do_not_know_the_store() {
    no_source_says("app/src", &["store::", "sea_orm", "extern crate store"]);
}

#[test]
fn entities_stay_in_the_store() {
    let lib = read(&root().join("server/store/src/lib.rs"));
    for line in lib.lines() {
        let line = line.trim();
        // As a word: an identity is none.
        let mut words = line.split(|it: char| !it.is_alphanumeric() && it != '_');
        assert!(
            !(line.starts_with("pub ") && words.any(|it| it == "entity")),
            "store publishes its entities: `{line}`"
        );
    }
    for folder in ["server/src", "server/service/src", "app/src"] {
        no_source_says(folder, &["store::entity", "ActiveModel", "sea_orm"]);
    }
}

/// What a package is compiled with and from, a line each.
fn tree(package: &str, format: &str) -> String {
    let output = Command::new("cargo")
        .args(["tree", "--offline", "--edges", "normal", "--prefix", "none"])
        .args(["--format", format, "--package", package])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_program_that_people_run_cannot_acknowledge_too_early() {
    let features = tree("recueil", "{p} [{f}]");
    let ours: Vec<_> = features
        .lines()
        .filter(|it| it.contains("/server"))
        .collect();
    assert!(ours.len() >= 3, "program, service and store: {ours:#?}");
    for line in ours {
        assert!(!line.contains("negative-control"), "{line}");
    }
}

#[test]
fn pure_crates_reach_nothing_impure() {
    for package in packages().keys().filter(|it| PURE.contains(&it.as_str())) {
        let reached = tree(package, "{p}");
        for line in reached.lines() {
            let name = line.split(' ').next().unwrap();
            assert!(!IMPURE.contains(&name), "{package} reaches {name}");
        }
    }
}

#[test]
fn pure_crates_forbid_unsafe_code_and_touch_no_clock() {
    let words = [
        "std::fs",
        "std::net",
        "std::thread",
        "std::process",
        "std::time::Instant",
        "SystemTime",
        "Zoned::now",
        "async fn",
    ];
    for folder in PURE
        .iter()
        .filter(|it| root().join("crates").join(it).is_dir())
    {
        no_source_says(&format!("crates/{folder}/src"), &words);
    }
}

/// Looks for words in the sources below `folder`, comments left out.
#[track_caller]
fn no_source_says(folder: &str, words: &[&str]) {
    let folder = root().join(folder);
    assert!(
        folder.is_dir(),
        "{} is gone; update this test",
        folder.display()
    );
    let mut wrong = Vec::new();
    for path in files(&[".rs"]).iter().filter(|it| it.starts_with(&folder)) {
        for (number, line) in read(path).lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            if let Some(word) = words.iter().find(|it| names(code, it)) {
                wrong.push(format!("{}:{}: {word}", path.display(), number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Whether `code` contains `word` from the start of an identifier: `datastore::x` does not name `store::`.
fn names(code: &str, word: &str) -> bool {
    code.match_indices(word)
        .any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
}

#[test]
fn a_word_is_found_only_where_an_identifier_starts() {
    assert!(names("use store::Wave;", "store::"));
    assert!(names("let a = (store::f)();", "store::"));
    assert!(!names("use datastore::Wave;", "store::"));
    assert!(!names("use crate::store::Wave;", "store::"));
}
