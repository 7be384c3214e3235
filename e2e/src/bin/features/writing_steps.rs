//! The pages on which a questionnaire is written: for the walk that looks at every page, and in sentences.

use anyhow::{Result, ensure};
use cucumber::{given, then, when};
use fantoccini::Locator;
use serde_json::json;

use crate::accessibility_steps::Inspection;
use crate::condition_steps;
use crate::page::{fill, press, wait_for};
use crate::team_steps;
use crate::world::World;

const NEW: &str = "/studio/new";
pub(crate) const TEXT: &str = "/studio/s/essai/questionnaire";
pub(crate) const SMALL: &str = include_str!("../../../features/essai.yaml");

/// Begins a study, with an error first; writes a contradiction, mends it, looks at its map, publishes it.
/// Somebody is signed in who may.
pub(crate) async fn every_page(world: &mut World, inspection: &mut Inspection) -> Result<()> {
    let product = world.product()?;
    let at = |page: &str| product.url(&format!("{TEXT}{page}"));
    let (new, text) = (product.url(NEW)?, at("")?);
    let edit = at("/edit")?;
    let nodes = ["block:b", "page:p", "item:metier", "item:age"];
    let nodes = nodes.map(|it| at(&format!("/edit?node={it}")));
    let condition = at("/condition")?;
    let conditions = ["item:metier", "page:p"];
    let conditions = conditions.map(|it| at(&format!("/condition?at={it}")));
    let (map, plan, publish) = (at("/map")?, at("/plan")?, at("/publish")?);
    let rehearse = at("/rehearsal")?;
    let papers = [at("/print")?, at("/print?codes=1")?];
    // Browsers report the forms that rightly come back.
    world.expected_complaints.extend([
        new.clone(),
        text.clone(),
        edit.clone(),
        condition,
        rehearse.clone(),
        plan.clone(),
        map.clone(),
    ]);
    let browser = world.browser()?;
    inspection.visit(browser, &new).await?;
    fill(browser, "slug", "Été").await?;
    press(browser, "form.settings button.primary").await?;
    wait_for(browser, "#summary").await?;
    inspection.look(browser).await?;
    fill(browser, "slug", "essai").await?;
    fill(browser, "study-title", "Essai").await?;
    press(browser, "form.settings button.primary").await?;
    wait_for(browser, ".verdict").await?;
    inspection.look(browser).await?;
    write(world, &contradiction(), "check").await?;
    inspection.look(world.browser()?).await?;
    inspection.visit(world.browser()?, &map).await?;
    inspection.visit(world.browser()?, &edit).await?;
    write(world, SMALL, "save").await?;
    for node in nodes {
        inspection.visit(world.browser()?, &node?).await?;
    }
    let browser = world.browser()?;
    fill(browser, "item:age|min", "dix-huit").await?;
    // With scripts the page stays.
    let save = wait_for(browser, "#part .actions button.primary").await?;
    save.click().await?;
    wait_for(browser, "#summary").await?;
    inspection.look(browser).await?;
    for condition in conditions {
        inspection.visit(world.browser()?, &condition?).await?;
    }
    condition_steps::every_state(world, inspection).await?;
    world.browser()?.goto(&text).await?;
    // Somebody else has saved in between, and both have put in the same question.
    let browser = world.browser()?;
    browser.goto(&text).await?;
    let script = "document.querySelector('[name=revision]').value = 1; \
                  document.getElementById('source').value = arguments[0]";
    let mine = SMALL.replace("fr: Métier", "fr: Profession");
    browser.execute(script, vec![json!(mine)]).await?;
    press(browser, ".writing button.primary").await?;
    wait_for(browser, "#summary").await?;
    inspection.look(browser).await?;
    inspection.visit(browser, &map).await?;
    let way = format!("{map}?way=to-metier&zoom=160");
    inspection.visit(browser, &way).await?;
    let fold = browser.find(Locator::Css(".map-join summary")).await?;
    fold.click().await?;
    press(browser, "#map-join button").await?;
    wait_for(browser, "#summary").await?;
    inspection.look(browser).await?;
    // Rehearsed: none yet, too many, and some; then gone.
    inspection.visit(browser, &rehearse).await?;
    let script = "document.querySelector('[name=who][value=drawn]').checked = true; \
                  document.getElementById('n').value = '5000'";
    browser.execute(script, vec![]).await?;
    press(browser, ".rehearse button.primary").await?;
    wait_for(browser, "#summary").await?;
    inspection.look(browser).await?;
    fill(browser, "n", "20").await?;
    press(browser, ".rehearse button.primary").await?;
    wait_for(browser, ".rehearsal-band").await?;
    inspection.look(browser).await?;
    inspection.visit(browser, &rehearse).await?;
    inspection.visit(browser, &plan).await?;
    press(
        browser,
        "form.plan button[value=\"add-figure questionnaire\"]",
    )
    .await?;
    wait_for(browser, "#summary").await?;
    inspection.look(browser).await?;
    press(browser, "form.plan button[value=\"add-figure item:age\"]").await?;
    wait_for(browser, ".done").await?;
    inspection.look(browser).await?;
    for paper in &papers {
        inspection.visit(browser, paper).await?;
    }
    inspection.visit(browser, &publish).await?;
    press(browser, ".publish button.primary").await?;
    wait_for(browser, "section.done").await?;
    inspection.look(browser).await?;
    write(
        world,
        &SMALL.replace("fr: Métier", "fr: Votre métier"),
        "save",
    )
    .await?;
    inspection.visit(world.browser()?, &publish).await
}

pub(crate) fn contradiction() -> String {
    SMALL.replace("age >= 18", "age >= 18 and age < 10")
}

/// Puts a text into the field and presses a button.
pub(crate) async fn write(world: &World, text: &str, button: &str) -> Result<()> {
    let browser = world.browser()?;
    browser.goto(&world.product()?.url(TEXT)?).await?;
    let script = "document.getElementById('source').value = arguments[0]";
    browser.execute(script, vec![json!(text)]).await?;
    press(browser, &format!(".writing button[value={button}]")).await
}

#[given("une organisatrice connectée")]
async fn organiser(world: &mut World) -> Result<()> {
    team_steps::administrator(world, "ada@exemple.fr").await?;
    wait_for(world.browser()?, ".lines").await.map(drop)
}

#[when("je commence une étude vide")]
async fn begin(world: &mut World) -> Result<()> {
    let browser = world.browser()?;
    browser.goto(&world.product()?.url(NEW)?).await?;
    fill(browser, "slug", "essai").await?;
    fill(browser, "study-title", "Essai").await?;
    press(browser, "form.settings button.primary").await
}

#[when("j'y écris un questionnaire qui se contredit")]
async fn contradict(world: &mut World) -> Result<()> {
    write(world, &contradiction(), "save").await
}

#[when("je lève la contradiction")]
async fn mend(world: &mut World) -> Result<()> {
    write(world, SMALL, "save").await
}

#[when("je reformule une question et je la pose à davantage de personnes")]
async fn change(world: &mut World) -> Result<()> {
    let next = SMALL.replace("fr: Métier", "fr: Votre métier");
    write(world, &next.replace("age >= 18", "age >= 16"), "save").await
}

#[when("j'ouvre la page qui publie")]
async fn look(world: &mut World) -> Result<()> {
    let publish = world.product()?.url(&format!("{TEXT}/publish"))?;
    world.browser()?.goto(&publish).await.map_err(Into::into)
}

#[when("je publie")]
async fn publish(world: &mut World) -> Result<()> {
    look(world).await?;
    press(world.browser()?, ".publish button.primary").await
}

#[then(regex = "^le dessin des branches montre « (.+) »$")]
async fn drawn(world: &mut World, words: String) -> Result<()> {
    let map = world.product()?.url(&format!("{TEXT}/map"))?;
    let browser = world.browser()?;
    browser.goto(&map).await?;
    let drawing = browser.find(Locator::Css("figure.map svg")).await?;
    let text = drawing.html(true).await?;
    ensure!(text.contains(&words), "the drawing shows {text}");
    Ok(())
}

#[then(regex = "^le papier écrit « (.+) »$")]
async fn printed(world: &mut World, words: String) -> Result<()> {
    let paper = world.product()?.url(&format!("{TEXT}/print"))?;
    let browser = world.browser()?;
    browser.goto(&paper).await?;
    let paper = browser.find(Locator::Css(".sheet .paper")).await?;
    let text = paper.text().await?.replace(['\u{a0}', '\u{202f}'], " ");
    ensure!(text.contains(&words), "the paper says {text}");
    Ok(())
}
