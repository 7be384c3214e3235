//! Rehearsing what is being written, the team's home, and a dropped questionnaire, in sentences.

use anyhow::{Context as _, Result, ensure};
use cucumber::{given, then, when};
use e2e::browser::{Browser, Scripts};
use fantoccini::Locator;
use serde_json::json;

use crate::page::{PATIENCE, press, wait_for};
use crate::world::{World, surroundings};
use crate::writing_steps::{SMALL, TEXT, write};

const HOME: &str = "/studio";
/// Where browsers keep that somebody is signed in.
const SESSION: &str = "recueil-team";
const NEW: &str = "/studio/new";
const BAND: &str = ".rehearsal-band, #cannot-h";
/// What a page that was loaded anew has lost.
const MARK: &str = "seenByTheFeature";

#[when("j'y écris un questionnaire avec une erreur")]
async fn break_it(world: &mut World) -> Result<()> {
    write(world, &SMALL.replace("age >= 18", "age >= 'a'"), "save").await
}

#[when("je répète ce que j'écris")]
async fn rehearse(world: &mut World) -> Result<()> {
    let text = world.product()?.url(TEXT)?;
    let browser = world.browser()?;
    browser.goto(&text).await?;
    press(browser, ".ways button[value=rehearse]").await?;
    wait_for(browser, BAND).await.map(drop)
}

#[when(regex = "^je tape « (.+) » à la place de « (.+) » et je répète aussitôt$")]
async fn type_and_rehearse(world: &mut World, words: String, field: String) -> Result<()> {
    let edit = world.product()?.url(&format!("{TEXT}/edit"))?;
    // The field is emptied first, which is not saved where something is needed; browsers report it.
    world.expected_complaints.push(edit.clone());
    let node = field.split('|').next().unwrap_or_default();
    let browser = world.browser()?;
    browser.goto(&format!("{edit}?node={node}")).await?;
    wait_for(browser, "#part").await?;
    crate::page::fill(browser, &field, &words).await?;
    press(browser, ".ways button[value=rehearse]").await?;
    wait_for(browser, BAND).await.map(drop)
}

#[when("je supprime la répétition de ce que j'écris")]
async fn remove(world: &mut World) -> Result<()> {
    press(world.browser()?, ".rehearsal-beside button[value=remove]").await
}

#[when("je suis le lien de la première erreur")]
async fn follow(world: &mut World) -> Result<()> {
    press(world.browser()?, ".findings a").await
}

#[when("j'ouvre l'accueil de l'équipe")]
async fn home(world: &mut World) -> Result<()> {
    let home = world.product()?.url(HOME)?;
    let browser = world.browser()?;
    browser.goto(&home).await?;
    wait_for(browser, "#home").await.map(drop)
}

#[given("l'accueil de l'équipe ouvert dans une seconde fenêtre")]
async fn home_beside(world: &mut World) -> Result<()> {
    let home = world.product()?.url(HOME)?;
    let session = world.browser()?.get_named_cookie(SESSION).await?;
    let second = Browser::open(&surroundings()?.driver, Scripts::On).await?;
    // A cookie is for the site that the window is at.
    second.goto(&home).await?;
    second.add_cookie(session).await?;
    second.goto(&home).await?;
    wait_for(&second, "#home-live[data-state=on]").await?;
    let mark = format!("window.{MARK} = true;");
    second.execute(&mark, vec![]).await?;
    world.second = Some(second);
    Ok(())
}

#[then(regex = "^l'accueil compte (\\d+) réponses? à « (.+) »$")]
async fn counts(world: &mut World, n: u64, wave: String) -> Result<()> {
    counted(world.browser()?, n, &wave).await
}

#[then(regex = "^la seconde fenêtre compte (\\d+) réponses? à « (.+) » sans avoir été rechargée$")]
async fn second_counts(world: &mut World, n: u64, wave: String) -> Result<()> {
    let browser = world.second.as_ref().context("no second window")?;
    counted(browser, n, &wave).await?;
    let mark = browser
        .execute(&format!("return window.{MARK} === true;"), vec![])
        .await?;
    ensure!(mark == true, "the home was loaded again");
    Ok(())
}

async fn counted(browser: &Browser, n: u64, wave: &str) -> Result<()> {
    let cell = format!("[data-cell=\"n:{wave}\"] strong");
    let script = "return document.querySelector(arguments[0])?.textContent ?? ''";
    let counted = async {
        loop {
            let text = browser.execute(script, vec![json!(cell)]).await?;
            if text.as_str() == Some(&n.to_string()) {
                return anyhow::Ok(());
            }
            tokio::task::yield_now().await;
        }
    };
    let counted = tokio::time::timeout(PATIENCE, counted).await;
    counted.with_context(|| format!("the home does not count {n}"))?
}

#[when("je dépose un questionnaire sur la page des nouvelles études")]
async fn drop_file(world: &mut World) -> Result<()> {
    let new = world.product()?.url(NEW)?;
    let browser = world.browser()?;
    browser.goto(&new).await?;
    wait_for(browser, "#drop-hint:not([hidden])").await?;
    let script = "const brought = new DataTransfer(); \
        brought.items.add(new File([arguments[0]], 'essai.yaml', { type: 'application/yaml' })); \
        const form = document.getElementById('begin'); \
        for (const kind of ['dragenter', 'dragover', 'drop']) \
            form.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: brought }));";
    browser.execute(script, vec![json!(SMALL)]).await?;
    let chosen = browser
        .find(Locator::Css("[name=from][value=file]"))
        .await?
        .is_selected()
        .await?;
    ensure!(chosen, "a dropped file is what one begins from");
    Ok(())
}

#[when("je commence l'étude")]
async fn begin(world: &mut World) -> Result<()> {
    press(world.browser()?, "form.settings button.primary").await
}
