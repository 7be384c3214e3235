//! `Leptos.toml`, which the server embeds, says what `Cargo.toml` tells cargo-leptos.

use crate::tree::{read, root};

/// The lines of the table `[[workspace.metadata.leptos]]`.
fn table(file: &str) -> Vec<String> {
    let text = read(&root().join(file));
    let mut lines = text
        .lines()
        .map(str::trim)
        .skip_while(|it| *it != "[[workspace.metadata.leptos]]");
    assert!(
        lines.next().is_some(),
        "{file} has no [[workspace.metadata.leptos]]"
    );
    lines
        .take_while(|it| !it.starts_with('['))
        .filter(|it| !it.is_empty() && !it.starts_with('#'))
        .map(str::to_owned)
        .collect()
}

#[test]
fn both_files_have_the_same_options() {
    let ours = table("Leptos.toml");
    assert!(!ours.is_empty());
    assert_eq!(ours, table("Cargo.toml"));
}
