//! From a keystroke in the editor to what it shows, in a real browser, on a questionnaire of 500 items.

use super::{figures, table};
use crate::{context::Context, process::Program, tools, wasm};
use anyhow::{Context as _, Result};
use serde_json::Value;
use std::fs;

/// What it is called on the command line.
pub(super) const NAME: &str = "keystrokes";

const ITEMS: u64 = 500;
const CONDITIONS: u64 = 300;
const SEED: u64 = 1;
/// In the middle: neither the first page nor the last.
const ITEM: &str = "q250";

const HEADER: [&str; 3] = [
    "from a keystroke, 500 items and 300 conditions",
    "median",
    "p95",
];

/// Types in Chromium and prints the table.
pub(super) fn run(cx: &Context) -> Result<()> {
    let numbers = [ITEMS, CONDITIONS, SEED].map(|it| it.to_string());
    let text = cx
        .cargo()
        .args(["run", "--quiet", "--locked", "--release"])
        .args(["-p", "testkit", "--example", "large", "--"])
        .args(numbers)
        .output()?;
    let file = cx.target.join("large.json");
    fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    let printed = browser(cx)?
        .args(["--study", "grand", "--item", ITEM, "--questionnaire"])
        .arg(&file)
        .output()?;
    let printed: Value = serde_json::from_str(&printed)?;
    let strokes = printed["strokes"].as_array().context("letters are typed")?;
    let (first, second): (Vec<_>, Vec<_>) =
        strokes.iter().enumerate().partition(|it| it.0 % 2 == 0);
    let row = |name: &str, letters: &[(usize, &Value)], field: &str| -> Result<[String; 3]> {
        let times = letters.iter().map(|it| it.1[field].as_f64());
        let times: Option<Vec<f64>> = times.collect();
        let mut times = times.with_context(|| format!("a letter has no {field}"))?;
        times.sort_by(f64::total_cmp);
        let at = |share: f64| figures::time(quantile(&times, share) * 1e6);
        Ok([name.to_owned(), at(0.5), at(0.95)])
    };
    let rows = [
        row("the letter is drawn", &first, "letter")?,
        row("… while a proof runs", &second, "letter")?,
        row("preview and what the compiler refuses", &first, "look")?,
        row("… while a proof runs", &second, "look")?,
        row(
            "all findings of the proof, of it 250 ms pause",
            &second,
            "prove",
        )?,
    ];
    println!("\n{}", table::table(&HEADER, &rows));
    Ok(())
}

/// The measuring program, and all it needs, as `serve` would build it.
fn browser(cx: &Context) -> Result<Program> {
    let release = cx.target.join("release");
    wasm::cargo_with_site(cx)?
        .args(["build", "--quiet", "--locked", "--release", "-p", "recueil"])
        .args(["--bin", "recueil", "--example", "install"])
        .run()?;
    cx.cargo()
        .args(["build", "--quiet", "--locked", "-p", "e2e", "--bin", NAME])
        .run()?;
    Ok(Program::new(cx.target.join("debug").join(NAME))
        .env("RECUEIL_PROGRAM", release.join("recueil"))
        .env("RECUEIL_INSTALL", release.join("examples/install"))
        .env("RECUEIL_GALLERY", ".")
        .env("RECUEIL_AXE", ".")
        .env("RECUEIL_EVIDENCE", cx.target.join("e2e"))
        .env("RECUEIL_CHROMEDRIVER", tools::chromedriver(cx)?))
}

/// The smallest of ascending numbers that a share of them does not exceed.
fn quantile(ascending: &[f64], share: f64) -> f64 {
    let at = (ascending.len() as f64 * share).ceil() as usize;
    ascending[at.clamp(1, ascending.len()) - 1]
}

#[cfg(test)]
mod tests {
    use super::quantile;

    #[test]
    fn a_quantile_is_one_of_the_numbers() {
        let numbers: Vec<f64> = (1..=20).map(f64::from).collect();
        assert_eq!(
            [0.05, 0.5, 0.95, 1.0].map(|it| quantile(&numbers, it)),
            [1.0, 10.0, 19.0, 20.0]
        );
        assert_eq!(quantile(&[7.0], 0.95), 7.0);
    }
}
