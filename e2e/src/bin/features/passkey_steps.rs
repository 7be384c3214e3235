//! Sentences about signing in with a passkey.

use anyhow::{Context as _, Result, ensure};
use cucumber::{given, then, when};
use e2e::browser::Browser;
use fantoccini::Locator;
use fantoccini::key::Key;

use crate::page::{PATIENCE, fill, press, wait_for};
use crate::team_steps::{PASSWORD, administrator};
use crate::world::World;

const EMAIL: &str = "ada@exemple.fr";
/// The form that the script has woken.
const FORM: &str = "[data-passkey] form:not([hidden])";

#[given("un appareil qui garde des clés d'accès")]
async fn device(world: &mut World) -> Result<()> {
    let device = world.browser()?.add_authenticator().await?;
    world.device = Some(device);
    Ok(())
}

#[when("l'appareil ne me reconnaît pas")]
async fn unverified(world: &mut World) -> Result<()> {
    let device = world.device.as_deref().context("there is a device")?;
    world.browser()?.verifies_user(device, false).await
}

#[when("je crée le compte d'administration")]
async fn create(world: &mut World) -> Result<()> {
    administrator(world, EMAIL).await?;
    wait_for(world.browser()?, ".lines").await.map(drop)
}

#[when(regex = "^j'ajoute la clé d'accès « (.+) »$")]
async fn add(world: &mut World, name: String) -> Result<()> {
    let browser = world.browser()?;
    let account = world.product()?.url("/studio/account")?;
    browser.goto(&account).await?;
    wait_for(browser, FORM).await?;
    let main = browser.find(Locator::Css("main")).await?.text().await?;
    ensure!(
        !main.contains("JavaScript"),
        "with scripts, the page says: {main}"
    );
    fill(browser, "passkey-name", &name).await?;
    ask(browser).await
}

#[when(regex = "^je retire la clé d'accès « (.+) »$")]
async fn remove(world: &mut World, name: String) -> Result<()> {
    let browser = world.browser()?;
    browser
        .goto(&world.product()?.url("/studio/account")?)
        .await?;
    let css = format!("button[value=passkey][aria-label*=\"{name}\"]");
    press(browser, &css).await
}

#[when("je me déconnecte")]
async fn sign_out(world: &mut World) -> Result<()> {
    press(world.browser()?, ".person button").await
}

#[when("j'ouvre la page de connexion")]
async fn open(world: &mut World) -> Result<()> {
    let sign_in = world.product()?.url("/studio/sign-in")?;
    world.browser()?.goto(&sign_in).await?;
    wait_for(world.browser()?, "#password").await.map(drop)
}

#[when("je présente ma clé d'accès")]
async fn present(world: &mut World) -> Result<()> {
    open(world).await?;
    // What is refused is answered as such, and Chromium says so.
    let refused = world.product()?.url("/studio/sign-in/passkey")?;
    world.expected_complaints.push(refused);
    let browser = world.browser()?;
    ask(browser).await
}

/// Presses the button that asks the device; the page may stay.
async fn ask(browser: &Browser) -> Result<()> {
    let form = wait_for(browser, FORM).await?;
    let button = form.find(Locator::Css("button")).await?;
    Ok(button.click().await?)
}

/// From the password's field, by Tab and Enter only.
#[when("je me connecte avec ma clé d'accès, au clavier")]
async fn by_keyboard(world: &mut World) -> Result<()> {
    open(world).await?;
    let browser = world.browser()?;
    wait_for(browser, FORM).await?;
    browser
        .find(Locator::Css("#password"))
        .await?
        .click()
        .await?;
    for _ in 0..10 {
        let active = browser.active_element().await?;
        active.send_keys(&char::from(Key::Tab).to_string()).await?;
        let active = browser.active_element().await?;
        if active.text().await?.contains("clé d’accès") {
            active
                .send_keys(&char::from(Key::Enter).to_string())
                .await?;
            return Ok(());
        }
    }
    anyhow::bail!("Tab does not lead to the button")
}

#[when("je me connecte avec mon mot de passe")]
async fn by_password(world: &mut World) -> Result<()> {
    open(world).await?;
    let browser = world.browser()?;
    fill(browser, "email", EMAIL).await?;
    fill(browser, "password", PASSWORD).await?;
    press(browser, "main form button.primary").await
}

#[then("je suis dans mon espace")]
async fn inside(world: &mut World) -> Result<()> {
    let browser = world.browser()?;
    wait_for(browser, ".person").await?;
    let at = browser.current_url().await?;
    ensure!(at.path() == "/studio", "this is {at}");
    Ok(())
}

/// In a region that screen readers speak of by themselves.
#[then(regex = "^la page annonce « (.+) »$")]
async fn announces(world: &mut World, words: String) -> Result<()> {
    let browser = world.browser()?;
    let until = tokio::time::Instant::now() + PATIENCE;
    loop {
        let mut said = String::new();
        for region in browser.find_all(Locator::Css("[role=status]")).await? {
            // The page may have been left in between.
            said += &region.text().await.unwrap_or_default().replace('’', "'");
        }
        if said.contains(&words) {
            return Ok(());
        }
        ensure!(
            tokio::time::Instant::now() < until,
            "the page announces « {said} »"
        );
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}
