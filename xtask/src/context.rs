//! Where things are: the checkout, the cache, cargo's target folder.

use crate::process::Program;
use anyhow::{Context as _, Result};
use clap::Args;
use std::path::PathBuf;

/// What the environment says; read here and nowhere else.
#[derive(Args)]
pub(crate) struct Settings {
    /// This package's folder. Asked of cargo at each run: compiled in, it would be another clone's where
    /// clones share a target folder.
    #[arg(long, env = "CARGO_MANIFEST_DIR", hide = true)]
    manifest_dir: PathBuf,
    #[arg(long, env = "XDG_CACHE_HOME", hide = true)]
    cache_home: Option<PathBuf>,
    #[arg(long, env = "HOME", hide = true)]
    home: Option<PathBuf>,
    #[arg(long, env = "CARGO_HOME", hide = true)]
    cargo_home: Option<PathBuf>,
    #[arg(long, env = "PATH", hide = true)]
    path: Option<String>,
}

/// Everything a task needs to know about its surroundings.
pub(crate) struct Context {
    /// The checkout.
    pub(crate) root: PathBuf,
    /// Cargo's target folder, wherever `CARGO_TARGET_DIR` or a configuration file put it.
    pub(crate) target: PathBuf,
    /// Tools we fetch, outside the checkout so that clones share them.
    pub(crate) cache: PathBuf,
    /// Cargo's own folder, where the sources of dependencies are.
    pub(crate) cargo_home: Option<PathBuf>,
    search_path: Vec<PathBuf>,
}

impl Context {
    pub(crate) fn new(settings: Settings) -> Result<Self> {
        let root = settings
            .manifest_dir
            .parent()
            .context("xtask stands in a folder of the checkout")?
            .to_owned();
        let metadata = Program::new("cargo")
            .args(["metadata", "--no-deps", "--format-version", "1"])
            .dir(&root)
            .output()?;
        let metadata: serde_json::Value = serde_json::from_str(&metadata)?;
        let target = metadata["target_directory"]
            .as_str()
            .context("`cargo metadata` names no target folder")?
            .into();
        let cargo_home = settings
            .cargo_home
            .or_else(|| Some(settings.home.as_ref()?.join(".cargo")));
        let cache = settings
            .cache_home
            .or_else(|| Some(settings.home?.join(".cache")))
            .map_or_else(|| root.join("target/cache"), |it| it.join("recueil"));
        let search_path = settings
            .path
            .iter()
            .flat_map(std::env::split_paths)
            .collect();
        Ok(Self {
            root,
            target,
            cache,
            cargo_home,
            search_path,
        })
    }

    /// `target/site` of this checkout, whatever cargo's target folder: the server embeds it from there.
    pub(crate) fn site(&self) -> PathBuf {
        self.root.join("target/site")
    }

    /// Where a program is, if it is installed.
    pub(crate) fn find(&self, program: &str) -> Option<PathBuf> {
        let folders = self.search_path.iter().cloned().chain(postgres_folders());
        folders
            .map(|dir| dir.join(program))
            .find(|path| path.is_file())
    }

    /// A `cargo` invocation in the checkout.
    pub(crate) fn cargo(&self) -> Program {
        let own = std::env::vars().map(|it| it.0);
        let own =
            own.filter(|it| it.starts_with("CARGO_PKG_") || it.starts_with("CARGO_MANIFEST_"));
        // What `cargo run` says of this program. Some build scripts read it (ring's): a checkout elsewhere
        // would compile them, and everything that needs them, again.
        own.fold(Program::new("cargo"), |it, name| it.without_env(&name))
            .dir(&self.root)
            // Set by cargo-leptos' users; it would change the file names that pages ask for.
            .without_env("LEPTOS_OUTPUT_NAME")
    }
}

/// Where Debian keeps the Postgres server's programs: `/usr/lib/postgresql/*/bin`, newest first.
fn postgres_folders() -> Vec<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let mut folders: Vec<(u32, PathBuf)> = versions
        .filter_map(|it| {
            Some((
                it.file_name().to_str()?.parse().ok()?,
                it.path().join("bin"),
            ))
        })
        .collect();
    folders.sort_unstable_by(|a, b| b.cmp(a));
    folders.into_iter().map(|(_, folder)| folder).collect()
}
