//! Sentences about a correspondent who enters responses, and their page for the walk that looks at every page.

use anyhow::{Context as _, Result, ensure};
use cucumber::{given, then, when};
use fantoccini::Locator;

use crate::accessibility_steps::Inspection;
use crate::page::{self, fill, press, wait_for};
use crate::team_steps;
use crate::world::World;

const ENTRY: &str = "/studio/s/qpv-cls/waves/qpv-cls/entry";
const BEGIN: &str = "form[action$=\"/entry/begin\"] button";
const RESPONSES: &str = include_str!("../../../../questionnaires/qpv-cls/responses.ndjson");
const EDGE: &str = include_str!("../../../../questionnaires/qpv-cls/edge.ndjson");

/// Looks at the page empty, with a file that is none, with one that is refused in parts, and once that is taken in.
/// Somebody is signed in who may enter.
pub(crate) async fn every_page(world: &mut World, inspection: &mut Inspection) -> Result<()> {
    let product = world.product()?;
    let entry = product.url(ENTRY)?;
    let wrong = product.file("people.csv", "email;langue\nmarie@exemple.fr;fr\n")?;
    let parts = product.file("parts.ndjson", &format!("{EDGE}{{\n"))?;
    let table = product.file("table.csv", "meta.id;nb_qpv;communes\nx;beaucoup;3\n")?;
    // Browsers report the form that rightly comes back.
    world.expected_complaints.push(entry.clone());
    let browser = world.browser()?;
    inspection.visit(browser, &entry).await?;
    let columns = browser.find(Locator::Css(".columns summary")).await?;
    columns.click().await?;
    inspection.look(browser).await?;
    for (file, shown) in [
        (wrong, "#summary"),
        (table, ".checked .lost"),
        (parts, ".checked .remarks"),
    ] {
        give(world, &file, "check").await?;
        wait_for(world.browser()?, shown).await?;
        inspection.look(world.browser()?).await?;
    }
    let browser = world.browser()?;
    press(browser, ".checked button.primary").await?;
    wait_for(browser, "section.done").await?;
    inspection.look(browser).await?;
    // One that is typed in says so on its pages, and has its code on this one.
    press(browser, BEGIN).await?;
    inspection.look(browser).await?;
    inspection.visit(browser, &entry).await
}

async fn give(world: &World, file: &str, wish: &str) -> Result<()> {
    let browser = world.browser()?;
    let field = browser.find(Locator::Css("input[type=file]")).await?;
    field.send_keys(file).await?;
    press(browser, &format!("form.settings button[value={wish}]")).await
}

#[given("une correspondante qui a ouvert son compte")]
async fn correspondent(world: &mut World) -> Result<()> {
    team_steps::administrator(world, "ada@exemple.fr").await?;
    let product = world.product()?;
    let members = product.url("/studio/s/qpv-cls/members")?;
    let browser = world.browser()?;
    browser.goto(&members).await?;
    fill(browser, "email", "colette@exemple.fr").await?;
    let role = browser.find(Locator::Css("form.row select")).await?;
    role.select_by_value("correspondent").await?;
    press(browser, "form.row button.primary").await?;
    let link = wait_for(browser, "output.secret").await?.text().await?;
    press(browser, ".person button").await?;
    browser.goto(&link).await?;
    fill(browser, "name", "Colette Martin").await?;
    fill(browser, "password", team_steps::PASSWORD).await?;
    press(browser, "main form button.primary").await?;
    wait_for(browser, "table.list").await?;
    Ok(())
}

#[when("elle fait vérifier le fichier des réponses d'exemple")]
async fn check(world: &mut World) -> Result<()> {
    let browser = world.browser()?;
    // As she finds it: from the page of the study.
    browser
        .goto(&world.product()?.url("/studio/s/qpv-cls")?)
        .await?;
    press(browser, &format!("main a[href=\"{ENTRY}\"]")).await?;
    let links = browser.find_all(Locator::Css(".places.wave a")).await?;
    ensure!(links.len() == 1, "a correspondent is led to {links:?}");
    let file = world.product()?.file("responses.ndjson", RESPONSES)?;
    give(world, &file, "check").await
}

#[when("elle importe ce qui est vérifié")]
async fn import(world: &mut World) -> Result<()> {
    press(world.browser()?, ".checked button.primary").await
}

#[when("elle importe encore le même fichier")]
async fn again(world: &mut World) -> Result<()> {
    let product = world.product()?;
    let file = product.file("responses.ndjson", RESPONSES)?;
    world.browser()?.goto(&product.url(ENTRY)?).await?;
    give(world, &file, "import").await
}

#[then(regex = "^la page de saisie dit « (.+) »$")]
async fn says(world: &mut World, words: String) -> Result<()> {
    let main = wait_for(world.browser()?, "main").await?;
    let text = main.text().await.context("a page has text")?;
    ensure!(text.contains(&words), "the page says « {text} »");
    Ok(())
}

#[given("la vague est fermée")]
async fn close(world: &mut World) -> Result<()> {
    let product = world.product()?;
    product.run(&["wave", "qpv-cls", "--close"]).await?;
    Ok(())
}

#[when("je saisis un questionnaire")]
async fn begin(world: &mut World) -> Result<()> {
    let entry = world.product()?.url(ENTRY)?;
    let browser = world.browser()?;
    browser.goto(&entry).await?;
    press(browser, BEGIN).await?;
    page::look(world).await
}

#[when("je reviens à la saisie")]
async fn back(world: &mut World) -> Result<()> {
    // Once she has signed out, there is no response on this device: browsers report that answer.
    let profile = world.product()?.url("/r/qpv-cls/p/profil")?;
    world.expected_complaints.push(profile);
    let browser = world.browser()?;
    press(browser, "main .facts a").await?;
    wait_for(browser, BEGIN).await.map(drop)
}
