//! A compiled module → JavaScript glue and a small module; a script of its own → a small script.

use crate::site::Site;
use anyhow::{Context as _, Result, ensure};
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

/// Runs wasm-bindgen, drops what no page can call, then runs `wasm-opt -Oz` twice over one compiled module.
///
/// No feature flags are given to `wasm-opt`: it reads the module's own `target_features` section, whereas
/// `--all-features` writes encodings that browsers refuse. For the same reason that section is never stripped.
pub(crate) fn bundle(module: &Path, wasm_opt: &Path, esbuild: &Path) -> Result<Bundle> {
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
    let js = without_idle_classes(output.js());
    let wasm = output.wasm_mut();
    let mut idle = Vec::new();
    for export in wasm.exports.iter() {
        if !js.contains(&format!("wasm.{}", export.name)) {
            idle.push(export.id());
        }
    }
    for export in idle {
        wasm.exports.delete(export);
    }

    let work = WorkFolder::create(module.with_extension("bundle"))?;
    let [glue, raw, small_glue, small] =
        ["glue.js", "raw.wasm", "small.js", "small.wasm"].map(|it| work.0.join(it));
    fs::write(&glue, js)?;
    fs::write(&raw, wasm.emit_wasm())?;
    run(Command::new(esbuild)
        .args(["--minify", "--target=es2022", "--log-level=warning"])
        .arg(&glue)
        .arg(format!("--outfile={}", small_glue.display())))?;
    run(Command::new(wasm_opt)
        // Twice: what the first round leaves behind makes some hundred bytes for the second.
        .args(["-Oz", "-Oz"])
        .arg(&raw)
        .arg("-o")
        .arg(&small))?;
    Ok(Bundle {
        name: name.to_owned(),
        js: fs::read(&small_glue)?,
        wasm: fs::read(&small)?,
    })
}

/// Adds every `*.js` of a folder with all that it imports, without comments and spaces.
pub(crate) fn add_all(
    folder: &Path,
    packages: &Path,
    esbuild: &Path,
    site: &mut Site,
) -> Result<()> {
    let mut scripts = Vec::new();
    for entry in fs::read_dir(folder)? {
        scripts.push(entry?.path());
    }
    scripts.retain(|path| path.extension().is_some_and(|it| it == "js"));
    scripts.sort();
    for script in scripts {
        let name = script
            .file_stem()
            .and_then(|stem| stem.to_str())
            .context("a script has no readable file name")?;
        let small = Command::new(esbuild)
            .args(["--bundle", "--format=esm"])
            .args(["--minify", "--target=es2022", "--log-level=warning"])
            .arg(&script)
            .env("NODE_PATH", packages)
            .output()
            .with_context(|| format!("cannot start {}", esbuild.display()))?;
        let said = String::from_utf8_lossy(&small.stderr);
        ensure!(small.status.success(), "{}: {said}", script.display());
        site.add_script(name.to_owned(), small.stdout);
    }
    Ok(())
}

fn run(program: &mut Command) -> Result<()> {
    let name = program.get_program().to_owned();
    let status = program
        .status()
        .with_context(|| format!("cannot start {}", name.display()))?;
    ensure!(status.success(), "{}: {status}", name.display());
    Ok(())
}

/// Drops classes that the module never hands out, with what they hold on to.
///
/// Leptos brings streams of server functions along. Each is an exported class, so that neither the compiler nor
/// `wasm-opt` may drop it; but a class is only ever made by its `__wrap`, and here nothing calls that. Without the
/// glue that could call them, the module's exports behind them are dropped too.
fn without_idle_classes(js: &str) -> String {
    let idle: Vec<&str> = js
        .lines()
        .filter_map(|line| line.strip_prefix("export class ")?.split(' ').next())
        .filter(|name| !js.contains(&format!("{name}.__wrap(")))
        .collect();
    let mut kept = String::with_capacity(js.len());
    let mut inside = false;
    for line in js.split_inclusive('\n') {
        let starts = |what: &str, after: &str| {
            let rest = line.strip_prefix(what);
            idle.iter()
                .any(|name| rest.is_some_and(|it| it.starts_with(&format!("{name}{after}"))))
        };
        if starts("export class ", " ") || starts("const ", "Finalization ") {
            inside = true;
        }
        if !inside {
            kept.push_str(line);
        } else if starts("if (Symbol.dispose) ", ".") || line.starts_with(": new Finalization") {
            inside = false;
        }
    }
    kept
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
    use super::without_idle_classes;

    #[test]
    fn classes_that_nothing_hands_out_go() {
        let class = |name: &str| {
            format!(
                "export class {name} {{\nfree() {{ wasm.__wbg_{name}_free(1); }}\n}}\n\
                 if (Symbol.dispose) {name}.prototype[Symbol.dispose] = {name}.prototype.free;\n"
            )
        };
        let registry = |name: &str| {
            format!(
                "const {name}Finalization = (typeof FinalizationRegistry === 'undefined')\n\
                 ? {{ register: () => {{}} }}\n\
                 : new FinalizationRegistry(ptr => wasm.__wbg_{name}_free(ptr, 1));\n"
            )
        };
        let before = "let wasm;\n";
        let after = "function make() { return Used.__wrap(1); }\n";
        let js = [
            before,
            &class("Idle"),
            &class("Used"),
            after,
            &registry("Idle"),
            &registry("Used"),
            "end();\n",
        ];
        let kept = [before, &class("Used"), after, &registry("Used"), "end();\n"];
        assert_eq!(without_idle_classes(&js.concat()), kept.concat());
    }
}
