//! What variables are, as tables.

use expr::{Slot, Value, VarId};
use questionnaire::instrument::{AttributeValue, Units};
use questionnaire::layout::Var;
use rust_decimal::Decimal;

use super::term::{Term, always};
use super::{Context, Encoding};
use crate::domain::Given;
use crate::seen::Seen;

impl Encoding<'_> {
    pub(super) fn today_term(&mut self) -> Term {
        let Some(domain) = self.today.clone() else {
            return always(Seen::UNKNOWN);
        };
        let rows = domain.classes.iter().filter_map(|it| match it.given {
            Given::Range(low, high) => Some((domain.grid?.seen(low, high), it.lit)),
            _ => None,
        });
        rows.collect()
    }

    /// What a variable is.
    pub(super) fn read(&mut self, Slot(var, at): Slot, context: Context) -> Term {
        let unit = context.of(at);
        self.variable(var, unit)
    }

    pub(super) fn variable(&mut self, var: VarId, unit: Option<u32>) -> Term {
        let at = unit.unwrap_or(0);
        match self.engine.layout.var(var) {
            Some(Var::Slot(first)) => self.slot_term(first.saturating_add(at)),
            Some(Var::Computed(first)) => {
                let cell = first.saturating_add(at) as usize;
                let known = self.computed.get(cell).filter(|it| !it.is_empty());
                known.cloned().unwrap_or_else(|| always(Seen::UNKNOWN))
            }
            Some(Var::UnitKey(roster)) => {
                let rosters = &self.engine.instrument.rosters;
                always(match rosters.get(roster as usize).map(|it| &it.units) {
                    Some(Units::Chosen { .. }) => Seen::Exact(Value::Code(at as u16)),
                    Some(Units::Free { .. }) => Seen::number(Decimal::from(at + 1)),
                    None => Seen::UNKNOWN,
                })
            }
            Some(Var::Attribute(first, part)) => self.attribute(first.saturating_add(at), part),
            Some(Var::Nothing) | None => always(Seen::UNKNOWN),
        }
    }

    pub(super) fn attribute(&mut self, slot: u32, part: u16) -> Term {
        let item = self.engine.layout.slots()[slot as usize].item;
        let list = self.engine.instrument.items[item as usize]
            .list()
            .and_then(|it| self.engine.instrument.lists.get(it as usize));
        let mut res = Vec::new();
        for (seen, when) in self.slot_term(slot) {
            let seen = match seen {
                Seen::Exact(Value::Code(code)) => {
                    let value = list
                        .and_then(|it| it.choice(code))
                        .and_then(|it| it.attributes.get(usize::from(part)));
                    match value {
                        Some(AttributeValue::Bool(it)) => Seen::Exact(Value::Bool(*it)),
                        Some(AttributeValue::Number(it)) => Seen::number(*it),
                        Some(AttributeValue::Text(it)) => Seen::Exact(Value::Text(it.clone())),
                        Some(AttributeValue::None) | None => Seen::UNKNOWN,
                    }
                }
                Seen::Exact(Value::Missing(_)) => seen,
                _ => Seen::UNKNOWN,
            };
            self.add(&mut res, seen, when);
        }
        res
    }
}
