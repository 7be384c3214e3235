//! What the tasks need besides cargo, and how to get it.
//!
//! Each function returns where the tool is, installing it first if it can: rustup adds the WASM target, npm puts
//! pinned packages into the cache, `apt-get` installs the rest when we are root. Otherwise the error says what
//! to do.

use crate::{context::Context, process::Program};
use anyhow::{Context as _, Result, bail};
use std::{fs, path::PathBuf};

/// Pinned: another optimiser writes another module, and the size budget would mean nothing.
const BINARYEN: &str = "binaryen@132.0.0";
/// Pinned for the same reason.
const ESBUILD: &str = "esbuild@0.28.2";
/// Pinned: a newer axe knows more rules, and a build must not fail for what happened elsewhere.
const AXE: &str = "axe-core@4.14.1";
/// Pinned: the tests sign in through it.
const OIDC_PROVIDER: &str = "oidc-provider@9.13.3";
/// Pinned: what is compared with must not move between two measurements.
const SURVEY_CORE: &str = "survey-core@3.1.1";
/// The same, with the model that it goes with.
const SURVEY_ANALYTICS: [&str; 2] = ["survey-analytics@2.5.25", "survey-core@2.5.25"];
/// Column stores that count beside us: pinned for the same reason.
pub(crate) const DUCKDB: &str = "duckdb==2.0.1";
/// See [`DUCKDB`].
pub(crate) const POLARS: &str = "polars==2.1.0";
/// The editor of the source view, with all that it needs: pinned whole, so that every machine bundles the same bytes.
const CODEMIRROR: [&str; 17] = [
    "@codemirror/autocomplete@6.20.4",
    "@codemirror/commands@6.11.1",
    "@codemirror/lang-yaml@6.1.3",
    "@codemirror/language@6.13.1",
    "@codemirror/lint@6.9.8",
    "@codemirror/search@6.7.2",
    "@codemirror/state@6.7.6",
    "@codemirror/streamparser@6.0.0",
    "@codemirror/view@6.43.15",
    "@lezer/common@1.5.5",
    "@lezer/highlight@1.2.5",
    "@lezer/lr@1.4.12",
    "@lezer/yaml@1.0.4",
    "@marijn/find-cluster-break@1.0.4",
    "crelt@1.0.7",
    "style-mod@4.1.5",
    "w3c-keyname@2.2.8",
];
const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Makes sure that rustc can compile for browsers.
pub(crate) fn wasm_target(cx: &Context) -> Result<()> {
    let libdir = Program::new("rustc")
        .args(["--print", "target-libdir", "--target", WASM_TARGET])
        .dir(&cx.root)
        .output()?;
    if PathBuf::from(libdir.trim()).is_dir() {
        return Ok(());
    }
    if cx.find("rustup").is_none() {
        bail!(
            "rustc has no {WASM_TARGET} library and there is no rustup to add it; \
             install it from your distribution (Debian: libstd-rust-dev-wasm32)"
        );
    }
    Program::new("rustup")
        .args(["target", "add", WASM_TARGET])
        .dir(&cx.root)
        .run()
}

/// Makes sure that the standard library can be compiled for browsers.
pub(crate) fn rust_src(cx: &Context) -> Result<()> {
    let sysroot = Program::new("rustc")
        .args(["--print", "sysroot"])
        .dir(&cx.root)
        .output()?;
    let library = PathBuf::from(sysroot.trim()).join("lib/rustlib/src/rust/library");
    if library.join("Cargo.lock").is_file() {
        return Ok(());
    }
    Program::new("rustup")
        .args(["component", "add", "rust-src"])
        .dir(&cx.root)
        .run()
        .context("the sources of the standard library are missing; install the component rust-src")
}

/// Makes sure that cargo can format and lint.
pub(crate) fn components(cx: &Context) -> Result<()> {
    for (command, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if cx.cargo().args([command, "--version"]).output().is_err() {
            Program::new("rustup")
                .args(["component", "add", component])
                .dir(&cx.root)
                .run()
                .with_context(|| format!("`cargo {command}` is missing; install {component}"))?;
        }
    }
    Ok(())
}

/// `wasm-opt`.
pub(crate) fn wasm_opt(cx: &Context) -> Result<PathBuf> {
    Ok(npm_package(cx, BINARYEN)?.join("bin/wasm-opt"))
}

/// The program that makes JavaScript small.
pub(crate) fn esbuild(cx: &Context) -> Result<PathBuf> {
    Ok(npm_package(cx, ESBUILD)?.join("bin/esbuild"))
}

/// The folder of packages that the editor of the source view is bundled from.
pub(crate) fn codemirror(cx: &Context) -> Result<PathBuf> {
    // The folder is named by what is in it: another version of anything is another folder.
    let versions: Vec<&str> = CODEMIRROR
        .iter()
        .filter_map(|it| it.rsplit('@').next())
        .collect();
    let folder = format!("codemirror-{}", versions.join("-"));
    npm_packages(cx, &folder, &CODEMIRROR)
}

/// The accessibility checker that the browser tests inject into pages.
pub(crate) fn axe(cx: &Context) -> Result<PathBuf> {
    Ok(npm_package(cx, AXE)?.join("axe.min.js"))
}

/// The OpenID provider that tests of signing in start.
pub(crate) fn oidc_provider(cx: &Context) -> Result<PathBuf> {
    npm_package(cx, OIDC_PROVIDER)
}

/// The model of SurveyJS, which `cargo xtask bench` measures beside ours.
pub(crate) fn survey_core(cx: &Context) -> Result<PathBuf> {
    npm_package(cx, SURVEY_CORE)
}

/// The folder of packages with SurveyJS Dashboard, which `cargo xtask bench` measures beside our tallies.
pub(crate) fn survey_analytics(cx: &Context) -> Result<PathBuf> {
    let folder = SURVEY_ANALYTICS[0].replace('@', "-");
    npm_packages(cx, &folder, &SURVEY_ANALYTICS)
}

/// A Python that has a pinned package.
pub(crate) fn python_with(cx: &Context, spec: &str) -> Result<PathBuf> {
    let folder = cx.cache.join("python").join(spec.replace("==", "-"));
    let python = folder.join("bin/python");
    // It appears only when it is complete.
    if folder.is_dir() {
        return Ok(python);
    }
    let own = program(cx, "python3", &["python3", "python3-venv"])?;
    eprintln!("  installing {spec} into {}", folder.display());
    let partial = cx.cache.join("python");
    let partial = partial.join(format!("partial-{}", std::process::id()));
    let made = Program::new(own).args(["-m", "venv"]).arg(&partial).run();
    made.context("python3 cannot make an environment; install python3-venv")?;
    Program::new(partial.join("bin/python"))
        .args(["-m", "pip", "install", "--quiet"])
        .args([
            "--disable-pip-version-check",
            "--only-binary",
            ":all:",
            spec,
        ])
        .run()
        .with_context(|| format!("cannot fetch {spec}; is pypi.org reachable?"))?;
    fs::rename(&partial, &folder)?;
    Ok(python)
}

/// Node.js, which runs `wasm-opt` and the shipped module.
pub(crate) fn node(cx: &Context) -> Result<PathBuf> {
    program(cx, "node", &["nodejs", "npm"])
}

/// The browser and its driver.
pub(crate) fn chromedriver(cx: &Context) -> Result<PathBuf> {
    program(cx, "chromium", &["chromium", "chromium-driver"])?;
    program(cx, "chromedriver", &["chromium-driver"])
}

/// Postgres' `initdb`; `postgres` stands beside it.
pub(crate) fn initdb(cx: &Context) -> Result<PathBuf> {
    program(cx, "initdb", &["postgresql"])
}

/// Finds a program, or installs the Debian packages that have it.
fn program(cx: &Context, name: &str, packages: &[&str]) -> Result<PathBuf> {
    if let Some(path) = cx.find(name) {
        return Ok(path);
    }
    let wanted = packages.join(" ");
    let advice = || format!("`{name}` is missing; install it: apt-get install {wanted}");
    if !is_root()? || cx.find("apt-get").is_none() {
        bail!(advice());
    }
    eprintln!("  installing {wanted}");
    let apt = || {
        Program::new("apt-get")
            .env("DEBIAN_FRONTEND", "noninteractive")
            .arg("-qq")
    };
    apt().arg("update").run().with_context(advice)?;
    apt()
        .args(["install", "-y", "--no-install-recommends"])
        .args(packages)
        .run()
        .with_context(advice)?;
    cx.find(name).with_context(advice)
}

/// The folder of a pinned npm package in the cache.
fn npm_package(cx: &Context, spec: &str) -> Result<PathBuf> {
    let (name, _version) = spec
        .split_once('@')
        .context("npm packages are pinned: name@version")?;
    Ok(npm_packages(cx, &spec.replace('@', "-"), &[spec])?.join(name))
}

/// The `node_modules` of pinned npm packages, which stand in a folder of their own in the cache.
fn npm_packages(cx: &Context, folder: &str, specs: &[&str]) -> Result<PathBuf> {
    let folder = cx.cache.join("npm").join(folder);
    let packages = folder.join("node_modules");
    // It appears only when it is complete.
    if packages.is_dir() {
        return Ok(packages);
    }
    node(cx)?;
    let npm = program(cx, "npm", &["npm"])?;
    let what = specs.join(" ");
    eprintln!("  installing {what} into {}", folder.display());
    // A folder of its own that is renamed when complete: an interrupted installation leaves nothing half done.
    let partial = cx
        .cache
        .join("npm")
        .join(format!("partial-{}", std::process::id()));
    fs::create_dir_all(&partial)?;
    Program::new(npm)
        .args([
            "install",
            "--silent",
            "--no-save",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
        ])
        .arg("--prefix")
        .arg(&partial)
        .args(specs)
        .run()
        .with_context(|| format!("cannot fetch {what}; is registry.npmjs.org reachable?"))?;
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::rename(&partial, &folder)?;
    Ok(packages)
}

/// Whether we may install packages and change users.
pub(crate) fn is_root() -> Result<bool> {
    Ok(Program::new("id").arg("-u").output()?.trim() == "0")
}
