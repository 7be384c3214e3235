//! `recueil print FILE [--lang L] [--in L] [--format html|pdf] [--annotated] [-o FILE]`

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use expr::Lang;
use publication::Options;

use super::output::{self, Exit};

/// What is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum As {
    /// A page that prints well.
    Html,
    /// A tagged PDF file.
    Pdf,
}

#[derive(Debug, Args)]
pub(super) struct Print {
    /// The questionnaire.
    file: PathBuf,
    /// What to make; by default what the name of the output says, else HTML.
    #[arg(long)]
    format: Option<As>,
    /// The language of the questionnaire's texts; that of `--lang` if there is none.
    #[arg(long = "in", value_name = "LANGUAGE")]
    language: Option<String>,
    /// For committees: with ids, codes, conditions and messages.
    #[arg(long)]
    annotated: bool,
    /// Where to write; standard output if there is none.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Print {
    pub(super) fn run(self, lang: Lang) -> anyhow::Result<Exit> {
        let Some(engine) = output::engine(&self.file, lang) else {
            return Ok(Exit::Errors);
        };
        let languages = &engine.instrument.languages;
        let spoken = lang.code();
        let language = match &self.language {
            Some(it) if !languages.contains(it) => {
                anyhow::bail!("{}", unknown(it, languages, lang));
            }
            Some(it) => it.as_str(),
            None if languages.iter().any(|it| it == spoken) => spoken,
            None => languages.first().map_or("fr", String::as_str),
        };
        let options = Options {
            annotated: self.annotated,
            standing: None,
        };
        let paper = publication::paper(&engine, language, &options);
        let named = self.output.as_ref().and_then(|it| it.extension());
        let named = named.is_some_and(|it| it.eq_ignore_ascii_case("pdf"));
        let made = match self.format {
            Some(As::Pdf) => publication::pdf::document(&paper)?,
            None if named => publication::pdf::document(&paper)?,
            Some(As::Html) | None => publication::html::document(&paper).into_bytes(),
        };
        match &self.output {
            Some(path) => {
                std::fs::write(path, made).with_context(|| path.display().to_string())?;
            }
            None => std::io::stdout().lock().write_all(&made)?,
        }
        Ok(Exit::Done)
    }
}

fn unknown(language: &str, languages: &[String], lang: Lang) -> String {
    let them = languages.join(", ");
    match lang {
        Lang::Fr => {
            format!(
                "ce questionnaire n’est pas en « {language} »\u{202f}; il est en\u{202f}: {them}"
            )
        }
        Lang::En => format!("this questionnaire is not in “{language}”; it is in: {them}"),
    }
}
