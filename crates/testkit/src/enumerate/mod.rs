//! Every answer sheet that matters of a small questionnaire, judged one by one by the engine.
//!
//! This is the oracle for whatever is proven of questionnaires: it knows nothing of proofs and
//! decides nothing itself. It gives every slot every value that a respondent can give, asks
//! `questionnaire` what it makes of the sheet, and notes what happened.

mod facts;
mod notes;
mod values;

use questionnaire::instrument::Units;
use questionnaire::{Engine, Evaluation};
use serde_json::Value;

pub use facts::{Computed, Enumeration, Filter, Held, OnPath, Rule};

use notes::Notes;

/// Goes through every answer sheet that matters; `None` when there are more than `bound`, or when
/// an answer has too many values to go through (a number without bounds, a date likewise).
///
/// Answers off path change nothing on path, so a slot that is off path is left empty: of all sheets
/// that differ only off path, one is judged. `today` and the last page shown are never set, and
/// « préciser » texts that are required are always given.
#[must_use]
pub fn enumerate(engine: &Engine, bound: usize) -> Option<Enumeration> {
    walk(engine, bound, Leave::OffPath)
}

/// The same by going through the whole product, off path or not: only good for comparing.
#[must_use]
pub fn enumerate_everything(engine: &Engine, bound: usize) -> Option<Enumeration> {
    walk(engine, bound, Leave::Nothing)
}

/// The key of every slot, with every value that a respondent can give there, nothing first; `None`
/// where those are too many. What two versions are compared by.
#[must_use]
pub fn values(engine: &Engine) -> Option<Vec<(String, Vec<Value>)>> {
    let texts = values::Texts::of(engine);
    let slots = engine.layout.slots().iter();
    let slots = slots.map(|it| Some((it.key.to_string(), values::of_slot(engine, it, &texts)?)));
    slots.collect()
}

/// Which slots are left empty without trying anything else.
#[derive(Clone, Copy, PartialEq)]
enum Leave {
    OffPath,
    Nothing,
}

fn walk(engine: &Engine, bound: usize, leave: Leave) -> Option<Enumeration> {
    let texts = values::Texts::of(engine);
    let mut slots = Vec::new();
    for (at, slot) in (0u32..).zip(engine.layout.slots()) {
        slots.push(Place {
            slot: at,
            key: slot.key.to_string(),
            values: values::of_slot(engine, slot, &texts)?,
        });
    }
    // What depends on a slot has a smaller reach: the slot reaches it and all that it reaches, and
    // is itself not reached by it. So each slot comes after those that put it on or off path.
    slots.sort_by_key(|it| std::cmp::Reverse(engine.layout.reach(it.slot)));
    let mut it = Walk {
        slots,
        leave,
        left: bound,
        evaluation: engine.evaluation(),
        notes: Notes::new(engine),
    };
    it.specify(engine);
    it.units(0)?;
    Some(it.notes.into_enumeration())
}

/// A slot and the values it can take, nothing first.
struct Place {
    slot: u32,
    key: String,
    values: Vec<Value>,
}

struct Walk<'e> {
    slots: Vec<Place>,
    leave: Leave,
    left: usize,
    evaluation: Evaluation<'e>,
    notes: Notes<'e>,
}

impl Walk<'_> {
    /// Gives every « préciser » text that is required.
    fn specify(&mut self, engine: &Engine) {
        for slot in engine.layout.slots() {
            let list = engine.instrument.items[slot.item as usize].list();
            let list = list.and_then(|it| engine.instrument.lists.get(it as usize));
            for choice in list.map_or(&[][..], |it| &it.choices) {
                if choice.specify.as_ref().is_some_and(|it| it.required) {
                    let key = format!("{}.{}", slot.key, choice.code);
                    self.evaluation.set_by_key(&key, &"précision".into());
                }
            }
        }
    }

    /// Every number of units of every roster of free units, before any answer: slots of units that
    /// do not exist are then off path like others.
    fn units(&mut self, roster: u32) -> Option<()> {
        let rosters = &self.evaluation.engine().instrument.rosters;
        let Some(it) = rosters.get(roster as usize) else {
            return self.slot(0);
        };
        if let Units::Free { max, .. } = it.units {
            for count in 0..=u32::from(max) {
                self.evaluation.set_units(roster, count);
                self.units(roster + 1)?;
            }
            self.evaluation.set_units(roster, 0);
            Some(())
        } else {
            self.units(roster + 1)
        }
    }

    /// Every value of the slots from this one on, which are all empty.
    fn slot(&mut self, nth: usize) -> Option<()> {
        let Some(place) = self.slots.get(nth) else {
            return self.sheet();
        };
        let slot = place.slot;
        if self.leave == Leave::OffPath && !self.evaluation.state(slot).is_asked() {
            return self.slot(nth + 1);
        }
        for value in 0..self.slots[nth].values.len() {
            let place = &self.slots[nth];
            self.evaluation.set_json(&place.key, &place.values[value]);
            self.slot(nth + 1)?;
        }
        self.evaluation.set_json(&self.slots[nth].key, &Value::Null);
        Some(())
    }

    /// One whole sheet.
    fn sheet(&mut self) -> Option<()> {
        self.left = self.left.checked_sub(1)?;
        let instrument = &self.evaluation.engine().instrument;
        // A roster that is off path has no units: the sheet without them says the same.
        let idle = (0u32..).zip(&instrument.rosters).any(|(at, it)| {
            self.evaluation.n_units(at) > 0 && !self.evaluation.is_on_path(it.item, None)
        });
        if !idle || self.leave == Leave::Nothing {
            self.notes.note(&self.evaluation);
        }
        Some(())
    }
}
