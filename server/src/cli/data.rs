//! Opens the data that a command works on.

use anyhow::Context;
use clap::Args;
use service::team::{Deed, May};
use service::{Config, Services, SystemRandomness, WaveInfo};

use crate::clock;

/// Which database.
#[derive(Clone, Debug, Args)]
pub(super) struct Database {
    /// Where the data are: `sqlite://path` or `postgres://…`.
    #[arg(
        long,
        env = "RECUEIL_DATABASE",
        default_value = "sqlite://data/recueil.db"
    )]
    pub(super) database: String,
    /// A secret that the links of invitations follow from, besides the one in the database. The same
    /// wherever people are invited and served.
    #[arg(long, env = "RECUEIL_INVITATION_KEY", hide_env_values = true)]
    pub(super) invitation_key: Option<String>,
}

impl Database {
    pub(super) async fn open(&self) -> anyhow::Result<Services> {
        self.open_with(|config| config).await
    }

    pub(super) async fn open_with(
        &self,
        settle: impl FnOnce(Config) -> Config,
    ) -> anyhow::Result<Services> {
        let mut config = settle(Config::new(&self.database));
        config.invitation_key.clone_from(&self.invitation_key);
        Services::open(config, clock::system, SystemRandomness)
            .await
            .with_context(|| "la base de données ne s’ouvre pas".to_owned())
    }
}

/// The right of whoever runs the program in the study of a wave.
pub(super) async fn may<D: Deed>(services: &Services, wave: &WaveInfo) -> service::Result<May<D>> {
    let team = services.team();
    team.operator_may(&services.operator(), &wave.study).await
}

/// Runs a command's asynchronous part.
pub(super) fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(work)
}
