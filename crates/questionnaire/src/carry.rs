//! Whether a respondent in progress may go on with another version.

use std::collections::BTreeSet;

use crate::answer::Answer;
use crate::evaluation::{Engine, Evaluation};
use crate::session;
use crate::sheet::Sheet;
use crate::showing::page_view;
use crate::view::PageView;

/// Why a respondent in progress stays with the version that they began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stays {
    /// An answer has no place in the other version, or is read otherwise.
    Answers,
    /// What they have been shown so far is not what the other version would have shown them.
    Shown,
    /// The other version finds something wrong, or right, with what they answered that this one does not.
    Failures,
}

/// Decides whether somebody who has answered a sheet so far may go on with another version.
///
/// They may if up to the last page that they have been shown nothing differs: the same pages with the same questions,
/// words, choices and bounds, in every language; the same answers, read alike; the same findings. So no question is
/// taken for shown that was not, and no answer was given to other words. What comes after that page may be anything.
///
/// # Errors
/// Why they stay.
pub fn carry(old: &Engine, new: &Engine, sheet: &Sheet) -> Result<(), Stays> {
    let (was, is) = (old.load(sheet), new.load(sheet));
    if !was.misfits.is_empty() || !is.misfits.is_empty() {
        return Err(Stays::Answers);
    }
    let answered = answered(&was.evaluation)?;
    if answered != self::answered(&is.evaluation)? {
        return Err(Stays::Answers);
    }
    if old.instrument.languages != new.instrument.languages {
        return Err(Stays::Shown);
    }
    let reached = sheet.meta.reached.as_deref();
    let shown = shown(old, sheet, reached);
    if shown != self::shown(new, sheet, reached) {
        return Err(Stays::Shown);
    }
    // Off path are pages whose answers are kept all the same: whoever goes back may come to them again.
    let mut pages: BTreeSet<&str> = shown.iter().map(String::as_str).collect();
    pages.extend(answered.iter().map(|it| it.page.as_str()));
    for page in &pages {
        for language in &old.instrument.languages {
            let seen = |engine: &Engine| page_view(engine, sheet, page, language).map(seen);
            if seen(old) != seen(new) {
                return Err(Stays::Shown);
            }
        }
    }
    let failing = |evaluation: &Evaluation<'_>| {
        let instrument = &evaluation.engine().instrument;
        let on_pages = instrument.pages.iter().zip(0u32..);
        let on_pages = on_pages.filter(|(it, _)| pages.contains(it.id.as_str()));
        on_pages
            .flat_map(|(_, at)| session::page_failures(evaluation, at))
            .collect::<Vec<_>>()
    };
    if failing(&was.evaluation) != failing(&is.evaluation) {
        return Err(Stays::Failures);
    }
    Ok(())
}

/// The ids of the pages on path up to the last one shown.
fn shown(engine: &Engine, sheet: &Sheet, reached: Option<&str>) -> Vec<String> {
    let Some(last) = reached.and_then(|it| engine.instrument.page(it)) else {
        return Vec::new();
    };
    let evaluation = session::draft(engine, sheet, last);
    let pages = engine.instrument.pages.iter().zip(0..=last);
    let on_path = pages.filter(|(_, at)| session::is_page_on_path(&evaluation, *at));
    on_path.map(|(it, _)| it.id.clone()).collect()
}

/// How many pages there are in all is no part of what somebody has been shown.
fn seen(mut view: PageView) -> PageView {
    view.steps = 0;
    view
}

/// An answer as a version reads it.
#[derive(PartialEq)]
struct Given {
    key: String,
    page: String,
    /// The value as it is written in a sheet, and what its choices say besides their codes.
    value: String,
}

/// Every answer, on path or not.
fn answered(evaluation: &Evaluation<'_>) -> Result<Vec<Given>, Stays> {
    let engine = evaluation.engine();
    let instrument = &engine.instrument;
    let mut all = Vec::new();
    for (at, slot) in (0u32..).zip(engine.layout.slots()) {
        let answer = evaluation.answer(at);
        if answer.is_empty() {
            continue;
        }
        let item = instrument.items.get(slot.item as usize);
        let page = item.and_then(|it| instrument.pages.get(it.page as usize));
        let (Some(item), Some(page)) = (item, page) else {
            return Err(Stays::Answers);
        };
        let list = instrument.list_of(item);
        let chosen = list.map_or(&[][..], |it| &it.choices).iter().zip(0u16..);
        let chosen = chosen.filter(|(_, code)| match answer {
            Answer::Code(it) => it == code,
            Answer::Codes(them) => them.contains(code),
            _ => false,
        });
        let meant: Vec<_> = chosen
            .map(|(it, _)| (it.missing, it.exclusive, &it.attributes))
            .collect();
        let value = answer.to_json(list);
        all.push(Given {
            key: slot.key.to_string(),
            page: page.id.clone(),
            value: format!("{} {value:?} {meant:?}", item.kind.name()),
        });
    }
    all.sort_by(|a, b| a.key.cmp(&b.key));
    Ok(all)
}
