//! Synthetic respondents: a few who go through everything, or many who answer plausibly.
//!
//! A cover is found with the proof's formulas and measured without them: [`Coverage`] replays its
//! sheets through the engine and knows nothing of how they were found.

mod aims;
mod routes;

use std::collections::{BTreeMap, BTreeSet};

use questionnaire::{Evaluation, Severity, Sheet};
use serde_json::Value;

use crate::chance::Chance;
use crate::coverage::{Coverage, Target, Targets};
use crate::formula::Lit;
use crate::prove::{Found, Proof};
use crate::realize::sheet_of;
use crate::solver::Answer;

pub use routes::RouteDrawing;

/// A small set of sheets that goes through everything that can be gone through.
#[derive(Clone, Debug)]
pub struct Cover {
    /// The sheets. `meta.covers` says what each adds to those before it, `meta.fails` which checks
    /// a sheet is made to fail.
    pub sheets: Vec<Sheet>,
    /// What they go through, measured by replaying them.
    pub coverage: Coverage,
}

/// A sheet before it is chosen.
struct Candidate {
    sheet: Sheet,
    shows: BTreeSet<Target>,
    fails: Vec<String>,
}

impl<'e> Proof<'e> {
    /// Finds a small set of sheets that takes every filter both ways, makes every choice, crosses
    /// every boundary, uses every fill's case and fails every check once. Hard checks fail in
    /// sheets of their own, marked `meta.fails`.
    ///
    /// Each sheet is made to show as much as it can that no sheet before it has shown; then those
    /// that the others make superfluous are dropped. That is small, not proven smallest: finding
    /// the smallest is a set cover problem.
    pub fn cover(&mut self) -> Cover {
        let engine = self.engine();
        let targets = Targets::of(engine);
        let mut aims: BTreeMap<Target, Lit> = BTreeMap::new();
        let mut impossible = BTreeSet::new();
        let mut failing = Vec::new();
        for target in targets.all() {
            if let Target::Check(item, nth, false) = *target
                && self.is_hard(item, nth)
            {
                failing.push((item, nth, *target));
                continue;
            }
            let aim = self.aim(*target);
            match (self.can(&[self.base, aim]), *target) {
                // Perhaps in a sheet that fails a hard check too.
                (Some(false), Target::Check(item, nth, false)) => {
                    failing.push((item, nth, *target));
                }
                (Some(false), _) => {
                    impossible.insert(target.key(&engine.instrument));
                }
                _ => {
                    aims.insert(*target, aim);
                }
            }
        }
        let mut found = self.gather(&targets, aims);
        for (item, nth, target) in failing {
            match self.failing(item, nth, &targets, target) {
                Found::Sheet(evaluation) => {
                    let mut shows = targets.met(&evaluation);
                    shows.retain(|it| matches!(it, Target::Check(.., false)));
                    found.push(candidate(&evaluation, shows));
                }
                Found::None => {
                    impossible.insert(target.key(&engine.instrument));
                }
                Found::Open => {}
            }
        }
        let sheets = chosen(engine, found);
        let coverage = Coverage::of_possible(engine, &sheets, &impossible);
        Cover { sheets, coverage }
    }

    fn is_hard(&self, item: u32, nth: u16) -> bool {
        let checks = &self.engine().instrument.items[item as usize].checks;
        let check = checks.get(usize::from(nth));
        check.is_some_and(|it| it.severity == Severity::Hard)
    }

    /// Complete sheets, each showing as much as it can of what is left.
    fn gather(&mut self, targets: &Targets<'_>, mut left: BTreeMap<Target, Lit>) -> Vec<Candidate> {
        let mut found = Vec::new();
        while let Some((&first, &aim)) = left.first_key_value() {
            let mut them = vec![self.base, aim];
            let Answer::Yes(mut values) = self.sat.ask(&self.encoding.formulas, &them) else {
                left.remove(&first);
                continue;
            };
            for (_, more) in left.iter().skip(1) {
                them.push(*more);
                if values.holds(*more) {
                    continue;
                }
                match self.sat.ask_briefly(&self.encoding.formulas, &them) {
                    Answer::Yes(more) => values = more,
                    Answer::No(_) | Answer::Unknown => {
                        them.pop();
                    }
                }
            }
            let fits =
                |it: &Evaluation<'_>| it.verdict(None).complete && targets.met(it).contains(&first);
            let mut res = self.find(&them, fits);
            while !matches!(res, Found::Sheet(..)) && them.len() > 2 {
                // Numbers do not allow all of it at once: half of it, then.
                them.truncate((them.len() / 2).max(2));
                res = self.find(&them, fits);
            }
            left.remove(&first);
            if let Found::Sheet(evaluation) = res {
                let shows = targets.met(&evaluation);
                left.retain(|it, _| !shows.contains(it));
                found.push(candidate(&evaluation, shows));
            }
        }
        found
    }

    /// A sheet that fails one hard check, alone where that can be.
    fn failing(&mut self, item: u32, nth: u16, targets: &Targets<'_>, target: Target) -> Found<'e> {
        let aim = self.aim(target);
        let others = self.all_but(item, nth);
        let alone = self.answers_alone();
        let mut res = Found::None;
        for base in [others, alone] {
            res = self.find(&[base, aim], |it| targets.met(it).contains(&target));
            if matches!(res, Found::Sheet(..)) {
                break;
            }
        }
        res
    }
}

fn candidate(evaluation: &Evaluation<'_>, shows: BTreeSet<Target>) -> Candidate {
    let failures = evaluation.failures().into_iter();
    let fails = failures
        .filter(|it| it.severity == Severity::Hard)
        .map(|it| format!("{} {}", it.item, it.code.code()));
    Candidate {
        sheet: sheet_of(evaluation),
        shows,
        fails: fails.collect(),
    }
}

/// The sheets that are needed, each with what it adds.
fn chosen(engine: &questionnaire::Engine, mut found: Vec<Candidate>) -> Vec<Sheet> {
    let mut times: BTreeMap<Target, usize> = BTreeMap::new();
    for it in found.iter().flat_map(|it| &it.shows) {
        *times.entry(*it).or_default() += 1;
    }
    // From the least to the most that a sheet shows: what others show too can go.
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|at| found[*at].shows.len());
    let mut dropped = BTreeSet::new();
    for at in order {
        if found[at].shows.iter().all(|it| times[it] > 1) {
            for it in &found[at].shows {
                *times.entry(*it).or_default() -= 1;
            }
            dropped.insert(at);
        }
    }
    let mut at = 0;
    found.retain(|_| {
        at += 1;
        !dropped.contains(&(at - 1))
    });
    let mut seen: BTreeSet<Target> = BTreeSet::new();
    let sheets = (0u64..).zip(found).map(|(nth, it)| {
        let new = it.shows.iter().filter(|it| !seen.contains(it));
        let covers: Vec<Value> = new.map(|it| it.key(&engine.instrument).into()).collect();
        seen.extend(it.shows);
        let mut sheet = it.sheet;
        sheet.meta.id = Some(Chance::new(0, nth).identifier());
        let other = &mut sheet.meta.other;
        other.insert("synthetic".to_owned(), Value::Bool(true));
        other.insert("covers".to_owned(), covers.into());
        if !it.fails.is_empty() {
            other.insert("fails".to_owned(), it.fails.into());
        }
        sheet
    });
    sheets.collect()
}
