//! The team's pages, from the first link to a member who has joined.

use anyhow::{Context as _, Result, ensure};
use fantoccini::Locator;

use e2e::administrator;

use crate::accessibility_steps::Inspection;
use crate::cut_steps;
use crate::entry_steps;
use crate::field_steps;
use crate::page::{fill, press, wait_for};
use crate::sample_steps;
use crate::world::World;
use crate::writing_steps;

pub(crate) const PASSWORD: &str = "vélo mauve sous la pluie";
const OTHER: &str = "bruine-clavier-orge-59";

/// Goes through every page of the team, empty, with errors and filled.
pub(crate) async fn every_page(world: &mut World, inspection: &mut Inspection) -> Result<()> {
    let product = world.product()?;
    let first = product.administrator.clone();
    let [sign_in, recover, members, study, audit, account] = [
        "/studio/sign-in",
        "/studio/recover",
        "/studio/s/qpv-cls/members",
        "/studio/s/qpv-cls",
        "/studio/s/qpv-cls/audit",
        "/studio/account",
    ]
    .map(|path| product.url(path));
    let (sign_in, members, account) = (sign_in?, members?, account?);
    // What a form refuses is answered as such, and Chromium says so.
    let complaints = [
        first.clone(),
        sign_in.clone(),
        members.clone(),
        account.clone(),
    ];
    world.expected_complaints.extend(complaints);
    let browser = world.browser()?;
    inspection.visit(browser, &sign_in).await?;
    sign_in_with(world, "ada@exemple.fr", "faux").await?;
    wait_for(browser, "#summary").await?;
    inspection.look(browser).await?;
    inspection.visit(browser, &recover?).await?;

    inspection.visit(browser, &first).await?;
    for (key, value) in [
        ("email", "ada@exemple.fr"),
        ("name", "Ada Lovelace"),
        ("password", "court"),
    ] {
        fill(browser, key, value).await?;
    }
    press(browser, "main form button.primary").await?;
    wait_for(browser, "#summary").await?;
    inspection.look(browser).await?;
    fill(browser, "password", PASSWORD).await?;
    press(browser, "main form button.primary").await?;
    wait_for(browser, ".lines").await?;
    inspection.look(browser).await?;

    inspection.visit(browser, &members).await?;
    fill(browser, "email", "bo").await?;
    // Browsers would refuse this address; the server has to.
    browser
        .execute(
            "document.querySelector('form.row').noValidate = true",
            vec![],
        )
        .await?;
    press(browser, "form.row button.primary").await?;
    wait_for(browser, "#summary").await?;
    inspection.look(browser).await?;
    fill(browser, "email", "bo@exemple.fr").await?;
    press(browser, "form.row button.primary").await?;
    let link = wait_for(browser, "output.secret").await?.text().await?;
    inspection.look(browser).await?;
    for url in [study?, audit?, account] {
        inspection.visit(browser, &url).await?;
    }
    writing_steps::every_page(world, inspection).await?;
    field_steps::every_page(world, inspection).await?;
    sample_steps::every_page(world, inspection).await?;
    entry_steps::every_page(world, inspection).await?;
    cut_steps::every_state(world, inspection).await?;
    let browser = world.browser()?;
    browser.goto(&members).await?;
    press(browser, ".person button").await?;

    inspection.visit(browser, &link).await?;
    fill(browser, "name", "Bo Martin").await?;
    fill(browser, "password", OTHER).await?;
    press(browser, "main form button.primary").await?;
    wait_for(browser, "table.list").await?;
    inspection.look(browser).await?;
    inspection.visit(browser, &members).await?;
    let forms = browser.find_all(Locator::Css("form.row")).await?;
    ensure!(forms.is_empty(), "a viewer is offered to invite");
    let results = browser_link(world, "/waves/").await?;
    inspection.visit(world.browser()?, &results).await
}

/// Creates the administrator by the link that the server printed.
pub(crate) async fn administrator(world: &World, email: &str) -> Result<()> {
    administrator::create(world.browser()?, world.product()?, email, PASSWORD).await
}

async fn sign_in_with(world: &World, email: &str, password: &str) -> Result<()> {
    let browser = world.browser()?;
    fill(browser, "email", email).await?;
    fill(browser, "password", password).await?;
    press(browser, "main form button.primary").await
}

/// The address of the first link of the study's page that holds a part.
async fn browser_link(world: &World, part: &str) -> Result<String> {
    let product = world.product()?;
    let browser = world.browser()?;
    browser.goto(&product.url("/studio/s/qpv-cls")?).await?;
    let css = format!("main a[href*=\"{part}\"]");
    let link = wait_for(browser, &css).await?;
    let path = link.attr("href").await?.context("a link has an address")?;
    product.url(&path)
}
