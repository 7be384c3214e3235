//! What a respondent downloads, measured where it matters: in the browser, on the first visit.

use anyhow::{Context as _, Result, bail, ensure};
use clap::Parser;
use e2e::{
    browser::{Browser, Scripts},
    driver::Driver,
    network::{Download, downloads},
    product::Product,
    settings::Settings,
};
use fantoccini::Locator;
use std::{process::ExitCode, time::Duration};
use tokio::time::timeout;

/// Each page's HTML, compressed.
const PAGE_BUDGET: u64 = 14 * 1024;
/// Scripts, WebAssembly, styles and data together, compressed.
const REST_BUDGET: u64 = 110_000;
/// A font, if there is one.
const FONT_BUDGET: u64 = 40 * 1024;

/// How long a page may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Measure what a respondent downloads.
#[derive(Parser)]
struct Args {
    #[command(flatten)]
    settings: Settings,
}

#[tokio::main]
async fn main() -> ExitCode {
    match measure(&Args::parse().settings).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn measure(settings: &Settings) -> Result<()> {
    let product = Product::start(&settings.program).await?;
    let driver = Driver::start(&settings.chromedriver).await?;
    let browser = Browser::open(&driver.url, Scripts::On).await?;

    // The start page, then the first questions: what somebody has downloaded when they can answer.
    browser.goto(&product.respond).await?;
    browser
        .find(Locator::Css("main form button.primary"))
        .await?
        .click()
        .await?;
    browser
        .wait()
        .at_most(PATIENCE)
        .for_element(Locator::Css("form[data-page]"))
        .await
        .context("no question after the start page")?;
    let found = everything(&browser).await?;
    let complaints = browser.complaints().await?;
    browser.clone().close().await?;
    ensure!(
        complaints.is_empty(),
        "the console complains: {complaints:#?}"
    );
    judge(&found)
}

/// Waits until the page's script has all it asks for, and says what was downloaded.
///
/// The engine reads the questionnaire last: once that has come, nothing more is to come.
async fn everything(browser: &Browser) -> Result<Vec<Download>> {
    let mut events = Vec::new();
    let loaded = async {
        loop {
            events.extend(browser.events().await?);
            let found = downloads(&events)?;
            if found.iter().any(|it| it.url.contains("/instrument/")) {
                return anyhow::Ok(found);
            }
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, loaded)
        .await
        .context("the page's script did not load its questionnaire")?
}

fn judge(found: &[Download]) -> Result<()> {
    let mut rest = 0;
    let mut scripts = 0;
    let mut over = Vec::new();
    for download in found {
        let Download {
            url,
            kind,
            encoding,
            bytes,
        } = download;
        println!("  {bytes:>8} B  {kind:11} {encoding:5} {url}");
        let budget = match kind.as_str() {
            "Document" => PAGE_BUDGET,
            "Font" => FONT_BUDGET,
            _ => {
                rest += bytes;
                scripts += u32::from(url.ends_with(".wasm"));
                REST_BUDGET
            }
        };
        if *bytes > budget {
            over.push(format!("{url}: {bytes} B, budget {budget} B"));
        }
        // Fonts are compressed by their own format; everything else must not travel plain.
        if kind != "Font" && encoding != "br" && *bytes > 1024 {
            over.push(format!("{url}: not compressed with brotli"));
        }
    }
    println!("  {rest:>8} B  together, pages and fonts apart; budget {REST_BUDGET} B");
    if rest > REST_BUDGET {
        over.push(format!(
            "all but pages and fonts: {rest} B, budget {REST_BUDGET} B"
        ));
    }
    // A measurement that saw no page and no module measured something else.
    ensure!(
        found.iter().any(|it| it.kind == "Document"),
        "no page was downloaded"
    );
    ensure!(scripts > 0, "no WebAssembly module was downloaded");
    if !over.is_empty() {
        bail!("over budget: {over:#?}");
    }
    Ok(())
}
