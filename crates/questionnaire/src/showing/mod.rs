//! Makes the views of a page and of the review from an evaluation.

mod failing;
mod review;
mod widget;

use expr::Truth;

use crate::answer::Answer;
use crate::evaluation::{Engine, Evaluation, SlotState};
use crate::failure::Failure;
use crate::instrument::{ItemIx, Kind, MissingOffer, Units};
use crate::layout::key_of;
use crate::session;
use crate::sheet::Sheet;
use crate::view::{Element, FreeUnitsView, PageView, QuestionView, RosterView, UnitView};

pub use review::review_view;

/// A page as a respondent sees it now, in one language. Failures are shown where the respondent
/// has tried to go on. `None` when there is no such page.
#[must_use]
pub fn page_view(engine: &Engine, sheet: &Sheet, page: &str, lang: &str) -> Option<PageView> {
    let at = engine.instrument.page(page)?;
    // The page is being shown: its empty slots have been reached.
    let evaluation = session::draft(engine, sheet, at);
    let attempted = sheet.meta.attempted.iter().any(|it| it == page);
    Some(page_of(&evaluation, at, lang, attempted))
}

/// A page as an evaluation has it, by its position: what a browser shows again after each answer.
///
/// # Panics
/// When there is no such page.
#[must_use]
pub fn page_of(evaluation: &Evaluation<'_>, at: u32, lang: &str, failing: bool) -> PageView {
    let engine = evaluation.engine();
    let failures = if failing {
        session::page_failures(evaluation, at)
    } else {
        Vec::new()
    };
    let showing = Showing {
        evaluation,
        lang,
        failures: &failures,
    };
    let this = &engine.instrument.pages[at as usize];
    let block = &engine.instrument.blocks[this.block as usize];
    let (step, steps) = progress(evaluation, at);
    PageView {
        id: this.id.clone(),
        block: block
            .title
            .as_ref()
            .map(|it| evaluation.fill(it.get(lang), lang, None)),
        title: this
            .title
            .as_ref()
            .map(|it| evaluation.fill(it.get(lang), lang, None)),
        step,
        steps,
        has_previous: session::previous_page(evaluation, at).is_some(),
        shown: session::shown_keys(evaluation, at),
        elements: this
            .items
            .iter()
            .filter_map(|it| showing.element(*it, None))
            .collect(),
        failures: failures.iter().map(|it| showing.failure(it)).collect(),
    }
}

/// Position of a page among those on path or not ruled out, and how many of these there are.
fn progress(evaluation: &Evaluation<'_>, page: u32) -> (u32, u32) {
    let (mut step, mut steps) = (0, 0);
    for at in 0..evaluation.engine().instrument.pages.len() as u32 {
        let possible = session::is_page_on_path(evaluation, at)
            || matches!(evaluation.page_truth(at), Truth::Unknown(it) if it.has(expr::Missing::NotReached));
        if possible {
            steps += 1;
            if at <= page {
                step += 1;
            }
        }
    }
    (step, steps)
}

struct Showing<'s, 'e> {
    evaluation: &'s Evaluation<'e>,
    lang: &'s str,
    failures: &'s [Failure],
}

impl Showing<'_, '_> {
    fn text(&self, text: &crate::text::Text, unit: Option<(u32, u32)>) -> String {
        self.evaluation.fill(text.get(self.lang), self.lang, unit)
    }

    fn element(&self, ix: ItemIx, unit: Option<(u32, u32)>) -> Option<Element> {
        let engine = self.evaluation.engine();
        let item = &engine.instrument.items[ix as usize];
        let on_path = session::is_shown(self.evaluation, ix, unit.map(|(_, unit)| unit));
        match &item.kind {
            Kind::Computed { .. } => None,
            Kind::Statement => Some(Element::Statement {
                id: item.id.clone(),
                on_path,
                text: self
                    .evaluation
                    .fill_markdown(item.label.get(self.lang), self.lang, unit),
            }),
            Kind::Roster { roster } => Some(Element::Roster(self.roster(ix, *roster, on_path))),
            _ => Some(Element::Question(Box::new(
                self.question(ix, unit, on_path),
            ))),
        }
    }

    fn roster(&self, ix: ItemIx, roster: u32, on_path: bool) -> RosterView {
        let engine = self.evaluation.engine();
        let item = &engine.instrument.items[ix as usize];
        let it = &engine.instrument.rosters[roster as usize];
        let bound = engine.instrument.unit_bound(roster);
        let (count, free) = match &it.units {
            Units::Chosen { .. } => (bound, None),
            Units::Free { min, max, label } => {
                let count = self.evaluation.n_units(roster);
                let can_add = count < u32::from(*max);
                let label = label.get(self.lang).to_owned();
                (
                    count,
                    Some(FreeUnitsView {
                        min: *min,
                        max: *max,
                        label,
                        can_add,
                    }),
                )
            }
        };
        let units = (0..count).map(|unit| UnitView {
            key: engine.instrument.unit_key(roster, unit),
            label: self.evaluation.unit_label(roster, unit, self.lang),
            present: self.evaluation.exists(roster, unit),
            elements: it
                .items
                .iter()
                .filter_map(|it| self.element(*it, Some((roster, unit))))
                .collect(),
        });
        RosterView {
            id: item.id.clone(),
            label: self.text(&item.label, None),
            help: item.help.as_ref().map(|it| self.text(it, None)),
            on_path,
            units: units.collect(),
            free,
        }
    }

    fn question(&self, ix: ItemIx, unit: Option<(u32, u32)>, on_path: bool) -> QuestionView {
        let engine = self.evaluation.engine();
        let item = &engine.instrument.items[ix as usize];
        let at = unit.map(|(_, unit)| unit);
        let first = engine.layout.first_slot(ix, at);
        let key = key_of(&engine.instrument, ix, at);
        let given = |slot: u32| match self.evaluation.answer(slot) {
            Answer::Missing(reason) => Some(*reason),
            _ => None,
        };
        // Its own failures, and those of its « préciser » texts.
        let of_item = |it: &&Failure| {
            it.item
                .strip_prefix(&*key)
                .is_some_and(|it| it.is_empty() || it.starts_with('.'))
        };
        QuestionView {
            on_path,
            required: item.required,
            label: self.text(&item.label, unit),
            help: item.help.as_ref().map(|it| self.text(it, unit)),
            offers: self.offers(ix, at),
            widget: self.widget(ix, at),
            state: first.map_or(SlotState::NoAnswer, |it| self.evaluation.state(it)),
            missing: first.and_then(given),
            failures: self
                .failures
                .iter()
                .filter(of_item)
                .map(|it| self.failure(it))
                .collect(),
            key,
        }
    }

    /// Missing reasons offered beside the choices: those that no offered choice means already.
    fn offers(&self, ix: ItemIx, unit: Option<u32>) -> Vec<MissingOffer> {
        let instrument = &self.evaluation.engine().instrument;
        let item = &instrument.items[ix as usize];
        let list = item.list().and_then(|it| instrument.lists.get(it as usize));
        let choices = list.map_or(&[][..], |it| &it.choices);
        let meant = |offer: MissingOffer| {
            let mut meaning = (0u16..)
                .zip(choices)
                .filter(|(_, it)| it.missing == Some(offer));
            meaning.any(|(at, _)| self.evaluation.is_offered(ix, unit, at))
        };
        let offers = item.offers.iter().copied();
        offers.filter(|it| !meant(*it)).collect()
    }
}
