//! Installs questionnaires of one's own and opens a wave for each, as `serve` does with the built-in ones:
//! `cargo run -p recueil --example install -- sqlite://data/recueil.db mine.yaml`.
//!
//! Prints a line for each: the address of its wave and that of its dashboard, separated by a space.

use anyhow::{Context as _, Result, bail};
use service::{Config, ServiceError, Services, SystemRandomness};
use time::OffsetDateTime;

#[tokio::main]
async fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let database = args.next().context("which database?")?;
    let services = Services::open(
        Config::new(database),
        OffsetDateTime::now_utc,
        SystemRandomness,
    )
    .await?;
    for file in args {
        let source = std::fs::read_to_string(&file).with_context(|| file.clone())?;
        let wave = match services
            .studies()
            .install(&services.operator(), &source)
            .await
        {
            Ok(installed) => installed.wave,
            Err(ServiceError::UnsoundQuestionnaire(found)) => bail!("{file}: {found:#?}"),
            Err(error) => return Err(error).context(file),
        };
        let key = services.dashboard_key(&wave);
        let dashboard = app::paths::dashboard(&wave.slug, &key);
        println!("{} {dashboard}", app::paths::start(&wave.slug));
    }
    services.close().await;
    Ok(())
}
