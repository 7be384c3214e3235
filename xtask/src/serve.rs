//! `cargo xtask serve`.

use crate::{context::Context, process::Program, steps::Steps, wasm};
use anyhow::{Context as _, Result};
use std::os::unix::process::CommandExt as _;

/// Builds everything and becomes the server, on `data/recueil.db` unless `args` say otherwise.
pub(crate) fn serve(cx: &Context, steps: &mut Steps, debug: bool, args: &[String]) -> Result<()> {
    wasm::build(cx, steps)?;
    let profile = if debug { "dev" } else { "release" };
    steps.run(&format!("server ({profile})"), || {
        wasm::cargo_with_site(cx)?
            .args(["build", "--locked", "-p", "recueil", "--profile", profile])
            .run()
    })?;
    steps.summary();
    let program = cx
        .target
        .join(if debug { "debug" } else { "release" })
        .join("recueil");
    // Taking this process's place makes Ctrl-C and `kill` reach the server itself.
    let error = Program::new(&program)
        .arg("serve")
        .args(args)
        .dir(&cx.root)
        .into_command()
        .exec();
    Err(error).with_context(|| format!("cannot start {}", program.display()))
}
