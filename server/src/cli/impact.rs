//! `recueil impact OLD NEW [ANSWERS] [--format json|text] [--budget STEPS]`

mod text;

use std::path::PathBuf;

use clap::Args;
use expr::Lang;
use proof::Budget;

use super::answers;
use super::output::{self, Exit, Format};
use text::Printer;

#[derive(Debug, Args)]
pub(super) struct Impact {
    /// The questionnaire as it is.
    old: PathBuf,
    /// The questionnaire as it is to be.
    new: PathBuf,
    /// Answer sheets to the old version, one a line, or CSV; `-` for standard input.
    answers: Option<PathBuf>,
    /// How to print.
    #[arg(long)]
    format: Option<Format>,
    /// How many steps the proof may take.
    #[arg(long, value_name = "STEPS", default_value_t = Budget::DEFAULT_STEPS)]
    budget: u64,
}

impl Impact {
    pub(super) fn run(self, lang: Lang) -> anyhow::Result<Exit> {
        let engines = [&self.old, &self.new].map(|it| output::engine(it, lang));
        let [Some(old), Some(new)] = engines else {
            return Ok(Exit::Errors);
        };
        let mut n_broken = 0;
        let replay = match self.answers.as_deref() {
            None => None,
            Some(path) => {
                let answers = answers::read(&old, &answers::open(Some(path))?, lang)?;
                n_broken = answers.n_broken;
                Some(proof::replay(&old, &new, &answers.sheets))
            }
        };
        let impact = proof::impact(&old, &new, &Budget::new(self.budget));
        match Format::or_detect(self.format) {
            Format::Json => {
                let mut it = serde_json::to_value(&impact)?;
                it["proven"] = impact.unproven.is_empty().into();
                it["replay"] = serde_json::to_value(&replay)?;
                output::json(&it)?;
            }
            Format::Text => {
                let mut out = std::io::stdout().lock();
                let mut it = Printer {
                    out: &mut out,
                    lang,
                };
                it.impact(&impact)?;
                if let Some(replay) = &replay {
                    it.replay(replay)?;
                }
            }
        }
        Ok(match (n_broken, impact.changes) {
            (0, false) => Exit::Done,
            (0, true) => Exit::Notices,
            _ => Exit::Errors,
        })
    }
}
