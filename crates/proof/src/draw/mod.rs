//! Plausible respondents, drawn from a seed.
//!
//! A respondent answers what they are asked, in the order of the questionnaire, each offered choice
//! as likely as the others. Where answers contradict each other by a check they look again at what
//! the check reads, as somebody does before whom it is shown.

mod repair;
mod values;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use questionnaire::instrument::ItemIx;
use questionnaire::layout::Source;
use questionnaire::{Engine, Evaluation, Keep, Sheet};
use serde_json::Value;

use crate::chance::Chance;
use crate::reads;
use walk::Walk;

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
