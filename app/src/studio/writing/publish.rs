//! What a new version changes, and the button that publishes it.

use chart::integer;
use fluent_bundle::FluentValue;
use leptos::prelude::*;

use super::screen::{ChangeShown, ItemChange, PublishScreen, PublishedShown, WaveLine};
use super::source::places;
use super::table::table;
use crate::i18n::Texts;
use crate::paths;
use crate::studio::team::frame::study_page;
use crate::ui::Frame;

/// `/studio/s/{study}/questionnaire/publish`
pub(crate) fn publish(frame: &Frame, screen: &PublishScreen) -> String {
    let texts = Texts::of(frame.language);
    let study = screen.head.slug.as_str();
    let done = screen.published.as_ref().map(|it| published(it, texts));
    let main = match (&screen.published, screen.is_sound) {
        (Some(_), _) => ().into_any(),
        (None, false) => {
            let href = paths::questionnaire(study);
            view! {
                <div class="empty">
                    <h2>{texts.get("writing-cannot-publish")}</h2>
                    <p>{texts.get("writing-errors-first")} " " <a href=href>{texts.get("writing-to-text")}</a></p>
                </div>
            }
            .into_any()
        }
        (None, true) => {
            let told = screen.change.as_ref().map(|it| change(it, texts));
            let first = screen.change.is_none().then(|| {
                view! { <p>{texts.get("writing-first-version")}</p> }
            });
            view! {
                {first}
                {told}
                <form method="post" action=paths::publish(study) class="publish">
                    <input type="hidden" name="revision" value=screen.revision.to_string()/>
                    {waves(&screen.waves, texts)}
                    <p class="hint">{texts.get("writing-publish-hint")}</p>
                    <button class="primary">{texts.get("writing-publish-now")}</button>
                </form>
            }
            .into_any()
        }
    };
    let versions = (!screen.versions.is_empty()).then(|| versions(screen, texts));
    let body = view! {
        {places(study, "writing-publish", texts)}
        {done}
        {main}
        {versions}
    };
    let title = texts.get("writing-publish");
    let wrong = screen.wrong.clone();
    study_page(
        frame,
        &screen.head,
        "writing-title",
        title,
        wrong,
        body.into_any(),
    )
}

fn published(it: &PublishedShown, texts: &Texts) -> impl IntoView + use<> {
    let key = if it.is_new {
        "writing-published"
    } else {
        "writing-published-before"
    };
    let number = [("number", it.number.to_string())];
    let waves = |key: &str, waves: &[String]| {
        (!waves.is_empty()).then(|| {
            view! { <p>{texts.with(key, [("waves", waves.join(", "))])}</p> }
        })
    };
    let people = |key: &str, n: u64| {
        (n > 0).then(|| {
            view! { <p>{texts.with(key, [("n", FluentValue::from(n))])}</p> }
        })
    };
    view! {
        <section class="done" role="status" tabindex="-1" autofocus=true>
            <p>{texts.with(key, number)}</p>
            {waves("writing-waves-moved", &it.moved)}
            {people("writing-carried", it.n_carried)}
            {people("writing-stayed", it.n_stayed)}
            {waves("writing-waves-kept", &it.kept)}
        </section>
    }
}

/// What becomes of each wave; those that have begun are chosen, and keep their version where nobody chooses.
fn waves(waves: &[WaveLine], texts: &Texts) -> Option<AnyView> {
    if waves.is_empty() {
        return None;
    }
    let language = chart::Language::from_tag(texts.language().code());
    let line = |it: &WaveLine| {
        let slug = it.slug.clone();
        let fate = match it.fate {
            "may_follow" => {
                let id = format!("move-{slug}");
                view! {
                    <span class="choice">
                        <input type="checkbox" name="move" id=id.clone() value=slug.clone()/>
                        <label for=id>
                            {texts.get("writing-wave-move")}
                            <span class="unseen">{format!(" – {slug}")}</span>
                        </label>
                    </span>
                }
                .into_any()
            }
            fate => texts.get(&format!("writing-wave-{fate}")).into_any(),
        };
        view! {
            <tr>
                <th scope="row">{slug}</th>
                <td data-label=texts.get("writing-wave-state")>{texts.get(&format!("writing-wave-{}", it.state))}</td>
                <td data-label=texts.get("writing-wave-version")>{it.number.to_string()}</td>
                <td data-label=texts.get("writing-wave-responses")>{integer(it.n_responses, language)}</td>
                <td data-label=texts.get("writing-wave-answering")>{integer(it.n_answering, language)}</td>
                <td data-label=texts.get("writing-wave-fate")>{fate}</td>
            </tr>
        }
        .into_any()
    };
    let heads = [
        "writing-wave",
        "writing-wave-state",
        "writing-wave-version",
        "writing-wave-responses",
        "writing-wave-answering",
        "writing-wave-fate",
    ];
    let lines = table(
        texts.get("writing-waves"),
        heads.iter().map(|it| texts.get(it)).collect(),
        waves.iter().map(line).collect(),
    );
    let can_move = waves.iter().any(|it| it.fate == "may_follow");
    let hint = can_move.then(|| view! { <p class="hint">{texts.get("writing-waves-hint")}</p> });
    Some(view! { {lines} {hint} }.into_any())
}

fn change(it: &ChangeShown, texts: &Texts) -> impl IntoView + use<> {
    let headline = match (it.is_nothing, it.items.is_empty()) {
        (true, true) => "writing-same",
        (true, false) => "writing-same-answers",
        (false, _) => "writing-differs",
    };
    let language = chart::Language::from_tag(texts.language().code());
    let heads = |keys: &[&str]| keys.iter().map(|it| texts.get(it)).collect();
    let items = table(
        texts.get("writing-changed-items"),
        heads(&["writing-item", "writing-series", "writing-what-changes"]),
        it.items.iter().map(|it| item(it, texts)).collect(),
    );
    let condition = |(place, old, new): &(String, String, String)| {
        view! {
            <tr>
                <th scope="row"><code>{place.clone()}</code></th>
                <td data-label=texts.get("writing-before")><code>{old.clone()}</code></td>
                <td data-label=texts.get("writing-after")><code>{new.clone()}</code></td>
            </tr>
        }
        .into_any()
    };
    let conditions = table(
        texts.get("writing-conditions"),
        heads(&["writing-where", "writing-before", "writing-after"]),
        it.conditions.iter().map(condition).collect(),
    );
    let outcome = |(code, n): &(&'static str, u64)| {
        view! {
            <tr>
                <th scope="row">{texts.get(&format!("writing-become-{code}"))}</th>
                <td data-label=texts.get("writing-how-many")>{integer(*n, language)}</td>
            </tr>
        }
        .into_any()
    };
    let responses = table(
        texts.get("writing-responses"),
        heads(&["writing-become", "writing-how-many"]),
        it.responses.iter().map(outcome).collect(),
    );
    let unproven = (!it.unproven.is_empty()).then(|| {
        let list = it.unproven.join(", ");
        view! { <p class="hint">{texts.with("writing-unproven", [("list", list)])}</p> }
    });
    view! {
        <p class="verdict" data-sound="true">{texts.get(headline)}</p>
        {items}
        {conditions}
        {responses}
        {unproven}
    }
}

fn item(it: &ItemChange, texts: &Texts) -> AnyView {
    let list = |key: &str, codes: &[String]| {
        (!codes.is_empty()).then(|| texts.with(key, [("codes", codes.join(", "))]))
    };
    let told: Vec<String> = [
        it.base
            .filter(|it| *it != "same")
            .map(|it| texts.get(&format!("writing-base-{it}"))),
        it.is_reworded.then(|| texts.get("writing-reworded")),
        it.is_moved.then(|| texts.get("writing-moved")),
        list("writing-added", &it.added),
        list("writing-removed", &it.removed),
    ]
    .into_iter()
    .flatten()
    .collect();
    let told: Vec<_> = told.into_iter().map(|it| view! { <li>{it}</li> }).collect();
    view! {
        <tr>
            <th scope="row"><code>{it.id.clone()}</code></th>
            <td data-label=texts.get("writing-series")>{texts.get(&format!("writing-series-{}", it.series))}</td>
            <td data-label=texts.get("writing-what-changes")><ul class="plain">{told}</ul></td>
        </tr>
    }
    .into_any()
}

fn versions(screen: &PublishScreen, texts: &Texts) -> impl IntoView + use<> {
    let lines: Vec<_> = screen
        .versions
        .iter()
        .map(|it| {
            let number = it.number.to_string();
            let href = paths::published_version(&screen.head.slug, it.number);
            view! {
                <tr>
                    <th scope="row"><a href=href>{texts.with("writing-version", [("number", number)])}</a></th>
                    <td>{texts.date(&it.day)}</td>
                    <td>
                        <form method="post" action=paths::questionnaire(&screen.head.slug)>
                            <input type="hidden" name="number" value=it.number.to_string()/>
                            <button class="secondary" name="do" value="restore">{texts.get("writing-restore")}</button>
                        </form>
                    </td>
                </tr>
            }
        })
        .collect();
    view! {
        <section aria-labelledby="versions-h">
            <h2 id="versions-h">{texts.get("writing-versions")}</h2>
            <div class="wide"><table class="list"><tbody>{lines}</tbody></table></div>
            <p class="hint">{texts.get("writing-restore-hint")}</p>
        </section>
    }
}
