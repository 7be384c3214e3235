//! Sheets in and out of an evaluation.

use serde_json::{Map, Value};

use crate::answer::{Answer, is_blank};
use crate::evaluation::{Engine, Evaluation, SlotState};
use crate::failure::{Failure, FailureCode};
use crate::instrument::{ItemIx, Kind, Units};
use crate::sheet::Sheet;

/// Which answers go into a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// All of them: a draft loses nothing when its respondent changes an earlier answer.
    Everything,
    /// Those on path: what a submission stores.
    OnPath,
}

/// An evaluated sheet, with what in it could not be given a place.
#[derive(Clone, Debug)]
pub struct Loaded<'e> {
    /// The evaluation.
    pub evaluation: Evaluation<'e>,
    /// Keys that name no item, rows or units that do not exist, shapes that do not fit.
    pub misfits: Vec<Failure>,
}

impl Engine {
    /// Evaluates a sheet. Nothing is refused: what does not fit is listed in
    /// [`misfits`](Loaded::misfits).
    #[must_use]
    pub fn load(&self, sheet: &Sheet) -> Loaded<'_> {
        let mut it = Loader { evaluation: self.evaluation(), misfits: Vec::new() };
        for (key, value) in &sheet.answers {
            it.entry(key, value);
        }
        // An unknown page cannot be told from a finished walk by its answers; say so.
        if let Some(page) = &sheet.meta.reached {
            match self.instrument.page(page) {
                Some(page) => it.evaluation.set_reached(Some(page)),
                None => it.misfits.push(Failure::hard(page, FailureCode::UnknownItem)),
            }
        }
        it.evaluation.evaluate_all();
        Loaded { evaluation: it.evaluation, misfits: it.misfits }
    }
}

struct Loader<'e> {
    evaluation: Evaluation<'e>,
    misfits: Vec<Failure>,
}

impl Loader<'_> {
    fn misfit(&mut self, key: &str, code: FailureCode) {
        self.misfits.push(Failure::hard(key, code));
    }

    fn entry(&mut self, key: &str, value: &Value) {
        let engine = self.evaluation.engine;
        match engine.layout.item(key) {
            Some(item) if engine.instrument.items[item as usize].roster.is_none() => {
                self.item(item, None, key, value);
            }
            _ => self.part(key, value, None),
        }
    }

    fn item(&mut self, item: ItemIx, unit: Option<u32>, key: &str, value: &Value) {
        let engine = self.evaluation.engine;
        match &engine.instrument.items[item as usize].kind {
            Kind::Statement | Kind::Computed { .. } | Kind::Contact { .. } => {
                self.misfit(key, FailureCode::UnknownItem);
            }
            Kind::Roster { roster } => self.roster(*roster, key, value),
            Kind::Grid { rows, .. } => {
                if is_blank(value) {
                    return;
                }
                let slots = engine.layout.slots_of(&engine.instrument, item, unit);
                // A missing reason for the whole grid is one for each of its rows.
                let whole = value.as_object().is_some_and(|it| it.contains_key("$missing"));
                let Some(object) = value.as_object() else {
                    return self.misfit(key, FailureCode::Type);
                };
                if whole {
                    for slot in slots {
                        self.put(slot, value);
                    }
                    return;
                }
                for (code, value) in object {
                    match rows.iter().position(|it| it.code == *code).and_then(|at| slots.get(at)) {
                        Some(slot) => self.put(*slot, value),
                        None => self.misfit(&format!("{key}[{code}]"), FailureCode::UnknownItem),
                    }
                }
            }
            _ => {
                for slot in engine.layout.slots_of(&engine.instrument, item, unit) {
                    self.put(slot, value);
                }
            }
        }
    }

    fn put(&mut self, slot: u32, value: &Value) {
        let answer = self.evaluation.read_answer(slot, value);
        self.evaluation.put(slot, answer);
    }

    fn roster(&mut self, roster: u32, key: &str, value: &Value) {
        if is_blank(value) {
            return;
        }
        let engine = self.evaluation.engine;
        let Some(entries) = value.as_array() else { return self.misfit(key, FailureCode::Type) };
        let it = &engine.instrument.rosters[roster as usize];
        let mut seen = Vec::new();
        for entry in entries {
            let Some(entry) = entry.as_object() else { return self.misfit(key, FailureCode::Type) };
            let unit_key = match entry.get(&it.key) {
                Some(Value::String(it)) => it.clone(),
                Some(Value::Number(it)) => it.to_string(),
                _ => return self.misfit(key, FailureCode::Type),
            };
            let Some(unit) = engine.instrument.unit_position(roster, &unit_key) else {
                // The thirteenth of at most twelve units is too many, not unknown.
                let number = unit_key.parse::<u32>().is_ok_and(|it| it > 0);
                let code = match it.units {
                    Units::Free { .. } if number => FailureCode::Range,
                    _ => FailureCode::UnknownCode,
                };
                self.misfit(&format!("{key}[{unit_key}]"), code);
                continue;
            };
            if seen.contains(&unit) {
                self.misfit(&format!("{key}[{unit_key}]"), FailureCode::Type);
                continue;
            }
            seen.push(unit);
            self.unit(roster, unit, &format!("{key}[{unit_key}]"), entry);
        }
        if let (Units::Free { .. }, Some(last)) = (&it.units, seen.iter().max()) {
            self.evaluation.put_units(roster, last + 1);
        }
    }

    fn unit(&mut self, roster: u32, unit: u32, prefix: &str, entry: &Map<String, Value>) {
        let engine = self.evaluation.engine;
        let it = &engine.instrument.rosters[roster as usize];
        for (id, value) in entry.iter().filter(|(id, _)| **id != it.key) {
            let member = it.items.iter().find(|at| engine.instrument.items[**at as usize].id == *id);
            let key = format!("{prefix}.{id}");
            match member {
                Some(item) => self.item(*item, Some(unit), &key, value),
                None => self.part(&key, value, Some(prefix)),
            }
        }
    }

    /// A « préciser » text (`item.choice`), or a slot key of its own (`grid[row]`,
    /// `roster[unit].item`): forms and CSV files name slots, sheets nest them.
    fn part(&mut self, key: &str, value: &Value, inside: Option<&str>) {
        let engine = self.evaluation.engine;
        if let Some(slot) = engine.layout.slot(key) {
            self.widen(slot);
            return self.put(slot, value);
        }
        let place = key.rsplit_once('.').and_then(|(slot, code)| {
            let slot = engine.layout.slot(slot)?;
            let list = self.evaluation.list_of(slot)?;
            let choice = list.position(code)?;
            list.choice(choice)?.specify.as_ref()?;
            Some((slot, choice))
        });
        match (place, value) {
            (None, _) => self.misfit(key, FailureCode::UnknownItem),
            (Some(_), it) if is_blank(it) => {}
            (Some(at), Value::String(text)) => {
                if inside.is_none() {
                    self.widen(at.0);
                }
                self.evaluation.specified.insert(at, text.clone());
            }
            (Some(_), _) => self.misfit(key, FailureCode::Type),
        }
    }

    /// A slot of a free unit brings the unit into being.
    fn widen(&mut self, slot: u32) {
        let engine = self.evaluation.engine;
        let at = &engine.layout.slots[slot as usize];
        let roster = engine.instrument.items[at.item as usize].roster;
        if let (Some(roster), Some(unit)) = (roster, at.unit)
            && matches!(engine.instrument.rosters[roster as usize].units, Units::Free { .. })
            && self.evaluation.free_units(roster) <= unit
        {
            self.evaluation.put_units(roster, unit + 1);
        }
    }
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
            for (&(_, choice), _) in self.specified.range((slot, 0)..=(slot, u16::MAX)) {
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
        let code = self.list_of(slot).and_then(|it| it.choice(choice)).map_or("", |it| &it.code);
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
            if !entry.is_empty() || (free && unit < self.free_units(roster)) {
                let key = self.engine.instrument.unit_key(roster, unit);
                entry.insert(it.key.clone(), Value::from(key));
                units.push(Value::Object(entry));
            }
        }
        units
    }

    fn item_to_json(&self, item: ItemIx, unit: Option<u32>, keep: Keep, out: &mut Map<String, Value>) {
        let engine = self.engine;
        let it = &engine.instrument.items[item as usize];
        let mut rows = Map::new();
        for slot in engine.layout.slots_of(&engine.instrument, item, unit) {
            if keep == Keep::OnPath && self.state(slot) == SlotState::NotAsked {
                continue;
            }
            if let Some(value) = self.answer(slot).to_json(self.list_of(slot)) {
                let row = engine.layout.slots[slot as usize].row;
                match (&it.kind, row) {
                    (Kind::Grid { rows: all, .. }, Some(row)) => {
                        rows.insert(all[usize::from(row)].code.clone(), value);
                    }
                    _ => {
                        out.insert(it.id.clone(), value);
                    }
                }
            }
            for (&(_, choice), text) in self.specified.range((slot, 0)..=(slot, u16::MAX)) {
                if keep == Keep::Everything || self.is_chosen(slot, choice) {
                    let code = self.list_of(slot).and_then(|it| it.choice(choice));
                    let code = code.map_or("", |it| it.code.as_str());
                    out.insert(format!("{}.{code}", it.id), Value::from(text.as_str()));
                }
            }
        }
        if !rows.is_empty() {
            out.insert(it.id.clone(), Value::Object(rows));
        }
    }
}

/// Changes by key, as forms make them.
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
            list.choice(choice)?.specify.as_ref().map(|_| (slot, choice))
        });
        match (place, value.as_str()) {
            (Some(at), Some("")) => {
                self.specified.remove(&at);
                true
            }
            (Some(at), Some(text)) => {
                self.specified.insert(at, text.to_owned());
                true
            }
            _ => false,
        }
    }

    /// One more unit of a roster of free units, up to its bound.
    pub fn add_unit(&mut self, roster: &str) {
        if let Some(roster) = self.free_roster(roster) {
            self.set_units(roster, self.free_units(roster) + 1);
        }
    }

    /// Takes a free unit away; those after it move up.
    pub fn remove_unit(&mut self, roster: &str, key: &str) {
        let Some(roster) = self.free_roster(roster) else { return };
        let instrument = &self.engine.instrument;
        let count = self.free_units(roster);
        let Some(gone) = instrument.unit_position(roster, key).filter(|it| *it < count) else {
            return;
        };
        for &item in &instrument.rosters[roster as usize].items {
            for unit in gone..count {
                let to = self.engine.layout.slots_of(instrument, item, Some(unit));
                let from = self.engine.layout.slots_of(instrument, item, Some(unit + 1));
                for (nth, to) in to.into_iter().enumerate() {
                    let from = (unit + 1 < count).then(|| from.get(nth).copied()).flatten();
                    let answer = from.map_or(Answer::Empty, |it| self.answer(it).clone());
                    self.put(to, answer);
                    self.move_specified(from, to);
                }
            }
        }
        self.set_units(roster, count - 1);
    }

    fn move_specified(&mut self, from: Option<u32>, to: u32) {
        let moved: Vec<((u32, u16), String)> = from
            .into_iter()
            .flat_map(|from| self.specified.range((from, 0)..=(from, u16::MAX)))
            .map(|(&(_, choice), text)| ((to, choice), text.clone()))
            .collect();
        self.specified.retain(|(slot, _), _| *slot != to);
        self.specified.extend(moved);
    }

    fn free_roster(&self, id: &str) -> Option<u32> {
        let instrument = &self.engine.instrument;
        match instrument.items[self.engine.layout.item(id)? as usize].kind {
            Kind::Roster { roster } => {
                let free = matches!(instrument.rosters[roster as usize].units, Units::Free { .. });
                free.then_some(roster)
            }
            _ => None,
        }
    }
}
