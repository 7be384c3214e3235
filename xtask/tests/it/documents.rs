//! Documents point at what exists.

use crate::tree::{files, read, root};

/// Targets of `[text](target)`, code blocks left out.
fn links(markdown: &str) -> Vec<&str> {
    let prose = markdown.split("```").step_by(2);
    prose
        .flat_map(|text| text.split("](").skip(1))
        .filter_map(|rest| rest.split(')').next())
        .collect()
}

/// Text between backticks, code blocks left out.
fn quoted(markdown: &str) -> impl Iterator<Item = &str> {
    let prose = markdown.split("```").step_by(2);
    prose.flat_map(|text| text.split('`').skip(1).step_by(2))
}

#[test]
fn links_between_documents_lead_somewhere() {
    let mut broken = Vec::new();
    let mut n_links = 0;
    for document in files(&[".md"]) {
        let folder = document.parent().unwrap();
        let text = read(&document);
        for link in links(&text).into_iter().filter(|it| !it.contains("://")) {
            n_links += 1;
            let path = link.split('#').next().unwrap_or_default();
            if !path.is_empty() && !folder.join(path).exists() {
                broken.push(format!("{}: {link}", document.display()));
            }
        }
    }
    assert!(n_links > 0, "the documents have no links");
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn paths_in_documents_exist() {
    let folders = std::fs::read_dir(root()).unwrap();
    let folders: Vec<String> = folders
        .map(|it| it.unwrap().path())
        .filter(|it| it.is_dir())
        .filter_map(|it| Some(format!("{}/", it.file_name()?.to_str()?)))
        // Made by building and serving.
        .filter(|it| !["target/", "data/"].contains(&it.as_str()))
        .collect();
    let mut gone = Vec::new();
    let mut n_paths = 0;
    for document in files(&[".md"]) {
        for path in quoted(&read(&document)) {
            let ours = folders.iter().any(|it| path.starts_with(it.as_str()));
            // `<kind>`, `*` and `{a,b}` stand for several.
            if !ours || path.contains(['<', '*', '{', ' ']) {
                continue;
            }
            n_paths += 1;
            if !root().join(path).exists() {
                gone.push(format!("{}: {path}", document.display()));
            }
        }
    }
    assert!(n_paths > 0, "the documents name no paths");
    assert!(gone.is_empty(), "{gone:#?}");
}

#[test]
fn every_decision_and_recipe_is_in_its_index() {
    for folder in ["docs/adr", "docs/recipes"] {
        let folder = root().join(folder);
        let index = read(&folder.join("README.md"));
        let listed = links(&index);
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().and_then(|it| it.to_str()).unwrap();
            assert!(
                name == "README.md" || listed.contains(&name),
                "{} is not in its index",
                path.display()
            );
        }
    }
}

#[test]
fn every_word_of_the_glossary_that_names_a_type_names_one() {
    let sources: String = files(&[".rs"]).iter().map(|it| read(it)).collect();
    let glossary = read(&root().join("GLOSSARY.md"));
    let mut gone = Vec::new();
    let mut n_types = 0;
    for name in quoted(&glossary).filter(|it| it.contains("::")) {
        n_types += 1;
        let last = name.rsplit("::").next().unwrap_or(name);
        let declared = ["struct", "enum", "trait"]
            .iter()
            .any(|it| sources.contains(&format!("pub {it} {last}")));
        if !declared {
            gone.push(name.to_owned());
        }
    }
    assert!(n_types > 0, "the glossary names no types");
    assert!(gone.is_empty(), "{gone:#?}");
}

#[test]
fn links_are_found() {
    assert_eq!(
        links("[a](b.md) ```\n[x](y)\n``` et [c](d#e)"),
        ["b.md", "d#e"]
    );
    assert_eq!(quoted("`a` b `c`").collect::<Vec<_>>(), ["a", "c"]);
}
