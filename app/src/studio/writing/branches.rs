//! The branches of a questionnaire: drawn, and the same as a table.

use leptos::prelude::*;

use super::screen::BranchesScreen;
use super::source::places;
use crate::i18n::Texts;
use crate::paths;
use crate::studio::team::frame::study_page;
use crate::ui::Frame;

/// `/studio/s/{study}/questionnaire/branches`
pub(crate) fn branches(frame: &Frame, screen: &BranchesScreen) -> String {
    let texts = Texts::of(frame.language);
    let study = screen.head.slug.as_str();
    let drawn = match &screen.graph {
        None => {
            let href = paths::questionnaire(study);
            view! {
                <div class="empty">
                    <h2>{texts.get("writing-no-branches-title")}</h2>
                    <p>{texts.get("writing-no-branches")} " " <a href=href>{texts.get("writing-to-text")}</a></p>
                </div>
            }
            .into_any()
        }
        Some(graph) => {
            let table = graph.table();
            let head: Vec<_> = table
                .header
                .iter()
                .flatten()
                .map(|it| view! { <th scope="col">{it.text.clone()}</th> })
                .collect();
            let rows: Vec<_> = table
                .rows
                .iter()
                .map(|(name, cells)| {
                    let cells: Vec<_> = cells
                        .iter()
                        .map(|it| view! { <td>{it.clone()}</td> })
                        .collect();
                    view! { <tr><th scope="row">{name.clone()}</th>{cells}</tr> }
                })
                .collect();
            view! {
                <p class="hint">{texts.get("writing-branches-hint")}</p>
                <figure class="branches" tabindex="0" role="group" aria-label=texts.get("writing-drawing") inner_html=graph.svg()></figure>
                <details>
                    <summary>{texts.get("writing-as-table")}</summary>
                    <div class="wide">
                        <table class="list">
                            <caption>{table.caption.clone()}</caption>
                            <thead><tr>{head}</tr></thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                </details>
            }
            .into_any()
        }
    };
    let body = view! { {places(study, "writing-branches", texts)} {drawn} };
    let title = texts.get("writing-branches");
    study_page(
        frame,
        &screen.head,
        "writing-title",
        title,
        None,
        body.into_any(),
    )
}
