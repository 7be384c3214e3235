//! One study.

use chart::integer;
use leptos::prelude::*;

use super::frame::{role, study_page};
use super::screen::{StudyScreen, WaveLine};
use crate::i18n::Texts;
use crate::paths;
use crate::ui::Frame;

/// `/studio/{study}`
pub(crate) fn study(frame: &Frame, screen: &StudyScreen) -> String {
    let texts = Texts::of(frame.language);
    let waves: Vec<_> = screen.waves.iter().map(|it| wave(it, texts)).collect();
    let counts = screen.waves.iter().any(|it| it.n_responses.is_some());
    let counted = counts.then(|| {
        view! { <th scope="col" class="number">{texts.get("team-responses")}</th> }
    });
    let add = screen.may_field.then(|| {
        let href = paths::waves(&screen.head.slug);
        view! { <p class="after"><a class="secondary" href=href>{texts.get("field-new")}</a></p> }
    });
    let mine = [("role", role(texts, screen.role))];
    let body = view! {
        <p>{texts.with("team-my-role", mine)}" "<span class="quiet">{texts.get(&format!("team-allows-{}", screen.role))}</span></p>
        <div class="wide">
        <table class="list">
            <caption>{texts.get("team-waves")}</caption>
            <thead>
                <tr>
                    <th scope="col">{texts.get("team-wave")}</th>
                    <th scope="col">{texts.get("team-state")}</th>
                    {counted}
                    <th scope="col">{texts.get("team-pages")}</th>
                </tr>
            </thead>
            <tbody>{waves}</tbody>
        </table>
        </div>
        {add}
    };
    let title = texts.get("team-study");
    study_page(
        frame,
        &screen.head,
        "team-study",
        title,
        None,
        body.into_any(),
    )
}

fn wave(wave: &WaveLine, texts: &Texts) -> impl IntoView + use<> {
    let language = chart::Language::from_tag(texts.language().code());
    let n = wave
        .n_responses
        .map(|n| view! { <td class="number" data-label=texts.get("team-responses")>{integer(n, language)}</td> });
    let results = wave
        .results
        .clone()
        .map(|href| view! { <a href=href>{texts.get("team-results")}</a> });
    let more = [
        (wave.settings.clone(), "field-settings"),
        (wave.entry.clone(), "entry-title"),
        (wave.admissibility.clone(), "field-admissibility"),
    ]
    .map(|(href, key)| href.map(|href| view! { <a href=href>{texts.get(key)}</a> }));
    let is_open = (wave.state == "open").to_string();
    view! {
        <tr>
            <th scope="row">{wave.slug.clone()}</th>
            <td><span class="badge" data-open=is_open>{texts.get(&format!("team-wave-{}", wave.state))}</span></td>
            {n}
            <td class="links">
                {results}
                {more.into_iter().collect::<Vec<_>>()}
                <a href=wave.respond.clone()>{texts.get("dashboard-respond")}</a>
            </td>
        </tr>
    }
}
