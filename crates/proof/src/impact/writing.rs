//! Sheets written down: a case of the formulas as answers, by both versions' own rules.

use std::collections::BTreeMap;

use questionnaire::{Engine, Sheet};
use serde_json::{Map, Value, json};

use super::classes::Written;
use super::joint::{Both, Place};
use super::numbers::Multiples;
use crate::cuts::TODAY;
use crate::domain::Given;
use crate::encode::Encoding;
use crate::formula::Values;
use crate::grid::Grid;
use crate::realize::{Points, any_text, least_room, room, sheet_of, specify};

/// What is written in a case: answers by slot key, units by roster item, the day.
pub(super) struct Sheets {
    answers: Vec<(String, Value)>,
    units: [BTreeMap<u32, u32>; 2],
    today: Option<jiff::civil::Date>,
}

impl<'e> Both<'e> {
    pub(super) fn written(
        &self,
        values: &Values,
        points: &[Points; 2],
        new_first: bool,
        one_text: bool,
    ) -> Sheets {
        let mut units = [BTreeMap::new(), BTreeMap::new()];
        for count in &self.counts {
            let n = count.cases.iter().position(|it| values.holds(*it));
            let n = n.unwrap_or(0) as u32;
            for (units, roster) in units.iter_mut().zip([count.old, count.new]) {
                units.extend(roster.map(|it| (it, n)));
            }
        }
        let today = self.old.today.as_ref().or(self.new.today.as_ref());
        let today = today.and_then(|it| {
            let given = &Encoding::class(it, values)?.given;
            let (Given::Range(low, high), Some(grid)) = (given, it.grid) else {
                return None;
            };
            let at = points.iter().find_map(|it| it.get(&TODAY)).copied();
            grid.day(at.unwrap_or_else(|| grid.plain(*low, *high)))
        });
        let mut order = [0, 1];
        if new_first {
            order.reverse();
        }
        let answers = (1..).zip(&self.places).filter_map(|(nth, place)| {
            let point = order
                .into_iter()
                .find_map(|it| self.point(place, it, points));
            let value = place.value(values, point, || self.text(place, nth, one_text))?;
            Some((place.key.clone(), value))
        });
        Sheets {
            answers: answers.collect(),
            units,
            today,
        }
    }

    /// A text that both versions take.
    fn text(&self, place: &Place, nth: usize, one_text: bool) -> String {
        let both = [(&self.old, place.old), (&self.new, place.new)];
        let room = both.into_iter().map(|(it, slot)| match slot {
            _ if one_text => least_room(it.engine),
            Some(slot) => room(it.engine, slot),
            None => usize::MAX,
        });
        let room = room.min().unwrap_or(usize::MAX);
        any_text(room, (!one_text).then_some(nth))
    }

    /// The number that a version's search chose for a place, and the grid it is of.
    fn point(&self, place: &Place, version: usize, points: &[Points; 2]) -> Option<(Grid, i128)> {
        let (encoding, slot) = match version {
            0 => (&self.old, place.old?),
            _ => (&self.new, place.new?),
        };
        let grid = encoding.domain(slot)?.grid?;
        Some((grid, *points[version].get(&slot)?))
    }

    /// Sheets of what is written: what the old version asks, what the new one does, both.
    pub(super) fn sheets(&self, written: &Sheets) -> Vec<Sheet> {
        let of = |version: usize, engine: &'e Engine| {
            let mut it = engine.evaluation();
            it.set_today(written.today);
            for (roster, n) in &written.units[version] {
                it.set_units(*roster, *n);
            }
            for (key, value) in &written.answers {
                it.set_by_key(key, value);
            }
            specify(&mut it);
            sheet_of(&it)
        };
        let (old, new) = (of(0, self.old.engine), of(1, self.new.engine));
        let mut both = old.clone();
        merge(&mut both.answers, &new.answers, self.old.engine);
        let mut all = vec![old];
        for it in [new, both] {
            if !all.contains(&it) {
                all.push(it);
            }
        }
        all
    }
}

impl Place {
    /// What is written here, as in a sheet.
    fn value(
        &self,
        values: &Values,
        point: Option<(Grid, i128)>,
        text: impl FnOnce() -> String,
    ) -> Option<Value> {
        let written = &self.written.iter().find(|it| values.holds(it.when))?.what;
        Some(match written {
            Written::Code(it) => it.as_str().into(),
            Written::Bool(it) => (*it).into(),
            Written::Text(it) => it.as_str().into(),
            Written::OtherText => text().into(),
            Written::LongText(length) => "x".repeat(*length).into(),
            Written::Alone(it) => json!([it]),
            Written::Missing(it) => json!({ "$missing": it.code() }),
            Written::Nothing => return None,
            Written::Set => {
                let chosen = self.chosen.iter().filter(|it| values.holds(it.1));
                let chosen: Vec<&str> = chosen.map(|it| it.0.as_str()).collect();
                json!(chosen)
            }
            Written::Range(grid, low, high, which) => {
                let chosen = point.and_then(|(own, at)| {
                    let step = own.step().checked_div(grid.step())?;
                    let step: i128 = step.normalize().to_string().parse().ok()?;
                    Some(at * step)
                });
                let at = chosen.filter(|it| (*low..=*high).contains(it));
                let at = at.unwrap_or_else(|| grid.plain(*low, *high));
                let at = match which {
                    Multiples::All => at,
                    Multiples::Of(n) => at.div_euclid(*n) * n,
                    Multiples::NotOf(n) if at.rem_euclid(*n) == 0 && at < *high => at + 1,
                    Multiples::NotOf(n) if at.rem_euclid(*n) == 0 => at - 1,
                    Multiples::NotOf(_) => at,
                };
                match (grid.number(at), grid.day(at)) {
                    (Some(it), _) => questionnaire::number::to_json(it),
                    (_, Some(it)) => expr::iso::text(it).into(),
                    (None, None) => return None,
                }
            }
        })
    }
}

/// Answers of one sheet added to those of another that asks other questions.
fn merge(to: &mut Map<String, Value>, from: &Map<String, Value>, engine: &Engine) {
    for (key, value) in from {
        match (to.get_mut(key), value) {
            (None, _) => {
                to.insert(key.clone(), value.clone());
            }
            (Some(Value::Object(to)), Value::Object(from)) => merge(to, from, engine),
            (Some(Value::Array(to)), Value::Array(from)) => {
                let roster = engine.instrument.rosters.iter();
                let mut roster =
                    roster.filter(|it| engine.instrument.items[it.item as usize].id == *key);
                let Some(roster) = roster.next() else {
                    continue;
                };
                for unit in from {
                    let named = |it: &Value| it.get(&roster.key) == unit.get(&roster.key);
                    match (to.iter_mut().find(|it| named(it)), unit) {
                        (Some(Value::Object(to)), Value::Object(from)) => merge(to, from, engine),
                        _ => to.push(unit.clone()),
                    }
                }
            }
            (Some(_), _) => {}
        }
    }
}
