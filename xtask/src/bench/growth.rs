//! What a full proof costs as questionnaires grow: a table, and a plot of it.

use super::{figures, plot, table};
use crate::{context::Context, process::Program};
use anyhow::{Context as _, Result};
use serde_json::Value;
use std::{fs, path::PathBuf};

/// What it is called on the command line.
pub(super) const NAME: &str = "growth of proofs";
/// Where the plot is kept.
const PLOT: &str = "docs/growth-of-proofs.svg";

const ITEMS: [u64; 6] = [50, 100, 200, 500, 1_000, 2_000];
/// Conditions of an item, in tenths.
const CONDITIONS: u64 = 6;
/// The questionnaires of each size, by their seeds.
const SEEDS: [u64; 5] = [1, 2, 3, 4, 5];

const HEADER: [&str; 9] = [
    "items",
    "conditions",
    "goals",
    "time: median (least to most)",
    "of it on the processor",
    "steps",
    "formulas",
    "sheets",
    "peak memory",
];

/// One size, as its questionnaires came out.
struct Size {
    items: u64,
    /// Of each number the values, ascending.
    elapsed: Vec<f64>,
    processor: Vec<f64>,
    steps: Vec<f64>,
    formulas: Vec<f64>,
    goals: Vec<f64>,
    sheets: Vec<f64>,
    kibibytes: Vec<f64>,
    open: Vec<f64>,
}

/// Proves large questionnaires, each in a process of its own, and prints the table.
pub(super) fn run(cx: &Context) -> Result<()> {
    let program = built(cx)?;
    let mut sizes = Vec::new();
    for items in ITEMS {
        let lines: Result<Vec<Value>> = SEEDS
            .iter()
            .map(|seed| {
                let numbers = [items, conditions(items), *seed].map(|it| it.to_string());
                let printed = Program::new(&program).args(numbers).output()?;
                Ok(serde_json::from_str(&printed)?)
            })
            .collect();
        sizes.push(Size::of(items, &lines?)?);
    }
    let rows: Vec<_> = sizes.iter().map(Size::row).collect();
    println!("\n{}", table::table(&HEADER, &rows));
    for it in &sizes {
        if it.open.last().is_some_and(|it| *it > 0.0) {
            println!(
                "{} items: of one, {} goals stay open",
                it.items,
                it.open[it.open.len() - 1]
            );
        }
    }
    let points = |of: fn(&Size) -> f64| sizes.iter().map(|it| (it.items as f64, of(it))).collect();
    let panels = [
        plot::Panel {
            title: "Full proof, seconds on the processor".to_owned(),
            shown: figures::time_of_seconds,
            points: points(|it| median(&it.processor) / 1e9),
        },
        plot::Panel {
            title: "Peak memory, megabytes".to_owned(),
            shown: figures::megabytes,
            points: points(|it| median(&it.kibibytes) / 1024.0),
        },
    ];
    let drawn = plot::log_log("items", &panels);
    fs::write(cx.root.join(PLOT), drawn).with_context(|| format!("cannot write {PLOT}"))?;
    println!("{PLOT} is written");
    Ok(())
}

const fn conditions(items: u64) -> u64 {
    items * CONDITIONS / 10
}

/// The program that proves one and says what it cost.
fn built(cx: &Context) -> Result<PathBuf> {
    cx.cargo()
        .args([
            "build",
            "--quiet",
            "--locked",
            "--release",
            "-p",
            "proof",
            "--example",
            "growth",
        ])
        .run()?;
    Ok(cx.target.join("release/examples/growth"))
}

impl Size {
    fn of(items: u64, lines: &[Value]) -> Result<Self> {
        let all = |name: &str| -> Result<Vec<f64>> {
            let numbers = lines.iter().map(|it| it[name].as_f64());
            let numbers: Option<Vec<f64>> = numbers.collect();
            let mut numbers = numbers.with_context(|| format!("the program prints no {name}"))?;
            numbers.sort_by(f64::total_cmp);
            Ok(numbers)
        };
        Ok(Self {
            items,
            elapsed: all("elapsed")?,
            processor: all("processor")?,
            steps: all("steps")?,
            formulas: all("formulas")?,
            goals: all("goals")?,
            sheets: all("sheets")?,
            kibibytes: all("kibibytes")?,
            open: all("open")?,
        })
    }

    fn row(&self) -> [String; 9] {
        let [least, most] = [self.elapsed[0], self.elapsed[self.elapsed.len() - 1]];
        let time = figures::time(median(&self.elapsed));
        [
            figures::grouped(self.items as f64),
            figures::grouped(conditions(self.items) as f64),
            figures::grouped(median(&self.goals)),
            format!(
                "{time} ({} to {})",
                figures::time(least),
                figures::time(most)
            ),
            figures::time(median(&self.processor)),
            figures::grouped(median(&self.steps)),
            figures::grouped(median(&self.formulas)),
            figures::grouped(median(&self.sheets)),
            figures::megabytes(median(&self.kibibytes) / 1024.0),
        ]
    }
}

/// Of numbers in order.
fn median(them: &[f64]) -> f64 {
    them[them.len() / 2]
}
