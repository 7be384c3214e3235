//! Counting: one response in, one response out, two counts together.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use questionnaire::{Evaluation, SlotState};

use crate::base::Base;
use crate::given::{Given, read};
use crate::plan::Plan;
use crate::spec::{Choices, Shape, Source, Spec};
use crate::stats::Values;

/// Responses counted so far.
///
/// Taking back a response that was added leaves the tally as it was; two tallies of one plan can
/// be merged. Whatever the order, the result is that of counting everything anew.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally {
    pub(crate) plan: Arc<Plan>,
    /// Responses for which the plan's condition holds.
    responses: u64,
    /// For each table, its figures over all and then over each column.
    pub(crate) cells: Vec<Vec<Counts>>,
}

/// Two tallies count different things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OtherPlan;

impl std::fmt::Display for OtherPlan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("tallies of different plans cannot be merged; count both by one plan")
    }
}

impl std::error::Error for OtherPlan {}

/// Figures of one set of units, as counts that can be taken back.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Counts {
    pub(crate) base: Base,
    pub(crate) choices: Vec<u64>,
    pub(crate) nets: Vec<u64>,
    pub(crate) ranks: Vec<Ranks>,
    pub(crate) values: Values,
    pub(crate) dates: BTreeMap<Date, u64>,
    pub(crate) texts: BTreeMap<Option<u16>, BTreeMap<Box<str>, u64>>,
}

/// Ranks that one choice was given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ranks {
    pub(crate) first: u64,
    pub(crate) sum: u64,
}

/// Takes keys of a multiset out of it; keys that nothing counts are not kept.
fn take<'k, K: Ord + 'k>(
    counts: &mut BTreeMap<K, u64>,
    others: impl IntoIterator<Item = (&'k K, &'k u64)>,
) {
    for (key, by) in others {
        if let Some(n) = counts.get_mut(key) {
            *n = n.saturating_sub(*by);
            if *n == 0 {
                counts.remove(key);
            }
        }
    }
}

impl Tally {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(plan: Arc<Plan>) -> Self {
        let cells = plan
            .specs
            .iter()
            .map(|it| vec![Counts::of(it); plan.width()])
            .collect();
        Self {
            plan,
            responses: 0,
            cells,
        }
    }

    /// What is counted.
    #[must_use]
    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// How many responses are counted: those for which the plan's condition holds.
    #[must_use]
    pub fn responses(&self) -> u64 {
        self.responses
    }

    pub(crate) fn add_responses(&mut self, n: u64) {
        self.responses += n;
    }

    /// Takes back a response exactly as it was added.
    pub fn remove(&mut self, evaluation: &Evaluation<'_>) {
        let mut one = Self::new(Arc::clone(&self.plan));
        one.add(evaluation);
        self.subtract(&one);
    }

    /// Adds everything another tally of the same plan has counted.
    ///
    /// # Errors
    /// When the other tally has another plan; nothing is added then.
    pub fn merge(&mut self, other: &Self) -> Result<(), OtherPlan> {
        self.is_of_plan(other)?;
        self.responses += other.responses;
        let cells = self.cells.iter_mut().flatten();
        for (mine, theirs) in cells.zip(other.cells.iter().flatten()) {
            mine.merge(theirs);
        }
        Ok(())
    }

    /// Takes back everything another tally of the same plan has counted, which must have been added.
    ///
    /// # Errors
    /// When the other tally has another plan; nothing is taken back then.
    pub fn take(&mut self, other: &Self) -> Result<(), OtherPlan> {
        self.is_of_plan(other)?;
        self.subtract(other);
        Ok(())
    }

    fn is_of_plan(&self, other: &Self) -> Result<(), OtherPlan> {
        let is_same = Arc::ptr_eq(&self.plan, &other.plan) || self.plan == other.plan;
        if is_same { Ok(()) } else { Err(OtherPlan) }
    }

    fn subtract(&mut self, other: &Self) {
        self.responses = self.responses.saturating_sub(other.responses);
        let cells = self.cells.iter_mut().flatten();
        for (mine, theirs) in cells.zip(other.cells.iter().flatten()) {
            mine.take(theirs);
        }
    }

    /// Counts a response. It must be evaluated by the engine that the plan was made for.
    pub fn add(&mut self, evaluation: &Evaluation<'_>) {
        let plan = Arc::clone(&self.plan);
        let holds = |roster: Option<u32>, unit: Option<u32>| match &plan.filter {
            Some(filter) if filter.roster == roster => {
                filter.program.truth(evaluation, unit).is_true()
            }
            _ => true,
        };
        if !holds(None, None) {
            return;
        }
        self.responses += 1;
        let keep_texts = plan.max_texts > 0;
        let by_units = plan.by.as_ref().filter(|by| by.roster.is_some());
        let by_respondents = plan.by.as_ref().filter(|by| by.roster.is_none());
        let respondent_columns =
            by_respondents.map_or(Vec::new(), |by| by.of_respondent(evaluation));
        for (spec, cells) in plan.specs.iter().zip(&mut self.cells) {
            for nth in 0..spec.source.units() {
                if let Some(roster) = spec.roster
                    && !(evaluation.exists(roster, nth) && holds(Some(roster), Some(nth)))
                {
                    continue;
                }
                let unit_columns = by_units.map(|by| by.of_unit(evaluation, nth));
                let columns = unit_columns.as_ref().unwrap_or(&respondent_columns);
                let (state, given) = read(&spec.source, evaluation, nth);
                let rows = spec.rows_of(given.codes());
                let here = std::iter::once(0).chain(columns.iter().map(|it| usize::from(*it) + 1));
                for column in here {
                    if let Some(counts) = cells.get_mut(column) {
                        counts.fold(spec, state, &given, &rows);
                        if keep_texts {
                            counts.fold_texts(spec, evaluation, nth, state, &given);
                        }
                    }
                }
            }
        }
    }
}

impl Counts {
    fn of(spec: &Spec) -> Self {
        let (rows, nets, ranks) = match &spec.shape {
            Shape::Choices(it) => (
                it.list.len(),
                it.nets.len(),
                if it.ranked { it.list.len() } else { 0 },
            ),
            Shape::Truth => (2, 0, 0),
            Shape::Number | Shape::Date | Shape::Text => (0, 0, 0),
        };
        Self {
            choices: vec![0; rows],
            nets: vec![0; nets],
            ranks: vec![Ranks::default(); ranks],
            ..Self::default()
        }
    }

    fn fold(&mut self, spec: &Spec, state: SlotState, given: &Given<'_>, rows: &[u16]) {
        self.base.count(state);
        if !state.is_asked() {
            return;
        }
        match (&spec.shape, given) {
            (Shape::Choices(choices), _) => self.fold_codes(choices, rows),
            (Shape::Truth, Given::Bool(it)) => {
                let row = if *it { 0 } else { 1 };
                self.choices.get_mut(row).into_iter().for_each(|n| *n += 1);
            }
            (Shape::Number, Given::Number(it)) if state == SlotState::Answered => {
                self.values.add(*it);
            }
            (Shape::Date, Given::Date(it)) => *self.dates.entry(*it).or_default() += 1,
            // Free texts are folded only where they are kept; the rest holds no answer.
            _ => {}
        }
    }

    fn fold_codes(&mut self, choices: &Choices, codes: &[u16]) {
        for (rank, code) in (1_u64..).zip(codes) {
            let at = usize::from(*code);
            self.choices.get_mut(at).into_iter().for_each(|n| *n += 1);
            if let Some(ranks) = self.ranks.get_mut(at) {
                ranks.sum += rank;
                ranks.first += u64::from(rank == 1);
            }
            let number = choices
                .numbers
                .as_ref()
                .and_then(|it| it.get(at).copied().flatten());
            if let Some(number) = number {
                self.values.add(number);
            }
        }
        for (net, n) in choices.nets.iter().zip(&mut self.nets) {
            if codes.iter().any(|code| net.choices.contains(code)) {
                *n += 1;
            }
        }
    }

    fn fold_texts(
        &mut self,
        spec: &Spec,
        evaluation: &Evaluation<'_>,
        nth: u32,
        state: SlotState,
        given: &Given<'_>,
    ) {
        if !state.is_asked() {
            return;
        }
        if let (Shape::Text, Given::Text(text)) = (&spec.shape, given) {
            self.add_text(None, text);
        }
        if let Source::Slots(slots) = &spec.source
            && let Some(slot) = slots.get(nth as usize)
        {
            for code in given.codes() {
                if let Some(text) = evaluation.specified(*slot, *code) {
                    self.add_text(Some(spec.row_of(*code)), text);
                }
            }
        }
    }

    pub(crate) fn add_text(&mut self, code: Option<u16>, text: &str) {
        if !text.trim().is_empty() {
            let texts = self.texts.entry(code).or_default();
            *texts.entry(text.into()).or_default() += 1;
        }
    }

    fn take(&mut self, other: &Self) {
        fn less<'a>(mine: &mut [u64], theirs: impl IntoIterator<Item = &'a u64>) {
            let mine = mine.iter_mut().zip(theirs);
            mine.for_each(|(mine, theirs)| *mine = mine.saturating_sub(*theirs));
        }
        self.base.take(&other.base);
        less(&mut self.choices, &other.choices);
        less(&mut self.nets, &other.nets);
        for (mine, theirs) in self.ranks.iter_mut().zip(&other.ranks) {
            mine.first = mine.first.saturating_sub(theirs.first);
            mine.sum = mine.sum.saturating_sub(theirs.sum);
        }
        self.values.take(&other.values);
        take(&mut self.dates, &other.dates);
        for (code, theirs) in &other.texts {
            if let Some(mine) = self.texts.get_mut(code) {
                take(mine, theirs);
                if mine.is_empty() {
                    self.texts.remove(code);
                }
            }
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        fn sum<'a>(mine: &mut [u64], theirs: impl IntoIterator<Item = &'a u64>) {
            mine.iter_mut()
                .zip(theirs)
                .for_each(|(mine, theirs)| *mine += theirs);
        }
        self.base.merge(&other.base);
        sum(&mut self.choices, &other.choices);
        sum(&mut self.nets, &other.nets);
        for (mine, theirs) in self.ranks.iter_mut().zip(&other.ranks) {
            mine.first += theirs.first;
            mine.sum += theirs.sum;
        }
        self.values.merge(&other.values);
        for (date, n) in &other.dates {
            *self.dates.entry(*date).or_default() += n;
        }
        for (code, texts) in &other.texts {
            let mine = self.texts.entry(*code).or_default();
            for (text, n) in texts {
                *mine.entry(text.clone()).or_default() += n;
            }
        }
    }
}
