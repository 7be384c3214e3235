//! Sheets that show a difference: looked for in formulas, written down, and read by both engines.

use std::collections::BTreeMap;

use questionnaire::{Engine, Evaluation, FailureCode, Loaded, Severity, Sheet};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::classes::{Multiples, Written};
use super::joint::{Both, Place};
use crate::cuts::TODAY;
use crate::domain::Given;
use crate::encode::Encoding;
use crate::formula::{Lit, Values};
use crate::grid::Grid;
use crate::realize::{Points, Search, sheet_of, specify};
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
    InBoth,
    InOld,
    InNew,
    InOne,
}

impl Complete {
    const fn is_met(self, old: bool, new: bool) -> bool {
        match self {
            Self::InBoth => old && new,
            Self::InOld => old,
            Self::InNew => new,
            Self::InOne => old || new,
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
    budget: Budget,
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
            sat.require(&both.formulas, *it);
        }
        Self {
            both,
            sat,
            budget: budget.clone(),
            complete_old,
            complete_new,
        }
    }

    /// Whether a formula holds in no joint sheet; `None` where that is not found out.
    pub(super) fn is_never(&mut self, it: Lit) -> Option<bool> {
        match self.sat.ask(&self.both.formulas, &[it]) {
            Answer::No(_) => Some(true),
            Answer::Yes(_) => Some(false),
            Answer::Unknown => None,
        }
    }

    /// Looks for a sheet in which formulas hold, and which shows it.
    pub(super) fn find(
        &mut self,
        them: &[Lit],
        complete: Complete,
        shows: &dyn Fn(&Pair<'_, 'e>) -> bool,
    ) -> Found {
        let either = self
            .both
            .formulas
            .or(self.complete_old, self.complete_new);
        let mut asked = them.to_vec();
        match complete {
            Complete::InBoth => asked.extend([self.complete_old, self.complete_new]),
            Complete::InOld => asked.push(self.complete_old),
            Complete::InNew => asked.push(self.complete_new),
            Complete::InOne => asked.push(either),
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

/// What is written in a case: answers by slot key, units by roster item, the day.
struct Sheets {
    answers: Vec<(String, Value)>,
    units: [BTreeMap<u32, u32>; 2],
    today: Option<jiff::civil::Date>,
}

impl<'e> Both<'e> {
    fn written(
        &self,
        values: &Values,
        points: &[Points; 2],
        new_first: bool,
        one_text: bool,
    ) -> Sheets {
        let mut units = [BTreeMap::new(), BTreeMap::new()];
        for count in &self.counts {
            let n = count.cases.iter().position(|it| values.holds(*it));
            let n = n.unwrap_or(0) as u32;
            for (units, roster) in units.iter_mut().zip([count.old, count.new]) {
                units.extend(roster.map(|it| (it, n)));
            }
        }
        let today = self.old.today.as_ref().or(self.new.today.as_ref());
        let today = today.and_then(|it| {
            let given = &Encoding::class(it, values)?.given;
            let (Given::Range(low, high), Some(grid)) = (given, it.grid) else {
                return None;
            };
            let at = points.iter().find_map(|it| it.get(&TODAY)).copied();
            grid.day(at.unwrap_or_else(|| grid.plain(*low, *high)))
        });
        let mut order = [0, 1];
        if new_first {
            order.reverse();
        }
        let answers = (1..).zip(&self.places).filter_map(|(nth, place)| {
            let point = order.into_iter().find_map(|it| self.point(place, it, points));
            let value = place.value(values, point, nth, one_text)?;
            Some((place.key.clone(), value))
        });
        Sheets {
            answers: answers.collect(),
            units,
            today,
        }
    }

    /// The number that a version's search chose for a place, and the grid it is of.
    fn point(&self, place: &Place, version: usize, points: &[Points; 2]) -> Option<(Grid, i128)> {
        let (encoding, slot) = match version {
            0 => (&self.old, place.old?),
            _ => (&self.new, place.new?),
        };
        let grid = encoding.domain(slot)?.grid?;
        Some((grid, *points[version].get(&slot)?))
    }

    /// Sheets of what is written: what the old version asks, what the new one does, both.
    fn sheets(&self, written: &Sheets) -> Vec<Sheet> {
        let of = |version: usize, engine: &'e Engine| {
            let mut it = engine.evaluation();
            it.set_today(written.today);
            for (roster, n) in &written.units[version] {
                it.set_units(*roster, *n);
            }
            for (key, value) in &written.answers {
                it.set_by_key(key, value);
            }
            specify(&mut it);
            sheet_of(&it)
        };
        let (old, new) = (of(0, self.old.engine), of(1, self.new.engine));
        let mut both = old.clone();
        merge(&mut both.answers, &new.answers, self.old.engine);
        let mut all = vec![old];
        for it in [new, both] {
            if !all.contains(&it) {
                all.push(it);
            }
        }
        all
    }

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

impl Place {
    /// What is written here, as in a sheet.
    fn value(
        &self,
        values: &Values,
        point: Option<(Grid, i128)>,
        nth: usize,
        one_text: bool,
    ) -> Option<Value> {
        let (written, _) = self.written.iter().find(|it| values.holds(it.1))?;
        Some(match written {
            Written::Code(it) => it.as_str().into(),
            Written::Bool(it) => (*it).into(),
            Written::Text(it) => it.as_str().into(),
            Written::OtherText if one_text => "texte".into(),
            Written::OtherText => format!("texte {nth}").into(),
            Written::LongText(length) => "x".repeat(*length).into(),
            Written::Alone(it) => json!([it]),
            Written::Missing(it) => json!({ "$missing": it.code() }),
            Written::Nothing => return None,
            Written::Set => {
                let mut chosen: Vec<&str> = self
                    .chosen
                    .iter()
                    .filter(|it| values.holds(it.1))
                    .map(|it| it.0.as_str())
                    .collect();
                if self.is_ranked {
                    chosen.reverse();
                }
                json!(chosen)
            }
            Written::Range(grid, low, high, which) => {
                let chosen = point.and_then(|(own, at)| {
                    let step = own.step().checked_div(grid.step())?;
                    let step: i128 = step.normalize().to_string().parse().ok()?;
                    Some(at * step)
                });
                let at = chosen.filter(|it| (*low..=*high).contains(it));
                let at = at.unwrap_or_else(|| grid.plain(*low, *high));
                let at = match which {
                    Multiples::All => at,
                    Multiples::Of(n) => at.div_euclid(*n) * n,
                    Multiples::NotOf(n) if at.rem_euclid(*n) == 0 && at < *high => at + 1,
                    Multiples::NotOf(n) if at.rem_euclid(*n) == 0 => at - 1,
                    Multiples::NotOf(_) => at,
                };
                match (grid.number(at), grid.day(at)) {
                    (Some(it), _) => questionnaire::number::to_json(it),
                    (_, Some(it)) => expr::iso::text(it).into(),
                    (None, None) => return None,
                }
            }
        })
    }
}

/// Answers of one sheet added to those of another that asks other questions.
fn merge(to: &mut Map<String, Value>, from: &Map<String, Value>, engine: &Engine) {
    for (key, value) in from {
        match (to.get_mut(key), value) {
            (None, _) => {
                to.insert(key.clone(), value.clone());
            }
            (Some(Value::Object(to)), Value::Object(from)) => merge(to, from, engine),
            (Some(Value::Array(to)), Value::Array(from)) => {
                let roster = engine.instrument.rosters.iter();
                let mut roster = roster
                    .filter(|it| engine.instrument.items[it.item as usize].id == *key);
                let Some(roster) = roster.next() else {
                    continue;
                };
                for unit in from {
                    let named = |it: &Value| it.get(&roster.key) == unit.get(&roster.key);
                    match (to.iter_mut().find(|it| named(it)), unit) {
                        (Some(Value::Object(to)), Value::Object(from)) => merge(to, from, engine),
                        _ => to.push(unit.clone()),
                    }
                }
            }
            (Some(_), _) => {}
        }
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
