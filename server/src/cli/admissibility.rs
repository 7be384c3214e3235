//! `recueil admissibility STUDY[/WAVE] [--set-aside ID… --reason TEXT | --take-back ID…]`

use clap::Args;
use expr::Lang;
use serde_json::json;
use service::{Admitted, ResponseId, SetAside};

use super::data::{self, Database};
use super::output::{self, Exit, Format};

#[derive(Debug, Args)]
pub(super) struct Admissibility {
    /// The study, or one of its waves.
    #[arg(value_name = "STUDY[/WAVE]")]
    wave: String,
    /// Responses to set aside: kept, and not counted.
    #[arg(long, value_name = "ID", num_args = 1.., requires = "reason", conflicts_with = "take_back")]
    set_aside: Vec<uuid::Uuid>,
    /// Why they are set aside.
    #[arg(long, value_name = "TEXT", requires = "set_aside")]
    reason: Option<String>,
    /// Responses to count again.
    #[arg(long, value_name = "ID", num_args = 1..)]
    take_back: Vec<uuid::Uuid>,
    /// List what is set aside; done in any case.
    #[arg(long)]
    list: bool,
    #[command(flatten)]
    database: Database,
    /// How to print.
    #[arg(long)]
    format: Option<Format>,
}

impl Admissibility {
    pub(super) fn run(self, lang: Lang) -> anyhow::Result<Exit> {
        let format = Format::or_detect(self.format);
        let (admitted, list, n_missed) = data::block_on(async {
            let services = self.database.open().await?;
            let wave = services.waves().by_address(&self.wave).await?;
            let admissibility = services.admissibility();
            let may = data::may(&services, &wave).await?;
            let reason = self.reason.as_deref().unwrap_or_default();
            for id in &self.set_aside {
                admissibility
                    .set_aside(&may, &wave, ResponseId(*id), reason)
                    .await?;
            }
            let mut n_missed = 0;
            for id in &self.take_back {
                if !admissibility
                    .take_back(&may, &wave, ResponseId(*id))
                    .await?
                {
                    n_missed += 1;
                }
            }
            let see = data::may(&services, &wave).await?;
            let (_, right) = services.results(&see, &wave.slug).await?;
            let admitted = admissibility.admitted(right, &wave).await?;
            let list = admissibility.list(&may, &wave).await?;
            services.close().await;
            Ok((admitted, list, n_missed))
        })?;
        match format {
            Format::Json => {
                let list: Vec<_> = list
                    .iter()
                    .map(|it| json!({ "id": it.response, "reason": it.reason }))
                    .collect();
                output::json(&json!({
                    "received": admitted.n_received,
                    "counted": admitted.n_received.saturating_sub(admitted.n_set_aside),
                    "withdrawn": admitted.n_withdrawn,
                    "set_aside": list,
                }))?;
            }
            Format::Text => print_text(&admitted, &list, lang),
        }
        Ok(match n_missed {
            0 => Exit::Done,
            _ => Exit::Notices,
        })
    }
}

fn print_text(admitted: &Admitted, list: &[SetAside], lang: Lang) {
    let (received, aside) = (admitted.n_received, admitted.n_set_aside);
    let counted = received.saturating_sub(aside);
    let withdrawn = admitted.n_withdrawn;
    match lang {
        Lang::Fr => println!(
            "{counted} réponses comptées sur {received} reçues · {aside} écartées · {withdrawn} retirées"
        ),
        Lang::En => println!(
            "{counted} responses counted of {received} received · {aside} set aside · {withdrawn} withdrawn"
        ),
    }
    for it in list {
        println!("{}  {}", it.response, output::shown(&it.reason));
    }
}
