//! A wave that moves on to a new version while people answer it.

use anyhow::{Result, ensure};
use cucumber::gherkin::Step;
use cucumber::{then, when};
use fantoccini::Locator;

use crate::page::{Place, Until, advance, begin_at, current, fill, go_on, press, tick, wait_for};
use crate::respondent_steps::answers;
use crate::world::World;

const STUDY: &str = "/studio/s/essai";
const SMALL: &str = include_str!("../../../features/essai.yaml");
/// A choice in other words, and a question more.
const ITEM: &str = "    - {id: plus, kind: text, label: {fr: Autre chose}}\n";
const CHOICE: &str = "    - {id: avis, kind: single, label: {fr: Avis}, choices: [{code: bon, label: {fr: Bon}}, {code: mauvais, label: {fr: Mauvais}}]}\n";

async fn write(world: &World, text: &str) -> Result<()> {
    let browser = world.browser()?;
    let at = world.product()?.url(&format!("{STUDY}/questionnaire"))?;
    browser.goto(&at).await?;
    let script = "document.getElementById('source').value = arguments[0]";
    browser.execute(script, vec![text.into()]).await?;
    press(browser, ".writing button[value=save]").await
}

#[when("j'y écris un questionnaire avec un avis")]
async fn with_choice(world: &mut World) -> Result<()> {
    write(world, &format!("{SMALL}{CHOICE}")).await
}

#[when("je reformule un choix et j'ajoute une question")]
async fn reword(world: &mut World) -> Result<()> {
    let next = format!("{SMALL}{CHOICE}{ITEM}");
    write(world, &next.replace("{fr: Bon}", "{fr: Plutôt bon}")).await
}

#[when("j'ouvre une vague de cette étude")]
async fn open(world: &mut World) -> Result<()> {
    let waves = world.product()?.url(&format!("{STUDY}/waves"))?;
    let browser = world.browser()?;
    browser.goto(&waves).await?;
    fill(browser, "slug", "vague").await?;
    press(browser, "form.settings button.primary").await?;
    wait_for(browser, ".done").await?;
    press(browser, "button[value=open]").await?;
    wait_for(browser, "[data-open=true]").await.map(drop)
}

#[when("quelqu'un répond à cette vague :")]
async fn answer_with(world: &mut World, step: &Step) -> Result<()> {
    let start = world.product()?.url("/r/vague")?;
    // Somebody else, who has not answered yet: of a respondent the browser keeps a cookie named after the wave.
    let browser = world.browser()?;
    browser.goto(&start).await?;
    for cookie in browser.get_all_cookies().await? {
        if cookie.name().ends_with("vague") {
            browser.delete_cookie(cookie.name()).await?;
        }
    }
    begin_at(world, &start).await?;
    go_on(world, &answers(step)?, Until::Review).await?;
    let browser = world.browser()?;
    press(browser, "main form .actions button.primary").await?;
    ensure!(
        current(browser).await? == Place::Receipt,
        "the response ends on {}",
        browser.current_url().await?
    );
    Ok(())
}

#[when("je réponds à cette vague")]
async fn answer(world: &mut World) -> Result<()> {
    let start = world.product()?.url("/r/vague")?;
    let browser = world.browser()?;
    browser.goto(&start).await?;
    press(browser, "main form .actions button").await?;
    wait_for(browser, "form[data-page]").await?;
    fill(browser, "age", "40").await?;
    let choice = browser.find(Locator::Css("input[name=avis][value=bon]"));
    choice.await?.click().await?;
    advance(browser).await?;
    // Without scripts, what the age puts on the page is shown before going on.
    if current(browser).await? != Place::Review {
        advance(browser).await?;
    }
    press(browser, "main form .actions button.primary").await?;
    let at = browser.current_url().await?;
    ensure!(at.path() == "/r/vague/receipt", "the response ends on {at}");
    Ok(())
}

#[when("je publie et la vague pose la nouvelle version")]
async fn publish(world: &mut World) -> Result<()> {
    let publish = world
        .product()?
        .url(&format!("{STUDY}/questionnaire/publish"))?;
    let browser = world.browser()?;
    browser.goto(&publish).await?;
    tick(browser, ".publish input[name=move][value=vague]").await?;
    press(browser, ".publish button.primary").await
}

#[when("quelqu'un d'autre répond à la nouvelle version")]
async fn another(world: &mut World) -> Result<()> {
    let product = world.product()?;
    let sheet = r#"{"meta":{"id":"8d0f5a3e-3a3f-4a57-9f3b-1d3f0f2d7c11"},"answers":{"age":30,"avis":"bon","plus":"Oui"}}"#;
    let file = product.file("autre.ndjson", sheet)?;
    product
        .run(&["import", "essai/vague", &file])
        .await
        .map(drop)
}

#[then(regex = "^le tableau de bord de la vague dit « (.+) »$")]
async fn said(world: &mut World, words: String) -> Result<()> {
    let results = world.product()?.url(&format!("{STUDY}/waves/vague"))?;
    let browser = world.browser()?;
    browser.goto(&results).await?;
    let page = wait_for(browser, "main").await?.text().await?;
    let plain = |it: &str| it.replace(['\u{202f}', '\u{a0}'], " ").replace('’', "'");
    ensure!(
        plain(&page).contains(&plain(&words)),
        "the dashboard says {page}"
    );
    Ok(())
}
