//! `recueil tally FILE ANSWERS.ndjson [--item I] [--by J] [--where EXPR] [--unit U]`

use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use expr::Lang;
use questionnaire::instrument::Kind;
use questionnaire::{Engine, Evaluation, FailureCode, Severity};
use serde_json::json;
use tally::{Figures, Filter, Level, Options, Plan, Table};

use super::answers;
use super::output::{self, Exit, Format, shown};

#[derive(Debug, Args)]
pub(super) struct Tally {
    /// The questionnaire.
    file: PathBuf,
    /// Answer sheets, one a line; `-` for standard input.
    answers: PathBuf,
    /// Only this item.
    #[arg(long)]
    item: Option<String>,
    /// Columns for each answer to this item.
    #[arg(long)]
    by: Option<String>,
    /// Only responses for which this condition holds.
    #[arg(long = "where", value_name = "EXPR")]
    filter: Option<String>,
    /// Only tables that count this unit: `respondent`, or a roster.
    #[arg(long)]
    unit: Option<String>,
    /// With intervals of this level in percent (90, 95 or 99), and what differs between columns.
    #[arg(long, value_name = "PERCENT", value_parser = level)]
    level: Option<Level>,
    /// How to print.
    #[arg(long)]
    format: Option<Format>,
}

impl Tally {
    pub(super) fn run(self, lang: Lang) -> anyhow::Result<Exit> {
        let Some(engine) = output::engine(&self.file, lang) else {
            return Ok(Exit::Errors);
        };
        let roster = self.unit.as_deref().and_then(|it| roster(&engine, it));
        let filter = match self.filter.as_deref().map(|it| filter(&engine, it, roster)) {
            None => None,
            Some(Ok(it)) => Some(it),
            Some(Err(diagnostics)) => {
                for it in diagnostics {
                    let column = it.span.start + 1;
                    eprintln!("--where:{column}: {} : {}", it.code, it.message(lang));
                    if let Some(it) = it.suggestion {
                        eprintln!("    → {it}");
                    }
                }
                return Ok(Exit::Errors);
            }
        };
        let options = Options {
            item: self.item,
            by: self.by,
            unit: self.unit,
            filter,
            level: self.level,
            ..Options::default()
        };
        let plan = match Plan::new(&engine, options) {
            Ok(plan) => plan,
            Err(error) => {
                eprintln!("{} : {}", error.code(), error.message(lang));
                return Ok(Exit::Errors);
            }
        };
        let answers = answers::read(&engine, &answers::open(Some(&self.answers))?, lang)?;
        let n_rehearsed = answers.sheets.iter().filter(|it| it.meta.is_rehearsal());
        let n_rehearsed = n_rehearsed.count();
        let is_rehearsal = n_rehearsed > 0;
        if is_rehearsal && n_rehearsed < answers.sheets.len() {
            match lang {
                Lang::Fr => eprintln!(
                    "recueil : {n_rehearsed} feuille(s) viennent d’une répétition et ne se comptent pas avec les autres"
                ),
                Lang::En => eprintln!(
                    "recueil: {n_rehearsed} sheet(s) come from a rehearsal and are not counted with the others"
                ),
            }
            return Ok(Exit::Errors);
        }
        let mut tally = tally::Tally::new(Arc::new(plan));
        let mut n_failing = 0;
        for sheet in &answers.sheets {
            let loaded = engine.load(sheet);
            n_failing += usize::from(!loaded.misfits.is_empty() || is_wrong(&loaded.evaluation));
            tally.add(&loaded.evaluation);
        }
        if n_failing > 0 {
            // Counted as they are: `import` would have refused them.
            match lang {
                Lang::Fr => eprintln!(
                    "recueil : {n_failing} feuille(s) ne conviennent pas au questionnaire et sont comptées telles quelles ; `recueil evaluate` dit pourquoi"
                ),
                Lang::En => eprintln!(
                    "recueil: {n_failing} sheet(s) do not fit the questionnaire and are counted as they are; `recueil evaluate` says why"
                ),
            }
        }
        let tables = tally.tables(lang.code());
        match Format::or_detect(self.format) {
            Format::Json if is_rehearsal => {
                output::json(&json!({ "rehearsal": true, "tables": tables }))?;
            }
            Format::Json => output::json(&json!({ "tables": tables }))?,
            Format::Text => {
                let heading = is_rehearsal.then_some(match lang {
                    Lang::Fr => "RÉPÉTITION\u{202f}: réponses fictives, à ne pas diffuser",
                    Lang::En => "REHEARSAL: made-up responses, not to be passed on",
                });
                print(heading, &tables)?;
            }
        }
        Ok(if answers.n_broken > 0 {
            Exit::Errors
        } else {
            Exit::Done
        })
    }
}

/// Whether an answer is given that is none. What is missing is a matter of bases, not of this.
fn is_wrong(evaluation: &Evaluation<'_>) -> bool {
    let mut failures = evaluation.failures().into_iter();
    failures.any(|it| it.severity == Severity::Hard && it.code != FailureCode::Required)
}

/// A level that there are intervals of.
fn level(percent: &str) -> Result<Level, String> {
    let level = percent.parse().ok().and_then(Level::of_percent);
    level.ok_or_else(|| "90, 95, 99".to_owned())
}

/// The position of the roster with this id.
fn roster(engine: &Engine, id: &str) -> Option<u32> {
    match engine.instrument.item(id)?.kind {
        Kind::Roster { roster } => Some(roster),
        _ => None,
    }
}

/// A condition on respondents, else on the units of the roster that is counted.
fn filter(
    engine: &Engine,
    source: &str,
    roster: Option<u32>,
) -> Result<Filter, Vec<expr::Diagnostic>> {
    match questionnaire::condition(engine, source, None) {
        Ok(it) => Ok(Filter {
            program: it.program,
            roster: None,
        }),
        Err(found) if roster.is_none() => Err(found),
        Err(_) => questionnaire::condition(engine, source, roster).map(|it| Filter {
            program: it.program,
            roster,
        }),
    }
}

fn print(heading: Option<&str>, tables: &[Table]) -> anyhow::Result<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    if let Some(heading) = heading {
        writeln!(out, "{heading}\n")?;
    }
    for table in tables {
        writeln!(out, "{} — {}", table.item, shown(&table.label))?;
        figures(&mut out, &table.figures)?;
        for column in table.columns.iter().flatten() {
            let by = table.by.as_ref().map_or("", |it| it.item.as_str());
            writeln!(out, "  {by} = {} — {}", column.code, shown(&column.label))?;
            figures(&mut out, &column.figures)?;
        }
        writeln!(out)?;
    }
    out.flush()?;
    Ok(())
}

fn figures(out: &mut impl Write, it: &Figures) -> std::io::Result<()> {
    let base = &it.base;
    writeln!(
        out,
        "  responses {} · eligible {} · asked {} · answered {} · dont_know {} · refused {} · no_answer {} · not_asked {} · not_reached {}",
        base.responses(),
        base.eligible(),
        base.asked(),
        base.answered(),
        base.dont_know(),
        base.refused(),
        base.no_answer(),
        base.not_asked(),
        base.not_reached(),
    )?;
    let percent = |it: Option<f64>| it.map_or_else(|| "—".to_owned(), |it| format!("{it:.1} %"));
    for row in &it.rows {
        let (asked, answered) = (percent(row.pct_asked), percent(row.pct_answered));
        writeln!(
            out,
            "  {:>6} {asked:>8} {answered:>8}{}  {} — {}",
            row.n,
            precision(row),
            row.code,
            shown(&row.label)
        )?;
    }
    for net in &it.nets {
        let (asked, answered) = (percent(net.pct_asked), percent(net.pct_answered));
        writeln!(
            out,
            "  {:>6} {asked:>8} {answered:>8}  = {} — {}",
            net.n,
            net.id,
            shown(&net.label)
        )?;
    }
    if let Some(stats) = &it.stats {
        writeln!(
            out,
            "  {}",
            serde_json::to_string(stats).unwrap_or_default()
        )?;
    }
    Ok(())
}

/// Where a percentage of the asked may lie, and that it differs from the other columns.
fn precision(row: &tally::Row) -> String {
    let mark = match &row.differs {
        None => "",
        Some(it) if it.points > 0.0 => " ▲",
        Some(_) => " ▼",
    };
    match &row.interval {
        None => mark.to_owned(),
        Some(it) => format!("  [{:.1} – {:.1}]{mark}", it.low, it.high),
    }
}
