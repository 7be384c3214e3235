//! What one scenario has: a server of its own, a browser, and what it saw.

use anyhow::{Context as _, Result};
use cucumber::event::ScenarioFinished;
use e2e::{
    browser::{Browser, Scripts},
    product::Product,
    settings::Settings,
};
use std::{fmt::Write as _, path::Path, sync::OnceLock};

/// What all scenarios share.
pub(crate) struct Surroundings {
    pub(crate) driver: String,
    /// The source of axe-core.
    pub(crate) axe: String,
    pub(crate) settings: Settings,
}

/// Set before the first scenario: cucumber makes worlds out of nothing.
pub(crate) static SURROUNDINGS: OnceLock<Surroundings> = OnceLock::new();

pub(crate) fn surroundings() -> Result<&'static Surroundings> {
    SURROUNDINGS
        .get()
        .context("the surroundings are set before the first scenario")
}

/// One scenario's server, browser and memory.
#[derive(Debug, cucumber::World)]
#[world(init = Self::new)]
pub(crate) struct World {
    pub(crate) scripts: Scripts,
    product: Option<Product>,
    browser: Option<Browser>,
    /// The team's browser, where a scenario has one.
    pub(crate) second: Option<Browser>,
    /// The device of the scenario that keeps passkeys.
    pub(crate) device: Option<String>,
    /// The revision the second window last showed.
    pub(crate) revision: Option<u64>,
    /// Questions shown so far, each once, in the order they came.
    pub(crate) asked: Vec<String>,
    /// Pages wider than the window, with the pixels they stick out.
    pub(crate) overflows: Vec<String>,
    /// The mail server, where mails are sent.
    pub(crate) mailbox: Option<crate::invitation_steps::Mailbox>,
    /// Parts of console messages that a scenario provokes on purpose.
    pub(crate) expected_complaints: Vec<String>,
}

impl World {
    fn new() -> Self {
        Self {
            scripts: Scripts::On,
            product: None,
            browser: None,
            second: None,
            device: None,
            revision: None,
            asked: Vec::new(),
            overflows: Vec::new(),
            mailbox: None,
            expected_complaints: Vec::new(),
        }
    }

    /// Starts this scenario's server and browser.
    pub(crate) async fn start(&mut self) -> Result<()> {
        self.start_with(&[]).await
    }

    /// The same with further options of the server.
    pub(crate) async fn start_with(&mut self, more: &[&str]) -> Result<()> {
        let Surroundings {
            driver, settings, ..
        } = surroundings()?;
        self.product = Some(Product::start_with(&settings.program, more).await?);
        self.browser = Some(Browser::open(driver, self.scripts).await?);
        Ok(())
    }

    /// Looks at pages that need no server.
    pub(crate) fn look_with(&mut self, browser: Browser) {
        self.browser = Some(browser);
    }

    pub(crate) fn product(&self) -> Result<&Product> {
        self.product
            .as_ref()
            .context("the scenario has started no server")
    }

    pub(crate) fn browser(&self) -> Result<&Browser> {
        self.browser
            .as_ref()
            .context("the scenario has opened no browser")
    }
}

/// Ends a scenario: keeps evidence if it failed, and fails it if the console complained.
pub(crate) async fn close(
    scenario: &str,
    tag: &str,
    finished: &ScenarioFinished,
    world: Option<&mut World>,
) {
    let Some(world) = world else { return };
    let passed = matches!(finished, ScenarioFinished::StepPassed);
    let mut complaints = String::new();
    for browser in world.browser.iter().chain(&world.second) {
        match browser.complaints().await {
            Ok(lines) => {
                let unexpected = |line: &&String| {
                    !world
                        .expected_complaints
                        .iter()
                        .any(|it| line.contains(it.as_str()))
                };
                for line in lines.iter().filter(unexpected) {
                    let _ = writeln!(complaints, "{line}");
                }
            }
            Err(error) => {
                let _ = writeln!(complaints, "the console cannot be read: {error:#}");
            }
        }
    }
    if (!passed || !complaints.is_empty())
        && let Err(error) = keep_evidence(scenario, tag, world).await
    {
        eprintln!("  no evidence of « {scenario} »: {error:#}");
    }
    for browser in [world.browser.take(), world.second.take()]
        .into_iter()
        .flatten()
    {
        // A browser that is already gone is closed.
        let _ = browser.clone().close().await;
    }
    // Cucumber has no other way for a scenario to fail after its last step.
    assert!(
        complaints.is_empty(),
        "the console complains:\n{complaints}"
    );
}

async fn keep_evidence(scenario: &str, tag: &str, world: &World) -> Result<()> {
    let folder: &Path = &surroundings()?.settings.evidence;
    let name: String = scenario
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '-' })
        .collect();
    let name = format!("{tag}-{name}");
    for (window, browser) in [("", &world.browser), ("-second", &world.second)] {
        if let Some(browser) = browser {
            browser.save(folder, &format!("{name}{window}")).await?;
        }
    }
    if let Some(product) = &world.product {
        std::fs::copy(product.log(), folder.join(format!("{name}.log")))?;
    }
    eprintln!("  evidence: {}/{name}.*", folder.display());
    Ok(())
}
