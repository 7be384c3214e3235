//! Visiting nodes in order, and what conditions read.

use expr::{Datum, Env, Missing, Reasons, RosterId, Truth, Value as Computed, VarId};
use jiff::civil::Date;

use super::{Evaluation, SlotState};
use crate::answer::Answer;
use crate::instrument::{AttributeValue, Kind, MissingOffer, Units};
use crate::layout::{Node, Var};

impl Evaluation<'_> {
    pub(super) fn touch(&mut self, place: u32) {
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
        self.visits += 1;
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
        let mut truth = gate
            .parent
            .map_or(Truth::True, |it| self.gates[it as usize]);
        if let Some((roster, unit)) = gate.exists {
            truth = truth.and(self.units[roster as usize][unit as usize]);
        }
        match gate
            .filter
            .and_then(|it| it.condition(&self.engine.instrument))
        {
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
                answer => match answer.missing(self.list_of(slot)).map(MissingOffer::reason) {
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
            // Free units are answers: off path there are none.
            Units::Free { .. } => self
                .item_truth(self.engine.instrument.rosters[roster as usize].item, None)
                .and(Truth::from(unit < self.free_units[roster as usize])),
            Units::Chosen { item, list } => {
                let slot = self.engine.layout.first_slot(item, None);
                match self.datum(slot.unwrap_or(u32::MAX)) {
                    Datum::Missing(reasons) => Truth::Unknown(reasons),
                    Datum::Codes(codes) => {
                        let choice =
                            self.engine.instrument.lists[list as usize].choice(unit as u16);
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
        let Some(state) = self.states.get(slot as usize) else {
            return Datum::Missing(Reasons::NONE);
        };
        match state.missing() {
            Some(reason) => Datum::Missing(Reasons::only(reason)),
            None => self.answers[slot as usize]
                .datum()
                .unwrap_or(Datum::Missing(Reasons::NONE)),
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
                .get(first.saturating_add(at) as usize)
                .map_or(Datum::Missing(Reasons::NONE), Computed::as_datum),
            Some(Var::UnitKey(roster)) => self.unit_key(roster, at),
            Some(Var::Attribute(first, part)) => self.attribute(first.saturating_add(at), part),
            Some(Var::Nothing) | None => Datum::Missing(Reasons::NONE),
        }
    }

    fn unit_bound(&self, roster: RosterId) -> u32 {
        self.units
            .get(roster.0 as usize)
            .map_or(0, |it| it.len() as u32)
    }

    fn unit_exists(&self, roster: RosterId, unit: u32) -> bool {
        // A roster that is not asked has no units to count, chosen or not.
        let roster_item = self
            .engine
            .instrument
            .rosters
            .get(roster.0 as usize)
            .map(|it| it.item);
        self.exists(roster.0, unit) && roster_item.is_some_and(|it| self.is_on_path(it, None))
    }

    fn today(&self) -> Option<Date> {
        self.today
    }
}

impl Evaluation<'_> {
    /// The key of a unit: a code of the list it was chosen from, or the number of a free unit.
    fn unit_key(&self, roster: u32, unit: u32) -> Datum<'_> {
        let roster = self.engine.instrument.rosters.get(roster as usize);
        match roster.map(|it| &it.units) {
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
