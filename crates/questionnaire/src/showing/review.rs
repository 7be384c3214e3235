//! The answers so far, page by page, before submission.

use super::Showing;
use crate::evaluation::{Engine, SlotState};
use crate::failure::{Failure, Severity};
use crate::instrument::Kind;
use crate::layout::Slot;
use crate::session;
use crate::sheet::Sheet;
use crate::view::{ReviewLine, ReviewPage, ReviewView};

/// The answers so far, page by page, with what still stands in the way.
#[must_use]
pub fn review_view(engine: &Engine, sheet: &Sheet, lang: &str) -> ReviewView {
    let mut finished = sheet.clone();
    finished.meta.reached = None;
    let evaluation = engine.load(&finished).evaluation;
    let failures: Vec<Failure> = match session::submission(engine, sheet) {
        session::Submission::Ready { .. } => Vec::new(),
        session::Submission::Refused(failures) => failures,
    };
    let showing = Showing {
        evaluation: &evaluation,
        lang,
        failures: &failures,
    };
    let pages = (0u32..)
        .zip(&engine.instrument.pages)
        .filter(|(at, _)| session::is_page_on_path(&evaluation, *at))
        .map(|(at, page)| {
            let block = &engine.instrument.blocks[page.block as usize];
            let title = page.title.as_ref().or(block.title.as_ref());
            ReviewPage {
                id: page.id.clone(),
                title: title.map_or_else(
                    || page.id.clone(),
                    |it| evaluation.fill(it.get(lang), lang, None),
                ),
                lines: showing.review_lines(at),
            }
        })
        .collect();
    ReviewView {
        pages,
        can_submit: failures.iter().all(|it| it.severity == Severity::Soft),
        failures: failures
            .iter()
            .map(|it| (showing.page_of(it), showing.failure(it)))
            .collect(),
    }
}

impl Showing<'_, '_> {
    fn review_lines(&self, page: u32) -> Vec<ReviewLine> {
        let engine = self.evaluation.engine();
        let mut slots: Vec<_> = self
            .evaluation
            .slots()
            .map(|(slot, state)| (slot, state, &engine.layout.slots()[slot as usize]))
            .filter(|(_, state, at)| at.page == page && state.is_asked())
            .collect();
        // Slots come item by item; a roster is read unit by unit.
        slots.sort_by_key(|(slot, _, at)| {
            let roster = engine.instrument.items[at.item as usize].roster;
            let first = roster.map_or(at.item, |it| engine.instrument.rosters[it as usize].item);
            (first, at.unit, *slot)
        });
        slots
            .into_iter()
            .map(|(slot, state, at)| self.review_line(slot, state, at))
            .collect()
    }

    fn review_line(&self, slot: u32, state: SlotState, at: &Slot) -> ReviewLine {
        let item = &self.evaluation.engine().instrument.items[at.item as usize];
        let unit = item.roster.zip(at.unit);
        let mut label = self.text(&item.label, unit);
        if let (Kind::Grid { rows, .. }, Some(row)) = (&item.kind, at.row) {
            let row = rows[usize::from(row)].label.get(self.lang);
            label = format!("{label} — {row}");
        }
        if let Some((roster, unit)) = unit {
            let unit = self.evaluation.unit_label(roster, unit, self.lang);
            label = format!("{unit} — {label}");
        }
        ReviewLine {
            key: at.key.to_string(),
            label,
            answer: self.evaluation.answer_lines(slot, self.lang),
            state,
        }
    }
}
