//! The editor in sentences: by pointer with and without scripts, and by keyboard.

use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use cucumber::{then, when};
use e2e::browser::Browser;
use fantoccini::key::Key;
use serde_json::json;

use crate::page::{PATIENCE, choose, click, fill, wait_for};
use crate::world::World;

const EDIT: &str = "/studio/s/essai/questionnaire/edit";
/// No page has more places to go to.
const MOST_STEPS: usize = 400;

/// Presses a button and waits until what it does is done: another page is there, or the script has counted.
pub(crate) async fn act(browser: &Browser, css: &str) -> Result<()> {
    let before = turn(browser).await?;
    click(browser, css).await?;
    done(browser, &before).await
}

pub(crate) async fn done(browser: &Browser, before: &str) -> Result<()> {
    let done = async {
        // While a page takes another's place there may be none to ask.
        while turn(browser).await.map_or(true, |it| it == before) || is_busy(browser).await {
            tokio::task::yield_now().await;
        }
    };
    let done = tokio::time::timeout(PATIENCE, done).await;
    done.context("the editor does not answer")?;
    wait_for(browser, "#part").await.map(drop)
}

/// Whether the script still has something to save: leaving a field does, and the click that left it.
async fn is_busy(browser: &Browser) -> bool {
    let script = "return (document.querySelector('.editor')?.dataset.pending ?? '0') !== '0'";
    let found = browser.execute(script, vec![]).await;
    found.map_or(true, |it| it == json!(true))
}

/// Something that is another once a button has done its work.
pub(crate) async fn turn(browser: &Browser) -> Result<String> {
    let script = "return performance.timeOrigin + ' ' + (document.querySelector('.editor, .conditioner')?.dataset.turn ?? '')";
    let found = browser.execute(script, vec![]).await?;
    Ok(found.as_str().unwrap_or_default().to_owned())
}

pub(crate) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[when(regex = "^j'ouvre dans l'éditeur « (.+) »$")]
async fn open(world: &mut World, node: String) -> Result<()> {
    let page = world.product()?.url(&format!("{EDIT}?node={node}"))?;
    let browser = world.browser()?;
    browser.goto(&page).await?;
    wait_for(browser, "#part").await.map(drop)
}

#[when(regex = "^j'ajoute la question « (.+) », de type « (.+) », nommée « (.+) »$")]
async fn add_question(world: &mut World, label: String, kind: String, id: String) -> Result<()> {
    let browser = world.browser()?;
    fill(browser, "new-label", &label).await?;
    choose(browser, "new-kind", &kind).await?;
    fill(browser, "new-id", &id).await?;
    act(browser, "#part button[value^=\"add-item \"]").await?;
    opened(browser, &format!("item:{id}")).await
}

async fn opened(browser: &Browser, node: &str) -> Result<()> {
    wait_for(
        browser,
        &format!("#part [name=node][value={}]", quoted(node)),
    )
    .await
    .map(drop)
}

#[when(regex = "^j'y mets « (.+) » à « (.+) »$")]
async fn write(world: &mut World, field: String, value: String) -> Result<()> {
    // The field is emptied first, which is not saved where something is needed; browsers report it.
    let edit = world.product()?.url(EDIT)?;
    world.expected_complaints.push(edit);
    let browser = world.browser()?;
    fill(browser, &field, &value).await?;
    act(browser, "#part .actions button.primary").await
}

#[when(regex = "^j'ajoute le choix « (.+) », codé « (.+) »$")]
async fn add_choice(world: &mut World, label: String, code: String) -> Result<()> {
    let browser = world.browser()?;
    fill(browser, "new-choice", &label).await?;
    fill(browser, "new-choice-code", &code).await?;
    act(browser, "#part button[value^=\"add-choice \"]").await
}

#[when(regex = "^je retire « (.+) »$")]
async fn remove(world: &mut World, node: String) -> Result<()> {
    let css = format!("#part button[value={}]", quoted(&format!("remove {node}")));
    act(world.browser()?, &css).await
}

#[when(regex = "^je monte « ([^»]+) »$")]
async fn up(world: &mut World, node: String) -> Result<()> {
    let css = format!("#part button[value={}]", quoted(&format!("up {node}")));
    act(world.browser()?, &css).await
}

#[when("j'annule")]
async fn undo(world: &mut World) -> Result<()> {
    act(world.browser()?, "#part button[value=undo]").await
}

#[then(regex = "^l'éditeur dit « (.+) »$")]
async fn says(world: &mut World, words: String) -> Result<()> {
    until(world.browser()?, "[data-part=findings]", &words).await
}

/// Waits until words stand in a place.
async fn until(browser: &Browser, css: &str, words: &str) -> Result<()> {
    let script = "return document.querySelector(arguments[0])?.textContent ?? ''";
    let plain = |text: &str| text.replace('’', "'").replace(['\u{202f}', '\u{a0}'], " ");
    let mut last = String::new();
    let seen = async {
        loop {
            let text = browser.execute(script, vec![json!(css)]).await?;
            last = plain(text.as_str().unwrap_or_default());
            if last.contains(words) {
                return anyhow::Ok(());
            }
            tokio::task::yield_now().await;
        }
    };
    let seen = tokio::time::timeout(PATIENCE, seen).await;
    match seen {
        Ok(it) => it,
        Err(_) => bail!("{css} does not say « {words} » but {last}"),
    }
}

#[then(regex = "^l'aperçu montre « (.+) »$")]
async fn previewed(world: &mut World, words: String) -> Result<()> {
    let browser = world.browser()?;
    let script =
        "return document.getElementById('preview')?.contentDocument?.body?.textContent ?? ''";
    let plain = |text: &str| text.replace('’', "'").replace(['\u{202f}', '\u{a0}'], " ");
    let mut last = String::new();
    let seen = async {
        loop {
            let text = browser.execute(script, vec![]).await?;
            last = plain(text.as_str().unwrap_or_default());
            if last.contains(&words) {
                return anyhow::Ok(());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let seen = tokio::time::timeout(PATIENCE, seen).await;
    match seen {
        Ok(it) => it,
        Err(_) => bail!("the preview does not show « {words} » but {last}"),
    }
}

#[then(regex = "^« (.+) » précède « (.+) » dans le plan$")]
async fn precedes(world: &mut World, first: String, second: String) -> Result<()> {
    let browser = world.browser()?;
    let script = "return [...document.querySelectorAll('.outline a[data-key]')].map((it) => it.dataset.key).join(' ')";
    let mut last = String::new();
    // What was typed before the move may be saved twice, emptied and written: the move comes after both.
    let seen = async {
        loop {
            let order = browser.execute(script, vec![]).await?;
            last = order.as_str().unwrap_or_default().to_owned();
            let at = |key: &str| last.split(' ').position(|it| it == key);
            if matches!((at(&first), at(&second)), (Some(one), Some(two)) if one < two) {
                return anyhow::Ok(());
            }
            tokio::task::yield_now().await;
        }
    };
    match tokio::time::timeout(PATIENCE, seen).await {
        Ok(it) => it,
        Err(_) => bail!("the outline is {last}"),
    }
}

#[then(regex = "^l'éditeur montre « (.+) »$")]
async fn shows(world: &mut World, node: String) -> Result<()> {
    opened(world.browser()?, &node).await
}

/// Presses keys where the focus is.
pub(crate) async fn press(browser: &Browser, keys: &str) -> Result<()> {
    let here = browser.active_element().await?;
    here.send_keys(keys).await.map_err(Into::into)
}

/// Goes to an element with the Tab key alone.
pub(crate) async fn tab_to(browser: &Browser, script: &str, what: &str) -> Result<()> {
    for _ in 0..MOST_STEPS {
        let is_there = browser.execute(script, vec![json!(what)]).await?;
        if is_there == json!(true) {
            return Ok(());
        }
        press(browser, &char::from(Key::Tab).to_string()).await?;
    }
    bail!("Tab does not lead to {what}")
}

#[when(regex = "^au clavier je vais à « (.+) » et j'écris « (.+) »$")]
async fn type_into(world: &mut World, id: String, words: String) -> Result<()> {
    let browser = world.browser()?;
    tab_to(
        browser,
        "return document.activeElement?.id === arguments[0]",
        &id,
    )
    .await?;
    let field = browser.active_element().await?;
    field.send_keys(&words).await.map_err(Into::into)
}

#[when(regex = "^au clavier je valide par « (.+) »$")]
async fn press_button(world: &mut World, value: String) -> Result<()> {
    let browser = world.browser()?;
    tab_to(
        browser,
        "return document.activeElement?.value === arguments[0]",
        &value,
    )
    .await?;
    let before = turn(browser).await?;
    press(browser, &char::from(Key::Enter).to_string()).await?;
    done(browser, &before).await
}

#[when(regex = "^je monte « (.+) » avec Alt et la flèche$")]
async fn alt_up(world: &mut World, node: String) -> Result<()> {
    let browser = world.browser()?;
    tab_to(
        browser,
        "return document.activeElement?.dataset?.key === arguments[0]",
        &node,
    )
    .await?;
    let before = turn(browser).await?;
    let keys = format!("{}{}", char::from(Key::Alt), char::from(Key::Up));
    press(browser, &keys).await?;
    done(browser, &before).await
}
