//! Which strings are tried: our own, and those of a folder of lists where there is one.

use anyhow::{Context as _, Result, ensure};
use std::{collections::HashSet, path::Path};

/// Ours, in every checkout: markup and what ends it, entities, addresses that are programs, Markdown, our own
/// braces, formulas, headers, escape codes, directions of writing, words of JSON and SQL.
const OWN: &str = include_str!("../../hostile.json");

/// Fewer than this mean that a list was not read as it is meant.
const FEWEST_ELSEWHERE: usize = 5_000;

/// Every string once, ours first.
#[derive(Clone, Debug)]
pub struct Corpus {
    strings: Vec<String>,
    n_own: usize,
}

impl Corpus {
    /// Our strings and those of every `.txt` (one a line) and `.json` (a list) in the folder. Without the folder
    /// there are ours alone; strings of spaces only say nothing and are left out.
    ///
    /// # Errors
    /// If the folder is there and not what it should be.
    pub fn read(folder: &Path) -> Result<Self> {
        let mut strings: Vec<String> = serde_json::from_str(OWN)?;
        let n_own = strings.len();
        if folder.is_dir() {
            let files: std::io::Result<Vec<_>> = std::fs::read_dir(folder)?.collect();
            let mut files: Vec<_> = files?.into_iter().map(|it| it.path()).collect();
            files.sort_unstable();
            for file in files {
                let text = || {
                    std::fs::read_to_string(&file).with_context(|| format!("{}", file.display()))
                };
                match file.extension().and_then(|it| it.to_str()) {
                    Some("txt") => strings.extend(text()?.lines().map(str::to_owned)),
                    Some("json") => strings.extend(serde_json::from_str::<Vec<String>>(&text()?)?),
                    _ => {}
                }
            }
            let n = strings.len();
            ensure!(n > FEWEST_ELSEWHERE, "only {n} strings in {folder:?}");
        }
        let mut known = HashSet::new();
        strings.retain(|it| !it.trim().is_empty() && known.insert(it.clone()));
        Ok(Self { strings, n_own })
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> Vec<&str> {
        self.strings.iter().map(String::as_str).collect()
    }

    /// Ours, and as many of the others at equal distances: always the same, for what takes long.
    #[must_use]
    pub fn some(&self, others: usize) -> Vec<&str> {
        let (own, rest) = self.strings.split_at(self.n_own.min(self.strings.len()));
        let step = rest.len().div_ceil(others.max(1)).max(1);
        let rest = rest.iter().step_by(step);
        own.iter().chain(rest).map(String::as_str).collect()
    }
}

/// What is left of a text in an HTML page, however it is escaped: line ends are `\n`, and there is no NUL.
///
/// ```
/// assert_eq!(e2e::hostile::corpus::in_html("a\r\nb\rc\0"), "a\nb\nc");
/// ```
#[must_use]
pub fn in_html(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.replace('\0', "")
}

/// What the product keeps of a text that somebody types: no control characters, nothing around it, line ends
/// as `\n`.
///
/// ```
/// assert_eq!(e2e::hostile::corpus::typed(" a\r\nb\u{1b}[0m "), "a\nb[0m");
/// ```
#[must_use]
pub fn typed(text: &str) -> String {
    let text = in_html(text);
    let kept = text
        .chars()
        .filter(|it| !it.is_control() || matches!(it, '\n' | '\t'));
    kept.collect::<String>().trim().to_owned()
}

/// The same in a field of one line, which browsers let no line break into.
///
/// ```
/// assert_eq!(e2e::hostile::corpus::typed_on_one_line("a\r\nb"), "ab");
/// ```
#[must_use]
pub fn typed_on_one_line(text: &str) -> String {
    typed(&text.replace(['\r', '\n'], ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ours_are_there_without_any_folder_and_each_once() {
        let corpus = Corpus::read(Path::new("/no/such/folder")).unwrap();
        let all = corpus.all();
        assert!(all.len() > 100, "{}", all.len());
        assert_eq!(corpus.some(0), all);
        let distinct: HashSet<_> = all.iter().collect();
        assert_eq!(distinct.len(), all.len());
    }

    #[test]
    fn a_folder_without_strings_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Corpus::read(folder.path()).is_err());
    }
}
