//! Blocks, pages and items in order, as nested lists of links.

use leptos::prelude::*;

use super::screen::{Editing, OutlineLine};
use crate::i18n::Texts;
use crate::paths;

pub(super) fn outline(study: &str, it: &Editing, texts: &Texts) -> AnyView {
    let here = it.form.node.key();
    let tree = |lines: &[OutlineLine]| nested(study, lines, &here, texts);
    let group = |key: &'static str, lines: &[OutlineLine]| {
        (!lines.is_empty()).then(|| {
            let list = tree(lines);
            view! { <p class="group">{texts.get(key)}</p> {list} }
        })
    };
    let current = (here == "questionnaire").then_some("true");
    view! {
        <nav class="outline" data-part="outline" aria-label=texts.get("edit-outline") tabindex="0">
            <p>
                <a href=paths::edit_node(study, "questionnaire") aria-current=current data-key="questionnaire">
                    {texts.get("edit-kind-questionnaire")}
                </a>
            </p>
            {tree(&it.outline)}
            {group("edit-shared", &it.shared)}
            {group("edit-frame", &it.frame)}
            <p class="hint keys">{texts.get("edit-outline-keys")}</p>
        </nav>
    }
    .into_any()
}

/// The lines of one depth, each with the deeper ones that follow it.
fn nested(study: &str, lines: &[OutlineLine], here: &str, texts: &Texts) -> AnyView {
    let Some(depth) = lines.first().map(|it| it.depth) else {
        return ().into_any();
    };
    let mut entries = Vec::new();
    let mut rest = lines;
    while let Some((first, after)) = rest.split_first() {
        let n_inside = after.iter().take_while(|it| it.depth > depth).count();
        let (inside, others) = after.split_at(n_inside);
        let inside = nested(study, inside, here, texts);
        entries.push(view! { <li>{line(study, first, here, texts)} {inside}</li> }.into_any());
        rest = others;
    }
    view! { <ol>{entries}</ol> }.into_any()
}

fn line(study: &str, it: &OutlineLine, here: &str, texts: &Texts) -> impl IntoView + use<> {
    let current = (it.key == here).then_some("true");
    let kind = texts.get(&format!("edit-kind-{}", it.kind));
    let condition = it.is_conditional.then(|| {
        view! { <span class="if" title=texts.get("edit-conditional")>{texts.get("edit-if")}</span> }
    });
    let errors = (it.n_errors > 0).then(|| {
        let n = [("n", it.n_errors.to_string())];
        view! { <span class="badge error">{texts.with("edit-n-errors", n)}</span> }
    });
    let label = match it.label.as_str() {
        "" => texts.get("edit-untitled"),
        label => label.to_owned(),
    };
    view! {
        <a href=paths::edit_node(study, &it.key) aria-current=current data-key=it.key.clone() data-kind=it.kind>
            <span class="what">{label}</span>
            " " <span class="kind">{kind}</span> {condition} {errors}
        </a>
    }
}
