//! What there is to say of the condition: in words, who gets there, whom it keeps, what is found.

use leptos::prelude::*;

use super::screen::{ConditionScreen, KeptShown};
use super::words;
use crate::i18n::Texts;
use crate::paths;
use crate::studio::writing::findings::findings;

pub(super) fn beside(screen: &ConditionScreen, texts: &Texts) -> AnyView {
    let it = &screen.condition;
    let study = screen.head.slug.as_str();
    let says = screen.place.says;
    let sentence = match (&it.sentence, it.text.is_empty()) {
        (Some(words), _) => {
            let lead = texts.get(&format!("condition-if-{says}"));
            view! { <p class="said"><b>{lead}</b> " " {marked(words)}</p> }.into_any()
        }
        (None, true) => {
            view! { <p class="said">{texts.get(&format!("condition-nothing-{says}"))}</p> }
                .into_any()
        }
        (None, false) => {
            view! { <p class="hint">{texts.get("condition-no-sentence")}</p> }.into_any()
        }
    };
    let universe = it.universe.as_ref().map(|words| {
        view! { <p>{texts.get("condition-universe")} " " {marked(words)}</p> }
    });
    let kept = match &it.kept {
        Some(kept) => figures(kept, says, texts),
        None => view! { <p class="hint">{texts.get("condition-no-cohort")}</p> }.into_any(),
    };
    let others = (it.n_others > 0).then(|| {
        let href = paths::edit_node(study, &screen.place.open);
        let words = texts.counted("condition-n-others", it.n_others);
        view! { <p class="hint"><a href=href>{words}</a></p> }
    });
    let nothing = (it.findings.is_empty() && it.n_others == 0)
        .then(|| view! { <p class="hint">{texts.get("condition-nothing-found")}</p> });
    view! {
        <section aria-labelledby="said-h">
            <h2 id="said-h">{texts.get("condition-in-words")}</h2>
            <div role="status">{sentence}</div>
        </section>
        <section aria-labelledby="kept-h">
            <h2 id="kept-h">{texts.get("condition-who")}</h2>
            {universe}
            <div role="status">{kept}</div>
            {before(screen, texts)}
        </section>
        <section aria-labelledby="found-h">
            <h2 id="found-h">{texts.get("writing-looked")}</h2>
            {findings(&it.findings, study, texts)}
            {nothing}
            {others}
        </section>
    }
    .into_any()
}

/// Words in quotes stand out: they are the questionnaire's own.
pub(in crate::studio) fn marked(words: &str) -> AnyView {
    let opens = ['«', '“'];
    let closes = ['»', '”'];
    let mut parts: Vec<AnyView> = Vec::new();
    let mut rest = words;
    while let Some(at) = rest.find(opens) {
        let Some(end) = rest[at..].find(closes) else {
            break;
        };
        let end = at + end;
        let length = rest[end..].chars().next().map_or(0, char::len_utf8);
        let quoted = rest[at..end + length].to_owned();
        parts.push(rest[..at].to_owned().into_any());
        parts.push(view! { <em>{quoted}</em> }.into_any());
        rest = &rest[end + length..];
    }
    parts.push(rest.to_owned().into_any());
    parts.into_any()
}

/// How many of those who get there it keeps.
fn figures(it: &KeptShown, says: &str, texts: &Texts) -> AnyView {
    let language = chart::Language::from_tag(texts.language().code());
    let written = |n: usize| chart::integer(n as u64, language);
    let named = [
        ("kept", written(it.kept)),
        ("reach", written(it.reach)),
        ("n", written(it.n)),
    ];
    let words = texts.with(&format!("condition-kept-{says}"), named.clone());
    let meter = (it.reach > 0).then(|| {
        let (most, value) = (it.reach.to_string(), it.kept.to_string());
        view! { <meter min="0" max=most value=value aria-label=words.clone()>{words.clone()}</meter> }
    });
    let units = it.units.map(|(reach, kept)| {
        let named = [("kept", written(kept)), ("reach", written(reach))];
        view! { <p>{texts.with("condition-kept-units", named)}</p> }
    });
    view! {
        <p class="kept"><strong>{words.clone()}</strong></p>
        {meter}
        <p class="hint">{texts.with("condition-reach", named)}</p>
        {units}
    }
    .into_any()
}

/// The questions that stand before, by section.
fn before(screen: &ConditionScreen, texts: &Texts) -> Option<AnyView> {
    let sayable = &screen.condition.sayable;
    let level = sayable.level(&[])?;
    let mut blocks: Vec<(u32, Vec<(&str, &str)>)> = Vec::new();
    for it in level.subjects.iter().filter(|it| !it.is_later) {
        if blocks.last().is_none_or(|last| last.0 != it.block) {
            blocks.push((it.block, Vec::new()));
        }
        if let Some((_, items)) = blocks.last_mut()
            && items.iter().all(|known| known.0 != it.item)
        {
            items.push((&it.item, &it.name.title));
        }
    }
    let n: usize = blocks.iter().map(|it| it.1.len()).sum();
    let study = screen.head.slug.as_str();
    let lists: Vec<_> = blocks
        .into_iter()
        .map(|(block, items)| {
            let title = sayable
                .blocks
                .get(block as usize)
                .cloned()
                .unwrap_or_default();
            let items: Vec<_> = items
                .into_iter()
                .map(|(id, title)| {
                    let href = paths::edit_node(study, &format!("item:{id}"));
                    view! { <li><a href=href>{words::short(title)}</a></li> }
                })
                .collect();
            view! { <p class="group">{title}</p> <ul>{items}</ul> }
        })
        .collect();
    Some(
        view! {
            <details class="before">
                <summary>{texts.counted("condition-before", n)}</summary>
                {lists}
            </details>
        }
        .into_any(),
    )
}
