//! A table of what changes.

use leptos::prelude::*;

/// A table under a title. Long texts of questionnaires may make it wider than the page: it is reached by the
/// keyboard, so that it can be moved.
pub(super) fn table(caption: String, columns: Vec<String>, rows: Vec<AnyView>) -> Option<AnyView> {
    if rows.is_empty() {
        return None;
    }
    let columns: Vec<_> = columns
        .into_iter()
        .map(|it| view! { <th scope="col">{it}</th> })
        .collect();
    let label = caption.clone();
    let table = view! {
        <div class="wide" tabindex="0" role="group" aria-label=label>
            <table class="list told">
                <caption>{caption}</caption>
                <thead><tr>{columns}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    };
    Some(table.into_any())
}
