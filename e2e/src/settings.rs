//! Where the programs and folders are; `cargo xtask` sets them.

use clap::Args;
use std::path::PathBuf;

/// What both programs must be told.
#[derive(Args, Clone, Debug)]
pub struct Settings {
    /// The compiled `recueil`.
    #[arg(long, env = "RECUEIL_PROGRAM")]
    pub program: PathBuf,
    /// The compiled `chromedriver`.
    #[arg(long, env = "RECUEIL_CHROMEDRIVER")]
    pub chromedriver: PathBuf,
    /// `axe.min.js` of the npm package `axe-core`.
    #[arg(long, env = "RECUEIL_AXE")]
    pub axe: PathBuf,
    /// The compiled example `gallery` of `app`, which writes a page of each kind.
    #[arg(long, env = "RECUEIL_GALLERY")]
    pub gallery: PathBuf,
    /// The compiled example `install` of `recueil`, which installs a questionnaire.
    #[arg(long, env = "RECUEIL_INSTALL")]
    pub install: PathBuf,
    /// A folder of hostile strings, tried besides our own where it is.
    #[arg(
        long,
        env = "RECUEIL_HOSTILE",
        default_value = "../shared/corpora/hostile"
    )]
    pub hostile: PathBuf,
    /// Folder for screenshots, pages and logs of what failed.
    #[arg(long, env = "RECUEIL_EVIDENCE")]
    pub evidence: PathBuf,
}
