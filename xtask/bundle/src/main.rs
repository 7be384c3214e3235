//! Makes `target/site`: everything a browser downloads, named by its content.
//!
//! ```text
//! target/site/manifest.json                      logical name → file, with sizes
//! target/site/pkg/respond.<hash>.js              wasm-bindgen's glue
//! target/site/pkg/respond.<hash>_bg.wasm         the module, after wasm-opt
//! target/site/pkg/main.<hash>.css                one per file directly in app/style
//! target/site/pkg/passkeys.<hash>.js             one per file directly in app/script
//! target/site/pkg/<font>.<hash>.woff2
//! … and beside each a `.br` and a `.gz`, except for fonts, which are compressed already
//! ```
//!
//! A bundle's two files share one hash, and the module is called `…_bg.wasm`, because that is what Leptos'
//! `HydrationScripts` asks for when its `output_name` is `respond.<hash>`.
//!
//! Reading order: `main` → [`script`] → [`style`] → [`site`].

mod script;
mod site;
mod style;

use anyhow::{Context as _, Result};
use clap::Parser;
use std::{path::PathBuf, process::ExitCode};

/// Build `target/site` from compiled modules and style sheets.
#[derive(Parser)]
struct Args {
    /// The site folder; replaced as a whole.
    #[arg(long)]
    site: PathBuf,
    /// The `wasm-opt` program.
    #[arg(long)]
    wasm_opt: PathBuf,
    /// The `esbuild` program.
    #[arg(long)]
    esbuild: PathBuf,
    /// Folder whose `*.css` files each become a style sheet.
    #[arg(long)]
    style: PathBuf,
    /// Folder whose `*.js` files each become a script; what they import from folders in it becomes part of them.
    #[arg(long)]
    script: PathBuf,
    /// Folder of npm packages that scripts may import.
    #[arg(long)]
    packages: PathBuf,
    /// A module compiled by cargo; its file name without `.wasm` names the bundle.
    #[arg(required = true)]
    modules: Vec<PathBuf>,
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &Args) -> Result<()> {
    let mut site = site::Site::default();
    for module in &args.modules {
        let bundle = script::bundle(module, &args.wasm_opt, &args.esbuild)
            .with_context(|| format!("cannot bundle {}", module.display()))?;
        site.add_bundle(bundle);
    }
    script::add_all(&args.script, &args.packages, &args.esbuild, &mut site)
        .with_context(|| format!("cannot read the scripts in {}", args.script.display()))?;
    style::add_all(&args.style, &mut site)
        .with_context(|| format!("cannot read the styles in {}", args.style.display()))?;
    site.write(&args.site)
        .with_context(|| format!("cannot write {}", args.site.display()))
}
