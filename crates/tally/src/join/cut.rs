//! Tables of several versions, restricted and split.

use std::sync::Arc;

use expr::{Diagnostic, Lang, Program};
use questionnaire::Engine;

use super::{Join, Series, Version};
use crate::breakdown::{Breakdown, Columns};
use crate::combinations::{Combinations, Combined, MOST_SETS, Set};
use crate::dataset::Dataset;
use crate::inference::Level;
use crate::plan::{Filter, Plan, PlanError};
use crate::spec::Spec;

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
    /// Conditions on respondents, of whom it is counted who is in exactly which.
    pub sets: Vec<String>,
}

/// What is known of how tables are cut, besides their plans.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Cutting {
    left_out: Vec<i32>,
    /// The conditions of sets.
    conditions: Vec<String>,
    /// What they come to in each version.
    sets: Vec<Vec<Set>>,
}

/// Why tables cannot be cut so.
#[derive(Clone, Debug, PartialEq)]
pub enum CutError {
    /// No version has what is asked for, or nothing is left.
    Plan(PlanError),
    /// No version understands the condition; this is what the newest says. Positions are those of the condition.
    Condition(Vec<Diagnostic>),
    /// The same of the nth set.
    Set(usize, Vec<Diagnostic>),
    /// There are more sets than [`MOST_SETS`].
    ManySets,
}

impl CutError {
    /// What happened, where, and what to do.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Plan(error) => format!("{} : {}", error.code(), error.message(lang)),
            Self::ManySets => match lang {
                Lang::Fr => format!("{MOST_SETS} ensembles au plus"),
                Lang::En => format!("at most {MOST_SETS} sets"),
            },
            Self::Condition(found) | Self::Set(_, found) => {
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
        joined.combine(versions, &cut.sets)?;
        for nth in 0..joined.plans.len() {
            joined.change(nth, |plan| plan.level = cut.level);
        }
        joined.keep(cut.unit.as_deref())?;
        joined.cutting.left_out.sort_unstable();
        joined.cutting.left_out.dedup();
        Ok(joined)
    }

    /// The numbers of versions of which nobody is counted, or none is in a column.
    #[must_use]
    pub fn left_out(&self) -> &[i32] {
        &self.cutting.left_out
    }

    /// Keeps those for whom a condition holds.
    fn filter(
        &mut self,
        versions: &[Version<'_>],
        condition: &str,
        roster: impl Fn(&Engine) -> Option<u32>,
    ) -> Result<(), CutError> {
        let read = |engine: &Engine| restriction(engine, condition, roster(engine));
        let filters = self.read(versions, read).map_err(CutError::Condition)?;
        for (nth, filter) in filters.into_iter().enumerate() {
            let nobody = || Filter {
                program: Program::constant(false),
                roster: None,
            };
            self.change(nth, |plan| {
                plan.filter = Some(filter.unwrap_or_else(nobody));
            });
        }
        Ok(())
    }

    /// Says who is in which set.
    fn combine(&mut self, versions: &[Version<'_>], sets: &[String]) -> Result<(), CutError> {
        if sets.is_empty() {
            return Ok(());
        }
        if sets.len() > MOST_SETS {
            return Err(CutError::ManySets);
        }
        let mut all: Vec<Vec<Set>> = vec![Vec::new(); versions.len()];
        for (nth, condition) in sets.iter().enumerate() {
            let read = |engine: &Engine| {
                let opposite = format!("not ({condition})");
                Ok(Set {
                    is_in: questionnaire::condition(engine, condition, None)?.program,
                    is_out: questionnaire::condition(engine, &opposite, None)?.program,
                })
            };
            let found = self.read(versions, read);
            let found = found.map_err(|it| CutError::Set(nth, it))?;
            for (all, set) in all.iter_mut().zip(found) {
                // Of whoever was not asked it cannot be told.
                all.push(set.unwrap_or_else(|| Set {
                    is_in: Program::constant(false),
                    is_out: Program::constant(false),
                }));
            }
        }
        self.cutting.sets = all;
        self.cutting.conditions = sets.to_vec();
        Ok(())
    }

    /// Reads a condition in every version, in the names of the newest; nothing where a version does not understand it,
    /// which is left out then. What the newest says is wrong, where none does.
    fn read<T>(
        &mut self,
        versions: &[Version<'_>],
        read: impl Fn(&Engine) -> Result<T, Vec<Diagnostic>>,
    ) -> Result<Vec<Option<T>>, Vec<Diagnostic>> {
        let newest = versions.first().map(|it| it.engine);
        let mut first = None;
        let mut all = Vec::with_capacity(versions.len());
        for (nth, version) in versions.iter().enumerate() {
            // What only has another name is asked as what it is.
            let renamed = newest
                .filter(|_| nth > 0)
                .and_then(|it| version.engine.renamed(it));
            match read(renamed.as_ref().unwrap_or(version.engine)) {
                Ok(it) => all.push(Some(it)),
                Err(found) => {
                    first.get_or_insert(found);
                    self.cutting.left_out.push(version.number);
                    all.push(None);
                }
            }
        }
        match first {
            Some(found) if all.iter().all(Option::is_none) => Err(found),
            _ => Ok(all),
        }
    }

    /// Who is in exactly which set, of the responses to each version as they were counted; nothing where no sets were
    /// asked for.
    #[must_use]
    pub fn combinations(&self, datasets: &[Dataset]) -> Option<Combinations> {
        if self.cutting.conditions.is_empty() {
            return None;
        }
        let mut all = Combined::default();
        for ((dataset, sets), plan) in datasets.iter().zip(&self.cutting.sets).zip(&self.plans) {
            all.merge(&dataset.combinations(sets, plan.filter.as_ref()));
        }
        Some(all.of(&self.cutting.conditions))
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
                    self.cutting.left_out.extend(self.versions.get(nth));
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

    /// The table of a series, before it is counted: that of the newest version which asks it.
    fn spec(&self, it: &Series) -> Option<&Spec> {
        let place = it.parts.first()?.place;
        self.plans.get(place.version)?.specs.get(place.spec)
    }

    fn name(&self, it: &Series) -> Option<&str> {
        self.spec(it).map(|it| it.id.as_str())
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
