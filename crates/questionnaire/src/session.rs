//! A respondent's walk, one event at a time: pure, the same wherever it runs.
//!
//! [`step`] takes the sheet so far and what was posted, and answers the new sheet and where to go.
//! A draft keeps every answer, on path or not; only [`submission`] drops what is off path. Where
//! a posted answer puts further items of the same page on path, the page is shown again before
//! going on: without scripts nobody misses a question, with them it has been seen already.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::evaluation::{Engine, Evaluation};
use crate::failure::{Failure, Severity};
use crate::instrument::Kind;
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

/// The first page of the route.
#[must_use]
pub fn first_page(engine: &Engine, sheet: &Sheet) -> Place {
    next_place(&engine.load(sheet).evaluation, None)
}

/// Whether a page may be opened: it is on path, and nothing before it has been skipped.
#[must_use]
pub fn may_open(engine: &Engine, sheet: &Sheet, page: &str) -> bool {
    let Some(at) = engine.instrument.page(page) else {
        return false;
    };
    let evaluation = engine.load(sheet).evaluation;
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
    let mut posted = sheet.clone();
    let mut misfits = Vec::new();
    {
        // Posted slots replace what is stored for them; everything else stays.
        let mut evaluation = engine.load(sheet).evaluation;
        for (key, value) in &event.answers {
            if !evaluation.set_by_key(key, value) {
                misfits.push(Failure::hard(key, crate::failure::FailureCode::UnknownItem));
            }
        }
        match &event.go {
            Go::Add { roster } => evaluation.add_unit(roster),
            Go::Remove { roster, unit } => evaluation.remove_unit(roster, unit),
            Go::Next | Go::Back | Go::Save => {}
        }
        posted.answers = evaluation.to_answers(Keep::Everything);
    }
    note_reached(engine, &mut posted, page);
    let loaded = engine.load(&posted);
    let evaluation = &loaded.evaluation;
    let here = Place::Page(event.page.clone());
    let to = match event.go {
        Go::Save | Go::Add { .. } | Go::Remove { .. } => here,
        Go::Back => previous_page(evaluation, page).map_or(here, Place::Page),
        Go::Next => {
            let seen: BTreeSet<&str> = event.shown.iter().map(String::as_str).collect();
            let unseen = shown_keys(evaluation, page)
                .iter()
                .any(|it| !seen.contains(it.as_str()));
            let failures = page_failures(evaluation, page);
            let hard = failures.iter().any(|it| it.severity == Severity::Hard);
            for it in &event.confirmed {
                if !posted.meta.confirmed.contains(it) {
                    posted.meta.confirmed.push(it.clone());
                }
            }
            let unconfirmed = failures.iter().any(|it| {
                it.severity == Severity::Soft && !posted.meta.confirmed.contains(&confirmation(it))
            });
            // A question seen for the first time is not yet wrong.
            set_attempted(&mut posted, &event.page, (hard || unconfirmed) && !unseen);
            if unseen || hard || unconfirmed {
                here
            } else {
                next_place(evaluation, Some(page))
            }
        }
    };
    if let Place::Page(id) = &to
        && let Some(at) = engine.instrument.page(id)
    {
        note_reached(engine, &mut posted, at);
    } else {
        // The review follows the last page: everything on the route has been shown.
        let last = engine.instrument.pages.len().saturating_sub(1) as u32;
        note_reached(engine, &mut posted, last);
    }
    Some(Step {
        sheet: posted,
        to,
        misfits,
    })
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
    Submission::Ready { sheet, dropped }
}

/// How a confirmed soft check is written in a draft.
fn confirmation(failure: &Failure) -> String {
    format!("{} {}", failure.item, failure.code.code())
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
            .is_some_and(|it| it.items.iter().any(|it| is_shown(evaluation, *it)))
}

/// Whether an item shows anything: a computed value does not.
fn is_shown(evaluation: &Evaluation<'_>, item: u32) -> bool {
    let kind = &evaluation.engine().instrument.items[item as usize].kind;
    !matches!(kind, Kind::Computed { .. }) && evaluation.is_on_path(item, None)
}

fn next_place(evaluation: &Evaluation<'_>, after: Option<u32>) -> Place {
    let pages = &evaluation.engine().instrument.pages;
    let first = after.map_or(0, |it| it + 1);
    (first..pages.len() as u32)
        .find(|it| is_page_on_path(evaluation, *it))
        .map_or(Place::Review, |it| {
            Place::Page(pages[it as usize].id.clone())
        })
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
    let evaluation = engine.load(sheet).evaluation;
    previous_page(&evaluation, engine.instrument.pages.len() as u32)
}

/// Failures of one page, in order.
pub(crate) fn page_failures(evaluation: &Evaluation<'_>, page: u32) -> Vec<Failure> {
    let engine = evaluation.engine();
    let of_page = |key: &str| {
        let owner = engine.layout.owner(&engine.instrument, key);
        owner.is_some_and(|(item, _)| engine.instrument.items[item as usize].page == page)
    };
    let mut failures = evaluation.failures();
    failures.retain(|it| of_page(&it.item));
    failures
}

/// Keys of everything on path on a page: slots, and items without slots.
pub(crate) fn shown_keys(evaluation: &Evaluation<'_>, page: u32) -> Vec<String> {
    let engine = evaluation.engine();
    let mut keys: Vec<String> = evaluation
        .slots()
        .filter(|(slot, state)| {
            engine.layout.slots()[*slot as usize].page == page && state.is_asked()
        })
        .map(|(slot, _)| engine.layout.slots()[slot as usize].key.to_string())
        .collect();
    let without = (0u32..).zip(&engine.instrument.items).filter(|(ix, it)| {
        it.page == page
            && it.roster.is_none()
            && matches!(
                it.kind,
                Kind::Statement | Kind::Contact { .. } | Kind::Roster { .. }
            )
            && evaluation.is_on_path(*ix, None)
    });
    keys.extend(without.map(|(_, it)| it.id.clone()));
    keys
}
