//! A questionnaire on paper: on the screen like paper, and the way to the file.

use leptos::prelude::*;

use super::screen::PrintScreen;
use super::source::places;
use crate::i18n::Texts;
use crate::paths;
use crate::studio::team::frame::{language_name, study_page};
use crate::ui::Frame;

/// `/studio/s/{study}/questionnaire/print`
pub(crate) fn print(frame: &Frame, screen: &PrintScreen) -> String {
    let texts = Texts::of(frame.language);
    let study = screen.head.slug.as_str();
    let sheet = match &screen.paper {
        None => {
            let href = paths::questionnaire(study);
            view! {
                <div class="empty">
                    <h2>{texts.get("print-errors-title")}</h2>
                    <p>{texts.get("print-errors")} " " <a href=href>{texts.get("writing-to-text")}</a></p>
                </div>
            }
            .into_any()
        }
        // What the paper holds was written with every sign of markup escaped.
        Some(paper) => view! {
            <section class="sheet" aria-label=texts.get("print-sheet") inner_html=paper.clone()></section>
        }
        .into_any(),
    };
    let body = view! {
        {places(study, "print-title", texts)}
        <p class="hint">{texts.get("print-hint")}</p>
        {choices(study, screen, texts)}
        {sheet}
    };
    let title = texts.get("print-title");
    study_page(
        frame,
        &screen.head,
        "writing-title",
        title,
        None,
        body.into_any(),
    )
}

/// Which version, in which language, for whom; and the file of what is shown.
fn choices(study: &str, screen: &PrintScreen, texts: &Texts) -> AnyView {
    let option = |value: String, words: String, is_it: bool| {
        view! { <option value=value selected=is_it>{words}</option> }.into_any()
    };
    let working = option(
        String::new(),
        texts.get("print-working"),
        screen.version.is_none(),
    );
    let published = screen.versions.iter().rev().map(|it| {
        let words = texts.with("print-published", [("number", it.to_string())]);
        option(it.to_string(), words, screen.version == Some(*it))
    });
    let versions: Vec<_> = std::iter::once(working).chain(published).collect();
    let languages: Vec<_> = screen
        .languages
        .iter()
        .map(|it| option(it.clone(), language_name(it, texts), *it == screen.language))
        .collect();
    let languages = (languages.len() > 1).then(|| {
        view! {
            <div>
                <label for="print-in">{texts.get("print-language")}</label>
                <select id="print-in" name="in">{languages}</select>
            </div>
        }
    });
    let file = screen.paper.as_ref().map(|_| {
        let version = screen.version.map(|it| it.to_string()).unwrap_or_default();
        let annotated = if screen.annotated { "1" } else { "" };
        let asked = [
            ("version", version.as_str()),
            ("in", screen.language.as_str()),
            ("codes", annotated),
        ];
        let href = paths::print_file(study, &asked);
        view! {
            <p class="actions">
                <a class="button primary" href=href>{texts.get("print-pdf")}</a>
            </p>
            <p class="hint">{texts.get("print-how")}</p>
        }
    });
    view! {
        <form method="get" action=paths::print(study) class="looks">
            <div>
                <label for="print-version">{texts.get("print-version")}</label>
                <select id="print-version" name="version">{versions}</select>
            </div>
            {languages}
            <div class="check">
                <input type="checkbox" id="print-codes" name="codes" value="1" checked=screen.annotated/>
                <label for="print-codes">{texts.get("print-annotated")}</label>
            </div>
            <button class="secondary">{texts.get("print-show")}</button>
        </form>
        {file}
    }
    .into_any()
}
