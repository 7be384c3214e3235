//! `cargo xtask bench`: every benchmark, a peer where one runs here, and one table at the end.
//!
//! Our figures are criterion's; the peer's come from a script in `xtask/peers` that does the same work. Both are
//! medians, with the fastest tenth beside them: on a machine that does other things too, that is what the work costs
//! when it is left alone.

mod figures;
mod growth;
mod keystrokes;
mod plot;
mod table;
mod tallies;

use crate::{context::Context, process::Program, steps::Steps, tools, wasm};
use anyhow::{Context as _, Result};
use figures::{FIGURES, Figure};
use serde_json::Value;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// A system that does some of the same work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Peer {
    /// `survey-core`, the model of SurveyJS, in Node.
    #[value(name = "surveyjs")]
    SurveyJs,
}

impl Peer {
    /// The packages whose benchmarks measure what it does too.
    const fn packages(self) -> &'static [&'static str] {
        match self {
            Self::SurveyJs => &["expr", "questionnaire"],
        }
    }
}

/// What was measured of one figure, in nanoseconds.
#[derive(Clone, Copy)]
struct Spread {
    median: f64,
    /// Nine tenths of the samples took longer.
    fastest_tenth: f64,
}

/// By criterion's name: when it was measured, and what.
type Measured = BTreeMap<String, (SystemTime, Spread)>;

/// Runs every benchmark of the workspace, then the peer, then prints the table. Where a peer is
/// named, only what it does too is measured.
///
/// # Errors
/// If a benchmark fails, or if the peer that is named cannot be had. One that is not named and
/// cannot be had is a line below the table.
pub(crate) fn run(
    cx: &Context,
    steps: &mut Steps,
    peer: Option<Peer>,
    args: &[String],
) -> Result<()> {
    if peer.is_none() && args == [growth::NAME] {
        return steps.run(growth::NAME, || growth::run(cx));
    }
    if peer.is_none() && args == [tallies::NAME] {
        return steps.run(tallies::NAME, || tallies::run(cx));
    }
    if peer.is_none() && args == [keystrokes::NAME] {
        wasm::build(cx, steps)?;
        return steps.run(keystrokes::NAME, || keystrokes::run(cx));
    }
    let before = measured(cx)?;
    let beside = peer.map(|it| (it.packages(), compared()));
    for (package, bench) in benchmarks(cx)? {
        if beside
            .as_ref()
            .is_some_and(|(packages, _)| !packages.contains(&package.as_str()))
        {
            continue;
        }
        let filter = beside.iter().filter(|_| args.is_empty()).map(|it| &it.1);
        steps.run(&format!("{package}: {bench}"), || {
            // As `serve` builds it, so that the program is compiled once and pages are as long as they are.
            wasm::cargo_with_site(cx)
                .unwrap_or_else(|_| cx.cargo())
                .args([
                    "bench", "--quiet", "--locked", "-p", &package, "--bench", &bench, "--",
                ])
                .args(args)
                .args(filter)
                .run()
        })?;
    }
    let mut ours = measured(cx)?;
    ours.retain(|name, (when, _)| before.get(name).is_none_or(|(then, _)| then != when));
    let wanted: Vec<&Figure> = FIGURES
        .iter()
        .filter(|it| ours.contains_key(it.ours) && (peer.is_none() || it.peer.is_some()))
        .collect();
    let is_named = peer.is_some();
    let peer = if wanted.iter().any(|it| it.peer.is_some()) {
        steps.run("SurveyJS", || Ok(surveyjs(cx)))?
    } else {
        Ok(BTreeMap::new())
    };
    let (peer, missing) = match peer {
        Ok(peer) => (peer, None),
        Err(error) if is_named => return Err(error),
        Err(error) => (BTreeMap::new(), Some(error)),
    };
    let rows: Vec<_> = wanted
        .into_iter()
        .map(|it| {
            let beside = it.peer.and_then(|at| peer.get(at));
            it.row(ours[it.ours].1, beside.copied())
        })
        .collect();
    println!("\n{}", table::table(&figures::HEADER, &rows));
    if let Some(error) = missing {
        println!("SurveyJS is not measured: {error:#}");
    }
    if !is_named && args.is_empty() {
        steps.run(growth::NAME, || growth::run(cx))?;
        steps.run(tallies::NAME, || tallies::run(cx))?;
        wasm::build(cx, steps)?;
        steps.run(keystrokes::NAME, || keystrokes::run(cx))?;
    }
    Ok(())
}

/// The names of the benchmarks that a peer does too, as criterion takes them: any of these.
fn compared() -> String {
    let names = FIGURES.iter().filter(|it| it.peer.is_some());
    let names: Vec<&str> = names.map(|it| it.ours).collect();
    format!("^({})$", names.join("|"))
}

/// What SurveyJS needs for the same work, by the names of its script.
fn surveyjs(cx: &Context) -> Result<BTreeMap<String, Spread>> {
    let printed = Program::new(tools::node(cx)?)
        .arg(cx.root.join("xtask/peers/surveyjs.mjs"))
        .arg(tools::survey_core(cx)?)
        .output()?;
    let printed: Value = serde_json::from_str(&printed)?;
    let figures = printed["figures"]
        .as_object()
        .context("the script prints figures")?;
    figures
        .iter()
        .map(|(name, it)| {
            let number = |key: &str| it[key].as_f64().context("a figure is a number");
            let spread = Spread {
                median: number("median")?,
                fastest_tenth: number("fastest_tenth")?,
            };
            Ok((name.clone(), spread))
        })
        .collect()
}

/// Everything that criterion has measured in this target folder, now or before.
fn measured(cx: &Context) -> Result<Measured> {
    let mut found = Measured::new();
    for folder in results(&cx.target.join("criterion")) {
        let when = fs::metadata(folder.join("estimates.json"))?.modified()?;
        let read = |file| -> Result<Value> {
            let text = fs::read_to_string(folder.join(file))?;
            Ok(serde_json::from_str(&text)?)
        };
        let (name, estimates, sample) = (
            read("benchmark.json")?,
            read("estimates.json")?,
            read("sample.json")?,
        );
        let name = name["full_id"].as_str().unwrap_or_default().to_owned();
        let spread = Spread {
            median: estimates["median"]["point_estimate"]
                .as_f64()
                .with_context(|| format!("criterion estimates no median of {name}"))?,
            fastest_tenth: fastest_tenth(&sample)
                .with_context(|| format!("criterion keeps no sample of {name}"))?,
        };
        found.insert(name, (when, spread));
    }
    Ok(found)
}

fn fastest_tenth(sample: &Value) -> Option<f64> {
    let times = sample["times"].as_array()?.iter().filter_map(Value::as_f64);
    let counts = sample["iters"].as_array()?.iter().filter_map(Value::as_f64);
    let mut each: Vec<f64> = times.zip(counts).map(|(time, n)| time / n).collect();
    each.sort_by(f64::total_cmp);
    each.get(each.len() / 10).copied()
}

/// The folders of the latest results, at any depth: groups are folders in folders.
fn results(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.ends_with("new") && path.join("estimates.json").is_file() {
            found.push(path);
        } else if path.is_dir() {
            found.extend(results(&path));
        }
    }
    found
}

/// `(package, bench)` of every `[[bench]]`.
fn benchmarks(cx: &Context) -> Result<Vec<(String, String)>> {
    let metadata = cx
        .cargo()
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .output()?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let mut found = Vec::new();
    for package in metadata["packages"]
        .as_array()
        .context("cargo metadata lists packages")?
    {
        for target in package["targets"].as_array().into_iter().flatten() {
            if target["kind"][0] == "bench" {
                let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                found.push((text(&package["name"]), text(&target["name"])));
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_peer_is_asked_for_by_its_name() {
        use clap::ValueEnum as _;
        assert_eq!(Peer::from_str("surveyjs", false), Ok(Peer::SurveyJs));
        assert!(Peer::from_str("limesurvey", false).is_err());
    }

    #[test]
    fn what_a_peer_does_too_is_measured() {
        let names = compared();
        assert!(names.contains("|one answer change/50 items|"));
        assert!(names.contains("|one answer change/500 items|"));
        assert!(!names.contains("tally"));
        // Names are put into a pattern as they are.
        assert!(!names.contains(['.', '+', '*', '?', '[', '\\']));
    }
}
