//! Tallies of many responses: what they cost, beside other programs that count the same answers, and how cost grows.
//!
//! Ours are measured by `crates/tally/examples/tallies`, which writes its answers down for the others. Whoever counts
//! anything else is an error, not a figure.

mod grown;

use super::{Spread, figures, table};
use crate::{context::Context, process::Program, tools};
use anyhow::{Context as _, Result, bail};
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// What it is called on the command line.
pub(super) const NAME: &str = "tallies";
/// Ascending; the peers count as many as one of these.
const RESPONSES: [u64; 4] = [10_000, 100_000, 1_000_000, 10_000_000];
/// Where the aims hold, and what column stores count.
const MANY: u64 = 1_000_000;
/// What SurveyJS Dashboard counts: more takes it minutes.
const FEWER: u64 = 100_000;

/// The figures that a peer has too: what people read, what the programs call it, and the most nanoseconds that it may take.
const COMPARED: [(&str, &str, Option<f64>); 5] = [
    ("load", "load from sheets", None),
    ("all marginals", "marginals", Some(10e6)),
    ("a cross-tab of 10 × 10", "cross", Some(1.6e6)),
    ("… with a filter", "filtered", Some(1.8e6)),
    ("one appended response", "append", Some(5e3)),
];
/// The others.
const OWN: [(&str, &str); 4] = [
    ("load of evaluated responses", "load"),
    ("all marginals as tables", "marginals as tables"),
    ("all figures of a page, counted and drawn", "drawn"),
    ("one appended after a copy", "append after a copy"),
];

/// A program that counts the same answers.
struct Peer {
    name: String,
    /// What it printed, or why there is nothing.
    printed: Result<Value>,
}

/// Counts, compares and prints the tables.
///
/// # Errors
/// If something cannot be built or run, or if a peer counts something else. A peer that cannot be had is a line.
pub(super) fn run(cx: &Context) -> Result<()> {
    let program = built(cx)?;
    let folder = cx.target.join(NAME);
    fs::create_dir_all(&folder)?;
    let file = |n: u64| folder.join(format!("{n}.csv"));
    let mut ours = Vec::new();
    for n in RESPONSES {
        let command = Program::new(&program).arg(n.to_string());
        let printed = match n {
            MANY | FEWER => command.arg(file(n)).output()?,
            _ => command.output()?,
        };
        ours.push((n, serde_json::from_str::<Value>(&printed)?));
    }
    let of = |n: u64| {
        let found = ours.iter().find(|it| it.0 == n);
        found.map(|it| &it.1).context("it was measured")
    };
    let stores = [
        columns(cx, "DuckDB", tools::DUCKDB, &file(MANY)),
        columns(cx, "Polars", tools::POLARS, &file(MANY)),
    ];
    let dashboard = dashboard(cx, &file(FEWER));
    compare(of(MANY)?, MANY, &stores)?;
    compare(of(FEWER)?, FEWER, &[dashboard])?;
    own(of(MANY)?)?;
    grown::run(cx, &ours)
}

/// The program that counts ours.
fn built(cx: &Context) -> Result<PathBuf> {
    cx.cargo()
        .args(["build", "--quiet", "--locked", "--release"])
        .args(["-p", "tally", "--example", NAME])
        .run()?;
    Ok(cx.target.join("release/examples").join(NAME))
}

fn columns(cx: &Context, name: &str, package: &str, file: &Path) -> Peer {
    let printed = tools::python_with(cx, package).and_then(|python| {
        let script = cx.root.join("xtask/peers/columns.py");
        let command = Program::new(python).arg(script);
        printed(command.arg(name.to_lowercase()).arg(file))
    });
    Peer {
        name: name.to_owned(),
        printed,
    }
}

fn dashboard(cx: &Context, file: &Path) -> Peer {
    let printed = tools::survey_analytics(cx).and_then(|packages| {
        let script = cx.root.join("xtask/peers/dashboard.mjs");
        printed(
            Program::new(tools::node(cx)?)
                .arg(script)
                .arg(packages)
                .arg(file),
        )
    });
    Peer {
        name: "SurveyJS Dashboard".to_owned(),
        printed,
    }
}

fn printed(program: Program) -> Result<Value> {
    Ok(serde_json::from_str(&program.output()?)?)
}

/// Prints what ours and these take for the same work.
fn compare<const N: usize>(ours: &Value, n: u64, peers: &[Peer; N]) -> Result<()> {
    let present: Vec<(&Peer, &Value)> = peers
        .iter()
        .filter_map(|it| Some((it, it.printed.as_ref().ok()?)))
        .collect();
    for (peer, printed) in &present {
        if !agrees(&ours["counts"], &printed["counts"]) {
            bail!("{} does not count what we count", peer.name);
        }
    }
    let mut header = vec![
        format!("{} responses, 50 questions", figures::grouped(n as f64)),
        "ours".to_owned(),
    ];
    for (peer, printed) in &present {
        let version = printed["version"].as_str().unwrap_or_default();
        header.extend([format!("{} {version}", peer.name), "ratio".to_owned()]);
    }
    header.extend(["aim".to_owned(), String::new()]);
    let mut rows = Vec::new();
    for (name, key, aim) in COMPARED {
        let own = spread(ours, key).with_context(|| format!("there is no figure of {key}"))?;
        let mut row = vec![name.to_owned(), shown(own)];
        for (_, printed) in &present {
            let key = if key.starts_with("load") { "load" } else { key };
            let beside = spread(printed, key);
            row.push(beside.map_or_else(String::new, shown));
            row.push(beside.map_or_else(String::new, |it| figures::ratio(it.median / own.median)));
        }
        // Aims are those of a million.
        let aim = aim.filter(|_| n == MANY);
        let missed = aim.is_some_and(|most| own.median > most);
        row.push(aim.map_or_else(String::new, |it| format!("≤ {}", figures::time(it))));
        row.push(if missed { "missed" } else { "" }.to_owned());
        rows.push(row);
    }
    println!("\n{}", table::of_rows(&header, &rows));
    for peer in peers {
        match &peer.printed {
            Ok(_) => println!("{} counts the same.", peer.name),
            Err(error) => println!("{} is not measured: {error:#}", peer.name),
        }
    }
    Ok(())
}

/// Whether a peer counts the same, as far as it counts: what it does not is null.
fn agrees(ours: &Value, theirs: &Value) -> bool {
    match (ours, theirs) {
        (_, Value::Null) => true,
        (Value::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(a, b)| agrees(a, b))
        }
        (Value::Object(ours), Value::Object(theirs)) => ours
            .iter()
            .all(|(name, it)| theirs.get(name).is_some_and(|theirs| agrees(it, theirs))),
        _ => ours.as_f64().is_some() && ours.as_f64() == theirs.as_f64(),
    }
}

/// What has no counterpart, and how near memory's limits it is.
fn own(ours: &Value) -> Result<()> {
    for (name, key) in OWN {
        let it = spread(ours, key).with_context(|| format!("there is no figure of {key}"))?;
        println!("{name}: {}", shown(it));
    }
    let number = |it: &Value| it.as_f64().context("the program prints numbers");
    let (read, shared) = (
        number(&ours["memory"]["read"])?,
        number(&ours["memory"]["shared"])?,
    );
    let bytes = number(&ours["bytes"])?;
    let marginals = spread(ours, "marginals").context("marginals are measured")?;
    println!(
        "memory: a large array is read at {read:.1} GB/s, two sets in cache are joined and counted at {shared:.1} GB/s"
    );
    println!(
        "all marginals read {} at {:.1} GB/s; from memory they cannot take less than {}",
        figures::megabytes(bytes / 1e6),
        bytes / marginals.median,
        figures::time(bytes / read)
    );
    Ok(())
}

/// A figure, wherever a program prints it; what was done once is its own fastest tenth.
fn spread(printed: &Value, key: &str) -> Option<Spread> {
    let found = [&printed["figures"][key], &printed[key]];
    found.into_iter().find_map(|it| {
        let once = it.as_f64();
        Some(Spread {
            median: it["median"].as_f64().or(once)?,
            fastest_tenth: it["fastest_tenth"].as_f64().or(once)?,
        })
    })
}

fn shown(it: Spread) -> String {
    let (median, fastest) = (figures::time(it.median), figures::time(it.fastest_tenth));
    if median == fastest {
        median
    } else {
        format!("{median} ({fastest})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn who_counts_something_else_does_not_agree() {
        let ours = json!({"marginals": [[3, 1.5, 2]], "cross": [[1, 0]]});
        let agree = |theirs: Value| agrees(&ours, &theirs);
        assert!(agree(
            json!({"marginals": [[3.0, 1.5, null]], "cross": null})
        ));
        assert!(!agree(
            json!({"marginals": [[3, 1.5, 1]], "cross": [[1, 0]]})
        ));
        assert!(!agree(json!({"marginals": [[3, 1.5]], "cross": [[1, 0]]})));
        assert!(
            !agree(json!({"marginals": [[3, 1.5, 2]]})),
            "a figure is missing"
        );
    }

    #[test]
    fn what_was_done_once_is_a_figure() {
        let printed = json!({"load": 7, "figures": {"cross": {"median": 3, "fastest_tenth": 2}}});
        let median = |key| spread(&printed, key).map(|it| it.median);
        assert_eq!(
            ["load", "cross", "filtered"].map(median),
            [Some(7.0), Some(3.0), None]
        );
    }
}
