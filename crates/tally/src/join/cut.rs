//! Tables of several versions, restricted and split.

use std::sync::Arc;

use expr::{Diagnostic, Lang, Program};
use questionnaire::Engine;

use super::{Join, Series, Version};
use crate::breakdown::{Breakdown, Columns};
use crate::inference::Level;
use crate::plan::{Filter, Plan, PlanError};

/// How tables are cut: of whom they are, and by what they are split. The default is everybody, without columns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Cut {
    /// Columns for each answer to this question: a [`Breakdown`].
    pub by: Option<String>,
    /// Only what this condition holds for, in the condition language; where it is unknown, it does not.
    pub only: Option<String>,
    /// Only tables that count this unit: `respondent`, or a roster's id. A condition that does not hold of respondents
    /// is then read of its units.
    pub unit: Option<String>,
    /// With intervals of this level, and what differs between columns at it.
    pub level: Option<Level>,
}

/// Why tables cannot be cut so.
#[derive(Clone, Debug, PartialEq)]
pub enum CutError {
    /// No version has what is asked for, or nothing is left.
    Plan(PlanError),
    /// No version understands the condition; this is what the newest says. Positions are those of the condition.
    Condition(Vec<Diagnostic>),
}

impl CutError {
    /// What happened, where, and what to do.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Plan(error) => format!("{} : {}", error.code(), error.message(lang)),
            Self::Condition(found) => {
                let said = found.iter().map(|it| {
                    let column = it.span.start + 1;
                    format!("{column}: {} : {}", it.code, it.message(lang))
                });
                said.collect::<Vec<_>>().join("; ")
            }
        }
    }
}

impl From<PlanError> for CutError {
    fn from(error: PlanError) -> Self {
        Self::Plan(error)
    }
}

impl Cut {
    /// Whether everybody is counted, in one column.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        *self == Self::default()
    }
}

impl Join {
    /// The same tables, cut. The versions must be those that this was planned for.
    ///
    /// A version that does not ask what the condition reads, or whose question of the columns is another one, is
    /// [left out](Join::left_out): nobody of it is counted, or none of them is in a column.
    ///
    /// # Errors
    /// [`CutError`] where no version can be cut so.
    pub fn cut(&self, versions: &[Version<'_>], cut: &Cut) -> Result<Self, CutError> {
        let mut joined = self.clone();
        let roster = |engine: &Engine| cut.unit.as_deref().and_then(|it| roster(engine, it));
        if let Some(condition) = &cut.only {
            joined.filter(versions, condition, roster)?;
        }
        if let Some(by) = &cut.by {
            joined.split(&by.parse()?)?;
        }
        for nth in 0..joined.plans.len() {
            joined.change(nth, |plan| plan.level = cut.level);
        }
        joined.keep(cut.unit.as_deref())?;
        joined.left_out.sort_unstable();
        joined.left_out.dedup();
        Ok(joined)
    }

    /// The numbers of versions of which nobody is counted, or none is in a column.
    #[must_use]
    pub fn left_out(&self) -> &[i32] {
        &self.left_out
    }

    /// Keeps those for whom a condition holds.
    fn filter(
        &mut self,
        versions: &[Version<'_>],
        condition: &str,
        roster: impl Fn(&Engine) -> Option<u32>,
    ) -> Result<(), CutError> {
        let mut first = None;
        let mut is_known = false;
        for (nth, version) in versions.iter().enumerate() {
            // What only has another name is asked as what it is.
            let newest = versions.first().map(|it| it.engine);
            let renamed = newest
                .filter(|_| nth > 0)
                .and_then(|it| version.engine.renamed(it));
            let engine = renamed.as_ref().unwrap_or(version.engine);
            let filter = match restriction(engine, condition, roster(engine)) {
                Ok(filter) => {
                    is_known = true;
                    filter
                }
                Err(found) => {
                    first.get_or_insert(found);
                    self.left_out.push(version.number);
                    Filter {
                        program: Program::constant(false),
                        roster: None,
                    }
                }
            };
            self.change(nth, |plan| plan.filter = Some(filter));
        }
        match first {
            Some(found) if !is_known => Err(CutError::Condition(found)),
            _ => Ok(()),
        }
    }

    /// Puts whoever answered a question into columns.
    fn split(&mut self, by: &Breakdown) -> Result<(), PlanError> {
        let named = |it: &&Series| self.name(it) == Some(by.table.as_str());
        let unknown = || PlanError::UnknownItem(by.table.clone());
        let series = self.series.iter().find(named).ok_or_else(unknown)?.clone();
        let mut columns: Vec<Option<Columns>> = vec![None; self.plans.len()];
        for part in &series.parts {
            let plan = self.plans.get(part.place.version);
            let spec = plan.and_then(|it| it.specs.get(part.place.spec));
            let spec = spec.ok_or_else(unknown)?;
            columns[part.place.version] = Some(Columns::new(spec, by)?);
        }
        let first = series.parts.first().map_or(0, |it| it.place.version);
        let Some(first) = columns.get(first).cloned().flatten() else {
            return Err(unknown());
        };
        for (nth, own) in columns.into_iter().enumerate() {
            let own = own.map_or_else(
                || {
                    self.left_out.extend(self.versions.get(nth));
                    first.without_anybody()
                },
                // The words are those of the newest version that asks it.
                |own| Columns {
                    label: first.label.clone(),
                    choices: first.choices.clone(),
                    ..own
                },
            );
            self.change(nth, |plan| plan.by = Some(own));
        }
        Ok(())
    }

    /// Leaves out the tables that count something else than what is asked for, or than what columns and condition are
    /// about.
    fn keep(&mut self, unit: Option<&str>) -> Result<(), PlanError> {
        let units = |it: &Self| {
            let specs = it.series.iter().filter_map(|series| it.spec(series));
            let mut units: Vec<String> = specs.map(|it| it.unit.to_string()).collect();
            units.dedup();
            units
        };
        if let Some(unit) = unit {
            let known = units(self);
            if !known.iter().any(|it| it == unit) {
                return Err(PlanError::UnknownUnit(unit.to_owned(), known));
            }
        }
        let about: Vec<Vec<Option<u32>>> = self
            .plans
            .iter()
            .map(|plan| {
                let by = plan.by.as_ref().map(|it| it.roster);
                let filter = plan.filter.as_ref().map(|it| it.roster);
                by.into_iter()
                    .chain(filter)
                    .filter(Option::is_some)
                    .collect()
            })
            .collect();
        let series = std::mem::take(&mut self.series);
        self.series = series
            .into_iter()
            .filter(|series| {
                let Some(spec) = self.spec(series) else {
                    return false;
                };
                let is_unit = unit.is_none_or(|it| spec.unit.to_string() == it);
                let version = series.parts.first().map_or(0, |it| it.place.version);
                let about = about.get(version).into_iter().flatten();
                is_unit && about.into_iter().all(|it| *it == spec.roster)
            })
            .collect();
        match self.series.is_empty() {
            true => Err(PlanError::NothingLeft),
            false => Ok(()),
        }
    }

    fn change(&mut self, version: usize, change: impl FnOnce(&mut Plan)) {
        if let Some(plan) = self.plans.get_mut(version) {
            change(Arc::make_mut(plan));
        }
    }
}

/// The position of the roster with this id.
fn roster(engine: &Engine, id: &str) -> Option<u32> {
    let items = &engine.instrument.items;
    let mut rosters = (0_u32..).zip(&engine.instrument.rosters);
    let found = rosters.find(|(_, it)| items.get(it.item as usize).is_some_and(|it| it.id == id));
    found.map(|it| it.0)
}

/// A condition on respondents, else on the units of the roster that is counted.
fn restriction(
    engine: &Engine,
    condition: &str,
    roster: Option<u32>,
) -> Result<Filter, Vec<Diagnostic>> {
    let read = |roster| {
        let condition = questionnaire::condition(engine, condition, roster)?;
        Ok(Filter {
            program: condition.program,
            roster,
        })
    };
    match (read(None), roster) {
        (Err(_), Some(roster)) => read(Some(roster)),
        (read, _) => read,
    }
}
