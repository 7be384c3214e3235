//! One figure at a time, large: for a room, or a screen that is shared.
//!
//! Links lead to the figures before and after; the script `app/script/wall.js` lets keys follow them. The figure moves live,
//! as on the dashboard.

use leptos::prelude::*;
use tally::Table;

use super::cut_screen::WallShown;
use super::fragments::{Part, anchor, part, set};
use super::island::LiveResults;
use super::screen::DashboardScreen;
use super::words::Words;
use crate::i18n::Texts;
use crate::ui::Frame;

/// What stands in `<main>` instead of the dashboard.
pub(super) fn wall(
    frame: &Frame,
    screen: &DashboardScreen,
    wall: &WallShown,
    words: &Words,
    texts: &Texts,
) -> AnyView {
    let tables = screen.blocks.iter().flat_map(|it| &it.tables);
    let table = tables.into_iter().find(|it| it.item == wall.item);
    let band = screen
        .concern
        .is_rehearsal()
        .then(|| view! { <p class="rehearsal-band">{texts.get("rehearsal-band")}</p> });
    let script = frame.manifest.script("wall").map(|src| {
        view! { <script type="module" src=src nonce=frame.nonce.clone()></script> }
    });
    let step = |rel: &'static str, href: &Option<String>, key: &str| {
        let words = texts.get(key);
        match href.clone() {
            Some(href) => view! { <a rel=rel href=href>{words}</a> }.into_any(),
            None => view! { <span class="none">{words}</span> }.into_any(),
        }
    };
    let place = texts.with(
        "wall-place",
        [("nth", wall.nth.to_string()), ("of", wall.of.to_string())],
    );
    view! {
        {band}
        <div class="wall" id="wall">
            {table.map(|it| figure(it, words))}
            <footer>
                <nav aria-label=texts.get("wall-nav")>
                    {step("prev", &wall.previous, "wall-previous")}
                    <span class="place">{place}</span>
                    {step("next", &wall.next, "wall-next")}
                </nav>
                <LiveResults
                    events=screen.live.clone()
                    revision=screen.revision
                    responses=screen.progress.finished
                    words=words.clone()
                />
                <a class="leave" href=wall.back.clone()>{texts.get("wall-leave")}</a>
            </footer>
        </div>
        {script}
    }
    .into_any()
}

fn figure(table: &Table, words: &Words) -> AnyView {
    let table = set(table, words);
    let html = |it: Part| part(it, &table, words);
    let id = anchor(&table.item);
    let heading = format!("{id}-h");
    view! {
        <article class="figure" id=id aria-labelledby=heading.clone()>
            <h1 id=heading.clone()>{table.heading().to_owned()}</h1>
            <p class="base" data-part=Part::Base.name() inner_html=html(Part::Base)></p>
            <div class="chart-figure" data-part=Part::Chart.name() inner_html=html(Part::Chart)></div>
            <ul class="notes" data-part=Part::Notes.name() inner_html=html(Part::Notes)></ul>
        </article>
    }
    .into_any()
}
