//! How the cost of tallies grows with the number of responses: a table, and a plot of it.

use super::spread;
use crate::bench::{figures, plot, table};
use crate::context::Context;
use anyhow::{Context as _, Result};
use serde_json::Value;
use std::fs;

/// Where the plot is kept.
const PLOT: &str = "docs/growth-of-tallies.svg";

const HEADER: [&str; 8] = [
    "responses",
    "load of evaluated ones",
    "bytes each",
    "resident, each",
    "all marginals",
    "cross-tab",
    "… with a filter",
    "one appended",
];

/// Prints how cost grows with the number of responses, and draws it.
pub(super) fn run(cx: &Context, ours: &[(u64, Value)]) -> Result<()> {
    let median = |it: &Value, key: &str| {
        let spread = spread(it, key);
        spread
            .map(|it| it.median)
            .with_context(|| format!("there is no figure of {key}"))
    };
    let each = |it: &Value, key: &str, n: u64| {
        let bytes = it[key].as_f64();
        bytes.map_or_else(String::new, |it| format!("{:.1}", it / n as f64))
    };
    let mut rows = Vec::new();
    for (n, it) in ours {
        let time = |key| median(it, key).map(figures::time);
        rows.push([
            figures::grouped(*n as f64),
            time("load")?,
            each(it, "bytes", *n),
            each(it, "resident", *n),
            time("marginals")?,
            time("cross")?,
            time("filtered")?,
            time("append")?,
        ]);
    }
    println!("\n{}", table::table(&HEADER, &rows));
    let points = |key: &str, unit: f64| -> Result<Vec<(f64, f64)>> {
        let points = ours
            .iter()
            .map(|(n, it)| Ok((*n as f64, median(it, key)? / unit)));
        points.collect()
    };
    let memory = ours.iter().map(|(n, it)| {
        let bytes = it["bytes"].as_f64().context("the program prints bytes")?;
        Ok((*n as f64, bytes / 1e6))
    });
    let panel = |title: &str, shown, points| plot::Panel {
        title: title.to_owned(),
        shown,
        points,
    };
    let seconds = figures::time_of_seconds;
    let panels = [
        panel(
            "All marginals of 50 questions",
            seconds,
            points("marginals", 1e9)?,
        ),
        panel("A cross-tab of 10 × 10", seconds, points("cross", 1e9)?),
        panel(
            "Memory, megabytes",
            figures::megabytes,
            memory.collect::<Result<_>>()?,
        ),
    ];
    let drawn = plot::log_log("responses", &panels);
    fs::write(cx.root.join(PLOT), drawn).with_context(|| format!("cannot write {PLOT}"))?;
    println!("{PLOT} is written");
    Ok(())
}
