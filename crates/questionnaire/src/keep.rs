//! Answers out of an evaluation, into a draft or a submission.

use serde_json::{Map, Value};

use crate::answer::Answer;
use crate::evaluation::{Evaluation, SlotState};
use crate::instrument::{ItemIx, Kind, Units};

/// Which answers go into a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// All of them: a draft loses nothing when its respondent changes an earlier answer.
    Everything,
    /// Those on path: what a submission stores.
    OnPath,
}

impl Evaluation<'_> {
    /// Keys of answers that are given but off path, in the order of the questionnaire: what a
    /// submission drops. A « préciser » text whose choice is not made is among them.
    #[must_use]
    pub fn off_path(&self) -> Vec<String> {
        let slots = &self.engine.layout.slots;
        let mut keys = Vec::new();
        for (slot, it) in (0u32..).zip(slots) {
            if self.state(slot) == SlotState::NotAsked && !self.answer(slot).is_empty() {
                keys.push(it.key.to_string());
            }
            for (choice, _) in self.specified.of_slot(slot) {
                if self.state(slot) == SlotState::NotAsked || !self.is_chosen(slot, choice) {
                    keys.push(self.specify_key(slot, choice));
                }
            }
        }
        keys
    }

    /// Whether a choice is among the slot's answer.
    #[must_use]
    pub fn is_chosen(&self, slot: u32, choice: u16) -> bool {
        match self.answer(slot) {
            Answer::Code(it) => *it == choice,
            Answer::Codes(it) => it.contains(&choice),
            _ => false,
        }
    }

    /// The key of a « préciser » text.
    pub(crate) fn specify_key(&self, slot: u32, choice: u16) -> String {
        let code = self
            .list_of(slot)
            .and_then(|it| it.choice(choice))
            .map_or("", |it| &it.code);
        format!("{}.{code}", self.engine.layout.slots[slot as usize].key)
    }

    /// The answers as a sheet's `answers`: missing reasons and codes in their one stored form.
    #[must_use]
    pub fn to_answers(&self, keep: Keep) -> Map<String, Value> {
        let instrument = &self.engine.instrument;
        let mut answers = Map::new();
        for (ix, item) in (0u32..).zip(&instrument.items) {
            if item.roster.is_some() {
                continue;
            }
            if let Kind::Roster { roster } = item.kind {
                let units = self.units_to_json(roster, keep);
                if !units.is_empty() {
                    answers.insert(item.id.clone(), Value::Array(units));
                }
            } else {
                self.item_to_json(ix, None, keep, &mut answers);
            }
        }
        answers
    }

    fn units_to_json(&self, roster: u32, keep: Keep) -> Vec<Value> {
        let it = &self.engine.instrument.rosters[roster as usize];
        let on_path = self.is_on_path(it.item, None);
        let mut units = Vec::new();
        for unit in 0..self.engine.instrument.unit_bound(roster) {
            let exists = self.exists(roster, unit);
            if keep == Keep::OnPath && !(exists && on_path) {
                continue;
            }
            let mut entry = Map::new();
            for &member in &it.items {
                self.item_to_json(member, Some(unit), keep, &mut entry);
            }
            let free = matches!(it.units, Units::Free { .. });
            if !entry.is_empty() || (free && unit < self.n_units(roster)) {
                let key = self.engine.instrument.unit_key(roster, unit);
                entry.insert(it.key.clone(), Value::from(key));
                units.push(Value::Object(entry));
            }
        }
        units
    }

    fn item_to_json(
        &self,
        item: ItemIx,
        unit: Option<u32>,
        keep: Keep,
        out: &mut Map<String, Value>,
    ) {
        let engine = self.engine;
        let it = &engine.instrument.items[item as usize];
        let mut rows = Map::new();
        for slot in engine.layout.slots_of(item, unit) {
            if keep == Keep::OnPath && self.state(slot) == SlotState::NotAsked {
                continue;
            }
            let row = match (&it.kind, engine.layout.slots[slot as usize].row) {
                (Kind::Grid { rows, .. }, Some(row)) => {
                    rows.get(usize::from(row)).map(|it| it.code.as_str())
                }
                _ => None,
            };
            if let Some(value) = self.answer(slot).to_json(self.list_of(slot)) {
                match row {
                    Some(row) => rows.insert(row.to_owned(), value),
                    None => out.insert(it.id.clone(), value),
                };
            }
            for (choice, text) in self.specified.of_slot(slot) {
                if keep == Keep::Everything || self.is_chosen(slot, choice) {
                    let code = self.list_of(slot).and_then(|it| it.choice(choice));
                    let code = code.map_or("", |it| it.code.as_str());
                    let key = match row {
                        Some(row) => format!("{}[{row}].{code}", it.id),
                        None => format!("{}.{code}", it.id),
                    };
                    out.insert(key, Value::from(text));
                }
            }
        }
        if !rows.is_empty() {
            out.insert(it.id.clone(), Value::Object(rows));
        }
    }
}
