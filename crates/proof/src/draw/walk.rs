//! One respondent on their way through the questionnaire.

use std::collections::BTreeSet;

use questionnaire::instrument::{Cells, Choice, Item, ItemIx, Kind, MissingOffer, Units};
use questionnaire::{Answer, Evaluation};
use serde_json::json;

use super::Drawing;
use super::values::{MORE_UNITS, habits};
use crate::chance::Chance;

/// One respondent, from the first page to the last.
pub(super) struct Walk<'w, 'e> {
    pub(super) drawing: &'w Drawing<'e>,
    pub(super) chance: &'w mut Chance,
    pub(super) evaluation: Evaluation<'e>,
    /// Slots that have been answered, or left empty on purpose.
    pub(super) decided: Vec<bool>,
    /// Rosters of free units whose number is decided.
    pub(super) counted: Vec<bool>,
    /// Questions and rosters whose answers are given.
    pub(super) kept: Option<&'w BTreeSet<ItemIx>>,
    /// Whether they confirm what soft checks ask about.
    pub(super) confirms: bool,
}

impl<'w, 'e> Walk<'w, 'e> {
    pub(super) fn new(drawing: &'w Drawing<'e>, chance: &'w mut Chance) -> Self {
        let mut evaluation = drawing.engine.evaluation();
        evaluation.set_today(drawing.today());
        let instrument = &drawing.engine.instrument;
        let confirms = chance.happens(habits::CONFIRMS);
        Self {
            drawing,
            chance,
            confirms,
            evaluation,
            decided: vec![false; drawing.engine.layout.slots().len()],
            counted: vec![false; instrument.rosters.len()],
            kept: None,
        }
    }

    pub(super) fn along(
        drawing: &'w Drawing<'e>,
        chance: &'w mut Chance,
        route: &Evaluation<'e>,
    ) -> Self {
        let mut it = Self::new(drawing, chance);
        it.evaluation = route.clone();
        it.kept = Some(&drawing.routing);
        for (slot, at) in (0u32..).zip(drawing.engine.layout.slots()) {
            if drawing.routing.contains(&at.item) {
                it.decided[slot as usize] = route.state(slot).is_asked();
            } else {
                it.evaluation.set(slot, Answer::Empty);
            }
        }
        it.counted.fill(true);
        it
    }

    /// Answers everything on path that is not decided, page after page, until nothing new is asked:
    /// an answer can put something on path before it.
    pub(super) fn answer_all(&mut self) {
        while self.answer_once() {}
    }

    fn answer_once(&mut self) -> bool {
        let engine = self.drawing.engine;
        let mut answered = false;
        for (ix, item) in (0u32..).zip(&engine.instrument.items) {
            if let Kind::Roster { roster } = item.kind {
                answered |= self.count_units(ix, roster);
            }
            let units = match item.roster {
                Some(roster) => engine.instrument.unit_bound(roster),
                None => 1,
            };
            for unit in 0..units {
                let unit = item.roster.map(|_| unit);
                for slot in engine.layout.slots_of(ix, unit) {
                    let open = self.evaluation.state(slot).is_asked();
                    if open && !std::mem::replace(&mut self.decided[slot as usize], true) {
                        self.draw(slot);
                        answered = true;
                    }
                }
            }
        }
        answered
    }

    fn count_units(&mut self, item: ItemIx, roster: u32) -> bool {
        let units = &self.drawing.engine.instrument.rosters[roster as usize].units;
        let Units::Free { min, max, .. } = *units else {
            return false;
        };
        let is_open = self.evaluation.is_on_path(item, None);
        if !is_open || std::mem::replace(&mut self.counted[roster as usize], true) {
            return false;
        }
        let none = min == 0 && self.chance.happens(habits::NO_UNIT);
        let n = u64::from(min.max(1)) + self.chance.below(MORE_UNITS);
        let n = if none { 0 } else { n.min(max.into()) };
        self.evaluation.set_units(roster, n as u32);
        true
    }

    /// Whether a choice is offered now.
    fn is_offered(&self, item: ItemIx, unit: Option<u32>, code: u16) -> bool {
        let filter = self.drawing.offers.get(&(item, code, unit));
        filter.is_none_or(|it| self.evaluation.watched_truth(*it).is_true())
    }

    /// The choices that a slot offers now.
    fn offered(&self, slot: u32) -> Vec<(u16, &'e Choice)> {
        let instrument = &self.drawing.engine.instrument;
        let at = &self.drawing.engine.layout.slots()[slot as usize];
        let list = instrument.items[at.item as usize].list();
        let list = list.and_then(|it| instrument.lists.get(it as usize));
        let choices = (0u16..).zip(list.map_or(&[][..], |it| &it.choices));
        choices
            .filter(|(code, _)| self.is_offered(at.item, at.unit, *code))
            .collect()
    }

    /// The missing reasons that can be given in a slot, by a choice or beside the choices.
    pub(super) fn reasons(&self, slot: u32) -> Vec<MissingOffer> {
        let at = &self.drawing.engine.layout.slots()[slot as usize];
        let item = &self.drawing.engine.instrument.items[at.item as usize];
        let offered = self.offered(slot);
        let mut reasons: Vec<_> = offered.iter().filter_map(|it| it.1.missing).collect();
        reasons.extend(&item.offers);
        reasons.sort_unstable();
        reasons.dedup();
        reasons
    }

    pub(super) fn give_reason(&mut self, slot: u32, reason: MissingOffer) {
        let key = &self.drawing.engine.layout.slots()[slot as usize].key;
        let reason = json!({ "$missing": reason.code() });
        self.evaluation.set_json(key, &reason);
        self.specify(slot);
    }

    /// Gives the texts beside the choices that are made.
    fn specify(&mut self, slot: u32) {
        let at = &self.drawing.engine.layout.slots()[slot as usize];
        for (code, choice) in self.offered(slot) {
            if let Some(specify) = &choice.specify
                && self.evaluation.is_chosen(slot, code)
                && (specify.required || self.chance.happens(habits::SPECIFIED))
            {
                let text = self.chance.text(u32::MAX, false);
                let key = format!("{}.{}", at.key, choice.code);
                self.evaluation.set_by_key(&key, &text.into());
            }
        }
    }

    /// Answers a slot anew.
    pub(super) fn draw(&mut self, slot: u32) {
        let engine = self.drawing.engine;
        let at = &engine.layout.slots()[slot as usize];
        let item = &engine.instrument.items[at.item as usize];
        let reasons = self.reasons(slot);
        let mut ordinary = self.offered(slot);
        ordinary.retain(|it| it.1.missing.is_none());
        let nothing_else = item.list().is_some() && ordinary.is_empty();
        if !reasons.is_empty() && (nothing_else || self.chance.happens(habits::MISSING)) {
            if let Some(reason) = self.chance.pick(&reasons).copied() {
                self.give_reason(slot, reason);
            }
            return;
        }
        let answer = if !item.required && self.chance.happens(emptiness(item)) {
            Answer::Empty
        } else {
            self.answer(item, &ordinary)
        };
        self.evaluation.set(slot, answer);
        self.specify(slot);
    }

    fn answer(&mut self, item: &Item, offered: &[(u16, &Choice)]) -> Answer {
        let chance = &mut *self.chance;
        let one = |chance: &mut Chance| {
            let it = chance.pick(offered);
            it.map_or(Answer::Empty, |it| Answer::Code(it.0))
        };
        match &item.kind {
            Kind::Single { .. }
            | Kind::Scale { .. }
            | Kind::Territory { .. }
            | Kind::Grid {
                cells: Cells::Single { .. },
                ..
            } => one(chance),
            Kind::Multiple { min, max, .. } => chance.several(offered, *min, *max),
            Kind::Grid {
                cells: Cells::Multiple { .. },
                ..
            } => chance.several(offered, None, None),
            Kind::Rank { min, max, .. } => chance.ranks(offered, *min, *max),
            Kind::Quantity(it)
            | Kind::Grid {
                cells: Cells::Quantity(it),
                ..
            } => Answer::Number(chance.number(it, false)),
            Kind::Money(it) => Answer::Number(chance.number(it, true)),
            Kind::Text {
                max_length,
                multiline,
            } => Answer::Text(chance.text(*max_length, *multiline).into()),
            Kind::Date { earliest, latest } => {
                Answer::Date(chance.date(*earliest, *latest, self.drawing.today))
            }
            Kind::Consent => Answer::Bool(chance.happens(habits::CONSENT)),
            Kind::Contact { .. }
            | Kind::Statement
            | Kind::Computed { .. }
            | Kind::Roster { .. } => Answer::Empty,
        }
    }
}

/// How often an optional question of this kind is left empty.
fn emptiness(item: &Item) -> u64 {
    match item.kind {
        Kind::Text { .. } => habits::EMPTY_TEXT,
        Kind::Quantity(_)
        | Kind::Money(_)
        | Kind::Date { .. }
        | Kind::Grid {
            cells: Cells::Quantity(_),
            ..
        } => habits::EMPTY_NUMBER,
        Kind::Single { .. }
        | Kind::Multiple { .. }
        | Kind::Scale { .. }
        | Kind::Grid { .. }
        | Kind::Rank { .. }
        | Kind::Territory { .. }
        | Kind::Consent
        | Kind::Contact { .. }
        | Kind::Statement
        | Kind::Computed { .. }
        | Kind::Roster { .. } => habits::EMPTY_CHOICE,
    }
}
