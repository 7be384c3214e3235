//! A respondent's walk, one event at a time: pure, the same wherever it runs.
//!
//! [`step`] takes the sheet so far and what was posted, and answers the new sheet and where to go.
//! A draft keeps every answer, on path or not; only [`submission`] drops what is off path. Where
//! a posted answer puts further items of the same page on path, the page is shown again before
//! going on: without scripts nobody misses a question, with them it has been seen already. Where
//! it puts something on path on a page that the respondent has left behind, they are led there.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::evaluation::{Engine, Evaluation};
use crate::failure::{Failure, FailureCode, Severity};
use crate::instrument::{Kind, Units};
use crate::keep::Keep;
use crate::sheet::Sheet;

/// What a respondent did on a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The page.
    pub page: String,
    /// Posted answers by slot key; a slot of the page that is not named keeps its answer.
    pub answers: Vec<(String, Value)>,
    /// Keys that were shown, as [`PageView::shown`](crate::view::PageView::shown) said; without
    /// scripts those of the page as served.
    pub shown: Vec<String>,
    /// Soft checks that the respondent had before them when they went on, as `slot check:id`.
    pub confirmed: Vec<String>,
    /// The button.
    pub go: Go,
}

/// What the respondent wants next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Go {
    /// To go on; also what a form sent without a button means.
    #[default]
    Next,
    /// To go back; nothing is checked.
    Back,
    /// To stay here and be sure that all is kept.
    Save,
    /// One more unit of a roster of free units.
    Add {
        /// The roster's id.
        roster: String,
    },
    /// One unit less.
    Remove {
        /// The roster's id.
        roster: String,
        /// The unit's key.
        unit: String,
    },
}

impl Go {
    /// What a button's value means: `next`, `back`, `save`, `add:<roster>`,
    /// `remove:<roster>:<key>`; `None` for a value that no button has.
    ///
    /// ```
    /// use questionnaire::session::Go;
    /// assert_eq!(Go::parse("add:axes"), Some(Go::Add { roster: "axes".to_owned() }));
    /// assert_eq!(Go::parse("away"), None);
    /// ```
    #[must_use]
    pub fn parse(value: &str) -> Option<Self> {
        match value {
            "next" => return Some(Self::Next),
            "back" => return Some(Self::Back),
            "save" => return Some(Self::Save),
            _ => {}
        }
        match value.split_once(':')? {
            ("add", roster) => Some(Self::Add {
                roster: roster.to_owned(),
            }),
            ("remove", rest) => {
                let (roster, unit) = rest.split_once(':')?;
                Some(Self::Remove {
                    roster: roster.to_owned(),
                    unit: unit.to_owned(),
                })
            }
            _ => None,
        }
    }
}

/// Where the respondent goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A page, by its id.
    Page(String),
    /// The review before submission.
    Review,
}

/// What a step gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The draft to store.
    pub sheet: Sheet,
    /// Where to go.
    pub to: Place,
    /// Posted keys that have no place in the questionnaire: forged or of another version.
    pub misfits: Vec<Failure>,
}

/// A submission's sheet, or what prevents it.
#[derive(Clone, Debug, PartialEq)]
pub enum Submission {
    /// To be stored: answers on path only, with the keys of what was dropped.
    Ready {
        /// The sheet.
        sheet: Sheet,
        /// Dropped off-path answers.
        dropped: Vec<String>,
    },
    /// Hard failures, or soft ones that nobody confirmed.
    Refused(Vec<Failure>),
}

/// A draft's answers as its respondent sees them on a page: what comes after the furthest page has
/// not been reached. (A sheet that says nothing of it is a finished walk; a draft that says
/// nothing has just begun.)
#[must_use]
pub fn draft<'e>(engine: &'e Engine, sheet: &Sheet, page: u32) -> Evaluation<'e> {
    let mut evaluation = engine.load(sheet).evaluation;
    let furthest = sheet
        .meta
        .reached
        .as_deref()
        .and_then(|it| engine.instrument.page(it));
    let reached = furthest.map_or(page, |it| it.max(page));
    if evaluation.reached() != Some(reached) {
        evaluation.set_reached(Some(reached));
    }
    evaluation
}

/// The first page of the route.
#[must_use]
pub fn first_page(engine: &Engine, sheet: &Sheet) -> Place {
    next_place(&draft(engine, sheet, 0), None)
}

/// Whether a page may be opened: it is on path, and nothing before it has been skipped.
#[must_use]
pub fn may_open(engine: &Engine, sheet: &Sheet, page: &str) -> bool {
    let Some(at) = engine.instrument.page(page) else {
        return false;
    };
    let evaluation = draft(engine, sheet, 0);
    let furthest = sheet
        .meta
        .reached
        .as_deref()
        .and_then(|it| engine.instrument.page(it));
    let open = match furthest {
        Some(it) => at <= it,
        None => next_place(&evaluation, None) == Place::Page(page.to_owned()),
    };
    open && is_page_on_path(&evaluation, at)
}

/// Takes a respondent one step on. `None` when there is no such page.
#[must_use]
pub fn step(engine: &Engine, sheet: &Sheet, event: &Event) -> Option<Step> {
    let page = engine.instrument.page(&event.page)?;
    let before = draft(engine, sheet, page);
    let (mut posted, misfits) = post(&before, sheet, event);
    if sheet.meta.reached.is_none() {
        // The first page may be a later one than the first of all.
        note_unseen(&mut posted, &draft(engine, sheet, 0), &before, Some(page));
    }
    note_reached(engine, &mut posted, page);
    let evaluation = engine.load(&posted).evaluation;
    note_confirmed(&mut posted, &evaluation, &event.confirmed);
    note_unseen(&mut posted, &before, &evaluation, Some(page));
    let here = Place::Page(event.page.clone());
    let to = match event.go {
        Go::Save | Go::Add { .. } | Go::Remove { .. } => here,
        Go::Back => previous_page(&evaluation, page).map_or(here, Place::Page),
        Go::Next => {
            let shown: BTreeSet<&str> = event.shown.iter().map(String::as_str).collect();
            let is_new = shown_keys(&evaluation, page)
                .iter()
                .any(|it| !shown.contains(it.as_str()));
            let wrong = page_failures(&evaluation, page).iter().any(|it| {
                it.severity == Severity::Hard || !posted.meta.confirmed.contains(&confirmation(it))
            });
            // A question seen for the first time is not yet wrong.
            set_attempted(&mut posted, &event.page, wrong && !is_new);
            if is_new || wrong {
                here
            } else {
                match unseen_page(engine, &posted).filter(|it| *it < page) {
                    Some(unseen) => place_of(engine, unseen),
                    None => next_place(&evaluation, Some(page)),
                }
            }
        }
    };
    let next = match &to {
        Place::Page(id) => engine.instrument.page(id),
        Place::Review => None,
    };
    // The review follows the last page: everything on the route has been shown.
    let last = engine.instrument.pages.len().saturating_sub(1) as u32;
    let furthest = next.unwrap_or(last);
    if evaluation.reached().is_some_and(|it| it < furthest) {
        // Getting there may itself put something on path: « not reached » is over.
        note_reached(engine, &mut posted, furthest);
        let arrived = draft(engine, &posted, furthest);
        note_unseen(&mut posted, &evaluation, &arrived, next);
    }
    let to = match (to, unseen_page(engine, &posted)) {
        (Place::Review, Some(page)) => place_of(engine, page),
        (to, _) => to,
    };
    Some(Step {
        sheet: posted,
        to,
        misfits,
    })
}

/// The draft with what was posted; posted slots replace what is stored for them, everything else
/// stays. Keys that have no place are answered apart.
fn post(before: &Evaluation<'_>, sheet: &Sheet, event: &Event) -> (Sheet, Vec<Failure>) {
    let mut evaluation = before.clone();
    let mut misfits = Vec::new();
    let engine = before.engine();
    let is_frame = |key: &str| {
        let owner = engine.layout.owner(&engine.instrument, key);
        owner.is_some_and(|(item, _)| engine.instrument.is_frame(item))
    };
    for (key, value) in &event.answers {
        // What the sample says of somebody is not theirs to change.
        if is_frame(key) || !evaluation.set_by_key(key, value) {
            misfits.push(Failure::hard(key, FailureCode::UnknownItem));
        }
    }
    match &event.go {
        Go::Add { roster } => evaluation.add_unit(roster),
        Go::Remove { roster, unit } => evaluation.remove_unit(roster, unit),
        Go::Next | Go::Back | Go::Save => {}
    }
    let mut posted = sheet.clone();
    posted.answers = evaluation.to_answers(Keep::Everything);
    (posted, misfits)
}

/// What a submission stores, or why it cannot.
#[must_use]
pub fn submission(engine: &Engine, draft: &Sheet) -> Submission {
    let mut sheet = draft.clone();
    sheet.meta.reached = None;
    let loaded = engine.load(&sheet);
    let mut failures = loaded.evaluation.failures();
    failures.retain(|it| {
        it.severity == Severity::Hard || !draft.meta.confirmed.contains(&confirmation(it))
    });
    if !failures.is_empty() {
        return Submission::Refused(failures);
    }
    let dropped = loaded.evaluation.off_path();
    sheet.answers = loaded.evaluation.to_answers(Keep::OnPath);
    sheet.meta.attempted.clear();
    sheet.meta.confirmed.clear();
    sheet.meta.unseen.clear();
    Submission::Ready { sheet, dropped }
}

/// How a confirmed soft check is written in a draft.
fn confirmation(failure: &Failure) -> String {
    format!("{} {}", failure.item, failure.code.code())
}

/// Keeps the soft checks that are confirmed and still fail: the same check failing anew, after it
/// has held, is asked about again.
fn note_confirmed(sheet: &mut Sheet, evaluation: &Evaluation<'_>, confirmed: &[String]) {
    let mut failing = evaluation.failures();
    failing.retain(|it| it.severity == Severity::Soft);
    let mut kept: Vec<String> = failing.iter().map(confirmation).collect();
    kept.retain(|it| confirmed.contains(it) || sheet.meta.confirmed.contains(it));
    sheet.meta.confirmed = kept;
}

/// Notes what is new on the pages behind the respondent since these were shown: a filter may read
/// what is asked after it. `here` is the page they have before them, if any.
fn note_unseen(
    sheet: &mut Sheet,
    before: &Evaluation<'_>,
    after: &Evaluation<'_>,
    here: Option<u32>,
) {
    let n_pages = after.engine().instrument.pages.len() as u32;
    let behind = (0..n_pages).take_while(|it| after.reached().is_none_or(|reached| *it <= reached));
    let mut unseen = Vec::new();
    for page in behind.filter(|it| Some(*it) != here) {
        let seen: BTreeSet<String> = on_path_keys(before, page).collect();
        let is_new = |it: &String| !seen.contains(it) || sheet.meta.unseen.contains(it);
        unseen.extend(on_path_keys(after, page).filter(is_new));
    }
    sheet.meta.unseen = unseen;
}

/// The first page with something that has not been shown.
fn unseen_page(engine: &Engine, sheet: &Sheet) -> Option<u32> {
    let pages = sheet
        .meta
        .unseen
        .iter()
        .filter_map(|it| page_of(engine, it));
    pages.min()
}

/// The page of a slot's or an item's key.
fn page_of(engine: &Engine, key: &str) -> Option<u32> {
    let (item, _) = engine.layout.owner(&engine.instrument, key)?;
    Some(engine.instrument.items[item as usize].page)
}

fn set_attempted(sheet: &mut Sheet, page: &str, attempted: bool) {
    sheet.meta.attempted.retain(|it| it != page);
    if attempted {
        sheet.meta.attempted.push(page.to_owned());
    }
}

fn note_reached(engine: &Engine, sheet: &mut Sheet, page: u32) {
    let before = sheet
        .meta
        .reached
        .as_deref()
        .and_then(|it| engine.instrument.page(it));
    if before.is_none_or(|it| page > it) {
        sheet.meta.reached = engine
            .instrument
            .pages
            .get(page as usize)
            .map(|it| it.id.clone());
    }
}

/// Whether a page's filter holds and something on it is to be shown.
pub(crate) fn is_page_on_path(evaluation: &Evaluation<'_>, page: u32) -> bool {
    let pages = &evaluation.engine().instrument.pages;
    evaluation.page_truth(page).is_true()
        && pages
            .get(page as usize)
            .is_some_and(|it| it.items.iter().any(|it| is_shown(evaluation, *it, None)))
}

/// Whether an item shows anything: a computed value does not, nor a grid without rows or a roster
/// without units that could be answered.
pub(crate) fn is_shown(evaluation: &Evaluation<'_>, item: u32, unit: Option<u32>) -> bool {
    let engine = evaluation.engine();
    let shows = match engine.instrument.items[item as usize].kind {
        Kind::Computed { .. } => false,
        Kind::Grid { .. } => {
            let mut rows = engine.layout.slots_of(item, unit);
            rows.any(|it| evaluation.is_slot_on_path(it))
        }
        Kind::Roster { roster } => match engine.instrument.rosters[roster as usize].units {
            Units::Free { .. } => true,
            Units::Chosen { .. } => (0..engine.instrument.unit_bound(roster))
                .any(|unit| evaluation.exists(roster, unit)),
        },
        _ => true,
    };
    shows && evaluation.is_on_path(item, unit)
}

fn next_place(evaluation: &Evaluation<'_>, after: Option<u32>) -> Place {
    let engine = evaluation.engine();
    let first = after.map_or(0, |it| it + 1);
    (first..engine.instrument.pages.len() as u32)
        .find(|it| is_page_on_path(evaluation, *it))
        .map_or(Place::Review, |it| place_of(engine, it))
}

fn place_of(engine: &Engine, page: u32) -> Place {
    Place::Page(engine.instrument.pages[page as usize].id.clone())
}

/// The page before this one on the route.
pub(crate) fn previous_page(evaluation: &Evaluation<'_>, page: u32) -> Option<String> {
    let pages = &evaluation.engine().instrument.pages;
    (0..page)
        .rev()
        .find(|it| is_page_on_path(evaluation, *it))
        .map(|it| pages[it as usize].id.clone())
}

/// The last page of the route: where « back » leads from the review.
#[must_use]
pub fn last_page(engine: &Engine, sheet: &Sheet) -> Option<String> {
    let evaluation = draft(engine, sheet, 0);
    previous_page(&evaluation, engine.instrument.pages.len() as u32)
}

/// Failures of one page, in order.
pub(crate) fn page_failures(evaluation: &Evaluation<'_>, page: u32) -> Vec<Failure> {
    let engine = evaluation.engine();
    let mut failures = evaluation.failures();
    failures.retain(|it| page_of(engine, &it.item) == Some(page));
    failures
}

/// Keys of everything on path on a page: slots, and items without slots.
pub(crate) fn shown_keys(evaluation: &Evaluation<'_>, page: u32) -> Vec<String> {
    on_path_keys(evaluation, page).collect()
}

fn on_path_keys(evaluation: &Evaluation<'_>, page: u32) -> impl Iterator<Item = String> {
    let engine = evaluation.engine();
    let slots = (0u32..).zip(engine.layout.slots());
    let slots =
        slots.filter(move |(slot, at)| at.page == page && evaluation.is_slot_on_path(*slot));
    let items = (0u32..)
        .zip(&engine.instrument.items)
        .filter(move |(ix, it)| {
            let without = matches!(
                it.kind,
                Kind::Statement | Kind::Contact { .. } | Kind::Roster { .. }
            );
            it.page == page && it.roster.is_none() && without && is_shown(evaluation, *ix, None)
        });
    slots
        .map(|(_, it)| it.key.to_string())
        .chain(items.map(|(_, it)| it.id.clone()))
}
