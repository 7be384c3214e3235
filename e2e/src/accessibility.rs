//! axe-core, run in the page.

use crate::browser::Browser;
use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

/// What the page does wrong, a line per element; empty when axe finds nothing.
///
/// # Errors
/// If axe cannot run, or if it checked nothing: silence must mean that it looked.
pub async fn violations(browser: &Browser, axe: &str) -> Result<Vec<String>> {
    browser
        .execute(axe, vec![])
        .await
        .context("axe-core cannot be loaded into the page")?;
    let run = "const done = arguments[arguments.length - 1];
        axe.run(document, { resultTypes: ['violations', 'passes'] })
            .then(done, error => done({ error: String(error) }));";
    let result = browser.execute_async(run, vec![]).await?;
    if !result["error"].is_null() {
        bail!("axe-core failed: {}", result["error"]);
    }
    if result["passes"].as_array().is_none_or(Vec::is_empty) {
        bail!("axe-core checked nothing: {result}");
    }
    let mut found = Vec::new();
    for violation in result["violations"].as_array().into_iter().flatten() {
        for node in violation["nodes"].as_array().into_iter().flatten() {
            found.push(format!(
                "{} ({}): {} — {}",
                violation["id"],
                violation["impact"],
                node["html"],
                node["failureSummary"]
                    .as_str()
                    .unwrap_or_default()
                    .replace('\n', " ")
            ));
        }
    }
    Ok(found)
}

/// By how many pixels the page is wider than its window.
///
/// # Errors
/// If the browser does not answer.
pub async fn horizontal_overflow(browser: &Browser) -> Result<i64> {
    let script =
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth;";
    let overflow: Value = browser.execute(script, vec![json!(null)]).await?;
    overflow.as_i64().context("a width is a number")
}
