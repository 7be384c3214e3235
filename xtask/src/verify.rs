//! `cargo xtask test` and its parts that can run alone.

use crate::{
    check::{self, SERVER_SIDE},
    context::Context,
    one_engine,
    postgres::Cluster,
    process::Program,
    steps::Steps,
    tools, wasm,
};
use anyhow::{Context as _, Result};
use clap::ValueEnum;

/// Parts of `test` that need more than a compiler.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// Formatting and lints.
    Check,
    /// Store tests on Postgres; those on SQLite run anyway.
    Postgres,
    /// Everything in a browser.
    Browser,
}

/// How many random cases both engines must agree on.
const ONE_ENGINE_CASES: u32 = 100_000;

/// What tests are compiled with: among them one that must fail on a server that acknowledges too early. The program
/// of `cargo xtask serve` is compiled without; `tests/it/arrows.rs` holds that no default brings it in.
const TESTED: [&str; 2] = ["--features", "recueil/negative-control"];

/// Every check and test.
pub(crate) fn test(cx: &Context, steps: &mut Steps, skip: &[Part]) -> Result<()> {
    let wants = |part| !skip.contains(&part);
    if wants(Part::Browser) {
        steps.run("tools for browser tests", || {
            tools::chromedriver(cx)?;
            tools::axe(cx)
        })?;
    }
    if wants(Part::Check) {
        check::check(cx, steps)?;
    }
    wasm::build(cx, steps)?;
    steps.run("compile tests", || compile(cx))?;
    let postgres = if wants(Part::Postgres) {
        Some(steps.run("throw-away Postgres", || Cluster::start(cx))?)
    } else {
        None
    };
    let provider = steps.run("OpenID provider for tests", || tools::oidc_provider(cx))?;
    steps.run("tests", || {
        let mut cargo =
            wasm::cargo_with_site(cx)?.args(["test", "--quiet", "--locked", "--no-fail-fast"]);
        cargo = cargo.env("RECUEIL_TEST_OIDC_PROVIDER", provider);
        if let Some(cluster) = &postgres {
            cargo = cargo.env("RECUEIL_TEST_POSTGRES", cluster.url());
        }
        cargo.args(SERVER_SIDE).args(TESTED).run()
    })?;
    drop(postgres);
    steps.run("one engine", || one_engine::compare(cx, ONE_ENGINE_CASES))?;
    if wants(Part::Browser) {
        steps.run("size budget", || browser(cx, "size")?.run())?;
        steps.run("browser features", || browser(cx, "features")?.run())?;
    }
    Ok(())
}

/// Any command, with a throw-away Postgres.
pub(crate) fn with_postgres(cx: &Context, steps: &mut Steps, command: &[String]) -> Result<()> {
    let (program, args) = command.split_first().context("say which command to run")?;
    let cluster = steps.run("throw-away Postgres", || Cluster::start(cx))?;
    steps.run(program, || {
        Program::new(program)
            .args(args)
            .env("RECUEIL_TEST_POSTGRES", cluster.url())
            .run()
    })
}

/// The size budget alone.
pub(crate) fn size(cx: &Context, steps: &mut Steps) -> Result<()> {
    wasm::build(cx, steps)?;
    steps.run("compile", || compile(cx))?;
    steps.run("size budget", || browser(cx, "size")?.run())
}

/// The browser features alone.
pub(crate) fn e2e(cx: &Context, steps: &mut Steps, args: &[String]) -> Result<()> {
    wasm::build(cx, steps)?;
    steps.run("compile", || compile(cx))?;
    steps.run("browser features", || {
        browser(cx, "features")?.args(args).run()
    })
}

/// The pictures of the README.
pub(crate) fn pictures(cx: &Context, steps: &mut Steps) -> Result<()> {
    wasm::build(cx, steps)?;
    steps.run("compile", || compile(cx))?;
    steps.run("pictures", || {
        browser(cx, "pictures")?
            .arg("--responses")
            .arg(cx.root.join("questionnaires/qpv-cls/responses.ndjson"))
            .arg("--folder")
            .arg(cx.root.join("docs/pictures"))
            .run()
    })
}

/// Programs and tests together, so that the features of dependencies are resolved, and dependencies compiled,
/// only once.
fn compile(cx: &Context) -> Result<()> {
    wasm::cargo_with_site(cx)?
        .args([
            "build",
            "--quiet",
            "--locked",
            "--bins",
            "--tests",
            "--examples",
        ])
        .args(SERVER_SIDE)
        .args(TESTED)
        .run()
}

/// A program of the `e2e` package, told where everything is.
fn browser(cx: &Context, name: &str) -> Result<Program> {
    let programs = cx.target.join("debug");
    Ok(Program::new(programs.join(name))
        .dir(&cx.root)
        .env("RECUEIL_PROGRAM", programs.join("recueil"))
        .env("RECUEIL_GALLERY", programs.join("examples/gallery"))
        .env("RECUEIL_INSTALL", programs.join("examples/install"))
        .env("RECUEIL_CHROMEDRIVER", tools::chromedriver(cx)?)
        .env("RECUEIL_AXE", tools::axe(cx)?)
        .env("RECUEIL_EVIDENCE", cx.target.join("e2e")))
}
