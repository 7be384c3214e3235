//! What can be said without running the product: formatting, lints, arrows, generated artefacts.

use crate::{codegen, context::Context, steps::Steps, tools, wasm};
use anyhow::Result;

/// Everything except the WASM entries: these are compiled for another target, with other features of `app`.
pub(crate) const SERVER_SIDE: [&str; 5] =
    ["--workspace", "--exclude", "respond", "--exclude", "studio"];

/// Pure crates that also run in browsers.
const PORTABLE: [&str; 4] = ["expr", "questionnaire", "tally", "chart"];

/// Formatting, lints and generated artefacts.
pub(crate) fn check(cx: &Context, steps: &mut Steps) -> Result<()> {
    steps.run("tools for checks", || {
        tools::components(cx)?;
        tools::wasm_target(cx)
    })?;
    steps.run("format", || {
        cx.cargo().args(["fmt", "--all", "--check"]).run()
    })?;
    steps.run("lints: server side", || {
        clippy(cx, &SERVER_SIDE, &["--all-targets"])
    })?;
    let on_wasm = ["--target", wasm::TARGET];
    steps.run("lints: pure crates on WebAssembly", || {
        let selection: Vec<_> = PORTABLE.iter().flat_map(|it| ["-p", it]).collect();
        clippy(cx, &selection, &on_wasm)
    })?;
    for bundle in wasm::BUNDLES {
        steps.run(&format!("lints: {bundle} on WebAssembly"), || {
            clippy(cx, &["-p", bundle], &on_wasm)
        })?;
    }
    steps.run("generated artefacts", || codegen::artefacts(cx, true))
}

/// This package's own tests: dependency arrows, tidiness, Leptos' options.
pub(crate) fn own_tests(cx: &Context) -> Result<()> {
    cx.cargo()
        .args(["test", "--quiet", "--locked", "-p", "xtask"])
        .run()
}

fn clippy(cx: &Context, selection: &[&str], options: &[&str]) -> Result<()> {
    cx.cargo()
        .args(["clippy", "--quiet", "--locked"])
        .args(selection)
        .args(options)
        .args(["--", "-D", "warnings"])
        .run()
}
