//! The engine at work: which slots are on path, what each holds, what follows from it.
//!
//! An [`Evaluation`] keeps every truth value and slot state of one response. Setting one answer
//! visits only what depends on it, once, in the order of the [`Layout`]; the result equals a full
//! evaluation (a law tested on random questionnaires).

use std::collections::BTreeMap;

use expr::{Datum, Env, Missing, Reasons, RosterId, Truth, Value as Computed, VarId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::answer::Answer;
use crate::instrument::{AttributeValue, Instrument, Kind, List, Units};
use crate::layout::{Cycle, Layout, Node, Var};

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
    /// When its filters or computed values read each other in a circle.
    pub fn new(instrument: Instrument) -> Result<Self, Cycle> {
        let layout = Layout::new(&instrument)?;
        Ok(Self { instrument, layout })
    }

    /// An evaluation without answers: a respondent who has been shown everything and said nothing.
    #[must_use]
    pub fn evaluation(&self) -> Evaluation<'_> {
        Evaluation::new(self)
    }
}

/// What an answer slot holds: an answer, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlotState {
    /// On path, with a usable answer.
    Answered,
    /// On path and reached, without one.
    NoAnswer,
    /// « Ne sait pas ».
    DontKnow,
    /// « Ne souhaite pas répondre ».
    Refused,
    /// Off path.
    NotAsked,
    /// The respondent stopped before it.
    NotReached,
}

impl SlotState {
    /// Every state, in the order of the codebook.
    pub const ALL: [Self; 6] = [
        Self::Answered,
        Self::NoAnswer,
        Self::DontKnow,
        Self::Refused,
        Self::NotAsked,
        Self::NotReached,
    ];

    /// The code in sheets, tallies and codebooks.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self.missing() {
            None => "answered",
            Some(reason) => reason.code(),
        }
    }

    /// The missing reason, unless there is an answer.
    #[must_use]
    pub const fn missing(self) -> Option<Missing> {
        match self {
            Self::Answered => None,
            Self::NoAnswer => Some(Missing::NoAnswer),
            Self::DontKnow => Some(Missing::DontKnow),
            Self::Refused => Some(Missing::Refused),
            Self::NotAsked => Some(Missing::NotAsked),
            Self::NotReached => Some(Missing::NotReached),
        }
    }

    /// Whether the question was put: answered, refused, not known or left empty.
    #[must_use]
    pub const fn is_asked(self) -> bool {
        !matches!(self, Self::NotAsked | Self::NotReached)
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
    pub(crate) specified: BTreeMap<(u32, u16), String>,
    reached: u32,
    today: Option<Date>,
    dirty: Vec<u64>,
    first_dirty: usize,
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
            specified: BTreeMap::new(),
            reached: u32::MAX,
            today: None,
            dirty: vec![0; layout.order.len().div_ceil(64)],
            first_dirty: usize::MAX,
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
        let Some(slot) = self.engine.layout.slot(key) else { return false };
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

    pub(crate) fn free_units(&self, roster: u32) -> u32 {
        self.free_units.get(roster as usize).copied().unwrap_or(0)
    }

    /// The answer of a slot as given, on path or not.
    #[must_use]
    pub fn answer(&self, slot: u32) -> &Answer {
        self.answers.get(slot as usize).unwrap_or(&Answer::Empty)
    }

    /// The « préciser » text beside a choice, as given.
    #[must_use]
    pub fn specified(&self, slot: u32, choice: u16) -> Option<&str> {
        self.specified.get(&(slot, choice)).map(String::as_str)
    }

    /// What a slot holds.
    #[must_use]
    pub fn state(&self, slot: u32) -> SlotState {
        self.states.get(slot as usize).copied().unwrap_or(SlotState::NotAsked)
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
        match (self.engine.instrument.items[it.item as usize].roster, it.unit) {
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

    /// Computed values that exist, with their keys, in order.
    pub fn computed(&self) -> impl Iterator<Item = (String, &Computed)> + '_ {
        let instrument = &self.engine.instrument;
        self.engine.layout.computed.iter().zip(&self.computed).filter_map(move |(cell, value)| {
            let item = &instrument.items[cell.item as usize];
            match (item.roster, cell.unit) {
                (Some(roster), Some(unit)) => self.exists(roster, unit).then(|| {
                    let roster_item = instrument.rosters[roster as usize].item as usize;
                    let key = instrument.unit_key(roster, unit);
                    (format!("{}[{key}].{}", instrument.items[roster_item].id, item.id), value)
                }),
                _ => Some((item.id.clone(), value)),
            }
        })
    }

    /// The value of a computed item outside rosters.
    pub(crate) fn computed_of(&self, item: u32, unit: Option<u32>) -> Option<&Computed> {
        let cells = &self.engine.layout.computed;
        let at = cells.iter().position(|it| it.item == item && it.unit == unit)?;
        self.computed.get(at)
    }

    /// Truth of a choice's filter; an unfiltered choice is offered.
    pub(crate) fn is_offered(&self, item: u32, unit: Option<u32>, choice: u16) -> bool {
        let it = &self.engine.instrument.items[item as usize];
        match it.choice_filters.iter().position(|(at, _)| *at == choice) {
            None => true,
            Some(nth) => self.watched_of_item(item, unit, nth).is_true(),
        }
    }

    /// Truth of the item's nth check.
    pub(crate) fn check_truth(&self, item: u32, unit: Option<u32>, nth: usize) -> Truth {
        let before = self.engine.instrument.items[item as usize].choice_filters.len();
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
        let item = &instrument.items[self.engine.layout.slots[slot as usize].item as usize];
        instrument.lists.get(item.list()? as usize)
    }

    fn touch(&mut self, place: u32) {
        let word = place as usize / 64;
        self.dirty[word] |= 1 << (place % 64);
        self.first_dirty = self.first_dirty.min(word);
    }

    /// Evaluates everything once.
    pub(crate) fn evaluate_all(&mut self) {
        for place in 0..self.engine.layout.order.len() {
            self.run(place);
        }
        self.dirty.fill(0);
        self.first_dirty = usize::MAX;
    }

    /// Evaluates what has been touched, and what follows, each once.
    pub(crate) fn settle(&mut self) {
        let mut word = self.first_dirty;
        while word < self.dirty.len() {
            // A slot that was set must pass its change on even where its state stays the same.
            while self.dirty[word] != 0 {
                let place = word * 64 + self.dirty[word].trailing_zeros() as usize;
                self.dirty[word] &= self.dirty[word] - 1;
                if self.run(place) {
                    let engine = self.engine;
                    for &next in engine.layout.dependents(place) {
                        self.dirty[next as usize / 64] |= 1 << (next % 64);
                    }
                }
            }
            word += 1;
        }
        self.first_dirty = usize::MAX;
    }

    /// Evaluates one node; answers whether what it shows to others may have changed.
    fn run(&mut self, place: usize) -> bool {
        match self.engine.layout.order[place] {
            Node::Gate(it) => {
                let truth = self.gate(it);
                std::mem::replace(&mut self.gates[it as usize], truth) != truth
            }
            Node::Slot(it) => {
                let state = self.state_of(it);
                let before = std::mem::replace(&mut self.states[it as usize], state);
                before != state || state == SlotState::Answered
            }
            Node::Units(roster) => self.run_units(roster),
            Node::Computed(it) => {
                let value = self.compute(it);
                let changed = self.computed[it as usize] != value;
                self.computed[it as usize] = value;
                changed
            }
            Node::Watched(it) => {
                let watched = self.engine.layout.watched[it as usize];
                let truth = watched
                    .source
                    .condition(&self.engine.instrument)
                    .map_or(Truth::False, |it| it.program.truth(self, watched.unit));
                self.watched[it as usize] = truth;
                false
            }
        }
    }

    fn gate(&self, gate: u32) -> Truth {
        let gate = &self.engine.layout.gates[gate as usize];
        let mut truth = gate.parent.map_or(Truth::True, |it| self.gates[it as usize]);
        if let Some((roster, unit)) = gate.exists {
            truth = truth.and(self.units[roster as usize][unit as usize]);
        }
        match gate.filter.and_then(|it| it.condition(&self.engine.instrument)) {
            Some(filter) if !truth.is_false() => truth.and(filter.program.truth(self, gate.unit)),
            _ => truth,
        }
    }

    fn state_of(&self, slot: u32) -> SlotState {
        let at = &self.engine.layout.slots[slot as usize];
        match self.gates[at.gate as usize] {
            Truth::False => SlotState::NotAsked,
            Truth::Unknown(reasons) if reasons.has(Missing::NotReached) => SlotState::NotReached,
            Truth::Unknown(_) => SlotState::NotAsked,
            Truth::True => match &self.answers[slot as usize] {
                Answer::Empty if at.page > self.reached => SlotState::NotReached,
                Answer::Empty | Answer::Unreadable(_) => SlotState::NoAnswer,
                answer => match answer.missing(self.list_of(slot)).map(|it| it.reason()) {
                    Some(Missing::DontKnow) => SlotState::DontKnow,
                    Some(_) => SlotState::Refused,
                    None => SlotState::Answered,
                },
            },
        }
    }

    fn run_units(&mut self, roster: u32) -> bool {
        let mut changed = false;
        for unit in 0..self.units[roster as usize].len() as u32 {
            let truth = self.unit_truth(roster, unit);
            let before = std::mem::replace(&mut self.units[roster as usize][unit as usize], truth);
            changed |= before != truth;
        }
        changed
    }

    fn unit_truth(&self, roster: u32, unit: u32) -> Truth {
        match self.engine.instrument.rosters[roster as usize].units {
            Units::Free { .. } => Truth::from(unit < self.free_units[roster as usize]),
            Units::Chosen { item, list } => {
                let slot = self.engine.layout.item_slots[item as usize].0;
                match self.datum(slot) {
                    Datum::Missing(reasons) => Truth::Unknown(reasons),
                    Datum::Codes(codes) => {
                        let choice = self.engine.instrument.lists[list as usize].choice(unit as u16);
                        let counts = choice.is_some_and(|it| it.missing.is_none() && !it.exclusive);
                        Truth::from(counts && codes.contains(&(unit as u16)))
                    }
                    _ => Truth::False,
                }
            }
        }
    }

    fn compute(&self, cell: u32) -> Computed {
        let cell = self.engine.layout.computed[cell as usize];
        match self.gates[cell.gate as usize] {
            Truth::True => {}
            Truth::Unknown(reasons) if reasons.has(Missing::NotReached) => {
                return Computed::Missing(Reasons::only(Missing::NotReached));
            }
            _ => return Computed::Missing(Reasons::only(Missing::NotAsked)),
        }
        match &self.engine.instrument.items[cell.item as usize].kind {
            Kind::Computed { value } => value.program.value(self, cell.unit),
            _ => Computed::Missing(Reasons::NONE),
        }
    }

    /// What conditions read in a slot.
    fn datum(&self, slot: u32) -> Datum<'_> {
        let Some(state) = self.states.get(slot as usize) else { return Datum::Missing(Reasons::NONE) };
        match state.missing() {
            Some(reason) => Datum::Missing(Reasons::only(reason)),
            None => self.answers[slot as usize].datum().unwrap_or(Datum::Missing(Reasons::NONE)),
        }
    }
}

impl Env for Evaluation<'_> {
    fn read(&self, var: VarId, unit: Option<u32>) -> Datum<'_> {
        let at = unit.unwrap_or(0);
        match self.engine.layout.var(var) {
            Some(Var::Slot(first)) => self.datum(first.saturating_add(at)),
            Some(Var::Computed(first)) => self
                .computed
                .get((first + at) as usize)
                .map_or(Datum::Missing(Reasons::NONE), Computed::as_datum),
            Some(Var::UnitKey(roster)) => self.unit_key(roster, at),
            Some(Var::Attribute(first, part)) => self.attribute(first.saturating_add(at), part),
            None => Datum::Missing(Reasons::NONE),
        }
    }

    fn unit_bound(&self, roster: RosterId) -> u32 {
        self.units.get(roster.0 as usize).map_or(0, |it| it.len() as u32)
    }

    fn unit_exists(&self, roster: RosterId, unit: u32) -> bool {
        self.exists(roster.0, unit)
    }

    fn today(&self) -> Option<Date> {
        self.today
    }
}

impl Evaluation<'_> {
    /// The key of a unit: a code of the list it was chosen from, or the number of a free unit.
    fn unit_key(&self, roster: u32, unit: u32) -> Datum<'_> {
        match self.engine.instrument.rosters.get(roster as usize).map(|it| &it.units) {
            Some(Units::Chosen { .. }) => Datum::Code(unit as u16),
            Some(Units::Free { .. }) => Datum::Number((unit + 1).into()),
            None => Datum::Missing(Reasons::NONE),
        }
    }

    fn attribute(&self, slot: u32, part: u16) -> Datum<'_> {
        let code = match self.datum(slot) {
            Datum::Code(code) => code,
            Datum::Missing(reasons) => return Datum::Missing(reasons),
            _ => return Datum::Missing(Reasons::NONE),
        };
        let value = self
            .list_of(slot)
            .and_then(|it| it.choice(code))
            .and_then(|it| it.attributes.get(usize::from(part)));
        match value {
            Some(AttributeValue::Bool(it)) => Datum::Bool(*it),
            Some(AttributeValue::Number(it)) => Datum::Number(*it),
            Some(AttributeValue::Text(it)) => Datum::Text(it),
            Some(AttributeValue::None) | None => Datum::Missing(Reasons::NONE),
        }
    }
}
