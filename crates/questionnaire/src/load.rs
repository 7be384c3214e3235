//! Sheets into an evaluation.

use serde_json::{Map, Value};

use crate::answer::is_blank;
use crate::evaluation::{Engine, Evaluation};
use crate::failure::{Failure, FailureCode};
use crate::instrument::{ItemIx, Kind, Units};
use crate::sheet::Sheet;

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
        let mut it = Loader {
            evaluation: self.evaluation(),
            misfits: Vec::new(),
        };
        for (key, value) in &sheet.answers {
            it.entry(key, value);
        }
        // An unknown page cannot be told from a finished walk by its answers; say so.
        if let Some(page) = &sheet.meta.reached {
            match self.instrument.page(page) {
                Some(page) => it.evaluation.set_reached(Some(page)),
                None => it
                    .misfits
                    .push(Failure::hard(page, FailureCode::UnknownItem)),
            }
        }
        it.evaluation.set_today(sheet.meta.today);
        Loaded {
            evaluation: it.evaluation,
            misfits: it.misfits,
        }
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
                let slots = engine.layout.slots_of(item, unit);
                // A missing reason for the whole grid is one for each of its rows.
                let whole = value
                    .as_object()
                    .is_some_and(|it| it.contains_key("$missing"));
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
                    let row = rows.iter().position(|it| it.code == *code);
                    match row.and_then(|at| slots.clone().nth(at)) {
                        Some(slot) => self.put(slot, value),
                        None => self.misfit(&format!("{key}[{code}]"), FailureCode::UnknownItem),
                    }
                }
            }
            _ => {
                for slot in engine.layout.slots_of(item, unit) {
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
        let Some(entries) = value.as_array() else {
            return self.misfit(key, FailureCode::Type);
        };
        let it = &engine.instrument.rosters[roster as usize];
        let mut seen = Vec::new();
        for entry in entries {
            let Some(entry) = entry.as_object() else {
                return self.misfit(key, FailureCode::Type);
            };
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
            let member = it
                .items
                .iter()
                .find(|at| engine.instrument.items[**at as usize].id == *id);
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
            && matches!(
                engine.instrument.rosters[roster as usize].units,
                Units::Free { .. }
            )
            && self.evaluation.n_units(roster) <= unit
        {
            self.evaluation.put_units(roster, unit + 1);
        }
    }
}
