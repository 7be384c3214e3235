//! Named steps with their durations.

use anyhow::{Context as _, Result};
use std::time::{Duration, Instant};

/// The steps run so far.
#[derive(Default)]
pub(crate) struct Steps(Vec<(String, Duration)>);

impl Steps {
    /// Runs one step, says so, and keeps its duration.
    pub(crate) fn run<T>(&mut self, name: &str, step: impl FnOnce() -> Result<T>) -> Result<T> {
        eprintln!("▸ {name}");
        let start = Instant::now();
        let result = step();
        let took = start.elapsed();
        let mark = if result.is_ok() { '✓' } else { '✗' };
        eprintln!("{mark} {name} ({:.1} s)", took.as_secs_f64());
        self.0.push((format!("{mark} {name}"), took));
        result.with_context(|| format!("the step « {name} » failed"))
    }

    /// Prints a line per step and the total.
    pub(crate) fn summary(&self) {
        eprintln!();
        for (name, took) in &self.0 {
            eprintln!("{:>8.1} s  {name}", took.as_secs_f64());
        }
        let total: Duration = self.0.iter().map(|(_, took)| *took).sum();
        eprintln!("{:>8.1} s  in all", total.as_secs_f64());
    }
}
