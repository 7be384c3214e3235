//! Sentences about what respondents may do with what they gave.

use crate::{page, world::World};
use anyhow::{Result, ensure};
use cucumber::{then, when};
use fantoccini::Locator;

const RECEIPT: &str = "/r/qpv-cls/receipt";

#[when("j'enregistre pour reprendre plus tard")]
async fn save_for_later(world: &mut World) -> Result<()> {
    let browser = world.browser()?;
    page::press(browser, "main form .actions button[formaction]").await?;
    page::wait_for(browser, ".code").await?;
    page::look(world).await
}

/// Another device knows nothing but the code; people write it in their own way.
#[when("je reprends sur un autre appareil avec mon code")]
async fn resume(world: &mut World) -> Result<()> {
    let browser = world.browser()?;
    let code = page::wait_for(browser, ".code").await?.text().await?;
    browser.delete_all_cookies().await?;
    let resume = world.product()?.url("/r/qpv-cls/resume")?;
    browser.goto(&resume).await?;
    let field = page::wait_for(browser, "#code").await?;
    field
        .send_keys(&code.to_lowercase().replace('-', " "))
        .await?;
    page::press(browser, "main form button.primary").await
}

#[when("je corrige mes réponses")]
async fn correct(world: &mut World) -> Result<()> {
    let browser = world.browser()?;
    browser.goto(&world.product()?.url(RECEIPT)?).await?;
    page::press(browser, "main .rights form button").await?;
    page::look(world).await
}

#[when(regex = "^j'ouvre la page « (.+) »$")]
async fn open(world: &mut World, wanted: String) -> Result<()> {
    let address = world.product()?.url(&format!("/r/qpv-cls/p/{wanted}"))?;
    world.browser()?.goto(&address).await?;
    Ok(())
}

#[when("je retire ma réponse")]
async fn withdraw(world: &mut World) -> Result<()> {
    let browser = world.browser()?;
    let ask = world.product()?.url(&format!("{RECEIPT}/withdraw"))?;
    browser.goto(&ask).await?;
    page::press(browser, "main form button.primary").await?;
    page::look(world).await
}

#[then(regex = "^l'accusé de réception dit « (.+) »$")]
async fn receipt_says(world: &mut World, words: String) -> Result<()> {
    let browser = world.browser()?;
    browser.goto(&world.product()?.url(RECEIPT)?).await?;
    says(world, words).await
}

#[then(regex = "^la page dit « (.+) »$")]
async fn says(world: &mut World, words: String) -> Result<()> {
    let main = world.browser()?.find(Locator::Css("main")).await?;
    let main = main.text().await?.replace('’', "'");
    ensure!(main.contains(&words), "the page says: {main}");
    Ok(())
}
