//! Drafts that several people write: what a page posts into one, and what it shows of the others.

use std::collections::BTreeSet;

use app::i18n::Texts;
use app::language::Language;
use app::respond::form::{self, MISSING, Posted};
use app::respond::together::{
    DRAWN, DisagreementView, PageProgress, PageTogether, ReviewTogether, SETTLE, VersionView,
};
use questionnaire::instrument::MissingOffer;
use questionnaire::session::Go;
use questionnaire::view::{Element, PageView, ReviewLine, ReviewPage};
use questionnaire::{Keep, SlotState, review_view};
use serde_json::{Value, json};
use service::{Author, ContributorState, Disagreement, Draft};

/// What is posted, as far as it becomes the stored answers; in a shared draft the rest stands beside.
/// `None` when there is no such page.
pub(super) fn read(
    draft: &mut Draft,
    by: Author,
    view: impl Fn(&Draft) -> Option<PageView>,
    pairs: &[(String, String)],
) -> Option<Posted> {
    if draft.is_shared() {
        make_room(draft, &view, pairs);
    }
    let page = view(draft)?;
    let mut posted = form::read(&page, pairs);
    posted.unknown.retain(|it| it != DRAWN && it != SETTLE);
    if !posted.unknown.is_empty() {
        // Names only, never values: what was typed does not reach a log.
        tracing::debug!(fields = ?posted.unknown, "a page was posted with fields it does not have");
    }
    if !draft.is_shared() {
        return Some(posted);
    }
    let drawn = value_of(pairs, DRAWN).unwrap_or_default();
    let mut answers = std::mem::take(&mut posted.event.answers);
    for (key, value) in &mut answers {
        // A form without script cannot take an answer away when « I don't know » is chosen instead.
        let reason = value_of(pairs, &format!("{key}.{MISSING}")).and_then(MissingOffer::from_code);
        if let Some(reason) = reason
            && draft.is_drawn(drawn, key, value)
        {
            *value = json!({ "$missing": reason.code() });
        }
    }
    if let Go::Remove { roster, unit } = &posted.event.go {
        // Units behind it would move up, under the hands of whoever answers them: it is emptied.
        let prefix = format!("{roster}[{unit}].");
        for (_, value) in answers.iter_mut().filter(|it| it.0.starts_with(&prefix)) {
            *value = Value::Null;
        }
        posted.event.go = Go::Save;
    }
    if value_of(pairs, SETTLE).is_some() {
        posted.event.go = Go::Save;
    }
    posted.event.answers = draft.merge(by, drawn, answers, &current(&page));
    Some(posted)
}

/// What a post asks for once its answers are in: a disagreement settled, empty units taken away.
pub(super) fn after(
    draft: &mut Draft,
    view: impl Fn(&Draft) -> Option<PageView>,
    pairs: &[(String, String)],
) {
    if !draft.is_shared() {
        return;
    }
    let Some(page) = view(draft) else {
        return;
    };
    let answers = current(&page);
    if let Some(choice) = value_of(pairs, SETTLE) {
        let key = choice.split(' ').next().unwrap_or_default();
        if answers.iter().any(|(it, _)| it == key) {
            draft.settle(choice);
        }
    }
    let go = pairs.iter().rev().find(|(name, _)| name == form::GO);
    if let Some(Go::Remove { roster, .. }) = go.and_then(|(_, it)| Go::parse(it)) {
        drop_empty(draft, view, &roster);
    }
}

/// Takes the last units of a roster away as long as they are empty and nobody proposes anything.
fn drop_empty(draft: &mut Draft, view: impl Fn(&Draft) -> Option<PageView>, roster: &str) {
    while let Some(page) = view(draft) {
        let Some(unit) = units(&page, roster).pop() else {
            return;
        };
        let prefix = format!("{roster}[{unit}].");
        let is_empty =
            |it: &Value| it.is_null() || it == "" || *it == json!([]) || *it == json!({});
        let mut answers = current(&page)
            .into_iter()
            .filter(|it| it.0.starts_with(&prefix));
        if !answers.all(|it| is_empty(&it.1)) || draft.is_disputed(&prefix) {
            return;
        }
        let mut evaluation = draft.engine.load(&draft.sheet).evaluation;
        evaluation.remove_unit(roster, &unit);
        let answers = evaluation.to_answers(Keep::Everything);
        if answers == draft.sheet.answers {
            return;
        }
        draft.sheet.answers = answers;
    }
}

/// Gives back the free units that were there when the page was drawn, if something was typed into
/// them since: somebody else has taken them away.
fn make_room(
    draft: &mut Draft,
    view: &impl Fn(&Draft) -> Option<PageView>,
    pairs: &[(String, String)],
) {
    let drawn = value_of(pairs, DRAWN).unwrap_or_default().to_owned();
    let typed: BTreeSet<(String, String)> = pairs
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .filter_map(|(name, _)| {
            let (roster, rest) = name.split_once('[')?;
            let (unit, rest) = rest.split_once(']')?;
            rest.starts_with('.')
                .then(|| (roster.to_owned(), unit.to_owned()))
        })
        .filter(|(roster, unit)| drawn.contains(&format!(" {roster}[{unit}].")))
        .collect();
    for (roster, unit) in typed {
        // At most as many as a page could have had.
        while let Some(page) = view(draft) {
            if units(&page, &roster).contains(&unit) {
                break;
            }
            let mut evaluation = draft.engine.load(&draft.sheet).evaluation;
            evaluation.add_unit(&roster);
            let answers = evaluation.to_answers(Keep::Everything);
            if answers == draft.sheet.answers {
                break;
            }
            draft.sheet.answers = answers;
        }
    }
}

fn units(page: &PageView, roster: &str) -> Vec<String> {
    let found = page.elements.iter().find_map(|it| match it {
        Element::Roster(it) if it.id == roster && it.free.is_some() => Some(it),
        _ => None,
    });
    found.map_or_else(Vec::new, |it| {
        it.units
            .iter()
            .filter(|it| it.present)
            .map(|it| it.key.clone())
            .collect()
    })
}

/// The answers of a page as it would post them untouched.
fn current(page: &PageView) -> Vec<(String, Value)> {
    form::read(page, &form::untouched(page)).event.answers
}

fn value_of<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let found = pairs.iter().rev().find(|(it, _)| it == name);
    found.map(|(_, value)| value.as_str())
}

/// What a question page shows of the others; nothing while nobody else writes.
pub(super) fn on_page(
    draft: &Draft,
    page: &PageView,
    language: &str,
    is_part: bool,
) -> Option<PageTogether> {
    let answers = current(page);
    let on_page = |it: &Disagreement| answers.iter().any(|(key, _)| *key == it.key);
    draft.is_shared().then(|| PageTogether {
        drawn: draft.drawn(&answers),
        disagreements: in_words(draft, language, on_page),
        is_part,
    })
}

/// What the review shows of the others; nothing while nobody else writes.
pub(super) fn on_review(
    draft: &Draft,
    language: &str,
    is_unsigned: bool,
) -> Option<ReviewTogether> {
    if !draft.is_shared() {
        return None;
    }
    let pages = review_view(&draft.engine, &draft.sheet, language).pages;
    let lines = pages.iter().flat_map(|it| &it.lines);
    let authors = lines.filter(|it| is_given(it)).filter_map(|line| {
        let author = draft.author_of(&line.key);
        (author != Author::Holder).then(|| (line.key.clone(), draft.name_of(author).to_owned()))
    });
    let contributors = draft.contributors().iter();
    let unfinished = contributors
        .filter(|it| it.state.is_active() && it.state != ContributorState::Finished)
        .map(|it| it.name.clone().unwrap_or_else(|| it.label.clone()));
    Some(ReviewTogether {
        authors: authors.collect(),
        disagreements: in_words(draft, language, |_| true),
        unfinished: unfinished.collect(),
        names: others(draft),
        is_unsigned,
    })
}

/// The names of those whose answers the holder signs off.
pub(super) fn others(draft: &Draft) -> Vec<String> {
    let contributors = draft.contributors().iter();
    contributors.filter_map(|it| it.name.clone()).collect()
}

/// How far the named pages are, or all, in the order of the questionnaire.
pub(super) fn progress(draft: &Draft, language: &str, of: &[String]) -> Vec<PageProgress> {
    let asked = review_view(&draft.engine, &draft.sheet, language).pages;
    let pages = draft.engine.instrument.asked_pages().iter();
    let pages = pages.filter(|it| of.is_empty() || of.contains(&it.id));
    pages
        .filter_map(|page| {
            let asked = asked.iter().find(|it| it.id == page.id);
            // Pages of nothing but text have nothing to hand over.
            if asked.is_some_and(|it| it.lines.is_empty()) {
                return None;
            }
            let lines = asked.map_or(&[][..], |it| it.lines.as_slice());
            Some(PageProgress {
                id: page.id.clone(),
                title: title(draft, &page.id, asked, language),
                n_given: lines.iter().filter(|it| is_given(it)).count(),
                n_asked: lines.len(),
            })
        })
        .collect()
}

/// A page's title. Without one it is its block's, and with several pages in that, what is asked first.
fn title(draft: &Draft, page: &str, asked: Option<&ReviewPage>, language: &str) -> String {
    let instrument = &draft.engine.instrument;
    let Some(found) = instrument.pages.iter().find(|it| it.id == page) else {
        return page.to_owned();
    };
    if let (Some(_), Some(asked)) = (&found.title, asked) {
        // Fills are in it.
        return asked.title.clone();
    }
    let text = |it: &questionnaire::Text| it.get(language).to_owned();
    let block = instrument.blocks.get(found.block as usize);
    let block_title = block.and_then(|it| it.title.as_ref()).map(text);
    let of_block = instrument.pages.iter().filter(|it| it.block == found.block);
    let is_alone = of_block.count() == 1;
    let first = asked
        .and_then(|it| it.lines.first())
        .map(|it| it.label.clone());
    let first = first.or_else(|| {
        let item = found
            .items
            .first()
            .and_then(|it| instrument.items.get(*it as usize));
        // Nobody is asked it yet, so its fills have nothing to say.
        item.map(|it| unfilled(&text(it.short.as_ref().unwrap_or(&it.label))))
    });
    match (found.title.as_ref().map(text), block_title, first) {
        (Some(title), ..) => title,
        (None, Some(block), None) => block,
        (None, Some(block), _) if is_alone => block,
        (None, Some(block), Some(first)) => format!("{block} – {first}"),
        (None, None, first) => first.unwrap_or_else(|| page.to_owned()),
    }
}

/// A text with an ellipsis where an answer would be told.
fn unfilled(text: &str) -> String {
    let mut parts = text.split('{');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.split_once('}').map_or(part, |(_, rest)| rest);
        plain.push('…');
        plain.push_str(rest);
    }
    plain
}

fn is_given(line: &ReviewLine) -> bool {
    matches!(
        line.state,
        SlotState::Answered | SlotState::DontKnow | SlotState::Refused
    )
}

/// What is to be settled, as people read it.
fn in_words(
    draft: &Draft,
    language: &str,
    of: impl Fn(&Disagreement) -> bool,
) -> Vec<DisagreementView> {
    let open = draft.disagreements().into_iter().filter(|it| of(it));
    open.filter_map(|it| {
        let (page, stored) = line_of(draft, &draft.sheet.answers, &it.key, language)?;
        let mut versions = vec![VersionView {
            author: draft.name_of(it.stored).to_owned(),
            answer: words(&stored, language),
        }];
        for (by, value) in &it.proposals {
            let mut evaluation = draft.engine.load(&draft.sheet).evaluation;
            evaluation.set_by_key(&it.key, value);
            let answers = evaluation.to_answers(Keep::Everything);
            let (_, line) = line_of(draft, &answers, &it.key, language)?;
            versions.push(VersionView {
                author: draft.name_of(*by).to_owned(),
                answer: words(&line, language),
            });
        }
        Some(DisagreementView {
            page,
            label: stored.label,
            shown: it.shown,
            key: it.key,
            versions,
        })
    })
    .collect()
}

/// The line of the review for a slot, or for the choice that a text stands beside.
fn line_of(
    draft: &Draft,
    answers: &serde_json::Map<String, Value>,
    key: &str,
    language: &str,
) -> Option<(String, ReviewLine)> {
    let mut sheet = draft.sheet.clone();
    sheet.answers = answers.clone();
    let pages = review_view(&draft.engine, &sheet, language).pages;
    let beside = key.rsplit_once('.').map_or(key, |it| it.0);
    let find = |key: &str| {
        let mut lines = pages
            .iter()
            .flat_map(|page| page.lines.iter().map(move |it| (page, it)));
        lines.find(|(_, it)| it.key == key)
    };
    let (page, line) = find(key).or_else(|| find(beside))?;
    Some((page.id.clone(), line.clone()))
}

/// An answer in words; a text beside a choice stands in that choice's.
fn words(line: &ReviewLine, language: &str) -> Vec<String> {
    let texts = Texts::of(Language::from_code(language).unwrap_or_default());
    match line.state {
        SlotState::DontKnow if line.answer.is_empty() => vec![texts.get("review-dont-know")],
        SlotState::Refused if line.answer.is_empty() => vec![texts.get("review-refused")],
        _ => line.answer.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::unfilled;

    #[test]
    fn fills_of_what_nobody_is_asked_are_left_open() {
        let label = "Une articulation entre {demarches} ?";
        assert_eq!(unfilled(label), "Une articulation entre … ?");
        assert_eq!(unfilled("{a}{b} et {c"), "…… et …c");
        assert_eq!(unfilled("Rien"), "Rien");
    }
}
