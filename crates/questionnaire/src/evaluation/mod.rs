//! The engine at work: which slots are on path, what each holds, what follows from it.
//!
//! An [`Evaluation`] keeps every truth value and slot state of one response. Setting one answer
//! visits only what depends on it, once, in the order of the [`Layout`]; the result equals a full
//! evaluation (a law tested on random questionnaires).

mod run;
mod state;

use expr::{Reasons, Truth, Type, Value as Computed};
use jiff::civil::Date;
use serde_json::Value;

use crate::answer::Answer;
use crate::instrument::{Instrument, Kind, List};
use crate::layout::{Layout, Unusable, key_of};
use crate::specified::Specified;

pub use state::SlotState;

/// An instrument with its layout: what evaluations run on.
#[derive(Clone, Debug)]
pub struct Engine {
    /// The compiled questionnaire.
    pub instrument: Instrument,
    /// Its slots and order of evaluation.
    pub layout: Layout,
}

impl Engine {
    /// Lays out an instrument.
    ///
    /// # Errors
    /// Those of [`Layout::new`].
    pub fn new(instrument: Instrument) -> Result<Self, Unusable> {
        let layout = Layout::new(&instrument)?;
        Ok(Self { instrument, layout })
    }

    /// Whether a condition or a computed value reads `today`: then a sheet must say which day it
    /// was answered on ([`Meta::today`](crate::Meta::today)).
    #[must_use]
    pub fn reads_today(&self) -> bool {
        self.layout.reads_today
    }

    /// An evaluation without answers: a respondent who has been shown everything and said nothing.
    #[must_use]
    pub fn evaluation(&self) -> Evaluation<'_> {
        Evaluation::new(self)
    }
}

/// The state of one response, kept up to date answer by answer.
#[derive(Clone, Debug)]
pub struct Evaluation<'e> {
    pub(crate) engine: &'e Engine,
    answers: Vec<Answer>,
    states: Vec<SlotState>,
    gates: Vec<Truth>,
    watched: Vec<Truth>,
    computed: Vec<Computed>,
    /// For each roster, whether each of its units exists.
    units: Vec<Box<[Truth]>>,
    /// For each roster of free units, how many there are.
    free_units: Vec<u32>,
    /// « Préciser » texts, by slot and choice.
    pub(crate) specified: Specified,
    reached: u32,
    today: Option<Date>,
    dirty: Vec<u64>,
    first_dirty: usize,
    visits: u64,
}

impl PartialEq for Evaluation<'_> {
    /// Whether both hold the same answers to the same questionnaire, and everything that follows
    /// from them.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.engine, other.engine)
            && self.answers == other.answers
            && self.specified == other.specified
            && self.free_units == other.free_units
            && (self.reached, self.today) == (other.reached, other.today)
            && self.states == other.states
            && self.gates == other.gates
            && self.watched == other.watched
            && self.computed == other.computed
            && self.units == other.units
    }
}

impl<'e> Evaluation<'e> {
    fn new(engine: &'e Engine) -> Self {
        let (instrument, layout) = (&engine.instrument, &engine.layout);
        let rosters = 0..instrument.rosters.len() as u32;
        let mut it = Self {
            engine,
            answers: vec![Answer::Empty; layout.slots.len()],
            states: vec![SlotState::NoAnswer; layout.slots.len()],
            gates: vec![Truth::True; layout.gates.len()],
            watched: vec![Truth::False; layout.watched.len()],
            computed: vec![Computed::Missing(Reasons::NONE); layout.computed.len()],
            units: rosters
                .clone()
                .map(|it| vec![Truth::False; instrument.unit_bound(it) as usize].into())
                .collect(),
            free_units: vec![0; rosters.len()],
            specified: Specified::default(),
            reached: u32::MAX,
            today: None,
            dirty: vec![0; layout.order.len().div_ceil(64)],
            first_dirty: usize::MAX,
            visits: 0,
        };
        it.evaluate_all();
        it
    }

    /// The engine it runs on.
    #[must_use]
    pub fn engine(&self) -> &'e Engine {
        self.engine
    }

    /// The date that `today` reads; unknown until it is set.
    pub fn set_today(&mut self, today: Option<Date>) {
        self.today = today;
        self.evaluate_all();
    }

    /// The date that `today` reads, if it is known.
    #[must_use]
    pub fn answered_on(&self) -> Option<Date> {
        self.today
    }

    /// The last page shown; `None` for a finished walk.
    pub fn set_reached(&mut self, page: Option<u32>) {
        self.reached = page.unwrap_or(u32::MAX);
        self.evaluate_all();
    }

    /// The last page shown; `None` for a finished walk.
    #[must_use]
    pub fn reached(&self) -> Option<u32> {
        (self.reached != u32::MAX).then_some(self.reached)
    }

    /// Sets the answer of one slot and brings everything that depends on it up to date.
    pub fn set(&mut self, slot: u32, answer: Answer) {
        self.put(slot, answer);
        self.settle();
    }

    /// Sets an answer without evaluating yet; [`Evaluation::settle`] must follow.
    pub(crate) fn put(&mut self, slot: u32, answer: Answer) {
        if let Some(old) = self.answers.get_mut(slot as usize) {
            *old = answer;
            self.touch(self.engine.layout.place_of_slot[slot as usize]);
        }
    }

    /// Sets the answer of one slot from the value it has in a sheet (for a grid, its row's).
    /// Answers whether there is such a slot.
    pub fn set_json(&mut self, key: &str, value: &Value) -> bool {
        let Some(slot) = self.engine.layout.slot(key) else {
            return false;
        };
        let answer = self.read_answer(slot, value);
        self.set(slot, answer);
        true
    }

    pub(crate) fn read_answer(&self, slot: u32, value: &Value) -> Answer {
        let instrument = &self.engine.instrument;
        let item = &instrument.items[self.engine.layout.slots[slot as usize].item as usize];
        Answer::read(instrument, item, value)
    }

    /// Sets how many free units a roster has.
    pub fn set_units(&mut self, roster: u32, count: u32) {
        self.put_units(roster, count);
        self.settle();
    }

    pub(crate) fn put_units(&mut self, roster: u32, count: u32) {
        let bound = self.engine.instrument.unit_bound(roster);
        if let Some(it) = self.free_units.get_mut(roster as usize) {
            *it = count.min(bound);
            self.touch(self.engine.layout.place_of_units[roster as usize]);
        }
    }

    /// How many units a roster of free units has.
    #[must_use]
    pub fn n_units(&self, roster: u32) -> u32 {
        self.free_units.get(roster as usize).copied().unwrap_or(0)
    }

    /// How many gates, slots, values and conditions have been evaluated so far: what a change costs.
    #[must_use]
    pub fn visits(&self) -> u64 {
        self.visits
    }

    /// The answer of a slot as given, on path or not.
    #[must_use]
    pub fn answer(&self, slot: u32) -> &Answer {
        self.answers.get(slot as usize).unwrap_or(&Answer::Empty)
    }

    /// The « préciser » text beside a choice, as given.
    #[must_use]
    pub fn specified(&self, slot: u32, choice: u16) -> Option<&str> {
        self.specified.get(slot, choice)
    }

    /// What a slot holds.
    #[must_use]
    pub fn state(&self, slot: u32) -> SlotState {
        self.states
            .get(slot as usize)
            .copied()
            .unwrap_or(SlotState::NotAsked)
    }

    /// Every slot that exists, in order: those of roster units only where the unit exists.
    pub fn slots(&self) -> impl Iterator<Item = (u32, SlotState)> + '_ {
        (0..self.states.len() as u32)
            .filter(|it| self.slot_exists(*it))
            .map(|it| (it, self.states[it as usize]))
    }

    /// Whether a slot's roster unit exists; always so outside rosters.
    #[must_use]
    pub fn slot_exists(&self, slot: u32) -> bool {
        let it = &self.engine.layout.slots[slot as usize];
        match (
            self.engine.instrument.items[it.item as usize].roster,
            it.unit,
        ) {
            (Some(roster), Some(unit)) => self.exists(roster, unit),
            _ => true,
        }
    }

    /// Whether a roster's unit exists.
    #[must_use]
    pub fn exists(&self, roster: u32, unit: u32) -> bool {
        self.units
            .get(roster as usize)
            .and_then(|it| it.get(unit as usize))
            .is_some_and(|it| it.is_true())
    }

    /// Whether an item is on path in a unit (outside rosters: `None`); a statement too.
    #[must_use]
    pub fn is_on_path(&self, item: u32, unit: Option<u32>) -> bool {
        self.item_truth(item, unit).is_true()
    }

    /// Whether a slot is on path, reached or not.
    pub(crate) fn is_slot_on_path(&self, slot: u32) -> bool {
        let gate = self
            .engine
            .layout
            .slots
            .get(slot as usize)
            .map(|it| it.gate);
        gate.and_then(|it| self.gates.get(it as usize))
            .is_some_and(|it| it.is_true())
    }

    pub(crate) fn item_truth(&self, item: u32, unit: Option<u32>) -> Truth {
        self.engine
            .layout
            .item_gates
            .get(item as usize)
            .and_then(|it| it.get(unit.unwrap_or(0) as usize))
            .map_or(Truth::False, |it| self.gates[*it as usize])
    }

    pub(crate) fn page_truth(&self, page: u32) -> Truth {
        let gate = self.engine.layout.page_gates.get(page as usize);
        gate.map_or(Truth::False, |it| self.gates[*it as usize])
    }

    /// Computed values that exist, with their keys and types, in order.
    pub fn computed(&self) -> impl Iterator<Item = (String, Type, &Computed)> + '_ {
        let instrument = &self.engine.instrument;
        let cells = self.engine.layout.computed.iter().zip(&self.computed);
        cells.filter_map(move |(cell, value)| {
            let item = &instrument.items[cell.item as usize];
            let Kind::Computed { value: expression } = &item.kind else {
                return None;
            };
            let exists = match (item.roster, cell.unit) {
                (Some(roster), Some(unit)) => self.exists(roster, unit),
                _ => true,
            };
            let key = || key_of(instrument, cell.item, cell.unit);
            exists.then(|| (key(), expression.program.ty(), value))
        })
    }

    /// The value of a computed item, in one unit if it stands inside a roster.
    #[must_use]
    pub fn computed_of(&self, item: u32, unit: Option<u32>) -> Option<&Computed> {
        let at = self.engine.layout.computed_of(item, unit)?;
        self.computed.get(at as usize)
    }

    /// Truth of a choice's filter; an unfiltered choice is offered.
    pub(crate) fn is_offered(&self, item: u32, unit: Option<u32>, choice: u16) -> bool {
        let it = &self.engine.instrument.items[item as usize];
        match it.choice_filters.iter().position(|(at, _)| *at == choice) {
            None => true,
            Some(nth) => self.watched_of_item(item, unit, nth).is_true(),
        }
    }

    /// Truth of a gate, by its position in [`Layout::gates`].
    #[must_use]
    pub fn gate_truth(&self, gate: u32) -> Truth {
        let it = self.gates.get(gate as usize);
        it.copied().unwrap_or(Truth::False)
    }

    /// Truth of a condition that is evaluated by itself, by its position in [`Layout::watched`].
    #[must_use]
    pub fn watched_truth(&self, watched: u32) -> Truth {
        let it = self.watched.get(watched as usize);
        it.copied().unwrap_or(Truth::False)
    }

    /// Truth of the item's nth check.
    pub(crate) fn check_truth(&self, item: u32, unit: Option<u32>, nth: usize) -> Truth {
        let before = self.engine.instrument.items[item as usize]
            .choice_filters
            .len();
        self.watched_of_item(item, unit, before + nth)
    }

    fn watched_of_item(&self, item: u32, unit: Option<u32>, nth: usize) -> Truth {
        self.engine
            .layout
            .item_watched
            .get(item as usize)
            .and_then(|it| it.get(unit.unwrap_or(0) as usize))
            .and_then(|first| self.watched.get(*first as usize + nth))
            .copied()
            .unwrap_or(Truth::False)
    }

    pub(crate) fn fill_case(&self, fill: u32) -> Option<usize> {
        let first = *self.engine.layout.fill_watched.get(fill as usize)? as usize;
        let cases = self.engine.instrument.fills.get(fill as usize)?.cases.len();
        (0..cases).find(|it| self.watched.get(first + it).is_some_and(|it| it.is_true()))
    }

    pub(crate) fn list_of(&self, slot: u32) -> Option<&'e List> {
        let instrument = &self.engine.instrument;
        let slot = self.engine.layout.slots.get(slot as usize)?;
        let item = instrument.items.get(slot.item as usize)?;
        instrument.lists.get(item.list()? as usize)
    }
}
