//! Single changes to an evaluation, by key, as forms make them.

use serde_json::Value;

use crate::answer::{Answer, is_blank};
use crate::evaluation::Evaluation;
use crate::instrument::{Kind, Units};

impl Evaluation<'_> {
    /// Sets a slot, or a « préciser » text, by its key. An empty value clears it. Answers whether
    /// there is such a place.
    pub fn set_by_key(&mut self, key: &str, value: &Value) -> bool {
        if let Some(slot) = self.engine.layout.slot(key) {
            let answer = self.read_answer(slot, value);
            self.set(slot, answer);
            return true;
        }
        let place = key.rsplit_once('.').and_then(|(slot, code)| {
            let slot = self.engine.layout.slot(slot)?;
            let list = self.list_of(slot)?;
            let choice = list.position(code)?;
            list.choice(choice)?
                .specify
                .as_ref()
                .map(|_| (slot, choice))
        });
        match (place, value) {
            (Some(at), it) if is_blank(it) => {
                self.specified.remove(at);
                true
            }
            (Some(at), Value::String(text)) => {
                self.specified.insert(at, text.clone());
                true
            }
            _ => false,
        }
    }

    /// One more unit of a roster of free units, up to its bound.
    pub fn add_unit(&mut self, roster: &str) {
        if let Some(roster) = self.free_roster(roster) {
            self.set_units(roster, self.n_units(roster) + 1);
        }
    }

    /// Takes a free unit away; those after it move up.
    pub fn remove_unit(&mut self, roster: &str, key: &str) {
        let Some(roster) = self.free_roster(roster) else {
            return;
        };
        let instrument = &self.engine.instrument;
        let count = self.n_units(roster);
        let Some(gone) = instrument
            .unit_position(roster, key)
            .filter(|it| *it < count)
        else {
            return;
        };
        for &item in &instrument.rosters[roster as usize].items {
            for unit in gone..count {
                // The last unit has none after it, and is emptied.
                let after = (unit + 1 < count).then_some(unit + 1);
                let mut from = self
                    .engine
                    .layout
                    .slots_of(item, Some(after.unwrap_or(u32::MAX)));
                for to in self.engine.layout.slots_of(item, Some(unit)) {
                    let from = from.next();
                    let answer = from.map_or(Answer::Empty, |it| self.answer(it).clone());
                    self.put(to, answer);
                    self.specified.replace(to, from);
                }
            }
        }
        self.set_units(roster, count - 1);
    }

    fn free_roster(&self, id: &str) -> Option<u32> {
        let instrument = &self.engine.instrument;
        match instrument.items[self.engine.layout.item(id)? as usize].kind {
            Kind::Roster { roster } => {
                let free = matches!(
                    instrument.rosters[roster as usize].units,
                    Units::Free { .. }
                );
                free.then_some(roster)
            }
            _ => None,
        }
    }
}
