//! What no page may ever do, whatever stands in it; and whether it shows what it should.

use crate::browser::Browser;
use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Runs before anything of a page does: tells of what payloads call, and of what the policy has stopped.
const HOOKS: &str = include_str!("hooks.js");
/// Finds elements, attributes and addresses that no page of ours has.
const STRAYS: &str = include_str!("strays.js");
/// Asks for many addresses and looks at what is answered, with [`STRAYS`] as `strays`.
const ANSWERS: &str = include_str!("answers.js");

/// What pages did that none should.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Calls of what payloads call.
    pub executed: BTreeSet<String>,
    /// What the content security policy has stopped: it should have had nothing to stop.
    pub reported: BTreeSet<String>,
    /// Requests to anywhere else.
    pub foreign: BTreeSet<String>,
    /// Answers that say that the server failed.
    pub failed: BTreeSet<String>,
    /// Anything else that the console complains of, but for requests that were rightly refused.
    pub complaints: BTreeSet<String>,
}

impl Seen {
    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        *self == Self::default()
    }
}

/// A browser that is watched, and where it should stay.
#[derive(Debug)]
pub struct Watch<'b> {
    browser: &'b Browser,
    origin: String,
}

impl<'b> Watch<'b> {
    /// Watches what the browser opens from now on; `home` is any address of the only site it may ask.
    ///
    /// # Errors
    /// If the browser refuses.
    pub async fn begin(browser: &'b Browser, home: &str) -> Result<Self> {
        let hooks = json!({ "source": HOOKS });
        browser
            .devtools("Page.addScriptToEvaluateOnNewDocument", hooks)
            .await?;
        // What was said before belongs to somebody else.
        browser.complaints().await?;
        browser.events().await?;
        let origin = url::Url::parse(home)?.origin().ascii_serialization();
        Ok(Self { browser, origin })
    }

    /// What has been seen since the last call.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn seen(&self) -> Result<Seen> {
        let mut seen = Seen::default();
        for event in self.browser.events().await? {
            self.note(&event, &mut seen);
        }
        for line in self.browser.complaints().await? {
            let set = if line.contains("hostile executed") {
                &mut seen.executed
            } else if line.contains("hostile reported") || line.contains("Content Security Policy")
            {
                &mut seen.reported
            } else if line.contains("the server responded with a status of 4") {
                continue;
            } else {
                &mut seen.complaints
            };
            set.insert(line);
        }
        Ok(seen)
    }

    fn note(&self, event: &Value, seen: &mut Seen) {
        let params = &event["params"];
        match event["method"].as_str().unwrap_or_default() {
            "Network.requestWillBeSent" => {
                let url = params["request"]["url"].as_str().unwrap_or_default();
                let asks = ["http:", "https:", "ws:", "wss:", "ftp:"];
                let is_ours = url
                    .strip_prefix(&self.origin)
                    .is_some_and(|it| it.is_empty() || it.starts_with('/'));
                if asks.iter().any(|it| url.starts_with(it)) && !is_ours {
                    seen.foreign.insert(url.to_owned());
                }
            }
            "Network.responseReceived" => {
                let response = &params["response"];
                if response["status"].as_u64().is_some_and(|it| it >= 500) {
                    seen.failed
                        .insert(format!("{} {}", response["status"], response["url"]));
                }
            }
            "Page.javascriptDialogOpening" => {
                seen.executed.insert(params.to_string());
            }
            _ => {}
        }
    }

    /// Fails if anything has been seen since the last call, or if the page that is open holds what no page of
    /// ours does. `links`: whether its author may lead elsewhere.
    ///
    /// # Errors
    /// With what was seen.
    pub async fn is_clean(&self, links: bool) -> Result<()> {
        let place = self.browser.current_url().await?;
        ensure!(
            place.origin().ascii_serialization() == self.origin,
            "the browser was led to {place}"
        );
        let strays = self.strays(None, links).await?;
        ensure!(strays.is_empty(), "{place} holds {strays:#?}");
        let seen = self.seen().await?;
        ensure!(seen.is_clean(), "{place}: {seen:#?}");
        Ok(())
    }

    /// What no page of ours holds: of the page that is open, or of the text of another, parsed and never run.
    ///
    /// # Errors
    /// If the browser does not answer.
    pub async fn strays(&self, html: Option<&str>, links: bool) -> Result<Vec<String>> {
        let args = vec![json!(html), json!(links)];
        let strays = self.browser.execute(STRAYS, args).await?;
        serde_json::from_value(strays).context("a list of strays")
    }

    /// Asks the page's own site for addresses, and posts forms to those that have one: what is wrong with the
    /// answers. An answer is no failure of the server, leads nowhere else, says what it is and what it may do,
    /// and holds no stray if it is a page.
    ///
    /// # Errors
    /// If the browser does not answer, or nothing is asked for.
    pub async fn answers(&self, asked: &[(String, String)]) -> Result<Vec<String>> {
        ensure!(!asked.is_empty(), "nothing is asked for");
        let script = format!("const strays = function () {{ {STRAYS} }};\n{ANSWERS}");
        let wrong = self
            .browser
            .execute_async(&script, vec![json!(asked)])
            .await?;
        serde_json::from_value(wrong).context("a list of what is wrong")
    }

    /// Fails unless the elements show exactly these texts in this order. `property`: `textContent` or `value`.
    ///
    /// # Errors
    /// With the first that are shown otherwise.
    pub async fn shows<S: AsRef<str>>(
        &self,
        css: &str,
        property: &str,
        expected: &[S],
    ) -> Result<()> {
        let script = "const [css, property, expected] = arguments;
            const found = [...document.querySelectorAll(css)].map(it => it[property]);
            if (found.length !== expected.length) return [`${found.length} are shown, not ${expected.length}`];
            const said = at => `${JSON.stringify(expected[at])} is shown as ${JSON.stringify(found[at])}`;
            return [...found.keys()].filter(at => found[at] !== expected[at]).slice(0, 5).map(said);";
        ensure!(!expected.is_empty(), "nothing is expected at {css}");
        let expected: Vec<&str> = expected.iter().map(AsRef::as_ref).collect();
        let args = vec![json!(css), json!(property), json!(expected)];
        let Value::Array(wrong) = self.browser.execute(script, args).await? else {
            bail!("a list of what is wrong");
        };
        let place = self.browser.current_url().await?;
        ensure!(wrong.is_empty(), "{place}, {css}: {wrong:#?}");
        Ok(())
    }
}
