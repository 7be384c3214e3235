//! The files browsers download: compile each WASM entry alone, then bundle them into `target/site`.

use crate::{context::Context, process::Program, steps::Steps, tools};
use anyhow::Result;
use std::fs;

/// The WASM entries in `frontend/`. Two, because one module would ship every dashboard island to respondents.
pub(crate) const BUNDLES: [&str; 2] = ["respond", "studio"];
/// The target of browsers.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";
/// Small rather than fast; see `[profile.wasm-release]` in `Cargo.toml`.
const PROFILE: &str = "wasm-release";

/// Installs what is missing and writes `target/site`.
pub(crate) fn build(cx: &Context, steps: &mut Steps) -> Result<()> {
    let (wasm_opt, esbuild, packages) = steps.run("tools for WebAssembly", || {
        tools::wasm_target(cx)?;
        tools::rust_src(cx)?;
        tools::node(cx)?;
        anyhow::Ok((
            tools::wasm_opt(cx)?,
            tools::esbuild(cx)?,
            tools::codemirror(cx)?,
        ))
    })?;
    for bundle in BUNDLES {
        // One cargo call each, never together with the server: features are unified per call, and
        // `app` with both `ssr` and `hydrate` hides what is missing from either.
        steps.run(&format!("WebAssembly: {bundle}"), || {
            with_small_std(cx)
                .args([
                    "build",
                    "--locked",
                    "--target",
                    TARGET,
                    "--profile",
                    PROFILE,
                    "-p",
                    bundle,
                ])
                .run()
        })?;
    }
    steps.run("site: wasm-bindgen, wasm-opt, brotli, gzip", || {
        let modules = cx.target.join(TARGET).join(PROFILE);
        cx.cargo()
            .args(["run", "--quiet", "--locked", "-p", "bundle", "--"])
            .arg("--site")
            .arg(cx.site())
            .arg("--wasm-opt")
            .arg(wasm_opt)
            .arg("--esbuild")
            .arg(esbuild)
            .arg("--style")
            .arg(cx.root.join("app/style"))
            .arg("--script")
            .arg(cx.root.join("app/script"))
            .arg("--packages")
            .arg(packages)
            .args(BUNDLES.map(|it| modules.join(format!("{it}.wasm"))))
            .run()
    })
}

/// `cargo` that compiles the standard library along: for size, and without the words of panics and of `Debug`.
///
/// ADR 0007 says what that saves. The options are unstable, and the compiler is pinned; that is why
/// they may be used with it. Without them the same packages compile, only larger.
fn with_small_std(cx: &Context) -> Program {
    let mut flags = vec![
        "-Zfmt-debug=none".to_owned(),
        "-Zlocation-detail=none".to_owned(),
    ];
    if let Some(cargo_home) = &cx.cargo_home {
        // Keeps this machine's folders out of the modules, so that every machine builds the same bytes.
        let sources = cargo_home.join("registry/src");
        flags.push(format!("--remap-path-prefix={}=", sources.display()));
    }
    let configs = [
        format!("profile.{PROFILE}.panic=\"immediate-abort\""),
        format!("target.{TARGET}.rustflags={flags:?}"),
    ];
    cx.cargo()
        .env("RUSTC_BOOTSTRAP", "1")
        .args([
            "-Zbuild-std=std,panic_abort",
            "-Zbuild-std-features=optimize_for_size",
            "-Zpanic-immediate-abort",
        ])
        .args(configs.iter().flat_map(|it| ["--config", it]))
}

/// `cargo` with the site's manifest in `RECUEIL_SITE`.
///
/// The server embeds `target/site` and reads that variable while it compiles, so that cargo compiles it again
/// when the site appears or changes.
pub(crate) fn cargo_with_site(cx: &Context) -> Result<Program> {
    let manifest = fs::read_to_string(cx.site().join("manifest.json"))?;
    let names: serde_json::Value = serde_json::from_str(&manifest)?;
    Ok(cx.cargo().env(
        "RECUEIL_SITE",
        format!(
            "{} {} {}",
            names["bundles"], names["styles"], names["scripts"]
        ),
    ))
}
