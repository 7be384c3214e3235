//! What was found about a text, line by line.

use leptos::prelude::*;

use super::screen::{FactsShown, FindingLine, LookedShown};
use crate::i18n::Texts;
use crate::paths;

/// A list of what was found; each leads to its node in the editor of `study`, or to its line of the field
/// `source`.
pub(super) fn findings(all: &[FindingLine], study: &str, texts: &Texts) -> Option<AnyView> {
    let lines: Vec<_> = all.iter().map(|it| finding(it, study, texts)).collect();
    (!lines.is_empty()).then(|| view! { <ol class="findings">{lines}</ol> }.into_any())
}

fn finding(it: &FindingLine, study: &str, texts: &Texts) -> impl IntoView + use<> {
    let place = texts.with("writing-line", [("line", it.line.to_string())]);
    let leads = match &it.node {
        Some(key) => {
            let name = key.rsplit(':').next().unwrap_or(key).to_owned();
            view! { <a href=paths::edit_node(study, key)>{name}</a> }.into_any()
        }
        None => view! { <a href="#source" data-line=it.line.to_string() data-column=it.column.to_string()>{place}</a> }.into_any(),
    };
    let advice = it
        .advice
        .clone()
        .map(|it| view! { <p class="hint">{it}</p> });
    let witness = (!it.witness.is_empty()).then(|| {
        let answers: Vec<_> = it
            .witness
            .iter()
            .map(|(key, value)| {
                view! { <li><code>{key.clone()}</code> " " {value.clone()}</li> }
            })
            .collect();
        view! {
            <details>
                <summary>{texts.get("writing-witness")}</summary>
                <ul>{answers}</ul>
            </details>
        }
    });
    view! {
        <li data-severity=it.severity>
            <p>
                <span class="badge">{texts.get(&format!("writing-is-{}", it.severity))}</span> " "
                {leads} " "
                <code>{it.code.clone()}</code>
            </p>
            <p>{it.message.clone()}</p>
            {advice}
            {witness}
        </li>
    }
}

/// What is known of a questionnaire without errors.
pub(super) fn facts(it: &FactsShown, texts: &Texts) -> impl IntoView + use<> {
    let language = chart::Language::from_tag(texts.language().code());
    let routes = it.routes.as_ref().map(|(count, shortest, longest)| {
        let span = [("from", shortest.to_string()), ("to", longest.to_string())];
        view! {
            <div><dt>{texts.get("writing-n-routes")}</dt><dd>{count.clone()}</dd></div>
            <div><dt>{texts.get("writing-length")}</dt><dd>{texts.with("writing-span", span)}</dd></div>
        }
    });
    let minutes = it.minutes.map(|n| {
        view! { <div><dt>{texts.get("writing-minutes")}</dt><dd>{chart::integer(n.into(), language)}</dd></div> }
    });
    let cover = it.cover.map(|it| {
        // What is missing is never rounded away.
        let share = (it.covered * 100).checked_div(it.total).unwrap_or(100);
        let share = texts.with("writing-share", [("n", share.to_string())]);
        view! {
            <div><dt>{texts.get("writing-n-people")}</dt><dd>{chart::integer(it.n_people as u64, language)}</dd></div>
            <div><dt>{texts.get("writing-covered")}</dt><dd>{share}</dd></div>
        }
    });
    view! {
        <dl class="figures">
            <div><dt>{texts.get("writing-n-items")}</dt><dd>{chart::integer(it.n_items as u64, language)}</dd></div>
            {routes}
            {minutes}
            {cover}
        </dl>
    }
}

/// Whether it may be published, what is known, what was found.
pub(super) fn looked(it: &LookedShown, study: &str, texts: &Texts) -> impl IntoView + use<> {
    let verdict = match (it.is_sound, it.findings.is_empty()) {
        (true, true) => "writing-sound",
        (true, false) => "writing-sound-with-remarks",
        (false, _) => "writing-unsound",
    };
    let unproven = it
        .facts
        .as_ref()
        .filter(|it| !it.unproven.is_empty())
        .map(|it| {
            let list = it.unproven.join(", ");
            view! { <p class="hint">{texts.with("writing-unproven", [("list", list)])}</p> }
        });
    let is_sound = it.is_sound.to_string();
    view! {
        <p class="verdict" data-sound=is_sound>{texts.get(verdict)}</p>
        {it.facts.as_ref().map(|it| facts(it, texts))}
        {findings(&it.findings, study, texts)}
        {unproven}
    }
}
