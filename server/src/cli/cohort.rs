//! `recueil cohort FILE [--cover | --count N --seed S]`

use std::io::{BufWriter, Write};
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, ValueEnum};
use expr::Lang;
use proof::{Budget, Coverage, Drawing, Marginals, Proof};
use questionnaire::Sheet;
use serde_json::json;

use super::output::{self, Exit};

#[derive(Debug, Args)]
pub(super) struct Cohort {
    /// The questionnaire.
    file: PathBuf,
    /// A small set of respondents that goes through everything: every filter both ways, every
    /// choice, every boundary; every check fails once. This is what is done without --count.
    #[arg(long, conflicts_with = "count")]
    cover: bool,
    /// So many plausible respondents instead.
    #[arg(long, value_name = "N")]
    count: Option<u32>,
    /// Where the draw begins: the same seed gives the same respondents everywhere.
    #[arg(long, value_name = "S", default_value_t = 1, requires = "count")]
    seed: u64,
    /// What is drawn uniformly.
    #[arg(long, value_enum, default_value_t = Over::Choices, requires = "count")]
    over: Over,
    /// Shares that the respondents shall have together, as JSON: {"item": {"code": share}}.
    #[arg(long, value_name = "FILE", requires = "count")]
    marginals: Option<PathBuf>,
    /// How many steps the proof may take.
    #[arg(long, value_name = "STEPS", default_value_t = Budget::DEFAULT_STEPS)]
    budget: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Over {
    /// Each answer is drawn where it is asked.
    Choices,
    /// Each route is as likely as any other; other answers are drawn.
    Routes,
}

impl Cohort {
    pub(super) fn run(self, lang: Lang) -> anyhow::Result<Exit> {
        let Some(engine) = output::engine(&self.file, lang) else {
            return Ok(Exit::Errors);
        };
        let mut proof = proof::prove(&engine, &Budget::new(self.budget));
        let Some(count) = self.count else {
            let cover = proof.cover();
            print(&cover.sheets)?;
            eprintln!("{}", serde_json::to_string(&cover.coverage)?);
            return Ok(if cover.coverage.complete {
                Exit::Done
            } else {
                Exit::Notices
            });
        };
        let count = count as usize;
        let marginals = match &self.marginals {
            None => None,
            Some(path) => {
                let text = output::read(Some(path))?;
                let file =
                    serde_json::from_str(&text).with_context(|| path.display().to_string())?;
                match Marginals::read(&engine, &file) {
                    Ok(it) => Some(it),
                    Err(errors) => {
                        for it in errors {
                            eprintln!("recueil : {} : {it}", path.display());
                        }
                        return Ok(Exit::Errors);
                    }
                }
            }
        };
        let pool = marginals
            .as_ref()
            .map_or(count, |_| proof::pool_size(count));
        let Some(drawn) = self.draw(&mut proof, pool) else {
            eprintln!("recueil : {}", cannot_draw(lang));
            return Ok(Exit::Errors);
        };
        let (sheets, met) = match marginals {
            None => (drawn, true),
            Some(marginals) => {
                let raked = proof::rake(&engine, &marginals, &drawn, count, self.seed);
                let report = json!({ "marginals": raked.report });
                eprintln!("{}", serde_json::to_string(&report)?);
                (raked.sheets, raked.report.met)
            }
        };
        print(&sheets)?;
        let coverage = Coverage::of(&engine, &sheets);
        eprintln!("{}", serde_json::to_string(&coverage)?);
        Ok(if met { Exit::Done } else { Exit::Notices })
    }

    /// So many sheets; `None` where there is no sheet to draw.
    fn draw(&self, proof: &mut Proof<'_>, n: usize) -> Option<Vec<Sheet>> {
        match self.over {
            Over::Choices => {
                if proof.can_be_completed() == Some(false) {
                    return None;
                }
                let drawing = Drawing::new(proof.engine(), self.seed);
                Some((0..n as u64).map(|nth| drawing.sheet(nth)).collect())
            }
            Over::Routes => {
                let mut drawing = proof.route_drawing(self.seed)?;
                let sheets = (0..n as u64).map(|nth| drawing.sheet(nth));
                sheets.collect()
            }
        }
    }
}

fn print(sheets: &[Sheet]) -> anyhow::Result<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    for sheet in sheets {
        serde_json::to_writer(&mut out, sheet)?;
        writeln!(out)?;
    }
    out.flush()?;
    Ok(())
}

fn cannot_draw(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => {
            "aucun·e répondant·e ne peut être tiré·e : personne ne peut terminer ce questionnaire, ou ses parcours n’ont pas pu être comptés (recueil check dit pourquoi)"
        }
        Lang::En => {
            "no respondent can be drawn: nobody can complete this questionnaire, or its routes could not be counted (recueil check says why)"
        }
    }
}
