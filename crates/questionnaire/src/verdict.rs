//! What an evaluated sheet amounts to: slots, off-path answers, failures, computed values.

use expr::{Truth, Type, Value as Computed, wire_struct};
use serde::Serialize;
use serde::ser::SerializeMap;
use serde_json::Value;

use crate::answer::Answer;
use crate::evaluation::{Evaluation, SlotState};
use crate::failure::{Failure, FailureCode, Severity};
use crate::instrument::{Cells, Instrument, Item, Kind, Units};
use crate::layout::key_of;
use crate::load::Loaded;
use crate::number;

/// The engine's judgement of one sheet, as `recueil evaluate` prints it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Verdict {
    /// The sheet's id.
    pub id: Option<String>,
    /// Each slot's state, in the order of the questionnaire.
    #[serde(serialize_with = "as_map")]
    pub slots: Vec<(String, SlotState)>,
    /// Keys of answers that are off path.
    pub off_path: Vec<String>,
    /// What is wrong.
    pub failures: Vec<Failure>,
    /// Computed values; null where missing.
    #[serde(serialize_with = "as_map")]
    pub computed: Vec<(String, Value)>,
    /// Whether no slot is `not_reached` and nothing hard fails.
    pub complete: bool,
}

wire_struct!(Verdict {
    id,
    slots,
    off_path,
    failures,
    computed,
    complete
});

fn as_map<S: serde::Serializer, T: Serialize>(
    pairs: &[(String, T)],
    s: S,
) -> Result<S::Ok, S::Error> {
    let mut map = s.serialize_map(Some(pairs.len()))?;
    for (key, value) in pairs {
        map.serialize_entry(key, value)?;
    }
    map.end()
}

impl Loaded<'_> {
    /// The verdict on the sheet that was loaded.
    #[must_use]
    pub fn verdict(&self, id: Option<String>) -> Verdict {
        let mut it = self.evaluation.verdict(id);
        it.complete &= self.misfits.is_empty();
        it.failures.extend(self.misfits.iter().cloned());
        it
    }
}

impl Evaluation<'_> {
    /// The verdict on the answers held now.
    #[must_use]
    pub fn verdict(&self, id: Option<String>) -> Verdict {
        let slots: Vec<_> = self
            .slots()
            .map(|(slot, state)| {
                (
                    self.engine.layout.slots[slot as usize].key.to_string(),
                    state,
                )
            })
            .collect();
        let failures = self.failures();
        let reached_end = slots
            .iter()
            .all(|(_, state)| *state != SlotState::NotReached);
        let sound = failures.iter().all(|it| it.severity == Severity::Soft);
        Verdict {
            id,
            complete: reached_end && sound,
            off_path: self.off_path(),
            computed: self
                .computed()
                .map(|(key, ty, value)| (key, self.computed_to_json(ty, value)))
                .collect(),
            slots,
            failures,
        }
    }

    /// What is wrong with the answers on path, in the order of the questionnaire.
    #[must_use]
    pub fn failures(&self) -> Vec<Failure> {
        let instrument = &self.engine.instrument;
        let mut failures = Vec::new();
        for (ix, item) in (0u32..).zip(&instrument.items) {
            if item.roster.is_some() {
                continue;
            }
            self.item_failures(ix, None, &mut failures);
            if let Kind::Roster { roster } = item.kind {
                self.roster_failures(roster, &mut failures);
            }
        }
        failures
    }

    fn roster_failures(&self, roster: u32, failures: &mut Vec<Failure>) {
        let it = &self.engine.instrument.rosters[roster as usize];
        let item = &self.engine.instrument.items[it.item as usize];
        if let Units::Free { min, .. } = it.units
            && self.is_on_path(it.item, None)
            && self.reached().is_none_or(|reached| item.page <= reached)
            && self.n_units(roster) < u32::from(min)
        {
            failures.push(Failure::hard(&item.id, FailureCode::Required));
        }
        for unit in 0..self.engine.instrument.unit_bound(roster) {
            if self.exists(roster, unit) {
                for &member in &it.items {
                    self.item_failures(member, Some(unit), failures);
                }
            }
        }
    }

    /// Failures of one item in one unit.
    pub(crate) fn item_failures(&self, ix: u32, unit: Option<u32>, failures: &mut Vec<Failure>) {
        let engine = self.engine;
        let item = &engine.instrument.items[ix as usize];
        for slot in engine.layout.slots_of(ix, unit) {
            self.slot_failures(item, ix, unit, slot, failures);
        }
        let reached = self.reached().is_none_or(|reached| item.page <= reached);
        if !self.is_on_path(ix, unit) || !reached {
            return;
        }
        for (nth, check) in item.checks.iter().enumerate() {
            if self.check_truth(ix, unit, nth) == Truth::False {
                failures.push(Failure {
                    item: key_of(&engine.instrument, ix, unit),
                    code: FailureCode::Check(check.id.clone()),
                    severity: check.severity,
                });
            }
        }
    }

    fn slot_failures(
        &self,
        item: &Item,
        ix: u32,
        unit: Option<u32>,
        slot: u32,
        failures: &mut Vec<Failure>,
    ) {
        let state = self.state(slot);
        if !state.is_asked() {
            return;
        }
        let key = &self.engine.layout.slots[slot as usize].key;
        let answer = self.answer(slot);
        if let Answer::Unreadable(it) = answer {
            failures.push(Failure::hard(&**key, it.code.clone()));
            return;
        }
        if state == SlotState::NoAnswer {
            if item.required {
                failures.push(Failure::hard(&**key, FailureCode::Required));
            }
            return;
        }
        let mut codes = Vec::new();
        value_failures(&self.engine.instrument, item, answer, &mut codes);
        let chosen: &[u16] = match answer {
            Answer::Code(it) => std::slice::from_ref(it),
            Answer::Codes(it) => it,
            _ => &[],
        };
        // A missing reason can be given whether or not the choice that means it is offered.
        let is_reason = |it: u16| {
            let choice = self.list_of(slot).and_then(|list| list.choice(it));
            choice.is_some_and(|it| it.missing.is_some())
        };
        if chosen
            .iter()
            .any(|it| !self.is_offered(ix, unit, *it) && !is_reason(*it))
        {
            codes.push(FailureCode::ChoiceFilter);
        }
        failures.extend(codes.into_iter().map(|it| Failure::hard(&**key, it)));
        for &choice in chosen {
            let specify = self
                .list_of(slot)
                .and_then(|it| it.choice(choice)?.specify.as_ref());
            let text = self.specified(slot, choice).unwrap_or("").trim();
            if specify.is_some_and(|it| it.required) && text.is_empty() {
                failures.push(Failure::hard(
                    self.specify_key(slot, choice),
                    FailureCode::Required,
                ));
            }
        }
    }

    /// A computed value as JSON; codes by their code, missing as null.
    fn computed_to_json(&self, ty: Type, value: &Computed) -> Value {
        let code = |it: &u16| {
            let choice = self.engine.instrument.choice_of(ty, *it);
            choice.map_or(Value::Null, |it| Value::from(it.code.as_str()))
        };
        match value {
            Computed::Bool(it) => Value::Bool(*it),
            Computed::Number(it) => number::to_json(*it),
            Computed::Text(it) => Value::from(it.as_str()),
            Computed::Date(it) => Value::from(expr::iso::text(*it)),
            Computed::Code(it) => code(it),
            Computed::Codes(it) => it.iter().map(code).collect(),
            Computed::Missing(_) => Value::Null,
        }
    }
}

/// What is wrong with an answer by itself.
fn value_failures(
    instrument: &Instrument,
    item: &Item,
    answer: &Answer,
    codes: &mut Vec<FailureCode>,
) {
    let out_of_range = match (&item.kind, answer) {
        (
            Kind::Quantity(it)
            | Kind::Money(it)
            | Kind::Grid {
                cells: Cells::Quantity(it),
                ..
            },
            Answer::Number(number),
        ) => outside(it.min, it.max, *number),
        (Kind::Text { max_length, .. }, Answer::Text(text)) => {
            text.chars().count() > *max_length as usize
        }
        (Kind::Date { earliest, latest }, Answer::Date(date)) => outside(*earliest, *latest, *date),
        (_, Answer::Codes(chosen)) => {
            let list = item.list().and_then(|it| instrument.lists.get(it as usize));
            let alone = |it: &u16| {
                list.and_then(|list| list.choice(*it))
                    .is_some_and(|it| it.exclusive || it.missing.is_some())
            };
            let excludes = chosen.iter().any(alone);
            if excludes && chosen.len() > 1 {
                codes.push(FailureCode::Exclusive);
            }
            let (min, max) = match item.kind {
                Kind::Multiple { min, max, .. } | Kind::Rank { min, max, .. } => (min, max),
                _ => (None, None),
            };
            // « Aucun » is an answer of its own: the least number speaks of the other choices.
            let few = !excludes && min.is_some_and(|it| chosen.len() < usize::from(it));
            few || max.is_some_and(|it| chosen.len() > usize::from(it))
        }
        _ => false,
    };
    if out_of_range {
        codes.push(FailureCode::Range);
    }
}

fn outside<T: PartialOrd + Copy>(min: Option<T>, max: Option<T>, it: T) -> bool {
    min.is_some_and(|min| it < min) || max.is_some_and(|max| it > max)
}
