//! Plausible respondents, drawn from a seed.
//!
//! A respondent answers what they are asked, in the order of the questionnaire, each offered choice
//! as likely as the others. Where answers contradict each other by a check they look again at what
//! the check reads, as somebody does before whom it is shown.

mod repair;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use questionnaire::instrument::{Cells, Choice, Item, ItemIx, Kind, MissingOffer, Units};
use questionnaire::layout::Source;
use questionnaire::{Answer, Engine, Evaluation, Keep, Sheet};
use serde_json::{Value, json};

use crate::chance::Chance;
use crate::reads;
use values::{MORE_UNITS, habits};

/// The day on which sheets are answered where conditions read `today` and none is given.
const SOME_DAY: Date = Date::constant(2026, 1, 15);
/// Times that a respondent begins anew before a sheet is given up.
const MAX_ATTEMPTS: usize = 6;

/// A plausible sheet: the nth of a seed, the same everywhere.
///
/// It is complete, or says in `meta.fails` what fails in it, as `slot code`: then none was found
/// within a bounded number of tries. `meta.synthetic` is true; `meta.id` follows from `seed` and
/// `nth`.
///
/// ```
/// let source = "
/// id: essai
/// title: Essai
/// blocks:
///   - id: b
///     pages:
///       - id: p
///         items:
///           - { id: nb, kind: quantity, label: Combien ?, min: 1, max: 9, required: true }
///           - { id: dont, kind: quantity, label: Dont ?, filter: nb > 2, required: true, max: 9,
///               checks: [{ id: partie, require: dont <= nb, message: Trop. }] }
/// ";
/// let engine = questionnaire::check(source).engine.ok_or("a sound questionnaire")?;
/// let sheet = proof::plausible(&engine, 2026, 0);
/// assert!(engine.load(&sheet).verdict(None).complete);
/// assert_eq!(sheet, proof::plausible(&engine, 2026, 0));
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn plausible(engine: &Engine, seed: u64, nth: u64) -> Sheet {
    Drawing::new(engine, seed).sheet(nth)
}

/// Draws sheets of one questionnaire.
#[derive(Clone, Debug)]
pub struct Drawing<'e> {
    engine: &'e Engine,
    seed: u64,
    today: Date,
    /// Where the filter of a choice is among the conditions evaluated by themselves.
    offers: BTreeMap<(ItemIx, u16, Option<u32>), u32>,
    /// Questions and rosters that decide what is asked and offered.
    routing: BTreeSet<ItemIx>,
}

impl<'e> Drawing<'e> {
    /// Draws from a seed.
    #[must_use]
    pub fn new(engine: &'e Engine, seed: u64) -> Self {
        let watched = (0u32..).zip(engine.layout.watched());
        let offers = watched.filter_map(|(at, it)| match it.source {
            Source::Choice(item, nth) => {
                let filters = &engine.instrument.items[item as usize].choice_filters;
                Some(((item, filters.get(usize::from(nth))?.0, it.unit), at))
            }
            _ => None,
        });
        let routes = reads::sources(engine).into_iter().filter(|it| {
            let no_route = matches!(it, Source::Check(..) | Source::Fill(..) | Source::Value(_));
            !no_route
        });
        let conditions = routes.filter_map(|it| it.condition(&engine.instrument));
        let read = conditions.flat_map(|it| reads::questions(engine, &it.program));
        let rosters = 0..engine.instrument.rosters.len() as u32;
        let units = rosters.filter_map(|it| reads::units(engine, it));
        Self {
            engine,
            seed,
            today: SOME_DAY,
            offers: offers.collect(),
            routing: read.chain(units).collect(),
        }
    }

    /// Answers on this day: what `today` reads, and the day before which dates lie.
    #[must_use]
    pub fn on(self, today: Date) -> Self {
        Self { today, ..self }
    }

    /// The nth sheet: uniform over choices.
    #[must_use]
    pub fn sheet(&self, nth: u64) -> Sheet {
        let mut chance = Chance::new(self.seed, nth);
        let id = chance.identifier();
        let mut last = None;
        for _ in 0..MAX_ATTEMPTS {
            let mut walk = Walk::new(self, &mut chance);
            walk.answer_all();
            if walk.mend() {
                return self.written(&walk.evaluation, &id);
            }
            last = Some(walk.evaluation);
        }
        let evaluation = last.unwrap_or_else(|| self.engine.evaluation());
        self.written(&evaluation, &id)
    }

    /// The nth sheet on the same route as this one: the answers that decide what is asked and
    /// offered are kept, all others drawn. Where those cannot be made to fit, the given ones are
    /// taken.
    #[must_use]
    pub fn along(&self, given: &Sheet, nth: u64) -> Sheet {
        let mut chance = Chance::new(self.seed, nth);
        let id = chance.identifier();
        let mut route = self.engine.load(given).evaluation;
        route.set_reached(None);
        if given.meta.today.is_none() {
            route.set_today(self.today());
        }
        for _ in 0..MAX_ATTEMPTS {
            let mut walk = Walk::along(self, &mut chance, &route);
            walk.answer_all();
            if walk.mend() {
                return self.written(&walk.evaluation, &id);
            }
        }
        self.written(&route, &id)
    }

    fn today(&self) -> Option<Date> {
        self.engine.reads_today().then_some(self.today)
    }

    fn written(&self, evaluation: &Evaluation<'_>, id: &str) -> Sheet {
        let mut sheet = Sheet {
            answers: evaluation.to_answers(Keep::OnPath),
            ..Sheet::default()
        };
        sheet.meta.id = Some(id.to_owned());
        sheet.meta.today = evaluation.answered_on();
        sheet.meta.other.insert("synthetic".to_owned(), true.into());
        let verdict = self.engine.load(&sheet).verdict(None);
        if !verdict.complete {
            let hard = verdict.failures.iter();
            let hard = hard.filter(|it| it.severity == questionnaire::Severity::Hard);
            let fails = hard.map(|it| Value::from(format!("{} {}", it.item, it.code.code())));
            sheet.meta.other.insert("fails".to_owned(), fails.collect());
        }
        sheet
    }
}

/// One respondent, from the first page to the last.
struct Walk<'w, 'e> {
    drawing: &'w Drawing<'e>,
    chance: &'w mut Chance,
    evaluation: Evaluation<'e>,
    /// Slots that have been answered, or left empty on purpose.
    decided: Vec<bool>,
    /// Rosters of free units whose number is decided.
    counted: Vec<bool>,
    /// Questions and rosters whose answers are given.
    kept: Option<&'w BTreeSet<ItemIx>>,
    /// Whether they confirm what soft checks ask about.
    confirms: bool,
}

impl<'w, 'e> Walk<'w, 'e> {
    fn new(drawing: &'w Drawing<'e>, chance: &'w mut Chance) -> Self {
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

    fn along(drawing: &'w Drawing<'e>, chance: &'w mut Chance, route: &Evaluation<'e>) -> Self {
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
    fn answer_all(&mut self) {
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

    /// Answers a slot anew.
    fn draw(&mut self, slot: u32) {
        let engine = self.drawing.engine;
        let at = &engine.layout.slots()[slot as usize];
        let item = &engine.instrument.items[at.item as usize];
        let list = item.list();
        let list = list.and_then(|it| engine.instrument.lists.get(it as usize));
        let choices = (0u16..).zip(list.map_or(&[][..], |it| &it.choices));
        let offered: Vec<(u16, &Choice)> = choices
            .filter(|(code, _)| self.is_offered(at.item, at.unit, *code))
            .collect();
        let meant = |it: &(u16, &Choice)| it.1.missing;
        let mut reasons: Vec<MissingOffer> = offered.iter().filter_map(meant).collect();
        reasons.extend(
            item.offers
                .iter()
                .filter(|it| !reasons.contains(it))
                .copied()
                .collect::<Vec<_>>(),
        );
        let ordinary: Vec<_> = offered
            .iter()
            .filter(|it| meant(it).is_none())
            .copied()
            .collect();
        let nothing_else = list.is_some() && ordinary.is_empty();
        if !reasons.is_empty() && (nothing_else || self.chance.happens(habits::MISSING)) {
            let reason = self.chance.pick(&reasons).map_or("", |it| it.code());
            self.evaluation
                .set_json(&at.key, &json!({ "$missing": reason }));
            return;
        }
        let answer = if !item.required && self.chance.happens(emptiness(item)) {
            Answer::Empty
        } else {
            self.answer(item, &ordinary)
        };
        self.evaluation.set(slot, answer);
        for (code, choice) in offered {
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
