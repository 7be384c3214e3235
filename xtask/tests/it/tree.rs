//! Reading the checkout.

use std::path::{Path, PathBuf};

/// The checkout.
pub(crate) fn root() -> PathBuf {
    // Cargo runs tests in their package's folder. A path compiled in could be another clone's.
    std::env::current_dir()
        .unwrap()
        .parent()
        .unwrap()
        .to_owned()
}

/// `path`'s content, with the path in the panic.
pub(crate) fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every file of the checkout with one of these endings, target folders and hidden folders left out.
pub(crate) fn files(endings: &[&str]) -> Vec<PathBuf> {
    fn walk(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if name.starts_with('.') || name == "target" || name == "node_modules" || name == "data"
            {
                continue;
            }
            if path.is_dir() {
                walk(&path, endings, found);
            } else if endings.iter().any(|it| name.ends_with(it)) {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&root(), endings, &mut found);
    found.sort();
    found
}
