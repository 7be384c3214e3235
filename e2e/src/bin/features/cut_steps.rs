//! Sentences about results that are broken down and filtered.

use anyhow::{Context as _, Result, ensure};
use cucumber::{given, then, when};
use e2e::browser::{Browser, Scripts};
use fantoccini::Locator;
use fantoccini::key::Key;

use crate::accessibility_steps::Inspection;
use crate::dashboard_steps::watched;
use crate::edit_steps::turn;
use crate::page::{PATIENCE, press, wait_for};
use crate::world::{World, surroundings};

const RESPONSES: &str = include_str!("../../../../questionnaires/qpv-cls/responses.ndjson");

/// What the walk that looks at every page sees of the dashboard: cut, cut as nobody can, and its filter.
pub(crate) async fn every_state(world: &mut World, inspection: &mut Inspection) -> Result<()> {
    let dashboard = world.product()?.dashboard.clone();
    let results = world
        .product()?
        .url("/studio/s/qpv-cls/waves/qpv-cls/filter")?;
    let (filter, wrong) = (
        format!("{dashboard}/filter"),
        format!("{dashboard}?by=rien&where=rien"),
    );
    // Browsers report the page that rightly comes with an error.
    world.expected_complaints.push(wrong.clone());
    let wall = format!("{dashboard}?wall=presence_cls");
    let cut = format!(
        "{dashboard}?by=presence_asv&where=presence_cls%20%3D%20%27oui%27&level=95\
         &sets=presence_cls%20%3D%20%27oui%27%0Apresence_asv%20%3D%20%27oui%27"
    );
    for url in [&cut, &wrong, &filter, &results, &wall] {
        inspection.visit(world.browser()?, url).await?;
    }
    Ok(())
}

#[given("les réponses d'exemple importées")]
async fn imported(world: &mut World) -> Result<()> {
    let product = world.product()?;
    let sheets = product.file("responses.ndjson", RESPONSES)?;
    product.run(&["import", "qpv-cls", &sheets]).await.map(drop)
}

#[given(regex = "^le tableau de bord filtré par « (.+) » dans une seconde fenêtre$")]
async fn second_window(world: &mut World, condition: String) -> Result<()> {
    let browser = Browser::open(&surroundings()?.driver, Scripts::On).await?;
    browser.goto(&world.product()?.dashboard).await?;
    unfold(&browser).await?;
    wait_for(&browser, "#where")
        .await?
        .send_keys(&condition)
        .await?;
    press(&browser, "#cut form button").await?;
    wait_for(&browser, "#kept").await?;
    watched(world, browser).await
}

#[when(regex = "^je croise par « (.+) »$")]
async fn break_down(world: &mut World, question: String) -> Result<()> {
    let browser = world.browser()?;
    unfold(browser).await?;
    let by = browser.find(Locator::Id("by")).await?;
    by.select_by_value(&question).await?;
    press(browser, "#cut form button").await?;
    wait_for(browser, "#cut[open]").await.map(drop)
}

#[when("je compose le filtre")]
async fn compose(world: &mut World) -> Result<()> {
    let browser = world.browser()?;
    unfold(browser).await?;
    press(browser, "#cut .compose").await?;
    wait_for(browser, ".conditioner").await.map(drop)
}

#[when("j'affiche les résultats filtrés")]
async fn apply(world: &mut World) -> Result<()> {
    let browser = world.browser()?;
    press(browser, "#part button[value=apply]").await?;
    wait_for(browser, "#kept").await.map(drop)
}

#[when(regex = "^je projette « (.+) »$")]
async fn project(world: &mut World, item: String) -> Result<()> {
    let browser = world.browser()?;
    press(browser, &format!("#t-{item} .ways a")).await?;
    wait_for(browser, "#wall").await.map(drop)
}

#[when("j'appuie sur la flèche droite")]
async fn right(world: &mut World) -> Result<()> {
    key(world.browser()?, Key::Right).await
}

#[when("j'appuie sur Échap")]
async fn escape(world: &mut World) -> Result<()> {
    key(world.browser()?, Key::Escape).await
}

/// Presses a key and waits for the page that it leads to.
async fn key(browser: &Browser, key: Key) -> Result<()> {
    let before = turn(browser).await?;
    let body = browser.find(Locator::Css("body")).await?;
    body.send_keys(&char::from(key).to_string()).await?;
    let left = async {
        while turn(browser).await.map_or(true, |it| it == before) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, left)
        .await
        .context("no other page comes")?;
    wait_for(browser, "h1").await.map(drop)
}

#[then(regex = "^la page compte (\\d+) réponses sur (\\d+)$")]
async fn keeps(world: &mut World, kept: String, all: String) -> Result<()> {
    says(world.browser()?, &kept, &all).await
}

#[then(regex = "^la seconde fenêtre compte (\\d+) réponses sur (\\d+)$")]
async fn second_keeps(world: &mut World, kept: String, all: String) -> Result<()> {
    let browser = world.second.as_ref();
    let browser = browser.context("the scenario has no second window")?;
    says(browser, &kept, &all).await
}

#[then(regex = "^l'adresse dit « (.+) »$")]
async fn address(world: &mut World, words: String) -> Result<()> {
    let address = world.browser()?.current_url().await?;
    ensure!(
        address.as_str().contains(&words),
        "the address is {address}"
    );
    Ok(())
}

/// Unfolds the form, unless it is.
async fn unfold(browser: &Browser) -> Result<()> {
    let form = wait_for(browser, "#cut").await?;
    if form.attr("open").await?.is_none() {
        // No page comes of it.
        let summary = wait_for(browser, "#cut > summary").await?;
        summary.click().await?;
    }
    Ok(())
}

async fn says(browser: &Browser, kept: &str, all: &str) -> Result<()> {
    let expected = format!(": {kept} sur {all}");
    let said = async {
        loop {
            let text = wait_for(browser, "#kept").await?.text().await?;
            if text.contains(&expected) {
                return anyhow::Ok(());
            }
            tokio::task::yield_now().await;
        }
    };
    match tokio::time::timeout(PATIENCE, said).await {
        Ok(said) => said,
        Err(_) => {
            let text = wait_for(browser, "#kept").await?.text().await?;
            anyhow::bail!("the page says « {text} »")
        }
    }
}
