//! The plan of figures in sentences.

use anyhow::{Result, ensure};
use cucumber::{then, when};
use fantoccini::Locator;
use serde_json::json;

use crate::page::{fill, press, wait_for};
use crate::world::World;
use crate::writing_steps::{contradiction, write};

const PLAN: &str = "/studio/s/essai/questionnaire/plan";

#[when("j'ouvre les chiffres voulus")]
async fn open(world: &mut World) -> Result<()> {
    let page = world.product()?.url(PLAN)?;
    let browser = world.browser()?;
    browser.goto(&page).await?;
    wait_for(browser, "form.plan").await.map(drop)
}

/// A button that sends the form; the page comes back.
async fn push(world: &mut World, value: &str) -> Result<()> {
    let value = serde_json::Value::from(value).to_string();
    let browser = world.browser()?;
    press(browser, &format!("form.plan button[value={value}]")).await?;
    wait_for(browser, ".done").await.map(drop)
}

#[when(regex = "^je veux le chiffre de « (.+) »$")]
async fn want(world: &mut World, item: String) -> Result<()> {
    push(world, &format!("add-figure item:{item}")).await
}

#[when(regex = "^j'ajoute le chiffre de « (.+) », intitulé « (.+) »$")]
async fn add(world: &mut World, item: String, title: String) -> Result<()> {
    let browser = world.browser()?;
    let select = browser.find(Locator::Id("new-item")).await?;
    select.select_by_value(&item).await?;
    fill(browser, "new-title", &title).await?;
    push(world, "add-figure questionnaire").await
}

#[when(regex = "^je monte le chiffre « (.+) »$")]
async fn up(world: &mut World, figure: String) -> Result<()> {
    push(world, &format!("up {figure}")).await
}

#[when("j'annule au plan")]
async fn undo(world: &mut World) -> Result<()> {
    push(world, "undo").await
}

#[then(regex = "^« (.+) » est le premier chiffre voulu$")]
async fn first(world: &mut World, figure: String) -> Result<()> {
    let script = "return document.querySelector('ol.wanted > li')?.id ?? ''";
    let found = world.browser()?.execute(script, vec![]).await?;
    ensure!(found == json!(figure), "the first one is {found}");
    Ok(())
}

#[when("j'y écris un chiffre que rien ne nourrit")]
async fn unfed(world: &mut World) -> Result<()> {
    let wanted = "figures: [{id: f, item: metier}]\nblocks:";
    let text = contradiction().replace("blocks:", wanted);
    write(world, &text, "save").await
}
