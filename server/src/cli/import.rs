//! `recueil import STUDY[/WAVE] ANSWERS.(ndjson|csv|xlsx) [--rehearsal] [--database …]`

use std::path::PathBuf;

use clap::Args;
use expr::Lang;
use questionnaire::Failure;
use serde::Serialize;
use service::Outcome;

use super::answers::{self, Kind};
use super::data::{self, Database};
use super::output::{self, Exit, Format, Remark};

#[derive(Debug, Args)]
pub(super) struct Import {
    /// The study, or one of its waves.
    #[arg(value_name = "STUDY[/WAVE]")]
    wave: String,
    /// Answer sheets, `.ndjson`, `.csv` or `.xlsx`; `-` for sheets on standard input.
    answers: PathBuf,
    /// Into the wave's rehearsal, apart from its responses; sheets that are meant to fail are
    /// left out.
    #[arg(long)]
    rehearsal: bool,
    #[command(flatten)]
    database: Database,
    /// How to print the outcome.
    #[arg(long)]
    format: Option<Format>,
}

/// How many sheets became what.
#[derive(Debug, Default, Serialize)]
struct Summary {
    /// Whether they went into the wave's rehearsal.
    rehearsal: bool,
    added: usize,
    unchanged: usize,
    conflict: usize,
    refused: usize,
    skipped: usize,
    /// Off-path answers that were dropped.
    dropped: usize,
    /// Lines that are no sheets.
    broken: usize,
    /// Columns that the questionnaire does not have.
    lost_columns: usize,
}

impl Import {
    pub(super) fn run(self, lang: Lang) -> anyhow::Result<Exit> {
        let standard_input = self.answers == std::path::Path::new("-");
        if Kind::of(&self.answers).is_none() && !standard_input {
            let path = self.answers.display();
            eprintln!("recueil : {path} : .ndjson, .csv ou .xlsx");
            return Ok(Exit::Usage);
        }
        let file = answers::open(Some(&self.answers))?;
        let format = Format::or_detect(self.format);
        let summary = data::block_on(async {
            let services = self.database.open().await?;
            super::serve::install_builtin(&services).await?;
            let mut wave = services.waves().by_address(&self.wave).await?;
            if self.rehearsal {
                let may = data::may(&services, &wave).await?;
                wave = services.rehearsals().ensure(&may, &wave).await?;
            }
            let answers = answers::read(&wave.engine, &file, lang)?;
            let mut summary = Summary {
                rehearsal: wave.is_rehearsal(),
                broken: answers.n_broken,
                lost_columns: answers.n_losses,
                ..Summary::default()
            };
            let may = data::may(&services, &wave).await?;
            let mut import = services.import(&may, &wave).await?;
            let outcomes = import.sheets(answers.sheets).await?;
            for it in &outcomes {
                summary.note(it, lang);
            }
            services.close().await;
            Ok(summary)
        })?;
        match format {
            Format::Json => output::json(&summary)?,
            Format::Text => println!("{}", summary.sentence(lang)),
        }
        Ok(summary.exit())
    }
}

impl Summary {
    fn note(&mut self, outcome: &Outcome, lang: Lang) {
        match outcome {
            Outcome::Added { id, dropped } => {
                self.added += 1;
                self.drop_notices(id.as_deref(), dropped, lang);
            }
            Outcome::Unchanged { id, dropped } => {
                self.unchanged += 1;
                self.drop_notices(id.as_deref(), dropped, lang);
            }
            Outcome::Conflict { id } => {
                self.conflict += 1;
                let message = match lang {
                    Lang::Fr => {
                        "une réponse de même identifiant est déjà là, avec un autre contenu ; rien n’est changé"
                    }
                    Lang::En => {
                        "a response with this id is stored already, with other content; nothing was changed"
                    }
                };
                remark(id.as_deref(), None, "conflict", message.to_owned());
            }
            Outcome::Refused { id, failures } => {
                self.refused += 1;
                for Failure { item, code, .. } in failures {
                    let message = match lang {
                        Lang::Fr => {
                            format!("« {item} » : {}", output::failure_text(code, Lang::Fr))
                        }
                        Lang::En => format!("`{item}`: {}", output::failure_text(code, Lang::En)),
                    };
                    remark(id.as_deref(), Some(item), &code.code(), message);
                }
            }
            Outcome::Rehearsal { id } => {
                self.refused += 1;
                let message = match lang {
                    Lang::Fr => {
                        "cette feuille vient d’une répétition et n’est pas comptée avec les vraies réponses ; `--rehearsal` l’importe dans la répétition"
                    }
                    Lang::En => {
                        "this sheet comes from a rehearsal and is not counted with real responses; `--rehearsal` imports it into the rehearsal"
                    }
                };
                remark(id.as_deref(), None, "rehearsal", message.to_owned());
            }
            Outcome::Skipped { .. } => self.skipped += 1,
        }
    }

    fn drop_notices(&mut self, id: Option<&str>, dropped: &[String], lang: Lang) {
        for key in dropped {
            self.dropped += 1;
            let message = match lang {
                Lang::Fr => "réponse hors du parcours, laissée de côté",
                Lang::En => "answer off path, dropped",
            };
            remark(id, Some(key), "off_path", message.to_owned());
        }
    }

    fn exit(&self) -> Exit {
        if self.refused + self.conflict + self.broken > 0 {
            Exit::Errors
        } else if self.dropped + self.skipped + self.lost_columns > 0 {
            Exit::Notices
        } else {
            Exit::Done
        }
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self {
            added,
            unchanged,
            conflict,
            refused,
            dropped,
            skipped,
            ..
        } = self;
        let sentence = match lang {
            Lang::Fr => format!(
                "{added} ajoutée(s), {unchanged} déjà là, {conflict} en conflit, {refused} refusée(s), {dropped} réponse(s) hors parcours laissée(s) de côté"
            ),
            Lang::En => format!(
                "{added} added, {unchanged} unchanged, {conflict} in conflict, {refused} refused, {dropped} off-path answers dropped"
            ),
        };
        match (self.rehearsal, lang) {
            (false, _) => sentence,
            (true, Lang::Fr) => format!(
                "Répétition\u{202f}: {sentence}, {skipped} faite(s) pour échouer et laissée(s) de côté"
            ),
            (true, Lang::En) => {
                format!("Rehearsal: {sentence}, {skipped} meant to fail and left out")
            }
        }
    }
}

fn remark(id: Option<&str>, item: Option<&str>, code: &str, message: String) {
    Remark {
        id,
        item,
        code,
        message,
    }
    .print();
}
