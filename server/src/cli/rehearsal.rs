//! `recueil rehearsal remove STUDY[/WAVE] [--database …]`

use clap::{Args, Subcommand};
use expr::Lang;
use serde_json::json;

use super::data::{self, Database};
use super::output::{self, Exit, Format};

#[derive(Debug, Args)]
pub(super) struct Rehearsal {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Remove a wave's rehearsal with all its responses; the wave itself stays as it is.
    Remove {
        /// The study, or one of its waves.
        #[arg(value_name = "STUDY[/WAVE]")]
        wave: String,
        #[command(flatten)]
        database: Database,
        /// How to print the outcome.
        #[arg(long)]
        format: Option<Format>,
    },
}

impl Rehearsal {
    pub(super) fn run(self, lang: Lang) -> anyhow::Result<Exit> {
        let Action::Remove {
            wave,
            database,
            format,
        } = self.action;
        let removed = data::block_on(async {
            let services = database.open().await?;
            let wave = services.waves().by_address(&wave).await?;
            let may = data::may(&services, &wave).await?;
            let removed = services.rehearsals().remove(&may, &wave).await?;
            services.close().await;
            Ok(removed)
        })?;
        match Format::or_detect(format) {
            Format::Json => output::json(&json!({ "removed": removed }))?,
            Format::Text => println!("{}", sentence(removed, lang)),
        }
        Ok(match removed {
            Some(_) => Exit::Done,
            None => Exit::Notices,
        })
    }
}

fn sentence(removed: Option<u64>, lang: Lang) -> String {
    match (removed, lang) {
        (Some(n), Lang::Fr) => format!("Répétition supprimée, avec {n} réponse(s) fictive(s)"),
        (Some(n), Lang::En) => format!("Rehearsal removed, with {n} made-up response(s)"),
        (None, Lang::Fr) => "Il n’y avait pas de répétition\u{202f}; rien n’est changé".to_owned(),
        (None, Lang::En) => "There was no rehearsal; nothing was changed".to_owned(),
    }
}
