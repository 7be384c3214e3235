//! Sentences about kinds of pages, also of those that the built-in study has no way to: a closed survey, grids,
//! rosters, ranks, every refusal.

use crate::{
    accessibility_steps::Inspection,
    world::{World, surroundings},
};
use anyhow::{Context as _, Result, ensure};
use cucumber::{given, then};
use e2e::{
    browser::{Browser, Scripts},
    folder::Folder,
};
use tokio::process::Command;

/// Fewer kinds than this mean that the gallery did not write what it should.
const FEWEST: usize = 40;

#[given("un navigateur sans serveur")]
async fn browser_only(world: &mut World) -> Result<()> {
    let browser = Browser::open(&surroundings()?.driver, Scripts::On).await?;
    world.look_with(browser);
    Ok(())
}

#[then(regex = "^aucune sorte de page en (français|anglais) n'a de défaut d'accessibilité$")]
async fn every_kind(world: &mut World, language: String) -> Result<()> {
    let code = if language == "français" { "fr" } else { "en" };
    let gallery = Folder::serve().await?;
    let program = &surroundings()?.settings.gallery;
    let wrote = Command::new(program)
        .arg(gallery.path())
        .output()
        .await
        .with_context(|| format!("cannot start {}", program.display()))?;
    ensure!(wrote.status.success(), "the gallery failed: {wrote:?}");

    let mut names = Vec::new();
    for file in std::fs::read_dir(gallery.path())? {
        let name = file?.file_name().into_string().ok().context("a name")?;
        if name.ends_with(&format!(".{code}.html")) {
            names.push(name);
        }
    }
    names.sort_unstable();
    ensure!(names.len() >= FEWEST, "only {names:?}");
    for needed in [
        "problem-closed",
        "problem-not-found",
        "review-error",
        "grid-error",
    ] {
        ensure!(
            names.iter().any(|it| it.starts_with(needed)),
            "no {needed} in {names:?}"
        );
    }
    let mut inspection = Inspection::default();
    for name in &names {
        let url = format!("{}{name}", gallery.url);
        inspection.visit(world.browser()?, &url).await?;
    }
    ensure!(
        inspection.faults.is_empty(),
        "faults: {:#?}",
        inspection.faults
    );
    Ok(())
}
