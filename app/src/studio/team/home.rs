//! The studies of somebody: their waves, whether these take responses, how many have come.
//!
//! The script `app/script/home.js` keeps states and numbers up to date; without it they are as the page was loaded.

use chart::integer;
use fluent_bundle::FluentValue;
use leptos::prelude::*;

use super::frame::{page, role};
use super::home_screen::{HomeScreen, HomeStudy, HomeWave};
use crate::i18n::Texts;
use crate::paths;
use crate::typography::typeset;
use crate::ui::Frame;

/// `/studio`
pub(crate) fn home(frame: &Frame, screen: &HomeScreen) -> String {
    let texts = Texts::of(frame.language);
    let begin = screen.may_begin.then(|| {
        view! { <a class="button secondary" href=paths::begin_study()>{texts.get("writing-begin")}</a> }
    });
    let script = frame.manifest.script("home").map(|src| {
        view! { <script type="module" src=src nonce=frame.nonce.clone()></script> }
    });
    let body = view! {
        <div class="home-head">
            <p class="quiet" id="home-live" role="status" data-on=texts.get("home-live")
                data-lost=texts.get("home-lost") data-ended=texts.get("home-ended")></p>
            {begin}
        </div>
        <div id="home" data-live=screen.live.clone()>{list(&screen.studies, texts)}</div>
        {script}
    };
    page(
        frame,
        &screen.who,
        texts.get("team-studies"),
        None,
        body.into_any(),
    )
}

/// The list alone, as its news bring it.
pub(crate) fn news(frame: &Frame, studies: &[HomeStudy]) -> String {
    list(studies, Texts::of(frame.language)).to_html()
}

fn list(studies: &[HomeStudy], texts: &Texts) -> AnyView {
    if studies.is_empty() {
        return view! {
            <div class="empty">
                <h2>{texts.get("team-no-study-title")}</h2>
                <p>{texts.get("team-no-study")}</p>
            </div>
        }
        .into_any();
    }
    let lines: Vec<_> = studies.iter().map(|it| study(it, texts)).collect();
    view! {
        {total(studies, texts)}
        <ul class="lines home">{lines}</ul>
    }
    .into_any()
}

/// How much there is in all; of responses, those of which they may see the results.
fn total(studies: &[HomeStudy], texts: &Texts) -> AnyView {
    let waves = studies.iter().flat_map(|it| &it.waves);
    let n_open = waves.clone().filter(|it| it.state == "open").count();
    let seen = waves.clone().filter_map(|it| it.n_responses);
    let is_seen = seen.clone().next().is_some();
    let figure = |key: &str, n: u64| {
        let words = texts.with(key, [("n", FluentValue::from(n))]);
        view! { <div><dt>{words}</dt><dd>{number(n, texts)}</dd></div> }
    };
    let responses = is_seen.then(|| figure("home-n-responses", seen.sum()));
    view! {
        <dl class="figures" data-cell="total">
            {figure("home-n-studies", studies.len() as u64)}
            {figure("home-n-open", n_open as u64)}
            {responses}
        </dl>
    }
    .into_any()
}

fn number(n: u64, texts: &Texts) -> String {
    integer(n, chart::Language::from_tag(texts.language().code()))
}

fn study(it: &HomeStudy, texts: &Texts) -> AnyView {
    let title = typeset(&it.title, &it.language);
    let id = format!("study-{}", it.slug);
    let ways = [
        (it.questionnaire.clone(), "writing-title"),
        (it.new_wave.clone(), "field-new"),
    ];
    let ways: Vec<_> = ways
        .into_iter()
        .filter_map(|(href, key)| Some((href?, key)))
        .map(|(href, key)| {
            // Said with the study's name to whoever hears links without what is around them.
            let of = format!(" – {title}");
            view! { <a href=href>{texts.get(key)}<span class="unseen">{of}</span></a> }
        })
        .collect();
    view! {
        <li>
            <div class="home-study">
                <h2 id=id.clone()><a href=paths::study(&it.slug) lang=it.language.clone()>{title}</a></h2>
                <p class="quiet">{role(texts, it.role)}</p>
                <p class="ways">{ways}</p>
            </div>
            {waves(it, &id, texts)}
        </li>
    }
    .into_any()
}

fn waves(it: &HomeStudy, named: &str, texts: &Texts) -> AnyView {
    if it.waves.is_empty() {
        let key = match it.n_versions {
            0 => "home-unpublished",
            _ => "home-no-wave",
        };
        return view! { <p class="quiet">{texts.get(key)}</p> }.into_any();
    }
    let rows: Vec<_> = it.waves.iter().map(|it| wave(it, texts)).collect();
    let counted = it.waves.iter().any(|it| it.n_responses.is_some());
    let counted = counted.then(|| {
        view! { <th scope="col" class="number">{texts.get("team-responses")}</th> }
    });
    view! {
        <table class="list" aria-labelledby=named.to_owned()>
            <thead class="unseen">
                <tr>
                    <th scope="col">{texts.get("team-wave")}</th>
                    <th scope="col">{texts.get("team-state")}</th>
                    {counted}
                    <th scope="col">{texts.get("team-pages")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn wave(it: &HomeWave, texts: &Texts) -> AnyView {
    let cell = |what: &str| format!("{what}:{}", it.slug);
    let n = it.n_responses.map(|n| {
        let unit = texts.with("home-n-responses", [("n", FluentValue::from(n))]);
        view! {
            <td class="number" data-cell=cell("n")>
                <strong>{number(n, texts)}</strong> " " <span class="quiet">{unit}</span>
            </td>
        }
    });
    let day = it.day.as_ref().map(|(code, day)| {
        let words = texts.with(&format!("home-day-{code}"), [("day", texts.date(day))]);
        view! { " " <span class="quiet">{words}</span> }
    });
    let is_open = (it.state == "open").to_string();
    let of = || format!(" – {}", it.slug);
    let results = it.results.clone().map(|href| {
        view! { <a href=href>{texts.get("team-results")}<span class="unseen">{of()}</span></a> }
    });
    view! {
        <tr>
            <th scope="row">{it.slug.clone()}</th>
            <td data-cell=cell("state")>
                <span class="badge" data-open=is_open>{texts.get(&format!("team-wave-{}", it.state))}</span>
                {day}
            </td>
            {n}
            <td class="links">
                {results}
                <a href=it.respond.clone()>{texts.get("dashboard-respond")}<span class="unseen">{of()}</span></a>
            </td>
        </tr>
    }
    .into_any()
}
