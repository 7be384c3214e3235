//! Sentences about rehearsals.

use crate::{
    page,
    world::{World, surroundings},
};
use anyhow::{Context as _, Result, ensure};
use cucumber::{given, then, when};
use e2e::browser::{Browser, Scripts};
use fantoccini::Locator;
use std::path::Path;

/// The made-up responses that come with the survey; features are run in the checkout.
const SHEETS: &str = "questionnaires/qpv-cls/responses.ndjson";
/// Where the dashboard of a wave leads to that of its rehearsal.
const LINK: &str = ".rehearsal-beside a";
/// What removes it.
const REMOVE: &str = ".rehearsal-beside button";
const BAND: &str = ".rehearsal-band";

#[given("une répétition de 130 réponses fictives")]
pub(crate) async fn rehearse(world: &mut World) -> Result<()> {
    world.product()?.rehearse(Path::new(SHEETS)).await
}

/// The address of the rehearsal, as the dashboard that is open gives it.
pub(crate) async fn address(world: &World) -> Result<String> {
    let link = page::wait_for(world.browser()?, LINK).await?;
    let path = link.attr("href").await?.context("an address")?;
    world.product()?.url(&path)
}

#[when("j'ouvre la répétition")]
async fn open(world: &mut World) -> Result<()> {
    page::press(world.browser()?, LINK).await
}

#[when("j'ouvre la répétition dans une seconde fenêtre")]
async fn open_beside(world: &mut World) -> Result<()> {
    let browser = Browser::open(&surroundings()?.driver, Scripts::On).await?;
    browser.goto(&address(world).await?).await?;
    page::wait_for(&browser, ".live[data-state=live]").await?;
    world.second = Some(browser);
    Ok(())
}

#[when("je supprime la répétition")]
pub(crate) async fn remove(world: &mut World) -> Result<()> {
    page::press(world.browser()?, REMOVE).await
}

#[then(regex = "^il annonce « (.+) »$")]
async fn announces(world: &mut World, words: String) -> Result<()> {
    let text = page::wait_for(world.browser()?, ".rehearsal-beside").await?;
    let text = text.text().await?;
    ensure!(text.contains(&words), "the dashboard says « {text} »");
    Ok(())
}

#[then(regex = "^le bandeau « (.+) » reste visible jusqu'au bas de la page$")]
async fn band_stays(world: &mut World, words: String) -> Result<()> {
    let browser = world.browser()?;
    let band = page::wait_for(browser, BAND).await?;
    // French binds the colon with a narrow space.
    let text = band.text().await?.replace('\u{202f}', " ");
    ensure!(text == words, "the band says « {text} »");
    let scrolled = "scrollTo(0, document.documentElement.scrollHeight); return scrollY;";
    let scrolled = browser.execute(scrolled, vec![]).await?;
    ensure!(
        scrolled.as_f64().is_some_and(|it| it > 0.0),
        "the page is too short to say anything"
    );
    let top = format!("return document.querySelector('{BAND}').getBoundingClientRect().top;");
    let top = browser.execute(&top, vec![]).await?;
    ensure!(
        top.as_f64().is_some_and(|it| it.abs() < 1.0),
        "the band has scrolled to {top}"
    );
    Ok(())
}

#[then(regex = "^le titre de la fenêtre commence par « (.+) »$")]
async fn title(world: &mut World, words: String) -> Result<()> {
    let title = world.browser()?.title().await?;
    ensure!(title.starts_with(&words), "the title is « {title} »");
    Ok(())
}

#[then("le tableau de bord dit que la répétition est supprimée")]
async fn says_removed(world: &mut World) -> Result<()> {
    let browser = world.browser()?;
    let notice = page::wait_for(browser, ".notice").await?;
    ensure!(notice.is_displayed().await?, "the notice is not shown");
    let text = notice.text().await?;
    ensure!(
        text.contains("La répétition est supprimée"),
        "the notice says « {text} »"
    );
    ensure!(
        browser.find_all(Locator::Css(LINK)).await?.is_empty(),
        "the dashboard still leads to a rehearsal"
    );
    Ok(())
}

#[then("la seconde fenêtre dit que la répétition a été supprimée")]
async fn second_told(world: &mut World) -> Result<()> {
    let browser = world
        .second
        .as_ref()
        .context("the scenario has no second window")?;
    let line = page::wait_for(browser, ".live[data-state=removed]").await?;
    let text = line.text().await?;
    ensure!(
        text.contains("Cette répétition a été supprimée"),
        "the second window says « {text} »"
    );
    Ok(())
}
