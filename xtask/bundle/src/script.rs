//! A compiled module → JavaScript glue and a small module.

use anyhow::{Context as _, Result, bail, ensure};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};
use wasm_bindgen_cli_support::Bindgen;

/// The two files a browser needs to run one WASM entry.
pub(crate) struct Bundle {
    /// `respond` or `studio`.
    pub(crate) name: String,
    /// The glue, an ES module.
    pub(crate) js: Vec<u8>,
    /// The module itself.
    pub(crate) wasm: Vec<u8>,
}

/// Runs wasm-bindgen, then `wasm-opt -Oz`, over one compiled module.
///
/// No feature flags are given to `wasm-opt`: it reads the module's own `target_features` section, whereas
/// `--all-features` writes encodings that browsers refuse. For the same reason that section is never stripped.
pub(crate) fn bundle(module: &Path, wasm_opt: &Path) -> Result<Bundle> {
    let name = module
        .file_stem()
        .and_then(|stem| stem.to_str())
        .context("the module has no readable file name")?;
    let mut bindgen = Bindgen::new();
    bindgen
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        // The page says where the module is; a default path would name a file that does not exist.
        .omit_default_module_path(true)
        .input_path(module);
    let mut output = bindgen.generate_output()?;
    ensure!(
        output.snippets().values().all(Vec::is_empty) && output.local_modules().is_empty(),
        "{name} uses JavaScript of its own (`#[wasm_bindgen(inline_js)]`), which the site does not carry"
    );
    let js = without_comments(output.js()).into_bytes();

    let work = WorkFolder::create(module.with_extension("bundle"))?;
    let raw = work.0.join("raw.wasm");
    let small = work.0.join("small.wasm");
    fs::write(&raw, output.wasm_mut().emit_wasm())?;
    let status = Command::new(wasm_opt)
        .arg("-Oz")
        .arg(&raw)
        .arg("-o")
        .arg(&small)
        .status()
        .with_context(|| format!("cannot start {}", wasm_opt.display()))?;
    if !status.success() {
        bail!("wasm-opt refused {name}: {status}");
    }
    Ok(Bundle {
        name: name.to_owned(),
        js,
        wasm: fs::read(&small)?,
    })
}

/// Drops documentation comments that stand on lines of their own; wasm-bindgen writes many.
///
/// Only whole lines are dropped, and only where a comment starts the line, so no string can be cut.
fn without_comments(js: &str) -> String {
    let mut inside = false;
    js.lines()
        .filter(|line| {
            let text = line.trim_start();
            let opens = text.starts_with("/*")
                && text
                    .find("*/")
                    .is_none_or(|end| text[end + 2..].trim().is_empty());
            if inside || opens {
                inside = !text.contains("*/");
                return false;
            }
            !text.is_empty() && !text.starts_with("//")
        })
        .flat_map(|line| [line.trim_start(), "\n"])
        .collect()
}

/// A scratch folder that goes away with its owner.
struct WorkFolder(PathBuf);

impl WorkFolder {
    fn create(path: PathBuf) -> Result<Self> {
        fs::create_dir_all(&path)?;
        Ok(Self(path))
    }
}

impl Drop for WorkFolder {
    fn drop(&mut self) {
        // Left-overs in the target folder harm nobody.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::without_comments;

    #[test]
    fn comments_go_and_strings_stay() {
        let js = "/**\n * doc\n */\nexport function f() {\n    // why\n    return '/* not a comment */';\n}\n/* one line */\nf();\n";
        assert_eq!(
            without_comments(js),
            "export function f() {\nreturn '/* not a comment */';\n}\nf();\n"
        );
    }
}
