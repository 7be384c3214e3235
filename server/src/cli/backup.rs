//! `recueil backup FILE`, `recueil restore FILE`, `recueil erasures [--replay FILE]`

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use expr::Lang;
use service::{Erasure, Services};

use super::data::{self, Database};
use super::output::Exit;

#[derive(Debug, Args)]
pub(super) struct Backup {
    /// The file to write; it must not exist.
    file: PathBuf,
    #[command(flatten)]
    database: Database,
}

#[derive(Debug, Args)]
pub(super) struct Restore {
    /// The copy to put back.
    file: PathBuf,
    /// Put it in the place of the database that is there.
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    database: Database,
}

#[derive(Debug, Args)]
pub(super) struct Erasures {
    /// Erase again what this ledger says, as after a restore. Without it, the ledger is printed.
    #[arg(long, value_name = "FILE")]
    replay: Option<PathBuf>,
    #[command(flatten)]
    database: Database,
}

impl Backup {
    pub(super) fn run(self) -> anyhow::Result<Exit> {
        data::block_on(async {
            let services = self.database.open().await?;
            let done = services.back_up(&self.file).await;
            services.close().await;
            done.context("la copie n’a pas été faite / the copy was not made")?;
            Ok(Exit::Done)
        })
    }
}

impl Restore {
    pub(super) fn run(self, lang: Lang) -> anyhow::Result<Exit> {
        data::block_on(async {
            let url = &self.database.database;
            let done = Services::restore(url, &self.file, self.replace).await;
            done.context("rien n’a été remis en place / nothing was put back")?;
            // Opening it is what erases again.
            let services = self.database.open().await?;
            let n = services.erasures().await?.len();
            services.close().await;
            match lang {
                Lang::Fr => eprintln!("Base remise en place ; {n} effacements appliqués."),
                Lang::En => eprintln!("Database put back; {n} erasures applied."),
            }
            Ok(Exit::Done)
        })
    }
}

impl Erasures {
    pub(super) fn run(self, lang: Lang) -> anyhow::Result<Exit> {
        data::block_on(async {
            let services = self.database.open().await?;
            if let Some(file) = &self.replay {
                let text =
                    std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
                let ledger = text
                    .lines()
                    .filter(|it| !it.trim().is_empty())
                    .map(serde_json::from_str)
                    .collect::<Result<Vec<Erasure>, _>>()
                    .with_context(|| file.display().to_string())?;
                let n = services.replay_erasures(ledger).await?;
                match lang {
                    Lang::Fr => eprintln!("{n} lignes effacées à nouveau"),
                    Lang::En => eprintln!("{n} rows erased again"),
                }
            } else {
                let mut out = std::io::stdout().lock();
                for it in services.erasures().await? {
                    serde_json::to_writer(&mut out, &it)?;
                    writeln!(out)?;
                }
            }
            services.close().await;
            Ok(Exit::Done)
        })
    }
}
