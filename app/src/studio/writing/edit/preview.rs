//! What respondents see of the open node.

use leptos::prelude::*;

use super::screen::Preview;
use crate::i18n::Texts;
use crate::paths;
use crate::studio::team::frame::language_name;

/// `node` is the key of the open node.
pub(super) fn preview(study: &str, node: &str, shown: Option<&Preview>, texts: &Texts) -> AnyView {
    let Some(shown) = shown else {
        return view! { <p class="hint">{texts.get("edit-preview-none")}</p> }.into_any();
    };
    let off_path = shown
        .is_off_path
        .then(|| view! { <p class="hint">{texts.get("edit-preview-off-path")}</p> });
    let class = if shown.is_phone {
        "preview phone"
    } else {
        "preview"
    };
    let page = match &shown.page {
        None => view! { <p class="hint">{texts.get("edit-preview-errors")}</p> }.into_any(),
        // It may neither run scripts nor send forms.
        Some(page) => view! {
            <iframe
                class=class id="preview" title=texts.get("edit-preview") sandbox="allow-same-origin" srcdoc=page.clone()
            ></iframe>
        }
        .into_any(),
    };
    view! { {looks(study, node, shown, texts)} {off_path} {page} }.into_any()
}

/// Over whose shoulder, in which language, how wide.
fn looks(study: &str, node: &str, shown: &Preview, texts: &Texts) -> impl IntoView + use<> {
    let option = |value: String, words: String, is_it: bool| {
        view! { <option value=value selected=is_it>{words}</option> }.into_any()
    };
    let mut people = vec![option(
        String::new(),
        texts.get("edit-preview-everything"),
        shown.person.is_none(),
    )];
    people.extend((0..shown.n_people).map(|nth| {
        let words = texts.with("edit-preview-person", [("n", (nth + 1).to_string())]);
        option(nth.to_string(), words, shown.person == Some(nth))
    }));
    let languages: Vec<_> = shown
        .languages
        .iter()
        .map(|it| option(it.clone(), language_name(it, texts), *it == shown.language))
        .collect();
    let widths = [
        ("", "edit-preview-desktop"),
        ("phone", "edit-preview-phone"),
    ];
    let widths: Vec<_> = widths
        .into_iter()
        .map(|(value, key)| {
            let is_it = (value == "phone") == shown.is_phone;
            option(value.to_owned(), texts.get(key), is_it)
        })
        .collect();
    let select = |name: &'static str, key: &'static str, options: Vec<AnyView>| {
        let id = format!("preview-{name}");
        view! {
            <div>
                <label for=id.clone()>{texts.get(key)}</label>
                <select id=id name=name>{options}</select>
            </div>
        }
    };
    view! {
        <form method="get" action=paths::edit(study) class="looks">
            <input type="hidden" name="node" value=node.to_owned()/>
            {select("as", "edit-preview-as", people)}
            {select("in", "edit-preview-in", languages)}
            {select("width", "edit-preview-width", widths)}
            <button class="secondary">{texts.get("edit-preview-show")}</button>
        </form>
    }
}
