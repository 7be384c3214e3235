//! The finished site: hashed names, compressed copies, the manifest.

use crate::script::Bundle;
use anyhow::{Context as _, Result};
use flate2::{Compression, write::GzEncoder};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use std::{fs, io::Write as _, path::Path};

/// What will stand in `target/site`.
#[derive(Default)]
pub(crate) struct Site {
    files: Vec<File>,
    bundles: Map<String, Value>,
    styles: Map<String, Value>,
    scripts: Map<String, Value>,
    fonts: Map<String, Value>,
}

struct File {
    name: String,
    content: Vec<u8>,
    /// Fonts are compressed by their own format.
    compress: bool,
}

impl Site {
    /// Adds glue and module under one common hash.
    pub(crate) fn add_bundle(&mut self, bundle: Bundle) {
        let stem = format!("{}.{}", bundle.name, hash(&[&bundle.js, &bundle.wasm]));
        self.push(format!("{stem}.js"), bundle.js, true);
        self.push(format!("{stem}_bg.wasm"), bundle.wasm, true);
        self.bundles.insert(bundle.name, Value::String(stem));
    }

    /// Adds a style sheet.
    pub(crate) fn add_style(&mut self, name: String, css: Vec<u8>) {
        let file = format!("{name}.{}.css", hash(&[&css]));
        self.push(file.clone(), css, true);
        self.styles.insert(name, Value::String(file));
    }

    /// Adds a script of its own.
    pub(crate) fn add_script(&mut self, name: String, js: Vec<u8>) {
        let file = format!("{name}.{}.js", hash(&[&js]));
        self.push(file.clone(), js, true);
        self.scripts.insert(name, Value::String(file));
    }

    /// Adds a font once, however many sheets name it; returns its name relative to the sheets.
    pub(crate) fn add_font(&mut self, name: &str, font: Vec<u8>) -> String {
        let file = format!("{name}.{}.woff2", hash(&[&font]));
        if self
            .fonts
            .insert(name.to_owned(), Value::String(file.clone()))
            .is_none()
        {
            self.push(file.clone(), font, false);
        }
        file
    }

    fn push(&mut self, name: String, content: Vec<u8>, compress: bool) {
        self.files.push(File {
            name,
            content,
            compress,
        });
    }

    /// Writes everything, replacing an earlier site, and prints what weighs how much.
    pub(crate) fn write(self, site: &Path) -> Result<()> {
        let pkg = site.join("pkg");
        if pkg.exists() {
            fs::remove_dir_all(&pkg)?;
        }
        fs::create_dir_all(&pkg)?;
        let mut sizes = Map::new();
        for file in &self.files {
            let path = pkg.join(&file.name);
            let mut size = json!({ "bytes": file.content.len() });
            fs::write(&path, &file.content)?;
            if file.compress {
                let br = brotli(&file.content)?;
                let gz = gzip(&file.content)?;
                fs::write(pkg.join(format!("{}.br", file.name)), &br)?;
                fs::write(pkg.join(format!("{}.gz", file.name)), &gz)?;
                println!(
                    "  {:44} {:>8} B  gzip {:>7} B  brotli {:>7} B",
                    file.name,
                    file.content.len(),
                    gz.len(),
                    br.len()
                );
                size["gzip"] = json!(gz.len());
                size["brotli"] = json!(br.len());
            } else {
                println!("  {:44} {:>8} B", file.name, file.content.len());
            }
            sizes.insert(file.name.clone(), size);
        }
        let manifest = json!({
            "bundles": self.bundles,
            "styles": self.styles,
            "scripts": self.scripts,
            "fonts": self.fonts,
            "files": sizes,
        });
        // Written last: a manifest is never newer than what it names.
        fs::write(
            site.join("manifest.json"),
            serde_json::to_string_pretty(&manifest)? + "\n",
        )
        .context("cannot write the manifest")
    }
}

/// The first 64 bits of SHA-256 over the parts: enough to tell versions of one file apart.
fn hash(parts: &[&[u8]]) -> String {
    let mut sha = Sha256::new();
    for part in parts {
        sha.update(part);
    }
    sha.finalize()
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &content[..], &mut out, &params)?;
    Ok(out)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}
