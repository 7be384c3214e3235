//! The project's tasks. Two of them are all a newcomer needs:
//!
//! ```text
//! cargo xtask serve     install what is missing, build everything, serve on embedded SQLite
//! cargo xtask test      install what is missing, then every check and test CI runs
//! ```
//!
//! Reading order: `main` (the list of tasks) → [`serve`] and [`verify`] (what they are made of) →
//! [`wasm`] (how the browser's files are made) → [`tools`] (what is installed, and how).

mod bench;
mod check;
mod codegen;
mod context;
mod one_engine;
mod postgres;
mod process;
mod serve;
mod steps;
mod tools;
mod verify;
mod wasm;

use anyhow::Result;
use clap::{Parser, Subcommand};
use context::{Context, Settings};
use std::process::ExitCode;
use steps::Steps;

/// Recueil's tasks.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build everything in release and serve; what follows `--` goes to `recueil serve`.
    Serve {
        /// Build without optimisation: starts sooner, answers slower.
        #[arg(long)]
        debug: bool,
        /// For example `-- --listen 0.0.0.0:8080`.
        #[arg(last = true)]
        args: Vec<String>,
    },
    /// Run every check and test that CI runs.
    Test {
        /// Leave out a part, for machines that cannot have it; CI never does.
        #[arg(long, value_enum)]
        skip: Vec<verify::Part>,
    },
    /// Formatting, lints (server and WASM apart), dependency arrows, generated artefacts.
    Check,
    /// Build the files browsers download into `target/site`.
    Wasm,
    /// Measure speed, beside a peer where one runs here; what follows `--` goes to the benchmarks.
    Bench {
        /// Measure only what this peer does too, and print it side by side.
        #[arg(long, value_enum)]
        peer: Option<bench::Peer>,
        /// For example `-- tally`.
        #[arg(last = true)]
        args: Vec<String>,
    },
    /// Measure, in Chromium, what a respondent downloads; fail above the budget.
    Size,
    /// Features in French sentences, in a real browser; what follows `--` goes to cucumber.
    E2e {
        /// For example `-- --tags @nojs`.
        #[arg(last = true)]
        args: Vec<String>,
    },
    /// Take the pictures of the README, in Chromium, into `docs/pictures`.
    Pictures,
    /// Run a command with a throw-away Postgres, as in `cargo xtask postgres -- cargo test -p store`.
    Postgres {
        /// The command and its arguments.
        #[arg(last = true, required = true)]
        command: Vec<String>,
    },
    /// Replay random cases natively and in the shipped WASM, and compare.
    OneEngine {
        /// How many cases.
        #[arg(long, default_value_t = 100_000)]
        cases: u32,
    },
    /// Write the generated artefacts; `--check` only compares.
    Codegen {
        /// Fail if one is out of date, write nothing.
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The chain of causes; a backtrace, which `main` returning the error may print, says nothing here.
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Result<()> {
    let cx = Context::new(cli.settings)?;
    let mut steps = Steps::default();
    let result = match cli.task {
        Task::Serve { debug, args } => return serve::serve(&cx, &mut steps, debug, &args),
        Task::Test { skip } => verify::test(&cx, &mut steps, &skip),
        Task::Check => check::check(&cx, &mut steps)
            .and_then(|()| steps.run("arrows and tidiness", || check::own_tests(&cx))),
        Task::Wasm => wasm::build(&cx, &mut steps),
        Task::Bench { peer, args } => bench::run(&cx, &mut steps, peer, &args),
        Task::Size => verify::size(&cx, &mut steps),
        Task::E2e { args } => verify::e2e(&cx, &mut steps, &args),
        Task::Pictures => verify::pictures(&cx, &mut steps),
        Task::Postgres { command } => verify::with_postgres(&cx, &mut steps, &command),
        Task::OneEngine { cases } => wasm::build(&cx, &mut steps)
            .and_then(|()| steps.run("one engine", || one_engine::compare(&cx, cases))),
        Task::Codegen { check } => {
            steps.run("generated artefacts", || codegen::artefacts(&cx, check))
        }
    };
    steps.summary();
    result
}
