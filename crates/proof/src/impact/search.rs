//! Sheets that show a difference: looked for in formulas, written down, and read by both engines.

use questionnaire::{Evaluation, FailureCode, Loaded, Severity, Sheet};
use serde::{Serialize, Serializer};
use serde_json::json;

use super::joint::Both;
use crate::encode::Encoding;
use crate::formula::{Lit, Values};
use crate::realize::{Points, Search};
use crate::solver::{Answer, Budget, Sat};

/// Cases of the formulas that are tried for one difference before it is left open.
const MAX_TRIES: usize = 24;

/// A sheet that shows a difference when both versions read it.
///
/// It is complete in at least one of them, what only the other has a place for left aside.
#[derive(Clone, Debug, PartialEq)]
pub struct Witness {
    /// The sheet.
    pub sheet: Sheet,
    /// Whether it is complete in the old version.
    pub fits_old: bool,
    /// Whether it is complete in the new version.
    pub fits_new: bool,
}

impl Serialize for Witness {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let fits = [(self.fits_old, "old"), (self.fits_new, "new")];
        let fits: Vec<&str> = fits.iter().filter(|it| it.0).map(|it| it.1).collect();
        let mut it = json!({ "answers": self.sheet.answers, "complete_in": fits });
        if let Some(today) = self.sheet.meta.today {
            it["meta"] = json!({ "today": expr::iso::text(today) });
        }
        it.serialize(s)
    }
}

/// A sheet as both versions read it.
pub(super) struct Pair<'l, 'e> {
    pub(super) old: &'l Loaded<'e>,
    pub(super) new: &'l Loaded<'e>,
    pub(super) fits_old: bool,
    pub(super) fits_new: bool,
}

/// Which versions a sheet must be complete in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Complete {
    /// In both.
    Both,
    /// In the old one.
    Old,
    /// In the new one.
    New,
    /// In one at least.
    Either,
}

impl Complete {
    const fn is_met(self, old: bool, new: bool) -> bool {
        match self {
            Self::Both => old && new,
            Self::Old => old,
            Self::New => new,
            Self::Either => old || new,
        }
    }
}

/// What looking for a sheet gave.
pub(super) enum Found {
    Witness(Box<Witness>),
    /// There is none.
    Never,
    Open,
}

/// Looks for sheets.
pub(super) struct Seeker<'e> {
    pub(super) both: Both<'e>,
    sat: Sat,
    pub(super) budget: Budget,
    /// When a sheet is complete in the old version.
    pub(super) complete_old: Lit,
    /// When it is in the new one.
    pub(super) complete_new: Lit,
}

impl<'e> Seeker<'e> {
    pub(super) fn new(mut both: Both<'e>, budget: &Budget) -> Self {
        let all = |it: &Encoding<'_>| it.rules.iter().map(|it| it.holds).collect::<Vec<Lit>>();
        let (of_old, of_new) = (all(&both.old), all(&both.new));
        let complete_old = both.formulas.all(of_old);
        let complete_new = both.formulas.all(of_new);
        let mut sat = Sat::new(budget);
        for it in &both.always {
            sat.require_any(&both.formulas, &[*it]);
        }
        Self {
            both,
            sat,
            budget: budget.clone(),
            complete_old,
            complete_new,
        }
    }

    /// Looks for a sheet in which formulas hold, and which shows it.
    pub(super) fn find(
        &mut self,
        them: &[Lit],
        complete: Complete,
        shows: &dyn Fn(&Pair<'_, 'e>) -> bool,
    ) -> Found {
        let either = self.both.formulas.or(self.complete_old, self.complete_new);
        let mut asked = them.to_vec();
        match complete {
            Complete::Both => asked.extend([self.complete_old, self.complete_new]),
            Complete::Old => asked.push(self.complete_old),
            Complete::New => asked.push(self.complete_new),
            Complete::Either => asked.push(either),
        }
        for _ in 0..MAX_TRIES {
            let values = match self.sat.ask(&self.both.formulas, &asked) {
                Answer::Yes(values) => values,
                Answer::No(_) => return Found::Never,
                Answer::Unknown => return Found::Open,
            };
            let plain = [Points::new(), Points::new()];
            if let Some(it) = self.witness(&values, &plain, complete, shows) {
                return Found::Witness(Box::new(it));
            }
            let searches = [
                self.both.old.search(&values, &self.budget),
                self.both.new.search(&values, &self.budget),
            ];
            let mut points = [Points::new(), Points::new()];
            let mut excluded = false;
            for (search, points) in searches.into_iter().zip(&mut points) {
                match search {
                    Search::Found(it) => *points = it,
                    Search::Impossible(because) => {
                        let clause: Vec<Lit> = because.into_iter().map(|it| !it).collect();
                        self.sat.require_any(&self.both.formulas, &clause);
                        excluded = true;
                    }
                    Search::GaveUp => {}
                }
            }
            if excluded {
                continue;
            }
            let [of_old, of_new] = points;
            let orders = [
                [of_old.clone(), of_new.clone()],
                [of_old, Points::new()],
                [Points::new(), of_new],
            ];
            for points in orders {
                if let Some(it) = self.witness(&values, &points, complete, shows) {
                    return Found::Witness(Box::new(it));
                }
            }
            return Found::Open;
        }
        Found::Open
    }

    /// The plainest sheet of a case that shows what it shall.
    fn witness(
        &self,
        values: &Values,
        points: &[Points; 2],
        complete: Complete,
        shows: &dyn Fn(&Pair<'_, 'e>) -> bool,
    ) -> Option<Witness> {
        for new_first in [false, true] {
            for one_text in [false, true] {
                let written = self.both.written(values, points, new_first, one_text);
                let mut best: Option<Witness> = None;
                for sheet in self.both.sheets(&written) {
                    let Some(it) = self.both.shown(sheet, complete, shows) else {
                        continue;
                    };
                    let rank = |it: &Witness| (it.fits_old && it.fits_new, it.sheet.answers.len());
                    let better = best.as_ref().is_none_or(|best| {
                        let (a, b) = (rank(&it), rank(best));
                        (a.0 && !b.0) || (a.0 == b.0 && a.1 < b.1)
                    });
                    if better {
                        best = Some(it);
                    }
                }
                if best.is_some() {
                    return best;
                }
            }
        }
        None
    }
}

impl<'e> Both<'e> {
    /// The witness that a sheet is, if it shows what it shall.
    pub(super) fn shown(
        &self,
        sheet: Sheet,
        complete: Complete,
        shows: &dyn Fn(&Pair<'_, 'e>) -> bool,
    ) -> Option<Witness> {
        let (old, new) = (self.old.engine.load(&sheet), self.new.engine.load(&sheet));
        let pair = Pair {
            old: &old,
            new: &new,
            fits_old: is_complete(&old),
            fits_new: is_complete(&new),
        };
        let met = complete.is_met(pair.fits_old, pair.fits_new) && shows(&pair);
        let (fits_old, fits_new) = (pair.fits_old, pair.fits_new);
        met.then_some(Witness {
            sheet,
            fits_old,
            fits_new,
        })
    }
}

/// Whether a sheet is complete in a version, what this version has no place for left aside.
pub(super) fn is_complete(it: &Loaded<'_>) -> bool {
    let verdict = it.evaluation.verdict(None);
    let aside = |it: &FailureCode| *it == FailureCode::UnknownItem;
    let misfits = it.misfits.iter().filter(|it| it.severity == Severity::Hard);
    verdict.complete && misfits.filter(|it| !aside(&it.code)).count() == 0
}

/// Whether a slot is on path, reached or not.
pub(super) fn is_slot_on_path(it: &Evaluation<'_>, slot: u32) -> bool {
    let slot = it.engine().layout.slots().get(slot as usize);
    slot.is_some_and(|slot| it.gate_truth(slot.gate).is_true())
}
