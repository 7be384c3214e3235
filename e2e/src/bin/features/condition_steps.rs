//! Conditions put together in sentences: by pointer with and without scripts, and by keyboard.

use anyhow::{Context as _, Result, bail};
use cucumber::{then, when};
use e2e::browser::Browser;
use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::json;

use crate::accessibility_steps::Inspection;
use crate::edit_steps::{act, done, press, quoted, tab_to, turn};
use crate::page::{PATIENCE, wait_for};
use crate::world::World;
use crate::writing_steps::write;

const CONDITION: &str = "/studio/s/essai/questionnaire/condition";
const SURVEY: &str = include_str!("../../../features/composer.yaml");

/// What the walk that looks at every page sees of one: lines, groups, what is not finished, a wrong text.
pub(crate) async fn every_state(world: &mut World, inspection: &mut Inspection) -> Result<()> {
    let browser = world.browser()?;
    for button in ["line g", "group g", "text g"] {
        open_folds(browser).await?;
        click(browser, button).await?;
    }
    inspection.look(browser).await?;
    type_into(browser, "text", "agee > 3").await?;
    click(browser, "read").await?;
    click(browser, "save").await?;
    wait_for(browser, "#summary").await?;
    inspection.look(browser).await
}

/// Unfolds what can be added besides lines and groups.
async fn open_folds(browser: &Browser) -> Result<()> {
    let script = "document.querySelectorAll('.adding details').forEach((it) => (it.open = true))";
    browser.execute(script, vec![]).await?;
    Ok(())
}

async fn click(browser: &Browser, button: &str) -> Result<()> {
    act(
        browser,
        &format!("#part button[value={}]:not(.unseen)", quoted(button)),
    )
    .await
}

/// Lets the page follow what was chosen: its script does, else a button.
async fn follow(browser: &Browser, before: &str) -> Result<()> {
    let script = "return document.querySelector('.actions [data-plain]').hidden";
    match browser.execute(script, vec![]).await? == json!(true) {
        true => done(browser, before).await,
        false => click(browser, "update").await,
    }
}

async fn choose(browser: &Browser, field: &str, value: &str) -> Result<()> {
    let before = turn(browser).await?;
    let select = browser.find(Locator::Id(field)).await;
    let select = select.with_context(|| format!("no field {field}"))?;
    select.select_by_value(value).await?;
    follow(browser, &before).await
}

async fn type_into(browser: &Browser, field: &str, words: &str) -> Result<()> {
    let before = turn(browser).await?;
    let found = browser.find(Locator::Id(field)).await;
    let found = found.with_context(|| format!("no field {field}"))?;
    // All at once: an emptied field is a change, which draws the form again.
    let [control, release, tab] = [Key::Control, Key::Null, Key::Tab].map(char::from);
    let keys = format!("{control}a{release}{words}{tab}");
    found.send_keys(&keys).await?;
    follow(browser, &before).await
}

#[when("j'y écris le questionnaire à composer")]
async fn survey(world: &mut World) -> Result<()> {
    write(world, SURVEY, "save").await?;
    wait_for(world.browser()?, ".verdict").await.map(drop)
}

#[when(regex = "^je compose la condition « (.+) »$")]
async fn compose(world: &mut World, field: String) -> Result<()> {
    expected(world)?;
    let browser = world.browser()?;
    let css = format!(
        "#part button[value={}]",
        quoted(&format!("condition {field}"))
    );
    browser.find(Locator::Css(&css)).await?.click().await?;
    wait_for(browser, ".conditioner").await.map(drop)
}

/// Browsers report the forms that rightly come back.
fn expected(world: &mut World) -> Result<()> {
    let page = world.product()?.url(CONDITION)?;
    world.expected_complaints.push(page);
    Ok(())
}

#[when(regex = "^dans la condition j'appuie sur « (.+) »$")]
async fn push(world: &mut World, button: String) -> Result<()> {
    click(world.browser()?, &button).await
}

#[when(regex = "^dans la condition je choisis « (.+) » : « (.+) »$")]
async fn chosen(world: &mut World, field: String, value: String) -> Result<()> {
    choose(world.browser()?, &field, &value).await
}

#[when(regex = "^dans la condition je tape « (.+) » dans « (.+) »$")]
async fn typed(world: &mut World, words: String, field: String) -> Result<()> {
    type_into(world.browser()?, &field, &words).await
}

#[when(regex = "^dans la condition j'ajoute un groupe sur les unités de « (.+) »$")]
async fn units(world: &mut World, roster: String) -> Result<()> {
    let browser = world.browser()?;
    open_folds(browser).await?;
    let select = browser.find(Locator::Id("g.new")).await?;
    select.select_by_value(&roster).await?;
    click(browser, "units g").await
}

#[then(regex = "^la condition de « (.+) » s'ouvre$")]
async fn is_open(world: &mut World, key: String) -> Result<()> {
    let css = format!("#part [name=at][value=\"{key}\"]");
    wait_for(world.browser()?, &css).await.map(drop)
}

#[then(regex = "^la condition s'écrit « (.+) »$")]
async fn written(world: &mut World, text: String) -> Result<()> {
    let browser = world.browser()?;
    let script = "return document.getElementById('text')?.value ?? ''";
    let mut last = String::new();
    let seen = async {
        loop {
            let found = browser.execute(script, vec![]).await?;
            last = found.as_str().unwrap_or_default().to_owned();
            if last == text {
                return anyhow::Ok(());
            }
            tokio::task::yield_now().await;
        }
    };
    let seen = tokio::time::timeout(PATIENCE, seen).await;
    match seen {
        Ok(it) => it,
        Err(_) => bail!("the condition is {last}"),
    }
}

const IS_FOCUS: &str = "return document.activeElement?.id === arguments[0]";

#[when(regex = "^au clavier je compose la condition « (.+) »$")]
async fn compose_by_keys(world: &mut World, field: String) -> Result<()> {
    expected(world)?;
    let browser = world.browser()?;
    let is_it = "return document.activeElement?.value === arguments[0]";
    tab_to(browser, is_it, &format!("condition {field}")).await?;
    press(browser, &char::from(Key::Enter).to_string()).await?;
    wait_for(browser, ".conditioner").await.map(drop)
}

#[when(regex = "^au clavier je choisis « (.+) » dans « (.+) »$")]
async fn choose_by_keys(world: &mut World, words: String, field: String) -> Result<()> {
    let browser = world.browser()?;
    tab_to(browser, IS_FOCUS, &field).await?;
    let before = turn(browser).await?;
    press(browser, &words).await?;
    press(browser, &char::from(Key::Tab).to_string()).await?;
    done(browser, &before).await
}

#[when(regex = "^au clavier dans la condition je tape « (.+) » dans « (.+) »$")]
async fn type_by_keys(world: &mut World, words: String, field: String) -> Result<()> {
    let browser = world.browser()?;
    tab_to(browser, IS_FOCUS, &field).await?;
    let before = turn(browser).await?;
    press(browser, &words).await?;
    press(browser, &char::from(Key::Tab).to_string()).await?;
    done(browser, &before).await
}
