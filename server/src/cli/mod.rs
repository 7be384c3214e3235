//! The command line, a contract with whoever calls it from outside: commands, exit codes and
//! output are those of the README.
//!
//! Reading order: [`main`] → one file a command. Commands print data on standard output and what
//! there is to say about it on standard error.

mod admissibility;
mod answers;
mod backup;
mod check;
mod cohort;
mod data;
mod evaluate;
mod export;
mod impact;
mod import;
mod invite;
#[cfg(feature = "oidc")]
mod openid;
mod output;
mod print;
mod rehearsal;
mod retention;
mod routes;
mod serve;
mod tally;
mod user;
mod wave;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use expr::Lang;

pub(crate) use output::{Exit, Format};

/// Questionnaires as data: check them, field them, count them.
#[derive(Debug, Parser)]
#[command(name = "recueil", version, about)]
struct Cli {
    /// Language of messages and labels.
    #[arg(long, global = true, default_value = "fr", value_parser = language)]
    lang: Lang,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve studies to respondents and the team.
    Serve(serve::Serve),
    /// Check questionnaire files, and prove that every branch can be walked.
    Check(check::Check),
    /// Make synthetic respondents: a few who go through everything, or many plausible ones.
    Cohort(cohort::Cohort),
    /// Say who is asked what, by which answers, and draw it: the branch graph.
    Routes(routes::Routes),
    /// Put a questionnaire on paper, with the routing written out: HTML or PDF.
    Print(print::Print),
    /// Say what a new version of a questionnaire changes, and for whom.
    Impact(impact::Impact),
    /// Say what each answer sheet amounts to: slots, off-path answers, failures.
    Evaluate {
        /// The questionnaire.
        file: PathBuf,
        /// Answer sheets, one a line; `-` or nothing for standard input.
        answers: Option<PathBuf>,
        /// How to print.
        #[arg(long)]
        format: Option<Format>,
    },
    /// Count answer sheets.
    Tally(tally::Tally),
    /// Bring answer sheets into a wave.
    Import(import::Import),
    /// Take a wave's responses out.
    Export(export::Export),
    /// Take in a sample, send invitations and reminders, say who has answered.
    Invite(invite::Invite),
    /// Settle who may answer a wave.
    Wave(wave::Wave),
    /// Do away with a wave's rehearsal.
    Rehearsal(rehearsal::Rehearsal),
    /// Accounts of the team, and their roles in studies.
    User(user::User),
    /// Set responses aside, with a reason, or count them again.
    Admissibility(admissibility::Admissibility),
    /// Say for how many days what belongs to a wave is kept.
    Retention(retention::Retention),
    /// Write a copy of the database to a file (SQLite).
    Backup(backup::Backup),
    /// Put a copy of the database back; what was erased since is erased again (SQLite).
    Restore(backup::Restore),
    /// Print the ledger of erasures, or erase again what one says.
    Erasures(backup::Erasures),
}

fn language(text: &str) -> Result<Lang, String> {
    match text {
        "fr" => Ok(Lang::Fr),
        "en" => Ok(Lang::En),
        _ => Err("fr ou en".to_owned()),
    }
}

/// Runs the program with its arguments.
#[must_use]
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let exit = if error.use_stderr() {
                Exit::Usage
            } else {
                Exit::Done
            };
            // A closed standard error changes nothing about the exit code.
            let _ = error.print();
            return exit.into();
        }
    };
    let lang = cli.lang;
    let done = match cli.command {
        Command::Serve(it) => it.run(),
        Command::Check(it) => it.run(lang),
        Command::Cohort(it) => it.run(lang),
        Command::Routes(it) => it.run(lang),
        Command::Print(it) => it.run(lang),
        Command::Impact(it) => it.run(lang),
        Command::Evaluate {
            file,
            answers,
            format,
        } => evaluate::run(&file, answers.as_deref(), Format::or_detect(format), lang),
        Command::Tally(it) => it.run(lang),
        Command::Import(it) => it.run(lang),
        Command::Export(it) => it.run(lang),
        Command::Invite(it) => it.run(lang),
        Command::Wave(it) => it.run(lang),
        Command::Rehearsal(it) => it.run(lang),
        Command::User(it) => it.run(lang),
        Command::Admissibility(it) => it.run(lang),
        Command::Retention(it) => it.run(lang),
        Command::Backup(it) => it.run(),
        Command::Restore(it) => it.run(lang),
        Command::Erasures(it) => it.run(lang),
    };
    match done {
        Ok(exit) => exit.into(),
        Err(error) if output::is_broken_pipe(&error) => Exit::Done.into(),
        Err(error) => {
            output::complain(&error);
            Exit::Errors.into()
        }
    }
}
