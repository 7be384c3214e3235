//! The map as a list: every part in its place, with its condition, what that reads, and whether anybody gets there.

use leptos::prelude::*;

use super::screen::{MapLine, MapShown};
use crate::i18n::Texts;
use crate::paths;

pub(super) fn list(study: &str, it: &MapShown, texts: &Texts) -> AnyView {
    nested(study, &it.lines, texts)
}

/// The lines of one depth, each with the deeper ones that follow it.
fn nested(study: &str, lines: &[MapLine], texts: &Texts) -> AnyView {
    let Some(depth) = lines.first().map(|it| it.depth) else {
        return ().into_any();
    };
    let mut entries = Vec::new();
    let mut rest = lines;
    while let Some((first, after)) = rest.split_first() {
        let n_inside = after.iter().take_while(|it| it.depth > depth).count();
        let (inside, others) = after.split_at(n_inside);
        let inside = nested(study, inside, texts);
        let way = first.is_on.map(|it| if it { "on" } else { "off" });
        let entry = view! {
            <li data-way=way data-never=first.is_never.then_some("true")>{line(study, first, texts)} {inside}</li>
        };
        entries.push(entry.into_any());
        rest = others;
    }
    view! { <ol>{entries}</ol> }.into_any()
}

fn line(study: &str, it: &MapLine, texts: &Texts) -> impl IntoView + use<> {
    let name = match it.name.as_str() {
        "" => it.key.rsplit(':').next().unwrap_or_default().to_owned(),
        name => name.to_owned(),
    };
    let never = it
        .is_never
        .then(|| view! { " " <span class="badge error">{texts.get("map-is-never")}</span> });
    let way = it.is_on.map(|is_on| {
        let key = if is_on { "map-is-on" } else { "map-is-off" };
        view! { " " <span class="badge">{texts.get(key)}</span> }
    });
    let condition = it.condition.clone().map(|words| {
        let reads: Vec<_> = it
            .reads
            .iter()
            .map(|(key, name)| {
                view! { <li><a href=paths::edit_node(study, key)>{name.clone()}</a></li> }
            })
            .collect();
        let reads = (!reads.is_empty()).then(|| {
            view! {
                <div class="reads">
                    <span class="hint">{texts.get("map-reads")}</span> " "
                    <ul>{reads}</ul>
                </div>
            }
        });
        view! {
            <p class="condition">
                <a href=paths::condition_at(study, &it.key, "filter")>
                    <span class="if">{texts.get("map-if")}</span> " " {words}
                </a>
            </p>
            {reads}
        }
        .into_any()
    });
    view! {
        <p class="name">
            <a href=paths::edit_node(study, &it.key) data-key=it.key.clone()>{name}</a>
            {never}
            {way}
        </p>
        {condition}
    }
}
