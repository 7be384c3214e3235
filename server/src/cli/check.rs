//! `recueil check FILE…`

use std::io::Write;
use std::path::PathBuf;

use expr::{Lang, Severity};
use serde_json::json;

use super::output::{self, Exit, Format};

pub(super) fn run(files: &[PathBuf], format: Format, lang: Lang) -> anyhow::Result<Exit> {
    let findings: Vec<_> = files
        .iter()
        .flat_map(|file| output::checked(file, lang).1)
        .collect();
    match format {
        Format::Json => output::json(&json!({ "diagnostics": findings }))?,
        Format::Text => {
            let mut out = std::io::stdout().lock();
            for it in &findings {
                writeln!(out, "{}", it.line(lang))?;
            }
            let n = files.len();
            if findings.is_empty() {
                match lang {
                    Lang::Fr => writeln!(out, "{n} questionnaire(s) sans erreur")?,
                    Lang::En => writeln!(out, "{n} questionnaire(s) without errors")?,
                }
            }
        }
    }
    let worst = |severity| findings.iter().any(|it| it.severity == severity);
    Ok(if worst(Severity::Error) {
        Exit::Errors
    } else if worst(Severity::Warning) {
        Exit::Notices
    } else {
        Exit::Done
    })
}
