//! Which files the browser is told to load.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::paths;

/// The names of built files, as `target/site/manifest.json` gives them.
///
/// A file that was not built is not asked for: a page without its script still works.
///
/// ```
/// use app::ui::Manifest;
/// let manifest: Manifest = serde_json::from_str(
///     r#"{"bundles": {"respond": "respond.1a2b"}, "styles": {"respond": "respond.3c4d.css"}}"#,
/// )?;
/// assert_eq!(manifest.style("respond").as_deref(), Some("/pkg/respond.3c4d.css"));
/// assert_eq!(manifest.bundle("studio"), None);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Manifest {
    #[serde(default)]
    bundles: BTreeMap<String, String>,
    #[serde(default)]
    styles: BTreeMap<String, String>,
    #[serde(default)]
    scripts: BTreeMap<String, String>,
}

/// The two files that run one WASM entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// Address of the script.
    pub script: String,
    /// Address of the module.
    pub module: String,
}

impl Manifest {
    /// The address of a style sheet, by the name of its source without `.css`.
    #[must_use]
    pub fn style(&self, name: &str) -> Option<String> {
        self.styles.get(name).map(|it| paths::asset(it))
    }

    /// The address of a script of its own, by the name of its source without `.js`.
    #[must_use]
    pub fn script(&self, name: &str) -> Option<String> {
        self.scripts.get(name).map(|it| paths::asset(it))
    }

    /// The addresses of a bundle.
    #[must_use]
    pub fn bundle(&self, name: &str) -> Option<Bundle> {
        self.bundles.get(name).map(|stem| Bundle {
            script: paths::asset(&format!("{stem}.js")),
            module: paths::asset(&format!("{stem}_bg.wasm")),
        })
    }
}
