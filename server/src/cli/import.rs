//! `recueil import STUDY[/WAVE] ANSWERS.(ndjson|csv|xlsx) [--rehearsal] [--database …]`

use std::path::PathBuf;

use app::studio::team::entry_remark;
use clap::Args;
use expr::Lang;
use serde::Serialize;
use service::{ImportRemark, Imported};

use super::answers;
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
        if answers::kind_of(&self.answers).is_none() && !standard_input {
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
            let answers = answers::read_file(&wave.engine, &file, lang)?;
            // Of these all is said by now, and in more words.
            let n_said = answers.losses.len();
            let may = data::may(&services, &wave).await?;
            let mut import = services.import(&may, &wave).await?;
            let imported = import.file(answers).await?;
            for it in imported.remarks.iter().skip(n_said) {
                remark(it, lang);
            }
            services.close().await;
            Ok(Summary::of(&imported, wave.is_rehearsal()))
        })?;
        match format {
            Format::Json => output::json(&summary)?,
            Format::Text => println!("{}", summary.sentence(lang)),
        }
        Ok(summary.exit())
    }
}

impl Summary {
    fn of(it: &Imported, rehearsal: bool) -> Self {
        Self {
            rehearsal,
            added: it.n_added,
            unchanged: it.n_unchanged,
            conflict: it.n_conflict,
            refused: it.n_refused,
            skipped: it.n_skipped,
            dropped: it.n_dropped,
            broken: it.n_broken,
            lost_columns: it.n_lost_columns,
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

fn remark(it: &ImportRemark, lang: Lang) {
    let words = entry_remark(output::texts(lang), &it.code);
    let message = match (it.code.as_str(), &it.item, lang) {
        ("rehearsal", ..) => format!("{words}{}", with_option(lang)),
        // What was dropped is said beside its key.
        ("off_path", ..) | (_, None, _) => words,
        (_, Some(item), Lang::Fr) => format!("« {item} » : {words}"),
        (_, Some(item), Lang::En) => format!("`{item}`: {words}"),
    };
    Remark {
        id: it.id.as_deref(),
        item: it.item.as_deref(),
        code: &it.code,
        message,
    }
    .print();
}

fn with_option(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => " ; `--rehearsal` l’importe dans la répétition",
        Lang::En => "; `--rehearsal` imports it into the rehearsal",
    }
}
