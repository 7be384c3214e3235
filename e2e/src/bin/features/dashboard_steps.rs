//! Sentences about the team's dashboard.

use crate::{
    page::{self, Answers, Until},
    world::{World, surroundings},
};
use anyhow::{Context as _, Result, ensure};
use cucumber::{given, then, when};
use e2e::browser::{Browser, Scripts};

/// The dashboard's root says which revision its numbers belong to.
const REVISION: &str = "[data-revision]";
/// What the counter of complete responses is called.
const SUBMITTED: &str = "Réponses envoyées";
/// Set by us in the window; a reload would lose it.
const MARK: &str = "recueilWasNotReloaded";

/// The shortest complete answer: a territory without any scheme.
const SHORT: [(&str, &str); 9] = [
    ("structure", "association"),
    ("fonction", "elu"),
    ("presence_cls", "non"),
    ("presence_cdv", "non"),
    ("presence_asv", "non"),
    ("nb_qpv", "0"),
    ("coordination", "moyenne"),
    ("leviers", "financements"),
    ("freins", "turnover"),
];

#[given("le tableau de bord ouvert dans une seconde fenêtre")]
async fn second_window(world: &mut World) -> Result<()> {
    let browser = Browser::open(&surroundings()?.driver, Scripts::On).await?;
    browser.goto(&world.product()?.dashboard).await?;
    watched(world, browser).await
}

/// Keeps a window to be looked at while things happen in the other one.
pub(crate) async fn watched(world: &mut World, browser: Browser) -> Result<()> {
    browser
        .execute(&format!("window.{MARK} = true;"), vec![])
        .await?;
    world.revision = Some(revision(&browser).await?);
    world.second = Some(browser);
    Ok(())
}

#[when("quelqu'un envoie une réponse")]
async fn somebody_answers(world: &mut World) -> Result<()> {
    let answers: Answers = SHORT
        .iter()
        .map(|(slot, it)| ((*slot).to_owned(), (*it).to_owned()))
        .collect();
    page::walk(world, &answers, Until::Review).await?;
    page::press(world.browser()?, "main form button.primary").await
}

#[when("j'ouvre le tableau de bord")]
async fn open(world: &mut World) -> Result<()> {
    world.browser()?.goto(&world.product()?.dashboard).await?;
    Ok(())
}

#[then("la seconde fenêtre montre la révision suivante sans avoir été rechargée")]
async fn next_revision(world: &mut World) -> Result<()> {
    let before = world
        .revision
        .context("the scenario has not looked at a revision")?;
    let browser = world
        .second
        .as_ref()
        .context("the scenario has no second window")?;
    let came = async {
        loop {
            let now = revision(browser).await?;
            if now > before {
                return anyhow::Ok(now);
            }
            tokio::task::yield_now().await;
        }
    };
    let now = tokio::time::timeout(page::PATIENCE, came)
        .await
        .with_context(|| format!("the second window stays at revision {before}"))??;
    let mark = browser
        .execute(&format!("return window.{MARK} === true;"), vec![])
        .await?;
    ensure!(mark == true, "the second window was reloaded");
    world.revision = Some(now);
    Ok(())
}

#[then(regex = "^(elle|il) compte (\\d+) réponses? complètes?$")]
async fn second_counts(world: &mut World, who: String, expected: u64) -> Result<()> {
    let browser = if who == "elle" {
        world.second.as_ref()
    } else {
        None
    };
    match browser {
        Some(browser) => counts(browser, expected).await,
        None => counts(world.browser()?, expected).await,
    }
}

#[then(regex = "^le tableau de bord compte (\\d+) réponses? complètes?$")]
async fn dashboard_counts(world: &mut World, expected: u64) -> Result<()> {
    let (browser, dashboard) = (world.browser()?, &world.product()?.dashboard);
    // It is counted a moment after it is stored: the page is loaded again until it is.
    let counted = async {
        loop {
            browser.goto(dashboard).await?;
            if counts(browser, expected).await.is_ok() {
                return Ok(());
            }
        }
    };
    match tokio::time::timeout(page::PATIENCE, counted).await {
        Ok(counted) => counted,
        Err(_) => counts(browser, expected).await,
    }
}

async fn revision(browser: &Browser) -> Result<u64> {
    let root = page::wait_for(browser, REVISION).await?;
    Ok(root
        .attr("data-revision")
        .await?
        .context("a revision")?
        .parse()?)
}

async fn counts(browser: &Browser, expected: u64) -> Result<()> {
    let text = page::wait_for(browser, "#counters").await?.text().await?;
    let counted = text.lines().skip_while(|it| *it != SUBMITTED).nth(1);
    ensure!(
        counted == Some(expected.to_string().as_str()),
        "the dashboard counts « {text} »"
    );
    Ok(())
}
