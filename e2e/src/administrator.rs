//! Whoever first uses a server: the account that its printed link creates.

use crate::{browser::Browser, product::Product};
use anyhow::{Context as _, Result};
use fantoccini::Locator;
use std::time::Duration;

/// Hashing a password takes work, on a machine that does other things too.
const PATIENCE: Duration = Duration::from_secs(60);

/// Creates the administrator and is signed in.
///
/// # Errors
/// If the link has been used, or the page does not answer.
pub async fn create(
    browser: &Browser,
    product: &Product,
    email: &str,
    password: &str,
) -> Result<()> {
    browser.goto(&product.administrator).await?;
    for (name, value) in [
        ("email", email),
        ("name", "Ada Lovelace"),
        ("password", password),
    ] {
        let field = browser
            .wait()
            .at_most(PATIENCE)
            .for_element(Locator::Css(&format!("[name=\"{name}\"]")))
            .await?;
        field.send_keys(value).await?;
    }
    let button = browser
        .find(Locator::Css("main form button.primary"))
        .await?;
    button.click().await?;
    let wait = browser.wait().at_most(PATIENCE);
    wait.for_element(Locator::Css("a[href=\"/studio/new\"]"))
        .await
        .context("nobody is signed in")
        .map(drop)
}
