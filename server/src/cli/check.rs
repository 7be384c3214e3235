//! `recueil check FILE… [--budget STEPS]`

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use expr::{Lang, Severity};
use proof::Budget;
use serde_json::json;

use super::output::{self, Exit, Finding, Format};

#[derive(Debug, Args)]
pub(super) struct Check {
    /// Questionnaires, YAML or JSON.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// How many steps the proof of one file may take.
    #[arg(long, value_name = "STEPS", default_value_t = Budget::DEFAULT_STEPS)]
    budget: u64,
    /// How to print.
    #[arg(long)]
    format: Option<Format>,
}

impl Check {
    pub(super) fn run(self, lang: Lang) -> anyhow::Result<Exit> {
        let mut findings = Vec::new();
        for file in &self.files {
            findings.extend(self.file(file, lang));
        }
        match Format::or_detect(self.format) {
            Format::Json => output::json(&json!({ "diagnostics": findings }))?,
            Format::Text => {
                let mut out = std::io::stdout().lock();
                for it in &findings {
                    writeln!(out, "{}", it.line(lang))?;
                }
                let n = self.files.len();
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

    /// What the compiler finds; where it finds no error, also what the proof does.
    fn file(&self, file: &Path, lang: Lang) -> Vec<Finding> {
        let checked = match output::compiled(file, lang) {
            Ok(checked) => checked,
            Err(unreadable) => return vec![*unreadable],
        };
        let compiled = checked.diagnostics.iter();
        let mut findings: Vec<Finding> = compiled.map(|it| Finding::new(it, file, lang)).collect();
        if let (Some(engine), Some(document)) = (&checked.engine, &checked.questionnaire) {
            let mut proof = proof::prove(engine, &Budget::new(self.budget));
            let found = proof.findings(document, &checked.map);
            findings.extend(found.iter().map(|it| Finding::proven(it, file, lang)));
            findings.sort_by_key(|it| (it.line, it.column));
        }
        findings
    }
}
