//! The same random cases through the engine compiled for this machine and through the module that ships.
//!
//! `testkit`'s example `one_engine` prints a line per case: the case and what the native engine makes of it. `one_engine.mjs` hands each case to the module in `target/site`, exactly the bytes respondents
//! download, and compares.

use crate::{context::Context, tools, wasm};
use anyhow::{Context as _, Result, bail};
use serde_json::Value;
use std::{fs, process::Stdio};

/// Replays `cases` cases in both.
///
/// # Errors
/// If one result differs, or if not exactly `cases` were compared.
pub(crate) fn compare(cx: &Context, cases: u32) -> Result<()> {
    let node = tools::node(cx)?;
    let manifest = fs::read_to_string(cx.site().join("manifest.json"))?;
    let manifest: Value = serde_json::from_str(&manifest)?;
    let stem = manifest["bundles"][wasm::BUNDLES[0]]
        .as_str()
        .context("the site's manifest has no respondent bundle")?;

    let mut native = cx
        .cargo()
        .args([
            "run",
            "--quiet",
            "--locked",
            "-p",
            "testkit",
            "--example",
            "one_engine",
            "--",
        ])
        .arg(cases.to_string())
        .into_command();
    let mut native = native
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start the native engine")?;
    let lines = native
        .stdout
        .take()
        .context("the native engine has no output")?;
    let shipped = std::process::Command::new(node)
        .arg(cx.root.join("xtask/one_engine.mjs"))
        .arg(cx.site().join("pkg").join(stem))
        .arg(cases.to_string())
        .stdin(lines)
        .status()
        .context("cannot start node")?;
    let native = native.wait()?;
    if !native.success() || !shipped.success() {
        bail!("native engine: {native}; comparison with the shipped module: {shipped}");
    }
    Ok(())
}
