//! Generated artefacts: files in the repository that are written by our own code.
//!
//! Each is printed by an example program of the package that knows the content, so that this package stays
//! quick to compile. To add one: write `crates/<package>/examples/<example>.rs`, add a line to [`ARTEFACTS`],
//! run `cargo xtask codegen`, commit the file.

use crate::context::Context;
use anyhow::{Context as _, Result, bail};
use std::{fs, io::ErrorKind};

/// One generated file.
struct Artefact {
    /// Where it stands, from the checkout's root.
    path: &'static str,
    /// The package whose example prints it.
    package: &'static str,
    /// The example's name.
    example: &'static str,
}

/// Every generated file.
const ARTEFACTS: [Artefact; 2] = [
    Artefact {
        path: "schemas/questionnaire.schema.json",
        package: "questionnaire",
        example: "schema",
    },
    Artefact {
        path: "docs/errors.md",
        package: "proof",
        example: "errors",
    },
];

/// Writes the artefacts, or with `check` only compares them.
///
/// # Errors
/// If an example fails, a file cannot be written, or, with `check`, one is not what its example prints.
pub(crate) fn artefacts(cx: &Context, check: bool) -> Result<()> {
    let mut stale = Vec::new();
    for artefact in &ARTEFACTS {
        let text = cx
            .cargo()
            .args(["run", "--quiet", "--locked", "-p", artefact.package])
            .args(["--example", artefact.example])
            .output()?;
        let path = cx.root.join(artefact.path);
        let current = match fs::read_to_string(&path) {
            Ok(current) => Some(current),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(error).context(artefact.path),
        };
        if current.as_ref() == Some(&text) {
            continue;
        }
        stale.push(artefact.path);
        if !check {
            fs::write(&path, text).context(artefact.path)?;
            eprintln!("  wrote {}", artefact.path);
        }
    }
    if check && !stale.is_empty() {
        bail!(
            "out of date: {}; run `cargo xtask codegen` and commit",
            stale.join(", ")
        );
    }
    Ok(())
}
