//! Sentences about a response that several people prepare.

use anyhow::{Context as _, Result, ensure};
use cucumber::{gherkin::Step, then, when};
use e2e::browser::Browser;
use fantoccini::Locator;

use crate::accessibility_steps::Inspection;
use crate::page;
use crate::respondent_steps::answers;
use crate::world::{World, surroundings};

const TOGETHER: &str = "/r/qpv-cls/together";
const PRIMARY: &str = "main form button.primary";

impl World {
    fn colleague(&self) -> Result<&Browser> {
        self.second.as_ref().context("nobody was handed anything")
    }
}

#[when(regex = "^je confie la page « (.+) » à « (.+) »$")]
async fn hand_over(world: &mut World, wanted: String, label: String) -> Result<()> {
    let browser = world.browser()?;
    browser.goto(&world.product()?.url(TOGETHER)?).await?;
    page::fill(browser, "label", &label).await?;
    page::fill(browser, "pages", &wanted).await?;
    page::press(browser, PRIMARY).await?;
    page::wait_for(browser, "#link").await?;
    page::look(world).await
}

#[when(regex = "^ma collègue ouvre le lien et signe « (.+) »$")]
async fn join(world: &mut World, name: String) -> Result<()> {
    let link = page::wait_for(world.browser()?, "#link")
        .await?
        .text()
        .await?;
    let second = Browser::open(&surroundings()?.driver, world.scripts).await?;
    second.goto(&link).await?;
    page::press(&second, PRIMARY).await?;
    page::fill(&second, "name", &name).await?;
    page::press(&second, PRIMARY).await?;
    world.second = Some(second);
    Ok(())
}

#[when(regex = "^ma collègue ouvre la page « (.+) »$")]
async fn open(world: &mut World, wanted: String) -> Result<()> {
    let address = world.product()?.url(&format!("/r/qpv-cls/part/{wanted}"))?;
    world.colleague()?.goto(&address).await?;
    page::wait_for(world.colleague()?, "form[data-page]").await?;
    Ok(())
}

async fn answer(browser: &Browser, step: &Step) -> Result<()> {
    page::answer_page(browser, &answers(step)?).await?;
    page::advance(browser).await
}

#[when("ma collègue répond et continue :")]
async fn they_answer(world: &mut World, step: &Step) -> Result<()> {
    answer(world.colleague()?, step).await
}

#[when("je réponds à la page et je continue :")]
async fn i_answer(world: &mut World, step: &Step) -> Result<()> {
    answer(world.browser()?, step).await?;
    page::look(world).await
}

#[when("ma collègue dit avoir terminé")]
async fn they_finish(world: &mut World) -> Result<()> {
    let address = world.product()?.url("/r/qpv-cls/part")?;
    world.colleague()?.goto(&address).await?;
    page::press(world.colleague()?, PRIMARY).await
}

#[when(regex = "^je garde la réponse de « (.+) »$")]
async fn keep(world: &mut World, who: String) -> Result<()> {
    let browser = world.browser()?;
    for button in browser
        .find_all(Locator::Css("#disagreements button"))
        .await?
    {
        if button.text().await?.contains(&who) {
            let leaving = browser.find(Locator::Css("html")).await?;
            button.click().await?;
            return page::gone(browser, &leaving).await;
        }
    }
    anyhow::bail!("no answer of {who} can be kept")
}

#[when("je valide les réponses de plusieurs")]
async fn sign(world: &mut World) -> Result<()> {
    page::fill(world.browser()?, "signed", "yes").await
}

#[then(regex = "^ma collègue lit « (.+) »$")]
async fn they_read(world: &mut World, words: String) -> Result<()> {
    let address = world.product()?.url("/r/qpv-cls/part")?;
    // Chromium reports the page that rightly is no more.
    world.expected_complaints.push(address.clone());
    world.colleague()?.goto(&address).await?;
    let main = page::wait_for(world.colleague()?, "main")
        .await?
        .text()
        .await?;
    ensure!(main.contains(&words), "it says: {main}");
    Ok(())
}

/// Goes through every page of a response that several people prepare.
pub(crate) async fn every_page(world: &mut World, inspection: &mut Inspection) -> Result<()> {
    let [together, part, profile] = ["together", "part", "part/profil"].map(|it| {
        world
            .product()
            .and_then(|product| product.url(&format!("/r/qpv-cls/{it}")))
    });
    let (together, part, profile) = (together?, part?, profile?);
    // What a form refuses is answered as such, and Chromium says so.
    world
        .expected_complaints
        .extend([together.clone(), part.clone()]);
    page::begin(world).await?;
    let browser = world.browser()?;
    inspection.visit(browser, &together).await?;
    page::press(browser, PRIMARY).await?;
    page::wait_for(browser, "#label-error").await?;
    inspection.look(browser).await?;
    page::fill(browser, "label", "Marie, budget").await?;
    page::press(browser, PRIMARY).await?;
    let link = page::wait_for(browser, "#link").await?.text().await?;
    inspection.look(browser).await?;
    inspection.visit(browser, &link).await?;
    page::press(browser, PRIMARY).await?;
    inspection.look(browser).await?;
    page::fill(browser, "name", "Marie").await?;
    page::press(browser, PRIMARY).await?;
    inspection.look(browser).await?;
    // The same question, answered twice from the same page.
    browser.goto(&profile).await?;
    page::fill(browser, "nb_qpv", "7").await?;
    page::advance(browser).await?;
    inspection.visit(browser, &profile).await?;
    browser.goto(&part).await?;
    page::press(browser, PRIMARY).await?;
    inspection.look(browser).await?;
    inspection.visit(browser, &together).await
}
