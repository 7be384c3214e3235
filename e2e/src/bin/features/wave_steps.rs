//! The settings of a wave in sentences: its link as a code, what it says once it is closed.

use anyhow::{Context as _, Result, ensure};
use cucumber::{then, when};
use fantoccini::Locator;
use serde_json::json;

use crate::page::{fill, press, wait_for};
use crate::world::World;

const SETTINGS: &str = "/studio/s/qpv-cls/waves/qpv-cls/settings";
const START: &str = "/r/qpv-cls";

#[when("j'ouvre les réglages de la vague")]
async fn open(world: &mut World) -> Result<()> {
    let page = world.product()?.url(SETTINGS)?;
    let browser = world.browser()?;
    browser.goto(&page).await?;
    wait_for(browser, ".qr img").await.map(drop)
}

#[then("la page montre le code QR de son adresse")]
async fn coded(world: &mut World) -> Result<()> {
    let start = world.product()?.url(START)?;
    let browser = world.browser()?;
    let image = browser.find(Locator::Css(".qr img")).await?;
    let alt = image.attr("alt").await?.context("the code has no words")?;
    ensure!(
        alt.ends_with(START),
        "the code is said to lead to {alt}, not to {start}"
    );
    // It was fetched and drawn, and both files are there to be kept.
    let script = "return document.querySelector('.qr img').naturalWidth";
    let width = browser.execute(script, vec![]).await?;
    ensure!(width.as_u64().is_some_and(|it| it > 0), "nothing is drawn");
    for file in ["qr.svg", "qr.png"] {
        let css = format!("a[download][href$=\"{file}\"]");
        browser.find(Locator::Css(&css)).await?;
    }
    Ok(())
}

#[when(regex = "^j'y écris le message de fermeture « (.+) »$")]
async fn write(world: &mut World, words: String) -> Result<()> {
    let browser = world.browser()?;
    fill(browser, "message-fr", &words).await?;
    press(browser, "button[value=message]").await?;
    wait_for(browser, ".done").await.map(drop)
}

#[then(regex = "^l'aperçu en français dit « (.+) »$")]
async fn previewed(world: &mut World, words: String) -> Result<()> {
    let browser = world.browser()?;
    let shown = browser.find(Locator::Css(".as-shown [lang=fr]")).await?;
    let text = shown.text().await?;
    ensure!(text.contains(&words), "the preview says {text}");
    Ok(())
}

#[when("je ferme la vague")]
async fn close(world: &mut World) -> Result<()> {
    press(world.browser()?, "button[value=close]").await
}

#[when("je rouvre la vague")]
async fn reopen(world: &mut World) -> Result<()> {
    press(world.browser()?, "button[value=open]").await
}

#[when("j'arrive trop tard")]
async fn late(world: &mut World) -> Result<()> {
    let start = world.product()?.url(START)?;
    // Browsers report pages that are gone.
    world.expected_complaints.push(start.clone());
    let browser = world.browser()?;
    browser.goto(&start).await?;
    let script = "return document.querySelectorAll(arguments[0]).length";
    let begin = browser.execute(script, vec![json!("form.page")]).await?;
    ensure!(begin == json!(0), "one can still begin");
    Ok(())
}

#[when("j'arrive à temps")]
async fn in_time(world: &mut World) -> Result<()> {
    let start = world.product()?.url(START)?;
    world.browser()?.goto(&start).await.map_err(Into::into)
}
