//! `recueil routes FILE [--format json|text|dot|svg] [--budget STEPS]`

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use clap::Args;
use expr::Lang;
use proof::graph::Reach;
use proof::{Base, Bases, Budget, Goal, Proof, Sentences};
use serde_json::{Value, json};

use super::output::{self, Exit};
use crate::branches::{graph, grouped};

/// How to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum As {
    /// For programs.
    Json,
    /// An outline for people.
    Text,
    /// The graph, for Graphviz.
    Dot,
    /// The graph, as a drawing.
    Svg,
}

#[derive(Debug, Args)]
pub(super) struct Routes {
    /// The questionnaire.
    file: PathBuf,
    /// How to print; by default text on a terminal, JSON elsewhere.
    #[arg(long)]
    format: Option<As>,
    /// How many steps the proof may take.
    #[arg(long, value_name = "STEPS", default_value_t = Budget::DEFAULT_STEPS)]
    budget: u64,
}

impl Routes {
    pub(super) fn run(self, lang: Lang) -> anyhow::Result<Exit> {
        let Some(engine) = output::engine(&self.file, lang) else {
            return Ok(Exit::Errors);
        };
        let mut proof = proof::prove(&engine, &Budget::new(self.budget));
        let bases = proof.bases();
        let routes = proof.routes();
        let mut unproven = proof.unproven();
        if !bases.proven {
            unproven.push("bases".to_owned());
        }
        if routes.is_none() {
            unproven.push("routes".to_owned());
        }
        let on_terminal = std::io::stdout().is_terminal();
        let default = if on_terminal { As::Text } else { As::Json };
        let graph = || graph(&proof.branches(&bases, lang), lang);
        let mut out = std::io::stdout().lock();
        match self.format.unwrap_or(default) {
            As::Json => {
                let it = told(&proof, &bases, routes.as_ref(), &unproven, lang);
                output::json(&it)?;
            }
            As::Text => {
                let counted = counted(routes.as_ref(), lang);
                writeln!(out, "{counted}")?;
                if let Some(it) = proof.duration(lang.code()) {
                    writeln!(out, "{}", time_to_answer(&it, lang))?;
                }
                if !unproven.is_empty() {
                    writeln!(out, "{}", left_open(&unproven, lang))?;
                }
                write!(out, "\n{}", graph().to_text())?;
                print_bases(&mut out, &proof, &bases, lang)?;
            }
            As::Dot => write!(out, "{}", graph().to_dot())?,
            As::Svg => writeln!(out, "{}", graph().svg_file())?,
        }
        Ok(if unproven.is_empty() {
            Exit::Done
        } else {
            Exit::Notices
        })
    }
}

/// What the contract says of `routes`.
fn told(
    proof: &Proof<'_>,
    bases: &Bases,
    routes: Option<&proof::Routes>,
    unproven: &[String],
    lang: Lang,
) -> Value {
    let engine = proof.engine();
    let sentences = Sentences::new(engine, lang);
    let items = (0u32..).zip(&engine.instrument.items).map(|(ix, item)| {
        let at = bases.of_item[ix as usize];
        let base = &bases.list[at];
        json!({
            "id": item.id,
            "reachable": proof.status(Goal::Item(ix)).truth(),
            "always": proof.reach(ix) == Reach::Always,
            "witness": proof.witness(Goal::Item(ix)).map(witness),
            "universe": base.universe(&sentences),
            "expression": base.expression(),
            "base": at + 1,
        })
    });
    let id = |it: &u32| engine.instrument.items[*it as usize].id.as_str();
    let one = |(at, it): (usize, &Base)| {
        json!({
            "id": at + 1,
            "unit": it.unit.as_ref().map(id),
            "expression": it.expression(),
            "universe": it.universe(&sentences),
            "items": it.items.iter().map(id).collect::<Vec<_>>(),
            "within": it.within.map(|it| it + 1),
            "comparable": bases.comparable(at).iter().map(|it| it + 1).collect::<Vec<_>>(),
        })
    };
    json!({
        "items": items.collect::<Vec<_>>(),
        "bases": bases.list.iter().enumerate().map(one).collect::<Vec<_>>(),
        "routes": {
            "count": routes.map(|it| it.count.to_string()),
            "shortest": routes.map(|it| it.shortest),
            "longest": routes.map(|it| it.longest),
        },
        "duration": proof.duration(lang.code()),
        "proven": unproven.is_empty(),
        "unproven": unproven,
    })
}

/// A sheet that shows something: its answers, and the day where it depends on one.
fn witness(sheet: &questionnaire::Sheet) -> Value {
    let mut it = json!({ "answers": sheet.answers });
    if let Some(today) = sheet.meta.today {
        it["meta"] = json!({ "today": today });
    }
    it
}

/// An estimate in whole minutes.
fn time_to_answer(it: &proof::Estimate, lang: Lang) -> String {
    let minutes = |seconds: f64| (seconds / 60.0).round().max(1.0);
    let (from, usual, to) = (
        minutes(it.shortest),
        minutes(it.typical),
        minutes(it.longest),
    );
    let unit = if usual < 2.0 { "minute" } else { "minutes" };
    match (from < to, lang) {
        (false, Lang::Fr) => format!("environ {usual} {unit}"),
        (false, Lang::En) => format!("about {usual} {unit}"),
        (true, Lang::Fr) => format!("environ {usual} {unit} (de {from} à {to})"),
        (true, Lang::En) => format!("about {usual} {unit} (from {from} to {to})"),
    }
}

fn counted(routes: Option<&proof::Routes>, lang: Lang) -> String {
    match (routes, lang) {
        (Some(it), Lang::Fr) => format!(
            "{} parcours, de {} à {} questions",
            grouped(&it.count.to_string(), '\u{202f}'),
            it.shortest,
            it.longest
        ),
        (Some(it), Lang::En) => format!(
            "{} routes, of {} to {} questions",
            grouped(&it.count.to_string(), ','),
            it.shortest,
            it.longest
        ),
        (None, Lang::Fr) => "Nombre de parcours non établi".to_owned(),
        (None, Lang::En) => "Number of routes not established".to_owned(),
    }
}

/// Who is asked what, base by base: which figures can be compared.
fn print_bases(
    out: &mut impl Write,
    proof: &Proof<'_>,
    bases: &Bases,
    lang: Lang,
) -> std::io::Result<()> {
    let engine = proof.engine();
    let sentences = Sentences::new(engine, lang);
    let (heading, within) = match lang {
        Lang::Fr => (
            "Bases : les chiffres d’une même base se comparent, et ceux d’une base avec ceux \
             d’une base dont elle fait partie"
                .replace(" :", "\u{202f}:"),
            "dans",
        ),
        Lang::En => (
            "Bases: figures of one base can be compared, and those of a base with those of one \
             it is part of"
                .to_owned(),
            "within",
        ),
    };
    writeln!(out)?;
    wrapped(out, "", &heading)?;
    for (at, base) in bases.list.iter().enumerate() {
        let mut first = format!("{}. {}", at + 1, base.universe(&sentences));
        if !base.wider.is_empty() {
            let them: Vec<String> = base.wider.iter().map(|it| (it + 1).to_string()).collect();
            first.push_str(&format!(" — {within} {}", them.join(", ")));
        }
        wrapped(out, "", &first)?;
        let ids = base.items.iter();
        let ids = ids.map(|it| engine.instrument.items[*it as usize].id.as_str());
        wrapped(out, "   ", &ids.collect::<Vec<_>>().join(" "))?;
    }
    Ok(())
}

/// A text in lines of a terminal's width; lines after the first stand further in.
fn wrapped(out: &mut impl Write, before: &str, text: &str) -> std::io::Result<()> {
    let mut line = before.to_owned();
    let mut n = line.chars().count();
    let mut is_empty = true;
    for word in text.split(' ') {
        let long = word.chars().count();
        if !is_empty && n + 1 + long > 80 {
            writeln!(out, "{line}")?;
            line = "   ".to_owned();
            n = 3;
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
            n += 1;
        }
        // What would move the cursor or change colours is no text.
        line.extend(word.chars().filter(|it| !it.is_control()));
        n += long;
        is_empty = false;
    }
    writeln!(out, "{line}")
}

pub(super) fn left_open(unproven: &[String], lang: Lang) -> String {
    let them = unproven.join(", ");
    match lang {
        Lang::Fr => format!("Non prouvé\u{202f}: {them}"),
        Lang::En => format!("Not proven: {them}"),
    }
}
