//! What stands around the drawing: whose way is shown, how large it is, and joining two parts.

use leptos::prelude::*;

use super::screen::{MapScreen, MapShown, WayLine};
use crate::i18n::Texts;
use crate::paths;
use crate::studio::team::wrong::Fields;

/// Sizes that buttons lead to, in per cent.
const SIZES: [u32; 8] = [35, 50, 70, 85, 100, 125, 160, 200];

/// Whose way is shown, and how large the drawing is.
pub(super) fn tools(study: &str, screen: &MapScreen, it: &MapShown, texts: &Texts) -> AnyView {
    let option = |way: &WayLine| {
        let words = match &way.to {
            Some(to) => to.clone(),
            None => {
                let n = way
                    .code
                    .trim_start_matches('p')
                    .parse::<usize>()
                    .unwrap_or_default();
                texts.with("map-person", [("n", n + 1), ("asked", way.n_asked)])
            }
        };
        let is_it = it.way.as_ref() == Some(&way.code);
        view! { <option value=way.code.clone() selected=is_it>{words}</option> }
    };
    let (people, others): (Vec<_>, Vec<_>) = it.ways.iter().partition(|it| it.to.is_none());
    let people: Vec<_> = people.into_iter().map(option).collect();
    let others: Vec<_> = others.into_iter().map(option).collect();
    let here = screen.zoom.unwrap_or(100);
    let smaller = SIZES.into_iter().rfind(|it| *it < here).unwrap_or(SIZES[0]);
    let larger = SIZES.into_iter().find(|it| *it > here).unwrap_or(here);
    let size = |key: &'static str, value: String, what: &'static str, keys: &'static str| {
        view! {
            <button
                class="secondary small" name="zoom" value=value data-size=what aria-keyshortcuts=keys
                title=texts.get(key) aria-label=texts.get(key)
            >
                {texts.get(&format!("map-sign-{what}"))}
            </button>
        }
    };
    // The size stays where only the way is another.
    let kept = screen
        .zoom
        .map(|it| view! { <input type="hidden" name="size" value=it.to_string()/> });
    view! {
        <form method="get" action=paths::map(study) class="map-tools" id="map-tools">
            {kept}
            <div>
                <label for="way">{texts.get("map-way")}</label>
                <select id="way" name="way">
                    <option value="">{texts.get("map-way-none")}</option>
                    <optgroup label=texts.get("map-people")>{people}</optgroup>
                    <optgroup label=texts.get("map-ways-to")>{others}</optgroup>
                </select>
                <button class="secondary">{texts.get("map-show")}</button>
            </div>
            <div class="sizes" role="group" aria-label=texts.get("map-size")>
                {size("map-smaller", smaller.to_string(), "smaller", "-")}
                {size("map-larger", larger.to_string(), "larger", "+")}
                {size("map-fit", "fit".to_owned(), "fit", "0")}
            </div>
        </form>
    }
    .into_any()
}

/// Begins a condition: the button twin of dragging a question onto what shall depend on it.
pub(super) fn join(study: &str, screen: &MapScreen, it: &MapShown, texts: &Texts) -> AnyView {
    let option = |key: &str, name: String, chosen: &str| {
        let is_it = key == chosen;
        view! { <option value=key.to_owned() selected=is_it>{name}</option> }
    };
    let (from, to) = &it.join;
    let fields = Fields {
        texts,
        wrong: screen.wrong.as_ref(),
    };
    let is_open = !from.is_empty() || !to.is_empty();
    let named = |key: &str, name: &str, depth: usize| {
        let name = match name {
            "" => key.rsplit(':').next().unwrap_or_default(),
            name => name,
        };
        format!("{}{name}", "\u{a0}\u{a0}".repeat(depth))
    };
    let questions = it.lines.iter().filter(|it| it.is_question);
    let questions: Vec<_> = questions
        .map(|it| option(&it.key, named(&it.key, &it.name, 0), from))
        .collect();
    let parts: Vec<_> = it
        .lines
        .iter()
        .map(|it| option(&it.key, named(&it.key, &it.name, it.depth), to))
        .collect();
    view! {
        <details class="map-join" open=is_open>
            <summary>{texts.get("map-join")}</summary>
            <form method="post" action=paths::map(study) id="map-join">
            <input type="hidden" name="revision" value=screen.revision.to_string()/>
            <p class="hint">{texts.get("map-join-hint")}</p>
            <div>
                <label for="from">{texts.get("map-join-from")}</label>
                <select id="from" name="from">{questions}</select>
            </div>
            <div>
                <label for="to">{texts.get("map-join-to")}</label>
                <select
                    id="to" name="to" aria-describedby=fields.described("to", None) aria-invalid=fields.invalid("to")
                >{parts}</select>
                {fields.error("to")}
            </div>
            <button class="secondary">{texts.get("map-join-now")}</button>
            </form>
        </details>
    }
    .into_any()
}
