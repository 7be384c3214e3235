//! Features in French sentences, in a real browser; see `e2e/features`.
//!
//! A scenario tagged `@js` runs with scripts, one tagged `@nojs` without, one with both tags twice. Whatever a
//! scenario is about, it also fails if the console says a word.
//!
//! Reading order: [`world`] (what a scenario has) → [`page`] (what can be done on a page) → the `*_steps` (what
//! the sentences mean).

mod accessibility_steps;
mod condition_steps;
mod cut_steps;
mod dashboard_steps;
mod edit_steps;
mod entry_steps;
mod field_steps;
mod gallery_steps;
mod hostile_names_steps;
mod hostile_steps;
mod hostile_wave_steps;
mod invitation_steps;
mod keyboard;
mod map_steps;
mod moving_steps;
mod page;
mod passkey_steps;
mod plan_steps;
mod rehearsal_steps;
mod rehearse_steps;
mod respondent_steps;
mod rights_steps;
mod sample_steps;
#[path = "../../../../server/tests/it/sink.rs"]
#[expect(
    dead_code,
    clippy::unwrap_used,
    reason = "the mail server of the program's own tests, which ask more of it"
)]
mod sink;
mod team_steps;
mod together_steps;
mod wave_steps;
mod world;
mod writing_steps;

use anyhow::{Context as _, Result};
use clap::Parser;
use cucumber::{World as _, writer::Stats as _};
use e2e::{browser::Scripts, driver::Driver, settings::Settings};
use std::{path::PathBuf, process::ExitCode};
use world::{Surroundings, World};

/// Run the features.
#[derive(Parser)]
struct Args {
    #[command(flatten)]
    settings: Settings,
    /// Only scenarios whose name contains this.
    #[arg(long, default_value = "")]
    name: String,
    /// Only with scripts (`@js`) or without (`@nojs`).
    #[arg(long)]
    tags: Option<String>,
    /// Where the sentences are.
    #[arg(long, default_value = "e2e/features")]
    features: PathBuf,
}

#[tokio::main]
async fn main() -> Result<ExitCode> {
    let args = Args::parse();
    let axe = std::fs::read_to_string(&args.settings.axe).context("cannot read axe-core")?;
    let driver = Driver::start(&args.settings.chromedriver).await?;
    world::SURROUNDINGS
        .set(Surroundings {
            driver: driver.url.clone(),
            axe,
            settings: args.settings,
        })
        .ok()
        .context("surroundings are set once")?;

    let mut failed = false;
    let mut ran = 0;
    for (tag, scripts) in [("nojs", Scripts::Off), ("js", Scripts::On)] {
        if args
            .tags
            .as_deref()
            .is_some_and(|it| it.trim_start_matches('@') != tag)
        {
            continue;
        }
        println!("— with scripts {scripts:?}");
        let name = args.name.clone();
        let outcome = World::cucumber()
            // At the end too: thousands of lines stand above it.
            .repeat_failed()
            .with_default_cli()
            // A server and a browser each; more at once only slows every one of them down.
            .max_concurrent_scenarios(2)
            .fail_on_skipped()
            .before(move |_, _, _, world| Box::pin(async move { world.scripts = scripts }))
            .after(move |_, _, scenario, finished, world| {
                Box::pin(world::close(&scenario.name, tag, finished, world))
            })
            .filter_run(args.features.clone(), move |_, _, scenario| {
                scenario.name.contains(&name) && scenario.tags.iter().any(|it| it == tag)
            })
            .await;
        failed |= outcome.execution_has_failed();
        ran += outcome.passed_steps() + outcome.failed_steps();
    }
    // Features that were not found, or a name nobody has, are no success.
    if ran == 0 {
        eprintln!("no step ran");
        failed = true;
    }
    Ok(if failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}
