//! The pictures of the README: pages of the built-in survey as people see them, with its sample responses.
//!
//! They are made by looking, so what they show is true of the program that made them.

use anyhow::{Context as _, Result};
use clap::Parser;
use e2e::{
    administrator,
    browser::{Browser, Scripts},
    driver::Driver,
    product::Product,
    settings::Settings,
};
use fantoccini::Locator;
use serde_json::json;
use std::{path::PathBuf, time::Duration};

const PATIENCE: Duration = Duration::from_secs(30);
const PASSWORD: &str = "une phrase de passe assez longue";

const LAPTOP: (u32, u32) = (1366, 768);
const PHONE: (u32, u32) = (390, 844);

/// One picture: its name, the page, the window, light or dark, and what is scrolled to.
type Picture = (
    &'static str,
    &'static str,
    (u32, u32),
    &'static str,
    &'static str,
);

const MAP: &str = "/studio/s/qpv-cls/questionnaire/map";
const EDITOR: &str = "/studio/s/qpv-cls/questionnaire/edit?node=item:asv_pilotage";

const PICTURES: [Picture; 5] = [
    ("map-laptop", MAP, LAPTOP, "light", "figure.map"),
    ("map-phone", MAP, PHONE, "light", ".map-list"),
    ("map-dark", MAP, LAPTOP, "dark", "figure.map"),
    ("editor-laptop", EDITOR, LAPTOP, "light", "main"),
    ("editor-phone", EDITOR, PHONE, "light", "#part"),
];

/// Take the pictures of the README.
#[derive(Parser)]
struct Args {
    #[command(flatten)]
    settings: Settings,
    /// Sample responses of the survey.
    #[arg(long)]
    responses: PathBuf,
    /// Where the pictures go.
    #[arg(long)]
    folder: PathBuf,
}

#[tokio::main]
async fn main() -> Result<()> {
    let args = Args::parse();
    std::fs::create_dir_all(&args.folder)?;
    let product = Product::start(&args.settings.program).await?;
    let responses = args.responses.to_str().context("a path that is no text")?;
    product.run(&["import", "qpv-cls", responses]).await?;
    let driver = Driver::start(&args.settings.chromedriver).await?;
    let browser = Browser::open(&driver.url, Scripts::On).await?;
    administrator::create(&browser, &product, "ada@exemple.fr", PASSWORD).await?;
    for (name, page, (width, height), scheme, place) in PICTURES {
        browser.resize(width, height).await?;
        browser.prefer(scheme).await?;
        browser.goto(&product.url(page)?).await?;
        let wait = browser.wait().at_most(PATIENCE);
        wait.for_element(Locator::Css(place))
            .await
            .with_context(|| format!("{page} has no {place}"))?;
        let script = "document.querySelector(arguments[0]).scrollIntoView(); window.scrollBy(0, arguments[1])";
        let offset = if place == "main" { -10_000 } else { -8 };
        browser
            .execute(script, vec![json!(place), json!(offset)])
            .await?;
        settled(&browser).await?;
        let file = args.folder.join(format!("{name}.png"));
        std::fs::write(&file, browser.screenshot().await?)?;
        println!("{}", file.display());
    }
    browser.clone().close().await?;
    Ok(())
}

/// Waits until fonts are there and what was laid out has been drawn.
async fn settled(browser: &Browser) -> Result<()> {
    let script = "const done = arguments[0]; \
                  document.fonts.ready.then(() => requestAnimationFrame(() => setTimeout(done, 300)))";
    browser.execute_async(script, vec![]).await?;
    Ok(())
}
